"""The ledger pages as a browser without JavaScript meets them."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories import make_account, make_role, make_village, sign_in
from tests.finance.books import Q3, Books, count_as_computed, enter, line, make_books, october
from village_open.db import db, transaction
from village_open.finance.actions import return_period, submit_period
from village_open.finance.models import Line, MoneyAccount
from village_open.finance.queries import get_period, get_statement
from village_open.villages.models import RoleKind

HOME = "/villages/990101101200"
PERIOD = f"{HOME}/2026Q3"


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books()
            enter(
                made, line(made, voucher="记-1"),
                line(made, kind="income", item_key="CW0211", amount_fen=5_00, account_id=made.bank.id, summary="利息"),
            )  # fmt: skip
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> FlaskClient:
    sign_in(client, books.clerk.id)
    return client


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def new_line(**changes: str) -> dict[str, str]:
    return {"on": "7.20", "summary": "订党报", "expense": "288", "account": "现金", **changes}


def lines_in(app: Flask) -> list[Line]:
    with app.app_context():
        return list(db.session.query(Line).order_by(Line.id))


def test_the_period_page_has_one_heading_the_identity_and_links_every_figure_to_its_rows(clerk: FlaskClient) -> None:
    page = clerk.get(PERIOD).text
    assert re.findall(r"<h1>(.*?)</h1>", page) == ["李家村 2026年第三季度 财务收支"]
    assert "51,000.00" in page
    assert "50,645.00" in page
    assert f"{PERIOD}/ledger?item=CW0304" in page
    assert f"{PERIOD}/ledger?item=CW0304&amp;span=year" in page
    for address in set(re.findall(r'href="(/villages/[^"]+)"', page)):
        assert clerk.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("", ["购打印纸", "利息"], []),
        ("?item=CW0304", ["购打印纸"], ["利息"]),
        ("?side=income", ["利息"], ["购打印纸"]),
        ("?account=1", ["购打印纸"], ["利息"]),
        ("?without=receipt", ["购打印纸", "利息"], []),
        ("?item=none", ["没有这样的账目"], ["购打印纸"]),
        ("?span=year&side=expense", ["购打印纸"], ["利息"]),
        ("?page=99999999999999999999&account=x&item=%00", ["没有这样的账目"], []),
    ],
)
def test_the_rows_behind_a_number(clerk: FlaskClient, query: str, present: list[str], absent: list[str]) -> None:
    page = text_of(clerk.get(f"{PERIOD}/ledger{query}").text).split("查看", 1)[1]
    assert [word for word in present if word not in page] == []
    assert [word for word in absent if word in page] == []


def test_a_line_is_added_and_changed_on_the_plain_form(app: Flask, clerk: FlaskClient) -> None:
    form = clerk.get(f"{PERIOD}/lines/new").text
    key = re.search(r'name="draft_key"[^>]*value="([^"]+)"', form)[1]
    for _twice in range(2):  # The second press of the button on a slow line.
        answer = clerk.post(f"{PERIOD}/lines/new", data=new_line(draft_key=key))
        assert answer.status_code == 302
    added = lines_in(app)[-1]
    assert len(lines_in(app)) == 3
    assert (added.amount_fen, added.item_key, added.on) == (28_800, "CW0303", date(2026, 7, 20))
    address = f"{PERIOD}/lines/{added.id}/edit"
    version = re.search(r'name="version"[^>]*value="(\d+)"', clerk.get(address).text)[1]
    assert clerk.post(address, data=new_line(expense="300", version=version)).status_code == 302
    assert lines_in(app)[-1].amount_fen == 30_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expense": ""}, "没有填写金额"),
        ({"expense": "5.9万"}, "“万”"),
        ({"on": "6.30"}, "不在2026年第三季度"),
        ({"account": "别村账户"}, "没有叫“别村账户”的资金账户"),
        ({"summary": ""}, "请填写摘要"),
        ({"item": "x"}, "没有“x”这个公开项目"),
    ],
)
def test_a_wrong_field_is_told_and_what_was_typed_stays(
    app: Flask, clerk: FlaskClient, changes: dict[str, str], words: str
) -> None:
    answer = clerk.post(f"{PERIOD}/lines/new", data=new_line(note="留着", **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="留着"' in answer.text
    assert len(lines_in(app)) == 2


def test_the_second_editor_of_a_plain_form_sees_both_and_may_decide(app: Flask, clerk: FlaskClient) -> None:
    line_id = lines_in(app)[0].id
    address = f"{PERIOD}/lines/{line_id}/edit"
    assert clerk.post(address, data=new_line(summary="先来的", version="1")).status_code == 302
    lost = clerk.post(address, data=new_line(summary="后到的", version="1"))
    assert lost.status_code == 409
    assert "先来的" in lost.text
    assert 'value="后到的"' in lost.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', lost.text)[1]
    assert clerk.post(address, data=new_line(summary="后到的", version=version)).status_code == 302
    assert lines_in(app)[0].summary == "后到的"


def test_the_grid_saves_normalised_texts_and_versions(app: Flask, clerk: FlaskClient) -> None:
    cells = {"on": "2026-07-20", "summary": " 订党报 ", "expense": "￥１，２８８", "account": "2"}
    answer = clerk.post(f"{PERIOD}/lines", json={"rows": [{"key": "k1", "cells": cells}]})
    assert answer.status_code == 200
    (row,) = answer.json["rows"]
    assert (
        row["cells"] | {"on": "7.20", "expense": "1288.00", "account": "信用社", "item": "报刊费支出"} == row["cells"]
    )
    assert (row["version"], answer.json["warnings"]) == (1, [])
    assert len(lines_in(app)) == 3


def test_the_grid_tells_every_problem_at_its_cell(app: Flask, clerk: FlaskClient) -> None:
    rows = [{"cells": new_line()}, {"cells": new_line(expense="三万", on="")}]
    answer = clerk.post(f"{PERIOD}/lines", json={"rows": rows})
    assert answer.status_code == 422
    assert {(one["row"], one["field"]) for one in answer.json["problems"]} == {(1, "expense"), (1, "on")}
    assert len(lines_in(app)) == 2


def test_the_grid_of_the_second_editor_gets_both_versions(app: Flask, clerk: FlaskClient) -> None:
    line_id = lines_in(app)[0].id
    row = {"id": line_id, "version": 1, "cells": new_line(summary="先来的")}
    assert clerk.post(f"{PERIOD}/lines", json={"rows": [row]}).status_code == 200
    lost = clerk.post(f"{PERIOD}/lines", json={"rows": [{**row, "cells": new_line(summary="后到的")}]})
    assert lost.status_code == 409
    assert lost.json["theirs"][0]["cells"]["summary"] == "先来的"
    assert (lost.json["theirs"][0]["id"], lost.json["theirs"][0]["version"]) == (line_id, 2)


def test_rows_are_saved_and_taken_out_in_one_deed(app: Flask, clerk: FlaskClient) -> None:
    first = lines_in(app)[0].id
    payload = {"rows": [{"cells": new_line()}], "removed": [{"id": first, "version": 99}]}
    assert clerk.post(f"{PERIOD}/lines", json=payload).status_code == 409
    assert len(lines_in(app)) == 2
    payload["removed"][0]["version"] = 1
    assert clerk.post(f"{PERIOD}/lines", json=payload).status_code == 200
    assert [one.is_removed for one in lines_in(app)] == [True, False, False]
    assert clerk.post(f"{PERIOD}/lines/{first}/restore").status_code == 302
    assert not lines_in(app)[0].is_removed


@pytest.mark.parametrize(
    "body", [b"", b"[", b'{"rows":7}', b'{"rows":[{"cells":{"on":[]}}]}', b'{"rows":[{"id":"1"}]}']
)
def test_what_is_no_grid_is_refused(clerk: FlaskClient, body: bytes) -> None:
    answer = clerk.post(f"{PERIOD}/lines", data=body, content_type="application/json")
    assert answer.status_code == 422


def test_a_lone_half_of_a_character_and_a_nul_are_cleaned_away(app: Flask, clerk: FlaskClient) -> None:
    body = b'{"rows":[{"cells":{"on":"7.2","summary":"a\\ud800\\u0000b","expense":"1","account":"1"}}]}'
    assert clerk.post(f"{PERIOD}/lines", data=body, content_type="application/json").status_code == 200
    assert lines_in(app)[-1].summary == "ab"


def test_the_grid_answers_a_lost_token_with_a_refusal(app: Flask, clerk: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert clerk.post(f"{PERIOD}/lines", json={"rows": []}).status_code == 400


def test_a_suggestion_names_the_item_and_the_code(clerk: FlaskClient) -> None:
    answer = clerk.get(f"{PERIOD}/lines/suggestion?summary=订党报&side=expense")
    assert answer.json["item"] == "报刊费支出"
    assert clerk.get(f"{PERIOD}/lines/suggestion?code=513").json["code_name"] == "管理费用"


def test_the_submit_page_says_exactly_what_breaks_it_and_then_hands_in(
    app: Flask, clerk: FlaskClient, books: Books
) -> None:
    refused = clerk.post(f"{PERIOD}/submission")
    assert refused.status_code == 409
    assert "还没有填写现金、信用社的期末实有数" in refused.text
    counted = {f"counted-{books.cash.id}": "640", f"counted-{books.bank.id}": "50005.01"}
    assert clerk.post(f"{PERIOD}/closing", data=counted).status_code == 302
    refused = clerk.post(f"{PERIOD}/submission")
    assert "信用社：账上应结存 50,005.00 元，实有 50,005.01 元，实有比账上多 0.01 元" in refused.text
    clerk.post(f"{PERIOD}/closing", data={**counted, f"counted-{books.bank.id}": "50,005"})
    long = clerk.post(f"{PERIOD}/submission", data={"plain_reason": "汛" * 121})
    assert (long.status_code, "请写在 120 个字以内。" in long.text) == (422, True)
    assert clerk.post(f"{PERIOD}/submission", data={"plain_reason": "汛期抢修机耕路"}).status_code == 302
    page = clerk.get(PERIOD).text
    assert "待理财小组审核" in page
    assert "汛期抢修机耕路" in page
    assert clerk.get(f"{PERIOD}/lines").status_code == 302
    assert clerk.post(f"{PERIOD}/lines/new", data=new_line()).status_code == 409
    assert clerk.post(f"{PERIOD}/take-back").status_code == 302
    with app.app_context():
        assert get_period(books.village.code, "2026Q3").state == "entry"


def test_an_unreadable_count_stays_on_the_page(clerk: FlaskClient, books: Books) -> None:
    answer = clerk.post(f"{PERIOD}/closing", data={f"counted-{books.cash.id}": "六百多"})
    assert answer.status_code == 422
    assert 'value="六百多"' in answer.text


def test_a_returned_period_shows_the_reason_large(app: Flask, clerk: FlaskClient, books: Books) -> None:
    with app.app_context(), transaction():
        period = get_period(books.village.code, "2026Q3")
        count_as_computed(books, period)
        submit_period(by=books.clerk, period=period)
        return_period(by=books.office, period=period, reason="第 3 笔缺签收单")
    page = clerk.get(PERIOD).text
    assert '<p class="lead">第 3 笔缺签收单</p>' in page
    assert "已退回" in page


def test_a_village_joins_through_its_pages(app: Flask, client: FlaskClient) -> None:
    with october():
        with app.app_context(), transaction():
            books = make_books()
            joining = make_village(books.township, number=300, name="王家村")
            person = make_account("新报账", login="new.clerk")
            make_role(person, RoleKind.CLERK, joining.code)
        sign_in(client, person.id)
        home = f"/villages/{joining.code}"
        assert "还没有资金账户" in client.get(home).text
        assert client.post(f"{home}/money-accounts/new", data={"kind": "cash", "name": "现金"}).status_code == 302
        again = client.post(f"{home}/money-accounts/new", data={"kind": "cash", "name": "现金"})
        assert (again.status_code, "已经有叫“现金”的资金账户" in again.text) == (422, True)
        with app.app_context():
            account = db.session.query(MoneyAccount).filter_by(village_id=joining.id).one()
        data = {"period_code": "2026Q3", f"opening-{account.id}": "1,000", "so_far-CW0201": "50", "paper": "余额表"}
        assert "确认人：新报账。" in client.get(f"{home}/joining").text
        assert client.post(f"{home}/joining", data={**data, "paper": ""}).status_code == 422
        named = {**data, "signed_by": "王桂兰", "joining_signed_by": "王桂兰"}
        assert client.post(f"{home}/joining", data=named).status_code == 302
        with app.app_context():
            period = get_period(joining.code, "2026Q3")
            statement = get_statement(period)
            assert (statement.opening_fen, statement.ytd_income_fen) == (100_000, 5_000)
            assert period.joining_signed_by == "新报账"
        assert "期初来源：余额表，确认人：新报账" in client.get(f"{home}/2026Q3").text
        assert client.post(f"{home}/periods", data={"period": "2026Q4"}).status_code == 302
        assert client.post(f"{home}/periods", data={"period": "nonsense"}).status_code == 422


def test_the_clerk_has_no_page_of_flags_and_sees_none(app: Flask, clerk: FlaskClient, books: Books) -> None:
    assert clerk.get(f"{PERIOD}/flags").status_code == 403
    assert "flags" not in clerk.get(PERIOD).text
    reviewer_browser = app.test_client()
    with app.app_context(), transaction():
        reviewer = make_account("王桂兰", login="reviewer")
        make_role(reviewer, RoleKind.FINANCE_REVIEW, books.village.code)
    sign_in(reviewer_browser, reviewer.id)
    page = reviewer_browser.get(f"{PERIOD}/flags")
    assert "还没有上传凭证" in page.text
    assert f"{PERIOD}/flags" in reviewer_browser.get(PERIOD).text


def test_the_township_allows_a_provisional_submission_with_a_reason(
    app: Flask, client: FlaskClient, books: Books
) -> None:
    sign_in(client, books.office.id)
    assert client.post(f"{PERIOD}/provisional", data={"reason": ""}).status_code == 422
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(f"{PERIOD}/provisional").text)[1]
    typed = {"reason": "票据在审计局", "version": version}
    assert client.post(f"{PERIOD}/provisional", data=typed).status_code == 302
    assert "票据在审计局" in client.get(PERIOD).text


def test_papers_for_the_printer_hold_every_line_and_a_box_for_each_verdict(clerk: FlaskClient) -> None:
    page = clerk.get(f"{PERIOD}/review-list").text
    assert page.count("□") == 2 * 3
    assert "购打印纸 2 箱" in page
    assert clerk.get(f"{PERIOD}/blank-grid").text.count('<th scope="row">') == 22


@pytest.mark.parametrize("path", ["", "/lines", "/ledger", "/submission", "/review-list"])
def test_four_hundred_lines_take_as_many_queries_as_two(
    app: Flask, clerk: FlaskClient, books: Books, path: str
) -> None:
    few = queries_of(app, clerk, PERIOD + path)
    with app.app_context(), transaction():
        rows = [line(books, amount_fen=n + 1, on=date(2026, 8, 1)) for n in range(400)]
        enter(books, *rows, period=get_period(books.village.code, Q3.code))
    assert queries_of(app, clerk, PERIOD + path) == few


def queries_of(app: Flask, browser: FlaskClient, path: str) -> int:
    counted: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        counted.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    assert browser.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", hear)
    return len(counted)
