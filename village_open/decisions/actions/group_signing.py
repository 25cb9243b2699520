"""The oversight group beside its own accounts: a member steps aside, or signs an announcement on paper."""

from village_open.decisions.actions.announcing import hands_of, review_of, settle_signatures
from village_open.decisions.actions.stages import record_announcement
from village_open.decisions.models import Announcement
from village_open.record.actions import Doer
from village_open.reviews import actions as reviews
from village_open.reviews.models import PaperSignature
from village_open.reviews.queries import get_waiting_paper
from village_open.reviews.rules import Decision


def recuse_member(
    *, by: Doer, announcement: Announcement, member: Doer, reason: str, replaced_by: Doer | None = None
) -> None:
    """Step aside; the quorum is computed without the member, whose name and reason are kept.

    Raises:
        AnnouncementAtWrongStage: it is not before the group.
        ReviewEnded, NotAMember, NotForThisHand, LeaderNotReplaced, NobodyLeft, AsideAlready, SignedAlready,
            ReasonNeeded: as the reviews room says.
    """
    review = review_of(announcement, "回避")
    recusal = reviews.recuse(
        review=review, member=member, by=by, reason=reason, replaced_by=replaced_by, barred=hands_of(announcement)
    )
    who = "" if member.id == by.id else f"记录：{member.name}"
    leads = f"，由{recusal.replaced_by_name}代行组长" if recusal.replaced_by_name else ""
    record_announcement(
        announcement, by, "recuse_member", f"{who}对{{what}}回避，理由：{recusal.reason}{leads}",
        after={"member": member.id, "reason": recusal.reason, "leads": recusal.replaced_by_id or 0},
    )  # fmt: skip
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
) -> PaperSignature:
    """Hand in the photo of a page that a member signed; it counts once another hand has confirmed it.

    Raises:
        AnnouncementAtWrongStage: it is not before the group.
        ReviewEnded, ReasonNeeded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the member may
            not sign.
    """
    paper = reviews.hand_in_paper_signature(
        review=review_of(announcement, "签署"), by=by, member=member, decision=decision, note=note,
        photo_sha256=photo_sha256, media_type=media_type, barred=hands_of(announcement),
    )  # fmt: skip
    record_announcement(
        announcement, by, "hand_in_paper_signature",
        f"上传了{member.name}在{{what}}签字页上的签字照片：{decision.label}，等待他人确认", after=_facts(paper),
    )  # fmt: skip
    return paper


def confirm_paper_signature(*, by: Doer, announcement: Announcement, paper_id: int, is_witness: bool = False) -> None:
    """Confirm that the photo shows the member's own signature and decision.

    Raises:
        AnnouncementAtWrongStage, PaperSignatureNotFound: it does not wait here.
        ConfirmedByWrongHand, WitnessNeeded: this person may not confirm.
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the signer may not sign.
    """
    review = review_of(announcement, "签署")
    paper = get_waiting_paper(review, paper_id)
    reviews.confirm_paper_signature(
        review=review, paper=paper, by=by, is_witness=is_witness, barred=hands_of(announcement)
    )
    role = "镇见证人" if is_witness else "村务监督小组成员"
    record_announcement(
        announcement, by, "confirm_paper_signature",
        f"以{role}身份确认了{paper.person_name}在{{what}}签字页上的签字：{Decision(paper.decision).label}",
        after=_facts(paper),
    )  # fmt: skip
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
    record_announcement(
        announcement, by, "refuse_paper_signature",
        f"没有确认{paper.person_name}在{{what}}签字页上的签字，理由：{reason.strip()}",
        after={**_facts(paper), "reason": reason.strip()},
    )  # fmt: skip


def _facts(paper: PaperSignature) -> dict[str, str | int]:
    return {
        "signer": paper.person_id, "decision": paper.decision, "note": paper.note, "photo_sha256": paper.photo_sha256,
        "uploaded_by": paper.uploaded_by_id,
    }  # fmt: skip
