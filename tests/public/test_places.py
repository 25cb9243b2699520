"""Townships, villages and search: silent villages stay in the list, and the size changes no query count."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories import make_township, make_village
from tests.published import a_line, make_published, some_lines
from village_open.db import db, transaction
from village_open.public.queries import find_villages_named, list_roster, search_disclosures
from village_open.villages.queries import get_township


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """Collect the SELECTs of what happens inside."""
    seen: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]).startswith("SELECT"):
            seen.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill(app: Flask, villages: int, *, published: int) -> None:
    with app.app_context(), transaction():
        township = make_township()
        for number in range(villages):
            village = make_village(township, number=number + 1, name=f"第{number}村")
            if number < published:
                make_published(village, lines=some_lines(3))


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_front_page_is_the_township_s_where_there_is_one(app: Flask, client: FlaskClient) -> None:
    fill(app, 2, published=1)
    page = read(client, "/")
    assert page.h1.text == "青山镇村务公开"
    assert [row.th.text for row in page.select("tbody tr")] == ["第0村", "第1村"]
    assert "还没有公布" in page.text


def test_the_front_page_lists_townships_where_there_are_several(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        make_township()
        make_township(code="990101102", name="绿水镇")
    page = read(client, "/")
    assert "村务公开" in page.h1.text
    assert [one["href"] for one in page.select("tbody a")] == ["/township/990101101", "/township/990101102"]
    assert read(client, "/township/990101102").h1.text == "绿水镇村务公开"


def test_an_empty_installation_answers_and_teaches(client: FlaskClient) -> None:
    assert "村务公开" in read(client, "/").text


def test_a_village_page_lists_its_quarters_the_latest_first(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        village = make_village(make_township())
        for seq, code in enumerate(("2026Q1", "2026Q3", "2026Q2"), 1):
            make_published(village, period_code=code, seq=seq)
    rows = read(client, "/village/990101101200").select("tbody th")
    assert [row.text for row in rows] == ["2026年第三季度", "2026年第二季度", "2026年第一季度"]


def test_an_unknown_place_is_not_found(client: FlaskClient) -> None:
    assert {client.get(address).status_code for address in ("/village/1", "/township/1")} == {404}


ADDRESSES = ["/", "/village/990101101001", "/village/990101101001/2026Q3/finance", "/search?q=村"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_300_villages_cost_as_many_queries_as_20(app: Flask, client: FlaskClient, address: str) -> None:
    fill(app, 20, published=20)
    with counting(app) as few:
        assert client.get(address).status_code == 200
    with app.app_context(), transaction():
        township = get_township("990101101")
        for number in range(280):
            make_published(make_village(township, number=number + 300, name=f"新{number}村"), lines=some_lines(3))
    with counting(app) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few) <= 8


def test_a_search_finds_villages_numbers_and_summaries(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        township = make_township()
        lines = [a_line(1, "expense", 100, summary="修机耕路砂石"), a_line(2, "income", 500, summary="鱼塘承包款")]
        make_published(make_village(township), lines=lines)
        make_published(make_village(township, number=201, name="王家村"))
    page = read(client, "/search?q=机耕路砂石")
    assert [one.text for one in page.select("main section li a")] == ["第 1 笔"]
    assert "王家村" not in page.select_one("main").text
    assert "财公1号" in read(client, "/search?q=王家村〔2026〕财公1号").text
    assert "李家村" in read(client, "/search?q=李家").select_one("main ul").text


@pytest.mark.parametrize(
    "words", ["%", "_", "'; DROP TABLE village;--", "机耕路%", "x" * 500, "<script>alert(1)</script>"]
)
def test_a_search_takes_words_as_words(app: Flask, client: FlaskClient, words: str) -> None:
    with app.app_context(), transaction():
        make_published(make_village(make_township()))
    answer = client.get("/search", query_string={"q": words})
    assert answer.status_code == 200
    assert "财公1号" not in answer.text
    assert "<script>alert" not in answer.text


def test_all_words_of_a_search_must_be_there(both_engines: Flask) -> None:
    with transaction():
        make_published(make_village(make_township()), lines=[a_line(1, "expense", 100, summary="修机耕路 砂石30立方")])
    assert search_disclosures("机耕路 砂石").total == 1
    assert search_disclosures("机耕路 水泥").total == 0
    assert search_disclosures("LI").total == 0


def test_the_roster_keeps_silent_villages_and_shows_the_newest_disclosure(both_engines: Flask) -> None:
    with transaction():
        township = make_township()
        village, _ = make_village(township), make_village(township, number=201, name="王家村")
        make_published(village, period_code="2026Q1")
        make_published(village, period_code="2026Q2", seq=2)
        make_published(village, period_code="2026Q3", seq=3, is_issued=False)
    rows = {row.name: row.latest for row in list_roster("990101101").items}
    assert rows["李家村"] is not None
    assert rows["李家村"].period_code == "2026Q2"
    assert rows["王家村"] is None
    assert [row.name for row in find_villages_named("家村")] == ["李家村", "王家村"]
