"""The township files, returns and checks a period; the notices room publishes it."""

from village_open.core import clock
from village_open.db import db, hold_lock
from village_open.finance.actions.carrying import carry_closings
from village_open.finance.actions.correcting import settle_corrections
from village_open.finance.actions.submitting import ReasonMissing, back_to_entry, subject_of
from village_open.finance.errors import AlreadyFiled, OpenQueries, PrivacyUnchecked, SubmissionChanged, WrongStage
from village_open.finance.models import Balance, FinancePeriod, PeriodState
from village_open.finance.queries.periods import get_statement
from village_open.record.actions import Doer, record_deed
from village_open.reviews.queries import find_review, get_summary
from village_open.villages.models import RoleKind


def return_period(*, by: Doer, period: FinancePeriod, reason: str) -> None:
    """Return a period to the village with a reason; nothing is lost, the checks begin anew.

    Raises:
        ReasonMissing: without a reason.
        WrongStage: it is with the clerk, or published.
    """
    if not reason.strip():
        raise ReasonMissing
    if period.stage in (PeriodState.ENTRY, PeriodState.ISSUED):
        raise WrongStage("退回", period.stage.label)
    before = period.state
    back_to_entry(period, by=by, reason=reason.strip())
    record_deed(
        chain=period.village.code, kind="finance.return_period", by=by,
        said=f"退回了{period.period.label}收支，理由：{reason.strip()}",
        before={"state": before}, after={"state": "entry", "reason": reason.strip()},
    )  # fmt: skip


def file_period(*, by: Doer, period: FinancePeriod, content_sha256: str | None = None) -> None:
    """File a confirmed or published period with the township (备案), once.

    `content_sha256` is that of what the page showed.

    Raises:
        WrongStage: it is not confirmed yet.
        AlreadyFiled: somebody filed it before.
        SubmissionChanged: it was returned and handed in anew after the page was opened.
    """
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "content_sha256", "filed_by", "version_id"])
    if period.stage.rank < PeriodState.CONFIRMED.rank:
        raise WrongStage("备案", period.stage.label)
    if period.filed_by:
        raise AlreadyFiled(period.filed_by)
    if content_sha256 is not None and content_sha256 != period.content_sha256:
        raise SubmissionChanged
    period.filed_by, period.filed_at = by.name, clock.now()
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.file_period", by=by, said=f"将{period.period.label}收支备案",
        after={"filed_by": by.name},
    )  # fmt: skip


def check_privacy(*, by: Doer, period: FinancePeriod, prints_objections: bool = False) -> None:
    """Sign that the sheet holds no secret and no personal data that may not be published (保密审查).

    Raises:
        WrongStage: it is not confirmed yet, or published already.
    """
    if period.stage is not PeriodState.CONFIRMED:
        raise WrongStage("做保密审查", period.stage.label)
    period.privacy_checked_by, period.privacy_checked_at = by.name, clock.now()
    period.prints_objections = prints_objections
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.check_privacy", by=by,
        said=f"完成了{period.period.label}收支的保密和个人信息审查"
        + ("，并同意带异议公开" if prints_objections else ""),
        after={"checked_by": by.name, "prints_objections": prints_objections},
    )  # fmt: skip


def require_publishable(period: FinancePeriod) -> None:
    """Hold the rules that stand between a confirmed period and its sheet.

    Raises:
        WrongStage: the meeting has not confirmed it.
        OpenQueries: queried lines are open and nobody decided to print the objections.
        PrivacyUnchecked: nobody signed the check for secrets and personal data.
    """
    hold_lock(f"finance_period:{period.id}")
    if period.stage is not PeriodState.CONFIRMED:
        raise WrongStage("签发", period.stage.label)
    review = find_review(subject_of(period), RoleKind.FINANCE_REVIEW.value, period.round)
    open_queries = get_summary(review).open_queries if review is not None else ()
    if open_queries and not period.prints_objections:
        raise OpenQueries(len(open_queries))
    if not period.privacy_checked_by:
        raise PrivacyUnchecked


def publish_period(*, by: Doer, period: FinancePeriod, number: str) -> None:
    """Mark a period as published and carry its closings into the next one; called when a disclosure is frozen.

    Raises:
        WrongStage, OpenQueries, PrivacyUnchecked: as `require_publishable`.
    """
    require_publishable(period)
    closings = {row.id: row.closing_fen for row in get_statement(period).accounts}
    for balance in db.session.query(Balance).filter_by(period_id=period.id):
        balance.closing_fen = closings[balance.money_account_id]
    period.state = PeriodState.ISSUED.value
    db.session.flush()
    carry_closings(from_period=period, closings=closings)
    record_deed(
        chain=period.village.code, kind="finance.publish_period", by=by,
        said=f"签发了{period.period.label}收支，编号 {number}",
        before={"state": "confirmed"}, after={"state": "issued", "number": number, "period": period.code},
    )  # fmt: skip
    settle_corrections(by=by, period=period)
