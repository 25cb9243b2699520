"""Bringing in the rows of a file: what is here already is changed, what is new is added, nothing is taken out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from village_open.record.actions import Doer
from village_open.registers.actions.carrying import bring_over
from village_open.registers.actions.places import RowInput, hold_place
from village_open.registers.actions.saving import save_rows
from village_open.registers.models import RegisterRow
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.registers import Register
from village_open.villages.models import Village


@dataclass(frozen=True)
class ImportedRows:
    """How many rows of a file were new, and how many were here already."""

    added: int
    known: int


def import_rows(
    *, by: Doer, village: Village, period_code: str, register_key: str, rows: Sequence[Cells]
) -> ImportedRows:
    """Save the rows of a file, all of them or none.

    A row that says the same in the columns by which a row is known is the same row; alike ones are taken in order.

    Raises:
        RowsRefused: cells that cannot be saved, each named.
        RegisterUnknown, PeriodNotBegun, RegisterClosed: as `save_rows`.
    """
    place = hold_place(village, period_code, register_key)
    kept = place.rows() or bring_over(by, place, ())
    waiting: defaultdict[tuple[object, ...], list[RegisterRow]] = defaultdict(list)
    for row in kept:
        waiting[known_by(place.register, row.cells)].append(row)
    inputs = []
    for cells in rows:
        alike = waiting[known_by(place.register, cells)]
        same = alike.pop(0) if alike else None
        inputs.append(RowInput(cells, same.id if same else None, same.version_id if same else None))
    save_rows(by=by, village=village, period_code=period_code, register_key=register_key, rows=inputs)
    added = sum(row.id is None for row in inputs)
    return ImportedRows(added, len(inputs) - added)


def known_by(register: Register, cells: Cells) -> tuple[object, ...]:
    """Return the cells by which a row is known from one file to the next."""
    required = [column for column in register.typed if column.is_required]
    return tuple(cells.get(column.key, "") for column in ([one for one in required if one.is_kept] or required))
