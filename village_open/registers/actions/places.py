"""The register that a deed works on: held for it, with its rows and what they are reckoned against."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_open.core import clock
from village_open.core.canonical import Plain
from village_open.core.periods import Period
from village_open.db import hold_lock
from village_open.registers.errors import PeriodNotBegun, RegisterClosed
from village_open.registers.models import RegisterRow
from village_open.registers.queries import facts_of, list_rows
from village_open.registers.rules.columns import Cells, shown_text
from village_open.registers.rules.every import get_register
from village_open.registers.rules.reckoning import column_for, complete
from village_open.registers.rules.registers import ROW, Facts, Register
from village_open.registers.surroundings import is_closed
from village_open.villages.models import Village

DRAFT = "draft_key"
"""The cell that keeps the name of a row in the browser that typed it: the same save sent twice makes one row."""


@dataclass(frozen=True)
class RowInput:
    """One row as it is to be kept; `id` and `version` are of the row that the person looked at."""

    cells: Cells
    id: int | None = None
    version: int | None = None
    draft_key: str | None = None


@dataclass(frozen=True)
class Place:
    """One register of one village and period."""

    village: Village
    period: Period
    register: Register

    @property
    def label(self) -> str:
        """`2026年第三季度“债务台账”`."""
        return f"{self.period.label}“{self.register.label}”"

    def rows(self) -> list[RegisterRow]:
        """Read the rows that are kept, in their order."""
        return list_rows(self.village.id, self.period.code, [self.register.key])[self.register.key]

    def facts(self) -> Facts:
        """Read what rows are reckoned against."""
        others = list_rows(self.village.id, self.period.code, self.register.needs)
        return facts_of(self.village, self.period.code, [self.register], others)


def hold_place(village: Village, period_code: str, register_key: str) -> Place:
    """Hold a register of a period for this deed; on PostgreSQL a second writer waits here.

    Raises:
        RegisterUnknown: no register has this key.
        PeriodUnreadable: the code is no period.
        PeriodNotBegun: the period lies in the future.
        RegisterClosed: its rows are in a submitted announcement.
    """
    place = Place(village, Period.parse(period_code), get_register(register_key))
    if place.period.first_on > clock.today():
        raise PeriodNotBegun(place.period)
    # Areas are held against contracts and rows go on into later periods: one writer of a village at a time.
    hold_lock(f"registers:{village.id}")
    refuse_closed(place)
    return place


def refuse_closed(place: Place) -> None:
    """Refuse to change what went into a submitted announcement.

    Raises:
        RegisterClosed: it did.
    """
    if is_closed(place.village.id, place.period.code, place.register.key):
        raise RegisterClosed(place.register.label, place.period)


def told_cells(register: Register, cells: Cells, facts: Facts) -> dict[str, Plain]:
    """Return what the record keeps of a row: what is filled in, by the heads of the columns, as a table shows it."""
    whole = complete(register, cells, facts)
    told: dict[str, Plain] = {}
    for column in register.columns:
        value = whole.get(column.key, "")
        if column.key == ROW:
            fixed = register.find_fixed(whole)
            value = fixed.label if fixed else ""
        if value != "":
            told[column.head] = shown_text(column_for(register, column, whole), value)
    return told


def told_rows(register: Register, rows: Sequence[tuple[int, Cells]], facts: Facts) -> list[Plain]:
    """Return what the record keeps of some rows, each an id and its cells."""
    return [{"id": row_id, **told_cells(register, cells, facts)} for row_id, cells in rows]
