"""Reading what the two groups have said of a period."""

from collections.abc import Callable
from dataclasses import dataclass

from village_open.core import clock
from village_open.db import PER_PAGE, Page
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.queries.periods import get_statement
from village_open.finance.statements import Statement, StatementLine
from village_open.reviews.errors import ReviewNotFound
from village_open.reviews.models import Review
from village_open.reviews.queries import find_review, get_summary, list_earlier_marks, list_group
from village_open.reviews.rules import Mark, Verdict
from village_open.reviews.summary import ItemSummary, ReviewSummary
from village_open.villages.models import RoleKind
from village_open.villages.queries import list_members
from village_open.villages.rules import GROUP_WORDS


@dataclass(frozen=True)
class ReviewedLine:
    """One line with everything that was said of it, also in earlier rounds (round number and mark)."""

    row: StatementLine
    item: ItemSummary
    earlier: tuple[tuple[int, Mark], ...] = ()

    @property
    def key(self) -> str:
        """The name under which the reviews room knows the line."""
        return self.item.key


@dataclass(frozen=True)
class ReviewSheet:
    """A period as the finance-review group looks at it; `summary` is None before it was submitted."""

    statement: Statement
    summary: ReviewSummary | None
    lines: tuple[ReviewedLine, ...]

    def count(self, which: str) -> int:
        """Count the lines of one kind: a key of FILTERS."""
        return sum(1 for line in self.lines if FILTERS[which](line))

    def page(self, which: str, number: int) -> Page[ReviewedLine]:
        """Return one page of the lines of one kind."""
        chosen = [line for line in self.lines if FILTERS.get(which, FILTERS["all"])(line)]
        number = min(max(1, number), max(1, -(-len(chosen) // PER_PAGE)))
        return Page(chosen[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(chosen))


FILTERS: dict[str, Callable[[ReviewedLine], bool]] = {
    "all": lambda _line: True,
    "unmarked": lambda line: line.item.verdict is None,
    "queried": lambda line: line.item.verdict is Verdict.QUERIED,
    "rejected": lambda line: line.item.verdict is Verdict.REJECTED,
    "objected": lambda line: line.item.verdict in (Verdict.QUERIED, Verdict.REJECTED),
}
"""Which lines a reviewer wants to see."""


def find_group_review(period: FinancePeriod, group_kind: str) -> Review | None:
    """Return a group's review of what is submitted now, or None."""
    return find_review(period.review_subject, group_kind, period.round)


def get_group_review(period: FinancePeriod, group_kind: str) -> Review:
    """Return a group's review of what is submitted now.

    Raises:
        ReviewNotFound: it has not come before the group yet.
    """
    found = find_group_review(period, group_kind)
    if found is None:
        raise ReviewNotFound
    return found


def find_group_summary(period: FinancePeriod, group_kind: str) -> ReviewSummary | None:
    """Return what a group has said of what is submitted now, or None."""
    review = find_group_review(period, group_kind)
    return get_summary(review) if review else None


def list_in_both_groups(period: FinancePeriod) -> frozenset[int]:
    """List who sits in both groups, by person: of a review the members who count, before it comes those of today."""
    return frozenset.intersection(*(_seated(period, kind) for kind in GROUP_WORDS))


def _seated(period: FinancePeriod, group_kind: str) -> frozenset[int]:
    review = find_group_review(period, group_kind)
    if review is not None:
        return frozenset(member.id for member in list_group(review))
    return frozenset(member.person_id for member in list_members(period.village.code, group_kind, clock.today()))


def may_be_taken_back(period: FinancePeriod) -> bool:
    """Tell whether a period waits for the finance-review group and nobody has marked anything yet."""
    if period.stage is not PeriodState.SUBMITTED:
        return False
    summary = find_group_summary(period, RoleKind.FINANCE_REVIEW)
    return summary is None or not summary.has_marks


def get_review_sheet(period: FinancePeriod) -> ReviewSheet:
    """Return every line with what was said of it."""
    statement = get_statement(period)
    review = find_group_review(period, RoleKind.FINANCE_REVIEW)
    keys = [str(row.line.id) for row in statement.lines]
    summary = get_summary(review, item_keys=keys) if review else None
    earlier = list_earlier_marks(period.review_subject, period.round)
    items = {item.key: item for item in summary.items} if summary else {}
    lines = tuple(
        ReviewedLine(row, items.get(key, ItemSummary(key)), tuple(earlier.get(key, ())))
        for key, row in zip(keys, statement.lines, strict=True)
    )
    return ReviewSheet(statement, summary, lines)
