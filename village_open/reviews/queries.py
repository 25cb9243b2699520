"""Reading what a group has said."""

import json
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select

from village_open.core import clock
from village_open.db import db
from village_open.identity.queries import get_person
from village_open.reviews.errors import PaperSignatureNotFound
from village_open.reviews.models import PaperSignature, Recusal, Review, ReviewAnswer, ReviewMark, ReviewSignature
from village_open.reviews.rules import WHOLE, Decision, GroupMember, Mark, Outcome, Signed, SteppedAside, Verdict
from village_open.reviews.summary import Answer, ItemSummary, ReviewSummary
from village_open.villages.models import Village
from village_open.villages.profile import Profile
from village_open.villages.queries import get_profile, list_members
from village_open.villages.queries.roles import list_candidates
from village_open.villages.rules import GROUP_WORDS, Candidate, barred_reason, both_groups_reason

Row = TypeVar("Row", ReviewMark, ReviewAnswer, Recusal, ReviewSignature)


def find_review(subject: str, group_kind: str, round: int) -> Review | None:
    """Return one group's review of one version of a thing, or None."""
    return db.session.scalar(
        select(Review).where(Review.subject == subject, Review.group_kind == group_kind, Review.round == round)
    )


def list_reviews(subject: str) -> Sequence[Review]:
    """List every review a thing has had, the first round first."""
    return db.session.scalars(select(Review).where(Review.subject == subject).order_by(Review.round, Review.id)).all()


def list_earlier_marks(subject: str, before_round: int) -> dict[str, list[tuple[int, Mark]]]:
    """List what was said in earlier rounds: by item the round and the mark, in order; one query."""
    rows = db.session.execute(
        select(Review.round, ReviewMark)
        .join(Review, Review.id == ReviewMark.review_id)
        .where(Review.subject == subject, Review.round < before_round)
        .order_by(ReviewMark.id)
    )
    found: dict[str, list[tuple[int, Mark]]] = {}
    for number, row in rows:
        found.setdefault(row.item_key, []).append((number, _marked(row)))
    return found


def get_summary(review: Review, *, item_keys: Iterable[str] = ()) -> ReviewSummary:
    """Sum up a review in five queries, whatever its size.

    Args:
        review: the review.
        item_keys: the items in their order; those nobody spoke of come along, empty.
    """
    marks: dict[str, list[Mark]] = {}
    for mark in _rows(ReviewMark, review):
        marks.setdefault(mark.item_key, []).append(_marked(mark))
    answers: dict[str, list[Answer]] = {}
    for row in _rows(ReviewAnswer, review):
        answers.setdefault(row.item_key, []).append(Answer(row.person_name, row.text, row.at, row.mark_id))
    recusals = list_recusals(review)
    aside = {row.item_key for row in recusals} - {WHOLE}
    items = tuple(
        ItemSummary(
            key, tuple(marks.get(key, ())), tuple(answers.get(key, ())),
            tuple(row for row in recusals if row.item_key == key),
        )
        for key in dict.fromkeys([*item_keys, *marks, *sorted(aside)])
    )  # fmt: skip
    return ReviewSummary(
        review.id, review.group_kind, review.content_sha256, Outcome(review.outcome), list_group(review), items,
        recusals, tuple(_signed(row) for row in _rows(ReviewSignature, review)),
    )  # fmt: skip


def list_group(review: Review) -> tuple[GroupMember, ...]:
    """List the members who count: those of today while it is open, those of its last day once it has ended."""
    if review.roster:
        return tuple(GroupMember(**row) for row in json.loads(review.roster))
    village = db.session.get_one(Village, review.village_id)
    members = list_members(village.code, review.group_kind, clock.today())
    return tuple(GroupMember(row.person_id, row.name, row.is_leader, row.has_login) for row in members)


def list_recusals(review: Review) -> tuple[SteppedAside, ...]:
    """List who stepped aside, in order."""
    return tuple(
        SteppedAside(r.person_id, r.person_name, r.item_key, r.reason, r.replaced_by_id, r.replaced_by_name)
        for r in _rows(Recusal, review)
    )


def list_waiting_papers(review: Review) -> Sequence[PaperSignature]:
    """List the paper signatures that wait for another's confirmation."""
    query = select(PaperSignature).where(PaperSignature.review_id == review.id, PaperSignature.settled == "")
    return db.session.scalars(query.order_by(PaperSignature.id)).all()


def list_papers(review: Review) -> Sequence[PaperSignature]:
    """List everything that was handed in on paper, settled or not."""
    query = select(PaperSignature).where(PaperSignature.review_id == review.id)
    return db.session.scalars(query.order_by(PaperSignature.id)).all()


def get_paper(review: Review, paper_id: int) -> PaperSignature:
    """Return one paper signature of this review, settled or not.

    Raises:
        PaperSignatureNotFound: there is none.
    """
    found = db.session.get(PaperSignature, paper_id)
    if found is None or found.review_id != review.id:
        raise PaperSignatureNotFound
    return found


def get_waiting_paper(review: Review, paper_id: int) -> PaperSignature:
    """Return one paper signature that waits in this review.

    Raises:
        PaperSignatureNotFound: there is none, or it is settled.
    """
    found = get_paper(review, paper_id)
    if found.settled:
        raise PaperSignatureNotFound
    return found


def find_bar(review: Review, person_id: int) -> str:
    """Return why office or kinship bars a person from the group today, as a sentence, or an empty string.

    Asked anew at every mark and signature: a term may have begun or a near relative been declared meanwhile.
    """
    village = db.session.get_one(Village, review.village_id)
    profile = get_profile(village.township)
    (candidate,) = list_candidates(village, [get_person(person_id)], clock.today())
    basis = profile.basis("barred_kinds")
    barred = barred_reason(candidate, review.group_kind, barred_kinds=profile.barred_kinds, basis=basis)
    return barred or _bar_of_both_groups(village, candidate, review.group_kind, profile)


def _bar_of_both_groups(village: Village, candidate: Candidate, group_kind: str, profile: Profile) -> str:
    """Two seats may have come together in spite of the rule: by two appointments, or before the rule was set."""
    if profile.both_groups_allowed:
        return ""
    (other,) = GROUP_WORDS.keys() - {group_kind}
    if candidate.person_id not in {member.person_id for member in list_members(village.code, other, clock.today())}:
        return ""
    return both_groups_reason([candidate.name], other, profile.basis("both_groups_allowed"))


def _rows(table: type[Row], review: Review) -> Sequence[Row]:
    return db.session.scalars(select(table).where(table.review_id == review.id).order_by(table.id)).all()


def _marked(row: ReviewMark) -> Mark:
    return Mark(row.person_id, row.person_name, Verdict(row.verdict), row.reason, row.at, row.id)


def _signed(row: ReviewSignature) -> Signed:
    return Signed(
        row.person_id, row.person_name, Decision(row.decision), row.note, row.is_leader, row.at, row.paper_sha256,
        row.confirmed_by_name,
    )  # fmt: skip
