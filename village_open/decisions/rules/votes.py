"""Counting a meeting: the counts must add up, quorum and majority are computed, and the arithmetic is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from village_open.core.errors import InputError
from village_open.decisions.rules.bodies import Body, BodyRule, Condition

_FIGURES = (("due", "应到"), ("present", "实到"), ("agree", "同意"), ("oppose", "反对"), ("abstain", "弃权"))
_OF = {"members": "", "households": "户", "women": "妇女代表"}


class TallyUnfit(InputError):
    """The counts of a meeting do not add up; told at the field."""


class Outcome(StrEnum):
    """How a vote ended."""

    PASSED = "passed"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "passed": "通过",
            "rejected": "未通过",
            "no_quorum": "到会人数不足，会议无效",
            "unknown": "缺数，不能认定",
        }[self.value]


@dataclass(frozen=True)
class Tally:
    """What was counted at a meeting; None is what the paper does not say."""

    due: int | None
    """Members of the body on that day, those who stepped aside included."""
    present: int | None
    """Present in person or by proxy, without those who stepped aside."""
    agree: int | None
    oppose: int | None
    abstain: int | None
    recused: int = 0
    by_proxy: int = 0
    """Of those present."""
    households_due: int | None = None
    households_present: int | None = None
    women_due: int | None = None
    women_present: int | None = None

    @property
    def counting(self) -> int:
        """How many count for quorum and majority of all: the members without those who stepped aside."""
        return (self.due or 0) - self.recused

    def pair(self, of: str) -> tuple[int | None, int | None]:
        """Return (present, due) of one kind of people."""
        if of == "households":
            return self.households_present, self.households_due
        if of == "women":
            return self.women_present, self.women_due
        return self.present, None if self.due is None else self.counting


@dataclass(frozen=True)
class Judgement:
    """How a vote ended, and the arithmetic in words."""

    outcome: Outcome
    words: str
    missing: tuple[str, ...] = ()
    """The words of what the paper does not say."""

    @property
    def has_passed(self) -> bool:
        """Whether the matter may go on."""
        return self.outcome is Outcome.PASSED


def check_tally(tally: Tally) -> None:
    """Refuse counts that do not add up.

    Raises:
        TallyUnfit: names the field and shows the sum.
    """
    for field in ("due", "present", "agree", "oppose", "abstain", "recused", "by_proxy"):
        if (getattr(tally, field) or 0) < 0:
            raise TallyUnfit("人数不能是负数。", field)
    if tally.due is not None and tally.recused > tally.due:
        raise TallyUnfit(f"回避 {tally.recused} 人，比应到的 {tally.due} 人还多，请核对。", "recused")
    present, due = tally.present, tally.due
    if present is not None and due is not None and present > tally.counting:
        told = f"{due} 人" if not tally.recused else f"{due} 人减去回避的 {tally.recused} 人"
        raise TallyUnfit(f"实到 {present} 人，比应到的{told}还多，请核对。", "present")
    _check_votes(tally)
    for field, part, whole in (
        ("by_proxy", tally.by_proxy, present),
        ("women_present", tally.women_present, tally.women_due),
        ("women_present", tally.women_present, present),
        ("households_present", tally.households_present, tally.households_due),
    ):
        if part is not None and whole is not None and part > whole:
            raise TallyUnfit(f"{part} 比总数 {whole} 还多，请核对。", field)


def _check_votes(tally: Tally) -> None:
    votes = (tally.agree, tally.oppose, tally.abstain)
    known = [vote for vote in votes if vote is not None]
    if tally.present is None or not known:
        return
    if len(known) == len(votes) and sum(known) != tally.present:
        raise TallyUnfit(
            f"同意 {votes[0]}、反对 {votes[1]}、弃权 {votes[2]}，合计 {sum(known)} 人，"
            f"与实到 {tally.present} 人不符；到会没有投票的，计入弃权。",
            "agree",
        )
    if sum(known) > tally.present:
        raise TallyUnfit(f"票数合计 {sum(known)}，比实到 {tally.present} 人还多，请核对。", "agree")


def judge(tally: Tally, rule: BodyRule) -> Judgement:
    """Compute quorum and majority by the body's rule; nobody ticks whether it was more than half.

    The counts must have passed `check_tally`. Where the paper does not say a figure that the rule needs, the outcome
    is unknown and the figure is named.
    """
    missing = tuple(_missing(tally, rule))
    if missing:
        return Judgement(Outcome.UNKNOWN, f"{rule.body.label}：没有写{'、'.join(missing)}，不能认定通过", missing)
    head = f"{rule.body.label}：{'，'.join(_attendance(tally))}"
    holds, quorum_words = _quorum(tally, rule)
    if not holds:
        return Judgement(Outcome.NO_QUORUM, f"{head}，{quorum_words}，到会人数不足，会议无效")
    agree = tally.agree or 0
    whole = tally.counting if rule.majority_of == "all" else tally.present or 0
    passes = rule.majority.is_met(agree, whole)
    votes = f"同意 {agree}、反对 {tally.oppose}、弃权 {tally.abstain}"
    share = f"{'全体' if rule.majority_of == 'all' else '到会'}{_short(rule)}"
    told = f"{head}{f'，{quorum_words}，到会有效' if quorum_words else ''}；{votes}，"
    told += f"{rule.majority.compared(agree, whole)}（{share}），{'通过' if passes else '未通过'}"
    return Judgement(Outcome.PASSED if passes else Outcome.REJECTED, told)


def _missing(tally: Tally, rule: BodyRule) -> Iterator[str]:
    for field, word in _FIGURES:
        if field == "due" and not rule.quorum and rule.majority_of == "present":
            continue
        if getattr(tally, field) is None:
            yield f"{word}人数"
    if tally.present is None or not rule.quorum:
        return
    if not any(all(_is_known(tally, one) for one in alternative) for alternative in rule.quorum):
        lacking = [one for one in rule.quorum[0] if not _is_known(tally, one)]
        yield from (
            f"{_OF[one.of]}人数" if one.of != "households" else "到会代表的户数" for one in lacking if _OF[one.of]
        )


def _is_known(tally: Tally, condition: Condition) -> bool:
    return None not in tally.pair(condition.of)


def _attendance(tally: Tally) -> Iterator[str]:
    if tally.due is not None:
        yield f"应到 {tally.due} 人"
    if tally.recused:
        yield f"回避 {tally.recused} 人，按 {tally.counting} 人计"
    proxies = f"（其中委托 {tally.by_proxy} 人）" if tally.by_proxy else ""
    yield f"实到 {tally.present} 人{proxies}"


def _quorum(tally: Tally, rule: BodyRule) -> tuple[bool, str]:
    """Return whether one of the alternatives holds, and the arithmetic of that one, or of those that failed."""
    if not rule.quorum:
        return True, ""
    told = []
    for alternative in rule.quorum:
        if not all(_is_known(tally, one) for one in alternative):
            continue
        words = "，".join(_compared(tally, one) for one in alternative)
        if all(one.share.is_met(*_pair(tally, one)) for one in alternative):
            return True, words
        told.append(words)
    return False, "；".join(told)


def _compared(tally: Tally, condition: Condition) -> str:
    part, whole = _pair(tally, condition)
    what = {
        "members": "",
        "households": f"到会代表 {part} 户，共 {whole} 户，",
        "women": f"妇女代表 {whole} 人到会 {part} 人，",
    }
    name = condition.share.words if not condition.share.is_strict else condition.share.bound_words
    return f"{what[condition.of]}{condition.share.compared(part, whole)}（{name}）"


def _pair(tally: Tally, condition: Condition) -> tuple[int, int]:
    part, whole = tally.pair(condition.of)
    return part or 0, whole or 0


def _short(rule: BodyRule) -> str:
    """The majority's share as it stands in brackets: `过半`, `三分之二`."""
    return "过半" if rule.majority.is_strict else rule.majority.words


NOT_A_VOTE = frozenset({Body.DELIBERATION})
"""Bodies that agree by talking; their counts may stay empty."""
