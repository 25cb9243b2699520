"""The lines behind one figure of a disclosure: of an item, or of a whole side."""

from dataclasses import dataclass

from village_open.notices.sheets.content import FinanceContent, Line


@dataclass(frozen=True)
class RowsBehind:
    """Some lines of a sheet, what they stand for, and what they come to in fen."""

    side: str
    label: str
    lines: tuple[Line, ...]

    @property
    def income_fen(self) -> int:
        """What came in by them."""
        return sum(line.income_fen for line in self.lines)

    @property
    def expense_fen(self) -> int:
        """What was spent by them."""
        return sum(line.expense_fen for line in self.lines)


def rows_behind(sheet: FinanceContent, *, item: str = "", side: str = "") -> RowsBehind | None:
    """Return the lines of an item or of a side of the sheet; None where neither is asked for or known."""
    if item:
        known = [row for row in sheet.items if row.key == item]
        lines = tuple(line for line in sheet.lines if line.item == item)
        return RowsBehind(known[0].side, known[0].label, lines) if known else None
    if side in ("income", "expense", "correct"):
        return RowsBehind(side, "", tuple(line for line in sheet.lines if line.kind == side))
    return None
