"""What a visitor reads of one disclosure: everything from the frozen bytes, nothing that is not issued."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.factories import make_township, make_village
from tests.published import a_line, make_published, some_lines
from village_open.core.canonical import sha256_hex
from village_open.core.codes import grouped
from village_open.core.money import format_fen
from village_open.db import db, transaction
from village_open.notices.models import Disclosure
from village_open.villages.models import Village

PAGE = "/village/990101101200/2026Q3/finance"


def publish(app: Flask, **changes: object) -> tuple[str, dict]:
    """Publish 李家村's third quarter; returns code and content."""
    with app.app_context(), transaction():
        village = db.session.query(Village).filter_by(name="李家村").one_or_none() or make_village(make_township())
        made = make_published(village, **changes)
        return made.code, json.loads(made.content)


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_four_figures_of_the_identity_are_the_frozen_ones(app: Flask, client: FlaskClient) -> None:
    _, content = publish(app)
    figures = [one.text for one in read(client, PAGE).select(".identity .figure")]
    assert figures == [
        format_fen(content["totals"][name]) for name in ("opening_fen", "income_fen", "expense_fen", "closing_fen")
    ]


def lines_with_everything() -> list[dict]:
    """Income and expense of both accounts, money moved both ways, a correction, and items of several lines."""
    return [
        a_line(1, "correct", -36_000, summary="以前期更正：…"),
        *(a_line(number, "income", 5_000 * number, item="CW0202") for number in (2, 3)),
        *(a_line(number, "expense", 700 * number, item="CW0304") for number in (4, 5)),
        a_line(6, "expense", 1_250, item="CW0305"),
        a_line(7, "transfer", 3_000, to_account="银行存款（农信社）"),
    ]


def test_each_figure_leads_to_its_rows_and_they_come_to_the_figure(app: Flask, client: FlaskClient) -> None:
    publish(app, lines=lines_with_everything())
    page = read(client, PAGE)
    links = page.select(".identity .figure a, .chart td a, main td.money a")
    asked = [link for link in links if "side=" in link["href"] or "item=" in link["href"]]
    assert len(asked) >= 12
    for link in asked:
        behind = read(client, link["href"])
        notice = behind.select_one("#lines ~ p.notice").text
        fen = sum(fen_of(behind.select_one(f"#{row['id']}")) for row in behind.select("tr[id^=line-]"))
        assert f"共 {format_fen(fen)} 元" in notice
        assert link.text.removeprefix("-") == format_fen(abs(fen)), link["href"]


def fen_of(row: Tag) -> int:
    """The amount of a line, wherever its row says it."""
    cells = [row.select_one(f"[data-label={side}]").text for side in ("收入", "支出")]
    told = re.search(r"（(?:内部划转|更正) (-?[\d,.]+) 元", row.text)
    return int(re.sub(r"[,.]", "", next(filter(None, (*cells, told and told[1])))))


def test_every_figure_of_identity_items_and_accounts_is_a_link(app: Flask, client: FlaskClient) -> None:
    publish(app, lines=lines_with_everything())
    page = read(client, PAGE)
    tables = page.select(".identity .figure, .chart td.money") + page.select_one("main table").select("tbody td.money")
    bare = [cell for cell in tables if cell.text and not cell.a]
    assert len(tables) > 20
    assert not bare


def test_opening_and_closing_lead_to_the_rows_at_both_ends_of_the_lines(app: Flask, client: FlaskClient) -> None:
    _, content = publish(app)
    page = read(client, f"{PAGE}?side=income")
    for position, name in ((0, "opening"), (-1, "closing")):
        link = page.select(".identity .figure a")[position]
        address, _, anchor = link["href"].partition("#")
        row = read(client, address).select_one(f"#{anchor}")
        assert link.text == format_fen(content["totals"][f"{name}_fen"]) == row.select_one("[data-label=余额]").text


def test_an_account_s_stock_leads_to_all_its_lines(app: Flask, client: FlaskClient) -> None:
    publish(app, lines=lines_with_everything())
    rows = [[row["id"] for row in read(client, f"{PAGE}?account={place}").select("tr[id^=line-]")] for place in (1, 2)]
    assert rows == [[f"line-{number}" for number in range(1, 8)], ["line-7"]]


@pytest.mark.parametrize("query", ["account=3", "account=x&side=in", "account=1&side=up", "item=CW9999", "side=in"])
def test_a_figure_that_is_not_there_shows_all_lines(app: Flask, client: FlaskClient, query: str) -> None:
    _, content = publish(app)
    assert len(read(client, f"{PAGE}?{query}").select("tr[id^=line-]")) == len(content["lines"])


def test_plain_words_come_before_the_tables(app: Flask, client: FlaskClient) -> None:
    publish(app)
    page = read(client, PAGE).select_one("main").text
    assert page.index("本季收入") < page.index("钱放在哪里") < page.index("按日期排列")


def test_every_line_stands_there_with_an_address_of_its_own(app: Flask, client: FlaskClient) -> None:
    _, content = publish(app, lines=some_lines(7))
    page = read(client, PAGE)
    for line in content["lines"]:
        row = page.select_one(f"#line-{line['number']}")
        assert line["summary"] in row.text
        if line["kind"] != "transfer":
            assert format_fen(line["amount_fen"]) in row.text


def test_charts_are_pictures_with_the_same_figures_in_a_table(app: Flask, client: FlaskClient) -> None:
    code, content = publish(app)
    page = read(client, PAGE)
    assert [one["src"] for one in page.select(".chart img")] == [f"/v/{code}/income.svg", f"/v/{code}/expense.svg"]
    totals = [one.select_one("tfoot .money").text for one in page.select(".chart")]
    assert totals == [format_fen(content["totals"][side]) for side in ("income_fen", "expense_fen")]


def test_a_chart_holds_no_script_and_nothing_from_elsewhere(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    answer = client.get(f"/v/{code}/expense.svg")
    drawing = ET.fromstring(answer.data)  # noqa: S314 - drawn by our own program
    assert drawing.tag.endswith("svg")
    assert not [node for node in drawing.iter() if node.tag.endswith("script")]
    assert b"href" not in answer.data.replace(b"xmlns:xlink", b"")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_reservation_and_an_objection_are_told(app: Flask, client: FlaskClient) -> None:
    publish(app)
    page = read(client, PAGE).text
    assert "保留意见" in page
    assert "第4笔修路款没有附工程量签证" in page
    assert "工程量与现场不符，少12立方米。" in page
    assert "已请施工方复测" in page


def test_what_may_not_be_shown_is_starred_even_if_it_was_frozen(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app, lines=[a_line(1, "expense", 100, summary="付误工费，电话13912345678")])
    for address in (PAGE, f"/v/{code}/lines.csv", "/search?q=误工费"):
        said = client.get(address).text
        assert "139****5678" in said
        assert "13912345678" not in said


def test_the_table_to_download_sums_to_the_printed_totals(app: Flask, client: FlaskClient) -> None:
    code, content = publish(app, lines=some_lines(40))
    rows = list(csv.DictReader(io.StringIO(client.get(f"/v/{code}/lines.csv").data.decode("utf-8-sig"))))
    fen = {side: sum(int(row[side].replace(".", "") or 0) for row in rows) for side in ("收入", "支出")}
    assert fen == {"收入": content["totals"]["income_fen"], "支出": content["totals"]["expense_fen"]}
    assert len(rows) == 40


def test_a_formula_in_a_summary_stays_text_in_the_table(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app, lines=[a_line(1, "expense", 100, summary="=1+1")])
    assert "'=1+1" in client.get(f"/v/{code}/lines.csv").text


def test_the_frozen_bytes_can_be_taken_home(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    with app.app_context():
        sha256 = db.session.query(Disclosure).one().sha256
    assert sha256_hex(client.get(f"/v/{code}/disclosure.json").data) == sha256


def test_a_stored_sheet_is_given_as_it_is(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    answer = client.get(f"/v/{code}/finance_lines.A4-portrait.pdf")
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF-1.7 stands in for a sheet")


@pytest.mark.parametrize("name", ["finance_lines.A2-portrait.pdf", "balance.A4-portrait.pdf", "other.svg", "x"])
def test_what_was_not_made_is_not_there(app: Flask, client: FlaskClient, name: str) -> None:
    code, _ = publish(app)
    assert client.get(f"/v/{code}/{name}").status_code == 404


HASHED = ("disclosure.json", "lines.csv", "income.svg", "finance_lines.A4-portrait.pdf")


def test_what_is_still_being_made_is_hidden_everywhere(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app, is_issued=False)
    addresses = [PAGE, f"/v/{code}", *(f"/v/{code}/{name}" for name in HASHED)]
    assert {client.get(address).status_code for address in addresses} == {404}
    for address in ("/", "/village/990101101200", "/search?q=李家村"):
        said = client.get(address).text
        assert code not in said
        assert "财公1号" not in said


@pytest.mark.parametrize("address", ["/village/990101101200/2026Q2/finance", "/village/990101101200/nonsense/finance"])
def test_a_period_without_a_disclosure_is_not_found(app: Flask, client: FlaskClient, address: str) -> None:
    publish(app)
    assert client.get(address).status_code == 404


def test_renaming_the_village_later_changes_nothing_on_the_page(app: Flask, client: FlaskClient) -> None:
    publish(app)
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE village SET name = '新李村'"))
        session.execute(text("UPDATE township SET name = '新镇', supervision_phone = '0'"))
    page = read(client, PAGE)
    assert page.h1.text.startswith("李家村")
    assert "新镇" not in page.select_one("main").text
    assert "0990-1234567" in page.text


def test_a_correction_stands_in_place_of_what_it_corrects_and_is_told_at_the_old_code(
    app: Flask, client: FlaskClient
) -> None:
    old, _ = publish(app)
    with app.app_context(), transaction():
        first = db.session.query(Disclosure).one()
        village = db.session.query(Village).one()
        new = make_published(village, seq=2, lines=some_lines(6), replaces=first).code
    assert f"/v/{new}" in client.get(PAGE).text
    assert f"/v/{new}" in client.get(f"/v/{old}").text
    assert "没有，这是最新的一份" in client.get(f"/v/{new}").text


def test_hashed_addresses_are_kept_for_good_and_pages_briefly(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    assert client.get(PAGE).headers["Cache-Control"] == "public, max-age=60"
    for name in HASHED:
        assert client.get(f"/v/{code}/{name}").headers["Cache-Control"].endswith("immutable")


# The check of a code.


def test_a_code_shows_what_was_signed_by_whom_and_when(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    page = read(client, f"/v/{code}").text
    for word in ("与签发时一致", "青山镇李家村〔2026〕财公1号", "2026年10月12日", "王桂兰", "保留意见", grouped(code)):
        assert word in page


def test_the_check_speaks_of_integrity_only(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    page = read(client, f"/v/{code}").text
    assert "不说明账目对不对" in page
    assert "真实" not in page


def test_bytes_that_were_meddled_with_are_told(app: Flask, client: FlaskClient) -> None:
    code, _ = publish(app)
    with app.app_context(), transaction() as session:
        session.execute(text("DROP TRIGGER tr_disclosure_no_update"))
        session.execute(text("UPDATE disclosure SET content = replace(content, '王桂兰', '王桂花')"))
    page = read(client, f"/v/{code}").text
    assert "与签发时不一致" in page
    assert "没有改动过" not in page


@pytest.mark.parametrize("write", [str.lower, grouped, lambda code: " ".join(grouped(code).lower().split("-"))])
def test_a_code_is_read_as_people_type_it(app: Flask, client: FlaskClient, write: object) -> None:
    code, _ = publish(app)
    assert callable(write)
    answer = client.get("/v", query_string={"code": write(code)})
    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200
    assert "与签发时一致" in client.get(f"/v/{write(code)}", follow_redirects=True).text


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("abc", 422), ("0" * 27, 200)])
def test_an_unreadable_code_is_told_at_the_field(client: FlaskClient, typed: str, status: int) -> None:
    answer = client.get("/v", query_string={"code": typed}, follow_redirects=False)
    assert answer.status_code == (302 if status == 200 else status)


def test_a_code_that_was_never_issued_is_not_found_and_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get(f"/v/{'0' * 27}")
    assert answer.status_code == 404
    assert "就不是在这里公布的" in answer.text


def test_a_line_names_everybody_whom_the_sheet_names(app: Flask, client: FlaskClient) -> None:
    publish(app, lines=[a_line(1, "expense", 100, payee="老赵五金", handler="甲", witness="乙", approver="丙")])
    row = read(client, PAGE).select_one("#line-1")
    said = {cell["data-label"]: cell.text for cell in row.select("[data-label]")}
    expected = {"收付对象": "老赵五金", "经手人": "甲", "证明人": "乙", "审批人": "丙"}
    assert {word: said.get(word) for word in expected} == expected


def test_a_large_payment_shows_its_decision_or_why_it_has_none(app: Flask, client: FlaskClient) -> None:
    road = "事项 2026-1“修缮三组道路”，村民代表会议2026年9月10日通过"
    lines = [
        a_line(1, "expense", 800_000, decision=road), a_line(2, "expense", 700_000, exemption="抢险救灾，冲毁便桥"),
        a_line(3, "expense", 100),
    ]  # fmt: skip
    code, _ = publish(app, lines=lines)
    page = read(client, PAGE)
    told = [page.select_one(f"#line-{number} .summary").text for number in (1, 2, 3)]
    assert [f"依据：{road}" in one for one in told] == [True, False, False]
    assert ["例外支出：抢险救灾，冲毁便桥" in one for one in told] == [False, True, False]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/v/{code}/lines.csv").data.decode("utf-8-sig"))))
    assert [(row["决议依据"], row["例外支出"]) for row in rows] == [(road, ""), ("", "抢险救灾，冲毁便桥"), ("", "")]


@pytest.mark.parametrize("note", ["参加：李村长、支书等7人", "参加：李村长。"])
def test_the_meeting_and_the_check_for_secrets_are_sentences_of_their_own(
    app: Flask, client: FlaskClient, note: str
) -> None:
    code, _ = publish(app, confirmed={"body": "村党组织、村民委员会联席会议", "on": "2026-10-09", "note": note})
    sentences = [p.text for p in read(client, f"/v/{code}").select("main p")]
    assert f"{note.rstrip('。')}。" in sentences
    assert any(sentence.startswith("保密审查：") for sentence in sentences)


def test_a_wrong_code_is_refused_in_words_of_its_own_and_the_whole_code_stays_in_view(client: FlaskClient) -> None:
    answer = client.get("/v?code=ABC-123")
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select_one(".error-summary h2").text == "这个查验码不对，没有核对"
    assert "提交" not in page.select_one(".error-summary").text
    field = page.select_one("textarea[name=code]")
    assert (field["rows"], field.text.strip()) == ("2", "ABC-123")


def test_a_correction_of_earlier_periods_is_a_term_of_the_identity_and_a_line(app: Flask, client: FlaskClient) -> None:
    note = "2026年第一季度：财公3号；2026年第二季度：财公2号"
    lines = [a_line(1, "correct", -36_000, summary="以前期更正：…", note=note), a_line(2, "income", 5_000)]
    code, _ = publish(app, lines=lines)
    page = read(client, PAGE)
    assert [one.text for one in page.select(".identity .figure")] == [
        "87,654.32", "360.00", "50.00", "0.00", "87,344.32",
    ]  # fmt: skip
    assert not page.select(".identity.broken")
    row = page.select_one("#line-1").text
    assert "更正 -360.00 元" in row
    assert note in row
    accounts = page.select_one("main table")
    assert [cell.text for cell in accounts.select("thead th")][2] == "以前期更正"
    assert [cell.text for cell in accounts.select("tbody tr")[0].select("td")][1] == "-360.00"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/v/{code}/lines.csv").data.decode("utf-8-sig"))))
    assert (rows[0]["类别"], rows[0]["以前期更正"], rows[0]["收入"]) == ("以前期更正", "-360.00", "")


def test_a_provisional_page_says_which_figure_may_be_corrected(app: Flask, client: FlaskClient) -> None:
    publish(app, provisional="票据在审计局")
    assert "上季结存 87,654.32 元在上季收支公布前是暂计数" in read(client, PAGE).text
