"""Reading disclosures: what visitors may see is issued; what is still being made, only the township sees."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.codes import sheet_code
from village_open.core.periods import Period
from village_open.db import Page, db, list_page
from village_open.notices.errors import DisclosureNotFound, PostingNotFound
from village_open.notices.models import Disclosure, DisclosureFile, DisclosureIssue, Posting
from village_open.notices.rules import PaperNeed, read_needs
from village_open.notices.sheets.content import FinanceContent, read_content
from village_open.villages.models import Village

FINANCE = "finance"


@dataclass(frozen=True)
class Published:
    """One disclosure as it was frozen; everything a page says of it comes from these bytes."""

    id: int
    village_id: int
    number: str
    code: str
    sha256: str
    period_code: str
    frozen_text: str
    papers: tuple[PaperNeed, ...]
    frozen_at: datetime
    issued_at: datetime | None

    @property
    def frozen(self) -> bytes:
        """The canonical bytes."""
        return self.frozen_text.encode()

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the bytes say."""
        loaded: dict[str, Any] = json.loads(self.frozen_text)
        return loaded

    @cached_property
    def sheet(self) -> FinanceContent:
        """The content typed, masked, and proven to agree with itself."""
        return read_content(self.content)

    @property
    def village_code(self) -> str:
        """The village's code, as frozen."""
        return str(self.content["village"]["code"])

    @property
    def village_name(self) -> str:
        """The village's name, as frozen."""
        return str(self.content["village"]["name"])

    @property
    def township_name(self) -> str:
        """The township's name, as frozen."""
        return str(self.content["township"]["name"])

    @property
    def period(self) -> Period:
        """The period."""
        return Period.parse(self.period_code)

    @property
    def is_issued(self) -> bool:
        """Whether every sheet is there and the disclosure is public."""
        return self.issued_at is not None

    @property
    def issued_on(self) -> date:
        """The day on which it was issued, as printed."""
        return date.fromisoformat(self.content["issued_on"])

    @cached_property
    def is_intact(self) -> bool:
        """Whether the bytes still have the hash and the code they were frozen with."""
        found = sha256_hex(self.frozen)
        return found == self.sha256 and sheet_code(found) == self.code


@dataclass(frozen=True)
class Listed:
    """One issued disclosure in a list, without its content."""

    village_id: int
    number: str
    code: str
    period_code: str
    frozen_at: datetime

    @property
    def period(self) -> Period:
        """The period."""
        return Period.parse(self.period_code)

    @property
    def issued_on(self) -> date:
        """The day of issuing that the sheet prints; the sheets may have been finished later."""
        return clock.china_day(self.frozen_at)


def get_published(code: str) -> Published:
    """Return the issued disclosure of a sheet code.

    Raises:
        DisclosureNotFound: there is none, or it is not issued.
    """
    found = _first(_issued().where(Disclosure.code == code))
    if found is None:
        raise DisclosureNotFound
    return found


def find_published(village_code: str, period_code: str) -> Published | None:
    """Return the newest issued finance disclosure of a period, or None."""
    query = _issued().join(Village, Village.id == Disclosure.village_id).where(Village.code == village_code)
    return _first(query.where(Disclosure.period_code == period_code, Disclosure.kind == FINANCE))


def get_latest(village_code: str, period_code: str) -> Published:
    """Return the newest issued finance disclosure of a period.

    Raises:
        DisclosureNotFound: nothing was issued for it.
    """
    found = find_published(village_code, period_code)
    if found is None:
        raise DisclosureNotFound
    return found


def find_disclosure(village_code: str, period_code: str) -> Published | None:
    """Return the newest disclosure of a period, issued or still being made, or None; for the township."""
    query = _all().join(Village, Village.id == Disclosure.village_id).where(Village.code == village_code)
    return _first(query.where(Disclosure.period_code == period_code, Disclosure.kind == FINANCE))


def get_disclosure(disclosure_id: int) -> Published:
    """Return a disclosure, issued or still being made.

    Raises:
        DisclosureNotFound: there is none.
    """
    found = _first(_all().where(Disclosure.id == disclosure_id))
    if found is None:
        raise DisclosureNotFound
    return found


def find_successor(disclosure_id: int) -> Published | None:
    """Return the issued disclosure that corrects this one, or None."""
    return _first(_issued().where(Disclosure.replaces_id == disclosure_id))


def list_unfinished() -> Sequence[int]:
    """List the ids of disclosures that are frozen and not issued, the oldest first."""
    query = select(Disclosure.id).outerjoin(DisclosureIssue).where(DisclosureIssue.id.is_(None))
    return db.session.scalars(query.order_by(Disclosure.id)).all()


def list_published(village_id: int, *, page: int = 1) -> Page[Published]:
    """List a village's issued disclosures, the latest period first."""
    query = _issued().where(Disclosure.village_id == village_id)
    query = query.order_by(None).order_by(Disclosure.period_code.desc(), Disclosure.id.desc())
    found = list_page(query, number=page, per_page=12)
    return Page([_published(row) for row in found.items], found.number, found.total, found.per_page)


def list_latest(village_ids: Iterable[int]) -> dict[int, Listed]:
    """Return the newest issued disclosure of each village that has one: one query, without the contents."""
    newer = aliased(Disclosure)
    newest = (
        select(func.max(newer.id)).join(DisclosureIssue, DisclosureIssue.disclosure_id == newer.id)
        .where(newer.village_id.in_(list(village_ids))).group_by(newer.village_id)
    )  # fmt: skip
    rows = db.session.execute(
        select(Disclosure.village_id, Disclosure.number, Disclosure.code, Disclosure.period_code, Disclosure.frozen_at)
        .join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id).where(Disclosure.id.in_(newest))
    )  # fmt: skip
    return {row.village_id: Listed(*row) for row in rows}


def list_period(township_code: str, period_codes: Iterable[str]) -> Sequence[Published]:
    """List the issued disclosures of a township's villages in some periods, by village and period.

    The township's code may be empty: then of every village.
    """
    query = (
        _issued().join(Village, Village.id == Disclosure.village_id)
        .where(Village.code.startswith(township_code), Disclosure.period_code.in_(list(period_codes)))
        .order_by(None).order_by(Village.code, Disclosure.period_code, Disclosure.id)
    )  # fmt: skip
    return [_published(row) for row in db.session.scalars(query)]


def list_making(period_codes: Iterable[str]) -> Sequence[str]:
    """List the codes of villages whose disclosure for one of the periods is frozen and not issued."""
    query = (
        select(Village.code).join(Disclosure, Disclosure.village_id == Village.id).outerjoin(DisclosureIssue)
        .where(DisclosureIssue.id.is_(None), Disclosure.period_code.in_(list(period_codes)))
    )  # fmt: skip
    return db.session.scalars(query.distinct()).all()


def search(text: str, *, page: int = 1) -> Page[Published]:
    """Search villages, numbers and summaries of everything issued, the latest first.

    Several words must all be there.
    """
    query = _issued()
    for word in text.lower().split():
        query = query.where(Disclosure.search_text.contains(word, autoescape=True))
    found = list_page(query, number=page, per_page=20)
    return Page([_published(row) for row in found.items], found.number, found.total, found.per_page)


def list_files(disclosure_id: int) -> Sequence[DisclosureFile]:
    """List the stored sheets of a disclosure."""
    query = select(DisclosureFile).where(DisclosureFile.disclosure_id == disclosure_id)
    return db.session.scalars(query.order_by(DisclosureFile.sheet_kind, DisclosureFile.paper)).all()


def list_files_of(disclosure_ids: Iterable[int]) -> dict[tuple[int, str, str], DisclosureFile]:
    """Return the stored sheets of several disclosures by disclosure, kind and paper: one query."""
    query = select(DisclosureFile).where(DisclosureFile.disclosure_id.in_(list(disclosure_ids)))
    return {(row.disclosure_id, row.sheet_kind, row.paper): row for row in db.session.scalars(query)}


def find_file(disclosure_id: int, sheet_kind: str, paper: str) -> DisclosureFile | None:
    """Return one stored sheet of a disclosure, or None when it was not made on this paper."""
    query = select(DisclosureFile).where(
        DisclosureFile.disclosure_id == disclosure_id, DisclosureFile.sheet_kind == sheet_kind,
        DisclosureFile.paper == paper,
    )  # fmt: skip
    return db.session.scalar(query)


def list_postings(disclosure_id: int) -> Sequence[Posting]:
    """List where a disclosure hung and hangs, in the order of posting; each with its board."""
    query = select(Posting).where(Posting.disclosure_id == disclosure_id).options(joinedload(Posting.board))
    return db.session.scalars(query.order_by(Posting.posted_on, Posting.id)).all()


def get_posting(disclosure_id: int, posting_id: int) -> Posting:
    """Return one entry of the posting register of this very disclosure.

    Raises:
        PostingNotFound: the register holds none of this id for it.
    """
    query = select(Posting).where(Posting.id == posting_id, Posting.disclosure_id == disclosure_id)
    found = db.session.scalar(query.options(joinedload(Posting.board)))
    if found is None:
        raise PostingNotFound
    return found


def _all() -> Select[Disclosure]:
    return (
        select(Disclosure).outerjoin(Disclosure.issue).options(contains_eager(Disclosure.issue))
        .order_by(Disclosure.id.desc())
    )  # fmt: skip


def _issued() -> Select[Disclosure]:
    return _all().where(DisclosureIssue.id.is_not(None))


def _first(query: Select[Disclosure]) -> Published | None:
    row = db.session.scalars(query.limit(1)).first()
    return _published(row) if row is not None else None


def _published(row: Disclosure) -> Published:
    return Published(
        id=row.id, village_id=row.village_id, number=row.number, code=row.code, sha256=row.sha256,
        period_code=row.period_code, frozen_text=row.content, papers=read_needs(row.papers),
        frozen_at=row.frozen_at, issued_at=row.issue.issued_at if row.issue else None,
    )  # fmt: skip
