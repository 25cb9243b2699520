"""Reading typed rows of a register: texts in, cells or problems at their cells out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.finance.forms.grid import SentRow
from village_open.finance.rules import CellProblem
from village_open.registers.rules.columns import Cells, Column, Value, read_cell
from village_open.registers.rules.reckoning import column_for
from village_open.registers.rules.registers import ROW, Register


@dataclass(frozen=True)
class Reading:
    """What the rows say; the cells are only to be saved when there are no problems."""

    cells: tuple[Cells, ...] = ()
    problems: tuple[CellProblem, ...] = ()


def grid_columns(register: Register) -> list[Column]:
    """Return the columns that are typed in the grid: the name of a fixed row is not."""
    return [column for column in register.typed if column.key != ROW]


def read_sent(rows: Sequence[SentRow], register: Register, period: Period) -> Reading:
    """Read the rows that the browser sent; a fixed row is known by its key."""
    texts = [{**row.cells, ROW: row.draft_key or ""} if register.fixed_rows else dict(row.cells) for row in rows]
    return read_texts(texts, register, period)


def read_texts(rows: Sequence[Mapping[str, str]], register: Register, period: Period) -> Reading:
    """Read rows of texts by the key of the column; problems carry the place of their row, from 0."""
    cells: list[Cells] = []
    problems: list[CellProblem] = []
    for number, row in enumerate(rows):
        read: dict[str, Value] = {}
        for column in register.typed:
            try:
                read[column.key] = read_cell(column_for(register, column, row), row.get(column.key, ""), period)
            except InputError as unreadable:
                problems.append(CellProblem(number, column.key, unreadable.message))
        cells.append(read)
    return Reading(tuple(cells), tuple(problems))
