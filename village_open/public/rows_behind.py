"""The lines behind one figure of a disclosure: of an item, of a whole side, or of a money account."""

from collections.abc import Callable
from dataclasses import dataclass

from village_open.notices.sheets.content import FinanceContent, Line

_AMOUNTS: dict[str, Callable[[Line], int]] = {
    "income": lambda line: line.income_fen,
    "expense": lambda line: line.expense_fen,
    "correct": lambda line: line.correction_fen,
    "in": lambda line: line.amount_fen,
    "out": lambda line: line.amount_fen,
}
"""What a line adds to the figure of a side; money moved between accounts comes in at one and goes out at another."""


@dataclass(frozen=True)
class RowsBehind:
    """Some lines of a sheet, what they stand for, and what they come to in fen."""

    side: str
    label: str
    lines: tuple[Line, ...]
    account: str = ""

    @property
    def income_fen(self) -> int:
        """What came in by them."""
        return sum(line.income_fen for line in self.lines)

    @property
    def expense_fen(self) -> int:
        """What was spent by them."""
        return sum(line.expense_fen for line in self.lines)

    @property
    def total_fen(self) -> int:
        """The figure that they stand behind; nought where a whole account is meant."""
        return sum(map(_AMOUNTS[self.side], self.lines)) if self.side else 0


def rows_behind(sheet: FinanceContent, *, item: str = "", side: str = "", account: str = "") -> RowsBehind | None:
    """Return the lines of an item, of a side or of an account (its place in the list, from 1); None for anything else.

    An account takes a side too: `in` and `out` are the transfers to and from it; without one all its lines are meant.
    """
    if item:
        known = [row for row in sheet.items if row.key == item]
        lines = tuple(line for line in sheet.lines if line.item == item)
        return RowsBehind(known[0].side, known[0].label, lines) if known else None
    if account:
        return _of_account(sheet, account, side)
    if side in ("income", "expense", "correct"):
        return RowsBehind(side, "", tuple(line for line in sheet.lines if line.kind == side))
    return None


def _of_account(sheet: FinanceContent, place: str, side: str) -> RowsBehind | None:
    names = {str(number): row.name for number, row in enumerate(sheet.money_accounts, start=1)}
    if place not in names or side not in ("", *_AMOUNTS):
        return None
    lines = tuple(line for line in sheet.lines if _touches(line, names[place], side))
    return RowsBehind(side, "", lines, names[place])


def _touches(line: Line, account: str, side: str) -> bool:
    goes_out = line.kind == "transfer" and line.account == account
    comes_in = line.kind == "transfer" and line.to_account == account
    if side in ("in", "out"):
        return comes_in if side == "in" else goes_out
    return line.account == account and line.kind == side if side else line.account == account or comes_in
