"""When the balance of each money account was last proven."""

from datetime import date

from sqlalchemy import select

from village_open.db import db
from village_open.registers.models import RegisterRow
from village_open.registers.rules.columns import day_of, text_of
from village_open.registers.rules.declared.money import CASH_PROOFS

_LOOKED_AT = 200
"""The latest so many proofs: years of them, whatever the number of accounts."""


def last_proofs(village_id: int) -> dict[str, date]:
    """Return the day of the latest count or reconciliation by the name of the money account: one query."""
    query = (
        select(RegisterRow)
        .where(RegisterRow.village_id == village_id, RegisterRow.register == CASH_PROOFS.key)
        .order_by(RegisterRow.id.desc())
        .limit(_LOOKED_AT)
    )
    proved: dict[str, date] = {}
    for row in db.session.scalars(query):
        on, account = day_of(row.cells, "on"), text_of(row.cells, "account")
        if on is not None and on > proved.get(account, date.min):
            proved[account] = on
    return proved
