"""What the clerk's pages ask to be looked at again, and when they ask before a deed."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories import sign_in
from tests.finance.books import Books, count_as_computed, enter, line, make_books, october
from tests.finance.review_world import BASE, in_october, make_review_world
from village_open.db import db, transaction
from village_open.finance.actions import submit_period
from village_open.finance.models import Line
from village_open.finance.queries import get_period

HOME = "/villages/990101101200"
PERIOD = f"{HOME}/2026Q3"
SECRET = "付张三 410782199001011234 误工"
ID_NUMBER = "这里像是身份证号，公开时会打码"


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books()
            enter(made, line(made, voucher="记-1", amount_fen=234_567), line(made, summary=SECRET))
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> FlaskClient:
    sign_in(client, books.clerk.id)
    return client


def saved(app: Flask) -> list[Line]:
    with app.app_context():
        return list(db.session.query(Line).order_by(Line.id))


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def cells(**changes: str) -> dict[str, str]:
    return {"on": "7.20", "summary": "订党报", "expense": "288", "account": "现金", **changes}


def submit(app: Flask, books: Books) -> None:
    with app.app_context(), transaction():
        period = get_period(books.village.code, "2026Q3")
        count_as_computed(books, period)
        submit_period(by=books.clerk, period=period)


def test_a_private_number_is_saved_by_the_grid_and_told_at_its_cell(app: Flask, clerk: FlaskClient) -> None:
    answer = clerk.post(f"{PERIOD}/lines", json={"rows": [{"cells": cells(note="卡号 6222021302001234567")}]})
    assert answer.status_code == 200
    (warning,) = answer.json["warnings"]
    assert (warning["row"], warning["field"]) == (0, "note")
    assert "这里像是银行卡号" in warning["message"]
    assert saved(app)[-1].note == "卡号 6222021302001234567"


def test_the_grid_shows_what_is_kept_with_its_doubts_at_the_row_and_the_cell(clerk: FlaskClient) -> None:
    rows = re.findall(r"<tr data-id=.*?</tr>", clerk.get(f"{PERIOD}/lines").text, re.DOTALL)
    plain, doubted = rows
    assert 'class="doubted"' not in plain
    assert "why" not in plain
    assert ">2,345.67</td>" in plain
    assert 'class="doubted"' in doubted
    assert re.search(rf'data-field="summary" class="summary warned">{SECRET}<span class="why">{ID_NUMBER}', doubted)


def test_a_private_number_on_the_plain_form_is_saved_and_told(app: Flask, clerk: FlaskClient) -> None:
    answer = clerk.post(f"{PERIOD}/lines/new", data=cells(payee="张三 13812345678"), follow_redirects=True)
    assert "收付对象：这里像是手机号" in answer.text
    assert saved(app)[-1].payee == "张三 13812345678"


def test_the_page_of_a_line_asks_to_look_again(app: Flask, clerk: FlaskClient) -> None:
    plain, doubted = (clerk.get(f"{PERIOD}/lines/{one.id}").text for one in saved(app))
    assert "请再看看" not in plain
    assert f"摘要：{ID_NUMBER}" in doubted


def test_the_page_before_submission_lists_each_doubt_with_a_way_to_its_row(app: Flask, clerk: FlaskClient) -> None:
    page = clerk.get(f"{PERIOD}/submission").text
    assert f"{PERIOD}/lines/{saved(app)[1].id}/edit" in page
    assert f"{PERIOD}/lines/{saved(app)[0].id}/edit" not in page
    assert f"摘要：{ID_NUMBER}" in words(page)
    assert "没有 晚于今天的日期" in re.sub(r"[^一-鿿 ]", "", words(page)).replace("  ", " ")


def test_a_doubt_does_not_hinder_submission(app: Flask, clerk: FlaskClient, books: Books) -> None:
    with app.app_context(), transaction():
        count_as_computed(books, get_period(books.village.code, "2026Q3"))
    assert clerk.post(f"{PERIOD}/submission").status_code == 302


def test_a_day_that_has_not_come_is_told_at_the_date(app: Flask, clerk: FlaskClient) -> None:
    assert clerk.post(f"{HOME}/periods", data={"period": "2026Q4"}).status_code == 302
    sent = {"rows": [{"cells": cells(on="12.20")}, {"cells": cells(on="10.8")}]}
    warnings = clerk.post(f"{HOME}/2026Q4/lines", json=sent).json["warnings"]
    assert [(one["row"], one["field"]) for one in warnings] == [(0, "on")]
    assert "12月20日还没有到（今天是10月8日）" in warnings[0]["message"]
    assert saved(app)[-2].on == date(2026, 12, 20)


def test_a_withdrawal_suggests_both_accounts_and_no_item(clerk: FlaskClient) -> None:
    answer = clerk.get(f"{PERIOD}/lines/suggestion?summary=提现&side=expense").json
    assert answer == {"item": "", "code_name": "", "accounts": ["信用社", "现金"]}
    assert clerk.get(f"{PERIOD}/lines/suggestion?summary=订党报&side=expense").json["accounts"] is None


def test_the_next_quarter_is_opened_by_a_page_that_says_what_it_means(clerk: FlaskClient, books: Books) -> None:
    home = clerk.get(HOME).text
    assert "继续2026年第三季度" in home
    assert '<button class="btn btn-primary">开始录入' not in home
    asked = clerk.get(f"{HOME}/periods")
    assert "2026年第三季度还在录入，没有提交" in asked.text
    assert "同意暂计，2026年第四季度才能先提交；公示单上印“暂计”" in asked.text
    assert books.period.code == "2026Q3"
    sent = dict(re.findall(r'name="(period)" value="([^"]+)"', asked.text))
    assert clerk.post(f"{HOME}/periods", data=sent).status_code == 302
    assert clerk.get(f"{HOME}/2026Q4").status_code == 200


def test_a_submitted_quarter_offers_the_next_at_once(app: Flask, clerk: FlaskClient, books: Books) -> None:
    submit(app, books)
    home = clerk.get(HOME).text
    assert '<button class="btn btn-primary">开始录入2026年第四季度</button>' in home
    assert "继续2026年第三季度" not in home


def test_nothing_to_open_leads_back_to_the_village(clerk: FlaskClient) -> None:
    clerk.post(f"{HOME}/periods", data={"period": "2026Q4"})
    assert clerk.get(f"{HOME}/periods").location == HOME
    assert "先录入" not in clerk.get(HOME).text


def test_the_closing_is_counted_before_the_books_are_shown(clerk: FlaskClient, books: Books) -> None:
    for path in ("closing", "submission"):
        page = clerk.get(f"{PERIOD}/{path}").text
        assert "50,000.00" not in page
    counting = clerk.get(f"{PERIOD}/closing").text
    assert (counting.count("（提交前必填）"), counting.count("可不填")) == (2, 0)
    wrong = {f"counted-{books.cash.id}": "100", f"counted-{books.bank.id}": "50000"}
    answer = clerk.post(f"{PERIOD}/closing", data=wrong, follow_redirects=True)
    assert answer.request.path == f"{PERIOD}/closing"
    assert "账上应结存 -1,705.67 元，保存的实有数是 100.00 元，相差 1,805.67 元。" in answer.text
    assert "账上应结存 50,000.00 元，与保存的实有数相符。" in answer.text
    right = {**wrong, f"counted-{books.cash.id}": "-1705.67"}
    answer = clerk.post(f"{PERIOD}/closing", data=right, follow_redirects=True)
    assert answer.request.path == f"{PERIOD}/submission"


def test_one_account_may_be_counted_while_the_others_paper_is_not_there(clerk: FlaskClient, books: Books) -> None:
    answer = clerk.post(f"{PERIOD}/closing", data={f"counted-{books.bank.id}": "50000"}, follow_redirects=True)
    assert "保存以后，这里显示账上的数。" in answer.text
    assert "账上应结存 50,000.00 元，与保存的实有数相符。" in answer.text


def test_taking_back_asks_first(app: Flask, clerk: FlaskClient, books: Books) -> None:
    submit(app, books)
    assert f'href="{PERIOD}/take-back"' in clerk.get(PERIOD).text
    asked = clerk.get(f"{PERIOD}/take-back").text
    assert "改好以后要重新提交" in asked
    assert '<button class="btn btn-primary">撤回修改</button>' in asked
    assert clerk.post(f"{PERIOD}/take-back").status_code == 302
    assert "录入中" in clerk.get(PERIOD).text


def test_after_the_first_mark_taking_back_is_not_offered_and_its_refusal_leads_back(app: Flask) -> None:
    with in_october():
        world = make_review_world(app)
        clerk, leader = world.browser(world.desk.clerk), world.browser(world.desk.reviewers[0])
        assert f"{BASE}/take-back" in clerk.get(BASE).text
        marks = {
            "content_sha256": world.period.content_sha256, f"verdict-{world.line_ids[0]}": "queried",
            f"reason-{world.line_ids[0]}": "缺签收单",
        }  # fmt: skip
        assert leader.post(f"{BASE}/review", data=marks).status_code == 302
        assert "take-back" not in clerk.get(BASE).text
        refused = clerk.post(f"{BASE}/take-back")
        assert refused.status_code == 409
        assert "理财小组已经开始审核，不能自行撤回" in refused.text
        assert f'<a class="btn btn-primary" href="{BASE}">回到本期</a>' in refused.text
        assert "撤回修改</button>" not in refused.text


def test_taking_back_is_not_offered_while_the_period_is_entered(clerk: FlaskClient) -> None:
    assert "take-back" not in clerk.get(PERIOD).text
    page = clerk.get(f"{PERIOD}/take-back").text
    assert "回到本期" in page
    assert '<button class="btn btn-primary">撤回修改' not in page


def test_saving_four_hundred_rows_asks_for_the_accounts_once(app: Flask, clerk: FlaskClient) -> None:
    asked: list[str] = []
    with app.app_context():
        engine = db.engine

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def count_questions(rows: int) -> int:
        asked.clear()
        sent = [{"cells": cells(summary=f"第{n}笔")} for n in range(rows)]
        assert clerk.post(f"{PERIOD}/lines", json={"rows": sent}).status_code == 200
        return len([one for one in asked if one.startswith("SELECT") and "money_account" in one and "balance" in one])

    event.listen(engine, "before_cursor_execute", hear)
    assert count_questions(40) == count_questions(2)
    event.remove(engine, "before_cursor_execute", hear)
