"""Typed rows of the entry grid: what is read, what is refused at which cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.forms.grid import (
    COLUMNS,
    GridReading,
    GridUnreadable,
    Ledger,
    SentRow,
    plain_text,
    read_rows,
    sent_rows,
)
from village_open.finance.rules import AccountChoice

LEDGER = Ledger(
    period=Period.parse("2026Q3"),
    accounts=(AccountChoice(11, "现金", "cash"), AccountChoice(12, "信用社 6228", "bank")),
    chart=Chart.load(2023),
    today=date(2026, 9, 20),
)
GOOD = {"on": "7.15", "summary": "购打印纸", "expense": "360", "account": "现金", "item": "CW0304"}


def read(**cells: str) -> GridReading:
    return read_rows([SentRow({**dict.fromkeys(COLUMNS, ""), **GOOD, **cells})], LEDGER)


def cells_refused(reading: GridReading) -> dict[str, str]:
    return {problem.field: problem.message for problem in reading.problems}


@pytest.mark.parametrize(
    ("cells", "attribute", "value"),
    [
        ({"on": "2026年7月15日"}, "on", Period.parse("2026Q3").first_on.replace(day=15)),
        ({"expense": "1,234.5"}, "amount_fen", 123_450),
        ({"expense": "", "income": "￥１２００", "item": ""}, "amount_fen", 120_000),
        ({"expense": "-5"}, "amount_fen", -500),
        ({"account": "库存现金"}, "account_id", 11),
        ({"account": "2"}, "account_id", 12),
        ({"account": "信用"}, "account_id", 12),
        ({"item": "4"}, "item_key", "CW0304"),
        ({"item": "报刊费支出"}, "item_key", "CW0303"),
        ({"item": "报刊"}, "item_key", "CW0303"),
        ({"item": "", "summary": "订党报"}, "item_key", "CW0303"),
        ({"to_account": "信用社 6228", "item": ""}, "kind", "transfer"),
        ({"to_account": "信用社 6228"}, "item_key", ""),
        ({"to_account": "信用社 6228"}, "to_account_id", 12),
    ],
)
def test_what_people_type_is_read(cells: dict[str, str], attribute: str, value: object) -> None:
    reading = read(**cells)
    assert not reading.problems
    assert getattr(reading.lines[0], attribute) == value


@pytest.mark.parametrize(
    ("cells", "cell", "words"),
    [
        ({"expense": ""}, "expense", "没有填写金额"),
        ({"expense": "", "item": "CW0211"}, "income", "没有填写金额"),
        ({"expense": "5.9万"}, "expense", "“万”"),
        ({"expense": "三千多"}, "expense", "千"),
        ({"expense": "200余"}, "expense", "余"),
        ({"expense": "1e5"}, "expense", "读不懂"),
        ({"expense": "1.234"}, "expense", "超过两位"),
        ({"expense": "0"}, "expense", "不能为零"),
        ({"income": "0", "expense": ""}, "income", "不能为零"),
        ({"income": "1"}, "expense", "只能填一个"),
        ({"on": ""}, "on", "请填写日期"),
        ({"on": "6.30"}, "on", "不在2026年第三季度"),
        ({"on": "下月"}, "on", "读不懂"),
        ({"summary": ""}, "summary", "请填写摘要"),
        ({"account": "支付宝"}, "account", "现金、信用社 6228"),
        ({"account": ""}, "account", "没有填写资金账户"),
        ({"to_account": "余额宝"}, "to_account", "余额宝"),
        ({"to_account": "现金"}, "to_account", "同一个"),
        ({"item": "杂费"}, "item", "没有“杂费”"),
        ({"item": "CW0211"}, "item", "不一致"),
        ({"code": "501", "code_name": "固定资产"}, "code", "2023年"),
        ({"code": "1" * 13}, "code", "超过 12"),
        ({"note": "长" * 201}, "note", "超过 200"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell(cells: dict[str, str], cell: str, words: str) -> None:
    assert words in cells_refused(read(**cells))[cell]


def test_every_wrong_cell_of_a_row_is_told_at_once() -> None:
    found = cells_refused(read(on="", expense="许多", account="", summary=""))
    assert set(found) == {"on", "expense", "account", "summary"}


def test_an_unknown_code_is_a_warning_when_the_name_is_known() -> None:
    name = Chart.load(2023).accounts[0].name
    reading = read(code="998", code_name=name)
    assert not reading.problems
    assert [warning.field for warning in reading.warnings] == ["code"]


def test_a_code_of_the_other_chart_says_which_chart_it_fits() -> None:
    reading = read(code="502", code_name="经营支出")
    assert "2004年" in cells_refused(reading)["code"]


def test_a_line_for_which_no_item_can_be_guessed_is_kept_with_a_warning() -> None:
    reading = read(item="", summary="某事")
    assert reading.lines[0].item_key == ""
    assert [warning.field for warning in reading.warnings] == ["item"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"payee": "张三 13812345678"}, "payee"), ({"on": "9.21"}, "on"), ({"summary": "提现"}, "to_account"),
    ],
)  # fmt: skip
def test_what_is_to_be_looked_at_again_warns_at_its_cell_and_is_saved_all_the_same(
    cells: dict[str, str], field: str
) -> None:
    reading = read(**cells)
    assert (len(reading.lines), reading.problems) == (1, ())
    assert [warning.field for warning in reading.warnings] == [field]


@pytest.mark.parametrize(
    "payload",
    [
        None, [], {"rows": {}}, {"rows": ["x"]}, {"rows": [{"cells": "x"}]}, {"rows": [{"cells": {"on": 7}}]},
        {"rows": [{"id": "7"}]}, {"rows": [{"id": True}]}, {"rows": [{"version": 1.5}]}, {"rows": [{"key": 5}]},
        {"rows": [{}] * 2001},
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused(payload: object) -> None:
    with pytest.raises(GridUnreadable):
        sent_rows(payload)


def test_cells_that_the_grid_does_not_have_are_left_behind() -> None:
    (row,) = sent_rows({"rows": [{"id": 5, "version": 2, "key": "k", "cells": {"on": " 7.1 ", "state": "issued"}}]})
    assert set(row.cells) == set(COLUMNS)
    assert (row.cells["on"], row.id, row.version, row.draft_key) == ("7.1", 5, 2, "k")


@given(st.text())
def test_a_cleaned_text_can_be_kept_by_both_engines(text: str) -> None:
    cleaned = plain_text(text)
    assert "\x00" not in cleaned
    cleaned.encode()


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, st.text(max_size=300))))
def test_whatever_is_typed_is_either_read_or_refused_and_never_breaks(cells: dict[str, str]) -> None:
    reading = read_rows(sent_rows({"rows": [{"cells": cells}]}), LEDGER)
    assert bool(reading.lines) or bool(reading.problems)
