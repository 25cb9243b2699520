"""What an announcement says, and who must not sign it: of a matter this room knows, of all else the rooms above."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from village_open.decisions.contents import Content, build_announcement
from village_open.decisions.models import Announcement, Matter
from village_open.decisions.queries import list_events, list_meetings, list_texts
from village_open.decisions.rules.order import Happened, Hung


@dataclass(frozen=True)
class Surroundings:
    """What higher rooms know: of a matter its payments and postings, of an announcement without one all it says."""

    list_payments: Callable[[int], Sequence[Happened]]
    list_hung: Callable[[int], Sequence[Hung]]
    build_other: Callable[[Announcement], Content]
    """What an announcement without a matter says today."""
    list_other_hands: Callable[[Announcement], frozenset[int]]
    """The ids of those who typed what it says."""
    require_other: Callable[[Announcement, Content], None]
    """Hold that everything is there that must be there before it is submitted."""


NOTHING_ABOVE = Surroundings(
    lambda _matter_id: (), lambda _matter_id: (), lambda _row: {}, lambda _row: frozenset(), lambda _row, _told: None
)


def tell(announcement: Announcement, around: Surroundings) -> Content:
    """Return what an announcement says today: these words are signed, and frozen after it."""
    if announcement.matter_id is None:
        return around.build_other(announcement)
    return build_announcement(announcement, payments=around.list_payments(announcement.matter_id))


def hands_of(announcement: Announcement, around: Surroundings) -> frozenset[int]:
    """Return the ids of all who entered what it says, or submitted it; none of them may sign."""
    matter = announcement.matter
    typed = around.list_other_hands(announcement) if matter is None else _hands_of_matter(matter)
    submitted = announcement.submitted_by_id
    return typed | frozenset({submitted} if submitted is not None else ())


def _hands_of_matter(matter: Matter) -> frozenset[int]:
    typed = {row.entered_by_id for row in list_meetings(matter)} | {row.entered_by_id for row in list_events(matter)}
    return frozenset(typed | {row.person_id for row in list_texts(matter)} | {matter.entered_by_id})
