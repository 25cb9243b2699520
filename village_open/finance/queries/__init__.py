"""Reading a village's money."""

from village_open.finance.queries.periods import (
    find_latest_period,
    find_period,
    get_period,
    get_statement,
    list_money_accounts,
    list_periods,
)

__all__ = [
    "find_latest_period",
    "find_period",
    "get_period",
    "get_statement",
    "list_money_accounts",
    "list_periods",
]
