"""Taking the lists of places, people and deeds home as .xlsx or .csv."""

from flask import request
from flask.typing import ResponseReturnValue

from village_open.core import clock
from village_open.db import WHOLE
from village_open.record.queries import list_trail
from village_open.villages import queries
from village_open.villages.sheets import (
    boards_table,
    people_table,
    profile_table,
    relatives_table,
    roles_table,
    trail_table,
    village_groups_table,
    villages_table,
)
from village_open.workbooks.sending import send_table


def export_villages(*, township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the roster of the township."""
    township = queries.get_township(township_code)
    villages = queries.list_villages(township_code, page=WHOLE).items
    return send_table(villages_table(villages), ending, f"{township.name}村名册")


def export_people(*, township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the people of the township and what they are: all, or those that the page was asked for."""
    township = queries.get_township(township_code)
    accounts = queries.list_accounts(township_code, wanted=request.args.get("wanted", ""), page=WHOLE).items
    return send_table(people_table(accounts), ending, f"{township.name}人员")


def export_roles(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out who is what in a village."""
    village = queries.get_village(village_code)
    terms = queries.list_current_terms(village_code, clock.today())
    return send_table(roles_table(terms), ending, f"{village.name}职务和小组")


def export_boards(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the notice boards of a village."""
    village = queries.get_village(village_code)
    return send_table(boards_table(queries.list_boards(village.id)), ending, f"{village.name}公开栏")


def export_village_groups(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the groups of villagers of a village."""
    village = queries.get_village(village_code)
    return send_table(village_groups_table(queries.list_village_groups(village.id)), ending, f"{village.name}村民小组")


def export_relatives(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the near relationships declared in a village."""
    village = queries.get_village(village_code)
    return send_table(relatives_table(queries.list_relationships(village.id)), ending, f"{village.name}近亲属关系")


def export_profile(*, township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out what law and local rule ask in a township, each value with its basis."""
    township = queries.get_township(township_code)
    table = profile_table(queries.get_profile(township), queries.list_coming_settings(township))
    return send_table(table, ending, f"{township.name}地方规定")


def export_village_trail(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out what was done in a village."""
    village = queries.get_village(village_code)
    lines = list_trail(village_code, page=WHOLE).items
    return send_table(trail_table(lines), ending, f"{village.name}留痕")


def export_township_trail(*, township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the township's own deeds."""
    township = queries.get_township(township_code)
    lines = list_trail(township_code, page=WHOLE).items
    return send_table(trail_table(lines), ending, f"{township.name}留痕")
