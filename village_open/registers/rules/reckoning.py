"""From what was typed to a whole row: filled in, computed, checked, carried into the next period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from village_open.core.periods import Period
from village_open.registers.rules.columns import Cells, Column, Value, shown_text, value_fault
from village_open.registers.rules.masking import hidden_words
from village_open.registers.rules.registers import ROW, Facts, FixedRow, Problem, Register


def column_for(register: Register, column: Column, cells: Cells) -> Column:
    """Return a column as it is in this row: the value of a fixed row has the kind of that row."""
    fixed = register.find_fixed(cells)
    if fixed is None or column.key != value_key(register):
        return column
    return replace(column, kind=fixed.kind, unit=fixed.unit)


def value_key(register: Register) -> str:
    """Return the column in which a register of fixed rows keeps its values."""
    return register.typed[-1].key


def tidy(register: Register, cells: Cells, facts: Facts) -> dict[str, Value]:
    """Return exactly the typed columns of a row, texts trimmed and empty cells filled in where a formula can."""
    kept = {column.key: cells.get(column.key, "") for column in register.typed}
    kept = {key: value.strip() if isinstance(value, str) else value for key, value in kept.items()}
    for key, formula in register.fills.items():
        if kept[key] == "":
            kept[key] = formula(kept, facts)
    return kept


def complete(register: Register, cells: Cells, facts: Facts) -> dict[str, Value]:
    """Return a row with its computed columns."""
    whole = tidy(register, cells, facts)
    for key, formula in register.formulas.items():
        whole[key] = formula(whole, facts)
    return whole


def fixed_values(register: Register, rows: Sequence[Cells]) -> dict[str, Value]:
    """Return the value of every fixed row by its key, the computed ones from the others."""
    key = value_key(register)
    typed: Mapping[str, Value] = {str(row.get(ROW, "")): row.get(key, "") for row in rows}
    values: dict[str, Value] = {}
    for row in register.fixed_rows:
        values[row.key] = _added(row, values) if row.adds else typed.get(row.key, "")
    return values


def line_of(register: Register, cells: Cells) -> dict[str, Value]:
    """Return a line of a fixed table with its computed columns, which need nothing besides its key."""
    nothing = Facts(Period(1949, "quarter", 1))
    return {**cells, **{key: formula(cells, nothing) for key, formula in register.formulas.items()}}


def _added(row: FixedRow, values: Mapping[str, Value]) -> Value:
    total = 0
    for part in row.adds:
        value = values[part.lstrip("-")]
        amount = value if isinstance(value, int) else 0
        total += -amount if part.startswith("-") else amount
    return total


def row_problems(register: Register, whole: Cells, facts: Facts) -> list[Problem]:
    """Say everything that is wrong in a completed row, and what should be looked at again."""
    if register.fixed_rows and not _is_typed_row(register, whole):
        return [Problem(value_key(register), "这一行由系统计算，或者表里没有这一行。")]
    columns = [column_for(register, column, whole) for column in register.typed]
    faults = [Problem(column.key, fault) for column in columns if (fault := value_fault(column, whole[column.key]))]
    faults += _disagreeing(register, whole, facts)
    if faults:
        return faults
    told = [Problem(column.key, words, False) for column in columns if (words := hidden_words(column, whole))]
    return [*(problem for check in register.checks for problem in check(whole, facts)), *told]


def _is_typed_row(register: Register, whole: Cells) -> bool:
    row = register.find_fixed(whole)
    return row is not None and not row.adds


def _disagreeing(register: Register, whole: Cells, facts: Facts) -> Iterator[Problem]:
    for key, formula in register.fills.items():
        expected = formula(whole, facts)
        if expected != "" and whole[key] != expected:
            column = register.column(key)
            yield Problem(key, f"算出来应是 {shown_text(column, expected)}，与填的不一样；空着就由系统填。")


def whole_problems(register: Register, rows: Sequence[Cells], facts: Facts) -> list[tuple[int, Problem]]:
    """Say what is wrong with all completed rows of a register together, each with the place of its row."""
    return list(register.whole_check(rows, facts)) if register.whole_check else []


def carried_cells(register: Register, whole: Cells, begins: Period) -> dict[str, Value] | None:
    """Return what a completed row begins the next period with, or None where it stays behind."""
    carry = register.carry
    if carry is None or carry.ends(whole, begins):
        return None
    cells: dict[str, Value] = {column.key: whole[column.key] if column.is_kept else "" for column in register.typed}
    for opening, closing in carry.balances:
        cells[opening] = whole[closing]
    return cells


def opening_problems(register: Register, cells: Cells, before: Cells) -> list[Problem]:
    """Say which openings of a carried row are not the closing that it was carried from."""
    if register.carry is None:
        return []
    return [
        Problem(opening, f"期初接自上期期末，是 {shown_text(register.column(opening), before[closing])}，不能改。")
        for opening, closing in register.carry.balances
        if (cells.get(opening, "") or 0) != (before[closing] or 0)
    ]
