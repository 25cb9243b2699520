"""What a line and a period must satisfy, as tables of cases."""

from datetime import date

import pytest

from village_open.core.periods import Period
from village_open.finance.items import ITEMS
from village_open.finance.rules import (
    CountMissing,
    ItemsMissing,
    LineInput,
    LinesRefused,
    QuarterUnbalanced,
    line_problems,
    require_balance,
    require_items,
)
from village_open.finance.statements import AccountRow, LedgerLine, StatementLine

PERIOD = Period.parse("2026Q3")
GOOD = {
    "on": date(2026, 7, 3), "kind": "expense", "summary": "购打印纸 2 箱", "amount_fen": 36000,
    "account_id": 1, "item_key": "CW0304",
}  # fmt: skip


def problems_of(**changes: object) -> dict[str, str]:
    line = LineInput(**{**GOOD, **changes})
    sides = {key: item.side for key, item in ITEMS.items()}
    found = line_problems(0, line, period=PERIOD, account_ids={1, 2}, item_sides=sides)
    return {problem.field: problem.message for problem in found}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"on": date(2026, 6, 30)}, "on", "不在2026年第三季度"),
        ({"on": date(2026, 10, 1)}, "on", "不在2026年第三季度"),
        ({"kind": "gift"}, "kind", "收入、支出或内部划转"),
        ({"summary": "  "}, "summary", "请填写摘要"),
        ({"summary": "很" * 201}, "summary", "超过 200 个字"),
        ({"payee": "长" * 81}, "payee", "超过 80 个字"),
        ({"account_code": "1" * 13}, "account_code", "超过 12 个字"),
        ({"amount_fen": 0}, "amount", "不能为零"),
        ({"account_id": 9}, "account", "请选择资金账户"),
        ({"item_key": "CW0201"}, "item", "不一致"),
        ({"item_key": "CW9999"}, "item", "不一致"),
        ({"kind": "transfer", "to_account_id": 9}, "to_account", "转入"),
        ({"kind": "transfer", "to_account_id": 1}, "to_account", "同一个"),
        ({"kind": "transfer", "to_account_id": 2, "amount_fen": -1}, "to_account", "负数"),
    ],
)
def test_a_line_is_refused_at_its_cell(changes: dict[str, object], field: str, words: str) -> None:
    assert words in problems_of(**changes)[field]


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"on": date(2026, 7, 1)}, {"on": date(2026, 9, 30)}, {"amount_fen": -500}, {"item_key": ""},
        {"kind": "transfer", "to_account_id": 2, "item_key": ""}, {"kind": "income", "item_key": "CW0211"},
    ],
)  # fmt: skip
def test_a_line_is_taken(changes: dict[str, object]) -> None:
    assert problems_of(**changes) == {}


def account(opening: int, income: int, expense: int, counted: int | None, name: str = "现金") -> AccountRow:
    return AccountRow(1, name, "cash", opening, income, expense, 0, 0, counted)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([account(100_00, 0, 0, 90_00)], "现金：账上应结存 100.00 元，实有 90.00 元，实有比账上少 10.00 元"),
        ([account(0, 5, 0, 6)], "实有比账上多 0.01 元"),
        ([account(1, 0, 0, 2), account(2, 0, 0, 1, "农行")], "农行：账上应结存 0.02 元"),
    ],
)
def test_an_unbalanced_period_says_exactly_what_breaks_it(rows: list[AccountRow], words: str) -> None:
    with pytest.raises(QuarterUnbalanced) as refused:
        require_balance(rows)
    assert words in refused.value.message


def test_two_accounts_that_break_it_against_each_other_are_both_named_though_the_total_is_right() -> None:
    rows = [account(100, 0, 0, 90), account(100, 0, 0, 110, "农行")]
    with pytest.raises(QuarterUnbalanced) as refused:
        require_balance(rows)
    assert [row.name for row in refused.value.differences] == ["现金", "农行"]
    assert "合计相符" in refused.value.message


def test_the_total_difference_is_told_too() -> None:
    with pytest.raises(QuarterUnbalanced) as refused:
        require_balance([account(100, 0, 0, 90), account(100, 0, 0, 99, "农行")])
    assert "合计：账上应结存 2.00 元，实有 1.89 元，实有比账上少 0.11 元" in refused.value.message


def test_what_was_not_counted_is_named() -> None:
    with pytest.raises(CountMissing, match="现金、农行"):
        require_balance([account(1, 0, 0, None), account(1, 0, 0, None, "农行")])


def test_lines_without_an_item_are_named_by_number_and_transfers_need_none() -> None:
    rows = [
        StatementLine(number, LedgerLine(number, date(2026, 7, 1), kind, "一笔", 1, 1, item=item), "现金", "", 0)
        for number, (kind, item) in enumerate([("income", "CW0211"), ("expense", ""), ("transfer", "")], 1)
    ]
    with pytest.raises(ItemsMissing) as refused:
        require_items(rows)
    assert refused.value.numbers == (2,)
    require_items([rows[0], rows[2]])


def test_the_first_problem_is_told_with_how_many_there_are() -> None:
    sides = {key: item.side for key, item in ITEMS.items()}
    bad = LineInput(**{**GOOD, "summary": "", "amount_fen": 0})
    found = line_problems(4, bad, period=PERIOD, account_ids={1}, item_sides=sides)
    assert "有 2 处需要改正，先看第 5 行" in LinesRefused(found).message
