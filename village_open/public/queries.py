"""What visitors read: the roster of places, and beside each what it has issued."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from village_open.core.periods import Period, PeriodUnreadable
from village_open.db import Page, db, list_page
from village_open.notices.errors import DisclosureNotFound
from village_open.notices.models import Disclosure, DisclosureIssue
from village_open.notices.queries import FINANCE, Listed, Published, list_latest, list_period, search
from village_open.notices.sheets.content import Line
from village_open.public.quarters import Quarter, quarter_of
from village_open.villages.models import Township, Village
from village_open.villages.queries import get_village, list_villages

_SHOWN_LINES = 5
"""How many matching lines a search result shows before it says how many more there are."""


@dataclass(frozen=True)
class PlaceLine:
    """A township in the list of townships."""

    code: str
    name: str
    county: str


@dataclass(frozen=True)
class VillageLine:
    """A village of the roster with its newest disclosure; a silent village stays in the list."""

    code: str
    name: str
    latest: Listed | None


@dataclass(frozen=True)
class FoundDisclosure:
    """A search result: the disclosure and the lines in which the words stand."""

    disclosure: Published
    lines: Sequence[Line]
    more: int


@dataclass(frozen=True)
class QuarterMonths:
    """A quarter published by month, and which of its months are published."""

    period: Period
    published: tuple[Period, ...]

    @property
    def missing(self) -> tuple[Period, ...]:
        """The months that are not published."""
        return tuple(month for month in self.period.months if month not in self.published)


def find_only_township() -> Township | None:
    """Return the township of an installation that serves one, or None."""
    rows = db.session.scalars(select(Township).options(joinedload(Township.county)).limit(2)).all()
    return rows[0] if len(rows) == 1 else None


def list_public_townships(*, page: int = 1) -> Page[PlaceLine]:
    """List all townships by their codes."""
    query = select(Township).options(joinedload(Township.county)).order_by(Township.code)
    found = list_page(query, number=page)
    rows = [PlaceLine(row.code, row.name, row.county.name) for row in found.items]
    return Page(rows, found.number, found.total, found.per_page)


def list_roster(township_code: str, *, page: int = 1) -> Page[VillageLine]:
    """List the villages of a township, each with its newest disclosure: three queries, whatever the size."""
    found = list_villages(township_code, page=page)
    latest = list_latest(village.id for village in found.items)
    rows = [VillageLine(village.code, village.name, latest.get(village.id)) for village in found.items]
    return Page(rows, found.number, found.total, found.per_page)


def find_villages_named(text: str) -> Sequence[VillageLine]:
    """Find villages whose name holds the words, at most twenty, each with its newest disclosure."""
    query = select(Village).order_by(Village.code).limit(20)
    for word in text.split():
        query = query.where(func.lower(Village.name).contains(word.lower(), autoescape=True))
    villages = db.session.scalars(query).all()
    latest = list_latest(village.id for village in villages)
    return [VillageLine(village.code, village.name, latest.get(village.id)) for village in villages]


def search_disclosures(text: str, *, page: int = 1) -> Page[FoundDisclosure]:
    """Search everything issued: villages, numbers and the summaries of lines."""
    found = search(text, page=page)
    return Page([_found(row, text) for row in found.items], found.number, found.total, found.per_page)


def _found(disclosure: Published, text: str) -> FoundDisclosure:
    if disclosure.is_affairs:
        return FoundDisclosure(disclosure, (), 0)
    words = [word for word in text.lower().split() if word not in disclosure.number.lower()]
    lines = [line for line in disclosure.sheet.lines if any(word in line.summary.lower() for word in words)]
    return FoundDisclosure(disclosure, lines[:_SHOWN_LINES], max(0, len(lines) - _SHOWN_LINES))


def get_quarter(village_code: str, period_code: str) -> Quarter:
    """Return a quarter as the sum of its three published months; of a corrected month the newest counts.

    Raises:
        VillageNotFound: no village has this code.
        DisclosureNotFound: the code is no quarter, or no month of it is published.
        QuarterIncomplete: some of its months are not published.
    """
    village = get_village(village_code)
    period = _quarter(period_code)
    rows = list_period(village.code, [month.code for month in period.months])
    if not rows:
        raise DisclosureNotFound
    return quarter_of(period, {row.period_code: row for row in rows})


def _quarter(period_code: str) -> Period:
    try:
        period = Period.parse(period_code)
    except PeriodUnreadable:
        raise DisclosureNotFound from None
    if period.kind != "quarter":
        raise DisclosureNotFound
    return period


def list_quarters_of_months(village_id: int, periods: Iterable[Period]) -> list[QuarterMonths]:
    """List the quarters in which published months lie, the latest first, each with all its published months."""
    quarters = sorted({period.quarter for period in periods if period.kind == "month"}, reverse=True)
    if not quarters:
        return []
    codes = [month.code for quarter in quarters for month in quarter.months]
    query = select(Disclosure.period_code).join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id)
    query = query.where(
        Disclosure.village_id == village_id, Disclosure.kind == FINANCE, Disclosure.period_code.in_(codes)
    )
    there = set(db.session.scalars(query))
    return [
        QuarterMonths(quarter, tuple(month for month in quarter.months if month.code in there)) for quarter in quarters
    ]
