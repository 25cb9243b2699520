"""Who sits in both groups, where the profile allows it, is seen as such wherever the signature is read."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_role, make_township, sign_in
from tests.notices.printed import text_of
from tests.published import make_published
from tests.ready_periods import AFTER_QUARTER, Desk, confirm_ready, make_desk, ready_period, submit_ready
from village_open.core import clock
from village_open.db import db, transaction
from village_open.notices.contents import build_content, draft_content
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.sheets.render import render_sheet
from village_open.printing.paper import Paper
from village_open.villages.models import Role, RoleKind

pytestmark = pytest.mark.usefixtures("sheets_set_once")

SIGN = "/villages/990101101200/2026Q3/sign"
TWOFOLD = {"民主理财小组组长（兼村务监督小组）", "村务监督小组成员（兼民主理财小组）"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A village in 四川 whose 王桂兰 leads the one group and sits in the other; its quarter was just submitted."""
    with app.app_context(), transaction():
        desk = make_desk(make_township(jurisdiction="四川"))
        db.session.query(Role).filter_by(person_id=desk.overseers[1].id).delete()
        make_role(desk.reviewers[0], RoleKind.SUPERVISION, desk.village.code)
        desk = replace(desk, overseers=(desk.overseers[0], desk.reviewers[0], desk.overseers[2]))
        submit_ready(desk)
    return desk


def signed(app: Flask, desk: Desk) -> dict:
    """Take the quarter through both groups, and return what would be frozen."""
    with app.app_context(), transaction():
        confirm_ready(desk, ready_period(desk))
        return build_content(ready_period(desk), issued_on=AFTER_QUARTER.date())


def test_the_frozen_content_marks_both_seats_of_one_person_and_no_other(app: Flask, desk: Desk) -> None:
    slots = [(row["slot"], row["name"]) for row in signed(app, desk)["signers"]]
    assert {slot for slot, name in slots if name == "王桂兰"} == TWOFOLD
    assert not [slot for slot, name in slots if name != "王桂兰" and "兼" in slot]


def test_a_later_election_does_not_change_what_was_signed(app: Flask, desk: Desk) -> None:
    before = signed(app, desk)
    with app.app_context(), transaction():
        db.session.query(Role).filter_by(person_id=desk.reviewers[0].id, kind=RoleKind.SUPERVISION.value).delete()
        assert build_content(ready_period(desk), issued_on=AFTER_QUARTER.date()) == before


@pytest.mark.parametrize("kind", SheetKind)
@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_the_sheet_prints_the_mark_beside_the_decision(app: Flask, desk: Desk, kind: SheetKind, paper: str) -> None:
    sheet = render_sheet(content={**signed(app, desk), "number": "1"}, kind=kind, paper=Paper.parse(paper))
    text = text_of(sheet.pdf)
    assert "民主理财小组组长" in text
    assert "兼村务监督小组" in text
    assert "兼民主理财小组" in text


def test_the_public_page_and_the_page_of_the_code_show_the_mark(app: Flask, client: FlaskClient, desk: Desk) -> None:
    content = signed(app, desk)
    with app.app_context(), transaction():
        code = make_published(ready_period(desk).village, signers=content["signers"]).code
    for address in ("/village/990101101200/2026Q3/finance", f"/v/{code}"):
        page = BeautifulSoup(client.get(address).text, "html.parser")
        assert {cell.text for cell in page.select("td") if "兼" in cell.text} == TWOFOLD


@pytest.mark.parametrize("group", ["finance_review", "supervision"])
def test_the_sign_page_and_the_page_for_ink_show_the_mark(
    app: Flask, client: FlaskClient, desk: Desk, group: str
) -> None:
    with clock.living_at(AFTER_QUARTER):
        before = BeautifulSoup(signed_in(client, desk).get(SIGN).text, "html.parser")
        assert [row.text.split() for row in before.select("th[scope=row]") if "兼" in row.text] == [
            ["王桂兰", "组长", "◇兼两个小组"]
        ]
        signed(app, desk)
        after = BeautifulSoup(signed_in(client, desk).get(SIGN).text, "html.parser")
        assert [row.strong.text for row in after.select("th[scope=row]") if "兼" in row.text] == ["王桂兰"] * 2
        ink = BeautifulSoup(client.get(f"{SIGN}/{group}/paper").text, "html.parser")
    assert [row.text for row in ink.select(".ink th[scope=row]") if "兼" in row.text] == [
        {"finance_review": "王桂兰组长（兼两个小组）", "supervision": "王桂兰（兼两个小组）"}[group]
    ]


def signed_in(client: FlaskClient, desk: Desk) -> FlaskClient:
    """The clerk's browser."""
    sign_in(client, desk.clerk.id)
    return client


def test_a_draft_marks_the_seat_before_the_other_group_has_seen_the_quarter(app: Flask, desk: Desk) -> None:
    with app.app_context(), clock.living_at(AFTER_QUARTER):
        content = draft_content(ready_period(desk), issued_on=AFTER_QUARTER.date())
    assert [row["slot"] for row in content["signers"] if "兼" in row["slot"]] == ["民主理财小组组长（兼村务监督小组）"]
