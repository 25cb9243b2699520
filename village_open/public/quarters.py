"""A quarter of a village that publishes by month: the three frozen months side by side, and nothing else.

Nothing here is signed anew: every figure is a month's own, or their sum. Open months have no part in it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from village_open.core.errors import NotFound
from village_open.core.periods import Period
from village_open.notices.queries import Published
from village_open.notices.sheets.content import FinanceContent

SIDES = ("income", "expense")


class QuarterIncomplete(NotFound):
    """Some months of the quarter are not published, so the quarter cannot be summed yet."""

    def __init__(self, quarter: Period, published: Iterable[Period]) -> None:
        there = list(published)
        missing = "、".join(month.label for month in quarter.months if month not in there)
        super().__init__(
            f"{quarter.label}还缺 {missing}。已经公布：{'、'.join(month.label for month in there)}。"
            "三个月都公布以后，这里才有季度汇总。"
        )


@dataclass(frozen=True)
class QuarterRow:
    """One row of the quarter: the figure of each month in fen; `key` and `side` lead to the lines behind it."""

    label: str
    side: str
    months_fen: tuple[int, ...]
    key: str = ""

    @property
    def total_fen(self) -> int:
        """The sum of the months."""
        return sum(self.months_fen)


@dataclass(frozen=True)
class StockRow:
    """One money account: its opening, and its closing at the end of each month, in fen."""

    name: str
    opening_fen: int
    closings_fen: tuple[int, ...]


@dataclass(frozen=True)
class Quarter:
    """Three published months of a village, in their order."""

    period: Period
    months: tuple[Published, ...]

    @property
    def sheets(self) -> tuple[FinanceContent, ...]:
        """What each month froze."""
        return tuple(month.sheet for month in self.months)

    @property
    def openings_fen(self) -> tuple[int, ...]:
        """What each month began with."""
        return self._each(lambda sheet: sheet.totals.opening_fen)

    @property
    def closings_fen(self) -> tuple[int, ...]:
        """What each month ended with."""
        return self._each(lambda sheet: sheet.totals.closing_fen)

    @property
    def unsettled(self) -> QuarterRow:
        """By how much each month began otherwise than the month before closed, as 暂计 months may."""
        gaps = (after.totals.opening_fen - before.totals.closing_fen for before, after in pairwise(self.sheets))
        return QuarterRow("", "", (0, *gaps))

    @property
    def corrections(self) -> QuarterRow:
        """What each month took up as a correction of earlier periods."""
        return QuarterRow("", "", self._each(lambda sheet: sheet.totals.correction_fen))

    @property
    def income(self) -> QuarterRow:
        """All income."""
        return QuarterRow("", "income", self._each(lambda sheet: sheet.totals.income_fen))

    @property
    def expense(self) -> QuarterRow:
        """All expense."""
        return QuarterRow("", "expense", self._each(lambda sheet: sheet.totals.expense_fen))

    def items(self, side: str) -> tuple[QuarterRow, ...]:
        """Return the disclosure items of a side that moved in any month, in the order of the sheet."""
        labels = {row.key: row.label for sheet in self.sheets for row in sheet.items if row.side == side}
        rows = (QuarterRow(label, side, self._of_item(key), key) for key, label in labels.items())
        return tuple(row for row in rows if any(row.months_fen))

    @property
    def stocks(self) -> tuple[StockRow, ...]:
        """The money accounts of all months; one that is not there in a month holds nothing then."""
        names = dict.fromkeys(row.name for sheet in self.sheets for row in sheet.money_accounts)
        first = {row.name: row.opening_fen for row in self.sheets[0].money_accounts}
        closings = [{row.name: row.closing_fen for row in sheet.money_accounts} for sheet in self.sheets]
        return tuple(StockRow(name, first.get(name, 0), tuple(one.get(name, 0) for one in closings)) for name in names)

    def _each(self, figure: Callable[[FinanceContent], int]) -> tuple[int, ...]:
        return tuple(figure(sheet) for sheet in self.sheets)

    def _of_item(self, key: str) -> tuple[int, ...]:
        return self._each(lambda sheet: sum(row.this_fen for row in sheet.items if row.key == key))


def quarter_of(period: Period, published: Mapping[str, Published]) -> Quarter:
    """Put the months of a quarter together, from the newest disclosure of each period by its code.

    Raises:
        QuarterIncomplete: not all three months are published.
    """
    there = [month for month in period.months if month.code in published]
    if len(there) < len(period.months):
        raise QuarterIncomplete(period, there)
    return Quarter(period, tuple(published[month.code] for month in there))
