"""Checking a table against the totals and balances that it states itself."""

from dataclasses import dataclass, field

from village_open.core.money import format_fen
from village_open.finance.importing.results import Findings


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

    def state_total(self, row: int, column: str, stated: tuple[int | None, int | None], findings: Findings) -> None:
        """Compare a total row with the lines above it, counted from any place a total may count from.

        On a sheet in account form the total includes the opening on one side and the closing on the other.
        """
        if any(self._agrees(stated, boundary) for boundary in self.boundaries):
            self.mark()
            return
        income, expense = self.income - self.boundaries[-1][0], self.expense - self.boundaries[-1][1]
        self.mark()
        for word, said, sum_ in (("收入", stated[0], income), ("支出", stated[1], expense)):
            if said is not None and said != sum_:
                text = f"合计行的{word}写 {format_fen(said)}，逐笔相加是 {format_fen(sum_)}"
                findings.error(row, column, f"{text}，相差 {format_fen(said - sum_)}。")

    def _agrees(self, stated: tuple[int | None, int | None], boundary: tuple[int, int]) -> bool:
        income, expense = self.income - boundary[0], self.expense - boundary[1]
        opening = self.opening or 0
        left = opening + self.income - self.expense
        return stated[0] in {None, income, income + opening} and stated[1] in {None, expense, expense + left}
