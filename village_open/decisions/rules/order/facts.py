"""What order and dates are checked by, and what a breach is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from village_open.core.calendars import DayRule, term_last_day
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import DECIDE

RESOLUTION, RESULT = "resolution", "result"
LOCAL_PRACTICE = "四议两公开资料审查的通行做法（地方）"
TENDER_BASIS = "招标投标和村级工程资料审查的通行做法（地方）"
RECORD_BASIS = "农村集体经济组织法第33条；村民委员会组织法（2025年修订）第39条：会议记录应当真实、完整并存档"
_WORDS = {
    "budget": "预算", "tender_notice": "招标公告", "registration": "报名", "bid": "竞价", "award_notice": "中标公示",
    "county_review": "上级复审或批准", "contract": "合同", "progress": "施工", "acceptance": "验收", "payment": "付款",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One breach: what happened, and what it rests on; `is_law` only where an article was read."""

    kind: str
    message: str
    basis: str
    is_law: bool = False


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that was held and counts."""

    step_key: str
    body: Body
    held_on: date
    has_passed: bool
    text_version: int
    noticed_on: date | None = None
    is_urgent: bool = False
    notice_days: int = 0
    notice_basis: str = ""
    may_be_urgent: bool = False
    is_law: bool = False
    """Whether the body meets by an article that was read, not by local custom."""
    paper_kinds: frozenset[str] = frozenset()
    """What of `minutes` and `attendance` is there."""
    basis: str = ""
    gaps: str = ""
    """The sentence that names what the paper does not say of the vote; empty: nothing is missing."""


@dataclass(frozen=True)
class Hung:
    """A sheet of the matter on a board; `to_on` is None while it hangs."""

    kind: str
    """RESOLUTION, RESULT or another announcement."""
    label: str
    from_on: date
    to_on: date | None
    needed_days: int
    day_rule: DayRule
    basis: str
    is_law: bool
    meeting_on: date | None = None
    """Of a resolution: the day of the meeting that it tells of; None: of the one that passed."""

    @property
    def until(self) -> date:
        """The last day of its term, or the day on which it was taken down before."""
        last = term_last_day(self.from_on, self.needed_days, self.day_rule)
        return min(last, self.to_on) if self.to_on is not None else last

    @property
    def span(self) -> str:
        """Its term in words."""
        return f"{day_words(self.from_on)}至{day_words(self.until)}"


@dataclass(frozen=True)
class Happened:
    """An event of the tender or of carrying out, or a payment."""

    kind: str
    on: date
    until: date | None = None
    party: str = ""
    amount_fen: int = 0

    @property
    def told(self) -> str:
        """What it was, with its day: `合同（2026年9月26日）`."""
        return f"{self.word}（{day_words(self.on)}）"

    @property
    def word(self) -> str:
        """What it was."""
        return _WORDS[self.kind]


@dataclass(frozen=True)
class Paid(Happened):
    """A payment with its place in the ledger: the period and the line."""

    period_code: str = ""
    line_id: int = 0


@dataclass(frozen=True)
class Chronicle:
    """Everything that order and dates are checked by."""

    today: date
    meetings: Sequence[HeldMeeting] = ()
    hung: Sequence[Hung] = ()
    events: Sequence[Happened] = ()
    payments: Sequence[Happened] = ()
    amount_fen: int | None = None
    needs_tender: bool = False
    steps: Sequence[str] = field(default_factory=tuple)
    """The keys of the meeting steps in their order."""
    approval_needed: str = ""
    """What a higher office must do after the vote, or nothing."""

    @property
    def decided(self) -> HeldMeeting | None:
        """The meeting that decided."""
        return next((row for row in self.meetings if row.step_key == DECIDE and row.has_passed), None)

    @property
    def resolutions(self) -> Sequence[Hung]:
        """The sheets that tell of the meeting that decided, the first first; a failed vote's sheet binds nobody."""
        decided = self.decided
        told = [row for row in self.hung if row.kind == RESOLUTION and decided is not None]
        return sorted(
            (row for row in told if row.meeting_on is None or (decided and row.meeting_on == decided.held_on)),
            key=lambda row: row.from_on,
        )

    def all_of(self, *kinds: str) -> Sequence[Happened]:
        """Return the events of some kinds by day."""
        return sorted((row for row in self.events if row.kind in kinds), key=lambda row: row.on)


def first(events: Iterable[Happened], kind: str) -> Happened | None:
    """Return the first event of a kind."""
    return min((row for row in events if row.kind == kind), key=lambda row: row.on, default=None)


def last(events: Iterable[Happened], kind: str) -> Happened | None:
    """Return the last event of a kind."""
    return max((row for row in events if row.kind == kind), key=lambda row: row.on, default=None)


def day_words(day: date) -> str:
    """Write a day: `2026年9月1日`."""
    return f"{day.year}年{day.month}月{day.day}日"
