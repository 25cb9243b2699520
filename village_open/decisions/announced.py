"""An announcement as its pages show it: its words with their hash, and what the oversight group has said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_open.core.canonical import Plain
from village_open.db.transactions import ChangedMeanwhile
from village_open.decisions.chronicles import list_findings
from village_open.decisions.contents import Content, announcement_sha256, build_announcement
from village_open.decisions.models import Announcement, Matter
from village_open.decisions.rules.order import Finding, Happened
from village_open.decisions.surroundings import surroundings
from village_open.reviews.models import PaperSignature, Review
from village_open.reviews.queries import find_review, get_summary, list_papers
from village_open.reviews.summary import ReviewSummary
from village_open.villages.models import RoleKind

STARS = "***"


@dataclass(frozen=True)
class Announced:
    """The words of an announcement as they will be published, and their hash."""

    words: Content
    sha256: str
    is_signed_text: bool
    """Whether they are still those that were submitted."""

    @property
    def starred(self) -> tuple[str, ...]:
        """The texts in which something was starred out."""
        return tuple(dict.fromkeys(text for text in _texts(self.words) if STARS in text))


@dataclass(frozen=True)
class GroupView:
    """What the oversight group has said of the submitted text."""

    review: Review
    summary: ReviewSummary
    papers: Sequence[PaperSignature]


def payments_of(announcement: Announcement) -> Sequence[Happened]:
    """Return what the ledger paid for the matter."""
    return surroundings().list_payments(announcement.matter_id)


def content_of(announcement: Announcement) -> Announced:
    """Return the words of an announcement as they stand today."""
    words = build_announcement(announcement, payments=payments_of(announcement))
    sha256 = announcement_sha256(words)
    return Announced(words, sha256, sha256 == announcement.content_sha256)


def findings_of(matter: Matter) -> tuple[Finding, ...]:
    """Return every breach of order and dates, with what higher rooms know of payments and postings."""
    above = surroundings()
    return list_findings(matter, payments=above.list_payments(matter.id), hung=above.list_hung(matter.id))


def require_same(announcement: Announcement, sha256: str | None) -> None:
    """Hold that the words are those that the page showed.

    Raises:
        ChangedMeanwhile: somebody changed the matter after the page was opened.
    """
    if content_of(announcement).sha256 != sha256:
        raise ChangedMeanwhile


def group_view(announcement: Announcement) -> GroupView | None:
    """Return what the group has said of the latest submission, or None where it was never submitted."""
    review = find_review(announcement.review_subject, RoleKind.SUPERVISION.value, announcement.round)
    return GroupView(review, get_summary(review), list_papers(review)) if review is not None else None


def _texts(value: Plain) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
