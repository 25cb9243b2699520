"""Announcements that wait for somebody: for the oversight group, the township, or a clerk to whom one came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_, select
from sqlalchemy.orm import joinedload

from village_open.db import db
from village_open.decisions.models import Announcement, AnnouncementState
from village_open.reviews.models import Recusal, Review, ReviewSignature
from village_open.villages.models import RoleKind, Village
from village_open.villages.rules import RoleAt

MOST = 50
WHOSE = {
    AnnouncementState.SUBMITTED: RoleKind.SUPERVISION,
    AnnouncementState.EXAMINED: RoleKind.TOWNSHIP_OFFICE,
    AnnouncementState.DRAFT: RoleKind.CLERK,
}
"""In whose hands an announcement lies; a draft waits for its clerk once it was returned."""


@dataclass(frozen=True)
class WaitingAnnouncement:
    """One announcement that waits for a person."""

    village_code: str
    village_name: str
    title: str
    announcement_id: int
    label: str
    state: str
    returned_because: str


def list_waiting_announcements(person_id: int, roles: Sequence[RoleAt]) -> list[WaitingAnnouncement]:
    """List what waits for somebody with these roles, the oldest first: one query, fifty at most."""
    waits = [
        and_(Announcement.state == state.value, Village.code.startswith(role.place_code))
        for state, kind in WHOSE.items()
        for role in roles
        if role.kind == kind
    ]
    if not waits:
        return []
    query = (
        select(Announcement, Village)
        .options(joinedload(Announcement.matter))
        .join(Village, Village.id == Announcement.village_id)
        .where(or_(*waits), _is_no_fresh_draft(), ~_has_spoken(person_id))
    )
    return [
        WaitingAnnouncement(
            village.code, village.name, row.about, row.id, row.label, row.state, row.return_reason,
        )
        for row, village in db.session.execute(query.order_by(Announcement.id).limit(MOST))
    ]  # fmt: skip


def _is_no_fresh_draft() -> ColumnElement[bool]:
    return or_(Announcement.state != AnnouncementState.DRAFT.value, Announcement.return_reason != "")


def _has_spoken(person_id: int) -> ColumnElement[bool]:
    """Somebody before whom it lies has signed, or stepped aside."""
    own = exists().where(
        Review.subject == literal("announcement:") + cast(Announcement.id, String), Review.round == Announcement.round
    )
    signed = own.where(ReviewSignature.review_id == Review.id, ReviewSignature.person_id == person_id)
    aside = own.where(Recusal.review_id == Review.id, Recusal.person_id == person_id)
    return and_(Announcement.state == AnnouncementState.SUBMITTED.value, or_(signed, aside))
