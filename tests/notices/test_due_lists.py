"""The due list of a village and the coverage of a township: every item by name, in a fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.decisions.matters import NOW
from tests.factories import make_village, sign_in
from tests.notices.test_boards import DEBTS, Q3, type_row
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.db import db, transaction
from village_open.decisions.actions.boards import begin_board
from village_open.decisions.models import Announcement, AnnouncementState
from village_open.notices.catalogue import national_items
from village_open.notices.catalogue_pages import list_coverage, list_due
from village_open.notices.due_lists import ItemLine, ItemState
from village_open.notices.models import ItemException, LocalItem
from village_open.villages.models import Village

LATE = datetime(2026, 11, 9, 2, tzinfo=UTC)
HOME = "/villages/990101101200/catalogue/2026Q3"


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def by_key(village: Village) -> dict[str, ItemLine]:
    return {line.item.key: line for line in list_due(village, Q3)}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gather the statements that run meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def put(desk: Desk, state: AnnouncementState, village: Village | None = None) -> Announcement:
    """Let a village have a board with one item at a stage, whatever the deeds before."""
    row = begin_board(by=desk.clerk, village=village or desk.village, period=Q3, sections=[DEBTS])
    row.state = state.value
    db.session.flush()
    return row


def test_every_item_is_named_with_its_state_and_its_day(desk: Desk) -> None:
    with transaction():
        type_row(desk, "asset_disposals", name="拖拉机")
        db.session.add(
            ItemException(
                village_id=desk.village.id, item_key="CW06", reason="没有征过地", starts_with="2026Q1", ends_with=""
            )
        )
        db.session.add(
            LocalItem(
                township_id=desk.village.township_id, key="BZ01", label="河长巡河情况", group="事务",
                frequency="quarterly", basis="镇里规定", starts_with="2026Q3", ends_with="2026Q4",
            )
        )  # fmt: skip
        put(desk, AnnouncementState.SUBMITTED)
    lines = by_key(desk.village)
    states = {key: lines[key].state for key in ("CW05", "CW03", "CW06", "SW13", "SW07", "CW01", "BZ01")}
    assert states == {
        "CW05": ItemState.FILLED, "CW03": ItemState.SUBMITTED, "CW06": ItemState.EXCEPTED, "SW13": ItemState.MISSING,
        "SW07": ItemState.RESTS, "CW01": ItemState.MISSING, "BZ01": ItemState.MISSING,
    }  # fmt: skip
    assert lines["CW06"].reason == "没有征过地"
    assert lines["SW13"].due == lines["CW05"].due
    assert lines["SW13"].due is not None
    assert lines["SW13"].due.explained.startswith("2026年第三季度结束后")
    assert lines["CW06"].due is lines["SW07"].due is None
    assert len(lines) == len(national_items()) + 1


def test_what_is_not_public_after_its_day_is_late_and_what_is_settled_is_not(desk: Desk) -> None:
    with transaction():
        put(desk, AnnouncementState.ISSUED)
    with clock.living_at(LATE):
        lines = by_key(desk.village)
    assert lines["CW03"].state is ItemState.NOTHING
    assert (lines["CW03"].late_days, lines["SW07"].late_days) == (0, 0)
    due = lines["SW13"].due
    assert due is not None
    assert lines["SW13"].late_days == (LATE.date() - due.on).days > 0


def test_the_village_that_has_settled_least_is_on_top(desk: Desk) -> None:
    with transaction():
        other = make_village(desk.village.township, number=201, name="王家湾村")
        put(desk, AnnouncementState.ISSUED)
        third = make_village(desk.village.township, number=199, name="黄泥岗村")
        for key in ("CW03", "CW05"):
            db.session.add(ItemException(village_id=other.id, item_key=key, reason="没有", starts_with="2026Q1"))
    _items, page = list_coverage(desk.village.township, Q3)
    assert [row.village.id for row in page.items] == [third.id, desk.village.id, other.id]
    assert [row.published for row in page.items] == [0, 1, 0]
    assert page.items[2].asked == page.items[0].asked - 2


def test_twelve_villages_and_all_items_need_as_many_queries_as_two(desk: Desk) -> None:
    with transaction():
        make_village(desk.village.township, number=201, name="王家湾村")
    db.session.expire_all()
    with counted() as few:
        list_coverage(desk.village.township, Q3)
    with transaction():
        for number in range(10):
            put(desk, AnnouncementState.ISSUED, make_village(desk.village.township, number=300 + number))
    db.session.expire_all()
    with counted() as many:
        items, page = list_coverage(desk.village.township, Q3)
    assert len(items) >= 40
    assert page.total == 12
    assert sum("SELECT" in one for one in many) == sum("SELECT" in one for one in few) <= 14


@pytest.fixture
def pages(app: Flask) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """A clerk's and an officer's browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            type_row(desk, "asset_disposals", name="拖拉机", way="拍卖")
            ids = desk.clerk.id, desk.officer.id
        clerk, officer = app.test_client(), app.test_client()
        sign_in(clerk, ids[0])
        sign_in(officer, ids[1])
        yield clerk, officer


def test_the_clerk_makes_the_board_on_the_due_list_and_submits_it(pages: tuple[FlaskClient, FlaskClient]) -> None:
    clerk, officer = pages
    page = clerk.get(HOME).text
    assert 'name="item" value="CW05"' in page
    assert 'name="nothing" value="CW05"' not in page
    assert 'name="item"' not in officer.get(HOME).text
    data = {"item": ["CW05", "SW13", "SW11", "CW01"], "nothing": ["SW13"], "note-SW11": "调解邻里纠纷 2 起"}
    board = clerk.post(f"{HOME}/board", data=data, follow_redirects=True).text
    assert "已保存公开栏的栏目" in board
    assert all(word in board for word in ("拖拉机", "（无）", "调解邻里纠纷 2 起"))
    assert "财务收支情况" not in board
    changed = clerk.post(f"{HOME}/board", data={**data, "item": ["CW05", "SW13"]}, follow_redirects=True).text
    assert "调解邻里纠纷" not in changed
    assert (
        "待监督小组审查" in clerk.post("/villages/990101101200/announcements/1/submission", follow_redirects=True).text
    )
    assert "已经在另一份" not in clerk.post(f"{HOME}/board", data={"item": ["CW05"]}).text
    assert "还没有选要公开的事项" in clerk.post(f"{HOME}/board", data={"item": ["CW05"]}).text


def test_the_township_sees_every_village_and_takes_the_matrix_home(pages: tuple[FlaskClient, FlaskClient]) -> None:
    _clerk, officer = pages
    page = officer.get("/office/990101101/coverage/2026Q3").text
    assert f'href="{HOME}"' in page
    assert "集体资产资源处置、变更情况" in page
    rows = officer.get("/office/990101101/coverage/2026Q3/list.csv").data.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("村,统计用区划代码,应公开,已公开,逾期,财务收支情况")
    assert "已填" in rows[1]
    due = officer.get(f"{HOME}/list.csv").data.decode("utf-8-sig")
    assert "十三,债权债务情况,财务,每季度,没有内容,2026-10-15" in due
