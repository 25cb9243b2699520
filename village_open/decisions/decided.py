"""What matters allow to be paid: which of them passed, by whom, when, and for how much."""

from collections.abc import Iterable, Mapping

from sqlalchemy import and_, select

from village_open.db import db
from village_open.decisions.models import Matter, MatterText, Meeting
from village_open.decisions.rules.matters import DECIDE
from village_open.decisions.rules.payments import Allowed
from village_open.decisions.rules.votes import Outcome


def list_allowed(matter_ids: Iterable[int], paid_fen: Mapping[int, int]) -> dict[int, Allowed]:
    """Return what each of several matters allows, by id: one query.

    `paid_fen` is what the ledger has paid of each by now, handed in by a higher room.
    """
    passed = and_(
        Meeting.matter_id == Matter.id, Meeting.step_key == DECIDE, Meeting.is_held.is_(True),
        Meeting.struck_reason == "", Meeting.outcome == Outcome.PASSED.value,
    )  # fmt: skip
    voted_on = and_(MatterText.matter_id == Matter.id, MatterText.version == Meeting.text_version)
    query = (
        select(Matter, Meeting, MatterText.amount_fen)
        .outerjoin(Meeting, passed)
        .outerjoin(MatterText, voted_on)
        .where(Matter.id.in_(list(matter_ids)))
        .order_by(Meeting.held_on, Meeting.id)
    )
    return {
        matter.id: _allowed(matter, meeting, fen, paid_fen.get(matter.id, 0))
        for matter, meeting, fen in db.session.execute(query)
    }


def _allowed(matter: Matter, meeting: Meeting | None, decided_fen: int | None, paid_fen: int) -> Allowed:
    return Allowed(
        reference=matter.reference, title=matter.title, body=meeting.body_meeting if meeting else None,
        passed_on=meeting.held_on if meeting else None, decided_fen=decided_fen, paid_fen=paid_fen,
        is_withdrawn=matter.is_withdrawn,
    )  # fmt: skip
