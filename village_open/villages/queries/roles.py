"""Reading who is what: roles, the two groups and whom the law bars from them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, tuple_, union
from sqlalchemy.orm import joinedload

from village_open.core import clock
from village_open.core.errors import NotFound
from village_open.db import db
from village_open.identity.models import Person
from village_open.villages.models import NearRelative, Role, Village
from village_open.villages.rules import COMMITTEE_KINDS, TOWNSHIP_DIGITS, Candidate, RoleAt


class RoleNotFound(NotFound):
    """The township has no such role."""

    def __init__(self) -> None:
        super().__init__("没有找到这个职务，可能任期已经结束，请返回刷新。")


@dataclass(frozen=True)
class Member:
    """One holder of a role on a day; without a login they sign on paper only."""

    person_id: int
    name: str
    is_leader: bool
    has_login: bool
    since: date
    until: date | None
    elected_on: date | None
    elected_by: str


@dataclass(frozen=True)
class Relationship:
    """A declared near relationship between two people of a village."""

    name: str
    relation: str
    relative_name: str


def runs_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a role's term runs on a day; both ends are inside."""
    return Role.starts_on <= on, or_(Role.ends_on.is_(None), Role.ends_on >= on)


def list_roles_today(person_id: int) -> tuple[RoleAt, ...]:
    """List what a person is today, in every place."""
    query = select(Role).where(Role.person_id == person_id, *runs_on(clock.today())).order_by(Role.id)
    return tuple(RoleAt(row.kind, row.place_code, row.department, row.is_leader) for row in db.session.scalars(query))


def list_terms(person_id: int) -> list[Role]:
    """List every term a person has served or serves, the latest first."""
    query = select(Role).where(Role.person_id == person_id).order_by(Role.starts_on.desc(), Role.id.desc())
    return list(db.session.scalars(query))


def list_members(village_code: str, kind: str, on: date) -> tuple[Member, ...]:
    """List the members of a village's group on a day, the leader first."""
    rows = db.session.scalars(_holders(village_code, kind, on).order_by(Role.is_leader.desc(), Role.id))
    return tuple(_member(row) for row in rows)


def find_person_in_role(place_code: str, kind: str, on: date) -> Member | None:
    """Return who holds a role at a place on a day, the longest-serving where several do, or None."""
    row = db.session.scalars(_holders(place_code, kind, on).order_by(Role.starts_on, Role.id).limit(1)).first()
    return _member(row) if row else None


def list_current_terms(place_code: str, on: date) -> list[Role]:
    """List the roles that run at exactly this place on a day, with their people."""
    query = select(Role).where(Role.place_code == place_code, *runs_on(on)).options(joinedload(Role.person))
    return list(db.session.scalars(query.order_by(Role.kind, Role.is_leader.desc(), Role.id)))


def list_unended_terms(place_code: str, kind: str, on: date) -> list[Role]:
    """List the terms of a role at a place that have not ended before a day, those still to begin included."""
    return list(
        db.session.scalars(
            select(Role)
            .where(Role.place_code == place_code, Role.kind == kind, or_(Role.ends_on.is_(None), Role.ends_on >= on))
            .options(joinedload(Role.person))
            .order_by(Role.id)
        )
    )


def get_role(township_code: str, role_id: int) -> Role:
    """Return a role at this township or one of its villages.

    Raises:
        RoleNotFound: the township has none of this id.
    """
    found = db.session.scalar(
        select(Role)
        .where(Role.id == role_id, Role.place_code.startswith(township_code))
        .options(joinedload(Role.person))
    )
    if found is None:
        raise RoleNotFound
    return found


def list_village_people(village_code: str) -> list[Person]:
    """List everybody who holds, held or will hold a role in the village, or is a declared relative there, by name."""
    of_village = NearRelative.village_id.in_(select(Village.id).where(Village.code == village_code))
    known = union(
        select(Role.person_id).where(Role.place_code == village_code),
        select(NearRelative.person_id).where(of_village),
        select(NearRelative.relative_id).where(of_village),
    )
    return list(db.session.scalars(select(Person).where(Person.id.in_(known)).order_by(Person.name, Person.id)))


def list_relationships(village_id: int) -> list[Relationship]:
    """List the near relationships declared in a village."""
    rows = list(
        db.session.scalars(select(NearRelative).where(NearRelative.village_id == village_id).order_by(NearRelative.id))
    )
    names = _names({person for row in rows for person in (row.person_id, row.relative_id)})
    return [Relationship(names[row.person_id], row.relation, names[row.relative_id]) for row in rows]


def find_relationship(person_id: int, other_id: int) -> NearRelative | None:
    """Return the declared relationship of two people, whichever of them declared it, or None."""
    pairs = tuple_(NearRelative.person_id, NearRelative.relative_id)
    return db.session.scalar(select(NearRelative).where(pairs.in_([(person_id, other_id), (other_id, person_id)])))


def list_candidates(village: Village, people: Iterable[Person], on: date) -> list[Candidate]:
    """Put together what the election rules look at, for any number of people in three queries."""
    people = list(people)
    kinds, holders = defaultdict(set), {}
    codes = (village.code, village.code[:TOWNSHIP_DIGITS])
    for role in db.session.scalars(
        select(Role).where(Role.place_code.in_(codes), *runs_on(on)).options(joinedload(Role.person))
    ):
        kinds[role.person_id].add(role.kind)
        holders[role.person_id] = role.person.name
    committee = {person_id for person_id, held in kinds.items() if held & set(COMMITTEE_KINDS)}
    ties = _ties(village.id)
    return [
        Candidate(
            person.id, person.name, frozenset(kinds[person.id]),
            tuple((holders[other], relation) for other, relation in ties[person.id] if other in committee),
        )
        for person in people
    ]  # fmt: skip


def _ties(village_id: int) -> defaultdict[int, list[tuple[int, str]]]:
    """Return for each person their declared relatives, both ways."""
    ties: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in db.session.scalars(select(NearRelative).where(NearRelative.village_id == village_id)):
        ties[row.person_id].append((row.relative_id, row.relation))
        ties[row.relative_id].append((row.person_id, row.relation))
    return ties


def _names(ids: set[int]) -> dict[int, str]:
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _holders(place_code: str, kind: str, on: date) -> Select[Role]:
    held = select(Role).where(Role.place_code == place_code, Role.kind == kind, *runs_on(on))
    return held.options(joinedload(Role.person))


def _member(role: Role) -> Member:
    return Member(
        role.person_id, role.person.name, role.is_leader, role.person.login is not None, role.starts_on, role.ends_on,
        role.elected_on, role.elected_by,
    )  # fmt: skip
