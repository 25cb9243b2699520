"""Taking lists home as .xlsx or .csv, and the blank template."""

from flask import request
from flask.typing import ResponseReturnValue

from village_open.db import WHOLE, db
from village_open.finance import sheets
from village_open.finance.ledgers import chart_of
from village_open.finance.models import FinancePeriod
from village_open.finance.pages import may
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.flags import list_flags
from village_open.finance.queries.lines import find_lines, read_filter
from village_open.finance.queries.periods import list_money_accounts, list_periods_page
from village_open.finance.queries.reviewing import FILTERS, find_group_summary, get_review_sheet
from village_open.villages.access import TOWNSHIP
from village_open.villages.queries import get_village
from village_open.villages.rules import GROUP_WORDS
from village_open.workbooks.sending import send_table
from village_open.workbooks.writing import SheetTable


def download_template(*, village_code: str) -> ResponseReturnValue:
    """Hand out the blank template, with what may stand in it."""
    village = get_village(village_code)
    blank, values = sheets.blank_template([account.name for account in list_money_accounts(village)], chart_of(village))
    return send_table(blank, "xlsx", f"{village.name}收支导入模板", values)


def export_period(*, village_code: str, period_code: str, what: str, ending: str) -> ResponseReturnValue:
    """Hand out one list of a period."""
    period = get_period(village_code, period_code)
    title, make = sheets.PERIOD_TABLES[what]
    return _sent(period, make(get_statement(period), period.period), ending, title)


def export_lines(*, village_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the rows behind a number, as the page shows them, and all of them."""
    period, wanted = get_period(village_code, period_code), read_filter(request.args)
    found = find_lines(period, wanted, number=WHOLE)
    scope = "本年累计" if wanted.year_to_date else ""
    bare = "没有凭证" if wanted.without_receipt else ""
    return _sent(period, sheets.found_table(found, wanted, period.period), ending, f"{scope}{bare}逐笔收支")


def export_flags(*, village_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out what is worth a look; of other villages only to the township, as the page does."""
    period = get_period(village_code, period_code)
    flags = list_flags(period, for_township=may(TOWNSHIP, village_code))
    return _sent(period, sheets.flags_table(flags, get_statement(period), period.period), ending, "先看哪些")


def export_review(*, village_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the lines with everything said of them: all, or the part that the page shows."""
    period = get_period(village_code, period_code)
    shows = FILTERS.get(request.args.get("show", ""), FILTERS["all"])
    lines = [line for line in get_review_sheet(period).lines if shows(line)]
    return _sent(period, sheets.review_table(lines, period.period), ending, "逐笔意见")


def export_signatures(*, village_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out who has signed in both groups, and what."""
    period = get_period(village_code, period_code)
    groups = [(word, find_group_summary(period, kind)) for kind, word in GROUP_WORDS.items()]
    return _sent(period, sheets.signatures_table(groups, period.period), ending, "签署")


def export_periods(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the periods of a village."""
    village = get_village(village_code)
    periods = list_periods_page(village, number=WHOLE).items
    return send_table(sheets.periods_table(periods), ending, f"{village.name}各期账目")


def export_money_accounts(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the money accounts of a village."""
    village = get_village(village_code)
    return send_table(sheets.money_accounts_table(list_money_accounts(village)), ending, f"{village.name}资金账户")


def _sent(period: FinancePeriod, table: SheetTable, ending: str, title: str) -> ResponseReturnValue:
    name = f"{period.village.name}{period.period.label}{title}"
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, name)
