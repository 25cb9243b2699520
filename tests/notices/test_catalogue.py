"""The catalogue as data, and by when its items are due."""

from datetime import date

import pytest

from village_open.core.calendars import Calendar, Deadline
from village_open.core.periods import Period
from village_open.notices.catalogue import FINANCE, Frequency, Item, Source, due_of, national_items
from village_open.registers.rules.every import REGISTERS
from village_open.villages.profile import Setting, StoredSetting, build_profile

Q3, Q4 = Period.parse("2026Q3"), Period.parse("2026Q4")
PUBLICATION = Deadline(date(2026, 10, 15), "2026年第三季度结束后次月 15 日前公布，即 2026-10-15。")


def due(item: Item, period: Period, happened_on: date | None = None) -> Deadline | None:
    return due_of(item, period, publication=PUBLICATION, calendar=Calendar(), happened_on=happened_on)


def test_every_section_of_the_three_sheets_has_its_item_and_family_planning_none() -> None:
    # The 19-section board of a county platform (2012 to 2017); section 五 is gone with the law of 2025.
    assert [item.order for item in national_items() if item.order] == [1, 2, 3, 4, *range(6, 20)]
    sheets = {n: [item.order for item in national_items() if item.sheet == n] for n in (1, 2, 3)}
    assert sheets == {1: [1, 2, 3, 4], 2: [6, 7, 8, 9, 10, 11], 3: [12, 13, 14, 15, 16, 17, 18, 19]}
    words = "".join(item.label + item.basis for item in national_items())
    assert not any(old in words for old in ("计划生育", "五保", "合作医疗"))
    assert national_items()[5].number == "七"


def test_the_tables_of_one_section_are_called_by_different_names() -> None:
    names = {item.key: [REGISTERS[key].heading or item.label for key in item.registers] for item in national_items()}
    assert [key for key, told in names.items() if len(set(told)) < len(told)] == []


def test_every_item_says_on_what_it_rests_and_who_answers_for_it() -> None:
    keys = [item.key for item in national_items()]
    assert len(keys) == len(set(keys)) >= 40
    assert keys[0] == FINANCE
    assert all(item.basis and item.role and item.label for item in national_items())
    assert all((item.source is Source.REGISTERS) <= bool(item.registers) for item in national_items())
    assert {item.group for item in national_items()} == {"政务", "事务", "财务", "党务"}


@pytest.mark.parametrize(
    ("item", "period", "happened_on", "expected"),
    [
        (Item("A", "事务", "甲", Frequency.QUARTERLY, ""), Q3, None, PUBLICATION),
        (Item("B", "事务", "乙", Frequency.YEARLY, "", month=12), Q3, None, None),
        (Item("B", "事务", "乙", Frequency.YEARLY, "", month=12), Q4, None, PUBLICATION),
        (Item("C", "事务", "丙", Frequency.EVENT, "", days=10), Q3, None, None),
        (
            Item("C", "事务", "丙", Frequency.EVENT, "", days=10), Q3, date(2026, 8, 3),
            Deadline(date(2026, 8, 13), "2026-08-03 发生，10 日内公布，即 2026-08-13。"),
        ),
        (
            Item("D", "事务", "丁", Frequency.CHANGE, "", days=10), Q3, date(2026, 9, 24),
            Deadline(
                date(2026, 10, 8),
                "2026-09-24 发生，10 日内公布，应为 2026-10-04；当日休息，按民法典第203条顺延至 2026-10-08。",
            ),
        ),
    ],
)  # fmt: skip
def test_a_deadline_says_how_it_was_found(
    item: Item, period: Period, happened_on: date | None, expected: Deadline | None
) -> None:
    assert due(item, period, happened_on) == expected


def test_how_often_is_told_in_words() -> None:
    by_key = {item.key: item.rhythm for item in national_items()}
    assert [by_key[key] for key in ("CW01", "CW06", "CW04")] == ["每季度", "有事随时（10 日内）", "每年一次（12月）"]


def test_a_list_that_is_public_on_the_twentieth_tells_of_the_third_quarter_on_the_twentieth_of_october() -> None:
    # Case 89: a coastal county's catalogue of 2022, “每季度的首个月20日” for the quarter before.
    day = StoredSetting("publication_day", Setting(20, "每季度的首个月20日"), "")
    publication = build_profile("国家", [day], Q3).publication_deadline(Q3, Calendar())
    homesteads = next(item for item in national_items() if item.key == "ZW12")
    found = due_of(homesteads, Q3, publication=publication, calendar=Calendar())
    assert found == Deadline(date(2026, 10, 20), "2026年第三季度结束后次月 20 日前公布，即 2026-10-20。")
