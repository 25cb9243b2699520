"""A register as the plain table that is frozen and printed: masked, totalled, with its remarks."""

from collections.abc import Sequence
from typing import TypeAlias

from village_open.registers.rules.columns import Cells, Column, Value, format_number
from village_open.registers.rules.masking import public_text
from village_open.registers.rules.reckoning import fixed_values
from village_open.registers.rules.registers import ROW, TOTAL, Facts, FixedRow, Register

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain]"
Table: TypeAlias = "dict[str, Plain]"
"""Only str, int, bool, list and dict: money in fen, numbers in thousandths, days as ISO text, an empty cell is ""."""


def print_table(register: Register, rows: Sequence[Cells], facts: Facts) -> Table:
    """Return the table of the completed rows of one register and period."""
    columns = [column for column in register.columns if column.is_printed]
    if register.fixed_rows:
        printed, totals = _fixed_lines(register, rows), []
    else:
        printed, totals = [_line(columns, row) for row in rows], _totals(columns, rows)
    remarks: list[Plain] = [*register.remarks(rows, facts)] if register.remarks and rows else []
    return {
        "key": register.key,
        "heading": register.heading,
        "columns": [_head(column) for column in columns],
        "rows": printed,
        "totals": totals,
        "remarks": remarks,
    }


def _head(column: Column) -> Plain:
    kind = "text" if column.kind == "choice" else column.kind
    return {"key": column.key, "label": column.head, "kind": kind, "hand_out": column.on_hand_out}


def _line(columns: Sequence[Column], row: Cells) -> Plain:
    return [_cell(column, row) for column in columns]


def _cell(column: Column, row: Cells) -> Value:
    if column.kind in ("text", "choice"):
        return public_text(column, row)
    return row.get(column.key, "")


def _totals(columns: Sequence[Column], rows: Sequence[Cells]) -> list[Plain]:
    """Add what may be added."""
    if not rows or not any(column.is_total for column in columns):
        return []
    return [TOTAL if place == 0 else _sum(column, rows) for place, column in enumerate(columns)]


def _sum(column: Column, rows: Sequence[Cells]) -> Plain:
    values = [value for row in rows if isinstance(value := row.get(column.key, ""), int)]
    return sum(values) if column.is_total and values else ""


def _fixed_lines(register: Register, rows: Sequence[Cells]) -> list[Plain]:
    """Print every fixed row, filled or not; nothing at all where nobody filled any."""
    if not rows:
        return []
    values = fixed_values(register, rows)
    columns = [column for column in register.columns if column.is_printed]
    return [[_fixed_cell(column, row, values[row.key], register) for column in columns] for row in register.fixed_rows]


def _fixed_cell(column: Column, row: FixedRow, value: Value, register: Register) -> Plain:
    if column.key == ROW:
        return row.label
    if column.key in register.formulas:
        return str(int(row.key))
    if column.kind == "text" and isinstance(value, int):
        return f"{format_number(value)}{row.unit}"
    return public_text(column, {column.key: value}) if isinstance(value, str) else value
