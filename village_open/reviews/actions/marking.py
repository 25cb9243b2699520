"""Laying a thing before a group; marks, answers and recusals."""

from collections.abc import Iterable, Mapping, Sequence

from village_open.core.errors import InputError
from village_open.db import db
from village_open.record.actions import Doer
from village_open.reviews.actions.guards import NOBODY, end, end_when_decided, is_barred, require_able, require_open
from village_open.reviews.errors import (
    AsideAlready,
    LeaderNotReplaced,
    NobodyLeft,
    NotAMember,
    NotForThisHand,
    NothingToAnswer,
    QueryUnanswered,
    ReasonNeeded,
    SignedAlready,
)
from village_open.reviews.models import Recusal, Review, ReviewAnswer, ReviewMark
from village_open.reviews.queries import get_summary
from village_open.reviews.rules import WHOLE, GroupMember, NewMark, Outcome, Verdict, aside_ids, leader_of
from village_open.reviews.summary import ReviewSummary
from village_open.villages.models import RoleKind


def open_review(*, village_id: int, subject: str, content_sha256: str, group_kind: str, round: int = 1) -> Review:
    """Lay one version of a thing before a group; a changed version needs a new round."""
    review = Review(
        village_id=village_id, subject=subject, content_sha256=content_sha256, group_kind=group_kind, round=round
    )
    db.session.add(review)
    db.session.flush()
    return review


def withdraw_review(*, review: Review) -> None:
    """Take a thing back from a group.

    Raises:
        ReviewEnded: the group has spoken already.
    """
    require_open(review)
    end(review, Outcome.WITHDRAWN)


def mark_items(
    *, review: Review, by: Doer, marks: Sequence[NewMark], barred: frozenset[int] = NOBODY
) -> list[ReviewMark]:
    """Mark items as a member: all of them, or none; a later mark stands above an earlier one, both stay.

    Raises:
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready: the member may not speak here.
        ReasonNeeded: a doubt or a rejection without its reason.
        QueryUnanswered: the member's own doubt is withdrawn before it was answered.
    """
    require_open(review)
    require_able(review, by, barred)
    summary = get_summary(review)
    for mark in marks:
        _require_markable(summary, by, mark)
    rows = [_mark(review, by, mark.item_key, mark.verdict, mark.reason.strip()) for mark in marks]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def mark_item(
    *,
    review: Review,
    by: Doer,
    item_key: str,
    verdict: Verdict,
    reason: str = "",
    barred: frozenset[int] = NOBODY,
) -> ReviewMark:
    """Mark one item as a member.

    Raises:
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready, ReasonNeeded, QueryUnanswered: as `mark_items`.
    """
    (mark,) = mark_items(review=review, by=by, marks=[NewMark(item_key, verdict, reason)], barred=barred)
    return mark


def pass_items(
    *, review: Review, by: Doer, item_keys: Iterable[str], barred: frozenset[int] = NOBODY
) -> tuple[str, ...]:
    """Mark as passed all those items that nobody has marked and from which the member has not stepped aside.

    Raises:
        ReviewEnded, NotAMember, HandBarred, OfficeBarred, AsideAlready: the member may not speak here.
    """
    require_open(review)
    require_able(review, by, barred)
    summary = get_summary(review, item_keys=item_keys)
    keys = tuple(item.key for item in summary.unmarked if summary.recusal_of(by.id, item.key) is None)
    db.session.add_all(_mark(review, by, key, Verdict.PASSED, "") for key in keys)
    db.session.flush()
    return keys


def answer_item(*, review: Review, by: Doer, item_key: str, text: str) -> ReviewAnswer:
    """Answer the objections to one item.

    Raises:
        ReviewEnded: the group has spoken already.
        NothingToAnswer: nobody objects to it.
    """
    require_open(review)
    if not text.strip():
        raise InputError("请写明答复：买了什么、给了谁、凭证在哪里。", field="text")
    item = get_summary(review).item(item_key)
    if item.verdict in (None, Verdict.PASSED):
        raise NothingToAnswer
    answer = ReviewAnswer(
        review_id=review.id, item_key=item_key, person_id=by.id, person_name=by.name, text=text.strip(),
        mark_id=item.marks[-1].id,
    )  # fmt: skip
    db.session.add(answer)
    db.session.flush()
    return answer


def recuse(
    *,
    review: Review,
    member: Doer,
    reason: str,
    item_key: str = WHOLE,
    replaced_by: Doer | None = None,
    by: Doer | None = None,
    barred: frozenset[int] = NOBODY,
) -> Recusal:
    """Step aside from one item or from the whole; the votes are counted anew and the reason prints.

    Args:
        replaced_by: who leads instead, by the group's choice, where a leader steps aside.
        by: who writes it down: the member, or another one where hand, office or kinship bars the member.

    Raises:
        ReviewEnded, NotAMember, AsideAlready, SignedAlready: the member can no longer step aside.
        NotForThisHand: another one writes it down for a member who is not barred.
        LeaderNotReplaced: a leader steps aside and no able member was chosen.
        NobodyLeft: nobody else could look at it.
    """
    if not reason.strip():
        raise ReasonNeeded("回避")
    require_open(review)
    summary = get_summary(review)
    _require_recusable(summary, member, item_key)
    if by is not None and by.id != member.id:
        _require_standing_in(review, summary, member=member, by=by, barred=barred)
    chosen = _successor(summary, member, item_key, replaced_by)
    recusal = Recusal(
        review_id=review.id, item_key=item_key, person_id=member.id, person_name=member.name, reason=reason.strip(),
        replaced_by_id=chosen.id if chosen else None, replaced_by_name=chosen.name if chosen else "",
        recorded_by_id=(by or member).id,
    )  # fmt: skip
    db.session.add(recusal)
    db.session.flush()
    end_when_decided(review)
    return recusal


def _mark(review: Review, by: Doer, item_key: str, verdict: Verdict, reason: str) -> ReviewMark:
    return ReviewMark(
        review_id=review.id, item_key=item_key, person_id=by.id, person_name=by.name, verdict=verdict.value,
        reason=reason,
    )  # fmt: skip


def _require_markable(summary: ReviewSummary, by: Doer, mark: NewMark) -> None:
    if mark.verdict is not Verdict.PASSED and not mark.reason.strip():
        raise ReasonNeeded(mark.verdict.label)
    if by.id in aside_ids(summary.recusals, mark.item_key):
        raise AsideAlready(by.name)
    if mark.verdict is Verdict.PASSED and summary.item(mark.item_key).awaits_answer_to(by.id):
        raise QueryUnanswered


def _require_recusable(summary: ReviewSummary, member: Doer, item_key: str) -> None:
    present = {row.id for row in summary.members}
    if member.id not in present:
        raise NotAMember(member.name, RoleKind(summary.group_kind).label)
    aside = aside_ids(summary.recusals, item_key)
    if member.id in aside:
        raise AsideAlready(member.name)
    if summary.signature_of(member.id):
        raise SignedAlready(member.name)
    if present - aside <= {member.id}:
        raise NobodyLeft


def _require_standing_in(
    review: Review, summary: ReviewSummary, *, member: Doer, by: Doer, barred: frozenset[int]
) -> None:
    if by.id not in {row.id for row in summary.members}:
        raise NotAMember(by.name, RoleKind(summary.group_kind).label)
    if not is_barred(review, member, barred):
        raise NotForThisHand(member.name)


def _successor(summary: ReviewSummary, member: Doer, item_key: str, replaced_by: Doer | None) -> GroupMember | None:
    """Return who leads instead of a leader that steps aside; nobody where the member does not lead."""
    leader = leader_of(summary.members, summary.recusals, item_key)
    if leader is None or leader.id != member.id:
        return None
    able: Mapping[int, GroupMember] = {
        row.id: row
        for row in summary.members
        if row.id != member.id and row.id not in aside_ids(summary.recusals, item_key)
    }
    if replaced_by is None or replaced_by.id not in able:
        raise LeaderNotReplaced
    return able[replaced_by.id]
