"""A disclosure as it was frozen, and the selects that every reading begins with."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.codes import sheet_code
from village_open.core.periods import Period
from village_open.db import db
from village_open.notices.models import Disclosure, DisclosureIssue
from village_open.notices.rules import PaperNeed, read_needs
from village_open.notices.sheets.affairs_content import AffairsContent, read_affairs
from village_open.notices.sheets.board_content import BoardContent, read_board
from village_open.notices.sheets.content import FinanceContent, read_content
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.kinds import BOARD, SheetKind

FINANCE, AFFAIRS = "finance", "affairs"


@dataclass(frozen=True)
class Published:
    """One disclosure as it was frozen; everything a page says of it comes from these bytes."""

    id: int
    village_id: int
    number: str
    code: str
    sha256: str
    kind: str
    announcement_id: int | None
    year: int
    seq: int
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
        """The content of a finance disclosure typed and masked."""
        return read_content(self.content)

    @cached_property
    def affairs(self) -> AffairsContent:
        """The content of an announcement's disclosure typed and masked."""
        return read_affairs(self.content)

    @cached_property
    def board(self) -> BoardContent:
        """The content of the board of a period typed and masked."""
        return read_board(self.content)

    @property
    def frame(self) -> Frame:
        """What every disclosure has."""
        if self.is_board:
            return self.board
        return self.affairs if self.is_affairs else self.sheet

    @property
    def is_affairs(self) -> bool:
        """Whether it is an announcement: of a matter or of a period, not of money."""
        return self.kind == AFFAIRS

    @property
    def is_board(self) -> bool:
        """Whether it tells the sections of the board of a period."""
        return self.is_affairs and self.content["announcement"]["kind"] == BOARD

    @property
    def heading(self) -> str:
        """What it is, in words: `… 财务收支`, `… 村务公开栏`, or the matter and what is announced of it."""
        if self.is_board:
            return self.board.title
        if self.is_affairs:
            return f"{self.affairs.title} {SheetKind(self.affairs.kind).heading}"
        return f"{self.period.label} 财务收支"

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


def all_disclosures() -> Select[Disclosure]:
    """Select disclosures with their issue, the latest first; what is still being made too."""
    return (
        select(Disclosure).outerjoin(Disclosure.issue).options(contains_eager(Disclosure.issue))
        .order_by(Disclosure.id.desc())
    )  # fmt: skip


def issued() -> Select[Disclosure]:
    """Select what visitors may see."""
    return all_disclosures().where(DisclosureIssue.id.is_not(None))


def first(query: Select[Disclosure]) -> Published | None:
    """Return the first row of a select, or None."""
    row = db.session.scalars(query.limit(1)).first()
    return published(row) if row is not None else None


def published(row: Disclosure) -> Published:
    """Return a row as plain frozen data."""
    return Published(
        id=row.id, village_id=row.village_id, number=row.number, code=row.code, sha256=row.sha256,
        kind=row.kind, announcement_id=row.announcement_id, year=row.year, seq=row.seq,
        period_code=row.period_code, frozen_text=row.content, papers=read_needs(row.papers),
        frozen_at=row.frozen_at, issued_at=row.issue.issued_at if row.issue else None,
    )  # fmt: skip
