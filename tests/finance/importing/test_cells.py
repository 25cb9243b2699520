"""Days, voucher numbers and column letters in every form they are met in."""

from datetime import date

import pytest

from village_open.finance.importing.cells import (
    DayUnreadable,
    column_letter,
    month_end,
    read_amount,
    read_day,
    read_month,
    read_voucher,
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01", "2026/7/1", "2026.7.1", "20260701", "2026年07月01日", "2026年7月1日", "2026-07-01 00:00:00",
        "2026/7/1 0:00", "46204", "46204.0", "7月1日", "7-1", "２０２６－０７－０１", "2026 年 7 月 1 日",
        "7/1", "7.1", "7.01",
    ],
)  # fmt: skip
def test_day_is_read_in_all_its_forms(text):
    assert read_day(text, 2026) == date(2026, 7, 1)


def test_month_alone_ends_with_its_last_day():
    assert (read_day("2026年2月", 2026), month_end(2026, 12)) == (date(2026, 2, 28), date(2026, 12, 31))
    assert [read_month(text) for text in ("7", "7月", "2026年7期", "07", "7.0")] == [7] * 5


@pytest.mark.parametrize("text", ["2026-02-30", "昨天", "26-07-01", "13.1", "9.40", "12", "2026-13-01", "0-1"])
def test_day_that_is_none_or_ambiguous_is_refused(text):
    with pytest.raises(DayUnreadable):
        read_day(text, 2026)


@pytest.mark.parametrize(
    ("text", "voucher"),
    [
        ("记-12", ("记", "12")), ("记 12", ("记", "12")), ("记字第12号", ("记", "12")), ("银付0003", ("银付", "0003")),
        ("24号单", ("", "24")), ("0001501号单", ("", "0001501")), ("12", ("", "12")), ("记", ("记", "")),
        ("记-12/3", ("记", "12/3")), ("A-7B", ("", "A-7B")), ("", ("", "")),
        ("记10", ("记", "10")), ("记–10", ("记", "10")), ("记－10", ("记", "10")), ("记−10", ("记", "10")),
    ],
)  # fmt: skip
def test_voucher_splits_into_word_and_number(text, voucher):
    assert read_voucher(text) == voucher


@pytest.mark.parametrize("text", ["", " ", "-", "—", "无", "/"])
def test_blank_dash_and_none_are_no_amount(text):
    assert read_amount(text) is None


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
