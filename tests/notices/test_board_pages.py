"""The board of a period over its pages: from the group's signature to the sheets, and to the resident's phone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.decisions.matters import NOW
from tests.factories import sign_in
from tests.notices.printed import text_of
from tests.notices.test_boards import DEBTS, DISPOSALS, Q3, a_board, submit, type_row
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.identity.models import Person
from village_open.jobs import work_off
from village_open.notices.boards import is_register_closed
from village_open.registers.actions import save_rows
from village_open.registers.errors import RegisterClosed
from village_open.villages.queries import list_boards

ONE = "/villages/990101101200/announcements/1"


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    """A board before the oversight group: a tractor sold, and no debts."""
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            for board in list_boards(desk.village.id):
                board.paper = "A4-portrait"
            type_row(desk, "asset_disposals", on="2026-08-03", name="拖拉机", way="拍卖")
            submit(desk, a_board(desk, DISPOSALS, DEBTS))
        yield desk


def browser(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    sign_in(client, person.id)
    return client


def test_a_board_is_signed_once_issued_once_and_read_section_by_section(app: Flask, desk: Desk) -> None:
    clerk = browser(app, desk.clerk)
    assert "集体资产资源处置、变更情况：1 条" in " ".join(clerk.get(f"{ONE}/sign-off").text.split())
    for person in desk.overseers[:2]:
        member = browser(app, person)
        page = member.get(f"{ONE}/signature").text
        assert "拖拉机" in page
        seen = page.split('name="content_sha256" type="hidden" value="')[1].split('"', maxsplit=1)[0]
        assert member.post(f"{ONE}/signature", data={"decision": "agree", "content_sha256": seen}).status_code == 302
    office = browser(app, desk.officer)
    assert "2026年第三季度" in office.get("/desk").text
    assert "村务公开分项表" in office.post(f"{ONE}/check", data={"is_checked": "y"}, follow_redirects=True).text
    assert office.post(f"{ONE}/issue").status_code == 302
    with app.app_context():
        assert work_off() == 1
    sheet = text_of(office.get(f"{ONE}/issue/sheets/sections/A4-portrait.pdf").data)
    assert "集体资产资源处置、变更情况" in sheet
    assert "拖拉机" in sheet
    assert "（无）" in sheet
    resident = app.test_client()
    assert "2026年第三季度 村务公开栏" in resident.get("/village/990101101200/affairs").text
    page = resident.get("/village/990101101200/affairs/2026/1").text
    assert "十三、债权债务情况" in page
    assert "拖拉机" in page
    assert "（无）" in page
    assert "/village/990101101200/affairs/2026/1" in resident.get("/search?q=拖拉机").text
    code = page.split('href="/v/')[-1].split('"')[0]
    verified = resident.get(f"/v/{code}").text
    assert "没有改动过" in verified
    assert "十三、债权债务情况：（无）" in verified
    assert "六、集体资产资源处置、变更情况：1 条" in verified


def test_rows_that_went_to_the_group_are_closed_until_the_board_comes_back(app: Flask, desk: Desk) -> None:
    def save() -> None:
        with app.app_context(), transaction():
            save_rows(by=desk.clerk, village=desk.village, period_code=Q3.code, register_key="asset_disposals", rows=[])

    with app.app_context():
        assert not is_register_closed(desk.village.id, Q3.code, "leases")
    with pytest.raises(RegisterClosed):
        save()
    assert "已撤回。" in browser(app, desk.clerk).post(f"{ONE}/take-back", follow_redirects=True).text
    save()
