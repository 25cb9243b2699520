"""An announcement as its pages show it: its words, and what the oversight group has said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from village_open.decisions.around import tell
from village_open.decisions.chronicles import list_findings
from village_open.decisions.contents import announcement_sha256
from village_open.decisions.models import Announcement, AnnouncementState
from village_open.decisions.rules.order import Finding
from village_open.decisions.surroundings import surroundings
from village_open.reviews.errors import ReviewNotFound
from village_open.reviews.models import PaperSignature, Review
from village_open.reviews.queries import find_review, get_summary, list_papers
from village_open.reviews.summary import ReviewSummary
from village_open.villages.models import RoleKind

BEFORE_GROUP = (AnnouncementState.SUBMITTED, AnnouncementState.EXAMINED)
"""When members may sign: also after the majority, until it is issued."""


@dataclass(frozen=True)
class GroupView:
    """What the oversight group has said, and what it signed on paper."""

    review: Review
    summary: ReviewSummary
    papers: Sequence[PaperSignature]

    def awaits(self, person_id: int) -> bool:
        """Tell whether a member has neither signed nor stepped aside."""
        is_member = person_id in {member.id for member in self.summary.members}
        return is_member and not self.summary.signature_of(person_id) and not self.summary.recusal_of(person_id)


def find_group_view(announcement: Announcement) -> GroupView | None:
    """Return what the group has said of the latest submission, or None where it is with the clerk."""
    if announcement.stage is AnnouncementState.DRAFT:
        return None
    review = find_review(announcement.review_subject, RoleKind.SUPERVISION.value, announcement.round)
    return GroupView(review, get_summary(review), list_papers(review)) if review is not None else None


def get_group_view(announcement: Announcement) -> GroupView:
    """Return what the group has said of what is submitted now.

    Raises:
        ReviewNotFound: it is with the clerk.
    """
    found = find_group_view(announcement)
    if found is None:
        raise ReviewNotFound
    return found


def told_words(announcement: Announcement) -> dict[str, Any]:
    """Return what is made public as it stands today, its hash, what is wrong, and whether it is as submitted."""
    told = tell(announcement, surroundings())
    sha256 = announcement_sha256(told)
    is_changed = announcement.stage in BEFORE_GROUP and sha256 != announcement.content_sha256
    findings = _findings(announcement)
    return {"told": told, "told_sha256": sha256, "is_changed": is_changed, "findings": findings}


def _findings(announcement: Announcement) -> tuple[Finding, ...]:
    """Return what is wrong with order and dates of its matter; who may read it is the page's affair."""
    matter, around = announcement.matter, surroundings()
    if matter is None:
        return ()
    return list_findings(matter, payments=around.list_payments(matter.id), hung=around.list_hung(matter.id))
