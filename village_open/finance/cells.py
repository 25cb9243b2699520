"""A line as the texts of its cells, the way the grid and the plain form show it; the reverse of `forms.grid`."""

from collections.abc import Mapping
from datetime import date

from village_open.core.money import plain_yuan
from village_open.finance.items import ITEMS
from village_open.finance.statements import INCOME, LedgerLine


def cells_of(line: LedgerLine, accounts: Mapping[int, str]) -> dict[str, str]:
    """Return the normalised text of each cell; `accounts` are the names of the money accounts by id."""
    item = ITEMS.get(line.item)
    amount = plain_yuan(line.amount_fen)
    return {
        "on": typed_day(line.on), "voucher": line.voucher, "summary": line.summary,
        "income": amount if line.kind == INCOME else "", "expense": "" if line.kind == INCOME else amount,
        "account": accounts.get(line.account_id, ""),
        "to_account": accounts.get(line.to_account_id, "") if line.to_account_id else "",
        "item": item.label if item else "", "code": line.code, "code_name": line.code_name,
        "payee": line.payee, "handler": line.handler, "witness": line.witness, "approver": line.approver,
        "note": line.note,
    }  # fmt: skip


def typed_day(day: date) -> str:
    """Write a day as people type it: `7.15`."""
    return f"{day.month}.{day.day}"
