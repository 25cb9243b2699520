"""Reading the rows of registers: one query for all registers that a page or a paper needs."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from village_open.core.periods import Period
from village_open.db import db
from village_open.registers.models import RegisterRow
from village_open.registers.queries.ledger import read_ledger
from village_open.registers.rules.columns import Cells, Value
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.reckoning import complete
from village_open.registers.rules.registers import Facts, Register
from village_open.villages.models import Village
from village_open.villages.queries.profiles import get_profile


@dataclass(frozen=True)
class KnownRow:
    """A row with its computed columns, and what identifies it."""

    id: int
    version: int
    cells: dict[str, Value]
    carried_from_id: int | None = None


def list_rows(village_id: int, period_code: str, keys: Collection[str]) -> dict[str, list[RegisterRow]]:
    """List the rows of some registers of one period by register, in their order: one query."""
    found: dict[str, list[RegisterRow]] = {key: [] for key in keys}
    query = (
        select(RegisterRow)
        .where(
            RegisterRow.village_id == village_id,
            RegisterRow.period_code == period_code,
            RegisterRow.register.in_(keys),
        )
        .order_by(RegisterRow.position, RegisterRow.id)
    )
    for row in db.session.scalars(query):
        found[row.register].append(row)
    return found


def read_registers(
    village: Village, period_code: str, keys: Collection[str]
) -> tuple[dict[str, list[KnownRow]], Facts]:
    """Return the completed rows of some registers, and what they were reckoned against."""
    registers = [REGISTERS[key] for key in keys]
    needed = {*keys, *(key for register in registers for key in register.needs)}
    rows = list_rows(village.id, period_code, needed)
    facts = facts_of(village, period_code, registers, rows)
    return {key: [known_row(REGISTERS[key], row, facts) for row in rows[key]] for key in keys}, facts


def facts_of(
    village: Village, period_code: str, registers: Sequence[Register], rows: dict[str, list[RegisterRow]]
) -> Facts:
    """Gather what the rows of some registers are reckoned against; the ledger is read only where one needs it."""
    period = Period.parse(period_code)
    bare = Facts(period)
    others: dict[str, list[Cells]] = {
        key: [complete(REGISTERS[key], row.cells, bare) for row in kept] for key, kept in rows.items()
    }
    if not any(register.needs_ledger for register in registers):
        return Facts(period, others=others)
    ledger, profile = read_ledger(village.id, period), get_profile(village.township, period)
    return Facts(
        period, others=others, actuals=ledger.actuals, accounts=ledger.accounts, balance_on=ledger.balance_on,
        cash_ceiling_fen=profile.cash_ceiling_fen, petty_limit_fen=profile.petty_limit_fen,
    )  # fmt: skip


def known_row(register: Register, row: RegisterRow, facts: Facts) -> KnownRow:
    """Return a row as pages and papers read it."""
    return KnownRow(row.id, row.version_id, complete(register, row.cells, facts), row.carried_from_id)


def count_rows(village_id: int, period_code: str) -> dict[str, int]:
    """Count the rows of each register of a period; a register without rows is left out."""
    counted = count_rows_of([village_id], period_code)
    return {key: count for (_village, key), count in counted.items()}


def count_rows_of(village_ids: Collection[int], period_code: str) -> dict[tuple[int, str], int]:
    """Count the rows of many villages by village and register: one query."""
    rows = db.session.execute(
        select(RegisterRow.village_id, RegisterRow.register, func.count())
        .where(RegisterRow.village_id.in_(village_ids), RegisterRow.period_code == period_code)
        .group_by(RegisterRow.village_id, RegisterRow.register)
    )
    return {(village_id, key): count for village_id, key, count in rows}


def list_hands(village_id: int, period_code: str, keys: Collection[str]) -> frozenset[int]:
    """Return who typed rows of these registers in this period, by id."""
    query = select(RegisterRow.entered_by_id).where(
        RegisterRow.village_id == village_id, RegisterRow.period_code == period_code, RegisterRow.register.in_(keys)
    )
    return frozenset(db.session.scalars(query.distinct()))


def find_earlier_periods(village_id: int, period: Period, keys: Collection[str]) -> dict[str, str]:
    """Return the latest period before this one in which each register has rows, by register: one query."""
    pairs = db.session.execute(
        select(RegisterRow.register, RegisterRow.period_code)
        .where(RegisterRow.village_id == village_id, RegisterRow.register.in_(keys))
        .distinct()
    )
    before: defaultdict[str, list[Period]] = defaultdict(list)
    for key, code in pairs:
        earlier = Period.parse(code)
        if earlier.last_on < period.first_on:
            before[key].append(earlier)
    return {key: max(periods, key=lambda one: one.last_on).code for key, periods in before.items()}
