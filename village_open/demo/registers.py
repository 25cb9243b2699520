"""What the demo's clerks keep besides the money: the registers of two villages over two quarters."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.demo.people import Cast, VillagePeople
from village_open.demo.register_rows import GOES_ON, OF_ONE_QUARTER, Rows
from village_open.registers.actions import RowInput, carry_rows, save_rows
from village_open.registers.forms.grid import read_texts
from village_open.registers.queries.ledger import read_ledger
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.every import REGISTERS

FILLED_IN = ("李家村", "石桥村")
BEFORE, LAST = Period.parse("2026Q2"), Period.parse("2026Q3")
ON_ITS_WAY_FEN = 120_000
"""A payment that the bank has not carried out yet on the day of the statement."""


def fill_registers(cast: Cast) -> None:
    """Fill the registers of one quarter, carry what goes on into the next, and add what belongs to that one alone."""
    for people in cast.villages:
        if people.place.name in FILLED_IN:
            _fill(people, BEFORE, GOES_ON)
            _carry(people, LAST)
            _fill(people, LAST, OF_ONE_QUARTER)


def _fill(people: VillagePeople, period: Period, registers: Mapping[str, Rows]) -> None:
    with clock.living_at(_end_of(period)):
        for key, rows in registers.items():
            keys = [column.key for column in REGISTERS[key].typed]
            texts = [dict(zip(keys, row, strict=True)) for row in (_own(people, row) for row in rows)]
            _save(people, period, key, read_texts(texts, REGISTERS[key], period).cells)
        _save(people, period, "cash_proofs", _proofs(people, period))


def _own(people: VillagePeople, row: Sequence[str]) -> Sequence[str]:
    """Put in what every village has of its own."""
    own = {"residents": people.place.residents, "households": people.place.households}
    return (row[0], str(own[row[0]])) if row[0] in own else row


def _carry(people: VillagePeople, period: Period) -> None:
    with clock.living_at(_end_of(period)):
        for key in GOES_ON:
            with transaction():
                carry_rows(by=people.clerk, village=people.village, period_code=period.code, register_key=key)


def _save(people: VillagePeople, period: Period, key: str, rows: Sequence[Cells]) -> None:
    with transaction():
        save_rows(
            by=people.clerk, village=people.village, period_code=period.code, register_key=key,
            rows=[RowInput(cells) for cells in rows],
        )  # fmt: skip


def _proofs(people: VillagePeople, period: Period) -> list[Cells]:
    """Count the cash box and lay the bank's statement beside the books."""
    ledger, on = read_ledger(people.village.id, period), period.last_on
    hands = {"counted_by": people.clerk.name, "watched_by": people.supervision[0].name, "on": on.isoformat()}
    proofs: list[Cells] = []
    for account, kind in ledger.accounts.items():
        waiting = ON_ITS_WAY_FEN if kind == "bank" else 0
        counted = (ledger.balance_on(account, on) or 0) + waiting
        proofs.append({"account": account, "counted": counted, "own_out": waiting or "", **hands})
    return proofs


def _end_of(period: Period) -> datetime:
    return datetime.combine(period.last_on, time(1, 30), tzinfo=UTC)
