"""The headings of disclosure, and the guess at the right one."""

import pytest

from village_open.finance.items import EXPENSE_ITEMS, INCOME_ITEMS, ITEMS, find_item, suggest_item


def test_there_are_eleven_headings_of_income_and_ten_of_expense():
    assert [item.key for item in INCOME_ITEMS] == [f"CW02{number:02d}" for number in range(1, 12)]
    assert [item.key for item in EXPENSE_ITEMS] == [f"CW03{number:02d}" for number in range(1, 11)]
    assert len({item.label for item in ITEMS.values()}) == 21


def test_heading_is_found_by_key_or_by_its_exact_wording():
    assert find_item("cw0211") is find_item("其他收入") is ITEMS["CW0211"]
    assert find_item("其他") is None


@pytest.mark.parametrize(
    ("code", "name", "summary", "side", "key"),
    [
        ("51101", "土地承包收入", "收鱼塘款", "income", "CW0202"),
        ("53102", "利息收入", "", "income", "CW0211"),
        ("", "", "收村部门面房租金", "income", "CW0201"),
        ("522", "补助收入", "村级组织运转经费", "income", "CW0206"),
        ("", "", "村级组织运转经费", "income", "CW0205"),
        ("31102", "土地补偿", "", "income", "CW0207"),
        ("54101", "干部报酬", "", "expense", "CW0302"),
        ("54102", "办公费", "订报刊", "expense", "CW0304"),
        ("541", "", "订党报党刊", "expense", "CW0303"),
        ("", "", "修建村内道路工程款", "expense", "CW0306"),
        ("15105", "", "电脑一台", "expense", "CW0306"),
        ("", "", "重阳节慰问老人", "expense", "CW0305"),
        ("", "", "说不清", "expense", ""),
        ("", "", "收企业捐赠扶贫款", "income", "CW0209"),
        ("531", "其他收入", "社会捐赠", "income", "CW0209"),
        ("", "", "救灾捐款", "expense", "CW0309"),
    ],
)
def test_guess_follows_the_account_then_the_summary(code, name, summary, side, key):
    assert suggest_item(code, name, summary, side) == key


def test_guess_never_crosses_the_sides():
    for name in ("利息", "捐款", "征地", "办公费", "承包", "分红"):
        assert suggest_item("", name, "", "income")[:4] in {"", "CW02"}
        assert suggest_item("", name, "", "expense")[:4] in {"", "CW03"}
