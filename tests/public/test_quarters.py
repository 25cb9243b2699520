"""The quarter of a village that publishes by month: three frozen months, summed by hand here and by the page."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_township, make_village
from tests.published import a_line, make_published
from village_open.core.codes import grouped
from village_open.core.money import format_fen
from village_open.db import db, transaction
from village_open.villages.models import Village

VILLAGE = "/village/990101101200"
PAGE = f"{VILLAGE}/2026Q3/months"
OFFICE, POND, ROAD = "CW0304", "CW0202", "CW0306"
MONTHS: dict[str, list[tuple[str, str, int]]] = {
    "2026M07": [("expense", OFFICE, 45_680), ("income", POND, 1_234_500)],
    "2026M08": [("expense", OFFICE, 10_020), ("expense", ROAD, 300_000), ("expense", OFFICE, 1)],
    "2026M09": [("income", POND, 99)],
}
OPENINGS = {"2026M07": 1_000_000, "2026M08": 2_188_820, "2026M09": 1_878_799}
"""Carried on by hand: 10,000.00 − 456.80 + 12,345.00 = 21,888.20; − 100.20 − 3,000.00 − 0.01 = 18,787.99."""
CLOSING = 1_878_898


def publish_month(
    app: Flask, code: str, *, figures: Sequence[tuple[str, str, int]] | None = None, **changes: Any
) -> str:
    """Publish one month of 李家村; returns its code. Publishing it again is its correction."""
    with app.app_context(), transaction():
        village = db.session.query(Village).one_or_none() or make_village(make_township())
        lines = [
            a_line(number, kind, fen, item=item, on=f"2026-{code[-2:]}-0{number}", summary=f"{code}第{number}笔")
            for number, (kind, item, fen) in enumerate(figures or MONTHS[code], 1)
        ]
        opening = changes.pop("opening_fen", OPENINGS[code])
        seq = changes.pop("seq", int(code[-1]))
        return make_published(village, period_code=code, seq=seq, lines=lines, opening_fen=opening, **changes).code


def publish_months(app: Flask, *codes: str) -> list[str]:
    return [publish_month(app, code) for code in codes or MONTHS]


def read(client: FlaskClient, address: str = PAGE) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def rows_of(page: BeautifulSoup, table: int = 0) -> dict[str, list[str]]:
    body = page.select("main table")[table]
    return {row.th.text.strip(): [cell.text.strip() for cell in row.select("td")] for row in body.select("tbody tr")}


def test_a_quarter_is_the_sum_of_its_months_item_by_item(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    rows = rows_of(read(client))
    assert rows["上月结存"] == ["10,000.00", "21,888.20", "18,787.99", "10,000.00"]
    assert rows["发包及上交收入"] == ["12,345.00", "", "0.99", "12,345.99"]
    assert rows["收入合计"] == ["12,345.00", "0.00", "0.99", "12,345.99"]
    office = "办公费、差旅费、会议费、卫生费、治安费等管理费支出"
    assert rows[office] == ["456.80", "100.21", "", "557.01"]
    assert rows["固定资产购建支出"] == ["", "3,000.00", "", "3,000.00"]
    assert rows["支出合计"] == ["456.80", "3,100.21", "0.00", "3,557.01"]
    assert rows["本月结存"] == ["21,888.20", "18,787.99", "18,788.98", "18,788.98"]
    assert "投资收入" not in rows


def test_the_identity_of_the_quarter_holds_to_the_fen(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    page = read(client)
    figures = [one.text for one in page.select(".identity .figure")]
    assert figures == ["10,000.00", "12,345.99", "3,557.01", format_fen(CLOSING)]
    assert not page.select(".identity.broken")


def test_each_figure_leads_to_the_months_lines_behind_it(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    page = read(client)
    cell = next(link for link in page.select("main table a") if link.text == "100.21")
    assert cell["href"] == f"{VILLAGE}/2026M08/finance?item={OFFICE}#lines"
    behind = read(client, cell["href"])
    assert [row.text for row in behind.select("tr[id^=line-] td.summary")] == ["2026M08第1笔", "2026M08第3笔"]
    sums = behind.select_one("#line-1").find_parent("table").select("tfoot .money")
    assert [cell.text for cell in sums] == ["0.00", "100.21"]
    for link in page.select("main table a[href*='/finance']"):
        assert client.get(link["href"]).status_code == 200


@pytest.mark.parametrize(("query", "shown"), [("item=CW9999", 3), ("side=both", 3), ("side=expense", 3), ("", 3)])
def test_an_unknown_figure_leaves_no_line_out(app: Flask, client: FlaskClient, query: str, shown: int) -> None:
    publish_months(app, "2026M08")
    assert len(read(client, f"{VILLAGE}/2026M08/finance?{query}").select("tr[id^=line-]")) == shown


def test_the_page_names_the_papers_it_sums_and_says_that_nobody_signed_the_sum(app: Flask, client: FlaskClient) -> None:
    codes = publish_months(app)
    page = read(client)
    assert "没有另外签署" in page.select_one(".lead").text
    papers = rows_of(page, 2)
    assert [row[0][-4:] for row in papers.values()] == ["财公7号", "财公8号", "财公9号"]
    assert [row[2] for row in papers.values()] == [grouped(code) for code in codes]
    links = [link["href"] for link in page.select("main table")[2].select("td a")]
    assert links == [f"/v/{code}" for code in codes]


def test_money_accounts_stand_with_every_months_end(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    stocks = rows_of(read(client), 1)
    # a_content puts a quarter of the opening into cash and all income and expense through it.
    assert stocks["现金"] == ["2,500.00", "14,388.20", "2,371.84", "4,697.98"]


@pytest.mark.parametrize("there", [["2026M07"], ["2026M07", "2026M09"]])
def test_a_quarter_without_all_its_months_is_not_readable_and_says_what_is_missing(
    app: Flask, client: FlaskClient, there: list[str]
) -> None:
    publish_months(app, *there)
    for address in (PAGE, f"{PAGE}.csv", f"{VILLAGE}/2026Q3/finance"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "还缺" in answer.text
        assert "2026年8月" in answer.text
    listed = read(client, VILLAGE).select_one("main ul").text
    assert "还缺：" in listed
    assert "2026年8月" in listed


def test_a_month_that_is_still_being_made_counts_as_missing(app: Flask, client: FlaskClient) -> None:
    publish_months(app, "2026M07", "2026M08")
    publish_month(app, "2026M09", is_issued=False)
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("code", ["2026M07", "2026Q4", "2026Q9", "2026", "x"])
def test_what_is_no_quarter_of_published_months_is_not_found(app: Flask, client: FlaskClient, code: str) -> None:
    publish_months(app)
    assert client.get(f"{VILLAGE}/{code}/months").status_code == 404
    assert client.get(f"/village/990101101999/{code}/months").status_code == 404


def test_the_address_of_the_quarter_leads_to_the_months_and_the_village_page_links_there(
    app: Flask, client: FlaskClient
) -> None:
    publish_months(app)
    answer = client.get(f"{VILLAGE}/2026Q3/finance")
    assert (answer.status_code, answer.location) == (302, PAGE)
    assert read(client, VILLAGE).select_one(f"main li a[href='{PAGE}']").text == "2026年第三季度"


def test_a_village_by_quarter_has_no_list_of_months(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        make_published(make_village(make_township()))
    assert "按季汇总" not in read(client, VILLAGE).text


def test_a_corrected_month_counts_as_it_was_corrected(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    publish_month(app, "2026M09", seq=12, figures=[("income", POND, 500)])
    page = read(client)
    assert rows_of(page)["收入合计"] == ["12,345.00", "0.00", "5.00", "12,350.00"]
    assert [row[0][-5:] for row in rows_of(page, 2).values()][-1] == "财公12号"


def test_a_month_that_began_with_a_provisional_figure_shows_the_difference(app: Flask, client: FlaskClient) -> None:
    publish_months(app, "2026M07", "2026M08")
    publish_month(app, "2026M09", opening_fen=OPENINGS["2026M09"] - 700, provisional="八月账目还在核对")
    page = read(client)
    row = next(cells for label, cells in rows_of(page).items() if label.startswith("与上月公布结存的差额"))
    assert row == ["", "", "-7.00", "-7.00"]
    assert [one.text for one in page.select(".identity .figure")] == [
        "10,000.00", "7.00", "12,345.99", "3,557.01", "18,781.98",
    ]  # fmt: skip
    assert page.select_one(".identity .correction .word")["data-sign"] == "－"
    assert not page.select(".identity.broken")
    assert "八月账目还在核对" in page.text


def test_the_table_to_take_home_holds_the_same_figures(app: Flask, client: FlaskClient) -> None:
    codes = publish_months(app)
    answer = client.get(f"{PAGE}.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["类别", "项目", "2026年7月", "2026年8月", "2026年9月", "全季"]
    assert rows[1] == ["结存", "上月结存", "10000.00", "21888.20", "18787.99", "10000.00"]
    assert ["支出", "合计", "456.80", "3100.21", "0.00", "3557.01"] in rows
    assert ["结存", "本月结存", "21888.20", "18787.99", "18788.98", "18788.98"] in rows
    assert rows[-1] == ["查验码", "", *map(grouped, codes), ""]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_quarter_may_be_kept_a_minute_not_for_good(app: Flask, client: FlaskClient) -> None:
    publish_months(app)
    for address in (PAGE, f"{PAGE}.csv"):
        assert client.get(address).headers["Cache-Control"] == "public, max-age=60"


def test_a_months_correction_is_a_row_of_its_own(app: Flask, client: FlaskClient) -> None:
    publish_months(app, "2026M07", "2026M08")
    publish_month(app, "2026M09", figures=[("correct", "", -700), ("income", POND, 99)])
    page = read(client)
    assert rows_of(page)["以前期更正"] == ["", "", "-7.00", "-7.00"]
    assert [one.text for one in page.select(".identity .figure")][1] == "7.00"
    assert page.select_one(".identity .correction .word").text == "以前期更正"
    assert not page.select(".identity.broken")
    link = next(one for one in page.select("main table a") if one.text == "-7.00")
    assert len(read(client, link["href"]).select("tr[id^=line-]")) == 1
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}.csv").data.decode("utf-8-sig"))))
    assert ["结存", "以前期更正", "0.00", "0.00", "-7.00", "-7.00"] in rows
