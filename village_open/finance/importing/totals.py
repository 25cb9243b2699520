"""Checking a table against the totals and balances that it states itself."""

from dataclasses import dataclass, field

from village_open.core.money import format_fen
from village_open.finance.importing.results import Findings

Sides = tuple[int | None, int | None]
"""Income and expense as a total row states them."""


@dataclass
class RunningTotals:
    """Sums of a table so far; `boundaries` are the sums at the places from which a total may count."""

    income: int = 0
    expense: int = 0
    opening: int | None = None
    closing: int | None = None
    last_balance: int | None = None
    shift: int = 0
    boundaries: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])

    def add(self, income: int, expense: int) -> None:
        """Count a line."""
        self.income += income
        self.expense += expense

    def mark(self) -> None:
        """Remember this place: a later total may count from here."""
        if self.boundaries[-1] != (self.income, self.expense):
            self.boundaries.append((self.income, self.expense))

    def balance(self) -> int | None:
        """Return what should be left now; None while the opening is not known."""
        return None if self.opening is None else self.opening + self.income - self.expense

    def state_balance(self, row: int, column: str, stated: int, findings: Findings) -> None:
        """Compare the balance printed in a row with what should be left, once per shift."""
        expected = self.balance()
        self.last_balance = stated
        shift = 0 if expected is None else stated - expected
        # One wrong balance shifts all below it by the same sum; it is told once.
        if shift and expected is not None and shift != self.shift:
            text = f"本行余额写 {format_fen(stated)}，按逐笔推算应为 {format_fen(expected)}，相差 {format_fen(shift)}。"
            findings.warn(row, column, text)
        self.shift = shift

    def state_total(self, row: int, columns: tuple[str, str], stated: Sides, findings: Findings) -> None:
        """Compare a total row with the lines above it, counted from any place a total may count from.

        On a sheet in account form the total includes the opening on one side and the closing on the other.
        """
        agreements = [self._agreement(stated, boundary) for boundary in self.boundaries]
        nearest = max(range(len(agreements)), key=lambda n: sum(agreements[n]))
        since = self.boundaries[nearest]
        sums = (self.income - since[0], self.expense - since[1])
        for side, word in enumerate(("收入", "支出")):
            said = stated[side]
            if said is not None and not agreements[nearest][side]:
                text = f"合计行的{word}写 {format_fen(said)}，逐笔相加是 {format_fen(sums[side])}"
                findings.error(row, columns[side], f"{text}，相差 {format_fen(said - sums[side])}。")
        self.mark()

    def _agreement(self, stated: Sides, boundary: tuple[int, int]) -> tuple[bool, bool]:
        income, expense = self.income - boundary[0], self.expense - boundary[1]
        opening = self.opening or 0
        left = opening + self.income - self.expense
        return stated[0] in {None, income, income + opening}, stated[1] in {None, expense, expense + left}
