"""Periods: both ends inside, every day in exactly one quarter and one month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.periods import Period, PeriodKind, PeriodUnreadable

DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 31))
KINDS: st.SearchStrategy[PeriodKind] = st.sampled_from(("quarter", "month"))


@pytest.mark.parametrize(
    ("code", "first_on", "last_on", "label"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026Q2", date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2026M02", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("2028M02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026M12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
    ],
)
def test_a_period_has_its_days_and_its_name(code: str, first_on: date, last_on: date, label: str) -> None:
    period = Period.parse(code)
    assert (period.first_on, period.last_on, period.label, period.code) == (first_on, last_on, label, code)


@pytest.mark.parametrize(("typed", "code"), [(" 2026q3 ", "2026Q3"), ("2026M7", "2026M07"), ("2026m07", "2026M07")])
def test_a_code_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert Period.parse(typed).code == code


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026Q0", "2026Q5", "2026M0", "2026M13", "26Q3", "2026-Q3", "2026Q3 2026Q4", "Q3", "1948Q1", "2201Q1"],
)
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PeriodUnreadable, match="2026Q3（季度）或 2026M07（月）"):
        Period.parse(text)


@given(DAYS, KINDS)
def test_every_day_lies_in_its_period_and_in_no_neighbour(day: date, kind: PeriodKind) -> None:
    period = Period.of(day, kind)
    assert day in period
    assert day not in period.next
    assert day not in period.previous


@given(DAYS, KINDS)
def test_periods_follow_each_other_without_gap_or_overlap(day: date, kind: PeriodKind) -> None:
    period = Period.of(day, kind)
    assert period.next.first_on == period.last_on + timedelta(days=1)
    assert period.next.previous == period
    assert period < period.next
    assert period.code < period.next.code


@given(DAYS, KINDS)
def test_a_code_survives_being_printed_and_typed_again(day: date, kind: PeriodKind) -> None:
    period = Period.of(day, kind)
    assert Period.parse(period.code) == period


@given(DAYS)
def test_a_quarter_is_its_three_months(day: date) -> None:
    quarter = Period.of(day)
    months = quarter.months
    assert len(months) == 3
    assert (months[0].first_on, months[-1].last_on) == (quarter.first_on, quarter.last_on)
    assert months[0].next == months[1]
    assert months[1].next == months[2]
    assert {month.quarter for month in months} == {quarter}


def test_a_month_is_its_own_only_month() -> None:
    month = Period.parse("2026M07")
    assert month.months == (month,)


def test_a_quarter_is_its_own_quarter() -> None:
    quarter = Period.parse("2026Q3")
    assert quarter.quarter == quarter


@pytest.mark.parametrize(("code", "this", "last"), [("2026Q3", "本季", "上季"), ("2026M07", "本月", "上月")])
def test_table_heads_speak_of_quarters_or_months(code: str, this: str, last: str) -> None:
    period = Period.parse(code)
    assert (period.this_word, period.last_word) == (this, last)


def test_what_is_no_day_lies_in_no_period() -> None:
    assert "2026-07-01" not in Period.parse("2026Q3")
