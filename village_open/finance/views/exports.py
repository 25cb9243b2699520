"""Taking lists home as .xlsx or .csv, and the blank template."""

from flask.typing import ResponseReturnValue

from village_open.db import db
from village_open.finance.ledgers import chart_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.periods import list_money_accounts
from village_open.finance.sheets import PERIOD_TABLES, blank_template
from village_open.villages.queries import get_village
from village_open.workbooks.sending import send_table


def download_template(*, village_code: str) -> ResponseReturnValue:
    """Hand out the blank template, with what may stand in it."""
    village = get_village(village_code)
    blank, values = blank_template([account.name for account in list_money_accounts(village)], chart_of(village))
    return send_table(blank, "xlsx", f"{village.name}收支导入模板", values)


def export_period(*, village_code: str, period_code: str, what: str, ending: str) -> ResponseReturnValue:
    """Hand out one list of a period."""
    period = get_period(village_code, period_code)
    title, make = PERIOD_TABLES[what]
    table, name = make(get_statement(period), period.period), f"{period.village.name}{period.period.label}{title}"
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, name)
