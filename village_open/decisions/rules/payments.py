"""Does a decision stand behind every large payment: passed, by an assembly, and with room for what is paid?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from village_open.core.money import format_fen
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.order.facts import day_words

PAYING_BODIES = (
    Body.VILLAGER_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY, Body.GROUP_ASSEMBLY, Body.MEMBER_ASSEMBLY,
    Body.MEMBER_REPRESENTATIVES,
)  # fmt: skip
"""Who may decide to spend much: 村民委员会组织法 (2025) articles 28, 29 and 32, 农村集体经济组织法 articles 26 and 28.

Which of them a matter needs was asked when they met (`matters.require_body_may_decide`).
"""
_PARTS_TOLD = 8


class Exemption(StrEnum):
    """What makes a large payment go without a decision; a reason in words stands beside it."""

    DISASTER = "disaster"
    REPAIR = "repair"
    EARMARKED = "earmarked"
    STATUTORY = "statutory"
    UNRELATED = "unrelated"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "disaster": "抢险救灾", "repair": "紧急抢修", "earmarked": "上级指定用途的专款",
            "statutory": "依法必须支付", "unrelated": "与同一收款人的其他付款不是一件事", "other": "其他情况",
        }[self.value]  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """One payment; `number` is that on the sheet, or 0 of a payment of an earlier period."""

    key: int
    number: int
    on: date
    payee: str
    amount_fen: int
    """Negative where an earlier payment is taken back."""
    matter_id: int | None = None
    exemption: Exemption | None = None


@dataclass(frozen=True)
class Allowed:
    """What a matter allows to be paid, and what other periods have paid of it."""

    reference: str
    title: str
    body: Body | None = None
    """Who passed it; None: nobody yet."""
    passed_on: date | None = None
    decided_fen: int | None = None
    """Of the text that was voted on; None: it names no amount."""
    paid_fen: int = 0
    is_withdrawn: bool = False

    @property
    def name(self) -> str:
        """The matter as it is called: `事项 2026-1“修缮三组道路”`."""
        return f"事项 {self.reference}“{self.title}”"

    @property
    def told(self) -> str:
        """The matter with its vote: `事项 2026-1“修缮三组道路”，村民代表会议2026年9月10日通过`."""
        return (
            f"{self.name}，{self.body.label}{day_words(self.passed_on)}通过"
            if self.body and self.passed_on
            else self.name
        )

    @property
    def left_fen(self) -> int:
        """What may still be paid."""
        return (self.decided_fen or 0) - self.paid_fen

    @property
    def arithmetic(self) -> str:
        """Decided, paid, left: `决议 8,000.00 元，已付 3,000.00 元，还可以付 5,000.00 元`."""
        left = f"还可以付 {format_fen(self.left_fen)} 元" if self.left_fen > 0 else "已经付完"
        return f"决议 {format_fen(self.decided_fen or 0)} 元，已付 {format_fen(self.paid_fen)} 元，{left}"

    @property
    def why_not(self) -> str:
        """Why nothing at all may be paid by it; empty: there is a decision with an amount."""
        if self.is_withdrawn:
            return "已经终止"
        if self.body is None:
            return "还没有表决通过"
        if self.body not in PAYING_BODIES:
            return f"是{self.body.label}的结果，不是村民会议、村民代表会议或者成员大会、成员代表大会的决议"
        return "" if self.decided_fen else "没有写金额，算不出还可以付多少"

    def covers(self, amount_fen: int) -> bool:
        """Tell whether so much may be paid by it."""
        return not self.why_not and amount_fen <= self.left_fen


@dataclass(frozen=True)
class Measure:
    """What is large, and within how many days the parts paid to one payee are added up."""

    large_payment_fen: int
    days: int


@dataclass(frozen=True)
class Group:
    """What reaches the large payment: one payment, or parts to one payee added up."""

    parts: tuple[Payment, ...]

    @property
    def total_fen(self) -> int:
        """What the parts come to."""
        return sum(part.amount_fen for part in self.parts)


@dataclass(frozen=True)
class Missing:
    """What one payment lacks, in a sentence with its arithmetic."""

    key: int
    number: int
    sentence: str


def find_missing(
    payments: Sequence[Payment], *, earlier: Iterable[Payment], matters: Mapping[int, Allowed], measure: Measure
) -> tuple[Missing, ...]:
    """Return what the large payments of a period lack, in the order of the sheet.

    Args:
        payments: the period's payments in the order of the sheet.
        earlier: what was paid in the days before the period.
        matters: what each matter that a payment names allows, by id.
        measure: of the township's profile.
    """
    large = find_large([*earlier, *payments], measure)
    paid: defaultdict[int, int] = defaultdict(int)
    found = []
    for payment in payments:
        allowed = _so_far(payment, matters, paid)
        if payment.matter_id is not None:
            paid[payment.matter_id] += payment.amount_fen
        if payment.key in large and not _is_exempt(payment, measure):
            head = _why_large(payment, large[payment.key], measure)
            found += [Missing(payment.key, payment.number, f"{head}，{rest}。") for rest in _lacking(payment, allowed)]
    return tuple(found)


def find_large(payments: Iterable[Payment], measure: Measure) -> dict[int, Group]:
    """Return which payments need a decision, each with what it is added up with, by key.

    Parts are payments that stay under the large payment by themselves; those to one payee are added up over so many
    days, whether or not a decision is named behind one of them. What is large by itself is no part of anything.
    """
    rows = list(payments)
    found = {row.key: Group((row,)) for row in rows if row.amount_fen >= measure.large_payment_fen}
    by_payee: defaultdict[str, list[Payment]] = defaultdict(list)
    for row in rows:
        if row.key not in found and row.payee and row.exemption is not Exemption.UNRELATED:
            by_payee[payee_key(row.payee)].append(row)
    for parts in by_payee.values():
        for group in _windows(sorted(parts, key=lambda part: (part.on, part.key)), measure.days):
            if group.total_fen >= measure.large_payment_fen:
                _keep_largest(found, group)
    return found


def payee_key(payee: str) -> str:
    """Return a payee's name without blanks: the same people are the same however they were typed."""
    return "".join(payee.split())


def _windows(parts: Sequence[Payment], days: int) -> Iterable[Group]:
    """Yield the parts of every span of so many days; the first day is not counted (民法典 article 201)."""
    span = timedelta(days)
    starts = {part.on for part in parts} | {part.on - span for part in parts}
    for start in sorted(starts):
        yield Group(tuple(part for part in parts if start <= part.on <= start + span))


def _keep_largest(found: dict[int, Group], group: Group) -> None:
    for part in group.parts:
        known = found.get(part.key)
        if part.amount_fen > 0 and (known is None or known.total_fen < group.total_fen):
            found[part.key] = group


def _is_exempt(payment: Payment, measure: Measure) -> bool:
    """Tell whether an exception holds; that it is no part of something else helps no payment that is large itself."""
    if payment.exemption is Exemption.UNRELATED:
        return payment.amount_fen < measure.large_payment_fen
    return payment.exemption is not None


def _so_far(payment: Payment, matters: Mapping[int, Allowed], paid: Mapping[int, int]) -> Allowed | None:
    """Return what the payment's matter allows once the payments before it on the sheet are counted."""
    found = matters.get(payment.matter_id) if payment.matter_id is not None else None
    if found is None or payment.matter_id is None:
        return None
    return replace(found, paid_fen=found.paid_fen + paid.get(payment.matter_id, 0))


def _lacking(payment: Payment, allowed: Allowed | None) -> Iterator[str]:
    """Yield what the payment lacks, if it lacks anything."""
    if allowed is None:
        instead = f"“{payment.exemption.label}”不能代替决议，" if payment.exemption else ""
        yield f"{instead}第 {payment.number} 笔还没有选依据的决议"
    elif allowed.why_not:
        yield f"第 {payment.number} 笔所选的{allowed.name}{allowed.why_not}"
    elif not allowed.covers(payment.amount_fen):
        over = format_fen(payment.amount_fen - max(allowed.left_fen, 0))
        told = f"{allowed.arithmetic}，这一笔 {format_fen(payment.amount_fen)} 元超出 {over} 元"
        yield f"第 {payment.number} 笔所选的{allowed.name}不够付：{told}"


def _why_large(payment: Payment, group: Group, measure: Measure) -> str:
    reached = f"达到大额支出起点 {format_fen(measure.large_payment_fen)} 元"
    if group.parts == (payment,):
        return f"{format_fen(payment.amount_fen)} 元{reached}"
    told = "、".join(_told(part) for part in group.parts[:_PARTS_TOLD])
    told += f"等 {len(group.parts)} 笔" if len(group.parts) > _PARTS_TOLD else ""
    total = format_fen(group.total_fen)
    return f"{told}，{measure.days} 日内付给同一收款人{payment.payee}，合计 {total} 元，{reached}"


def _told(part: Payment) -> str:
    which = f"第 {part.number} 笔" if part.number else f"{day_words(part.on)}"
    return f"{which} {format_fen(part.amount_fen)} 元"
