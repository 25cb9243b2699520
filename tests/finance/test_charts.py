"""Two charts of accounts in which one code means different things."""

import pytest

from village_open.finance.charts import Chart

CHARTS = {year: Chart.load(year) for year in (2004, 2023)}


def graves(year, code, name):
    return [problem.is_grave for problem in CHARTS[year].check(code, name)]


@pytest.mark.parametrize(
    ("code", "name", "in_2004", "in_2023"),
    [
        ("102", "银行存款", [], []),
        ("101", "现金", [], []),  # Renamed 库存现金 in 2023; both names are met.
        ("101", "库存现金", [], []),
        ("401", "生产（劳务）成本", [], []),
        ("541", "管理费用", [], [False]),
        ("513", "管理费用", [False], []),
        ("502", "经营支出", [], [True]),
        ("502", "投资收益", [True], []),
        ("511", "发包及上交收入", [], [True]),
        ("511", "经营支出", [True], []),
        ("51101", "土地承包收入", [], [True]),
        ("51101", "经营支出-种子", [True], []),
        ("153", "固定资产清理", [], [True]),
        ("154", "固定资产清理", [True], []),
        ("211", "应付工资", [], [True]),
        ("10203", "建设银行", [], []),
        ("54107", "水电费", [], [True]),
        ("54102", "管理费用-办公费", [], [False]),
        ("541", "办公费", [], [True]),
        ("", "管理费用", [], []),
        ("", "神秘科目", [False], [False]),
        ("999", "神秘科目", [True], [True]),
        ("541", "", [], [True]),
        ("", "", [], []),
    ],
)
def test_code_and_name_are_checked_together(code, name, in_2004, in_2023):
    assert (graves(2004, code, name), graves(2023, code, name)) == (in_2004, in_2023)


def test_message_says_which_chart_would_fit():
    (problem,) = CHARTS[2023].check("502", "经营支出")
    assert "投资收益" in problem.message
    assert "2004年《村集体经济组织会计制度》" in problem.message


def test_charts_hold_the_national_accounts():
    assert sum(account.is_national for account in CHARTS[2004].accounts) == 33
    assert sum(account.is_national for account in CHARTS[2023].accounts) == 42
    assert (CHARTS[2004].name_of("54102"), CHARTS[2004].name_of("54177"), CHARTS[2023].name_of("541")) == (
        "办公费", "管理费用", "",
    )  # fmt: skip
