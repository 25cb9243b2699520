"""The figures of an election notice: ballots and voters, turnout, and what the notice does not say."""

from collections.abc import Iterator
from dataclasses import dataclass

from village_open.decisions.rules.checks import Check, missing_words
from village_open.decisions.rules.shares import Share, percent

MORE_THAN_HALF = Share.parse(">1/2")


@dataclass(frozen=True)
class ElectionCount:
    """What an election notice publishes; None is what it does not say."""

    registered: int
    voted: int
    issued: int
    returned: int
    valid: int | None = None
    invalid: int | None = None
    votes_of_elected: int | None = None


@dataclass(frozen=True)
class ElectionReport:
    """What is computed of an election: comparisons, contradictions in words, and what is missing."""

    checks: tuple[Check, ...]
    contradictions: tuple[str, ...]
    missing: tuple[str, ...]
    has_majority: bool
    """More than half of those registered voted."""


def check_election(count: ElectionCount) -> ElectionReport:
    """Compute turnout and compare the ballots, as case 61 is checked: which article asks for it was not read."""
    enough = MORE_THAN_HALF.is_met(count.voted, count.registered)
    missing = missing_words((("有效票", count.valid), ("无效票", count.invalid), ("得票数", count.votes_of_elected)))
    return ElectionReport(tuple(_checks(count)), tuple(_contradictions(count)), missing, enough)


def _checks(count: ElectionCount) -> Iterator[Check]:
    compared = MORE_THAN_HALF.compared(count.voted, count.registered)
    passes = MORE_THAN_HALF.is_met(count.voted, count.registered)
    note = f"{compared}，{'过半' if passes else '没有过半'}"
    rule = f"参加投票 {count.voted:,} 人 ÷ 登记选民 {count.registered:,} 人"
    yield Check(rule, f"{percent(count.voted, count.registered)}%", note=note)
    if count.valid is not None and count.invalid is not None:
        yield Check(
            f"有效票 {count.valid:,} ＋ 无效票 {count.invalid:,}", f"{count.valid + count.invalid:,} 张",
            f"{count.returned:,} 张",
        )  # fmt: skip


def _contradictions(count: ElectionCount) -> Iterator[str]:
    if count.voted > count.registered:
        yield f"参加投票 {count.voted:,} 人，比登记选民 {count.registered:,} 人还多"
    if count.issued != count.voted:
        yield f"发出选票 {count.issued:,} 张，与参加投票 {count.voted:,} 人不符"
    if count.returned > count.issued:
        yield f"收回选票 {count.returned:,} 张，比发出的 {count.issued:,} 张还多"
    if count.valid is not None and count.invalid is not None and count.valid + count.invalid != count.returned:
        yield f"有效票 {count.valid:,} 张、无效票 {count.invalid:,} 张，合计与收回的 {count.returned:,} 张不符"
