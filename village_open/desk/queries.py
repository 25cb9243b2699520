"""Looking at several rooms side by side, always from the roster: a village that sent nothing is on top."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from village_open.core.periods import Period, PeriodKind
from village_open.db import WHOLE, Page, db
from village_open.desk.rules import STEP_ORDER, VillageState
from village_open.finance.models import FinancePeriod, Line
from village_open.notices.models import Disclosure, DisclosureIssue, Posting
from village_open.notices.sheets.kinds import FINANCE_KINDS, SheetKind
from village_open.record.models import RecordEntry
from village_open.reviews.models import Review, ReviewAnswer, ReviewMark
from village_open.reviews.rules import Verdict
from village_open.villages.models import Village
from village_open.villages.rules import TOWNSHIP_DIGITS

PER_PAGE = 50
KINDS: tuple[PeriodKind, PeriodKind] = ("month", "quarter")


def list_matrix(township_code: str, period: Period, *, state: str = "", page: int = 1) -> Page[VillageState]:
    """List the villages of a township by how far they are in a period, the silent ones first: two queries.

    Args:
        township_code: of the township.
        period: in which the villages are looked at.
        state: a key of STEP_LABELS, to see only the villages that stand there.
        page: from 1, or WHOLE.
    """
    found = _states(period).where(Village.code.startswith(township_code)).subquery()
    query = select(found).where(found.c.state == state) if state else select(found)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    per_page = max(1, total) if page is WHOLE else PER_PAGE
    number = min(max(1, page), max(1, -(-total // per_page)))
    order = case({name: rank for rank, name in enumerate(STEP_ORDER)}, value=found.c.state)
    rows = db.session.execute(query.order_by(order, found.c.code).limit(per_page).offset((number - 1) * per_page))
    return Page([_village_state(row, period) for row in rows], number, total, per_page)


def count_states(township_codes: Sequence[str], period: Period) -> dict[str, dict[str, int]]:
    """Count the villages of several townships by state in a period: one query."""
    states = _states(period).where(func.substr(Village.code, 1, TOWNSHIP_DIGITS).in_(township_codes)).subquery()
    township = func.substr(states.c.code, 1, TOWNSHIP_DIGITS)
    rows = db.session.execute(select(township, states.c.state, func.count()).group_by(township, states.c.state))
    counted = {(code, state): count for code, state, count in rows}
    return {code: {name: counted.get((code, name), 0) for name in STEP_ORDER} for code in township_codes}


def list_unfinished(place_codes: Sequence[str], periods: Sequence[Period], states: Sequence[str]) -> list[VillageState]:
    """List the villages of some places that stand at one of these states: one query a period, fifty villages each."""
    found = []
    for period in periods:
        inner = _states(period).where(or_(*(Village.code.startswith(code) for code in place_codes))).subquery()
        rows = db.session.execute(select(inner).where(inner.c.state.in_(states)).order_by(inner.c.code).limit(PER_PAGE))
        found += [_village_state(row, period) for row in rows]
    return found


def find_latest_deed_at() -> datetime | None:
    """Return the moment of the latest deed of all chains, or None before the first."""
    return db.session.scalar(select(RecordEntry.at).order_by(RecordEntry.id.desc()).limit(1))


def _states(period: Period) -> Select[tuple[str, str, str, str, bool]]:
    """Select every village with its state; a period without a line counts as silent."""
    has_lines = exists().where(Line.period_id == FinancePeriod.id, Line.is_removed.is_(False))
    is_public = exists().where(DisclosureIssue.disclosure_id == Disclosure.id, *_of_village(period))
    is_posted = and_(*(_is_posted(period, kind) for kind in FINANCE_KINDS))
    is_entry, is_issued = FinancePeriod.state == "entry", FinancePeriod.state == "issued"
    state = case(
        (FinancePeriod.id.is_(None) & _begins_later(period), literal("outside")),
        (FinancePeriod.id.is_(None), literal("silent")),
        (is_entry & ~has_lines, literal("silent")),
        ((FinancePeriod.state == "submitted") & _is_asked(), literal("asked")),
        (is_posted, literal("posted")),
        (is_issued & ~is_public, literal("issuing")),
        else_=FinancePeriod.state,
    )
    return select(
        Village.code.label("code"),
        Village.name.label("name"),
        state.label("state"),
        func.coalesce(FinancePeriod.return_reason, "").label("returned_because"),
        FinancePeriod.id.is_not(None).label("is_open"),
    ).outerjoin(FinancePeriod, (FinancePeriod.village_id == Village.id) & (FinancePeriod.code == period.code))


def _begins_later(period: Period) -> ColumnElement[bool]:
    """The village has periods, and all of them begin after this one; who has none at all is silent."""
    other = aliased(FinancePeriod)
    month, quarter = (Period.of(period.last_on, kind).code for kind in KINDS)
    of_village = other.village_id == Village.id
    has_begun = or_(
        and_(other.code.like("____M%"), other.code <= month), and_(other.code.like("____Q%"), other.code <= quarter)
    )
    return exists().where(of_village) & ~exists().where(of_village, has_begun)


def _of_village(period: Period) -> tuple[ColumnElement[bool], ...]:
    return Disclosure.village_id == Village.id, Disclosure.period_code == period.code


def _is_posted(period: Period, kind: SheetKind) -> ColumnElement[bool]:
    """Every sheet of a disclosure must hang, not one of them."""
    return exists().where(
        Posting.disclosure_id == Disclosure.id, Posting.sheet_kind == kind.value, *_of_village(period)
    )


def _is_asked() -> ColumnElement[bool]:
    """A line is queried or rejected, and nobody has answered that mark."""
    later = aliased(ReviewMark)
    is_replaced = exists().where(
        later.review_id == ReviewMark.review_id,
        later.item_key == ReviewMark.item_key,
        later.person_id == ReviewMark.person_id,
        later.id > ReviewMark.id,
    )
    return exists().where(
        Review.subject == literal("finance_period:") + cast(FinancePeriod.id, String),
        Review.round == FinancePeriod.round,
        ReviewMark.review_id == Review.id,
        ReviewMark.verdict != Verdict.PASSED.value,
        ~is_replaced,
        ~exists().where(ReviewAnswer.mark_id == ReviewMark.id),
    )


def _village_state(row: tuple[str, str, str, str, bool] | object, period: Period) -> VillageState:
    code, name, state, returned, is_open = row  # type: ignore[misc] # a row is a tuple of these five
    return VillageState(code, name, period.code, state, returned, bool(is_open))
