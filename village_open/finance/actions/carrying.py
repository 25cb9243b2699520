"""Opening equals the closing before: how a closing goes on into the periods that follow."""

from collections.abc import Mapping

from sqlalchemy import select

from village_open.db import db
from village_open.finance.models import Balance, FinancePeriod, PeriodState
from village_open.finance.queries.periods import find_following_period, find_preceding_period, get_statement


def carry_forward(period: FinancePeriod) -> None:
    """Bring the closing of a period into those that follow, as far as they are still being entered.

    What was submitted stays as it was signed: it takes the closing when it is handed in again.
    """
    current = period
    while (following := find_following_period(current)) and following.stage is PeriodState.ENTRY:
        closings = {row.id: row.closing_fen for row in get_statement(current).accounts}
        if not set_openings(following, closings):
            return
        current = following


def bring_opening(period: FinancePeriod) -> bool:
    """Take the opening anew from the period before, if there is one; tell whether it changed."""
    preceding = find_preceding_period(period)
    if preceding is None:
        return False
    return set_openings(period, {row.id: row.closing_fen for row in get_statement(preceding).accounts})


def set_openings(period: FinancePeriod, closings: Mapping[int, int]) -> bool:
    """Set the openings of a period, in fen by money account id; tell whether any changed."""
    balances = db.session.scalars(select(Balance).where(Balance.period_id == period.id)).all()
    changed = [row for row in balances if row.opening_fen != closings.get(row.money_account_id, row.opening_fen)]
    for balance in changed:
        balance.opening_fen = closings[balance.money_account_id]
    db.session.flush()
    return bool(changed)


def carry_closings(*, from_period: FinancePeriod, closings: Mapping[int, int]) -> None:
    """Bring a newly published closing into the next period while that one is still being entered."""
    following = find_following_period(from_period)
    if following is not None and following.stage is PeriodState.ENTRY and set_openings(following, closings):
        carry_forward(following)
