"""The registers of a period as plain tables, masked: what a board announcement freezes and prints."""

from collections.abc import Collection

from village_open.registers.queries import read_registers
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.printing import Table, print_table
from village_open.villages.models import Village


def build_tables(*, village: Village, period_code: str, keys: Collection[str]) -> dict[str, list[Table]]:
    """Return the tables of some registers by key; a register without rows has one table without rows.

    One query for the rows of all of them; where the ledger or the profile is needed, a few more.
    """
    rows, facts = read_registers(village, period_code, keys)
    return {key: [print_table(REGISTERS[key], [row.cells for row in known], facts)] for key, known in rows.items()}
