"""How far the villages of a township are with the catalogue of a period; the number of queries is fixed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, literal, select

from village_open.core.periods import Period
from village_open.db import WHOLE, Page, db
from village_open.decisions.models import (
    Announcement,
    AnnouncementKind,
    AnnouncementSection,
    AnnouncementState,
    EventKind,
    Matter,
    MatterEvent,
    Meeting,
)
from village_open.decisions.rules.bodies import Purpose
from village_open.decisions.rules.matters import DECIDE
from village_open.notices.board_matters import TOGETHER
from village_open.notices.catalogue import FINANCE as MONEY
from village_open.notices.models import Disclosure, DisclosureIssue, ItemException
from village_open.notices.queries.catalogue import holds_in
from village_open.notices.queries.published import FINANCE
from village_open.villages.models import Village

PER_PAGE = 50
_RANK = {state.value: rank for rank, state in enumerate(AnnouncementState)}


@dataclass(frozen=True)
class PutOnBoard:
    """On which board of a period an item stands, and how far that board is."""

    announcement_id: int
    state: str
    is_nothing: bool
    note: str


@dataclass(frozen=True)
class Happenings:
    """How much happened in matters that an item tells of, and when first."""

    count: int = 0
    first_on: date | None = None


def list_put_on_boards(village_ids: Collection[int], period: Period) -> dict[tuple[int, str], PutOnBoard]:
    """Return by village and item on which board of a period it stands, the one that is farthest: one query."""
    query = (
        select(AnnouncementSection, Announcement.state)
        .join(Announcement, Announcement.id == AnnouncementSection.announcement_id)
        .where(Announcement.village_id.in_(village_ids), Announcement.period_code == period.code)
        .where(Announcement.kind == AnnouncementKind.BOARD.value)
    )
    found = [(row, state) for row, state in db.session.execute(query.order_by(Announcement.id))]
    found.sort(key=lambda pair: _RANK[pair[1]])
    return {
        (row.village_id, row.item_key): PutOnBoard(row.announcement_id, state, row.is_nothing, row.note)
        for row, state in found
    }


def list_with_money(village_ids: Collection[int], period: Period) -> frozenset[int]:
    """Return which villages have published their money: of the quarter, or of each of its months; one query."""
    codes = [period.code, *(month.code for month in period.months)]
    query = (
        select(Disclosure.village_id, Disclosure.period_code)
        .join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id)
        .where(Disclosure.village_id.in_(village_ids), Disclosure.period_code.in_(codes), Disclosure.kind == FINANCE)
    )
    found: dict[int, set[str]] = {}
    for village_id, code in db.session.execute(query):
        found.setdefault(village_id, set()).add(code)
    months = {month.code for month in period.months}
    return frozenset(key for key, there in found.items() if period.code in there or months <= there)


def list_happenings(village_ids: Collection[int], period: Period) -> dict[tuple[int, str], Happenings]:
    """Return by village and item what matters had to tell in a period: two queries."""
    meetings = (
        select(Matter.village_id, Meeting.body, Matter.purpose, Meeting.held_on)
        .join(Matter, Matter.id == Meeting.matter_id)
        .where(Matter.village_id.in_(village_ids), Meeting.is_held, Meeting.struck_reason == "")
        .where(Meeting.step_key == DECIDE, Meeting.held_on.between(period.first_on, period.last_on))
    )
    events = (
        select(MatterEvent.village_id, MatterEvent.kind, MatterEvent.on)
        .where(MatterEvent.village_id.in_(village_ids), MatterEvent.struck_reason == "")
        .where(MatterEvent.kind.in_(_OF_EVENT), MatterEvent.on.between(period.first_on, period.last_on))
    )
    days: dict[tuple[int, str], list[date]] = {}
    for village_id, body, purpose, on in db.session.execute(meetings):
        for key in _items_of_meeting(body, purpose):
            days.setdefault((village_id, key), []).append(on)
    for village_id, kind, on in db.session.execute(events):
        days.setdefault((village_id, _OF_EVENT[kind]), []).append(on)
    return {place: Happenings(len(found), min(found)) for place, found in days.items()}


_OF_EVENT = {EventKind.CONTRACT.value: "SW09", EventKind.AWARD_NOTICE.value: "CW07"}
_OF_PURPOSE = {Purpose.LEVY.value: "SW10", Purpose.APPRAISAL.value: "SW07"}


def _items_of_meeting(body: str, purpose: str) -> tuple[str, ...]:
    decided = ("SW01",) if body in TOGETHER else ()
    return (*decided, _OF_PURPOSE[purpose]) if purpose in _OF_PURPOSE else decided


def list_worst_first(township_id: int, period: Period, due_keys: Collection[str], *, page: int = 1) -> Page[Village]:
    """List the villages of a township, those with the fewest settled items first: two queries."""
    settled = _settled(township_id, period, due_keys).subquery()
    query = (
        select(Village)
        .outerjoin(settled, settled.c.village_id == Village.id)
        .where(Village.township_id == township_id)
        .order_by(func.coalesce(settled.c.settled, 0), Village.code)
    )
    total = db.session.scalar(select(func.count()).where(Village.township_id == township_id)) or 0
    per_page = max(1, total) if page is WHOLE else PER_PAGE
    number = min(max(1, page), max(1, -(-total // per_page)))
    rows = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page)).all()
    return Page(rows, number, total, per_page)


def _settled(township_id: int, period: Period, due_keys: Collection[str]) -> Select[tuple[int, int]]:
    """Count by village which items that are due are public or do not apply, each once."""
    public = (
        select(AnnouncementSection.village_id.label("village_id"), AnnouncementSection.item_key.label("item_key"))
        .join(Announcement, Announcement.id == AnnouncementSection.announcement_id)
        .where(Announcement.period_code == period.code, Announcement.state == AnnouncementState.ISSUED.value)
        .where(AnnouncementSection.item_key.in_(due_keys))
    )
    excepted = select(ItemException.village_id, ItemException.item_key).where(
        ItemException.item_key.in_(due_keys), holds_in(ItemException, period)
    )
    money = (
        select(Disclosure.village_id, literal(MONEY))
        .join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id)
        .where(Disclosure.period_code == period.code, Disclosure.kind == FINANCE)
    )
    each_once = public.union(excepted, money).subquery()
    return (
        select(each_once.c.village_id, func.count().label("settled"))
        .join(Village, Village.id == each_once.c.village_id)
        .where(Village.township_id == township_id)
        .group_by(each_once.c.village_id)
    )
