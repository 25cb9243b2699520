"""Handing a period in and taking it back, on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.factories import make_person, make_role
from tests.finance.books import Books, count_as_computed, enter, line, make_books, october
from village_open.core import clock
from village_open.db import transaction
from village_open.finance.actions import (
    allow_provisional,
    count_closing,
    mark_line,
    remove_line,
    submit_period,
    take_back_period,
)
from village_open.finance.actions.submitting import AlreadyMarked, PeriodNotOver, content_sha256
from village_open.finance.errors import WrongStage
from village_open.finance.models import PeriodState
from village_open.finance.publication import publication_of
from village_open.finance.queries import get_statement
from village_open.finance.queries.reviewing import get_review_sheet
from village_open.finance.rules import CountMissing, ItemsMissing, QuarterUnbalanced
from village_open.identity.models import Person
from village_open.notices.contents import draft_content
from village_open.reviews.rules import Verdict
from village_open.villages.models import RoleKind


@pytest.fixture
def books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books()
            enter(made, line(made), line(made, kind="income", item_key="CW0211", account_id=made.bank.id))
        yield made


def make_reviewer(books: Books) -> Person:
    person = make_person("王桂兰")
    make_role(person, RoleKind.FINANCE_REVIEW, books.village.code, is_leader=True)
    return person


def test_a_balanced_period_goes_to_the_group_with_its_hash(books: Books) -> None:
    with transaction():
        count_as_computed(books)
        statement = submit_period(by=books.clerk, period=books.period)
    period = books.reload()
    assert (period.stage, period.round, period.submitted_by_id) == (PeriodState.SUBMITTED, 1, books.clerk.id)
    assert len(period.content_sha256) == 64
    assert statement.closing_fen == 5_100_000


def test_a_period_is_handed_in_on_its_last_day_at_the_earliest(books: Books) -> None:
    with transaction():
        count_as_computed(books)
    with clock.living_at(datetime(2026, 9, 29, 15, 59, tzinfo=UTC)), pytest.raises(PeriodNotOver) as refused:
        submit_period(by=books.clerk, period=books.period)
    assert refused.value.message.startswith("2026年第三季度到 2026年9月30日才结束")
    with clock.living_at(datetime(2026, 9, 29, 16, 1, tzinfo=UTC)), transaction():  # In China it is the last day.
        submit_period(by=books.clerk, period=books.period)
    assert books.reload().stage is PeriodState.SUBMITTED


def test_the_reason_for_the_greatest_change_is_handed_in_under_the_same_hash_and_checked_for_secrets(
    books: Books,
) -> None:
    with transaction():
        count_as_computed(books)
        without = content_sha256(books.period, get_statement(books.period))
        submit_period(by=books.clerk, period=books.period, plain_reason=" 抢修机耕路，请问 13812345678 ")
    period = books.reload()
    assert period.plain_reason == "抢修机耕路，请问 13812345678"
    assert content_sha256(period, get_statement(period)) == period.content_sha256
    shown = dict(publication_of(period, get_review_sheet(period)).remarks)["村民委员会"]
    assert (shown.text, shown.hidden) == ("抢修机耕路，请问 138****5678", ("手机号",))
    assert draft_content(period, issued_on=date(2026, 10, 10))["plain_reason"] == shown.text
    assert without != period.content_sha256


def test_the_difference_is_told_per_account_and_in_total(books: Books) -> None:
    with transaction():
        count_closing(by=books.clerk, period=books.period, counted={books.cash.id: 64_001, books.bank.id: 5_030_000})
    with pytest.raises(QuarterUnbalanced) as refused, transaction():
        submit_period(by=books.clerk, period=books.reload())
    told = refused.value.message
    assert "现金：账上应结存 640.00 元，实有 640.01 元，实有比账上多 0.01 元" in told
    assert "信用社：账上应结存 50,360.00 元，实有 50,300.00 元，实有比账上少 60.00 元" in told
    assert "合计：账上应结存 51,000.00 元，实有 50,940.01 元，实有比账上少 59.99 元" in told
    assert books.reload().stage is PeriodState.ENTRY


def test_a_transfer_written_the_wrong_way_round_is_told_as_such(books: Books) -> None:
    with transaction():
        count_closing(by=books.clerk, period=books.period, counted={books.cash.id: 54_000, books.bank.id: 5_046_000})
    with pytest.raises(QuarterUnbalanced, match="合计相符"), transaction():
        submit_period(by=books.clerk, period=books.reload())


def test_nothing_is_submitted_uncounted_or_without_items(books: Books) -> None:
    with pytest.raises(CountMissing, match="现金、信用社"), transaction():
        submit_period(by=books.clerk, period=books.reload())
    with transaction():
        enter(books, line(books, item_key="", amount_fen=1))
        count_as_computed(books)
    with pytest.raises(ItemsMissing) as refused, transaction():
        submit_period(by=books.clerk, period=books.reload())
    assert len(refused.value.numbers) == 1


def test_an_empty_period_may_be_submitted_nothing_happened_is_news_too(both_engines: Flask) -> None:
    with october(), transaction():
        empty = make_books()
        count_as_computed(empty)
        submit_period(by=empty.clerk, period=empty.period)
        assert empty.period.stage is PeriodState.SUBMITTED


def test_a_submitted_period_is_not_submitted_again(books: Books) -> None:
    with transaction():
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    with pytest.raises(WrongStage, match="不能提交"), transaction():
        submit_period(by=books.clerk, period=books.reload())


def test_it_may_be_taken_back_until_the_first_mark(books: Books) -> None:
    with transaction():
        reviewer = make_reviewer(books)
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
        first_hash = books.period.content_sha256
    with transaction():
        take_back_period(by=books.clerk, period=books.reload())
    with transaction():
        (saved,) = enter(books, line(books, amount_fen=1), period=books.reload())
        remove_line(by=books.clerk, period=books.reload(), line_id=saved.id)
        submit_period(by=books.clerk, period=books.reload())
    period = books.reload()
    assert (period.round, period.content_sha256) == (2, first_hash)
    with transaction():
        mark_line(by=reviewer, period=books.reload(), line_id=_first_line(books), verdict=Verdict.PASSED)
    with pytest.raises(AlreadyMarked), transaction():
        take_back_period(by=books.clerk, period=books.reload())
    assert books.reload().stage is PeriodState.SUBMITTED


def _first_line(books: Books) -> int:
    return get_statement(books.reload()).lines[0].line.id


def test_only_what_was_submitted_is_taken_back(books: Books) -> None:
    with pytest.raises(WrongStage, match="不能撤回"), transaction():
        take_back_period(by=books.clerk, period=books.reload())


def test_a_submitted_period_is_not_made_provisional_any_more(books: Books) -> None:
    with transaction():
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    with pytest.raises(WrongStage, match="暂计"), transaction():
        allow_provisional(by=books.office, period=books.reload(), reason="等")


def test_any_change_of_a_line_changes_the_hash(books: Books) -> None:
    with transaction():
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
        before = books.period.content_sha256
        take_back_period(by=books.clerk, period=books.period)
        enter(books, line(books, kind="transfer", to_account_id=books.bank.id, amount_fen=1))
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    assert books.reload().content_sha256 != before
