"""A payment names the decision behind it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.decisions.matters import NOW, propose
from tests.factories import sign_in
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.finance.actions.deciding import MatterOfAnotherVillage, NotAPayment, link_matter
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.queries.payments import list_payments
from village_open.finance.rules import LineInput
from village_open.record.queries import find_broken_link, list_trail

PERIOD = Period.parse("2026Q3")


def make_payment(desk: Desk, kind: str = "expense") -> tuple[FinancePeriod, Line]:
    """A quarter with one line."""
    period = actions.join_mid_year(
        by=desk.clerk, village=desk.village, period=PERIOD, openings=dict.fromkeys(desk.accounts, 9_000_000),
        year_so_far={}, paper="科目余额表",
    )  # fmt: skip
    row = LineInput(
        on=date(2026, 9, 20), kind=kind, summary="付道路工程款", amount_fen=800_000, account_id=desk.accounts[1],
        payee="恒达建筑公司", item_key="CW0306" if kind == "expense" else "CW0202",
    )  # fmt: skip
    (line,) = actions.save_lines(by=desk.clerk, period=period, rows=[row])
    return period, line


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def test_a_payment_is_found_under_the_matter_that_it_names_and_no_longer_when_that_is_taken_back(desk: Desk) -> None:
    with transaction():
        matter, (period, line) = propose(desk), make_payment(desk)
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
    assert [(one.on, one.party, one.amount_fen) for one in list_payments(matter.id)] == [
        (date(2026, 9, 20), "恒达建筑公司", 800_000)
    ]
    assert "写明“付道路工程款”8,000.00 元依据事项 2026-1“修缮三组道路”" in list_trail(desk.village.code).items[0].said
    with transaction():
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=None)
    assert list_payments(matter.id) == []
    assert find_broken_link(desk.village.code) is None


def test_a_line_taken_out_is_no_payment(desk: Desk) -> None:
    with transaction():
        matter, (period, line) = propose(desk), make_payment(desk)
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
        line.is_removed = True
    assert list_payments(matter.id) == []


def test_income_and_another_villages_matter_are_refused(desk: Desk) -> None:
    with transaction():
        other = make_desk(desk.village.township, number=201, name="王家湾村")
        theirs = propose(other)
        period, line = make_payment(desk, "income")
        with pytest.raises(NotAPayment):
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=propose(desk))
        line.kind, line.item_key = "expense", "CW0306"
        db.session.flush()
        with pytest.raises(MatterOfAnotherVillage):
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=theirs)
    assert list_payments(theirs.id) == []


def test_the_clerk_chooses_the_matter_on_the_page_of_the_line(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction():
        desk = make_desk()
        matter, (_period, line) = propose(desk), make_payment(desk)
        clerk_id, matter_id = desk.clerk.id, matter.id
        address = f"/villages/{desk.village.code}/{PERIOD.code}/lines/{line.id}"
    sign_in(client, clerk_id)
    assert "没有写" in client.get(address).text
    assert "修缮三组道路" in client.get(f"{address}/matter").text
    answer = client.post(f"{address}/matter", data={"matter_id": str(matter_id)}, follow_redirects=True)
    assert "已写明依据的决议。" in answer.text
    assert "修缮三组道路" in answer.text
    assert client.post(f"{address}/matter", data={"matter_id": "99999"}).status_code == 422
