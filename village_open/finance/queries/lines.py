"""Reading single lines, and the rows behind a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from village_open.db import Page, db, list_page
from village_open.finance.errors import LineNotFound
from village_open.finance.models import FinancePeriod, JoiningFigure, Line, Receipt


@dataclass(frozen=True)
class LineFilter:
    """Which rows stand behind a number; empty fields leave nothing out."""

    item: str = ""
    side: str = ""
    """income, expense, transfer or correct."""
    code: str = ""
    account_id: int | None = None
    without_receipt: bool = False
    year_to_date: bool = False
    """All of the year up to the end of the period, not the period alone."""

    @property
    def asked(self) -> dict[str, str]:
        """The filter as it stands in an address; `read_filter` reads it back."""
        words = {
            "item": self.item, "side": self.side, "code": self.code,
            "account": "" if self.account_id is None else str(self.account_id),
            "without": "receipt" if self.without_receipt else "", "span": "year" if self.year_to_date else "",
        }  # fmt: skip
        return {key: word for key, word in words.items() if word}


def read_filter(args: Mapping[str, str]) -> LineFilter:
    """Read what an address asks for; what it does not know leaves nothing out."""
    account = args.get("account", "")
    return LineFilter(
        item=args.get("item", "")[:10], side=args.get("side", "")[:8], code=args.get("code", "")[:12],
        account_id=int(account) if account.isascii() and account.isdigit() and len(account) < 10 else None,
        without_receipt=args.get("without") == "receipt", year_to_date=args.get("span") == "year",
    )  # fmt: skip


@dataclass(frozen=True)
class FoundLines:
    """One page of the rows behind a number, and what all of them come to, in fen."""

    page: Page[Line]
    income_fen: int
    expense_fen: int
    transfer_fen: int
    joined_fen: int
    """Of the year's sum by item or side: what the village typed from paper when it joined."""


def get_line(period: FinancePeriod, line_id: int) -> Line:
    """Return a line of this very period, taken out or not, with its money accounts.

    Raises:
        LineNotFound: the period has none of this id.
    """
    found = db.session.scalar(
        select(Line)
        .where(Line.id == line_id, Line.period_id == period.id)
        .options(joinedload(Line.account), joinedload(Line.to_account))
    )
    if found is None:
        raise LineNotFound
    return found


def list_lines_by_id(period: FinancePeriod, ids: Sequence[int]) -> Sequence[Line]:
    """List those lines of the period that have one of these ids, as they stand now."""
    rows = select(Line).where(Line.period_id == period.id, Line.id.in_(ids)).order_by(Line.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def find_lines(period: FinancePeriod, wanted: LineFilter, *, number: int = 1) -> FoundLines:
    """Find the rows behind a number: four queries, whatever the size."""
    where = _conditions(period, wanted)
    rows = (
        select(Line)
        .where(*where)
        .options(joinedload(Line.account), joinedload(Line.to_account))
        .order_by(Line.on, Line.position, Line.id)
    )
    sums = db.session.execute(select(Line.kind, func.sum(Line.amount_fen)).where(*where).group_by(Line.kind))
    fen = {kind: int(total) for kind, total in sums}
    return FoundLines(
        page=list_page(rows, number=number),
        income_fen=fen.get("income", 0), expense_fen=fen.get("expense", 0), transfer_fen=fen.get("transfer", 0),
        joined_fen=_joined_fen(period, wanted),
    )  # fmt: skip


def _conditions(period: FinancePeriod, wanted: LineFilter) -> list[ColumnElement[bool]]:
    where = [Line.village_id == period.village_id, Line.is_removed.is_(False)]
    if wanted.year_to_date:
        where += [Line.on >= date(period.period.year, 1, 1), Line.on <= period.period.last_on]
    else:
        where.append(Line.period_id == period.id)
    if wanted.item:
        where.append(Line.item_key == ("" if wanted.item == NO_ITEM else wanted.item))
        where.append(Line.kind.in_(_WITH_PAPERS))
    if wanted.side:
        where.append(Line.kind == wanted.side)
    if wanted.code:
        where.append(Line.account_code == wanted.code)
    if wanted.account_id is not None:
        where.append(or_(Line.account_id == wanted.account_id, Line.to_account_id == wanted.account_id))
    if wanted.without_receipt:
        with_receipt = select(Receipt.line_id).where(Receipt.is_removed.is_(False))
        where += [Line.id.not_in(with_receipt), Line.kind.in_(_WITH_PAPERS)]
    return where


_WITH_PAPERS = ("income", "expense")
"""What stands under an item and wants a receipt: no transfer, no correction of earlier periods."""
NO_ITEM = "none"
"""Asks for the lines that stand under no disclosure item yet."""


def _joined_fen(period: FinancePeriod, wanted: LineFilter) -> int:
    if not wanted.year_to_date or not (wanted.item or wanted.side in _WITH_PAPERS):
        return 0
    rows = (
        select(func.sum(JoiningFigure.ytd_fen))
        .join(FinancePeriod, FinancePeriod.id == JoiningFigure.period_id)
        .where(FinancePeriod.village_id == period.village_id, FinancePeriod.code.startswith(str(period.period.year)))
    )
    keys = JoiningFigure.item_key
    side = keys.startswith("CW02" if wanted.side == "income" else "CW03")
    return int(db.session.scalar(rows.where(keys == wanted.item if wanted.item else side)) or 0)


def count_lines_without_receipt(period: FinancePeriod) -> int:
    """Count the income and expense lines of a period behind which nothing is kept."""
    where = _conditions(period, LineFilter(without_receipt=True))
    return db.session.scalar(select(func.count()).select_from(Line).where(*where)) or 0
