"""`village-open finance import`: figures always, all lines or none, on both engines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, func, select

from tests.factories import make_account, make_role
from tests.finance.books import Books, make_books, october
from tests.finance.import_files import (
    QUARTER,
    QUARTER_ROWS,
    WALL_LIST,
    bank_book,
    cash_book,
    cash_detail,
    layouts,
    own_template,
    row,
    text_sheet,
)
from tests.finance.importing.test_wall_lists import COLLECTED_IN_DATANG
from village_open.db import db, transaction
from village_open.finance.commands import finance
from village_open.finance.models import Balance, FinancePeriod, Line, PeriodState
from village_open.record.models import RecordEntry
from village_open.record.queries import find_broken_link
from village_open.villages.models import RoleKind

LAYOUTS = layouts()
KEYS = {
    "format", "rows", "income_fen", "expense_fen", "opening_fen", "closing_fen", "identity_holds", "errors", "warnings",
}  # fmt: skip


@pytest.fixture
def books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books()
            made.village.chart_year = 2004
        yield made


@pytest.fixture
def shell(books: Books, tmp_path: Path):
    def run(content: bytes, *options: str, quarter: str = "2026Q3", village: str = "") -> Result:
        (tmp_path / "账.xls").write_bytes(content)
        words = ["--village", village or books.village.code, "--quarter", quarter]
        return CliRunner().invoke(finance, ["import", str(tmp_path / "账.xls"), *words, *options])

    return run


def told(result: Result, code: int) -> dict[str, Any]:
    assert result.exit_code == code, result.output
    answer = json.loads(result.stdout)
    assert set(answer) == KEYS
    assert all(set(problem) == {"row", "column", "message"} for problem in [*answer["errors"], *answer["warnings"]])
    return answer


def sums() -> dict[str, int]:
    rows = db.session.execute(select(Line.kind, func.sum(Line.amount_fen)).group_by(Line.kind)).all()
    return {kind: int(fen) for kind, fen in rows}


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("layout", "content"), LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_is_imported_with_the_totals_of_its_vouchers(shell, layout, content):
    answer = told(shell(content, "--json"), 0)
    assert (answer["format"], answer["rows"], answer["errors"]) == (layout, 4, [])
    assert (answer["income_fen"], answer["expense_fen"]) == (QUARTER["income"], QUARTER["expense"])
    assert sums() == QUARTER


def test_figures_that_the_file_states_are_told_and_those_it_does_not_are_null(shell):
    stated = told(shell(cash_detail(), "--check", "--json"), 0)
    assert (stated["opening_fen"], stated["closing_fen"], stated["identity_holds"]) == (345_678, 1_447_283, True)
    unsaid = told(shell(own_template(QUARTER_ROWS), "--check", "--json"), 0)
    assert (unsaid["opening_fen"], unsaid["closing_fen"], unsaid["identity_holds"]) == (None, None, None)


def test_check_writes_nothing(shell):
    before = count(RecordEntry)
    told(shell(own_template(QUARTER_ROWS), "--check", "--json"), 0)
    told(shell(own_template(QUARTER_ROWS), "--check", "--json", quarter="2026Q4"), 1)
    assert (count(Line), count(RecordEntry), count(FinancePeriod)) == (0, before, 1)


def test_record_names_the_file_its_hash_and_the_counts(shell, books):
    told(shell(own_template(QUARTER_ROWS), "--json"), 0)
    deed = db.session.scalars(select(RecordEntry).order_by(RecordEntry.seq.desc())).first()
    assert deed is not None
    assert (deed.kind, deed.actor_name) == ("finance.import_lines", books.clerk.name)
    assert "账.xls" in deed.said
    assert deed.said.endswith("（命令行导入）")
    after = json.loads(deed.body)["after"]
    assert (after["added"], after["changed"], after["income_fen"]) == (4, 0, QUARTER["income"])
    assert len(after["sha256"]) == 64
    assert find_broken_link(books.village.code) is None


def test_lists_on_walls_keep_their_figures_and_are_refused_without_days(shell):
    answer = told(shell(text_sheet(*WALL_LIST), "--account", "现金", "--json"), 1)
    assert (answer["expense_fen"], answer["rows"]) == (227_800, 6)
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(n, "A") for n in range(2, 8)]
    assert count(Line) == 0


def test_line_without_amount_is_refused_at_its_cell_with_the_sum_of_the_others(shell):
    answer = told(shell(text_sheet(*COLLECTED_IN_DATANG), "--account", "现金", "--json", quarter="2003Q1"), 1)
    assert answer["expense_fen"] == 1_403_400
    assert (3, "D") in [(error["row"], error["column"]) for error in answer["errors"]]
    assert any("现有账目之前" in error["message"] for error in answer["errors"])


@pytest.mark.parametrize("vague", ["1.2万", "300多", "500余", "约20"])
def test_vague_amount_is_refused_at_its_cell(shell, vague):
    content = text_sheet(WALL_LIST[0], ("7月5日", "会餐", vague), ("7月6日", "打印", "12"))
    answer = told(shell(content, "--account", "现金", "--json"), 1)
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(2, "C")]
    assert answer["expense_fen"] == 1200


def test_account_that_nobody_names_is_asked_for_with_the_choices(shell):
    content = text_sheet(WALL_LIST[0], ("7月5日", "打印", "12"))
    answer = told(shell(content, "--json"), 1)
    assert [(error["row"], error["message"]) for error in answer["errors"]] == [
        (None, "表里没有写明是哪个资金账户的收支，请指明账户：现金、信用社。")
    ]
    told(shell(content, "--account", "信用社", "--json"), 0)
    wrong = told(shell(content, "--account", "邮政", "--json"), 1)
    assert any("没有资金账户“邮政”" in error["message"] for error in wrong["errors"])


def test_only_money_account_of_a_village_needs_no_name(shell, books):
    with transaction():
        db.session.merge(books.bank).is_closed = True
        db.session.execute(delete(Balance).where(Balance.money_account_id == books.bank.id))
    told(shell(text_sheet(WALL_LIST[0], ("7月5日", "打印", "12")), "--json"), 0)
    assert sums() == {"expense": 1200}


def test_items_are_suggested_aloud_and_what_no_word_tells_goes_under_other(shell):
    rows = (row("2026-07-05", "记-1", "付村部电费", -1200), row("2026-07-06", "记-2", "甲乙丙", -300))
    answer = told(shell(own_template(rows), "--json"), 0)
    items = db.session.execute(select(Line.summary, Line.item_key)).all()
    assert dict(map(tuple, items)) == {"付村部电费": "CW0304", "甲乙丙": "CW0310"}
    assert [(w["row"], "其他支出" in w["message"]) for w in answer["warnings"]] == [(2, False), (3, True)]


def test_same_file_twice_adds_nothing(shell):
    told(shell(own_template(QUARTER_ROWS), "--json"), 0)
    entries = count(RecordEntry)
    told(shell(own_template(QUARTER_ROWS), "--json"), 0)
    assert (sums(), count(RecordEntry)) == (QUARTER, entries)


def test_move_between_cash_and_bank_from_two_books_is_kept_once(shell):
    told(shell(bank_book(("2026-07-08", "银付1", "提现", "", "3000", "")), "--json"), 0)
    told(shell(cash_book(("2026-07-08", "现收1", "从银行提现", "3000", "", "")), "--json"), 0)
    assert sums() == {"transfer": 300_000}


def test_line_that_differs_from_the_books_is_left_to_the_page(shell):
    told(shell(own_template(QUARTER_ROWS), "--json"), 0)
    other = (*QUARTER_ROWS[:2], row("2026-08-02", "现付-1", "付电费", -99_900), QUARTER_ROWS[3])
    answer = told(shell(own_template(other), "--json"), 1)
    assert "与账里已有的不一样" in answer["errors"][0]["message"]
    assert sums() == QUARTER


def test_next_quarter_is_opened_where_the_rules_allow_and_said(shell):
    rows = [row("2026-10-02", "记-1", "付村部电费", -1200)]
    checked = told(shell(own_template(rows), "--check", "--json", quarter="2026Q4"), 0)
    assert any("会先开始录入" in warning["message"] for warning in checked["warnings"])
    assert count(FinancePeriod) == 1
    answer = told(shell(own_template(rows), "--json", quarter="2026Q4"), 0)
    assert any("已先开始录入" in warning["message"] for warning in answer["warnings"])
    assert (count(FinancePeriod), sums()) == (2, {"expense": 1200})


@pytest.mark.parametrize(
    ("quarter", "told_reason"), [("2027Q1", "还没有到"), ("2026M07", "按季度"), ("2025Q4", "现有账目之前")]
)
def test_period_that_may_not_be_opened_is_an_error_with_the_figures(shell, quarter, told_reason):
    answer = told(shell(own_template(QUARTER_ROWS), "--json", quarter=quarter), 1)
    assert any(told_reason in error["message"] for error in answer["errors"])
    assert answer["income_fen"] == QUARTER["income"]
    assert count(FinancePeriod) == 1


def test_submitted_period_takes_no_import(shell, books):
    with transaction():
        db.session.merge(books.period).state = PeriodState.SUBMITTED.value
    answer = told(shell(own_template(QUARTER_ROWS), "--json"), 1)
    assert any("不能导入" in error["message"] for error in answer["errors"])


def test_unknown_village_is_an_error_with_the_figures(shell):
    answer = told(shell(own_template(QUARTER_ROWS), "--json", village="990101101999"), 1)
    assert any("990101101999" in error["message"] for error in answer["errors"])
    assert (answer["rows"], answer["income_fen"]) == (4, QUARTER["income"])


def test_file_that_is_no_spreadsheet_is_an_error(shell):
    answer = told(shell(b"PK\x03\x04 nothing", "--json"), 1)
    assert (answer["format"], answer["rows"]) == ("unknown", 0)
    assert "读不了" in answer["errors"][0]["message"]


@pytest.mark.parametrize("words", [["--quarter", "2026Q9"], ["--quarter", "2026Q3", "--nonsense"], []])
def test_wrong_use_exits_with_2(books, tmp_path, words):
    (tmp_path / "账.xlsx").write_bytes(own_template(QUARTER_ROWS))
    used = CliRunner().invoke(finance, ["import", str(tmp_path / "账.xlsx"), "--village", books.village.code, *words])
    assert used.exit_code == 2
    assert CliRunner().invoke(finance, ["import", str(tmp_path / "none.xlsx"), "--village", "1"]).exit_code == 2


def test_somebody_who_is_not_the_clerk_cannot_be_named(shell, books):
    with transaction():
        make_account("外人", login="stranger")
        make_role(make_account("新报账", login="clerk-b"), RoleKind.CLERK, books.village.code)
    refused = told(shell(own_template(QUARTER_ROWS), "--by", "stranger", "--json"), 1)
    assert any("stranger" in error["message"] for error in refused["errors"])
    told(shell(own_template(QUARTER_ROWS), "--by", "clerk-b", "--json"), 0)
    deed = db.session.scalars(select(RecordEntry).order_by(RecordEntry.seq.desc())).first()
    assert deed is not None
    assert deed.actor_name == "新报账"


def test_people_read_sentences(shell):
    done = shell(own_template(QUARTER_ROWS))
    assert "本系统模板：4 笔，收入 12,500.00 元，支出 400.00 元" in done.stdout
    assert "已写入：新增 4 笔" in done.stdout
    refused = shell(text_sheet(*WALL_LIST), "--account", "现金")
    assert "错误（第 2 行 A列（时间））" in refused.stderr
    assert "什么都没有写入" in refused.stderr
