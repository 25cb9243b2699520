"""The finance-review group marks the lines, the clerk answers, and the village's meeting confirms."""

from datetime import date

from sqlalchemy import select

from village_open.core import clock
from village_open.core.errors import InputError
from village_open.core.money import format_fen
from village_open.db import db, hold_lock
from village_open.finance.actions.submitting import subject_of
from village_open.finance.errors import LineNotFound, OneHandOnly, WrongStage
from village_open.finance.models import FinancePeriod, Line, LineKind, PeriodState, Receipt
from village_open.record.actions import Doer, record_deed
from village_open.reviews.actions import answer_item, mark_item
from village_open.reviews.models import Review
from village_open.reviews.queries import find_review
from village_open.reviews.rules import Verdict
from village_open.villages.models import RoleKind

GROUP_AT_STAGE = {
    PeriodState.SUBMITTED: RoleKind.FINANCE_REVIEW,
    PeriodState.REVIEWED: RoleKind.SUPERVISION,
}
"""Which group looks at a period at which stage."""


class MeetingDayWrong(InputError):
    """The confirming meeting lies before the submission or in the future."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(
            f"会议日期请填 {earliest:%Y-%m-%d}（提交那天）到 {latest:%Y-%m-%d}（今天）之间的一天，两头都算。",
            field="on",
        )


def hands_of(period: FinancePeriod) -> frozenset[int]:
    """Return the ids of everybody who entered, edited or submitted; none of them may check."""
    # Who publishes, returns or takes back enters nothing: the program writes the corrections that follow from it.
    typed = (Line.period_id == period.id, Line.kind != LineKind.CORRECTION.value)
    lines = db.session.execute(select(Line.entered_by_id, Line.edited_by_id).where(*typed).distinct()).all()
    receipts = db.session.scalars(
        select(Receipt.added_by_id).join(Line, Line.id == Receipt.line_id).where(Line.period_id == period.id).distinct()
    ).all()
    hands = {person for row in lines for person in row} | set(receipts) | {period.submitted_by_id}
    return frozenset(person for person in hands if person is not None)


def open_review_of(period: FinancePeriod, group_kind: str, deed: str) -> Review:
    """Return the review that is running at this stage.

    Raises:
        WrongStage: the group is not at work now.
    """
    hold_lock(f"finance_period:{period.id}")
    if GROUP_AT_STAGE.get(period.stage) != group_kind:
        raise WrongStage(deed, period.stage.label)
    review = find_review(subject_of(period), group_kind, period.round)
    if review is None:
        raise WrongStage(deed, period.stage.label)
    return review


def mark_line(*, by: Doer, period: FinancePeriod, line_id: int, verdict: Verdict, reason: str = "") -> None:
    """Mark one line as a member of the finance-review group.

    Raises:
        WrongStage: the group is not at work now.
        OneHandOnly: the member entered or edited lines of this period.
        LineNotFound: it is not in this period.
    """
    review = open_review_of(period, RoleKind.FINANCE_REVIEW, "审核")
    if by.id in hands_of(period):
        raise OneHandOnly
    line = _line(period, line_id)
    mark_item(review=review, by=by, item_key=str(line_id), verdict=verdict, reason=reason)
    told = f"，{reason}" if reason else ""
    record_deed(
        chain=period.village.code, kind="finance.mark_line", by=by,
        said=f"对“{line.summary}”{format_fen(line.amount_fen)} 元的意见：{verdict.label}{told}",
        after={"line": line_id, "verdict": verdict.value, "reason": reason},
    )  # fmt: skip


def answer_query(*, by: Doer, period: FinancePeriod, line_id: int, text: str) -> None:
    """Answer a query as the clerk.

    Raises:
        WrongStage: the group is not at work now.
        LineNotFound: it is not in this period.
    """
    review = open_review_of(period, RoleKind.FINANCE_REVIEW, "答复")
    line = _line(period, line_id)
    answer_item(review=review, by=by, item_key=str(line_id), text=text)
    record_deed(
        chain=period.village.code, kind="finance.answer_query", by=by,
        said=f"答复了对“{line.summary}”的疑问：{text}", after={"line": line_id, "text": text},
    )  # fmt: skip


def confirm_period(*, by: Doer, period: FinancePeriod, body: str, on: date, note: str = "") -> None:
    """Write down that the profile's meeting confirmed the disclosure (regulations 2.6 step 3).

    Raises:
        WrongStage: the oversight group has not signed.
        MeetingDayWrong: the day lies before the submission or in the future.
    """
    from_day = period.submitted_at
    if period.stage is not PeriodState.EXAMINED or from_day is None:
        raise WrongStage("确定", period.stage.label)
    if not clock.china_day(from_day) <= on <= clock.today():
        raise MeetingDayWrong(clock.china_day(from_day), clock.today())
    period.state = PeriodState.CONFIRMED.value
    period.confirmed_body, period.confirmed_on, period.confirmed_note = body, on, note.strip()
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.confirm_period", by=by,
        said=f"记录：{body}于{on:%Y-%m-%d}讨论确定{period.period.label}收支公开",
        before={"state": "examined"}, after={"state": "confirmed", "body": body, "on": on.isoformat()},
    )  # fmt: skip


def _line(period: FinancePeriod, line_id: int) -> Line:
    line = db.session.get(Line, line_id)
    if line is None or line.period_id != period.id or line.is_removed:
        raise LineNotFound
    return line
