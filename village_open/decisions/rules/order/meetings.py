"""Were the meetings called in time, held in order, on one text, and are their papers and counts there?"""

import itertools
from collections.abc import Iterable, Iterator

from village_open.decisions.rules.matters import DECIDE
from village_open.decisions.rules.order.facts import (
    LOCAL_PRACTICE,
    RECORD_BASIS,
    Chronicle,
    Finding,
    HeldMeeting,
    day_words,
)


def of_meetings(chronicle: Chronicle) -> Iterator[Finding]:
    """Find what is wrong with the meetings themselves."""
    yield from _notices(chronicle.meetings)
    yield from _sequence(chronicle)
    yield from _versions(chronicle.meetings)
    yield from _counts(chronicle.meetings)
    yield from _papers(chronicle.meetings)


def _notices(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    for row in meetings:
        if not row.notice_days or (row.is_urgent and row.may_be_urgent):
            continue
        if row.noticed_on is None:
            told = f"{_which(row)}没有登记哪天通知，应当提前 {row.notice_days} 日"
            yield Finding("notice_unknown", told, row.notice_basis, row.is_law)
        elif (before := (row.held_on - row.noticed_on).days) < row.notice_days:
            told = f"{_which(row)}只提前 {before} 日通知，应当提前 {row.notice_days} 日"
            yield Finding("notice_short", told, row.notice_basis, row.is_law)


def _sequence(chronicle: Chronicle) -> Iterator[Finding]:
    passed = {row.step_key: row for row in chronicle.meetings if row.has_passed}
    due = [passed[key] for key in chronicle.steps if key in passed]
    for earlier, later in itertools.pairwise(due):
        if later.held_on < earlier.held_on:
            told = (
                f"{later.body.label}（{day_words(later.held_on)}）早于"
                f"{earlier.body.label}（{day_words(earlier.held_on)}），次序颠倒"
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


def _counts(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    for row in meetings:
        if row.gaps:
            yield Finding("counts_missing", f"{day_words(row.held_on)}{row.gaps}", _record_basis(row), row.is_law)


def _papers(meetings: Iterable[HeldMeeting]) -> Iterator[Finding]:
    """The law wants minutes; a sheet of signatures or a photo is what those who check look for beside them."""
    for row in meetings:
        if "minutes" not in row.paper_kinds:
            yield Finding("papers_missing", f"{_which(row)}缺会议记录", _record_basis(row), row.is_law)
        if "attendance" not in row.paper_kinds:
            yield Finding("papers_missing", f"{_which(row)}缺签到表或会场照片", LOCAL_PRACTICE)


def _record_basis(row: HeldMeeting) -> str:
    return RECORD_BASIS if row.is_law else LOCAL_PRACTICE


def _which(row: HeldMeeting) -> str:
    return f"{day_words(row.held_on)}{row.body.label}"
