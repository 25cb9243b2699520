"""The identity that carries every account sheet: opening + income − expense = closing."""

from collections.abc import Iterable

from village_open.core.errors import RuleForbids
from village_open.core.money import format_fen


class IdentityBroken(RuleForbids):
    """Opening + income − expense differs from the stated closing."""

    def __init__(self, difference: int) -> None:
        self.difference = difference
        more = "少" if difference > 0 else "多"
        super().__init__(
            f"期初加收入减支出与期末不符：写明的期末比算得的{more} {format_fen(abs(difference))} 元，请逐笔核对。"
        )


def identity_difference(opening: int, income: Iterable[int], expense: Iterable[int], closing: int) -> int:
    """Return opening + income − expense − closing in the unit of the figures; 0 when the identity holds."""
    return opening + sum(income) - sum(expense) - closing


def require_identity(opening_fen: int, income_fen: Iterable[int], expense_fen: Iterable[int], closing_fen: int) -> None:
    """Refuse figures that do not add up.

    Raises:
        IdentityBroken: by how many fen the stated closing falls short or exceeds.
    """
    if difference := identity_difference(opening_fen, income_fen, expense_fen, closing_fen):
        raise IdentityBroken(difference)
