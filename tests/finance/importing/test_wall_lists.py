"""Lists as they hung on two village walls: figures and wording as published, villages and people invented."""

from datetime import date

from tests.finance.importing.sheets import read_rows

POSTED_IN_HEPING = (
    ("和平村（黄某、梁某）经手收入、支出情况表",),
    ("时间", "摘要（购买物品、数量）", "金额"),
    ("", "购买炕炕馍30个", "30"),
    ("", "党员会购啤酒、烟", "58"),
    ("", "烩面片6碗", "24"),
    ("", "村支委会便餐4桌", "1180"),
    ("", "爭取项目开支购皮鞋2双", "624"),
    ("", "购衬衣、热水壶", "362"),
)
COLLECTED_IN_DATANG = (
    ("日期", "单号", "摘要", "金额", "送达对象"),
    ("2002-09-10", "24号单", "月饼", "351", "民政办"),
    ("2002-10-18", "17号单", "红鱼、干贝", "", "交通局"),
    ("2002-12-25", "23号单", "榴莲、花生油、晚餐共", "959", "市"),
    ("2003-01-05", "0001501号单", "花生油400斤", "2400", ""),
    ("2003-01-06", "1005796号单", "咸鱼688.6斤", "1418", ""),
    ("2003-01-06", "1005796号单", "鱼肚18.5斤", "1209", ""),
    ("2003-01-19", "31号单", "咸鱼22斤", "242", "县人大"),
    ("2003-01-24", "55号单", "咸鱼65斤", "1105", ""),
    ("2003-01-25", "59号单", "咸鱼30斤", "510", ""),
    ("2003-01-30", "67号单", "糖果食品", "120", "县"),
    ("2003-01-30", "67号单", "红鱼", "210", "县"),
    ("2003-01-30", "67号单", "鱼肚", "650", "县"),
    ("2003-04-05", "23号单", "大小红鱼", "4860", ""),
)


def test_posted_list_without_days_adds_up_to_2278_yuan():
    table = read_rows(*POSTED_IN_HEPING, period="2014Q3", money_account="现金")
    assert (table.format, table.errors) == ("wall_list", ())
    assert (table.expense_fen, table.income_fen) == (2278_00, 0)
    assert [line.on for line in table.lines] == [None] * 6
    assert any("没有写明是收入还是支出" in warning.message for warning in table.warnings)


def test_line_without_an_amount_is_refused_at_its_cell():
    table = read_rows(*COLLECTED_IN_DATANG, period="2002Q4", money_account="现金")
    missing = [error for error in table.errors if "没有填写金额" in error.message]
    assert [(error.row, error.column) for error in missing] == [(3, "D")]


def test_collected_list_adds_up_to_14034_yuan_although_it_has_errors():
    table = read_rows(*COLLECTED_IN_DATANG, period="2003Q1", money_account="现金")
    assert table.expense_fen == 14034_00
    outside = [error.row for error in table.errors if "不在2003年第一季度内" in error.message]
    assert outside == [2, 3, 4, 14]


def test_lines_of_one_quarter_of_the_collected_list_read_without_error():
    head, *rows = COLLECTED_IN_DATANG
    table = read_rows(head, *(row for row in rows if row[0].startswith("2003-01")), period="2003Q1")
    assert table.errors == ()
    assert table.expense_fen == (2400 + 1418 + 1209 + 242 + 1105 + 510 + 120 + 210 + 650) * 100
    slip = [line for line in table.lines if line.voucher_no == "67"]
    assert sum(line.amount_fen for line in slip) == 980_00
    assert (table.lines[0].voucher_no, table.lines[3].payee) == ("0001501", "县人大")


def test_sections_of_income_and_expense_tell_the_side():
    table = read_rows(
        ("日期", "摘要", "金额"),
        ("一、收入", "", ""),
        ("7月5日", "卖竹子", "300"),
        ("二、支出", "", ""),
        ("2026.7.6", "买灯泡", "45.5"),
        ("合计", "", "45.50"),
    )
    assert table.errors == ()
    assert (table.income_fen, table.expense_fen) == (30000, 4550)
    assert table.lines[0].on == date(2026, 7, 5)
