"""Papers of the village's own: the line list of the review evening, a blank grid."""

from flask import render_template
from flask.typing import ResponseReturnValue

from village_open.finance.pages import period_words
from village_open.finance.queries import get_period, get_statement

BLANK_ROWS = 22


def print_lines(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show the line list with boxes for the review evening, ready for the printer."""
    period = get_period(village_code, period_code)
    return render_template("finance/print_lines.html", statement=get_statement(period), **period_words(period))


def print_blank_grid(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show a blank grid to be filled by hand, ready for the printer."""
    period = get_period(village_code, period_code)
    accounts = get_statement(period).accounts
    return render_template("finance/print_blank_grid.html", rows=BLANK_ROWS, accounts=accounts, **period_words(period))
