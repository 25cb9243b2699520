"""The record as sentences, of one village and of the township's own deeds."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from village_open.record.queries import list_trail
from village_open.villages import queries


def show_village_trail(*, village_code: str) -> ResponseReturnValue:
    """Show what was done in a village, the latest first."""
    village = queries.get_village(village_code)
    page = list_trail(village_code, page=request.args.get("page", 1, type=int))
    return render_template("villages/show_village_trail.html", village=village, page=page)


def show_township_trail(*, township_code: str) -> ResponseReturnValue:
    """Show the township's own deeds: profile, accounts, roles."""
    township = queries.get_township(township_code)
    page = list_trail(township_code, page=request.args.get("page", 1, type=int))
    return render_template("villages/show_township_trail.html", township=township, page=page)
