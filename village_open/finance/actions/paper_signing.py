"""Signatures on the printed sign-off page: handed in by the clerk, confirmed by another hand."""

from village_open.finance.actions.reviewing import hands_of
from village_open.finance.actions.signing import require_all_marked, review_to_sign, settle_signatures
from village_open.finance.models import FinancePeriod
from village_open.record.actions import Doer, record_deed
from village_open.reviews import actions as reviews
from village_open.reviews.models import PaperSignature
from village_open.reviews.queries import get_waiting_paper
from village_open.reviews.rules import Decision
from village_open.villages.models import RoleKind


def hand_in_paper_signature(
    *,
    by: Doer,
    period: FinancePeriod,
    group_kind: str,
    member: Doer,
    decision: Decision,
    photo_sha256: str,
    media_type: str = "image/jpeg",
    note: str = "",
) -> PaperSignature:
    """Hand in the photo of a page that a member signed; it counts once another hand has confirmed it.

    The cleaned file is kept before the transaction begins; its SHA-256 is handed in.

    Raises:
        WrongStage: the group is not at work now.
        LinesUnmarked: the finance-review group has not looked at every line.
        ReasonNeeded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the member may not sign.
    """
    review = review_to_sign(period, group_kind)
    require_all_marked(period, review)
    paper = reviews.hand_in_paper_signature(
        review=review, by=by, member=member, decision=decision, note=note, photo_sha256=photo_sha256,
        media_type=media_type, barred=hands_of(period),
    )  # fmt: skip
    record_deed(
        chain=period.village.code, kind="finance.hand_in_paper_signature", by=by,
        said=f"上传了{member.name}在{period.period.label}签字页上的签字照片：{decision.label}，等待他人确认",
        after=_facts(paper),
    )  # fmt: skip
    return paper


def confirm_paper_signature(
    *, by: Doer, period: FinancePeriod, group_kind: str, paper_id: int, is_witness: bool = False
) -> None:
    """Confirm that the photo shows the member's own signature and decision.

    Raises:
        WrongStage: the group is not at work now.
        PaperSignatureNotFound: it does not wait here.
        ConfirmedByWrongHand, WitnessNeeded: this person may not confirm.
        NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the signer may not sign.
    """
    review = review_to_sign(period, group_kind)
    paper = get_waiting_paper(review, paper_id)
    reviews.confirm_paper_signature(review=review, paper=paper, by=by, is_witness=is_witness, barred=hands_of(period))
    role = "镇见证人" if is_witness else f"{RoleKind(group_kind).label}成员"
    record_deed(
        chain=period.village.code, kind="finance.confirm_paper_signature", by=by,
        said=f"以{role}身份确认了{paper.person_name}在{period.period.label}签字页上的签字："
        f"{Decision(paper.decision).label}",
        after=_facts(paper),
    )  # fmt: skip
    settle_signatures(by=by, period=period, group_kind=group_kind)


def refuse_paper_signature(
    *, by: Doer, period: FinancePeriod, group_kind: str, paper_id: int, reason: str, is_witness: bool = False
) -> None:
    """Say that the photo does not show what was handed in.

    Raises:
        WrongStage, PaperSignatureNotFound, ConfirmedByWrongHand, WitnessNeeded: as `confirm_paper_signature`.
        ReasonNeeded: without a reason.
    """
    review = review_to_sign(period, group_kind)
    paper = get_waiting_paper(review, paper_id)
    reviews.refuse_paper_signature(review=review, paper=paper, by=by, reason=reason, is_witness=is_witness)
    record_deed(
        chain=period.village.code, kind="finance.refuse_paper_signature", by=by,
        said=f"没有确认{paper.person_name}在{period.period.label}签字页上的签字，理由：{reason.strip()}",
        after={**_facts(paper), "reason": reason.strip()},
    )  # fmt: skip


def _facts(paper: PaperSignature) -> dict[str, str | int]:
    return {
        "signer": paper.person_id, "decision": paper.decision, "note": paper.note, "photo_sha256": paper.photo_sha256,
        "uploaded_by": paper.uploaded_by_id,
    }  # fmt: skip
