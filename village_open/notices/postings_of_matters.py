"""Where the sheets of a matter hung, as the decisions room asks for it."""

from collections.abc import Sequence

from sqlalchemy import select

from village_open.core.calendars import DayRule
from village_open.db import db
from village_open.decisions.models import Announcement, Matter
from village_open.decisions.rules.matters import MatterType, matter_types
from village_open.decisions.rules.order import Hung
from village_open.notices.models import Disclosure, Posting
from village_open.villages.profile import Profile
from village_open.villages.queries import get_profile

_AS_RESOLUTION = {"levy_plan": "resolution"}


def list_hung(matter_id: int) -> Sequence[Hung]:
    """List where the sheets of a matter hung and hang, each with the days that it must hang."""
    rows = db.session.execute(
        select(Posting, Announcement, Matter.type_key)
        .join(Disclosure, Disclosure.id == Posting.disclosure_id)
        .join(Announcement, Announcement.id == Disclosure.announcement_id)
        .join(Matter, Matter.id == Announcement.matter_id)
        .where(Matter.id == matter_id)
        .order_by(Posting.posted_on, Posting.id)
    ).all()
    if not rows:
        return ()
    kind = matter_types()[rows[0][2]]
    profile = get_profile(rows[0][1].village.township, rows[0][1].period)
    return [_hung(posting, announcement, kind, profile) for posting, announcement, _type in rows]


def _hung(posting: Posting, announcement: Announcement, kind: MatterType, profile: Profile) -> Hung:
    longer = kind.posting_days > profile.posting_days
    return Hung(
        kind=_AS_RESOLUTION.get(announcement.kind, announcement.kind),
        label=announcement.label,
        from_on=posting.posted_on,
        to_on=posting.taken_down_on,
        needed_days=max(kind.posting_days, profile.posting_days),
        day_rule=DayRule(profile.day_rule),
        basis=kind.posting_basis if longer else profile.basis("posting_days"),
        is_law=not longer,
    )
