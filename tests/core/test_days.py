from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.days import DayUnreadable, parse_day


@pytest.mark.parametrize(
    "text",
    [
        "7.15", "07.15", "7-15", "7/15", "7月15日", "7月15", "2026-07-15", "2026-7-15", "2026.7.15", "2026/07/15",
        "20260715", "2026年7月15日", "2026年07月15号", " 2026 - 07 - 15 ", "７．１５", "２０２６年７月１５日",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text):
    assert parse_day(text, default_year=2026) == date(2026, 7, 15)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [("12.31", 2025, date(2025, 12, 31)), ("2.29", 2028, date(2028, 2, 29)), ("2024-12-31", 2026, date(2024, 12, 31))],
)
def test_only_a_day_without_a_year_falls_in_the_default_year(text, year, expected):
    assert parse_day(text, default_year=year) == expected


@pytest.mark.parametrize("text", ["2.30", "2.29", "13.1", "0.5", "2026-04-31", "20261301"])
def test_a_day_that_no_calendar_has_is_refused_by_name(text):
    with pytest.raises(DayUnreadable, match=r"没有 .*这一天"):
        parse_day(text, default_year=2026)


@pytest.mark.parametrize(
    "text", ["", "七月十五", "7", "15日", "2026-07", "26-7-15", "7.15.1", "7.15 或 7.16", "202607150", "1.1e1"]
)
def test_a_text_of_another_shape_is_refused_with_an_example(text):
    with pytest.raises(DayUnreadable, match=r"请写成 7\.15 或 2026-07-15"):
        parse_day(text, default_year=2026)


@pytest.mark.parametrize("text", ["1948-12-31", "2201-01-01", "00010101"])
def test_a_year_outside_any_ledger_is_refused(text):
    with pytest.raises(DayUnreadable, match="年份"):
        parse_day(text, default_year=2026)


@given(st.integers(0, 90_000), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日"]))
def test_every_written_day_reads_back(days, shape):
    day = date(1949, 1, 1) + timedelta(days=days)
    assert parse_day(day.strftime(shape), default_year=2000) == day
