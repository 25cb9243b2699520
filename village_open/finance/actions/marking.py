"""Marking many lines at once, as the evening of the finance-review group does."""

from collections.abc import Sequence

from village_open.core.canonical import Plain
from village_open.finance.actions.reviewing import hands_of, open_review_of
from village_open.finance.errors import LineNotFound, OneHandOnly, SubmissionChanged
from village_open.finance.models import FinancePeriod
from village_open.finance.queries.periods import list_ledger_lines
from village_open.finance.statements import LedgerLine
from village_open.record.actions import Doer, record_deed
from village_open.reviews.actions import mark_items, pass_items
from village_open.reviews.models import Review
from village_open.reviews.rules import NewMark, Verdict
from village_open.villages.models import RoleKind


def mark_lines(*, by: Doer, period: FinancePeriod, marks: Sequence[NewMark], content_sha256: str = "") -> None:
    """Mark lines as a member of the finance-review group: all of them, or none.

    Raises:
        SubmissionChanged: the lines were submitted anew after the page was opened.
        WrongStage: the group is not at work now.
        OneHandOnly: the member entered or edited lines of this period.
        LineNotFound: a line is not in this period.
        ReasonNeeded, QueryUnanswered, AsideAlready: what the reviews room forbids.
    """
    review = _review(by, period, content_sha256)
    lines = {str(line.id): line for line in list_ledger_lines(period)}
    if not {mark.item_key for mark in marks} <= lines.keys():
        raise LineNotFound
    mark_items(review=review, by=by, marks=marks, barred=hands_of(period))
    after: Plain = [{"line": mark.item_key, "verdict": mark.verdict.value, "reason": mark.reason} for mark in marks]
    record_deed(
        chain=period.village.code, kind="finance.mark_lines", by=by, said=_said(marks, lines), after={"marks": after}
    )


def pass_rest(*, by: Doer, period: FinancePeriod, content_sha256: str = "") -> int:
    """Mark as passed every line that nobody has marked (其余全部通过); returns how many.

    Raises:
        SubmissionChanged, WrongStage, OneHandOnly: as `mark_lines`.
    """
    review = _review(by, period, content_sha256)
    keys = [str(line.id) for line in list_ledger_lines(period)]
    passed = pass_items(review=review, by=by, item_keys=keys, barred=hands_of(period))
    if passed:
        record_deed(
            chain=period.village.code, kind="finance.pass_rest", by=by,
            said=f"对{period.period.label}其余 {len(passed)} 笔的意见：通过", after={"lines": list(passed)},
        )  # fmt: skip
    return len(passed)


def _review(by: Doer, period: FinancePeriod, content_sha256: str) -> Review:
    review = open_review_of(period, RoleKind.FINANCE_REVIEW, "审核")
    if content_sha256 and content_sha256 != review.content_sha256:
        raise SubmissionChanged
    if by.id in hands_of(period):
        raise OneHandOnly
    return review


def _said(marks: Sequence[NewMark], lines: dict[str, LedgerLine]) -> str:
    passed = sum(mark.verdict is Verdict.PASSED for mark in marks)
    told = [f"{passed} 笔通过"] if passed else []
    told += [
        f"“{lines[mark.item_key].summary}”{mark.verdict.label}（{mark.reason.strip()}）"
        for mark in marks
        if mark.verdict is not Verdict.PASSED
    ]
    return f"审核了 {len(marks)} 笔：{'；'.join(told)}"
