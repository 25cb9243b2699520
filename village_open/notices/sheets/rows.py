"""The rows of the line table, and the running totals that a page carries to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from village_open.notices.sheets.content import FinanceContent, Line

RowKind = Literal["opening", "line", "subtotal", "total", "brought", "carried"]
_SUBTOTALS_FROM = 12
"""A short sheet needs no month subtotals: the eye adds a dozen lines."""
_KEPT_WITH_TOTAL = 2
"""A subtotal never stands on a page without its last two lines."""


@dataclass(frozen=True)
class Row:
    """One printed row; `line` is set for ledger lines only."""

    kind: RowKind
    label: str
    income_fen: int | None
    expense_fen: int | None
    balance_fen: int
    line: Line | None = None


def line_rows(sheet: FinanceContent) -> tuple[Row, ...]:
    """Return opening, lines with the subtotals of the months, and the row of totals and closing balance."""
    this, totals = sheet.period.this_word, sheet.totals
    return (
        Row("opening", f"{sheet.period.last_word}转来", None, None, totals.opening_fen),
        *_rows_by_month(sheet),
        Row("total", f"{this}合计、{this}余额", totals.income_fen, totals.expense_fen, totals.closing_fen),
    )


def _rows_by_month(sheet: FinanceContent) -> Iterator[Row]:
    months = [(month, list(lines)) for month, lines in groupby(sheet.lines, key=lambda line: line.on.month)]
    in_order = len({month for month, _ in months}) == len(months)
    with_subtotals = in_order and len(months) > 1 and len(sheet.lines) > _SUBTOTALS_FROM
    for month, lines in months:
        yield from (_line_row(line) for line in lines)
        if with_subtotals:
            income, expense = _sums(lines)
            yield Row("subtotal", f"{month}月小计", income, expense, lines[-1].balance_fen)


def _line_row(line: Line) -> Row:
    return Row("line", line.summary, line.income_fen or None, line.expense_fen or None, line.balance_fen, line)


def _sums(lines: Sequence[Line]) -> tuple[int, int]:
    return sum(line.income_fen for line in lines), sum(line.expense_fen for line in lines)


def glued_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows before which no page may break: totals stay with their last two lines."""
    glued: set[int] = set()
    for index, row in enumerate(rows):
        if row.kind in ("subtotal", "total"):
            glued.update(range(max(1, index - _KEPT_WITH_TOTAL + 1), index + 1))
    return frozenset(glued | {1})


def running_row(rows: Sequence[Row], kind: Literal["brought", "carried"]) -> Row:
    """Return the running totals of the rows so far, as 过次页 or 承前页."""
    income, expense = _sums([row.line for row in rows if row.line])
    return Row(kind, {"brought": "承前页", "carried": "过次页"}[kind], income, expense, rows[-1].balance_fen)
