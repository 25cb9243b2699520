"""Counting a meeting: the counts must add up, quorum and majority are computed, and the arithmetic is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from village_open.core.errors import InputError
from village_open.decisions.rules.bodies import Body, BodyRule, Condition

_VOTES = {"agree": "同意", "oppose": "反对", "abstain": "弃权"}
NAMED_VOTES = _VOTES | {"absent": "未到", "recused": "回避"}
"""What can stand beside a name of the roster."""
_COUNTED = {"due": "应到人数", "present": "实到人数"} | {field: f"{word}人数" for field, word in _VOTES.items()}
_OTHERS = {"households": ("到会代表的户数", "总户数"), "women": ("到会的妇女代表人数", "妇女代表总数")}
NOT_A_VOTE = frozenset({Body.DELIBERATION})
"""Bodies that agree by talking: how many voted which way may stay empty."""


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
    def votes(self) -> tuple[int | None, int | None, int | None]:
        """For, against, abstained."""
        return self.agree, self.oppose, self.abstain

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
    for field, count in vars(tally).items():
        if (count or 0) < 0:
            raise TallyUnfit("人数不能是负数。", field)
    if tally.due is not None and tally.recused >= tally.due > 0:
        raise TallyUnfit(f"应到 {tally.due} 人，回避 {tally.recused} 人，没有人可以表决，请核对。", "recused")
    if tally.present is not None and tally.due is not None and tally.present > tally.counting:
        raise TallyUnfit(f"实到 {tally.present} 人，比应到的{_due_words(tally)}还多，请核对。", "present")
    _check_votes(tally)
    for field, said, part, whole in (
        ("by_proxy", "委托 {} 人，比实到的 {} 人还多", tally.by_proxy, tally.present),
        ("women_present", "妇女到会 {} 人，比名册上的 {} 人还多", tally.women_present, tally.women_due),
        ("women_present", "妇女到会 {} 人，比实到的 {} 人还多", tally.women_present, tally.present),
        ("households_present", "到会代表 {} 户，比全部 {} 户还多", tally.households_present, tally.households_due),
    ):
        if part is not None and whole is not None and part > whole:
            raise TallyUnfit(f"{said.format(part, whole)}，请核对。", field)


def _check_votes(tally: Tally) -> None:
    known = {field: vote for field, vote in zip(_VOTES, tally.votes, strict=True) if vote is not None}
    if not known:
        return
    field, total = next(iter(known)), sum(known.values())
    if tally.present is None:
        if tally.due is not None and total > tally.counting:
            raise TallyUnfit(f"票数合计 {total}，比应到的{_due_words(tally)}还多，请核对。", field)
    elif total > tally.present:
        raise TallyUnfit(f"{_told(known)}，合计 {total} 人，比实到 {tally.present} 人还多，请核对。", field)
    elif len(known) == len(_VOTES) and total < tally.present:
        raise TallyUnfit(
            f"{_told(known)}，合计 {total} 人，与实到 {tally.present} 人不符；到会没有投票的，计入弃权。", field
        )


def _told(votes: Mapping[str, int | None]) -> str:
    return "、".join(f"{_VOTES[field]} {vote}" for field, vote in votes.items())


def _due_words(tally: Tally) -> str:
    return f" {tally.due} 人减去回避的 {tally.recused} 人" if tally.recused else f" {tally.due} 人"


def judge(tally: Tally, rule: BodyRule) -> Judgement:
    """Compute quorum and majority by the body's rule; nobody ticks whether it was more than half.

    The counts must have passed `check_tally`. Too few people make a meeting void whatever else is written down. Where
    the paper does not say another figure, the outcome is unknown and the figure is named. A body that agrees by talking
    (民主协商) needs no votes.
    """
    quorum = _quorum(tally, rule)
    head = f"{rule.body.label}：{'，'.join(_attendance(tally))}"
    if tally.present is not None and quorum.holds is False:
        return Judgement(Outcome.NO_QUORUM, f"{head}，{quorum.words}，会议无效")
    is_talk = rule.body in NOT_A_VOTE and set(tally.votes) == {None}
    missing = (*_missing(tally, rule, is_talk=is_talk), *quorum.missing)
    if missing:
        told = f"{rule.body.label}：没有写{'、'.join(missing)}，不能认定通过"
        return Judgement(Outcome.UNKNOWN, told, missing)
    if is_talk:
        return Judgement(Outcome.PASSED, f"{head}，协商形成意见，没有投票")
    return _decided(tally, rule, f"{head}{f'，{quorum.words}，到会有效' if quorum.words else ''}")


def _decided(tally: Tally, rule: BodyRule, head: str) -> Judgement:
    agree = tally.agree or 0
    whole = tally.counting if rule.majority_of == "all" else tally.present or 0
    passes = rule.majority.is_met(agree, whole)
    share = f"{'全体' if rule.majority_of == 'all' else '到会'}{_short(rule)}"
    votes = _told(dict(zip(_VOTES, tally.votes, strict=True)))
    told = f"{head}；{votes}，{rule.majority.compared(agree, whole)}（{share}），{'通过' if passes else '未通过'}"
    return Judgement(Outcome.PASSED if passes else Outcome.REJECTED, told)


def _missing(tally: Tally, rule: BodyRule, *, is_talk: bool) -> Iterator[str]:
    """Name the counts that every vote needs and that are not written down."""
    for field, word in _COUNTED.items():
        needed = field == "present" or not is_talk
        if field == "due":
            needed = bool(rule.quorum) or rule.majority_of == "all"
        if needed and getattr(tally, field) is None:
            yield word


def _attendance(tally: Tally) -> Iterator[str]:
    if tally.due is not None:
        yield f"应到 {tally.due} 人"
    if tally.recused:
        yield f"回避 {tally.recused} 人" + (f"，按 {tally.counting} 人计" if tally.due is not None else "")
    proxies = f"（其中委托 {tally.by_proxy} 人）" if tally.by_proxy else ""
    yield f"实到 {tally.present} 人{proxies}"


@dataclass(frozen=True)
class _Quorum:
    """Whether enough came (None: it cannot be told), the arithmetic, and what would have to be known."""

    holds: bool | None
    words: str
    missing: tuple[str, ...] = ()


def _quorum(tally: Tally, rule: BodyRule) -> _Quorum:
    """Look at each alternative: the first that holds is enough; it fails only when all of them are known to fail."""
    if tally.present == 0:
        return _Quorum(False, "没有人到会")
    if not rule.quorum:
        return _Quorum(True, "")
    failed = []
    missing: tuple[str, ...] | None = None
    for alternative in rule.quorum:
        holds = [one.share.is_met(*_pair(tally, one)) for one in alternative if _is_known(tally, one)]
        words = "，".join(_compared(tally, one) for one in alternative if _is_known(tally, one))
        if not all(holds):
            failed.append(words)
        elif len(holds) == len(alternative):
            return _Quorum(True, words)
        elif missing is None:
            missing = tuple(word for one in alternative for word in _unsaid(tally, one))
    if missing is None:
        return _Quorum(False, f"{'；'.join(failed)}，到会人数不足")
    return _Quorum(None, "", missing)


def _is_known(tally: Tally, condition: Condition) -> bool:
    part, whole = tally.pair(condition.of)
    return part is not None and bool(whole)


def _unsaid(tally: Tally, condition: Condition) -> Iterator[str]:
    """Name what is not known of a condition; how many members were due and came is named with the votes."""
    if condition.of not in _OTHERS:
        return
    (part, whole), (part_word, whole_word) = tally.pair(condition.of), _OTHERS[condition.of]
    if part is None:
        yield part_word
    if not whole:
        yield whole_word


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
