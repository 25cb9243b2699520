"""Reading places, roles, groups and the profile."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from village_open.core import clock
from village_open.core.errors import NotFound
from village_open.core.periods import Period
from village_open.db import Page, db, list_page
from village_open.villages.models import County, NoticeBoard, ProfileValue, Role, Township, Village
from village_open.villages.profile import Profile, Setting, StoredSetting, build_profile, has_begun
from village_open.villages.profile_keys import KEYS
from village_open.villages.rules import RoleAt


class VillageNotFound(NotFound):
    """No village has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的村，请核对 12 位统计用区划代码。")


class TownshipNotFound(NotFound):
    """No township has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的乡镇，请核对 9 位代码。")


class BoardNotFound(NotFound):
    """The village has no such notice board."""

    def __init__(self) -> None:
        super().__init__("没有找到这块公开栏，可能名单已经变动，请返回刷新。")


@dataclass(frozen=True)
class Member:
    """One member of a group on a day; without a login they sign on paper only."""

    person_id: int
    name: str
    is_leader: bool
    has_login: bool
    since: date
    until: date | None
    elected_on: date | None
    elected_by: str


def get_township(code: str) -> Township:
    """Return the township of a 9-digit code, with its county.

    Raises:
        TownshipNotFound: there is none.
    """
    found = find_township(code)
    if found is None:
        raise TownshipNotFound(code)
    return found


def find_township(code: str) -> Township | None:
    """Return the township of a 9-digit code, or None."""
    return db.session.scalar(select(Township).where(Township.code == code).options(joinedload(Township.county)))


def list_townships(county_code: str, *, page: int = 1) -> Page[Township]:
    """List the townships of a county by their code."""
    query = select(Township).join(Township.county).where(County.code == county_code).order_by(Township.code)
    return list_page(query.options(contains_eager(Township.county)), number=page)


def get_village(code: str) -> Village:
    """Return the village of a 12-digit code, with its township.

    Raises:
        VillageNotFound: there is none.
    """
    found = db.session.scalar(select(Village).where(Village.code == code).options(joinedload(Village.township)))
    if found is None:
        raise VillageNotFound(code)
    return found


def list_villages(township_code: str, *, page: int = 1) -> Page[Village]:
    """List the villages of a township by their code: the roster that every overview starts from."""
    query = select(Village).join(Village.township).where(Township.code == township_code).order_by(Village.code)
    return list_page(query, number=page)


def list_boards(village_id: int) -> list[NoticeBoard]:
    """List the notice boards of a village; a village has a handful."""
    return list(
        db.session.scalars(select(NoticeBoard).where(NoticeBoard.village_id == village_id).order_by(NoticeBoard.id))
    )


def get_board(village_code: str, board_id: int) -> NoticeBoard:
    """Return a notice board of this very village.

    Raises:
        BoardNotFound: the village has none of this id.
    """
    found = db.session.scalar(
        select(NoticeBoard)
        .join(Village, Village.id == NoticeBoard.village_id)
        .where(NoticeBoard.id == board_id, Village.code == village_code)
    )
    if found is None:
        raise BoardNotFound
    return found


def list_roles_today(person_id: int) -> tuple[RoleAt, ...]:
    """List what a person is today, in every place."""
    rows = db.session.scalars(running_roles(clock.today()).where(Role.person_id == person_id))
    return tuple(RoleAt(row.kind, row.place_code, row.department, row.is_leader) for row in rows)


def list_members(village_code: str, kind: str, on: date) -> tuple[Member, ...]:
    """List the members of a village's group on a day, the leader first."""
    rows = db.session.scalars(
        running_roles(on)
        .where(Role.place_code == village_code, Role.kind == kind)
        .options(joinedload(Role.person))
        .order_by(None)
        .order_by(Role.is_leader.desc(), Role.id)
    )
    return tuple(_member(row) for row in rows)


def find_person_in_role(place_code: str, kind: str, on: date) -> Member | None:
    """Return who holds a role at a place on a day, the longest-serving where several do, or None."""
    row = db.session.scalars(
        running_roles(on)
        .where(Role.place_code == place_code, Role.kind == kind)
        .options(joinedload(Role.person))
        .limit(1)
    ).first()
    return _member(row) if row else None


def running_roles(on: date) -> Select[Role]:
    """Select the roles whose term runs on a day."""
    return select(Role).where(*runs_on(on)).order_by(Role.starts_on, Role.id)


def runs_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a role's term runs on a day; both ends are inside."""
    return Role.starts_on <= on, or_(Role.ends_on.is_(None), Role.ends_on >= on)


def get_profile(township: Township, period: Period | None = None) -> Profile:
    """Return the profile a township follows in a period; without one, in the latest period any village opened."""
    return build_profile(township.jurisdiction, _stored(township), period or _latest(township))


def list_coming_settings(township: Township) -> list[StoredSetting]:
    """List what has been set and holds only from the next period on, the latest of each key."""
    latest = _latest(township)
    coming = (stored for stored in _stored(township) if not has_begun(stored.starts_with, latest))
    return list({stored.key: stored for stored in coming}.values())


def _latest(township: Township) -> Period | None:
    return Period.parse(township.latest_period) if township.latest_period else None


def _stored(township: Township) -> Iterable[StoredSetting]:
    """Yield what the township has set, in the order in which it was set: one query."""
    query = select(ProfileValue).where(ProfileValue.township_id == township.id).order_by(ProfileValue.id)
    for row in db.session.scalars(query):
        if row.key in KEYS:
            value = KEYS[row.key].from_json(json.loads(row.value))
            yield StoredSetting(row.key, Setting(value, row.basis, row.is_law), row.starts_with)


def _member(role: Role) -> Member:
    return Member(
        role.person_id, role.person.name, role.is_leader, role.person.login is not None, role.starts_on, role.ends_on,
        role.elected_on, role.elected_by,
    )  # fmt: skip
