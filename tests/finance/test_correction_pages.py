"""以前期更正 on every page where the books are read before they go out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import sign_in
from tests.finance.books import Q2, Q3, Q4, Books, count_as_computed, enter, line, make_books, publish
from village_open.core import clock
from village_open.db import db, transaction
from village_open.finance.actions import allow_provisional, open_period, submit_period
from village_open.finance.models import Line

PERIOD = "/villages/990101101200/2026Q4"
OPENING, CORRECTION, CLOSING = "51,000.00", "360.00", "50,604.00"
"""51,000.00 − 360.00 of the late quarter − 36.00 of its own."""


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    """Third quarter published as 暂计, then the second with 360.00 more spent; the fourth spends 36.00."""
    with clock.living_at(datetime(2027, 1, 8, 2, tzinfo=UTC)):
        with app.app_context(), transaction():
            made = make_books(period=Q2)
            third = open_period(by=made.clerk, village=made.village, period=Q3)
            allow_provisional(by=made.office, period=third, reason="等审计")
            count_as_computed(made, third)
            submit_period(by=made.clerk, period=third)
            publish(made, third)
            fourth = open_period(by=made.clerk, village=made.village, period=Q4)
            enter(made, line(made, on=date(2026, 4, 2)), period=made.period)
            publish(made, made.period)
            enter(made, line(made, on=date(2026, 10, 9), amount_fen=3_600), period=fourth)
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> FlaskClient:
    sign_in(client, books.clerk.id)
    return client


def read(client: FlaskClient, address: str = "") -> BeautifulSoup:
    answer = client.get(PERIOD + address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def correction_id(app: Flask) -> int:
    with app.app_context():
        return int(db.session.query(Line.id).filter_by(kind="correct").scalar())


def test_the_period_page_shows_the_correction_as_a_term_of_the_identity(clerk: FlaskClient) -> None:
    page = read(clerk)
    assert [one.text for one in page.select(".identity .figure")] == [OPENING, CORRECTION, "0.00", "36.00", CLOSING]
    assert page.select_one(".correction .word").text == "以前期更正"
    assert page.select_one(".correction .word")["data-sign"] == "－"
    assert not page.select(".identity.broken")
    notice = next(one for one in page.select(".notice") if "以前期更正" in one.text)
    for words in ("2026年第二季度", "640.00", "2026年第三季度", "1,000.00", "财公1号"):
        assert words in notice.text


def test_the_figure_leads_to_the_line(clerk: FlaskClient) -> None:
    link = next(one for one in read(clerk).select("table a") if one.text == "-360.00")
    rows = BeautifulSoup(clerk.get(link["href"]).text, "html.parser").select("table tbody tr")
    assert len(rows) == 1
    assert "以前期更正 -360.00" in " ".join(rows[0].text.split())


def test_the_grid_begins_with_the_corrected_opening_and_does_not_offer_the_line(clerk: FlaskClient) -> None:
    page = read(clerk, "/lines")
    table = page.select_one("#ledger-grid")
    assert table["data-opening-fen"] == "5064000"
    assert table["data-numbered-from"] == "1"
    assert [row.th.text for row in table.select("tbody tr")] == ["2"]
    assert page.select_one("#account-sums li")["data-opening-fen"] == "64000"
    assert "以前期更正" in page.select_one(".grid-sums").text
    assert "财公1号" in page.select_one(".notice:not([hidden])").text


def test_a_line_nobody_typed_offers_no_change_and_refuses_one(app: Flask, clerk: FlaskClient) -> None:
    number = correction_id(app)
    page = read(clerk, f"/lines/{number}")
    assert "以前期更正" in page.text
    assert not page.select("main form")
    assert clerk.post(f"{PERIOD}/lines/{number}/remove").status_code == 409


@pytest.mark.parametrize("address", ["/submission", "/review-list", "/lines", "/ledger"])
def test_every_page_before_signing_names_the_correction(clerk: FlaskClient, address: str) -> None:
    assert "以前期更正" in read(clerk, address).text


def test_a_correction_is_no_line_without_receipt_or_item(clerk: FlaskClient) -> None:
    assert [row.th.text for row in read(clerk, "/ledger?without=receipt").select("tbody tr")] == ["2026-10-09"]
    assert "第 1 笔" not in read(clerk, "/submission").text
