"""Calendars: the Civil Code's day counting and the State Council's holidays, made-up Saturdays included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.calendars import Calendar, DayRule, days_served, term_last_day

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
RULES = st.sampled_from(DayRule)

# The State Council's notice on the holidays of 2026, by hand: first and last day off, and the weekend days worked.
HOLIDAYS_2026 = [
    ("01-01", "01-03", ["01-04"]),
    ("02-15", "02-23", ["02-14", "02-28"]),
    ("04-04", "04-06", []),
    ("05-01", "05-05", ["05-09"]),
    ("06-19", "06-21", []),
    ("09-25", "09-27", []),
    ("10-01", "10-07", ["09-20", "10-10"]),
]


def worked_in_2026() -> dict[date, bool]:
    """Work out every day of 2026 from the notice alone."""
    worked = {day: day.weekday() < 5 for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365))}
    for first, last, made_up in HOLIDAYS_2026:
        begin, end = date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}")
        worked |= dict.fromkeys((begin + timedelta(days=n) for n in range((end - begin).days + 1)), False)
        worked |= dict.fromkeys((date.fromisoformat(f"2026-{day}") for day in made_up), True)
    return worked


def test_every_day_of_2026_is_worked_or_free_as_the_notice_says() -> None:
    calendar = Calendar()
    assert {day: calendar.is_working_day(day) for day in worked_in_2026()} == worked_in_2026()


@pytest.mark.parametrize(
    ("nominal", "actual"),
    [
        ("2026-09-30", "2026-09-30"),
        ("2026-10-01", "2026-10-08"),
        ("2026-10-07", "2026-10-08"),
        ("2026-10-10", "2026-10-10"),  # A Saturday that is worked.
        ("2026-10-11", "2026-10-12"),
        ("2026-02-14", "2026-02-14"),
        ("2026-02-15", "2026-02-24"),
    ],
)
def test_a_last_day_that_is_free_moves_to_the_next_day_worked(nominal: str, actual: str) -> None:
    assert Calendar().next_working_day(date.fromisoformat(nominal)) == date.fromisoformat(actual)


def test_a_deadline_that_stays_says_how_it_was_found() -> None:
    deadline = Calendar().deadline(date(2026, 10, 15), "季度结束后15日内公布")
    assert (deadline.on, deadline.explained) == (date(2026, 10, 15), "季度结束后15日内公布，即 2026-10-15。")


def test_a_deadline_that_moves_says_why_and_by_which_article() -> None:
    deadline = Calendar().deadline(date(2026, 10, 5), "季度结束后5日内上报")
    assert deadline.on == date(2026, 10, 8)
    assert deadline.explained == "季度结束后5日内上报，应为 2026-10-05；当日休息，按民法典第203条顺延至 2026-10-08。"


def test_an_office_can_override_a_day_both_ways() -> None:
    calendar = Calendar({date(2026, 10, 8): False, date(2026, 10, 3): True})
    assert calendar.next_working_day(date(2026, 10, 1)) == date(2026, 10, 3)
    assert calendar.next_working_day(date(2026, 10, 4)) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("starts_on", "days", "rule", "last_on"),
    [
        # Civil Code article 201: the day on which a term begins is not counted; counting starts on the next.
        ("2026-10-10", 15, DayRule.FIRST_DAY_EXCLUDED, "2026-10-25"),
        ("2026-10-10", 15, DayRule.BOTH_ENDS, "2026-10-24"),
        ("2026-10-10", 1, DayRule.FIRST_DAY_EXCLUDED, "2026-10-11"),
        ("2026-10-10", 1, DayRule.BOTH_ENDS, "2026-10-10"),
        ("2026-12-25", 15, DayRule.FIRST_DAY_EXCLUDED, "2027-01-09"),
        ("2028-02-20", 15, DayRule.FIRST_DAY_EXCLUDED, "2028-03-06"),
    ],
)
def test_a_term_ends_where_its_rule_says(starts_on: str, days: int, rule: DayRule, last_on: str) -> None:
    assert term_last_day(date.fromisoformat(starts_on), days, rule) == date.fromisoformat(last_on)


@given(DAYS, st.integers(1, 400), RULES)
def test_a_term_served_to_its_last_day_has_its_length(starts_on: date, days: int, rule: DayRule) -> None:
    last = term_last_day(starts_on, days, rule)
    assert days_served(starts_on, last, rule) == days
    assert days_served(starts_on, last - timedelta(days=1), rule) == days - 1


@given(DAYS, st.integers(1, 400), RULES)
def test_what_came_down_before_it_went_up_served_no_day(starts_on: date, days: int, rule: DayRule) -> None:
    assert days_served(starts_on, starts_on - timedelta(days=days), rule) == 0


@given(DAYS)
def test_the_next_working_day_is_worked_and_no_earlier_one_was(day: date) -> None:
    calendar = Calendar()
    found = calendar.next_working_day(day)
    assert calendar.is_working_day(found)
    assert not any(calendar.is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_each_rule_has_its_words() -> None:
    assert {rule.label for rule in DayRule} == {"起始当日不计入", "首尾两日都计入"}
