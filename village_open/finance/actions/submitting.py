"""Submitting a period and taking it back."""

from village_open.core import clock
from village_open.core.canonical import Plain, canonical_bytes, sha256_hex
from village_open.core.errors import InputError, RuleForbids
from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.db import db, hold_lock
from village_open.finance.actions.carrying import bring_opening, carry_forward
from village_open.finance.actions.correcting import settle_corrections
from village_open.finance.errors import DecisionMissing, PeriodChanged, PreviousNotPublished, WrongStage
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.queries.payments import check_payments
from village_open.finance.queries.periods import find_preceding_period, get_statement
from village_open.finance.rules import require_balance, require_items
from village_open.finance.statements import LedgerLine, Statement, StatementLine
from village_open.record.actions import Doer, record_deed
from village_open.reviews.actions import open_review, withdraw_review
from village_open.reviews.queries import find_review, get_summary
from village_open.villages.models import RoleKind


class ReasonMissing(InputError):
    """A deed that needs a reason came without one."""

    def __init__(self) -> None:
        super().__init__("请写明理由，理由会记入记录。", field="reason")


class PeriodNotOver(RuleForbids):
    """What the books end with cannot be known before their last day."""

    def __init__(self, period: Period) -> None:
        last = period.last_on
        super().__init__(
            f"{period.label}到 {last.year}年{last.month}月{last.day}日才结束，那天数过现金、对过银行账以后再提交。"
        )


class AlreadyMarked(RuleForbids):
    """The group has begun to mark; what it looks at must not change under its hands."""

    def __init__(self) -> None:
        super().__init__("理财小组已经开始审核，不能自行撤回。需要更正时，请小组或镇公开办退回。")


def subject_of(period: FinancePeriod) -> str:
    """Return the name under which the reviews room knows a period."""
    return period.review_subject


def submit_period(*, by: Doer, period: FinancePeriod, plain_reason: str = "") -> Statement:
    """Hand the period to the finance-review group.

    `plain_reason` is why something changed most against the period before, in the committee's words.

    Raises:
        WrongStage: it was submitted before.
        PeriodNotOver: its last day has not come.
        ItemsMissing: lines stand under no disclosure item.
        CountMissing: a money account's closing was not counted.
        QuarterUnbalanced: opening + income − expense differs from the counted closing (fen).
        DecisionMissing: a large payment has no decision that covers it, and no exception was made.
        PreviousNotPublished: the period before is not published and the township gave no reason.
    """
    hold_lock(f"finance_period:{period.id}")
    # Two periods that pay by one decision must not both find the same room.
    hold_lock(f"payments:{period.village.code}")
    db.session.refresh(period, ["state", "round", "version_id"])
    _require_over(period)
    settled = _require_previous(period)
    bring_opening(period)
    settle_corrections(by=by, period=period)
    statement = get_statement(period)
    require_items(statement.lines)
    require_balance(statement.accounts)
    if missing := check_payments(period, statement).missing:
        raise DecisionMissing(missing)
    period.state = PeriodState.SUBMITTED.value
    period.round += 1
    period.return_reason, period.plain_reason = "", plain_reason.strip()
    period.submitted_by_id, period.submitted_at = by.id, clock.now()
    period.content_sha256 = content_sha256(period, statement)
    db.session.flush()
    _open_review(period, RoleKind.FINANCE_REVIEW)
    record_deed(
        chain=period.village.code, kind="finance.submit_period", by=by, said=_said(period, statement),
        before={"state": "entry", **({"reason": settled} if settled else {})},
        after=_handed_in(period),
    )  # fmt: skip
    return statement


def _require_over(period: FinancePeriod) -> None:
    if period.stage is not PeriodState.ENTRY:
        raise WrongStage("提交", period.stage.label)
    if clock.today() < period.period.last_on:
        raise PeriodNotOver(period.period)


def _handed_in(period: FinancePeriod) -> dict[str, Plain]:
    names = ("state", "round", "content_sha256")
    return {**{name: getattr(period, name) for name in names}, **_reason_given(period)}


def _reason_given(period: FinancePeriod) -> dict[str, Plain]:
    """Name the reason only where one was given: a content without it reads as it always did."""
    return {"plain_reason": period.plain_reason} if period.plain_reason else {}


def _said(period: FinancePeriod, statement: Statement) -> str:
    return (
        f"提交了{period.period.label}收支，共 {len(statement.lines)} 笔，收入 {format_fen(statement.income_fen)} 元，"
        f"支出 {format_fen(statement.expense_fen)} 元，结存 {format_fen(statement.closing_fen)} 元"
    )


def _require_previous(period: FinancePeriod) -> str:
    """Return the reason for 暂计 that falls away because the period before is published by now, if there was one."""
    previous = find_preceding_period(period)
    if previous is None or previous.stage is PeriodState.ISSUED:
        # A paper that still said 暂计 would promise a correction that cannot come.
        settled, period.provisional_reason = period.provisional_reason, ""
        return settled
    if not period.provisional_reason:
        raise PreviousNotPublished(previous.period)
    return ""


def _open_review(period: FinancePeriod, kind: RoleKind) -> None:
    open_review(
        village_id=period.village_id,
        subject=subject_of(period),
        content_sha256=period.content_sha256,
        group_kind=kind.value,
        round=period.round,
    )


def take_back_period(*, by: Doer, period: FinancePeriod) -> None:
    """Take a submitted period back before the first mark.

    Raises:
        WrongStage: it is not waiting for the finance-review group.
        AlreadyMarked: a member has marked a line.
    """
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "round", "version_id"])
    if period.stage is not PeriodState.SUBMITTED:
        raise WrongStage("撤回", period.stage.label)
    review = find_review(subject_of(period), RoleKind.FINANCE_REVIEW.value, period.round)
    if review is not None:
        if get_summary(review).has_marks:
            raise AlreadyMarked
        withdraw_review(review=review)
    back_to_entry(period, by=by)
    record_deed(
        chain=period.village.code, kind="finance.take_back_period", by=by,
        said=f"撤回了{period.period.label}收支，继续修改", before={"state": "submitted"}, after={"state": "entry"},
    )  # fmt: skip


def back_to_entry(period: FinancePeriod, *, by: Doer, reason: str = "") -> None:
    """Put a period back into the clerk's hands; all data is kept, later checks begin anew."""
    period.state = PeriodState.ENTRY.value
    period.return_reason = reason
    period.confirmed_body, period.confirmed_on, period.confirmed_note = "", None, ""
    period.filed_by, period.filed_at = "", None
    period.privacy_checked_by, period.privacy_checked_at = "", None
    period.prints_objections = False
    db.session.flush()
    bring_opening(period)
    carry_forward(period)
    settle_corrections(by=by, period=period)


def allow_provisional(*, by: Doer, period: FinancePeriod, reason: str, version: int | None = None) -> None:
    """Let a period go on as 暂计 although the one before is not published (the township's deed).

    `version` is that of the period which the person looked at.

    Raises:
        ReasonMissing: without a reason.
        WrongStage: it was submitted before.
        PeriodChanged: somebody else gave a reason since.
    """
    if not reason.strip():
        raise ReasonMissing
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "provisional_reason", "version_id"])
    if period.stage is not PeriodState.ENTRY:
        raise WrongStage("改为暂计", period.stage.label)
    if version is not None and version != period.version_id:
        raise PeriodChanged
    before = period.provisional_reason
    period.provisional_reason = reason.strip()
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.allow_provisional", by=by,
        said=f"同意{period.period.label}先按暂计提交，理由：{period.provisional_reason}",
        before={"reason": before}, after={"reason": period.provisional_reason},
    )  # fmt: skip


def content_sha256(period: FinancePeriod, statement: Statement) -> str:
    """Return the hash of what is submitted: every line and balance; signatures belong to these bytes."""
    content: Plain = {
        "village": period.village.code,
        "period": period.code,
        "accounts": [
            {"name": row.name, "opening_fen": row.opening_fen, "closing_fen": row.closing_fen}
            for row in statement.accounts
        ],
        "lines": [_line_content(row) for row in statement.lines],
        **_reason_given(period),
    }
    return sha256_hex(canonical_bytes(content))


def _line_content(row: StatementLine) -> Plain:
    line = row.line
    return {
        "on": line.on.isoformat(), "kind": line.kind, "voucher": line.voucher, "summary": line.summary,
        "amount_fen": line.amount_fen, "account": row.account, "to_account": row.to_account, "item": line.item,
        "code": line.code, "code_name": line.code_name, "payee": line.payee, "handler": line.handler,
        "witness": line.witness, "approver": line.approver, "note": line.note, "receipts": line.receipts,
        **_backing_content(line),
    }  # fmt: skip


def _backing_content(line: LedgerLine) -> dict[str, Plain]:
    """Name the decision and the exception only where there are: a line without them reads as it always did."""
    named = {"matter": line.matter, "exemption_kind": line.exemption_kind, "exemption": line.exemption}
    return {key: text for key, text in named.items() if text}
