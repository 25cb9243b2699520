"""Carrying rows into the next period, and their openings after a change of the period before."""

from collections.abc import Sequence

from sqlalchemy import select

from village_open.core.periods import Period
from village_open.db import db
from village_open.record.actions import Doer, record_deed
from village_open.registers.actions.places import Place, hold_place, refuse_closed, told_rows
from village_open.registers.errors import NothingToCarry
from village_open.registers.models import RegisterRow
from village_open.registers.queries import find_earlier_periods
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.reckoning import carried_cells, complete
from village_open.registers.rules.registers import Facts
from village_open.villages.models import Village


def carry_rows(*, by: Doer, village: Village, period_code: str, register_key: str) -> int:
    """Bring over what goes on from the latest earlier period, and return how many rows came.

    Raises:
        RegisterUnknown: no register has this key.
        PeriodNotBegun: the period lies in the future.
        RegisterClosed: the rows are in a submitted announcement.
        NothingToCarry: nothing goes on, or everything is here.
    """
    place = hold_place(village, period_code, register_key)
    carried = bring_over(by, place, place.rows())
    if not carried:
        raise NothingToCarry(place.register.label)
    return len(carried)


def bring_over(by: Doer, place: Place, kept: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Add the rows that go on and are not here yet behind those that are kept, and record it."""
    register, period = place.register, place.period
    earlier = find_earlier_periods(place.village.id, period, [register.key]).get(register.key)
    if earlier is None or register.carry is None:
        return []
    before = Place(place.village, Period.parse(earlier), register)
    here = {row.carried_from_id for row in kept}
    facts = before.facts()
    carried: list[RegisterRow] = []
    for row in before.rows():
        cells = carried_cells(register, complete(register, row.cells, facts), period)
        if cells is not None and row.id not in here:
            position = len(kept) + len(carried) + 1
            carried.append(_row(by, place, position, cells, row.id))
    db.session.add_all(carried)
    db.session.flush()
    if carried:
        rows = told_rows(register, [(row.id, row.cells) for row in carried], Facts(period))
        record_deed(
            chain=place.village.code, kind="registers.carry_rows", by=by,
            said=f"把{before.label}的 {len(carried)} 行接到{period.label}", after={"rows": rows},
        )  # fmt: skip
    return carried


def _row(by: Doer, place: Place, position: int, cells: dict[str, int | str], carried_from_id: int) -> RegisterRow:
    return RegisterRow(
        village_id=place.village.id, period_code=place.period.code, register=place.register.key, position=position,
        cells=cells, carried_from_id=carried_from_id, entered_by_id=by.id,
    )  # fmt: skip


def carry_on(place: Place, changed: Sequence[RegisterRow]) -> None:
    """Let the openings of later periods follow a changed closing, period after period.

    Raises:
        RegisterClosed: one of these periods is in a submitted announcement.
    """
    register = place.register
    if register.carry is None or not register.carry.balances:
        return
    closings = {row.id: complete(register, row.cells, Facts(place.period)) for row in changed}
    while closings:
        query = select(RegisterRow).where(RegisterRow.carried_from_id.in_(closings)).order_by(RegisterRow.id)
        later, closings_before, closings = db.session.scalars(query).all(), closings, {}
        for row in later:
            before = closings_before[row.carried_from_id or 0]
            openings = {opening: before[closing] for opening, closing in register.carry.balances}
            if all(row.cells.get(key) == value for key, value in openings.items()):
                continue
            own = Place(place.village, Period.parse(row.period_code), REGISTERS[row.register])
            refuse_closed(own)
            row.cells = {**row.cells, **openings}
            closings[row.id] = complete(register, row.cells, Facts(own.period))
    db.session.flush()
