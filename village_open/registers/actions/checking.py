"""Putting typed cells into rows, unless a rule refuses them: every row is valid or nothing is saved."""

from collections.abc import Iterator, Sequence

from village_open.db import db
from village_open.finance.rules import CellProblem
from village_open.registers.actions.places import DRAFT, Place, RowInput
from village_open.registers.errors import RowsRefused
from village_open.registers.models import RegisterRow
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.reckoning import complete, opening_problems, row_problems, tidy, whole_problems
from village_open.registers.rules.registers import Facts, Problem, Register


def fill_rows(
    place: Place, mine: Sequence[RegisterRow], rows: Sequence[RowInput], every: Sequence[RegisterRow]
) -> list[CellProblem]:
    """Fill rows with what was typed; return what should be looked at again. `every` are all rows as they will be.

    Raises:
        RowsRefused: cells that cannot be saved, each named by the place of its row in `rows`.
    """
    register, facts = place.register, place.facts()
    for kept, row in zip(mine, rows, strict=True):
        cells = {**tidy(register, row.cells, facts), **_draft(kept, row)}
        if cells != kept.cells:
            kept.cells = cells
    numbers = {id(row): number for number, row in enumerate(mine)}
    found = [
        (numbers[id(every[at])], problem)
        for at, problem in _problems(register, every, facts)
        if id(every[at]) in numbers
    ]
    grave = [CellProblem(number, one.field, one.message) for number, one in found if one.is_grave]
    if grave:
        raise RowsRefused(sorted(grave, key=lambda problem: problem.row))
    return [CellProblem(number, one.field, one.message) for number, one in found]


def _draft(kept: RegisterRow, row: RowInput) -> dict[str, str]:
    key = kept.cells.get(DRAFT) or row.draft_key
    return {DRAFT: key} if key else {}


def _problems(register: Register, rows: Sequence[RegisterRow], facts: Facts) -> Iterator[tuple[int, Problem]]:
    whole = [complete(register, row.cells, facts) for row in rows]
    before = _rows_before(register, rows, facts)
    for at, (row, cells) in enumerate(zip(rows, whole, strict=True)):
        yield from ((at, problem) for problem in row_problems(register, cells, facts))
        if row.carried_from_id in before:
            told = opening_problems(register, cells, before[row.carried_from_id])
            yield from ((at, problem) for problem in told)
    yield from whole_problems(register, whole, facts)


def _rows_before(register: Register, rows: Sequence[RegisterRow], facts: Facts) -> dict[int | None, Cells]:
    """Return the completed rows that these were carried from, by id: one query."""
    ids = [row.carried_from_id for row in rows if row.carried_from_id is not None]
    if not ids or register.carry is None or not register.carry.balances:
        return {}
    found = db.session.query(RegisterRow).filter(RegisterRow.id.in_(ids))
    return {row.id: complete(register, row.cells, facts) for row in found}
