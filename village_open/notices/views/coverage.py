"""The coverage matrix of a township: villages by items, the worst on top."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from village_open.core.periods import Period
from village_open.db import WHOLE, db
from village_open.notices.catalogue_pages import BADGES, SHORT, due_in, list_coverage
from village_open.notices.due_lists import ItemState
from village_open.notices.take_home import coverage_table
from village_open.villages.queries import get_township
from village_open.workbooks.sending import send_table


def show_coverage(*, township_code: str, period_code: str) -> str:
    """Show which village has made which item public, which is due, late, or does not apply."""
    township, period = get_township(township_code), Period.parse(period_code).quarter
    items, page = list_coverage(township, period, page=request.args.get("page", 1, type=int))
    return render_template(
        "notices/show_coverage.html", township=township, period=period, items=items, page=page, kinds=BADGES,
        short=SHORT, states=tuple(ItemState), publication=due_in(township, period).publication,
    )  # fmt: skip


def export_coverage(*, township_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the whole matrix."""
    township, period = get_township(township_code), Period.parse(period_code).quarter
    items, page = list_coverage(township, period, page=WHOLE)
    table = coverage_table(items, page.items, period)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, f"{township.name}{period.label}公开覆盖表")
