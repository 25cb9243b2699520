"""Who wins again and again is listed for the township, on both engines, in one statement."""

from datetime import date

import pytest
from sqlalchemy import event

from tests.decisions.matters import NOW, happen, propose
from tests.factories import make_township, make_village
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.db import PER_PAGE, db, transaction
from village_open.decisions.actions.events import strike_event
from village_open.decisions.models import EventKind
from village_open.decisions.rules.tenders import window_start
from village_open.decisions.winners import RepeatWinner, list_repeat_winners

TODAY = date(2026, 10, 8)
AWARD, CONTRACT, BID = EventKind.AWARD_NOTICE, EventKind.CONTRACT, EventKind.BID


@pytest.fixture
def desk(both_engines):
    """A village with its people; the test lives in October 2026."""
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def win(desk, party="恒达建筑公司", on=date(2026, 5, 1), kind=CONTRACT, fen=100):
    """Let a party win a matter of its own."""
    matter = propose(desk)
    return matter, happen(desk, matter, kind, on, party=party, amount_fen=fen)


def listed(desk, **more):
    return list_repeat_winners(desk.village.township_id, on=TODAY, **more)


def test_the_third_win_is_listed_with_its_sums_and_the_second_is_not(desk) -> None:
    with transaction():
        for day in (1, 2):
            win(desk, on=date(2026, 5, day))
    assert listed(desk).items == []
    with transaction():
        win(desk, " 恒达建筑公司 ", on=date(2026, 6, 3), kind=AWARD, fen=250)
    (winner,) = listed(desk).items
    assert winner == RepeatWinner("恒达建筑公司", 3, 1, 3, 450, date(2026, 5, 1), date(2026, 6, 3))


def test_award_and_contract_of_one_matter_are_one_win_for_the_sum_of_the_contracts(desk) -> None:
    with transaction():
        matter, _ = win(desk, kind=AWARD, fen=900)
        for fen in (300, 500):
            happen(desk, matter, CONTRACT, date(2026, 5, 2), amount_fen=fen)
        win(desk)
    assert listed(desk).total == 0
    with transaction():
        win(desk)
    assert [(row.wins, row.amount_fen) for row in listed(desk).items] == [(3, 1000)]


def test_bids_struck_events_and_other_parties_are_no_wins(desk) -> None:
    with transaction():
        win(desk), win(desk)
        win(desk, kind=BID)
        win(desk, "顺通公司")
        matter, contract = win(desk)
        strike_event(by=desk.clerk, matter=matter, event=contract, reason="写错")
    assert listed(desk).items == []


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2024, 10, 7), False), (date(2024, 10, 8), True), (date(2024, 10, 9), True)]
)
def test_a_win_counts_for_two_years(desk, day, counts) -> None:
    with transaction():
        win(desk), win(desk)
        win(desk, on=day)
    assert (listed(desk).total == 1) is counts
    assert list_repeat_winners(desk.village.township_id, on=date(2026, 4, 30)).total == 0


def test_wins_in_several_villages_of_one_township_come_together_and_no_others(desk) -> None:
    with transaction():
        neighbour = make_desk(desk.village.township, number=201, name="石桥村")
        elsewhere = make_township(code="990101102", name="大河镇")
        make_village(elsewhere, number=200)
        for where in (desk, desk, neighbour):
            win(where)
        stranger = make_desk(elsewhere, number=201, name="下湾村")
        for _ in range(3):
            win(stranger, "顺通公司")
    (winner,) = listed(desk).items
    assert (winner.wins, winner.villages, winner.most_in_one_village) == (3, 2, 2)
    assert listed(desk, village_id=desk.village.id).items == []
    assert [row.party for row in list_repeat_winners(elsewhere.id, on=TODAY).items] == ["顺通公司"]


def test_the_most_frequent_comes_first_and_a_long_list_is_paged_in_one_statement(desk) -> None:
    with transaction():
        matters = [propose(desk) for _ in range(4)]
        for number in range(PER_PAGE + 1):
            for matter in matters[: 4 if number == 7 else 3]:
                happen(desk, matter, CONTRACT, date(2026, 5, 1), party=f"公司{number:03}", amount_fen=1)
    statements = []

    def note(*told):
        statements.append(told[2])

    event.listen(db.engine, "before_cursor_execute", note)
    first = listed(desk)
    event.remove(db.engine, "before_cursor_execute", note)
    asked = [one for one in statements if "matter_event" in one]
    assert (len(asked), first.total, first.pages, len(first.items)) == (1, PER_PAGE + 1, 2, PER_PAGE)
    assert [row.party for row in first.items[:3]] == ["公司007", "公司000", "公司001"]
    assert [row.party for row in listed(desk, page=2).items] == ["公司050"]
    assert (listed(desk, page=3).items, listed(desk, page=0).number) == ([], 1)


def test_two_years_before_a_leap_day_is_the_last_of_february() -> None:
    assert window_start(date(2028, 2, 29)) == date(2026, 2, 28)
    assert window_start(TODAY) == date(2024, 10, 8)
