"""Taking lists home as .xlsx or .csv, and the blank template."""

from flask.typing import ResponseReturnValue

from village_open.db import db
from village_open.finance.queries import get_period, get_statement
from village_open.finance.sheets import PERIOD_TABLES, template_table
from village_open.villages.queries import get_village
from village_open.workbooks.sending import send_table


def download_template(*, village_code: str) -> ResponseReturnValue:
    """Hand out the blank template."""
    return send_table(template_table(), "xlsx", f"{get_village(village_code).name}收支导入模板")


def export_period(*, village_code: str, period_code: str, what: str, ending: str) -> ResponseReturnValue:
    """Hand out one list of a period."""
    period = get_period(village_code, period_code)
    title, make = PERIOD_TABLES[what]
    table, name = make(get_statement(period), period.period), f"{period.village.name}{period.period.label}{title}"
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, name)
