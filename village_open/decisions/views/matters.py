"""The list of a village's matters, and a matter from its proposal on."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from village_open.db import WHOLE, db
from village_open.decisions import queries
from village_open.decisions.pages import state_of, village_words
from village_open.decisions.sheets import matters_table
from village_open.villages.queries import get_village
from village_open.workbooks.sending import send_table


def list_matters(*, village_code: str) -> ResponseReturnValue:
    """Show the village's matters, the latest first, each with the step that is due."""
    village = get_village(village_code)
    page = queries.list_matters(village.id, page=request.args.get("page", 1, type=int))
    return render_template("decisions/list_matters.html", page=page, state_of=state_of, **village_words(village))


def export_matters(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the list of matters."""
    village = get_village(village_code)
    table = matters_table(queries.list_matters(village.id, page=WHOLE).items)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, f"{village.name}事项清单")
