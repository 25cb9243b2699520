"""A roster as its page shows it, with what the law wants otherwise."""

from sqlalchemy import select

from village_open.core.errors import NotFound
from village_open.db import db
from village_open.decisions.models import Roster
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.rosters import RosterDoubt, doubts_of_roster
from village_open.villages.models import Village


class RosterNotFound(NotFound):
    """The village has no such roster."""

    def __init__(self) -> None:
        super().__init__("没有找到这份名册，请返回名册列表。")


def get_roster(village_code: str, roster_id: int) -> Roster:
    """Return a roster of a village.

    Raises:
        RosterNotFound: the village has none of this id.
    """
    query = select(Roster).join(Village, Village.id == Roster.village_id)
    found = db.session.scalar(query.where(Roster.id == roster_id, Village.code == village_code))
    if found is None:
        raise RosterNotFound
    return found


def doubts_of(roster: Roster) -> tuple[RosterDoubt, ...]:
    """Return where a roster's numbers differ from what the law asks of its body."""
    return doubts_of_roster(
        Body(roster.body), members=roster.member_count, households=roster.household_count, women=roster.women_count
    )
