"""Tables that hold only the money account's side, as software exports them and as villages post them."""

from datetime import date

import pytest

from tests.finance.importing.sheets import html_table, read_bytes, read_rows, read_sheets, sheet
from village_open.core.periods import Period
from village_open.workbooks.writing import Column, SheetTable, write_xlsx

DETAIL_HEAD = (
    ("月", "日", "凭证字", "号", "摘要", "发生额", "", "方向", "余额"),
    ("", "", "", "", "", "借方", "贷方", "", ""),
)
# Amounts in fen, written down here and nowhere taken from the reader: (month, day, word, number, text, in, out).
DETAIL_LINES = (
    (7, 3, "现收", "1", "收鱼塘承包款", 1_250_000, 0),
    (7, 9, "现付", "1", "付村部电费", 0, 31_245),
    (8, 1, "现付", "2", "付误工补贴", 0, 1_260_00),
    (9, 30, "现收", "2", "卖废旧桌椅", 8_850, 0),
)
OPENING = 345_678


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}" if fen else ""


def detail_rows() -> list[tuple[str, ...]]:
    rows = [*DETAIL_HEAD, ("", "", "", "", "上期结转", "", "", "借", yuan(OPENING))]
    balance, month, sums = OPENING, 0, [0, 0]
    for line_month, day, word, number, text, income, expense in DETAIL_LINES:
        balance += income - expense
        sums = [sums[0] + income, sums[1] + expense]
        shown = str(line_month) if line_month != month else ""
        rows.append((shown, str(day), word, number, text, yuan(income), yuan(expense), "借", yuan(balance)))
        month = line_month
    rows.append(("", "", "", "", "合　计", yuan(sums[0]), yuan(sums[1]), "借", yuan(balance)))
    return rows


TITLE = "青山镇李家村2026年第三季度现金明细账"


def test_detail_ledger_of_nongyou_reads_from_its_html_file():
    table = read_bytes(html_table(*detail_rows(), title=TITLE))
    assert (table.format, table.errors, table.warnings) == ("account_detail", (), ())
    assert (table.income_fen, table.expense_fen) == (1_250_000 + 8_850, 31_245 + 126_000)
    assert (table.opening_fen, table.closing_fen, table.identity_holds) == (OPENING, 1_447_283, True)
    assert [line.on for line in table.lines] == [
        date(2026, 7, 3), date(2026, 7, 9), date(2026, 8, 1), date(2026, 9, 30),
    ]  # fmt: skip
    assert {line.money_account for line in table.lines} == {"现金"}
    assert (table.lines[0].voucher_word, table.lines[0].voucher_no, table.lines[0].row) == ("现收", "1", 5)


def test_nongyou_cells_carry_nonbreaking_and_full_width_spaces():
    rows = [*DETAIL_HEAD, ("　7", "&nbsp;3&nbsp;", "现收", "1", "收　款&nbsp;", "１,２００.５０&nbsp;", "", "借", "")]
    line = read_bytes(html_table(*rows, title=TITLE)).lines[0]
    assert (line.on, line.amount_fen, line.summary) == (date(2026, 7, 3), 120050, "收 款")


def with_cell(rows: list[tuple[str, ...]], number: int, column: int, text: str) -> list[tuple[str, ...]]:
    changed = [list(row) for row in rows]
    changed[number - 1][column] = text
    return [tuple(row) for row in changed]


@pytest.mark.parametrize(
    ("number", "column", "text", "cells", "words"),
    [
        (5, 6, "", [(5, "F"), (8, "G")], "没有填写金额"),
        (5, 5, "5", [(5, "F"), (8, "G")], "两栏都有金额"),
        (5, 6, "3百", [(5, "G"), (8, "G")], "百"),
        (6, 0, "10", [(6, "B"), (7, "B")], "不在2026年第三季度内"),
        (6, 1, "32", [(6, "B")], "读不懂"),
        (8, 6, "1,572.44", [(8, "G")], "相差 -0.01"),
    ],
)
def test_mistake_on_a_board_is_an_error_at_its_cell(number, column, text, cells, words):
    rows = with_cell(detail_rows(), number, column, text)
    if (number, column) == (6, 0):
        rows = with_cell(rows, 7, 0, "")
    table = read_rows(*rows, money_account="现金")
    found = [(error.row, error.column) for error in table.errors if error.row is not None]
    assert found == cells
    assert words in table.errors[0].message


def test_file_that_breaks_the_identity_is_refused_with_the_difference():
    table = read_rows(*with_cell(detail_rows(), 8, 8, "14,472.82"), money_account="现金")
    assert table.identity_holds is False
    assert "相差 0.01" in table.errors[-1].message
    assert (table.opening_fen, table.closing_fen) == (OPENING, 1_447_282)


def test_wrong_running_balance_is_a_warning_at_the_row_where_it_begins():
    table = read_rows(*with_cell(detail_rows(), 5, 8, "9,999.99"), money_account="现金")
    assert [(warning.row, warning.column) for warning in table.warnings] == [
        (5, "I"),
    ]
    assert table.identity_holds is True


CASH_BOARD = (
    ("青山镇李家村", "", "", "", "", ""),
    ("2026年7月财务公开榜", "", "", "", "", ""),
    ("月", "凭证号", "收支内容", "收入", "支出", "结存"),
    ("7", "", "上月结转", "", "", "1,000.00"),
    ("", "银收1", "上级拨入运转经费", "30,000.00", "", "31,000.00"),
    ("", "银付2", "提现", "5,000.00", "", "36,000.00"),
    ("", "银付2", "提现", "", "5,000.00", "31,000.00"),
    ("", "现付3", "付会议费", "", "800.00", "30,200.00"),
    ("", "现付4", "提现手续费", "", "5.00", "30,195.00"),
    ("", "", "合　计", "35,000.00", "5,805.00", "30,195.00"),
    ("制表：青山镇会计服务中心", "", "", "", "张榜日期：2026年8月8日", ""),
)


def test_cash_and_bank_board_does_not_count_a_withdrawal_on_both_sides():
    table = read_rows(*CASH_BOARD)
    assert (table.format, table.errors) == ("cash_board", ())
    assert [(line.kind, line.amount_fen) for line in table.lines] == [
        ("income", 3_000_000), ("transfer", 500_000), ("expense", 80_000), ("expense", 500),
    ]  # fmt: skip
    assert (table.lines[1].money_account, table.lines[1].to_account) == ("银行存款", "现金")
    assert (table.income_fen, table.expense_fen, table.opening_fen, table.closing_fen) == (
        3_000_000, 80_500, 100_000, 3_019_500,
    )  # fmt: skip
    assert table.identity_holds is True


def test_board_that_prints_only_the_month_dates_its_lines_at_the_end_of_it_and_says_so():
    table = read_rows(*CASH_BOARD, period="2026M07")
    assert {line.on for line in table.lines} == {date(2026, 7, 31)}
    assert any("只写了月份" in warning.message for warning in table.warnings)


@pytest.mark.parametrize("period", ["2026Q2", "2025Q3", "2026M08"])
def test_board_of_another_period_is_refused(period):
    table = read_rows(*CASH_BOARD, period=period)
    assert any(error.row is None and "不是同一期" in error.message for error in table.errors) or period == "2026M08"
    assert any(error.row == 5 and Period.parse(period).label in error.message for error in table.errors)


VILLAGE_BOARD = (
    ("村务公开栏（一） 2026年第三季度",),
    ("月", "日", "摘要", "收入", "支出", "经手人"),
    ("", "", "上季转来", "2,000.00", "", ""),
    ("7", "5", "收房租", "600.00", "", "周某甲"),
    ("", "20", "修路灯", "", "350.00", "吴某乙"),
    ("9", "1", "买报刊", "", "120.00", "吴某乙"),
    ("", "", "合计", "2,600.00", "470.00", ""),
    ("", "", "本季余额", "2,130.00", "", ""),
)


def test_village_board_form_reads_with_opening_in_the_income_column():
    table = read_rows(*VILLAGE_BOARD, money_account="现金")
    assert (table.format, table.errors, table.warnings) == ("village_board", (), ())
    assert (table.opening_fen, table.income_fen, table.expense_fen, table.closing_fen) == (
        200_000,
        60_000,
        47_000,
        213_000,
    )
    assert table.identity_holds is True
    assert [line.handler for line in table.lines] == ["周某甲", "吴某乙", "吴某乙"]


def test_months_in_sheets_of_one_file_are_one_chain():
    july = sheet(*CASH_BOARD, name="7月")
    august = sheet(
        ("2026年8月财务公开榜",),
        CASH_BOARD[2],
        ("8", "", "上月结转", "", "", "30,195.00"),
        ("", "现付5", "付水费", "", "195.00", "30,000.00"),
        name="8月",
    )
    table = read_sheets(july, august)
    assert not table.errors
    assert (table.opening_fen, table.closing_fen, table.identity_holds) == (100_000, 3_000_000, True)
    assert table.expense_fen == 80_500 + 19_500


def test_cash_sheet_and_bank_sheet_of_one_file_add_up_and_share_one_transfer():
    cash = sheet(
        ("现金日记账",), ("日期", "凭证字号", "摘要", "借方", "贷方", "余额"),
        ("", "", "期初余额", "", "", "100"), ("2026-07-08", "记-1", "提现", "500", "", "600"), name="现金",
    )  # fmt: skip
    bank = sheet(
        ("银行存款日记账",), ("日期", "凭证字号", "摘要", "借方", "贷方", "余额"),
        ("", "", "期初余额", "", "", "9000"), ("2026-07-08", "记-1", "提现", "", "500", "8500"), name="银行存款",
    )  # fmt: skip
    table = read_sheets(cash, bank)
    assert [(line.kind, line.money_account, line.to_account) for line in table.lines] == [
        ("transfer", "银行存款", "现金")
    ]
    assert (table.opening_fen, table.closing_fen, table.income_fen, table.identity_holds) == (910_000, 910_000, 0, True)


def test_head_below_ten_rows_or_with_two_known_words_is_no_table():
    deep = [("说明文字",)] * 10 + [("日期", "摘要", "收入", "支出"), ("2026-07-01", "x", "1", "")]
    for rows in (deep, [("日期", "摘要"), ("2026-07-01", "x")]):
        table = read_rows(*rows)
        assert (table.format, len(table.lines), len(table.errors)) == ("unknown", 0, 1)
        assert "没有找到表头" in table.errors[0].message


def test_trial_balance_is_named_and_refused():
    head = ("科目编号", "科目名称", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")
    assert "科目余额表" in read_rows(head, ("101", "现金", "1", "", "", "", "1", "")).errors[0].message


def test_detail_ledger_reads_the_same_from_a_real_workbook():
    columns = tuple(Column(title or f"空{n}") for n, title in enumerate(DETAIL_HEAD[1]))
    table = SheetTable("现金", columns, detail_rows())
    assert read_bytes(write_xlsx([table])).lines == tuple(
        line.__class__(**{**{f: getattr(line, f) for f in line.__slots__}, "row": line.row + 1})
        for line in read_rows(*detail_rows(), money_account="现金").lines
    )


def test_detail_ledger_of_another_account_is_refused_instead_of_read_the_wrong_way_round():
    rows = [("青山镇李家村 管理费用明细账 2026年第三季度",), *detail_rows()]
    table = read_rows(*rows, money_account="现金")
    assert (table.lines, ["“管理费用”科目" in error.message for error in table.errors]) == ((), [True])


def test_bank_ledger_of_a_village_with_only_a_cash_box_is_not_taken_for_cash():
    table = read_rows(("银行存款日记账",), *detail_rows(), money_accounts=["现金"])
    assert {line.money_account for line in table.lines} == {""}
    assert {line.money_account for line in read_rows(*detail_rows(), money_accounts=["现金"]).lines} == {"现金"}
