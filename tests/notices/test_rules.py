from datetime import date

import pytest

from village_open.core.calendars import DayRule
from village_open.notices.rules import (
    PaperNeed,
    PublicAddressUnfit,
    count_posting,
    disclosure_number,
    need_for,
    paper_needs,
    read_needs,
    require_public_address,
    written_needs,
)

A4, A4_LYING, A3, A2 = "A4-portrait", "A4-landscape", "A3-landscape", "A2-portrait"


def test_a_number_names_place_year_and_place_in_the_year() -> None:
    assert disclosure_number("青山镇", "李家村", 2026, 3) == "青山镇李家村〔2026〕财公3号"


@pytest.mark.parametrize(
    ("boards", "needs"),
    [
        ([], [(A4, 0)]),
        ([(A3, 1500)], [(A4, 0), (A3, 1500)]),
        ([(A3, 1500), (A3, 2500)], [(A4, 0), (A3, 2500)]),
        ([(A3, 3000), (A2, 1500)], [(A4, 0), (A2, 1500), (A3, 3000)]),
        ([(A4, 2000)], [(A4, 2000)]),
        ([(A4, 1500), (A4_LYING, 2500)], [(A4, 1500), (A4_LYING, 2500)]),
    ],
)
def test_the_papers_are_the_hand_out_and_those_of_the_boards_for_their_farthest_reader(
    boards: list[tuple[str, int]], needs: list[tuple[str, int]]
) -> None:
    found = paper_needs(boards)
    assert found == tuple(PaperNeed(*need) for need in needs)
    assert read_needs(written_needs(found)) == found


@pytest.mark.parametrize(
    ("kept", "needs"),
    [
        ("A4-portrait@1500 A3-landscape@2000", [(A4, 0), (A3, 2000)]),
        ("A4-portrait@3000", [(A4, 0)]),
        ("A4-portrait@1500 A4-landscape@1500", [(A4, 0), (A4_LYING, 1500)]),
        ("A4-portrait@0 A4-portrait@3000", [(A4, 3000)]),
    ],
)
def test_papers_kept_before_hand_and_board_were_told_apart_read_as_they_were_printed(
    kept: str, needs: list[tuple[str, int]]
) -> None:
    assert read_needs(kept) == tuple(PaperNeed(*need) for need in needs)


@pytest.mark.parametrize(
    ("paper", "distance_mm", "is_for_hand", "is_for_board"),
    [(A4, 0, True, False), (A4_LYING, 0, True, False), (A4, 2000, True, True), (A3, 1500, False, True)],
)
def test_a_need_says_whether_it_is_for_the_hand_or_for_the_board(
    paper: str, distance_mm: int, is_for_hand: bool, is_for_board: bool
) -> None:
    need = PaperNeed(paper, distance_mm)
    assert (need.is_for_hand, need.is_for_board) == (is_for_hand, is_for_board)


@pytest.mark.parametrize(("paper", "distance_mm"), [(A3, 2500), (A2, 1500), (A4, 0), (A4_LYING, 0)])
def test_of_papers_that_no_board_asked_for_a4_is_for_the_hand_and_others_for_the_usual_distance(
    paper: str, distance_mm: int
) -> None:
    assert need_for(paper_needs([(A3, 2500)]), paper).reading_distance_mm == distance_mm


@pytest.mark.parametrize("address", ["", "http://192.168.1.10:5000", "https://gongkai.example/village"])
def test_an_address_that_a_phone_can_follow_is_taken(address: str) -> None:
    require_public_address(address)


@pytest.mark.parametrize(
    "address",
    ["192.168.1.10:5000", "ftp://a.example", "http://", "http://localhost:5000", "http://127.0.0.1", "http://a/?b=1"],
)
def test_an_address_that_leads_nowhere_is_refused_before_it_is_printed(address: str) -> None:
    with pytest.raises(PublicAddressUnfit, match="VILLAGE_OPEN_PUBLIC_URL"):
        require_public_address(address)


FIRST = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("rule", "taken_down_on", "today", "served", "short", "fell_short"),
    [
        (DayRule.FIRST_DAY_EXCLUDED, None, date(2026, 10, 12), 0, 15, False),
        (DayRule.FIRST_DAY_EXCLUDED, None, date(2026, 10, 27), 15, 0, False),
        (DayRule.FIRST_DAY_EXCLUDED, date(2026, 10, 26), date(2026, 11, 1), 14, 1, True),
        (DayRule.FIRST_DAY_EXCLUDED, date(2026, 10, 27), date(2026, 11, 1), 15, 0, False),
        (DayRule.BOTH_ENDS, date(2026, 10, 26), date(2026, 11, 1), 15, 0, False),
        (DayRule.BOTH_ENDS, date(2026, 10, 12), date(2026, 11, 1), 1, 14, True),
    ],
)
def test_days_on_the_board_are_counted_by_the_profile_s_rule(
    rule: DayRule, taken_down_on: date | None, today: date, served: int, short: int, fell_short: bool
) -> None:
    count = count_posting(posted_on=FIRST, taken_down_on=taken_down_on, today=today, needed_days=15, rule=rule)
    assert (count.served_days, count.short_days, count.fell_short) == (served, short, fell_short)


def test_the_last_day_on_the_board_is_the_fifteenth_after_the_first() -> None:
    count = count_posting(
        posted_on=FIRST, taken_down_on=None, today=FIRST, needed_days=15, rule=DayRule.FIRST_DAY_EXCLUDED
    )
    assert count.until == date(2026, 10, 27)
