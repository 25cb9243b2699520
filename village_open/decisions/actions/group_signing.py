"""The oversight group beside its own accounts: a member steps aside, or signs an announcement on paper."""

from village_open.decisions.actions.announcing import review_of, settle_signatures
from village_open.decisions.actions.stages import record_announcement
from village_open.decisions.around import NOTHING_ABOVE, Surroundings, hands_of
from village_open.decisions.models import Announcement
from village_open.record.actions import Doer
from village_open.reviews import actions as reviews
from village_open.reviews import telling
from village_open.reviews.models import PaperSignature
from village_open.reviews.queries import get_waiting_paper
from village_open.reviews.rules import Decision
from village_open.villages.models import RoleKind

WHAT = "{what}"


def recuse_member(
    *,
    by: Doer,
    announcement: Announcement,
    member: Doer,
    reason: str,
    replaced_by: Doer | None = None,
    around: Surroundings = NOTHING_ABOVE,
) -> None:
    """Step aside; the quorum is computed without the member, whose name and reason print.

    Raises:
        AnnouncementAtWrongStage: it is not before the group.
        ReviewEnded, NotAMember, NotForThisHand, LeaderNotReplaced, NobodyLeft, AsideAlready, SignedAlready,
            ReasonNeeded: as the reviews room says.
    """
    recusal = reviews.recuse(
        review=review_of(announcement, "回避"), member=member, by=by, reason=reason, replaced_by=replaced_by,
        barred=hands_of(announcement, around),
    )  # fmt: skip
    record_announcement(
        announcement, by, "recuse_member", telling.recusal_said(recusal, by, WHAT), after=telling.recusal_facts(recusal)
    )
    settle_signatures(by=by, announcement=announcement)


def hand_in_paper_signature(
    *,
    by: Doer,
    announcement: Announcement,
    member: Doer,
    decision: Decision,
    photo_sha256: str,
    media_type: str = "image/jpeg",
    note: str = "",
    around: Surroundings = NOTHING_ABOVE,
) -> PaperSignature:
    """Hand in the photo of a page that a member signed; it counts once another hand has confirmed it.

    The cleaned file is kept before the transaction begins; its SHA-256 is handed in.

    Raises:
        AnnouncementAtWrongStage: it is not before the group.
        ReasonNeeded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the member may not sign.
    """
    paper = reviews.hand_in_paper_signature(
        review=review_of(announcement, "签署"), by=by, member=member, decision=decision, note=note,
        photo_sha256=photo_sha256, media_type=media_type, barred=hands_of(announcement, around),
    )  # fmt: skip
    _record(announcement, by, "hand_in_paper_signature", telling.handed_in_said(paper, WHAT), paper)
    return paper


def confirm_paper_signature(
    *,
    by: Doer,
    announcement: Announcement,
    paper_id: int,
    is_witness: bool = False,
    around: Surroundings = NOTHING_ABOVE,
) -> None:
    """Confirm that the photo shows the member's own signature and decision.

    Raises:
        AnnouncementAtWrongStage, PaperSignatureNotFound: it does not wait here.
        ConfirmedByWrongHand, WitnessNeeded: this person may not confirm.
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the signer may not sign.
    """
    review = review_of(announcement, "签署")
    paper = get_waiting_paper(review, paper_id)
    hands = hands_of(announcement, around)
    reviews.confirm_paper_signature(review=review, paper=paper, by=by, is_witness=is_witness, barred=hands)
    role = telling.role_said(RoleKind.SUPERVISION.label, is_witness=is_witness)
    _record(announcement, by, "confirm_paper_signature", telling.confirmed_said(paper, WHAT, role), paper)
    settle_signatures(by=by, announcement=announcement)


def refuse_paper_signature(
    *, by: Doer, announcement: Announcement, paper_id: int, reason: str, is_witness: bool = False
) -> None:
    """Say that the photo does not show what was handed in.

    Raises:
        AnnouncementAtWrongStage, PaperSignatureNotFound, ConfirmedByWrongHand, WitnessNeeded: as
            `confirm_paper_signature`.
        ReasonNeeded: without a reason.
    """
    review = review_of(announcement, "签署")
    paper = get_waiting_paper(review, paper_id)
    reviews.refuse_paper_signature(review=review, paper=paper, by=by, reason=reason, is_witness=is_witness)
    _record(announcement, by, "refuse_paper_signature", telling.refused_said(paper, WHAT), paper)


def _record(announcement: Announcement, by: Doer, deed: str, said: str, paper: PaperSignature) -> None:
    record_announcement(announcement, by, deed, said, after=telling.paper_facts(paper))
