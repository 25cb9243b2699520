"""What a reviewer may want to look at first: each check explains itself in a sentence and accuses nobody; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.finance.statements import EXPENSE, INCOME, LedgerLine, StatementLine

SPLIT_SHARE = 4
"""Payments under a quarter of a limit are everyday ones: they are not counted as parts of a split."""
RUSH_LINES = 3
RUSH_PERCENT = 40
_NUMBERS_TOLD = 12


class FlagKind(StrEnum):
    """What was noticed; the order is that of the page."""

    SAME_RECEIPT = "same_receipt"
    SAME_RECEIPT_ELSEWHERE = "same_receipt_elsewhere"
    UNDECIDED = "undecided"
    EXEMPT = "exempt"
    REPEATED = "repeated"
    SPLIT = "split"
    APPROVAL = "approval"
    NO_RECEIPT = "no_receipt"
    NEW_PAYEE = "new_payee"
    ROUND = "round"
    RUSH = "rush"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return {
            "same_receipt": "同一凭证用了两次", "same_receipt_elsewhere": "凭证与别村相同",
            "undecided": "缺少决议", "exempt": "例外支出", "repeated": "同额同对象", "split": "接近金额界线",
            "approval": "审批人", "no_receipt": "没有凭证", "new_payee": "首次出现的收款人",
            "round": "整数金额", "rush": "期末集中支出",
        }[self.value]  # fmt: skip


@dataclass(frozen=True)
class Flag:
    """One thing worth a look, and the lines it is about."""

    kind: FlagKind
    sentence: str
    line_ids: tuple[int, ...]


@dataclass(frozen=True)
class SharedReceipt:
    """A receipt of this period that is the same as one behind another line."""

    line_id: int
    other_line_id: int
    is_picture: bool
    """The same file; otherwise the same invoice number."""
    is_other_village: bool
    place: str
    """Where the other line stands: `李家村2026年第二季度 6月3日“购水泥”`."""


@dataclass(frozen=True)
class Yardsticks:
    """What the township's profile calls large, round, close together and late; money in fen."""

    large_payment_fen: int
    approval_limits_fen: Sequence[int]
    round_sum_fen: int
    same_payee_days: int
    split_window_days: int
    rush_days: int

    @property
    def limits(self) -> dict[int, str]:
        """Each amount under which payments may be split, ascending, with its words."""
        named = {fen: f"分级审批线 {format_fen(fen)} 元" for fen in self.approval_limits_fen}
        named[self.large_payment_fen] = f"大额支出起点 {format_fen(self.large_payment_fen)} 元"
        return dict(sorted(named.items()))


@dataclass(frozen=True)
class Background:
    """What must be known beside the lines."""

    period: Period
    yardsticks: Yardsticks
    known_payees: Collection[str]
    has_history: bool
    shared_receipts: Sequence[SharedReceipt] = ()


def find_flags(lines: Sequence[StatementLine], background: Background) -> tuple[Flag, ...]:
    """Return everything worth a look, in the order of FlagKind."""
    numbers = {row.line.id: row.number for row in lines}
    paid = [row.line for row in lines if row.line.kind == EXPENSE and row.line.amount_fen > 0]
    yardsticks = background.yardsticks
    found = [
        *_shared(background.shared_receipts, numbers),
        *_repeated(paid, yardsticks.same_payee_days, numbers),
        *_split(paid, yardsticks, numbers),
        *_without_receipt(lines),
        *_new_payees(paid, background, numbers),
        *_round(paid, yardsticks.round_sum_fen, numbers),
        *_rush(paid, background.period, yardsticks.rush_days, numbers),
    ]
    return in_order(found)


def in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Put flags into the order of FlagKind."""
    return tuple(sorted(flags, key=lambda flag: list(FlagKind).index(flag.kind)))


def numbers_told(lines: Iterable[LedgerLine], numbers: dict[int, int]) -> str:
    """Name lines by their numbers on the sheet, at most a dozen of them."""
    own = sorted(numbers[line.id] for line in lines)
    shown = "、".join(str(number) for number in own[:_NUMBERS_TOLD])
    return f"第 {shown} 笔" + (f"等 {len(own)} 笔" if len(own) > _NUMBERS_TOLD else "")


def _flag(kind: FlagKind, sentence: str, lines: Iterable[LedgerLine]) -> Flag:
    return Flag(kind, sentence, tuple(line.id for line in lines))


def _shared(shared: Iterable[SharedReceipt], numbers: dict[int, int]) -> Iterator[Flag]:
    told: set[frozenset[int]] = set()
    for one in shared:
        if one.line_id not in numbers or (pair := frozenset((one.line_id, one.other_line_id))) in told:
            continue
        told.add(pair)
        what = "凭证图片" if one.is_picture else "发票号码"
        kind = FlagKind.SAME_RECEIPT_ELSEWHERE if one.is_other_village else FlagKind.SAME_RECEIPT
        other = f"第 {numbers[one.other_line_id]} 笔" if one.other_line_id in numbers else one.place
        ids = tuple(line_id for line_id in (one.line_id, one.other_line_id) if line_id in numbers)
        sentence = f"第 {numbers[one.line_id]} 笔的{what}与{other}相同。可能是一张凭证分摊几笔，请对照原件。"
        yield Flag(kind, sentence, ids)


def _repeated(paid: Iterable[LedgerLine], days: int, numbers: dict[int, int]) -> Iterator[Flag]:
    alike: defaultdict[tuple[str, int], list[LedgerLine]] = defaultdict(list)
    for line in paid:
        if line.payee:
            alike[line.payee, line.amount_fen].append(line)
    for (payee, fen), lines in alike.items():
        for run in _runs(lines, days):
            yield _flag(
                FlagKind.REPEATED,
                f"{numbers_told(run, numbers)}都付给{payee} {format_fen(fen)} 元，相隔不超过 {days} 天。"
                "可能是分次付款，也可能重复入账，请对照凭证。",
                run,
            )


def _runs(lines: Sequence[LedgerLine], days: int) -> Iterator[list[LedgerLine]]:
    """Yield the groups of two and more in which each stands at most so many days after the one before."""
    run: list[LedgerLine] = []
    for line in sorted(lines, key=lambda one: (one.on, one.id)):
        if run and line.on - run[-1].on > timedelta(days):
            if len(run) > 1:
                yield run
            run = []
        run.append(line)
    if len(run) > 1:
        yield run


def _split(paid: Iterable[LedgerLine], yardsticks: Yardsticks, numbers: dict[int, int]) -> Iterator[Flag]:
    days, by_payee = yardsticks.split_window_days, defaultdict[str, list[LedgerLine]](list)
    for line in paid:
        if line.payee:
            by_payee[line.payee].append(line)
    for payee, lines in by_payee.items():
        for group, limits in _groups_under(lines, yardsticks.limits, days):
            total = sum(line.amount_fen for line in group)
            yield _flag(
                FlagKind.SPLIT,
                f"{numbers_told(group, numbers)}在 {days} 天内付给{payee}，每笔都不到{'、'.join(limits)}，"
                f"合计 {format_fen(total)} 元。若属同一件事，请看是否按合计的金额办过手续。",
                group,
            )


def _groups_under(
    lines: Sequence[LedgerLine], limits: dict[int, str], days: int
) -> Iterator[tuple[list[LedgerLine], list[str]]]:
    """Yield each group that reaches a limit in parts, once, with the words of every limit that it reaches."""
    groups: dict[tuple[int, ...], tuple[list[LedgerLine], list[str]]] = {}
    for limit_fen, words in limits.items():
        parts = [line for line in lines if limit_fen <= line.amount_fen * SPLIT_SHARE and line.amount_fen < limit_fen]
        if group := _largest_window(parts, days, limit_fen):
            groups.setdefault(tuple(line.id for line in group), (group, []))[1].append(words)
    yield from groups.values()


def _largest_window(lines: Sequence[LedgerLine], days: int, threshold_fen: int) -> list[LedgerLine]:
    """Return the costliest group within so many days that together reaches the threshold, or nothing.

    The first day is not counted (民法典 article 201).
    """
    ordered = sorted(lines, key=lambda one: (one.on, one.id))
    windows = [
        [line for line in ordered[start:] if line.on - first.on <= timedelta(days)]
        for start, first in enumerate(ordered)
    ]
    best = max(windows, key=lambda group: sum(line.amount_fen for line in group), default=[])
    return best if len(best) > 1 and sum(line.amount_fen for line in best) >= threshold_fen else []


def _without_receipt(lines: Iterable[StatementLine]) -> Iterator[Flag]:
    bare = [row.line for row in lines if row.line.kind in (INCOME, EXPENSE) and not row.line.receipts]
    numbers = {row.line.id: row.number for row in lines}
    if bare:
        yield _flag(FlagKind.NO_RECEIPT, f"{numbers_told(bare, numbers)}还没有上传凭证，请看纸质原件。", bare)


def _new_payees(paid: Iterable[LedgerLine], background: Background, numbers: dict[int, int]) -> Iterator[Flag]:
    if not background.has_history:
        return
    new: defaultdict[str, list[LedgerLine]] = defaultdict(list)
    for line in paid:
        if line.payee and line.payee not in background.known_payees:
            new[line.payee].append(line)
    for payee, lines in new.items():
        total = format_fen(sum(line.amount_fen for line in lines))
        sentence = f"{payee}以前没有在本村账里出现过，本期付出 {total} 元（{numbers_told(lines, numbers)}）。"
        yield _flag(FlagKind.NEW_PAYEE, sentence, lines)


def _round(paid: Iterable[LedgerLine], round_fen: int, numbers: dict[int, int]) -> Iterator[Flag]:
    even = [line for line in paid if line.amount_fen % round_fen == 0]
    if even:
        yield _flag(
            FlagKind.ROUND,
            f"{numbers_told(even, numbers)}的支出是 {format_fen(round_fen)} 元的整倍数。"
            "定额补助常是整数，采购则少见，可看看单价和数量。",
            even,
        )


def _rush(paid: Sequence[LedgerLine], period: Period, days: int, numbers: dict[int, int]) -> Iterator[Flag]:
    late = [line for line in paid if line.on > period.last_on - timedelta(days)]
    total, late_fen = sum(line.amount_fen for line in paid), sum(line.amount_fen for line in late)
    if len(late) >= RUSH_LINES and late_fen * 100 >= total * RUSH_PERCENT:
        yield _flag(
            FlagKind.RUSH,
            f"期末最后 {days} 天有 {len(late)} 笔支出，共 {format_fen(late_fen)} 元，"
            f"占本期支出的 {late_fen * 100 // total}%（{numbers_told(late, numbers)}）。请看是否集中报账。",
            late,
        )
