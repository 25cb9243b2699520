from collections.abc import Iterator
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import sign_in
from tests.finance.books import Books, make_books, october
from village_open.db import transaction
from village_open.registers.actions import RowInput, save_rows
from village_open.registers.queries import count_rows
from village_open.registers.rules.every import REGISTERS
from village_open.registers.surroundings import ask_whether_closed
from village_open.workbooks.writing import Column, SheetTable, write_csv

REGISTERS_URL = "/villages/990101101200/registers/2026Q3"
DEBTS = f"{REGISTERS_URL}/debts"
TYPED = {"party": "王某", "summary": "修路 13812345678", "since": "2025.3.1", "kind": "欠", "opening": "5000"}
DEBT = {
    "party": "王某", "summary": "修路", "since": "2025-03-01", "kind": "欠单位和个人款", "opening": 500_000,
}  # fmt: skip


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books(opening_fen=(600_000, 5_000_000))
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> FlaskClient:
    sign_in(client, books.clerk.id)
    return client


def keep(app: Flask, books: Books, key: str, *rows: dict[str, object], code: str = "2026Q3") -> None:
    with app.app_context(), transaction():
        save_rows(
            by=books.clerk, village=books.village, period_code=code, register_key=key,
            rows=[RowInput(cells) for cells in rows],  # type: ignore[arg-type]  # texts and figures
        )  # fmt: skip


def soup(client: FlaskClient, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_list_names_every_register_with_its_rows(app: Flask, books: Books, clerk: FlaskClient) -> None:
    keep(app, books, "debts", DEBT, DEBT)
    page = soup(clerk, REGISTERS_URL)
    links = {a["href"]: a for a in page.select("tbody a")}
    assert set(links) == {f"{REGISTERS_URL}/{key}" for key in REGISTERS}
    assert links[DEBTS].find_parent("tr").select_one("td.money").text == "2"
    assert clerk.get("/villages/990101101200/registers").status_code == 200


@pytest.mark.parametrize("key", REGISTERS)
def test_the_page_of_every_register_opens(key: str, books: Books, clerk: FlaskClient) -> None:
    page = soup(clerk, f"{REGISTERS_URL}/{key}")
    register = REGISTERS[key]
    heads = [th["data-field"] for th in page.select("#register-grid th[data-field]")]
    assert heads == [column.key for column in register.columns if column.key != "row"]
    assert len(page.select("#register-grid tbody tr")) == len(register.fixed_rows)


def test_a_save_answers_with_what_is_kept_and_a_wrong_cell_with_its_place(books: Books, clerk: FlaskClient) -> None:
    refused = clerk.post(DEBTS, json={"rows": [{"cells": TYPED}, {"cells": {**TYPED, "opening": "五万"}}]})
    assert refused.status_code == 422
    assert [(one["row"], one["field"]) for one in refused.json["problems"]] == [(1, "opening")]
    saved = clerk.post(DEBTS, json={"rows": [{"cells": TYPED, "key": "a"}]})
    (row,) = saved.json["rows"]
    assert row["cells"]["since"] == "2025-03-01"
    assert row["cells"]["kind"] == "欠单位和个人款"
    assert row["reckoned"] == {"closing": "5,000.00", "age": "一至二年"}
    assert [one["field"] for one in saved.json["warnings"]] == ["summary"]
    again = {"cells": {**TYPED, "paid": "1"}, "id": row["id"], "version": row["version"]}
    assert clerk.post(DEBTS, json={"rows": [again]}).status_code == 200
    lost = clerk.post(DEBTS, json={"rows": [again]})
    assert lost.status_code == 409
    assert lost.json["theirs"][0]["cells"]["paid"] == "1.00"
    (theirs,) = clerk.post(DEBTS, json={"rows": [{**again, "id": 999}]}).json["theirs"]
    assert theirs["removed"] is True


def test_the_page_shows_how_the_rows_will_print(app: Flask, books: Books, clerk: FlaskClient) -> None:
    keep(app, books, "debts", {**DEBT, "summary": "修路 13812345678"})
    page = soup(clerk, DEBTS)
    printed = page.select("table")[-1].get_text(" ", strip=True)
    assert "138****5678" in printed
    assert "13812345678" not in printed
    assert "期初余额" not in printed


def test_what_goes_on_is_offered_and_carried_by_the_button(app: Flask, books: Books, clerk: FlaskClient) -> None:
    keep(app, books, "debts", DEBT, code="2026Q2")
    form = soup(clerk, DEBTS).select_one("form[action$='/carry']")
    assert form is not None
    assert clerk.post(f"{DEBTS}/carry").status_code == 303
    page = soup(clerk, DEBTS)
    assert page.select_one("form[action$='/carry']") is None
    assert [td.text for td in page.select("#register-grid tbody td[data-field=opening]")] == ["5,000.00"]


def test_fixed_rows_are_saved_by_their_line(books: Books, clerk: FlaskClient) -> None:
    rows = [{"key": key, "cells": {"amount": amount}} for key, amount in (("01", "68"), ("02", "35"))]
    saved = clerk.post(f"{REGISTERS_URL}/distribution", json={"rows": rows})
    assert saved.json["reload"] is True
    lines = soup(clerk, f"{REGISTERS_URL}/distribution").select("#register-grid tbody tr")
    assert lines[5].select_one("td[data-field=amount]").text == "103.00"
    assert lines[5].has_attr("data-reckoned")


def test_only_the_clerk_types_and_nobody_after_it_was_submitted(app: Flask, books: Books, client: FlaskClient) -> None:
    keep(app, books, "debts", DEBT)
    sign_in(client, books.office.id)
    assert soup(client, DEBTS).select_one("#grid-foot") is None
    assert client.post(DEBTS, json={"rows": []}).status_code == 403
    sign_in(client, books.clerk.id)
    assert soup(client, DEBTS).select_one("#grid-foot") is not None
    ask_whether_closed(app, lambda *_place: True)
    assert soup(client, DEBTS).select_one("#grid-foot") is None
    assert client.post(DEBTS, json={"rows": [{"cells": TYPED}]}).status_code == 409
    ask_whether_closed(app, lambda *_place: False)


def test_the_proofs_of_cash_say_how_long_ago_and_what_is_too_much(app: Flask, books: Books, clerk: FlaskClient) -> None:
    proof = {"account": "现金", "on": "2026-09-28", "counted": 600_000}
    saved = clerk.post(
        f"{REGISTERS_URL}/cash_proofs", json={"rows": [{"cells": {**proof, "counted": "6000", "on": "9.28"}}]}
    )
    assert [one["message"] for one in saved.json["warnings"]] == ["库存现金超过限额 5,000.00 元，多的请及时存入银行。"]
    told = soup(clerk, f"{REGISTERS_URL}/cash_proofs").select_one(".plain-list").get_text(" ", strip=True)
    assert "2026年9月28日核对过，距今 10 天" in told
    assert "还没有核对过" in told
    assert told.count("超过库存现金限额 5,000.00 元") == 1


def upload(client: FlaskClient, *rows: tuple[str | int | None, ...]) -> tuple[int, str]:
    heads = ("单位或姓名", "摘要", "发生时间", "类别", "期初余额")
    content = write_csv(SheetTable("债务", tuple(map(Column, heads)), rows))
    answer = client.post(f"{DEBTS}/import", data={"file": (BytesIO(content), "债务.csv")})
    return answer.status_code, answer.text


def test_a_file_is_taken_whole_or_its_wrong_cells_are_named(app: Flask, books: Books, clerk: FlaskClient) -> None:
    good = ("王某", "修路", "2025-03-01", "欠单位和个人款", "5000")
    status, page = upload(clerk, good, ("李某", "", "2026-13-01", "欠", "1"))
    assert status == 422
    assert "发生时间" in page
    with app.app_context():
        assert count_rows(books.village.id, "2026Q3") == {}
    status, page = upload(clerk, good, ("李某", "", "2026-08-01", "欠", "1"))
    assert (status, "请填写摘要" in page) == (422, True)
    assert upload(clerk, good)[0] == 303
    assert clerk.get(f"{DEBTS}/export.xlsx").status_code == 200
    assert "王某" in clerk.get(f"{DEBTS}/export.csv").data.decode("utf-8-sig")
    assert clerk.get("/villages/990101101200/registers/debts/template.xlsx").status_code == 200


def test_a_register_that_is_not_there_is_not_found(books: Books, clerk: FlaskClient) -> None:
    assert clerk.get(f"{REGISTERS_URL}/unknown").status_code == 404
