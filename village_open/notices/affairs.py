"""What the disclosure of an announcement says, as plain data to be frozen: what the oversight group signed."""

from datetime import date

from village_open.core import clock
from village_open.decisions.around import tell
from village_open.decisions.contents import announcement_sha256
from village_open.decisions.models import Announcement
from village_open.notices.around import AROUND
from village_open.notices.board_panel import copy_money
from village_open.notices.boards import longest_posting
from village_open.notices.contents import Content, terms_of
from village_open.notices.errors import SignatureMissing, SignedContentDiffers
from village_open.notices.sheets.kinds import kinds_of
from village_open.notices.signers import group_signers
from village_open.reviews.queries import find_review, get_summary
from village_open.reviews.summary import ReviewSummary
from village_open.villages.models import RoleKind
from village_open.villages.profile import Profile
from village_open.villages.queries import get_profile

FORMAT = "village-open.affairs.1"
BOARD_FORMAT = "village-open.board.1"


def build_affairs(announcement: Announcement, *, issued_on: date) -> Content:
    """Build the content of an announcement's disclosure; what it tells is what the oversight group signed.

    Raises:
        SignatureMissing: the group has not signed this version.
        SignedContentDiffers: what it tells today is not what was signed.
    """
    told = tell(announcement, AROUND)
    summary = _find_summary(announcement)
    if summary is None or not summary.signatures:
        raise SignatureMissing(RoleKind.SUPERVISION.label)
    if not announcement_sha256(told) == announcement.content_sha256 == summary.content_sha256:
        raise SignedContentDiffers(RoleKind.SUPERVISION.label)
    return _content(announcement, told, summary, issued_on, issued_on.isoformat())


def draft_affairs(announcement: Announcement, *, issued_on: date) -> Content:
    """Build what a draft shows before the checks are complete; nothing is guarded, nothing is frozen."""
    told = tell(announcement, AROUND)
    return _content(announcement, told, _find_summary(announcement), issued_on, "")


def _find_summary(announcement: Announcement) -> ReviewSummary | None:
    review = find_review(announcement.review_subject, RoleKind.SUPERVISION.value, announcement.round)
    return get_summary(review) if review is not None else None


def _content(
    announcement: Announcement, told: Content, summary: ReviewSummary | None, issued_on: date, printed_on: str
) -> Content:
    village = announcement.village
    profile = get_profile(village.township, announcement.period)
    checked = announcement.privacy_checked_at
    told = {**told, "finance": copy_money(village.code, announcement.period)} if announcement.is_board else told
    return {
        "format": BOARD_FORMAT if announcement.is_board else FORMAT,
        "number": "",
        "county": village.township.county.name,
        "township": {"code": village.township.code, "name": village.township.name},
        "village": {"code": village.code, "name": village.name},
        "period": announcement.period.code,
        "prepared_by": f"{village.name}村民委员会",
        "announcement": told,
        "signers": list(group_signers(summary, {})) if summary else [],
        "slots": {kind.value: list(profile.affairs_slots) for kind in kinds_of({"announcement": told})},
        "confirmed": {"body": "", "on": "", "note": ""},
        "privacy_check": {
            "by": announcement.privacy_checked_by, "on": clock.china_day(checked).isoformat() if checked else "",
        },
        **terms_of(village.township, profile, summary, issued_on, days=_posting_days(announcement, profile)),
        "issued_on": printed_on,
    }  # fmt: skip


def _posting_days(announcement: Announcement, profile: Profile) -> int:
    """Return how long it must hang: as the profile says, or longer where its matter or one of its items asks for it."""
    matter = announcement.matter
    longest = matter.type.posting_days if matter is not None else longest_posting(announcement)
    return max(profile.posting_days, longest)
