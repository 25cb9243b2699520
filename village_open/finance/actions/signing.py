"""The two groups sign a period or step aside from it; what they decide moves it on or back."""

from village_open.db import db, hold_lock
from village_open.finance.actions.reviewing import GROUP_AT_STAGE, hands_of, open_review_of
from village_open.finance.actions.submitting import back_to_entry, subject_of
from village_open.finance.errors import LineNotFound, LinesUnmarked, OneHandOnly, WrongStage
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.queries.periods import list_ledger_lines
from village_open.record.actions import Doer, record_deed
from village_open.reviews.actions import open_review, recuse, sign
from village_open.reviews.models import Review
from village_open.reviews.queries import find_review, get_summary
from village_open.reviews.rules import Decision, Outcome
from village_open.reviews.telling import recusal_facts, recusal_said
from village_open.villages.models import RoleKind
from village_open.villages.queries import get_profile


def review_to_sign(period: FinancePeriod, group_kind: str) -> Review:
    """Return the group's review of what is submitted; members may still sign after the majority, until it is issued.

    Raises:
        WrongStage: it is not before the group yet, went back to the clerk, or is issued.
    """
    hold_lock(f"finance_period:{period.id}")
    stage = next(stage for stage, kind in GROUP_AT_STAGE.items() if kind == group_kind)
    if not stage.rank <= period.stage.rank < PeriodState.ISSUED.rank:
        raise WrongStage("签署", period.stage.label)
    review = find_review(subject_of(period), group_kind, period.round)
    if review is None:
        raise WrongStage("签署", period.stage.label)
    return review


def recuse_member(
    *,
    by: Doer,
    period: FinancePeriod,
    group_kind: str,
    reason: str,
    line_id: int | None = None,
    replaced_by: Doer | None = None,
    member: Doer | None = None,
) -> None:
    """Step aside for one line or for the whole; the quorum is computed without the member.

    `member` is given where another member writes it down for one who is barred.

    Raises:
        WrongStage: the group is not at work now.
        LineNotFound: the line is not in this period.
        NotForThisHand, LeaderNotReplaced, NobodyLeft, AsideAlready, SignedAlready: what the reviews room forbids.
    """
    review = open_review_of(period, group_kind, "回避")
    member = member or by
    what = _named(period, line_id)
    recusal = recuse(
        review=review, member=member, by=by, item_key=str(line_id or ""), reason=reason, replaced_by=replaced_by,
        barred=hands_of(period),
    )  # fmt: skip
    record_deed(
        chain=period.village.code, kind="finance.recuse_member", by=by, said=recusal_said(recusal, by, what),
        after={"line": line_id, **recusal_facts(recusal)},
    )  # fmt: skip
    settle_signatures(by=by, period=period, group_kind=group_kind)


def sign_period(
    *,
    by: Doer,
    period: FinancePeriod,
    group_kind: str,
    decision: Decision,
    note: str = "",
    content_sha256: str | None = None,
) -> None:
    """Sign for a group through one's own account; `content_sha256` is that of the page the signer saw.

    Raises:
        WrongStage: the group is not at work now.
        OneHandOnly: the signer entered or edited lines of this period.
        LinesUnmarked: the finance-review group has not looked at every line.
        ContentChanged, ReasonNeeded, NotAMember, OfficeBarred, AsideAlready, SignedAlready: as the reviews room says.
    """
    review = review_to_sign(period, group_kind)
    hands = hands_of(period)
    if by.id in hands:
        raise OneHandOnly
    require_all_marked(period, review)
    note = note.strip()
    sign(
        review=review, member=by, decision=decision, what=f"{period.period.label}收支", note=note, barred=hands,
        content_sha256=content_sha256,
    )  # fmt: skip
    told = f"，意见：{note}" if note else ""
    record_deed(
        chain=period.village.code, kind="finance.sign_period", by=by,
        said=f"以{RoleKind(group_kind).label}成员身份签署{period.period.label}收支：{decision.label}{told}",
        after={"group": group_kind, "decision": decision.value, "note": note, "content_sha256": review.content_sha256},
    )  # fmt: skip
    settle_signatures(by=by, period=period, group_kind=group_kind)


def require_all_marked(period: FinancePeriod, review: Review) -> None:
    """Hold that the finance-review group has looked at every line before anybody signs.

    Raises:
        LinesUnmarked: with how many are left.
    """
    if review.group_kind != RoleKind.FINANCE_REVIEW:
        return
    keys = [str(line.id) for line in list_ledger_lines(period)]
    if left := get_summary(review, item_keys=keys).unmarked:
        raise LinesUnmarked(len(left))


def settle_signatures(*, by: Doer, period: FinancePeriod, group_kind: str) -> None:
    """Move the period on when the group has signed, or back when it has refused; later signatures move nothing."""
    if GROUP_AT_STAGE.get(period.stage) != group_kind:
        return
    summary = get_summary(open_review_of(period, group_kind, "签署"))
    label = RoleKind(group_kind).label
    if summary.outcome is Outcome.REFUSED:
        back_to_entry(period, by=by, reason=f"{label}不同意：{summary.refusal_reason}")
        said = f"{label}多数不同意，{period.period.label}收支退回村里"
    elif summary.outcome is Outcome.SIGNED:
        said = _move_on(period, group_kind)
    else:
        return
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.settle_signatures", by=by, said=f"{said}（{summary.quorum.words}）",
        after={"state": period.state},
    )  # fmt: skip


def _move_on(period: FinancePeriod, group_kind: str) -> str:
    label = RoleKind(group_kind).label
    if group_kind == RoleKind.FINANCE_REVIEW:
        period.state = PeriodState.REVIEWED.value
        open_review(
            village_id=period.village_id, subject=subject_of(period), content_sha256=period.content_sha256,
            group_kind=RoleKind.SUPERVISION.value, round=period.round,
        )  # fmt: skip
        return f"{label}签署完成，{period.period.label}收支转村务监督小组审查"
    period.state = PeriodState.EXAMINED.value
    body = get_profile(period.village.township, period.period).confirming_body
    return f"{label}签署完成，{period.period.label}收支等{body}讨论确定"


def _named(period: FinancePeriod, line_id: int | None) -> str:
    if line_id is None:
        return f"{period.period.label}收支"
    line = next((line for line in list_ledger_lines(period) if line.id == line_id), None)
    if line is None:
        raise LineNotFound
    return f"“{line.summary}”"
