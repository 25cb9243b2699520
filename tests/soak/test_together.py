"""Several people save at once, on both engines: no edit is lost, nothing is kept twice, the record does not fork."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import make_township
from tests.ready_periods import AFTER_QUARTER, OPENINGS, PERIOD, make_desk
from village_open.core import clock
from village_open.core.errors import EditConflict
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.finance.models import Line
from village_open.finance.queries import get_period
from village_open.finance.rules import LineInput
from village_open.record.queries import count_entries, find_broken_link
from village_open.villages.models import Township
from village_open.villages.queries import get_township

HANDS, SAVES, ROWS = 4, 15, 3
STEP_FEN = 100


@dataclass(frozen=True)
class Hand:
    """A clerk as a request knows them: plain values, no row of anybody's session."""

    id: int
    name: str
    village_code: str
    account_id: int


@pytest.fixture
def hand(both_engines: Flask) -> Hand:
    assert both_engines.testing
    return make_hand(make_township)


def make_hand(township: Callable[[], Township], *, number: int = 200) -> Hand:
    """Make a village whose quarter is being entered, and its clerk."""
    with clock.living_at(AFTER_QUARTER), transaction():
        desk = make_desk(township(), number=number, name=f"{number}村")
        actions.join_mid_year(
            by=desk.clerk, village=desk.village, period=PERIOD, year_so_far={}, paper="余额表",
            openings=dict(zip(desk.accounts, OPENINGS, strict=True)),
        )  # fmt: skip
        return Hand(desk.clerk.id, desk.clerk.name, desk.village.code, desk.accounts[0])


def at_once(app: Flask, work: Callable[[int], int]) -> int:
    """Let several hands work at the same time, each in an application context of its own; sums what they return."""
    db.session.rollback()  # On SQLite a reader that stays would hold up every writer.

    def in_context(hand: int) -> int:
        with app.app_context():
            return work(hand)

    with ThreadPoolExecutor(HANDS) as hands:
        return sum(hands.map(in_context, range(HANDS)))


def a_row(hand: Hand, **changes: object) -> LineInput:
    row = LineInput(
        on=date(2026, 8, 1), kind="expense", summary="购打印纸", amount_fen=STEP_FEN, account_id=hand.account_id
    )
    return replace(row, **changes)


def save(hand: Hand, *rows: LineInput) -> list[Line]:
    with transaction():
        return actions.save_lines(by=hand, period=get_period(hand.village_code, PERIOD.code), rows=rows)


def test_no_edit_of_the_same_line_is_lost(both_engines: Flask, hand: Hand) -> None:
    (line,) = save(hand, a_row(hand))
    line_id = line.id
    before = count_entries()

    def add_step_by_step(_hand: int) -> int:
        conflicts = 0
        for _ in range(SAVES):
            while not add_one_step(hand, line_id):
                conflicts += 1
        return conflicts

    at_once(both_engines, add_step_by_step)
    db.session.rollback()
    assert db.session.scalar(select(Line.amount_fen).where(Line.id == line_id)) == STEP_FEN * (1 + HANDS * SAVES)
    assert count_entries() - before == HANDS * SAVES
    assert find_broken_link(hand.village_code) is None


def add_one_step(hand: Hand, line_id: int) -> bool:
    """Read the line, add to it, save: as a person does who looks, thinks and types; tell whether the save was first."""
    db.session.rollback()
    db.session.expire_all()
    seen = db.session.get_one(Line, line_id)
    row = a_row(hand, id=line_id, version=seen.version_id, amount_fen=seen.amount_fen + STEP_FEN)
    try:
        save(hand, row)
    except EditConflict:
        return False
    return True


def test_rows_added_at_once_are_all_kept_each_once_and_in_an_order(both_engines: Flask, hand: Hand) -> None:
    def add_rows(n: int) -> int:
        for number in range(SAVES):
            keys = [f"{n}-{number}-{row}" for row in range(ROWS)]
            rows = [a_row(hand, summary=key, draft_key=key) for key in keys]
            save(hand, *rows)
            save(hand, *rows)  # The answer was lost: the browser sends the same rows again.
        return SAVES

    at_once(both_engines, add_rows)
    db.session.rollback()
    wanted = HANDS * SAVES * ROWS
    columns = (func.count(), func.count(Line.summary.distinct()), func.count(Line.position.distinct()))
    assert tuple(db.session.execute(select(*columns)).one()) == (wanted, wanted, wanted)
    assert find_broken_link(hand.village_code) is None


def test_people_of_different_villages_do_not_refuse_one_another(both_engines: Flask, hand: Hand) -> None:
    others = [make_hand(lambda: get_township(hand.village_code[:9]), number=300 + n) for n in range(HANDS)]

    def add_rows(n: int) -> int:
        return sum(len(save(others[n], a_row(others[n], summary=str(number)))) for number in range(SAVES))

    assert at_once(both_engines, add_rows) == HANDS * SAVES
    assert [find_broken_link(other.village_code) for other in others] == [None] * HANDS
