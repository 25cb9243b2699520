"""What a cell, a sheet and a refusal are on both sides of the process border."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""Everything that calamine delivers."""


@dataclass(frozen=True)
class SheetCells:
    """One sheet as text: every row as long as its last filled cell, no empty rows at the end."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Limits:
    """What a file from a stranger may cost before it is refused."""

    file_bytes: int = 20 * 2**20
    unpacked_bytes: int = 200 * 2**20
    memory_bytes: int = 768 * 2**20
    answer_bytes: int = 64 * 2**20
    cpu_seconds: int = 10
    wall_seconds: int = 40
    sheets: int = 64
    rows: int = 50_000
    columns: int = 256
    cells: int = 1_000_000
    cell_chars: int = 32_767


class Refusal(Exception):
    """The file is refused; `reason` is the name under which the parent process raises it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason)


def cell_text(value: CellValue) -> str:
    """Write a cell as exact text: `1200.5`, `2026-07-01`, `TRUE`; no exponent, no float noise.

    A spreadsheet keeps 15 digits; what a float shows beyond them was never typed.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _plain_number(value: float) -> str:
    typed = float(f"{value:.15g}")
    return str(int(typed)) if typed.is_integer() else format(Decimal(repr(typed)), "f")


class Counter:
    """Counts rows, columns and cells of a whole file against its limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = 0

    def row(self, cells: int) -> None:
        """Count one row.

        Raises:
            Refusal: the row is too wide, or the file has too many cells.
        """
        self._cells += cells + 1
        if cells > self.limits.columns:
            raise Refusal("too_large", f"一行有 {cells} 列，最多 {self.limits.columns} 列")
        if self._cells > self.limits.cells:
            raise Refusal("too_large", f"单元格超过 {self.limits.cells} 个")

    def rows(self, rows: int) -> None:
        """Check the number of rows of one sheet.

        Raises:
            Refusal: there are too many.
        """
        if rows > self.limits.rows:
            raise Refusal("too_large", f"一张表超过 {self.limits.rows} 行")


def sheet_of(name: str, rows: list[list[str]], limits: Limits) -> SheetCells:
    """Trim a sheet to its filled cells.

    Raises:
        Refusal: a cell holds more text than a spreadsheet can.
    """
    trimmed = [_trimmed(row, limits) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return SheetCells(name, tuple(trimmed))


def _trimmed(row: list[str], limits: Limits) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    if any(len(text) > limits.cell_chars for text in row[:end]):
        raise Refusal("too_large", f"一个单元格的文字超过 {limits.cell_chars} 个")
    return tuple(row[:end])
