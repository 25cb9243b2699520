"""Signatures on the printed sign-off page: handed in by the clerk, confirmed by another hand."""

from village_open.finance.actions.reviewing import hands_of
from village_open.finance.actions.signing import require_all_marked, review_to_sign, settle_signatures
from village_open.finance.models import FinancePeriod
from village_open.record.actions import Doer, record_deed
from village_open.reviews import actions as reviews
from village_open.reviews import telling
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
    _record(period, by, "hand_in_paper_signature", telling.handed_in_said(paper, period.period.label), paper)
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
    role = telling.role_said(RoleKind(group_kind).label, is_witness=is_witness)
    said = telling.confirmed_said(paper, period.period.label, role)
    _record(period, by, "confirm_paper_signature", said, paper)
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
    _record(period, by, "refuse_paper_signature", telling.refused_said(paper, period.period.label), paper)


def _record(period: FinancePeriod, by: Doer, deed: str, said: str, paper: PaperSignature) -> None:
    record_deed(chain=period.village.code, kind=f"finance.{deed}", by=by, said=said, after=telling.paper_facts(paper))
