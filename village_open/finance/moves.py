"""Money carried between the cash box and the bank, told from the words of a summary; pure."""

import re
from collections.abc import Sequence
from enum import StrEnum

from village_open.finance.rules import AccountChoice

_WITHDRAWN = re.compile(r"提现|取现|提取现金|提取备用金|提备用金|银行提款")
_DEPOSITED = re.compile(r"存现|现金存|现金缴存|送存|缴存银行|存入银行|交存银行")
_COSTS = re.compile(r"费|息")
"""提现手续费 and the like are real expenses."""


class Move(StrEnum):
    """Which way the money went."""

    WITHDRAWN = "withdrawn"
    DEPOSITED = "deposited"


def find_move(summary: str) -> Move | None:
    """Return the move that a summary tells of, or None; what costs or earns something is no move."""
    if _COSTS.search(summary):
        return None
    if _WITHDRAWN.search(summary):
        return Move.WITHDRAWN
    return Move.DEPOSITED if _DEPOSITED.search(summary) else None


def suggest_accounts(move: Move, accounts: Sequence[AccountChoice]) -> tuple[str, str] | None:
    """Return the names of the account that the money left and of the one it reached, where no other can be meant."""
    cash = [choice.name for choice in accounts if choice.kind == "cash"]
    bank = [choice.name for choice in accounts if choice.kind == "bank"]
    if len(cash) != 1 or len(bank) != 1:
        return None
    return (bank[0], cash[0]) if move is Move.WITHDRAWN else (cash[0], bank[0])
