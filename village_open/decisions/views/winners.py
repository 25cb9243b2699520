"""Who wins again and again in a township: for the township to look at."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from village_open.core import clock
from village_open.db import WHOLE, db
from village_open.decisions import winners
from village_open.decisions.rules.tenders import WINS_LISTED, window_start
from village_open.decisions.sheets import repeat_winners_table, won_matters_table
from village_open.villages.queries import get_township
from village_open.workbooks.sending import send_table


def list_repeat_winners(*, township_code: str) -> ResponseReturnValue:
    """Show who won three matters or more within two years, and which matters these were."""
    township, today = get_township(township_code), clock.today()
    page = winners.list_repeat_winners(township.id, on=today, page=request.args.get("page", 1, type=int))
    won = winners.list_won_matters(township.id, [row.party for row in page.items], on=today)
    return render_template(
        "decisions/list_repeat_winners.html", township=township, page=page, won=won, since=window_start(today),
        wins_listed=WINS_LISTED,
    )  # fmt: skip


def export_repeat_winners(*, township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out who wins again and again; an .xlsx has the matters on a second sheet."""
    township, today = get_township(township_code), clock.today()
    found = winners.list_repeat_winners(township.id, on=today, page=WHOLE).items
    won = winners.list_won_matters(township.id, [row.party for row in found], on=today)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    more = [won_matters_table(row for rows in won.values() for row in rows)] if ending == "xlsx" else []
    return send_table(repeat_winners_table(found), ending, f"{township.name}反复中标名单", *more)
