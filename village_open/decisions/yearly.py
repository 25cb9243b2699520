"""What a village's bodies decided in a year, summed body by body (case 64)."""

from datetime import date

from sqlalchemy import select

from village_open.db import db
from village_open.decisions.models import Matter, Meeting
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.votes import Tally
from village_open.decisions.rules.yearly import YearlySum, sum_meetings


def sum_year(village_id: int, year: int) -> dict[Body, YearlySum]:
    """Sum the meetings of a year that were held and not struck, by body, in the order of the bodies; one query."""
    query = (
        select(Meeting)
        .join(Matter, Matter.id == Meeting.matter_id)
        .where(Matter.village_id == village_id, Meeting.is_held, Meeting.struck_reason == "")
        .where(Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    tallies: dict[Body, list[Tally]] = {}
    for row in db.session.scalars(query):
        tallies.setdefault(row.body_meeting, []).append(row.tally)
    return {body: sum_meetings(tallies[body]) for body in Body if body in tallies}
