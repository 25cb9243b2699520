"""Did the sheets hang after what they tell of, long enough, and was nothing done while or before they hung?"""

from collections.abc import Iterator
from datetime import date

from village_open.core.calendars import days_served
from village_open.decisions.rules.matters import DECIDE
from village_open.decisions.rules.order.facts import (
    LOCAL_PRACTICE,
    RESOLUTION,
    RESULT,
    TENDER_BASIS,
    Chronicle,
    Finding,
    Hung,
    day_words,
    last,
)


def of_postings(chronicle: Chronicle) -> Iterator[Finding]:
    """Find what is wrong with the sheets on the board."""
    accepted = last(chronicle.events, "acceptance")
    for row in chronicle.hung:
        yield from _before_vote(row, chronicle)
        if row.kind == RESULT and accepted is not None and row.from_on <= accepted.on:
            told = f"{row.label}{day_words(row.from_on)}张贴，应当从验收（{day_words(accepted.on)}）的第二天起"
            yield Finding("result_too_early", told, LOCAL_PRACTICE)
        yield from _short(row, chronicle.today)
    yield from _done_meanwhile(chronicle)
    yield from _contract_before_award(chronicle)


def _before_vote(row: Hung, chronicle: Chronicle) -> Iterator[Finding]:
    decided = chronicle.decided
    vote_on = row.meeting_on or (decided.held_on if decided is not None else None)
    if row.kind == RESOLUTION and vote_on is not None and row.from_on < vote_on:
        votes = {meeting.held_on: meeting.body.label for meeting in chronicle.meetings if meeting.step_key == DECIDE}
        told = f"{row.label}{day_words(row.from_on)}张贴，早于{votes.get(vote_on, '表决')}（{day_words(vote_on)}）"
        yield Finding("posted_before_vote", told, LOCAL_PRACTICE)


def _short(row: Hung, today: date) -> Iterator[Finding]:
    if row.to_on is None or row.to_on > today:
        return
    served = days_served(row.from_on, row.to_on, row.day_rule)
    if served < row.needed_days:
        told = (
            f"{row.label}自{day_words(row.from_on)}至{day_words(row.to_on)}只张贴 {served} 日，"
            f"不足 {row.needed_days} 日（{row.day_rule.label}）"
        )
        yield Finding("posted_too_short", told, row.basis, row.is_law)


def _done_meanwhile(chronicle: Chronicle) -> Iterator[Finding]:
    """An award, a contract or a payment waits until the resolution has hung for its days."""
    decided, resolutions = chronicle.decided, chronicle.resolutions
    if decided is None or not resolutions:
        return
    posted = resolutions[0]
    for event in (*chronicle.all_of("award_notice", "contract"), *chronicle.payments):
        if decided.held_on <= event.on < posted.from_on:
            told = f"{event.told}早于{posted.label}张贴（{day_words(posted.from_on)}），还没有公示"
            yield Finding("done_before_posting", told, LOCAL_PRACTICE)
        for row in resolutions:
            if row.from_on <= event.on <= row.until:
                told = f"{event.told}在{row.label}张贴期内（{row.span}），公示还没有结束"
                yield Finding("done_while_posted", told, LOCAL_PRACTICE)


def _contract_before_award(chronicle: Chronicle) -> Iterator[Finding]:
    awards = [row for row in chronicle.all_of("award_notice") if row.until is not None]
    for contract in chronicle.all_of("contract"):
        for award in awards:
            if award.until is not None and award.on <= contract.on <= award.until:
                told = (
                    f"{contract.told}在中标公示期内（{day_words(award.on)}至{day_words(award.until)}），公示还没有结束"
                )
                yield Finding("contract_while_awarding", told, TENDER_BASIS)
