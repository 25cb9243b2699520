"""Full voucher journals under the heads of 农友, 用友, 金蝶 and plain tables give the same lines."""

from datetime import date

import pytest

from tests.finance.importing.sheets import html_table, read_bytes, read_rows, read_sheets, sheet
from village_open.workbooks.writing import Column, SheetTable, write_csv, write_xlsx

# One quarter as vouchers: (day, word, number, summary, code, name, debit, credit) in yuan.
VOUCHERS = (
    ("2026-07-06", "银收", "1", "收鱼塘承包款", "102", "银行存款", "12500", ""),
    ("2026-07-06", "银收", "1", "收鱼塘承包款", "51101", "土地承包收入", "", "12500"),
    ("2026-07-08", "银付", "1", "提现", "101", "现金", "3000", ""),
    ("2026-07-08", "银付", "1", "提现", "102", "银行存款", "", "3000"),
    ("2026-08-02", "现付", "1", "付电费和差旅费", "54102", "办公费", "312.45", ""),
    ("2026-08-02", "现付", "1", "付电费和差旅费", "54103", "差旅费", "87.55", ""),
    ("2026-08-02", "现付", "1", "付电费和差旅费", "101", "现金", "", "400"),
    ("2026-09-30", "记", "3", "计提折旧", "54105", "折旧费", "600", ""),
    ("2026-09-30", "记", "3", "计提折旧", "152", "累计折旧", "", "600"),
)
EXPECTED = (
    (date(2026, 7, 6), "银收-1", "income", 1_250_000, "银行存款", "", "51101"),
    (date(2026, 7, 8), "银付-1", "transfer", 300_000, "银行存款", "现金", ""),
    (date(2026, 8, 2), "现付-1", "expense", 31_245, "现金", "", "54102"),
    (date(2026, 8, 2), "现付-1", "expense", 8_755, "现金", "", "54103"),
)


def seen(table):
    return tuple(
        (line.on, line.voucher, line.kind, line.amount_fen, line.money_account, line.to_account, line.account_code)
        for line in table.lines
    )


def nongyou():
    head = [("月", "日", "凭证", "", "摘要", "科目编号", "科目名称", "发生额", ""),
            ("", "", "字", "号", "", "", "", "借方", "贷方")]  # fmt: skip
    body = [(d[5:7].lstrip("0"), d[8:].lstrip("0"), w, n, s, c, m, x, y) for d, w, n, s, c, m, x, y in VOUCHERS]
    return html_table(
        *head, *body, ("", "", "", "", "合　计", "", "", "16,500.00", "16,500.00"), title="2026年第三季度"
    )


def text_file(head, body, write=lambda table: write_xlsx([table])):
    return write(SheetTable("序时账", tuple(map(Column, head)), body))


YONYOU_RAW = ("iperiod", "csign", "ino_id", "inid", "dbill_date", "cdigest", "ccode", "md", "mc")
YONYOU = ("制单日期", "凭证类别", "凭证编号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "制单人")
KIS = ("FDATE", "FPERIOD", "FGROUP", "FNUM", "FENTRYID", "FEXP", "FACCTID", "FDC", "FFCYAMT", "FDEBIT", "FCREDIT")
K3 = ("日期", "会计期间", "凭证字号", "分录号", "摘要", "科目代码", "科目名称", "借方(元)", "贷方(元)")
KINGDEE_TEMPLATE = ("日期", "凭证字", "凭证号", "摘要", "科目编码", "科目名称", "借方", "贷方")
PLAIN = ("日期", "凭证字号", "摘要", "科目", "借方金额", "贷方金额")
DIRECTED = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "方向", "金额")

FILES = {
    "nongyou": ("journal_nongyou", nongyou()),
    "yonyou raw fields": ("journal_yonyou", text_file(YONYOU_RAW, [
        (str(int(d[5:7])), w, n, "1", f"{d} 00:00:00", s, c, x, y) for d, w, n, s, c, m, x, y in VOUCHERS])),
    "yonyou list": ("journal_yonyou", text_file(YONYOU, [
        (d.replace("-", "."), w, n.zfill(4), s, c, m, x, y, "冯某") for d, w, n, s, c, m, x, y in VOUCHERS])),
    "kingdee KIS": ("journal_kingdee", text_file(KIS, [
        (d.replace("-", ""), d[5:7], w, n, "0", s, c, "1" if x else "0", x or y, x, y)
        for d, w, n, s, c, m, x, y in VOUCHERS])),
    "kingdee K/3": ("journal_kingdee", text_file(K3, [
        (d, "2026年7期", f"{w} - {n}", "1", s, c, m, x, y) for d, w, n, s, c, m, x, y in VOUCHERS])),
    "kingdee template": ("journal_kingdee", text_file(KINGDEE_TEMPLATE, VOUCHERS)),
    "plain csv": ("journal", text_file(PLAIN, [
        (f"{d[:4]}年{d[5:7]}月{d[8:]}日", f"{w}字第{n}号", s, f"{c} {m}", x, y)
        for d, w, n, s, c, m, x, y in VOUCHERS], write_csv)),
    "direction and amount": ("journal", text_file(DIRECTED, [
        (d, f"{w}-{n}", s, c, m, "借" if x else "贷", x or y) for d, w, n, s, c, m, x, y in VOUCHERS])),
}  # fmt: skip


@pytest.mark.parametrize(("layout", "content"), FILES.values(), ids=FILES)
def test_journal_of_every_software_gives_the_same_lines(layout, content):
    table = read_bytes(content)
    assert (table.format, table.errors) == (layout, ())
    numbered = tuple((on, v.replace("-000", "-"), *rest) for on, v, *rest in seen(table))
    assert numbered == EXPECTED
    assert (table.income_fen, table.expense_fen) == (1_250_000, 40_000)
    assert any("记-3" in w.message.replace("000", "") and "不涉及现金" in w.message for w in table.warnings)


HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方", "贷方")


def journal(*entries, **options):
    return read_rows(HEAD, *(("2026-07-01", *entry) for entry in entries), **options)


def test_voucher_whose_sides_differ_is_refused_with_the_difference():
    table = journal(("记-1", "办公", "541", "管理费用", "100", ""), ("记-1", "办公", "101", "现金", "", "99.99"))
    assert [(error.row, error.column) for error in table.errors] == [(2, "F")]
    assert "相差 0.01" in table.errors[0].message
    assert table.expense_fen == 10_000


def test_accounts_that_only_sum_up_their_sub_accounts_are_not_counted_twice():
    table = journal(
        ("记-1", "办公", "541", "管理费用", "100", ""), ("记-1", "办公", "54102", "办公费", "60", ""),
        ("记-1", "办公", "54103", "差旅费", "40", ""), ("记-1", "办公", "102", "银行存款", "", "100"),
        ("记-1", "办公", "10201", "农业银行", "", "100"),
    )  # fmt: skip
    assert table.errors == ()
    assert [(line.account_code, line.amount_fen) for line in table.lines] == [("54102", 6000), ("54103", 4000)]


def test_two_equal_entries_of_parent_and_child_that_balance_are_both_real():
    table = journal(
        ("记-1", "办公", "541", "管理费用", "100", ""), ("记-1", "办公", "54102", "办公费", "100", ""),
        ("记-1", "办公", "101", "现金", "", "200"),
    )  # fmt: skip
    assert (table.errors, table.expense_fen) == ((), 20_000)


def test_year_to_date_columns_are_not_taken_for_the_quarter():
    head = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方累计", "贷方累计", "借方", "贷方")
    table = read_rows(
        head,
        ("2026-07-01", "记-1", "办公", "541", "管理费用", "9999", "", "100", ""),
        ("2026-07-01", "记-1", "办公", "101", "现金", "", "9999", "", "100"),
    )
    assert (table.errors, table.expense_fen) == ((), 10_000)


def test_red_letter_entry_stays_on_its_side():
    table = journal(("记-1", "冲销", "541", "管理费用", "-100", ""), ("记-1", "冲销", "101", "现金", "", "-100"))
    assert [(line.kind, line.amount_fen) for line in table.lines] == [("expense", -10_000)]


def test_withdrawal_with_a_payment_in_one_voucher_splits_into_both():
    table = journal(
        ("记-1", "提现并付电费", "101", "现金", "500", ""), ("记-1", "提现并付电费", "541", "管理费用", "100", ""),
        ("记-1", "提现并付电费", "102", "银行存款", "", "600"),
    )  # fmt: skip
    assert [(line.kind, line.amount_fen, line.money_account, line.to_account) for line in table.lines] == [
        ("expense", 10_000, "银行存款", ""), ("transfer", 50_000, "银行存款", "现金"),
    ]  # fmt: skip


def test_bank_sub_accounts_meet_the_villages_own_accounts():
    names = ("现金", "农业银行基本户", "农村信用社专户")
    table = journal(
        ("记-1", "利息", "10202", "银行存款-农村信用社", "5", ""), ("记-1", "利息", "53102", "利息收入", "", "5"),
        ("记-2", "办公", "541", "管理费用", "7", ""), ("记-2", "办公", "10201", "农业银行", "", "7"),
        ("记-3", "办公", "541", "管理费用", "9", ""), ("记-3", "办公", "102", "银行存款", "", "9"),
        money_accounts=names,
    )  # fmt: skip
    assert [line.money_account for line in table.lines] == ["农村信用社专户", "农业银行基本户", ""]
    assert [(error.row, "对不上" in error.message) for error in table.errors] == [(7, True)]


def test_unknown_code_is_a_warning_when_the_name_is_known_and_an_error_otherwise():
    known = journal(("记-1", "a", "6602", "管理费用", "1", ""), ("记-1", "a", "101", "现金", "", "1"))
    assert (known.errors, [(w.row, w.column) for w in known.warnings]) == ((), [(2, "D")])
    unknown = journal(("记-1", "a", "6602", "神秘支出", "1", ""), ("记-1", "a", "101", "现金", "", "1"))
    assert [(e.row, e.column) for e in unknown.errors] == [(2, "D")]


def test_code_of_the_other_chart_is_refused_and_the_chart_named():
    entries = (("记-1", "a", "511", "经营支出", "1", ""), ("记-1", "a", "101", "现金", "", "1"))
    assert journal(*entries, chart=2023).errors == ()
    (error,) = journal(*entries, chart=2004).errors
    assert "2023年" in error.message


def test_journal_without_accounts_is_refused_instead_of_guessed():
    table = read_rows(
        ("日期", "凭证字号", "摘要", "借方金额", "贷方金额"),
        ("2026-07-01", "记-1", "办公", "100", ""),
        ("2026-07-01", "记-1", "办公", "", "100"),
    )
    assert "没有科目一栏" in table.errors[0].message


def test_journal_of_the_cash_account_alone_is_the_money_side():
    table = journal(("记-1", "卖废品", "101", "现金", "30", ""), ("记-2", "买灯泡", "101", "现金", "", "12"))
    assert [(line.kind, line.amount_fen, line.money_account) for line in table.lines] == [
        ("income", 3000, "现金"), ("expense", 1200, "现金"),
    ]  # fmt: skip


def test_cells_printed_once_for_a_voucher_hold_for_its_other_rows():
    table = read_rows(
        HEAD,
        ("2026-07-01", "记-1", "办公", "541", "管理费用", "100", ""),
        ("", "", "", "101", "现金", "", "100"),
        ("", "", "合计", "", "", "100", "100"),
    )
    assert (table.errors, seen(table)[0][:2]) == ((), (date(2026, 7, 1), "记-1"))


def test_total_row_of_a_journal_is_verified():
    table = read_rows(
        HEAD,
        ("2026-07-01", "记-1", "办公", "541", "管理费用", "100", ""),
        ("2026-07-01", "记-1", "办公", "101", "现金", "", "100"),
        ("合　计", "", "", "", "", "100.01", "100"),
    )
    assert [(error.row, error.column) for error in table.errors] == [(4, "F")]


def test_trial_balance_beside_a_journal_is_passed_over():
    balance = sheet(("科目编码", "科目名称", "期初余额", "借方", "贷方", "期末余额"), name="科目余额表")
    entries = sheet(HEAD, ("2026-07-01", "记-1", "a", "541", "管理费用", "1", ""),
                    ("2026-07-01", "记-1", "a", "101", "现金", "", "1"), name="序时账")  # fmt: skip
    table = read_sheets(balance, entries)
    assert (table.errors, table.expense_fen) == ((), 100)
