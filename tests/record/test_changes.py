"""What a deed changed is told in Chinese, without keys, numbers of rows and fen."""

from typing import Any

import pytest

from village_open.record.changes import Change, read_changes

SHA = "b9a3c51eb7924873e308b6f668363232f01900c5f1a9245f4bdeb6699afa0324"


@pytest.mark.parametrize(
    ("key", "value", "word", "text"),
    [
        ("prints_objections", False, "带着异议公布", "否"),
        ("both_groups_allowed", True, "一人可以兼两个小组", "是"),
        ("files_before_publication", True, "报镇备案", "公布前备案"),
        ("state", "submitted", "状态", "待理财小组审核"),
        ("group", "finance_review", "小组", "民主理财小组"),
        ("kind", "bank", "类别", "银行存款"),
        ("verdict", "queried", "意见", "疑问"),
        ("decision", "reserve", "决定", "保留意见"),
        ("on", "2026-07-08", "日期", "2026年7月8日"),
        ("ends_on", "2029-12-31", "到哪天止", "2029年12月31日"),
        ("on", "说不清", "日期", "说不清"),
        ("period", "2026Q3", "期间", "2026年第三季度"),
        ("file_sha256", SHA, "保存的文件", "校验值 b9a3c51eb792…"),
        ("paper", "A3-landscape", "用纸", "A3 横向"),
        ("papers", "A4-portrait@1500", "用纸", "A4 纵向（看的距离 1500 毫米）"),
        ("papers", "A4-portrait@0 A3-landscape@1500", "用纸", "A4 纵向（拿在手里看）、A3 横向（看的距离 1500 毫米）"),
        ("files", {"finance_lines.A3-landscape": SHA}, "公示单", "财务收支逐笔公开表 A3 横向 校验值 b9a3c51eb792…"),
        ("income_fen", 1424620, "收入", "14,246.20 元"),
        ("approval_limits_fen", [500_000, 1_000_000], "分级审批的金额线", "5,000.00 元、10,000.00 元"),
        ("counted_fen", {"现金": 5, "银行存款": None}, "期末实有数", "现金 0.05 元"),
        ("openings", {"7": 163850}, "期初余额", "资金账户 1,638.50 元"),
        ("5", 1424620, "资金账户", "14,246.20 元"),
        ("year_so_far", {"CW0203": 382200}, "本年累计", "投资收入 3,822.00 元"),
        ("members", [[6, "刘兴旺"], [7, "陈凤英"]], "成员", "刘兴旺、陈凤英"),
        ("person", [6, "刘兴旺"], "人员", "刘兴旺"),
        ("barred_kinds", ["clerk", "cashier"], "还有谁不能进小组", "村报账员、村出纳"),
        ("lines", ["12", "13", "14"], "账目", "3 笔"),
        ("posting_days", 20, "张贴天数", "20"),
        ("place", "村口", "地点", "村口"),
    ],
)
def test_a_key_and_its_value_are_told_in_words(key: str, value: Any, word: str, text: str) -> None:
    assert read_changes({}, {key: value}) == (Change(word, "", text),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"person_id": 7, "line": 12, "signer": 8, "leads": None}),
        ({}, {"place": "990101101200"}),
        ({"reason": ""}, {"reason": ""}),
        ({"width_mm": 400}, {"width_mm": 400}),
        ({"lines": []}, {"lines": []}),
    ],
)
def test_numbers_of_rows_what_is_empty_and_what_stayed_are_left_out(before: Any, after: Any) -> None:
    assert read_changes(before, after) == ()


def test_a_changed_line_tells_what_differs_and_a_new_or_lost_one_all_of_it() -> None:
    kept = {"id": 1, "kind": "expense", "summary": "电费", "amount_fen": 16000, "account_id": 1, "account": "现金"}
    moved = {**kept, "account_id": 2, "account": "银行存款", "amount_fen": 16100}
    lost = {"id": 2, "kind": "income", "summary": "租金", "amount_fen": 5}
    new = {"id": 3, "kind": "transfer", "summary": "提现", "amount_fen": 100, "note": ""}
    assert read_changes({"lines": [kept, lost]}, {"lines": [moved, new]}) == (
        Change("账目“电费”", "金额 160.00 元；资金账户 现金", "金额 161.00 元；资金账户 银行存款"),
        Change("账目", "类别 收入；摘要 租金；金额 0.05 元", ""),
        Change("账目", "", "类别 内部划转；摘要 提现；金额 1.00 元"),
    )


def test_facts_are_told_in_the_order_in_which_people_read_them() -> None:
    words = [change.word for change in read_changes({}, {"witness": "王", "amount_fen": 5, "on": "2026-07-01"})]
    assert words == ["日期", "金额", "证明人"]


def test_marks_tell_the_verdict_and_the_reason() -> None:
    marks = [{"line": "12", "verdict": "queried", "reason": "太贵"}, {"line": "13", "verdict": "passed", "reason": ""}]
    assert [change.after for change in read_changes({}, {"marks": marks})] == ["意见 疑问；原因 太贵", "意见 通过"]


def test_a_key_without_a_word_is_shown_as_it_is_and_never_hidden() -> None:
    assert read_changes({"fen": 1}, {}) == (Change("fen", "1", ""),)
