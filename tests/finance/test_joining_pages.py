"""The page on which the figures of a village that joined are put right, as a browser without JavaScript meets it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import sign_in
from tests.finance.books import Books, count_as_computed, make_books, october
from village_open.db import transaction
from village_open.finance.actions import submit_period
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_period, get_statement

HOME = "/villages/990101101200"
PERIOD = f"{HOME}/2026Q3"
PAGE = f"{PERIOD}/joining"


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books(year_so_far={"CW0201": 900_00})
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> FlaskClient:
    sign_in(client, books.clerk.id)
    return client


def filled(page: str) -> dict[str, str]:
    """What a browser would send back without a change."""
    fields = re.findall(r"<input[^>]*>", page)
    named = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def kept(app: Flask, books: Books) -> tuple[int, int, str]:
    with app.app_context():
        period: FinancePeriod = get_period(books.village.code, "2026Q3")
        statement = get_statement(period)
        return statement.opening_fen, statement.ytd_income_fen, period.joining_paper


def test_the_period_page_leads_to_a_form_filled_with_what_is_kept(clerk: FlaskClient, books: Books) -> None:
    assert f'<a href="{PAGE}">更正期初</a>' in clerk.get(PERIOD).text
    sent = filled(clerk.get(PAGE).text)
    assert sent[f"opening-{books.cash.id}"] == "1000.00"
    assert sent[f"opening-{books.bank.id}"] == "50000.00"
    assert (sent["so_far-CW0201"], sent["so_far-CW0202"]) == ("900.00", "")
    assert sent["paper"] == "2026年6月30日科目余额表"


def test_the_clerk_corrects_opening_year_and_paper(app: Flask, clerk: FlaskClient, books: Books) -> None:
    changes = {f"opening-{books.cash.id}": "1,200", "so_far-CW0201": "", "so_far-CW0202": "30", "paper": "总账"}
    answer = clerk.post(PAGE, data={**filled(clerk.get(PAGE).text), **changes}, follow_redirects=True)
    assert answer.request.path == PERIOD
    assert "期初和本年累计已经更正。" in answer.text
    assert "期初来源：总账，确认人：陈报账" in answer.text
    assert kept(app, books) == (5_120_000, 3_000, "总账")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paper": " "}, "请写明期初数来自哪份凭据"),
        ({"so_far-CW0201": "5万"}, "“万”"),
        ({"opening-{cash}": ""}, "请填写这一项"),
    ],
)
def test_a_wrong_figure_is_told_and_nothing_is_corrected(
    app: Flask, clerk: FlaskClient, books: Books, changes: dict[str, str], words: str
) -> None:
    typed = {name.format(cash=books.cash.id): text for name, text in changes.items()}
    answer = clerk.post(PAGE, data={**filled(clerk.get(PAGE).text), "so_far-CW0202": "77", **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="77"' in answer.text
    assert kept(app, books) == (5_100_000, 900_00, "2026年6月30日科目余额表")


def test_the_second_of_two_corrections_sees_both_and_changes_nothing(
    app: Flask, clerk: FlaskClient, books: Books
) -> None:
    sent = filled(clerk.get(PAGE).text)
    cash = f"opening-{books.cash.id}"
    assert clerk.post(PAGE, data={**sent, cash: "1111"}).status_code == 302
    lost = clerk.post(PAGE, data={**sent, cash: "2222", "so_far-CW0202": "33"})
    assert lost.status_code == 409
    for text in ("刚才有别人先改过这一期", "2,222.00", "1,111.00", "33.00", f'href="{PAGE}"'):
        assert text in lost.text
    assert kept(app, books)[0] == 5_000_000 + 111_100
    again = filled(clerk.get(PAGE).text)
    assert clerk.post(PAGE, data={**again, cash: "2222"}).status_code == 302
    assert kept(app, books)[0] == 5_000_000 + 222_200


def test_after_submission_the_way_is_closed_with_what_can_be_done(app: Flask, clerk: FlaskClient, books: Books) -> None:
    sent = filled(clerk.get(PAGE).text)
    with app.app_context(), transaction():
        period = get_period(books.village.code, "2026Q3")
        count_as_computed(books, period)
        submit_period(by=books.clerk, period=period)
    assert PAGE not in clerk.get(PERIOD).text
    for answer in (clerk.get(PAGE), clerk.post(PAGE, data={**sent, "paper": "总账"})):
        assert answer.status_code == 409
        assert "期初和本年累计已经随本期一起提交，本期现在是“待理财小组审核”，不能更正。" in answer.text
    assert kept(app, books)[2] == "2026年6月30日科目余额表"


def test_the_form_of_joining_leads_back_once_the_village_has_joined(clerk: FlaskClient) -> None:
    assert clerk.get(f"{HOME}/joining").location == HOME
    assert clerk.post(f"{HOME}/periods", data={"period": "2026Q4"}).status_code == 302
    assert f"{HOME}/2026Q4/joining" not in clerk.get(f"{HOME}/2026Q4").text
