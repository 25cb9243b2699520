"""Are the payments of a period decided and approved: what they lack, and what reviewers may look at; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from village_open.core.money import format_fen
from village_open.decisions.rules.payments import (
    Allowed,
    Exemption,
    Measure,
    Missing,
    Payment,
    find_large,
    find_missing,
)
from village_open.finance.flags import Flag, FlagKind, numbers_told
from village_open.finance.statements import EXPENSE, StatementLine
from village_open.villages.approvals import Approver
from village_open.villages.models import RoleKind
from village_open.villages.profile import Profile

_SIGNS = {
    Approver.HEAD: (RoleKind.COMMITTEE_HEAD,),
    Approver.HEAD_AND_SECRETARY: (RoleKind.COMMITTEE_HEAD, RoleKind.PARTY_SECRETARY),
    Approver.COLLECTIVE_HEAD: (RoleKind.COLLECTIVE_HEAD,),
}
"""Whose name must stand in the column 审批人, by role."""
_BODY_WORDS = {
    Approver.COMMITTEE: "会议", Approver.TWO_COMMITTEES: "两委", Approver.BOARD: "理事会",
    Approver.FINANCE_REVIEW: "理财",
}  # fmt: skip
"""A word by which the column 审批人 shows that the body approved."""
_NAMES_TOLD = 4


@dataclass(frozen=True)
class PaymentCheck:
    """What stands behind the payments of a period."""

    missing: tuple[Missing, ...]
    """Large payments without a decision that covers them, and without an exception."""
    unapproved: tuple[StatementLine, ...]
    """Payments under the large one in whose column 审批人 nobody stands, though a tier asks for somebody."""
    unsigned: tuple[StatementLine, ...]
    """Large or decided payments in whose column 审批人 nobody stands."""
    approved: tuple[StatementLine, ...]
    """Payments under the large one that a tier approves and somebody did."""
    profile: Profile

    def sentence_of(self, line_id: int) -> str:
        """Return what one payment lacks, or nothing."""
        return next((one.sentence for one in self.missing if one.key == line_id), "")

    @property
    def blank(self) -> tuple[StatementLine, ...]:
        """Every payment in whose column 审批人 nobody stands though somebody ought to, in the order of the sheet."""
        return tuple(sorted((*self.unapproved, *self.unsigned), key=lambda row: row.number))

    @property
    def rules_of_unapproved(self) -> tuple[str, ...]:
        """Who would have to approve what nobody approved, each rule once."""
        words = (self.profile.approval_of(row.line.amount_fen).words for row in self.unapproved)
        return tuple(dict.fromkeys(words))


def payments_in(lines: Iterable[StatementLine]) -> list[Payment]:
    """Return the payments among the lines of a sheet, in its order."""
    return [
        Payment(
            row.line.id, row.number, row.line.on, row.line.payee, row.line.amount_fen, row.line.matter_id,
            exemption_of(row.line.exemption_kind),
        )
        for row in lines
        if row.line.kind == EXPENSE
    ]  # fmt: skip


def exemption_of(kind: str) -> Exemption | None:
    """Return what makes a payment an exception, by how it is kept; empty: nothing does."""
    return Exemption(kind) if kind else None


def check_lines(
    lines: Sequence[StatementLine], profile: Profile, *, earlier: Sequence[Payment], matters: Mapping[int, Allowed]
) -> PaymentCheck:
    """Check the payments among the lines of a sheet by a profile.

    Args:
        lines: in the order of the sheet.
        profile: what is large, and who approves what is not.
        earlier: what was paid in the days before the period.
        matters: what each matter that a line names allows, by id.
    """
    measure = Measure(profile.large_payment_fen, profile.split_window_days)
    payments = payments_in(lines)
    large = find_large([*earlier, *payments], measure)
    tiered = tuple(_tiered(lines, large, profile))
    return PaymentCheck(
        missing=find_missing(payments, earlier=earlier, matters=matters, measure=measure),
        unapproved=tuple(row for row in tiered if not row.line.approver),
        unsigned=tuple(row for row in lines if _is_decided(row, large) and not row.line.approver),
        approved=tuple(row for row in tiered if row.line.approver),
        profile=profile,
    )


def _is_decided(row: StatementLine, large: Collection[int]) -> bool:
    line = row.line
    return line.kind == EXPENSE and line.amount_fen > 0 and (line.matter_id is not None or line.id in large)


def _tiered(lines: Iterable[StatementLine], large: Collection[int], profile: Profile) -> Iterator[StatementLine]:
    """Yield the payments that one of the tiers approves: nothing large or decided, nothing taken back."""
    for row in lines:
        line = row.line
        if line.kind == EXPENSE and line.amount_fen > 0 and line.matter_id is None and line.id not in large:
            tier = profile.approval_of(line.amount_fen).tier
            if tier is not None and tier.approver is not Approver.NOBODY:
                yield row


def flags_of_payments(
    check: PaymentCheck, lines: Sequence[StatementLine], holders: Mapping[str, Collection[str]]
) -> tuple[Flag, ...]:
    """Return what reviewers may look at: missing decisions, exceptions, no approver or not the one of the tier.

    `holders` are the names of those who hold a role in the village, by kind.
    """
    return (
        *(Flag(FlagKind.UNDECIDED, one.sentence, (one.key,)) for one in check.missing),
        *_exceptions(lines),
        *_without_approver(check, lines),
        *_other_approvers(check, lines, holders),
    )


def _exceptions(lines: Iterable[StatementLine]) -> Iterator[Flag]:
    for row in lines:
        if row.line.kind == EXPENSE and row.line.exemption_kind:
            told = f"第 {row.number} 笔 {format_fen(row.line.amount_fen)} 元没有决议，按例外办理"
            yield Flag(FlagKind.EXEMPT, f"{told}，{row.line.exemption_words}。请看是否属实。", (row.line.id,))


def _without_approver(check: PaymentCheck, lines: Iterable[StatementLine]) -> Iterator[Flag]:
    numbers = {row.line.id: row.number for row in lines}
    if check.unsigned:
        decided = [row.line for row in check.unsigned]
        sentence = f"{numbers_told(decided, numbers)}是大额或者有决议的支出，没有写审批人，请对照会议记录和签字。"
        yield Flag(FlagKind.APPROVAL, sentence, tuple(line.id for line in decided))
    for words in check.rules_of_unapproved:
        own = [row.line for row in check.unapproved if check.profile.approval_of(row.line.amount_fen).words == words]
        sentence = f"本镇规定，{words}。{numbers_told(own, numbers)}没有写审批人，请对照会议记录和签字。"
        yield Flag(FlagKind.APPROVAL, sentence, tuple(line.id for line in own))


def _other_approvers(
    check: PaymentCheck, lines: Iterable[StatementLine], holders: Mapping[str, Collection[str]]
) -> Iterator[Flag]:
    numbers = {row.line.id: row.number for row in lines}
    by_rule: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for row in check.approved:
        approval = check.profile.approval_of(row.line.amount_fen)
        if approval.tier and not _is_named(row.line.approver, approval.tier.approver, holders):
            by_rule[approval.words].append(row)
    for words, rows in by_rule.items():
        names = list(dict.fromkeys(row.line.approver for row in rows))
        told = "、".join(names[:_NAMES_TOLD]) + (f"等 {len(names)} 人" if len(names) > _NAMES_TOLD else "")
        own = [row.line for row in rows]
        sentence = f"本镇规定，{words}。{numbers_told(own, numbers)}的审批人写的是{told}，请对照会议记录和签字。"
        yield Flag(FlagKind.APPROVAL, sentence, tuple(line.id for line in own))


def _is_named(written: str, approver: Approver, holders: Mapping[str, Collection[str]]) -> bool:
    """Tell whether what is written names the approver; where nobody is known to hold a role, any name will do."""
    if approver in _BODY_WORDS:
        return _BODY_WORDS[approver] in written
    known = [holders[kind] for kind in _SIGNS.get(approver, ()) if holders.get(kind)]
    return all(any(name in written for name in names) for names in known)
