"""Every register by its key, in the order of the clerk's list."""

from collections.abc import Mapping

from village_open.registers.rules.declared import money, owed, owned, people, told
from village_open.registers.rules.registers import Register, RegisterUnknown

_ALL = (
    told.PANEL, money.PLAN, money.CASH_PROOFS, told.DISTRIBUTION,
    owned.ASSETS, owned.RESOURCES, owned.ASSET_DISPOSALS, owned.LEASES, owned.LEASE_DUES,
    owed.DEBTS, owed.CLAIMS, owed.SPECIAL_FUNDS, owed.LAND_COMPENSATION,
    people.LABOUR, people.SUBSIDIES, people.AID_RECEIVED, people.AID_GIVEN, people.DONATIONS,
    people.LOW_INCOME, people.POVERTY_SUPPORT, people.MEDICAL_INSURANCE, people.DUTIES, people.PAY,
    told.RURAL_PLANS, told.RURAL_PROJECTS, told.HOMESTEADS, told.PROJECTS, told.ANSWERS, told.OTHER,
)  # fmt: skip
REGISTERS: Mapping[str, Register] = {register.key: register for register in _ALL}


def get_register(key: str) -> Register:
    """Return the register of a key.

    Raises:
        RegisterUnknown: there is none.
    """
    if key not in REGISTERS:
        raise RegisterUnknown
    return REGISTERS[key]
