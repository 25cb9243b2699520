"""Signatures: through one's own account, or on paper with another's confirmation."""

from village_open.db import db
from village_open.record.actions import Doer
from village_open.reviews.actions.guards import NOBODY, end_when_decided, require_able_to_sign
from village_open.reviews.errors import (
    ConfirmedByWrongHand,
    ContentChanged,
    PaperSignatureNotFound,
    ReasonNeeded,
    SignedAlready,
    WitnessNeeded,
)
from village_open.reviews.models import PaperSignature, Review, ReviewSignature
from village_open.reviews.queries import list_group, list_recusals, list_waiting_papers
from village_open.reviews.rules import Decision, confirmers, leader_of


def sign(
    *,
    review: Review,
    member: Doer,
    decision: Decision,
    what: str,
    note: str = "",
    barred: frozenset[int] = NOBODY,
    content_sha256: str | None = None,
) -> ReviewSignature:
    """Sign the whole, called `what`, through one's own account; also after the majority is reached.

    Raises:
        ContentChanged: the page showed other bytes than those under review.
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the member may not sign.
        ReasonNeeded: a reservation or a refusal without its reason.
    """
    if content_sha256 is not None and content_sha256 != review.content_sha256:
        raise ContentChanged(what)
    if decision is not Decision.AGREE and not note.strip():
        raise ReasonNeeded(decision.label, field="note")
    require_able_to_sign(review, member, barred)
    return _add_signature(review, member, decision, note)


def hand_in_paper_signature(
    *,
    review: Review,
    by: Doer,
    member: Doer,
    decision: Decision,
    photo_sha256: str,
    note: str = "",
    media_type: str = "image/jpeg",
    barred: frozenset[int] = NOBODY,
) -> PaperSignature:
    """Hand in the photo of a signed page; it counts once another one has confirmed it.

    Raises:
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the signer may not sign.
        ReasonNeeded: a reservation or a refusal without its reason.
    """
    if decision is not Decision.AGREE and not note.strip():
        raise ReasonNeeded(decision.label, field="note")
    require_able_to_sign(review, member, barred)
    if any(paper.person_id == member.id for paper in list_waiting_papers(review)):
        raise SignedAlready(member.name)
    paper = PaperSignature(
        review_id=review.id, person_id=member.id, person_name=member.name, decision=decision.value,
        note=note.strip(), photo_sha256=photo_sha256, media_type=media_type,
        uploaded_by_id=by.id, uploaded_by_name=by.name,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    return paper


def confirm_paper_signature(
    *, review: Review, paper: PaperSignature, by: Doer, is_witness: bool = False, barred: frozenset[int] = NOBODY
) -> ReviewSignature:
    """Confirm that the photo shows the member's own signature and decision.

    Args:
        review: the review in which the paper waits.
        paper: what was handed in.
        by: another member with an account, or a named person of the township where the group has none.
        is_witness: whether `by` acts for the township.
        barred: people whose hand bars them from signing.

    Raises:
        ConfirmedByWrongHand, WitnessNeeded: this person may not confirm.
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, SignedAlready: the signer may not sign.
    """
    _require_confirmer(review, paper, by, is_witness=is_witness)
    signer = paper.person
    require_able_to_sign(review, signer, barred)
    paper.settled, paper.settled_by_name = "confirmed", by.name
    return _add_signature(review, signer, Decision(paper.decision), paper.note, paper=paper, confirmed_by=by)


def refuse_paper_signature(
    *, review: Review, paper: PaperSignature, by: Doer, reason: str, is_witness: bool = False
) -> None:
    """Say that the photo does not show what was handed in; it stays in the history and counts for nothing.

    Raises:
        ReasonNeeded: without a reason.
        ConfirmedByWrongHand, WitnessNeeded: this person may not judge it.
    """
    if not reason.strip():
        raise ReasonNeeded("不予确认")
    _require_confirmer(review, paper, by, is_witness=is_witness)
    paper.settled, paper.settled_by_name, paper.settled_reason = "refused", by.name, reason.strip()
    db.session.flush()


def _require_confirmer(review: Review, paper: PaperSignature, by: Doer, *, is_witness: bool) -> None:
    """Hold 'another hand': a member with an account; where there is none, a named person of the township."""
    if paper.review_id != review.id or paper.settled:
        raise PaperSignatureNotFound
    able = confirmers(
        list_group(review), list_recusals(review), signer_id=paper.person_id, uploader_id=paper.uploaded_by_id
    )
    if able and by.id not in {member.id for member in able}:
        raise ConfirmedByWrongHand("、".join(member.name for member in able))
    if not able and (not is_witness or by.id in (paper.person_id, paper.uploaded_by_id)):
        raise WitnessNeeded


def _add_signature(
    review: Review,
    member: Doer,
    decision: Decision,
    note: str,
    *,
    paper: PaperSignature | None = None,
    confirmed_by: Doer | None = None,
) -> ReviewSignature:
    leader = leader_of(list_group(review), list_recusals(review))
    signature = ReviewSignature(
        review_id=review.id, person_id=member.id, person_name=member.name, decision=decision.value,
        is_leader=leader is not None and leader.id == member.id, note=note.strip(),
        paper_sha256=paper.photo_sha256 if paper else "",
        confirmed_by_id=confirmed_by.id if confirmed_by else None,
        confirmed_by_name=confirmed_by.name if confirmed_by else "",
    )  # fmt: skip
    db.session.add(signature)
    db.session.flush()
    end_when_decided(review)
    return signature
