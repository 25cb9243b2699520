"""Our own template: what is exported reads back exactly."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance.importing.sheets import read_bytes, read_rows
from village_open.finance.importing.results import ImportedLine
from village_open.finance.importing.template import TEMPLATE_COLUMNS, template_rows
from village_open.workbooks.writing import Column, SheetTable, write_csv, write_xlsx

HEAD = tuple(title for title, _ in TEMPLATE_COLUMNS)
LINES = (
    ImportedLine(
        2, date(2026, 7, 1), "记", "12", "=卖废品", "income", 123456, "现金", "", "CW0211", "53199", "其他",
        "张三", "李四", "王五", "赵六", "-备注",
    ),
    ImportedLine(3, date(2026, 7, 2), "银付", "0003", "提现", "transfer", 50000, "银行存款", "现金"),
    ImportedLine(4, date(2026, 9, 30), "", "24", "冲减办公费", "expense", -700, "现金", "", "CW0304"),
    ImportedLine(5, date(2026, 9, 30), "记", "", "@付款+1", "expense", 1, "现金", payee="'=1+1"),
)  # fmt: skip


def template_sheet(*lines: ImportedLine) -> SheetTable:
    columns = tuple(Column(title, kind) for title, kind in TEMPLATE_COLUMNS)
    return SheetTable("收支明细", columns, template_rows(lines))


@pytest.mark.parametrize("write", [lambda sheet: write_xlsx([sheet]), write_csv], ids=["xlsx", "csv"])
def test_template_round_trips_exactly(write):
    table = read_bytes(write(template_sheet(*LINES)))
    assert table.lines == LINES
    assert (table.format, table.errors) == ("template", ())
    assert (table.income_fen, table.expense_fen) == (123456, -699)
    assert (table.opening_fen, table.closing_fen, table.identity_holds) == (None, None, None)


def row(**cells: str) -> list[str]:
    good = {"日期": "2026-07-01", "摘要": "办公费", "支出": "1", "资金账户": "现金"}
    return [{**good, **cells}.get(title, "") for title in HEAD]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"支出": ""}, "D", "没有填写金额"),
        ({"收入": "5"}, "D", "两栏都有金额"),
        ({"支出": "5.9万"}, "E", "万"),
        ({"支出": "三千多"}, "E", "千"),
        ({"支出": "约200"}, "E", "约"),
        ({"支出": "1.234"}, "E", "两位"),
        ({"日期": ""}, "A", "没有填写日期"),
        ({"日期": "2026-06-30"}, "A", "不在2026年第三季度内"),
        ({"日期": "2026-07-32"}, "A", "读不懂"),
        ({"摘要": ""}, "C", "没有填写摘要"),
        ({"资金账户": "小金库"}, "F", "没有资金账户“小金库”"),
        ({"转入账户": "现金"}, "G", "同一个账户"),
        ({"转入账户": "银行存款", "支出": "", "收入": "3"}, "D", "内部划转"),
        ({"公开项目": "请客"}, "H", "不在收支公开目录"),
        ({"公开项目": "其他收入"}, "H", "方向不符"),
        ({"科目编码": "502", "科目名称": "管理费用"}, "I", "经营支出"),
    ],
)
def test_mistake_in_template_is_an_error_at_its_cell(cells, column, words):
    table = read_rows(HEAD, row(), row(**cells))
    assert [(error.row, error.column) for error in table.errors] == [(3, column)]
    assert words in table.errors[0].message


def test_duplicate_rows_are_a_warning_that_names_both():
    table = read_rows(HEAD, row(), row(支出="2"), row())
    assert not table.errors
    assert [(warning.row, "第 2 行" in warning.message) for warning in table.warnings] == [(4, True)]
    assert table.expense_fen == 400


def test_blank_account_in_template_is_the_one_given():
    assert read_rows(HEAD, row(资金账户=""), money_account="银行存款").lines[0].money_account == "银行存款"
    assert read_rows(HEAD, row(资金账户="")).lines[0].money_account == ""


def test_account_that_the_village_does_not_have_is_refused():
    assert "小金库" in read_rows(HEAD, row(), money_account="小金库").errors[0].message


def test_template_reads_also_without_the_columns_nobody_fills():
    table = read_rows(("日期", "摘要", "收入", "支出", "资金账户", "转入账户"),
                      ("2026-07-01", "提现", "", "5", "银行存款", "现金"))  # fmt: skip
    assert [(line.kind, line.to_account) for line in table.lines] == [("transfer", "现金")]


# Cells are trimmed and hold no control characters; inside, anything may stand.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
SUMMARY = st.one_of(
    TEXT.filter(bool), st.sampled_from(["合计", "上季转来", "本季余额", "过次页", "=1", "'-", "制表：x"])
)
AMOUNT = st.integers(-(10**11), 10**11).filter(bool)


@st.composite
def ledger_lines(draw: st.DrawFn) -> ImportedLine:
    kind = draw(st.sampled_from(["income", "expense", "transfer"]))
    items = {"income": ["", "CW0202"], "expense": ["", "CW0310"], "transfer": [""]}[kind]
    word = draw(st.sampled_from(["", "记", "现收", "银付"]))
    return ImportedLine(
        0, draw(st.dates(date(2026, 7, 1), date(2026, 9, 30))), word, draw(st.sampled_from(["7", "0012", "3-1"])),
        draw(SUMMARY), kind, draw(AMOUNT), "银行存款", "现金" if kind == "transfer" else "",
        draw(st.sampled_from(items)), "", "", draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT),
    )  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.lists(ledger_lines(), min_size=1, max_size=20), st.booleans())
def test_any_lines_round_trip_through_the_template(lines, as_csv):
    numbered = tuple(replace(line, row=number) for number, line in enumerate(lines, 2))
    sheet = template_sheet(*numbered)
    table = read_bytes(write_csv(sheet) if as_csv else write_xlsx([sheet]))
    assert (table.lines, table.errors) == (numbered, ())
    assert table.income_fen == sum(line.amount_fen for line in lines if line.kind == "income")
    assert table.expense_fen == sum(line.amount_fen for line in lines if line.kind == "expense")
