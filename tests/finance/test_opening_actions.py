"""Where an opening comes from, on both engines: joining, carrying on, being late, months and quarters."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.factories import make_person, make_role, make_township, make_village
from tests.finance.books import Q2, Q3, Q4, Books, count_as_computed, enter, line, make_books, october, publish
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.finance.actions import (
    add_money_account,
    allow_provisional,
    close_money_account,
    correct_joining,
    join_mid_year,
    open_period,
    submit_period,
    take_back_period,
)
from village_open.finance.actions.opening import JoiningIncomplete, NameTaken, YearJustBegun
from village_open.finance.actions.submitting import ReasonMissing
from village_open.finance.errors import (
    AccountInUse,
    JoiningFixed,
    OpeningCarried,
    OpeningUnknown,
    PeriodAlreadyOpen,
    PeriodChanged,
    PeriodInFuture,
    PeriodOfOtherKind,
    PreviousNotPublished,
    PreviousPeriodSkipped,
)
from village_open.finance.models import MoneyAccount, PeriodState
from village_open.finance.publication import opening_basis
from village_open.finance.queries import get_statement
from village_open.finance.queries.periods import next_period_to_open
from village_open.record.models import RecordEntry
from village_open.villages.actions import change_profile
from village_open.villages.models import RoleKind


@pytest.fixture(autouse=True)
def _in_october() -> Iterator[None]:
    with october():
        yield


@pytest.fixture
def books(both_engines: Flask) -> Books:
    with transaction():
        return make_books(period=Q2, year_so_far={"CW0201": 900, "CW0304": 100})


def openings(books: Books, code: str) -> list[int]:
    return [account.opening_fen for account in get_statement(books.reload(code)).accounts]


def test_a_joining_village_starts_from_its_paper_with_the_year_so_far(books: Books) -> None:
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)))
    statement = get_statement(books.reload())
    assert openings(books, "2026Q2") == [100_000, 5_000_000]
    assert (statement.ytd_income_fen, statement.ytd_expense_fen) == (900, 36_100)
    assert {row.key: row.ytd_fen for row in statement.items if row.ytd_fen} == {"CW0201": 900, "CW0304": 36_100}
    assert (books.period.joining_paper, books.period.joining_signed_by) == ("2026年6月30日科目余额表", "陈报账")


def test_who_types_the_opening_signs_it_in_record_and_on_the_sheet(books: Books) -> None:
    (entry,) = db.session.query(RecordEntry).filter_by(kind="finance.join_mid_year")
    assert entry.actor_name == "陈报账"
    assert entry.said == "填写并签名确认了期初余额 51,000.00 元，来源：2026年6月30日科目余额表"
    assert opening_basis(books.period) == "2026年6月30日科目余额表（确认人：陈报账）"


def test_the_year_to_date_goes_on_from_period_to_period_and_ends_with_the_year(books: Books) -> None:
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)))
        second = open_period(by=books.clerk, village=books.village, period=Q3)
        enter(books, line(books, amount_fen=5), period=second)
    assert get_statement(books.reload("2026Q3")).ytd_expense_fen == 100 + 36_000 + 5
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q4)
    assert get_statement(books.reload("2026Q4")).ytd_expense_fen == 36_105
    with clock.living_at(datetime(2027, 1, 5, tzinfo=UTC)), transaction():
        next_year = open_period(by=books.clerk, village=books.village, period=Q4.next)
        assert get_statement(next_year).ytd_expense_fen == 0


def test_the_next_period_opens_with_the_published_closing(books: Books) -> None:
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)))
        publish(books)
        open_period(by=books.clerk, village=books.village, period=Q3)
    assert openings(books, "2026Q3") == [64_000, 5_000_000]


def test_a_late_correction_flows_through_every_period_that_is_still_entered(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q3)
        open_period(by=books.clerk, village=books.village, period=Q4)
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)), period=books.reload("2026Q2"))
    assert openings(books, "2026Q4") == openings(books, "2026Q3") == [64_000, 5_000_000]


def test_publishing_the_late_period_settles_the_opening_of_the_next(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q3)
        enter(books, line(books, on=date(2026, 4, 2)), period=books.reload("2026Q2"))
        publish(books, books.reload("2026Q2"))
    assert openings(books, "2026Q3") == [64_000, 5_000_000]
    assert books.reload("2026Q2").stage is PeriodState.ISSUED


def test_a_period_after_a_late_one_is_submitted_only_with_the_townships_reason(books: Books) -> None:
    with transaction():
        later = open_period(by=books.clerk, village=books.village, period=Q3)
        count_as_computed(books, later)
    with pytest.raises(PreviousNotPublished, match="2026年第二季度"), transaction():
        submit_period(by=books.clerk, period=books.reload("2026Q3"))
    with pytest.raises(ReasonMissing), transaction():
        allow_provisional(by=books.office, period=books.reload("2026Q3"), reason="  ")
    with transaction():
        allow_provisional(by=books.office, period=books.reload("2026Q3"), reason="第二季度票据在审计局")
        submit_period(by=books.clerk, period=books.reload("2026Q3"))
    assert books.reload("2026Q3").provisional_reason == "第二季度票据在审计局"
    assert books.reload("2026Q3").stage is PeriodState.SUBMITTED


def test_what_was_submitted_as_provisional_keeps_its_opening_until_it_is_handed_in_again(books: Books) -> None:
    with transaction():
        later = open_period(by=books.clerk, village=books.village, period=Q3)
        count_as_computed(books, later)
        allow_provisional(by=books.office, period=later, reason="等审计")
        submit_period(by=books.clerk, period=later)
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)), period=books.reload("2026Q2"))
    assert openings(books, "2026Q3") == [100_000, 5_000_000]
    with transaction():
        take_back_period(by=books.clerk, period=books.reload("2026Q3"))
    assert openings(books, "2026Q3") == [64_000, 5_000_000]


@pytest.mark.parametrize(
    ("period", "error"),
    [
        (Q2, PeriodAlreadyOpen),
        (Q2.previous, PeriodAlreadyOpen),
        (Q4, PreviousPeriodSkipped),
        (Q4.next, PeriodInFuture),
        (Period.parse("2026M07"), PeriodOfOtherKind),
    ],
)
def test_a_period_that_does_not_come_next_is_not_opened(books: Books, period: Period, error: type[Exception]) -> None:
    with pytest.raises(error), transaction():
        open_period(by=books.clerk, village=books.village, period=period)


def test_a_village_without_a_past_must_join_first_and_joins_once(both_engines: Flask) -> None:
    with transaction():
        village = make_village(make_township())
        clerk = make_person("陈报账")
        make_role(clerk, RoleKind.CLERK, village.code)
    with pytest.raises(OpeningUnknown), transaction():
        open_period(by=clerk, village=village, period=Q3)
    usual = {"by": clerk, "village": village, "openings": {}, "year_so_far": {}, "paper": "余额表"}
    with pytest.raises(JoiningIncomplete, match="资金账户"), transaction():
        join_mid_year(**usual, period=Q3)
    with transaction():
        add_money_account(by=clerk, village=village, kind="cash", name="现金")
    with pytest.raises(JoiningIncomplete) as refused, transaction():
        join_mid_year(**{**usual, "paper": " "}, period=Q3)
    assert refused.value.field == "paper"
    with pytest.raises(YearJustBegun), transaction():
        join_mid_year(**{**usual, "year_so_far": {"CW0201": 5}}, period=Q2.previous)
    with transaction():
        join_mid_year(**usual, period=Q3)
    with pytest.raises(PeriodAlreadyOpen), transaction():
        join_mid_year(**usual, period=Q4)


def corrected(books: Books, **changes: object) -> dict[str, object]:
    """What the clerk types to put the joining figures right."""
    return {
        "by": books.clerk, "period": books.reload(), "openings": {books.cash.id: 200_000},
        "year_so_far": {"CW0201": 1_000, "CW0305": 70}, "paper": " 2026年3月31日总账 ", **changes,
    }  # fmt: skip


def test_a_mistyped_joining_is_put_right_and_carried_on_while_the_first_period_is_entered(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q3)
        other = make_person("赵新报账")
        correct_joining(**corrected(books, by=other))
    period = books.reload("2026Q2")
    assert openings(books, "2026Q2") == openings(books, "2026Q3") == [200_000, 5_000_000]
    assert {row.key: row.ytd_fen for row in get_statement(books.reload("2026Q3")).items if row.ytd_fen} == {
        "CW0201": 1_000, "CW0305": 70,
    }  # fmt: skip
    assert (period.joining_paper, period.joining_signed_by) == ("2026年3月31日总账", "赵新报账")


def test_the_record_keeps_the_joining_figures_before_and_after_a_correction(books: Books) -> None:
    with transaction():
        correct_joining(**corrected(books))
    (entry,) = db.session.query(RecordEntry).filter_by(kind="finance.correct_joining")
    body = json.loads(entry.body)
    assert body["before"] == {
        "openings": {"现金": 100_000, "信用社": 5_000_000}, "year_so_far": {"CW0201": 900, "CW0304": 100},
        "basis": "2026年6月30日科目余额表",
    }  # fmt: skip
    assert body["after"] == {
        "openings": {"现金": 200_000, "信用社": 5_000_000}, "year_so_far": {"CW0201": 1_000, "CW0305": 70},
        "basis": "2026年3月31日总账",
    }  # fmt: skip
    assert (entry.actor_name, entry.said) == (
        "陈报账", "更正并签名确认了2026年第二季度的期初余额和本年累计，来源：2026年3月31日总账",
    )  # fmt: skip


def test_an_account_that_was_forgotten_at_joining_gets_its_opening_later(books: Books) -> None:
    with transaction():
        forgotten = add_money_account(by=books.clerk, village=books.village, kind="bank", name="农行")
        correct_joining(**corrected(books, openings={forgotten.id: 7}))
    assert openings(books, "2026Q2") == [100_000, 5_000_000, 7]


def test_joining_figures_stand_once_the_first_period_is_submitted(books: Books) -> None:
    with transaction():
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    with pytest.raises(JoiningFixed, match=r"待理财小组审核.*请先撤回本期"), transaction():
        correct_joining(**corrected(books))
    assert openings(books, "2026Q2") == [100_000, 5_000_000]
    with transaction():
        take_back_period(by=books.clerk, period=books.reload("2026Q2"))
        correct_joining(**corrected(books))
    assert openings(books, "2026Q2") == [200_000, 5_000_000]


def test_an_opening_that_came_from_the_period_before_is_not_typed(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q3)
    with pytest.raises(OpeningCarried, match="2026年第三季度的期初接自上期期末"), transaction():
        correct_joining(**corrected(books, period=books.reload("2026Q3")))


def test_a_correction_needs_its_paper_and_no_year_before_january(both_engines: Flask) -> None:
    with transaction():
        books = make_books(period=Period.parse("2026Q1"))
    usual = corrected(books, period=books.period)
    with pytest.raises(JoiningIncomplete) as refused, transaction():
        correct_joining(**{**usual, "paper": " ", "year_so_far": {}})
    assert refused.value.field == "paper"
    with pytest.raises(YearJustBegun), transaction():
        correct_joining(**usual)


def test_of_two_corrections_of_one_joining_the_first_stands(books: Books) -> None:
    seen = books.reload("2026Q2").version_id
    with transaction():
        correct_joining(**corrected(books, paper="2026年6月30日科目余额表", version=seen))
    with pytest.raises(PeriodChanged), transaction():
        correct_joining(**corrected(books, openings={books.cash.id: 5}, version=seen))
    assert openings(books, "2026Q2") == [200_000, 5_000_000]


@pytest.mark.parametrize(
    ("latest", "kind", "expected"),
    [
        ("2026Q2", "quarter", "2026Q3"),
        ("2026Q2", "month", "2026M07"),
        ("2026Q4", "month", "2027M01"),
        ("2026M06", "quarter", "2026Q3"),
        ("2026M07", "quarter", "2026M08"),
        ("2026M08", "quarter", "2026M09"),
        ("2026M12", "month", "2027M01"),
    ],
)
def test_months_begun_inside_a_quarter_go_on_to_its_end(latest: str, kind: str, expected: str) -> None:
    assert next_period_to_open(Period.parse(latest), kind).code == expected


def test_a_township_that_changes_to_months_carries_the_quarters_closing_on(books: Books) -> None:
    with transaction():
        enter(books, line(books, on=date(2026, 4, 2)))
        change_profile(by=books.office, township=books.township, key="period_kind", text="month", basis="镇务会决定")
    with transaction():
        month = open_period(by=books.clerk, village=books.village, period=Period.parse("2026M07"))
        enter(books, line(books), period=month)
        open_period(by=books.clerk, village=books.village, period=Period.parse("2026M08"))
    assert openings(books, "2026M07") == [64_000, 5_000_000]
    assert openings(books, "2026M08") == [28_000, 5_000_000]
    with transaction():
        enter(books, line(books, on=date(2026, 5, 2)), period=books.reload("2026Q2"))
    assert openings(books, "2026M08") == [-8_000, 5_000_000]


def test_a_new_money_account_joins_every_period_that_is_entered(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q3)
        add_money_account(by=books.clerk, village=books.village, kind="bank", name=" 农行 ")
    assert openings(books, "2026Q2") == openings(books, "2026Q3") == [100_000, 5_000_000, 0]
    with pytest.raises(NameTaken), transaction():
        add_money_account(by=books.clerk, village=books.village, kind="bank", name="农行")


def test_a_money_account_with_money_stays_and_an_empty_one_goes(books: Books) -> None:
    with transaction():
        empty = add_money_account(by=books.clerk, village=books.village, kind="bank", name="旧账户")
    with pytest.raises(AccountInUse), transaction():
        close_money_account(by=books.clerk, village=books.village, account=db.session.get(MoneyAccount, books.cash.id))
    with transaction():
        close_money_account(by=books.clerk, village=books.village, account=db.session.get(MoneyAccount, empty.id))
        open_period(by=books.clerk, village=books.village, period=Q3)
    assert len(openings(books, "2026Q3")) == 2
