"""Order and dates of a matter: what came too early, too late or not at all; each breach with its basis.

The checks are those that software for village project papers runs (决议公示 not before the meeting, the result from the
day after acceptance, no contract while the resolution hangs), and the law's days of notice and posting.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from village_open.core.calendars import DayRule, days_served
from village_open.core.money import format_fen
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import DECIDE

RESOLUTION, RESULT = "resolution", "result"
LOCAL_PRACTICE = "四议两公开资料审查的通行做法（地方）"
TENDER_BASIS = "招标投标和村级工程资料审查的通行做法（地方）"
RECORD_BASIS = "农村集体经济组织法第33条；村民委员会组织法（2025年修订）第39条：会议记录应当真实、完整并存档"


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
    paper_kinds: frozenset[str] = frozenset()
    """What of `minutes` and `attendance` is there."""


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


@dataclass(frozen=True)
class Happened:
    """An event of the tender or of carrying out, or a payment."""

    kind: str
    on: date
    until: date | None = None
    party: str = ""
    amount_fen: int = 0


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


def findings_of(chronicle: Chronicle) -> tuple[Finding, ...]:
    """Return every breach of order and dates, in the order of the procedure."""
    return (
        *_notices(chronicle.meetings),
        *_sequence(chronicle),
        *_versions(chronicle.meetings),
        *_papers(chronicle.meetings),
        *_postings(chronicle),
        *_tender(chronicle),
        *_carrying_out(chronicle),
        *_money(chronicle),
    )


def _notices(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    for row in meetings:
        if not row.notice_days or (row.is_urgent and row.may_be_urgent):
            continue
        if row.noticed_on is None:
            told = f"{_day(row.held_on)}{row.body.label}没有登记哪天通知，应当提前 {row.notice_days} 日"
            yield Finding("notice_unknown", told, row.notice_basis, row.is_law)
        elif (before := (row.held_on - row.noticed_on).days) < row.notice_days:
            told = f"{_day(row.held_on)}{row.body.label}只提前 {before} 日通知，应当提前 {row.notice_days} 日"
            yield Finding("notice_short", told, row.notice_basis, row.is_law)


def _sequence(chronicle: Chronicle) -> Iterator[Finding]:
    passed = {row.step_key: row for row in chronicle.meetings if row.has_passed}
    due = [key for key in chronicle.steps if key in passed]
    for earlier, later in itertools.pairwise(due):
        first, second = passed[earlier], passed[later]
        if second.held_on < first.held_on:
            told = (
                f"{second.body.label}（{_day(second.held_on)}）早于"
                f"{first.body.label}（{_day(first.held_on)}），次序颠倒"
            )
            yield Finding("steps_reversed", told, LOCAL_PRACTICE)


def _versions(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    passed = [row for row in meetings if row.has_passed]
    decided = next((row for row in passed if row.step_key == DECIDE), None)
    for row in passed:
        if decided is not None and row.text_version != decided.text_version:
            told = (
                f"{row.body.label}讨论的是第 {row.text_version} 稿，"
                f"{decided.body.label}表决的是第 {decided.text_version} 稿，不是同一份方案"
            )
            yield Finding("versions_differ", told, LOCAL_PRACTICE)


def _papers(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    words = {"minutes": "会议记录", "attendance": "签到表或会场照片"}
    for row in meetings:
        missing = [word for kind, word in words.items() if kind not in row.paper_kinds]
        if missing:
            told = f"{_day(row.held_on)}{row.body.label}缺{'、'.join(missing)}"
            yield Finding("papers_missing", told, RECORD_BASIS, is_law=True)


def _postings(chronicle: Chronicle) -> Iterator[Finding]:
    decided = _decided(chronicle)
    accepted = _last(chronicle.events, "acceptance")
    for row in chronicle.hung:
        if row.kind == RESOLUTION and decided is not None and row.from_on < decided.held_on:
            told = f"{row.label}{_day(row.from_on)}张贴，早于{decided.body.label}（{_day(decided.held_on)}）"
            yield Finding("posted_before_vote", told, LOCAL_PRACTICE)
        if row.kind == RESULT and accepted is not None and row.from_on <= accepted.on:
            told = f"{row.label}{_day(row.from_on)}张贴，应当从验收（{_day(accepted.on)}）的第二天起"
            yield Finding("result_too_early", told, LOCAL_PRACTICE)
        yield from _short(row, chronicle.today)


def _short(row: Hung, today: date) -> Iterator[Finding]:
    if row.to_on is None:
        return
    served = days_served(row.from_on, row.to_on, row.day_rule)
    if served < row.needed_days and row.to_on <= today:
        told = (
            f"{row.label}自{_day(row.from_on)}至{_day(row.to_on)}只张贴 {served} 日，"
            f"不足 {row.needed_days} 日（{row.day_rule.label}）"
        )
        yield Finding("posted_too_short", told, row.basis, row.is_law)


def _tender(chronicle: Chronicle) -> Iterator[Finding]:
    order = ("budget", "tender_notice", "registration", "bid", "award_notice", "contract")
    first = {kind: _first(chronicle.events, kind) for kind in order}
    known = [row for kind in order if (row := first[kind]) is not None]
    for earlier, later in itertools.pairwise(known):
        if later.on < earlier.on:
            told = f"{_word(later.kind)}（{_day(later.on)}）早于{_word(earlier.kind)}（{_day(earlier.on)}），次序颠倒"
            yield Finding("tender_reversed", told, TENDER_BASIS)
    contract = first["contract"]
    if chronicle.needs_tender and contract is not None:
        missing = [_word(kind) for kind in order[:5] if first[kind] is None]
        if missing:
            yield Finding("tender_incomplete", f"签了合同，却没有登记{'、'.join(missing)}", TENDER_BASIS)


def _carrying_out(chronicle: Chronicle) -> Iterator[Finding]:
    contract, accepted = _first(chronicle.events, "contract"), _last(chronicle.events, "acceptance")
    decided = _decided(chronicle)
    if contract is not None and (decided is None or contract.on < decided.held_on):
        when = f"，早于{decided.body.label}（{_day(decided.held_on)}）" if decided else "，此时还没有表决通过"
        yield Finding("contract_before_vote", f"{_day(contract.on)}签了合同{when}", LOCAL_PRACTICE)
    if contract is not None and accepted is not None and accepted.on < contract.on:
        told = f"验收（{_day(accepted.on)}）早于合同（{_day(contract.on)}）"
        yield Finding("accepted_before_contract", told, LOCAL_PRACTICE)
    for row in chronicle.hung:
        if row.kind != RESOLUTION:
            continue
        for event in (*([contract] if contract else []), *chronicle.payments):
            if row.from_on <= event.on <= _hangs_until(row):
                told = f"{_word(event.kind)}（{_day(event.on)}）在{row.label}张贴期内（{_span(row)}），公示还没有结束"
                yield Finding("done_while_posted", told, LOCAL_PRACTICE)


def _money(chronicle: Chronicle) -> Iterator[Finding]:
    decided = _decided(chronicle)
    for row in chronicle.payments:
        if decided is None or row.on < decided.held_on:
            told = f"{_day(row.on)}付给{row.party or '对方'} {format_fen(row.amount_fen)} 元，此时还没有表决通过"
            yield Finding("paid_before_vote", told, LOCAL_PRACTICE)
    paid = sum(row.amount_fen for row in chronicle.payments)
    if chronicle.amount_fen is not None and paid > chronicle.amount_fen:
        told = f"已付 {format_fen(paid)} 元，超过决议的 {format_fen(chronicle.amount_fen)} 元"
        yield Finding("paid_over_decision", told, LOCAL_PRACTICE)
    contracted = sum(row.amount_fen for row in chronicle.events if row.kind == "contract")
    if contracted and paid > contracted:
        told = f"已付 {format_fen(paid)} 元，超过合同的 {format_fen(contracted)} 元"
        yield Finding("paid_over_contract", told, LOCAL_PRACTICE)


def _decided(chronicle: Chronicle) -> HeldMeeting | None:
    return next((row for row in chronicle.meetings if row.step_key == DECIDE and row.has_passed), None)


def _first(events: Iterable[Happened], kind: str) -> Happened | None:
    return min((row for row in events if row.kind == kind), key=lambda row: row.on, default=None)


def _last(events: Iterable[Happened], kind: str) -> Happened | None:
    return max((row for row in events if row.kind == kind), key=lambda row: row.on, default=None)


def _hangs_until(row: Hung) -> date:
    """Return the last day of the term, or the day on which it was taken down before."""
    last = row.from_on + timedelta(days=row.needed_days - (row.day_rule is DayRule.BOTH_ENDS))
    return min(last, row.to_on) if row.to_on is not None else last


def _span(row: Hung) -> str:
    return f"{_day(row.from_on)}至{_day(_hangs_until(row))}"


def _word(kind: str) -> str:
    return {
        "budget": "预算", "tender_notice": "招标公告", "registration": "报名", "bid": "竞价",
        "award_notice": "中标公示", "contract": "合同", "payment": "付款", "acceptance": "验收",
    }[kind]  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
