"""A register as a spreadsheet: every typed column under its head, then what is computed; it reads back exactly."""

from collections.abc import Sequence
from datetime import date

from village_open.registers.rules.columns import Cells, Column, day_of, typed_text
from village_open.registers.rules.reckoning import column_for, fixed_values, line_of, value_key
from village_open.registers.rules.registers import ROW, Register
from village_open.workbooks.writing import Column as SheetColumn
from village_open.workbooks.writing import ColumnKind, SheetTable

COMPUTED = "（系统算）"
"""Behind the head of a column that is computed: an import leaves it alone."""
_KINDS: dict[str, ColumnKind] = {"money": "money", "day": "date"}


def head_of(register: Register, column: Column) -> str:
    """Return the head of a column in a file."""
    return f"{column.head}{COMPUTED}" if column.key in register.formulas else column.head


def register_table(register: Register, rows: Sequence[Cells]) -> SheetTable:
    """Return the completed rows as a sheet; a fixed table always has all its rows."""
    told = _fixed_rows(register, rows) if register.fixed_rows else rows
    columns = tuple(
        SheetColumn(head_of(register, column), _KINDS.get(column.kind, "text"), 30 if column.longest > 80 else 16)
        for column in register.columns
    )
    return SheetTable(
        register.label,
        columns,
        [_line(register, row) for row in told],
    )


def _fixed_rows(register: Register, rows: Sequence[Cells]) -> list[Cells]:
    values, key = fixed_values(register, rows), value_key(register)
    return [line_of(register, {ROW: row.key, key: values[row.key]}) for row in register.fixed_rows]


def _line(register: Register, row: Cells) -> list[str | int | date | None]:
    fixed = register.find_fixed(row)
    return [
        fixed.label if fixed and column.key == ROW else _cell(column_for(register, column, row), row)
        for column in register.columns
    ]


def _cell(column: Column, row: Cells) -> str | int | date | None:
    value = row.get(column.key, "")
    if value == "":
        return None
    if column.kind == "day":
        return day_of(row, column.key)
    return typed_text(column, value) if column.kind == "number" else value
