"""Who approves a payment of which amount: tiers, each up to an amount, the last one up to the large payment; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from village_open.core.errors import InputError
from village_open.core.money import format_fen, parse_fen, plain_yuan

MORE_THAN_HALF = ">1/2"
SHARES = {MORE_THAN_HALF: "过半数", ">=2/3": "三分之二以上", ">=1/3": "三分之一以上", "all": "全体"}
"""How much of a body must agree: what software for village funds lets a township set."""
ABOVE = "以上"
DECISION_WORDS = "村民会议或者村民代表会议（集体经济组织的事项：成员大会或者成员代表大会）通过的决议"
EXAMPLE = "1000 村委会主任"


class Approver(StrEnum):
    """Who approves a payment under the large one."""

    NOBODY = "nobody"
    HEAD = "head"
    HEAD_AND_SECRETARY = "head_and_secretary"
    COLLECTIVE_HEAD = "collective_head"
    COMMITTEE = "committee"
    TWO_COMMITTEES = "two_committees"
    BOARD = "board"
    FINANCE_REVIEW = "finance_review"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "nobody": "不用另外审批", "head": "村委会主任", "head_and_secretary": "村委会主任和村党组织书记联签",
            "collective_head": "集体经济组织负责人", "committee": "村民委员会会议", "two_committees": "村“两委”会议",
            "board": "理事会", "finance_review": "民主理财小组",
        }[self.value]  # fmt: skip

    @property
    def is_body(self) -> bool:
        """Whether several people vote, so that a share of them must agree."""
        return self in (Approver.COMMITTEE, Approver.TWO_COMMITTEES, Approver.BOARD, Approver.FINANCE_REVIEW)


class TiersUnfit(InputError):
    """The tiers leave a hole, overlap, or cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "value")


@dataclass(frozen=True)
class Tier:
    """One tier: up to and with `up_to_fen`, or without an end of its own (None, the last one)."""

    up_to_fen: int | None
    approver: Approver
    share: str = ""
    """Of a body: a key of SHARES."""

    @property
    def who(self) -> str:
        """Who approves, with the share of a body: `村“两委”会议过半数同意`."""
        return f"{self.approver.label}{SHARES[self.share]}同意" if self.share else self.approver.label


@dataclass(frozen=True)
class Approval:
    """What one payment needs: a decision, or the tier that approves it."""

    tier: Tier | None
    """None: a decision."""
    words: str
    """`超过 1,000.00 元、不到 5,000.00 元的支出：村“两委”会议过半数同意`."""

    @property
    def needs_decision(self) -> bool:
        """Whether no tier may approve it."""
        return self.tier is None


def approval_of(amount_fen: int, tiers: Sequence[Tier], large_payment_fen: int) -> Approval:
    """Return what a payment of a positive amount needs; every amount has an answer.

    Args:
        amount_fen: what is paid, or what the parts to one payee come to.
        tiers: ascending, the last one without an end.
        large_payment_fen: from here on no tier approves.
    """
    if amount_fen >= large_payment_fen:
        return Approval(None, f"{format_fen(large_payment_fen)} 元起的支出：要有{DECISION_WORDS}")
    above = 0
    for tier in tiers:
        if tier.up_to_fen is None or amount_fen <= tier.up_to_fen:
            break
        above = tier.up_to_fen
    return Approval(tier, f"{_span(above, tier.up_to_fen, large_payment_fen)}的支出：{tier.who}")


def _span(above_fen: int, up_to_fen: int | None, large_payment_fen: int) -> str:
    end = f"{format_fen(up_to_fen)} 元及以下" if up_to_fen is not None and up_to_fen < large_payment_fen else ""
    end = end or f"不到 {format_fen(large_payment_fen)} 元"
    return f"超过 {format_fen(above_fen)} 元、{end}" if above_fen else end


def tiers_in_words(tiers: Sequence[Tier]) -> str:
    """Write tiers as the profile page shows them."""
    return "；".join(f"{_up_to(tier)}：{tier.who}" for tier in tiers)


def _up_to(tier: Tier) -> str:
    return "更多，到大额支出起点为止" if tier.up_to_fen is None else f"{format_fen(tier.up_to_fen)} 元及以下"


def tiers_as_typed(tiers: Sequence[Tier]) -> str:
    """Write tiers as they are typed, one a line."""
    return "\n".join(
        " ".join(filter(None, (_amount_as_typed(tier), tier.approver.label, SHARES.get(tier.share, ""))))
        for tier in tiers
    )


def _amount_as_typed(tier: Tier) -> str:
    return ABOVE if tier.up_to_fen is None else plain_yuan(tier.up_to_fen)


def read_tiers(text: str) -> tuple[Tier, ...]:
    """Read tiers, one a line: an amount in yuan or 以上, who approves, and of a body which share of it.

    Raises:
        TiersUnfit: a line cannot be read, the amounts do not ascend, or the last line has an end.
        InputError: an amount cannot be read.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    tiers = tuple(_read_tier(number, line) for number, line in enumerate(lines, 1))
    _require_no_hole(tiers)
    return tiers


def _read_tier(number: int, parts: Sequence[str]) -> Tier:
    if not 2 <= len(parts) <= 3:
        raise TiersUnfit(f"第 {number} 行“{' '.join(parts)}”读不懂，请照这样写：{EXAMPLE}。")
    up_to_fen = None if parts[0] == ABOVE else parse_fen(parts[0])
    if up_to_fen is not None and up_to_fen <= 0:
        raise TiersUnfit(f"第 {number} 行的金额要大于 0。")
    approver = Approver(_key_of(number, parts[1], {one.value: one.label for one in Approver}))
    if not approver.is_body and len(parts) == 3:
        raise TiersUnfit(f"第 {number} 行的“{approver.label}”不是会议，后面不写多少人同意。")
    if not approver.is_body:
        return Tier(up_to_fen, approver)
    return Tier(up_to_fen, approver, _key_of(number, parts[2], SHARES) if len(parts) == 3 else MORE_THAN_HALF)


def _key_of(number: int, word: str, words: Mapping[str, str]) -> str:
    for key, label in words.items():
        if _bare(word) == _bare(label):
            return key
    raise TiersUnfit(f"第 {number} 行的“{word}”不在可写的词里：{'、'.join(words.values())}。")


def _bare(word: str) -> str:
    """Leave out quotation marks: people type 两委 with all kinds of them, or without."""
    return word.translate(dict.fromkeys(map(ord, "“”‘’\"'")))


def _require_no_hole(tiers: Sequence[Tier]) -> None:
    if not tiers:
        raise TiersUnfit(f"请至少写一行，最后一行写“{ABOVE}”。")
    for number, (tier, following) in enumerate(pairwise(tiers), 1):
        if tier.up_to_fen is None:
            raise TiersUnfit(f"“{ABOVE}”只能写在最后一行，第 {number + 1} 行永远用不上。")
        if following.up_to_fen is not None and following.up_to_fen <= tier.up_to_fen:
            told = f"第 {number + 1} 行的 {format_fen(following.up_to_fen)} 元不比第 {number} 行的"
            raise TiersUnfit(f"{told} {format_fen(tier.up_to_fen)} 元高，金额要一行比一行高。")
    if (end := tiers[-1].up_to_fen) is not None:
        raise TiersUnfit(f"最后一行要写“{ABOVE}”，否则超过 {format_fen(end)} 元的支出没有人审批。")


def require_all_used(tiers: Sequence[Tier], large_payment_fen: int) -> None:
    """Hold that every tier begins under the large payment, from which on a decision is needed.

    Raises:
        TiersUnfit: a tier would never be used.
    """
    for limit in limits_of(tiers):
        if limit >= large_payment_fen:
            raise TiersUnfit(
                f"分级审批里 {format_fen(limit)} 元以上的一级永远用不上：大额支出起点是 "
                f"{format_fen(large_payment_fen)} 元，到了起点就要有决议。"
            )


def limits_of(tiers: Sequence[Tier]) -> tuple[int, ...]:
    """Return the amounts at which another tier begins, ascending, in fen."""
    return tuple(tier.up_to_fen for tier in tiers if tier.up_to_fen is not None)


def tiers_to_json(tiers: Sequence[Tier]) -> list[list[int | str]]:
    """Return tiers as the profile keeps them; nought stands for no end."""
    return [[tier.up_to_fen or 0, tier.approver.value, tier.share] for tier in tiers]


def tiers_from_json(rows: Sequence[Sequence[int | str]]) -> tuple[Tier, ...]:
    """Read tiers as the profile keeps them."""
    return tuple(_from_row(*row) for row in rows)


def _from_row(up_to_fen: int | str, approver: int | str, share: int | str) -> Tier:
    return Tier(int(up_to_fen) or None, Approver(str(approver)), str(share))
