from datetime import date

import pytest

from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.registers.rules.columns import Cells, Column, format_number, parse_number, read_cell, typed_text
from village_open.registers.rules.declared.money import EXPENSE_LABELS, INCOME_LABELS
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.masking import UNTOLD
from village_open.registers.rules.printing import print_table
from village_open.registers.rules.reckoning import (
    carried_cells,
    complete,
    fixed_values,
    opening_problems,
    row_problems,
    whole_problems,
)
from village_open.registers.rules.registers import Facts

Q3 = Period.parse("2026Q3")
FACTS = Facts(Q3)


def whole(key: str, facts: Facts = FACTS, **cells: int | str) -> dict[str, int | str]:
    return complete(REGISTERS[key], cells, facts)


def told(key: str, facts: Facts = FACTS, **cells: int | str) -> list[tuple[str, bool]]:
    problems = row_problems(REGISTERS[key], whole(key, facts, **cells), facts)
    return [(problem.field, problem.is_grave) for problem in problems]


@pytest.mark.parametrize(
    ("text", "thousandths"), [("12", 12_000), ("3.5", 3_500), ("1,200", 1_200_000), ("０．２５", 250), ("3.500", 3_500)]
)
def test_a_number_is_read_as_people_type_it(text: str, thousandths: int) -> None:
    assert parse_number(text) == thousandths


@pytest.mark.parametrize("text", ["3.5555", "-2", "1e5", "约3", "3万", ""])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_number(text)


def test_a_choice_may_be_its_number_or_its_first_words() -> None:
    way = REGISTERS["asset_disposals"].column("way")
    assert [read_cell(way, text, Q3) for text in ("拍卖", "2", "征")] == ["拍卖", "租赁", "征占"]
    with pytest.raises(InputError):
        read_cell(way, "送人", Q3)


@pytest.mark.parametrize("kind_value", [("money", 1_234_550), ("number", 3_500), ("day", "2026-07-15"), ("text", "王")])
def test_a_typed_text_reads_back_exactly(kind_value: tuple[str, int | str]) -> None:
    kind, value = kind_value
    column = Column("x", "栏", kind)  # type: ignore[arg-type]  # one of the kinds
    assert read_cell(column, typed_text(column, value), Q3) == value


def test_numbers_show_their_thousands() -> None:
    assert [format_number(value) for value in (1_203_000, 3_500, 0, -250)] == ["1,203", "3.5", "0", "-0.25"]


@pytest.mark.parametrize(
    ("since", "age"),
    [
        ("2026-09-30", "一年以内"),
        ("2025-10-01", "一年以内"),
        ("2025-09-30", "一至二年"),
        ("2024-10-01", "一至二年"),
        ("2024-09-30", "二至三年"),
        ("2023-10-01", "二至三年"),
        ("2023-09-30", "三年以上"),
        ("1994-01-01", "三年以上"),
        ("2024-02-29", "二至三年"),
    ],
)
def test_the_age_of_a_debt_changes_on_its_anniversary(since: str, age: str) -> None:
    assert whole("debts", since=since, opening=100)["age"] == age


@pytest.mark.parametrize(
    ("due_on", "left", "late"),
    [("2026-09-30", 1, ""), ("2026-09-29", 1, 1_000), ("2026-08-31", 1, 30_000), ("2026-08-31", 0, "")],
)
def test_rent_is_late_from_the_day_after_it_was_due(due_on: str, left: int, late: int | str) -> None:
    assert whole("lease_dues", due_on=due_on, due=100, received=100 - left)["late"] == late


def test_opening_and_changes_make_the_closing_of_every_register_that_goes_on() -> None:
    assert whole("debts", opening=500, added=70, paid=20)["closing"] == 550
    assert whole("lease_dues", opening=500, due=70, received=20)["closing"] == 550
    assert whole("special_funds", opening=500, received=70, spent=20)["closing"] == 550
    assert whole("land_compensation", opening=500, received=70, paid=15, spent=5)["closing"] == 550
    assert whole("donations", opening=500, received=70, spent=20)["closing"] == 550
    assert whole("assets", opening=500, added=70, reduced=20, worn=50)["net"] == 500
    assert whole("resources", opening=500, added=70, reduced=20)["closing"] == 550


def test_pay_for_work_is_days_times_rate_to_the_fen() -> None:
    assert whole("labour", days=2_500, rate=12_001)["pay"] == 30_003
    assert whole("labour", days=1, rate=499)["pay"] == 0
    assert whole("labour", days=1, rate=500)["pay"] == 1


def test_a_subsidy_by_area_is_filled_in_and_must_agree_where_it_is_typed() -> None:
    assert whole("subsidies", name="耕地地力保护补贴", area=120_500, rate=9_300)["paid"] == 1_120_650
    assert told("subsidies", name="耕地地力保护补贴", granted=1_120_650, area=120_500, rate=9_300) == []
    assert told("subsidies", name="耕地地力保护补贴", area=120_500, rate=9_300, paid=1_120_649) == [("paid", True)]
    assert told("subsidies", name="高龄补贴", granted=50_000, paid=50_000) == []


def test_medical_insurance_counts_people_and_never_names_them() -> None:
    assert whole("medical_insurance", insured=1_203_000, fee=38_000)["total"] == 45_714_000
    labels = "".join(column.label for column in REGISTERS["medical_insurance"].columns)
    assert "姓名" not in labels
    assert "户名" not in labels


def test_the_distribution_of_the_published_case_is_reproduced() -> None:
    typed = {
        "01": 68,
        "02": 35,
        "03": 5,
        "04": 45,
        "05": 35,
        "08": 30,
        "09": 42,
        "10": 45,
        "13": 15,
        "16": 7,
        "17": 7,
        "18": 20,
    }
    rows: list[Cells] = [{"row": key, "amount": amount} for key, amount in typed.items()]
    values = fixed_values(REGISTERS["distribution"], rows)
    assert [values[key] for key in ("06", "11", "12", "15", "21")] == [28, 55, 55, 70, 36]


def test_the_relations_of_the_statistical_report_hold_between_the_rows_of_the_distribution() -> None:
    """Table 6 of 2008 numbers its rows otherwise: 7=1+2+3-4-5, 11=7+8+9-10, 14=11+12+13, 15=16+…+20, 21=14-15."""
    typed = {f"{number:02d}": number * 7 + 1 for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 14, 16, 17, 18, 19, 20)}
    rows: list[Cells] = [{"row": key, "amount": amount} for key, amount in typed.items()]
    values = fixed_values(REGISTERS["distribution"], rows)
    operating = typed["01"] + typed["02"] + typed["03"] - typed["04"] - typed["05"]
    of_year = operating + typed["07"] + typed["08"] + typed["09"] - typed["10"]
    to_share = of_year + typed["13"] + typed["14"]
    shared = sum(typed[key] for key in ("16", "17", "18", "19", "20"))
    assert [values[key] for key in ("06", "11", "15", "21")] == [operating, of_year, to_share, to_share - shared]


def test_a_computed_row_of_a_fixed_table_is_not_typed() -> None:
    assert told("distribution", row="06", amount=1) == [("amount", True)]
    assert told("distribution", row="99", amount=1) == [("amount", True)]
    assert told("distribution", row="04", amount=-1) == []


def test_the_panel_reads_numbers_where_numbers_belong() -> None:
    assert told("panel", row="residents", text="很多") == [("text", True)]
    assert told("panel", row="residents", text=1_203_000) == []
    table = print_table(REGISTERS["panel"], [whole("panel", row="residents", text=1_203_000)], FACTS)
    assert table["rows"][0] == ["人口", "1,203人"]  # type: ignore[index]  # a list
    assert len(table["rows"]) == 6  # type: ignore[arg-type]  # a list


RESOURCE = complete(REGISTERS["resources"], {"name": "东塘", "kind": "水面", "opening": 10_000}, FACTS)
WITH_POND = Facts(Q3, others={"resources": [RESOURCE]})


def lease(area: int, starts_on: str = "2024-01-01", ends_on: str = "2030-12-31") -> dict[str, int | str]:
    return whole("leases", tenant="王", item="鱼塘", resource="东塘", area=area, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(
    ("rows", "is_refused"),
    [
        ([lease(6_000), lease(4_000)], False),
        ([lease(6_000), lease(4_001)], True),
        ([lease(10_000, ends_on="2026-08-31"), lease(10_000, starts_on="2026-09-01")], False),
        ([lease(10_000, ends_on="2026-09-01"), lease(10_000, starts_on="2026-09-01")], True),
        ([lease(10_000), lease(1, starts_on="2027-01-01")], True),
    ],
)
def test_never_more_is_let_than_there_is_on_any_day(rows: list[Cells], is_refused: bool) -> None:
    found = whole_problems(REGISTERS["leases"], rows, WITH_POND)
    assert bool(found) is is_refused
    if is_refused:
        assert "东塘共 10 亩" in found[0][1].message
        assert "只剩" in found[0][1].message


def test_a_lease_of_an_unknown_resource_is_only_doubted() -> None:
    ((_, problem),) = whole_problems(REGISTERS["leases"], [lease(1_000)], FACTS)
    assert not problem.is_grave


def test_a_resource_may_not_shrink_under_what_is_let() -> None:
    facts = Facts(Q3, others={"leases": [lease(8_000)]})
    cells = {"name": "东塘", "kind": "水面", "opening": 10_000}
    assert told("resources", facts, **cells, reduced=2_000) == []
    assert told("resources", facts, **cells, reduced=2_001) == [("reduced", True)]
    assert whole("resources", facts, **cells)["free"] == 2_000


def test_a_contract_shows_what_was_due_and_what_came_in() -> None:
    dues = [
        {"contract": "H1", "tenant": "王", "item": "鱼塘", "opening": 100, "due": 500, "received": 300},
        {"contract": "H2", "tenant": "李", "item": "鱼塘", "due": 9, "received": 9},
    ]
    facts = Facts(Q3, others={"lease_dues": dues})
    row = whole("leases", facts, contract="H1", tenant="王", starts_on="2024-01-01", ends_on="2033-12-31")
    assert (row["term"], row["due"], row["received"]) == ("2024-01-01至2033-12-31", 600, 300)


BOOKS = Facts(
    Q3, accounts={"现金": "cash", "农商行": "bank"}, balance_on=lambda _account, _on: 100_000,
    cash_ceiling_fen=100_000, petty_limit_fen=50_000,
)  # fmt: skip


def test_a_bank_statement_is_reconciled_with_what_is_on_its_way() -> None:
    cells = {"account": "农商行", "on": "2026-09-30", "counted": 99_000}
    row = whole("cash_proofs", BOOKS, **cells, bank_in=500, bank_out=200, own_in=1_500, own_out=200)
    assert (row["adjusted"], row["proved"], row["difference"]) == (100_300, 100_300, 0)
    assert told("cash_proofs", BOOKS, **cells) == [("reason", True)]
    assert told("cash_proofs", BOOKS, **cells, reason="手续费未记账") == []


def test_a_difference_needs_its_reason_and_cash_has_nothing_on_its_way() -> None:
    cells = {"account": "现金", "on": "2026-09-30"}
    assert told("cash_proofs", BOOKS, **cells, counted=100_000) == []
    assert told("cash_proofs", BOOKS, **cells, counted=99_999) == [("reason", True)]
    assert told("cash_proofs", BOOKS, **cells, counted=100_000, own_in=1, reason="无") == [("own_in", True)]


def test_too_much_cash_is_said_and_not_refused() -> None:
    cells = {"account": "现金", "on": "2026-09-30", "counted": 100_001, "reason": "卖树款"}
    assert told("cash_proofs", BOOKS, **cells, petty=50_000) == [("counted", False)]
    assert told("cash_proofs", BOOKS, **cells, petty=50_001) == [("counted", False), ("petty", False)]


@pytest.mark.parametrize(
    ("item", "gap", "period", "must_explain"),
    [
        (EXPENSE_LABELS[0], 1, "2026Q3", True),
        (EXPENSE_LABELS[0], -1, "2026Q3", False),
        (INCOME_LABELS[0], 1, "2026Q3", False),
        (INCOME_LABELS[0], -1, "2026Q3", False),
        (INCOME_LABELS[0], -1, "2026Q4", True),
        (EXPENSE_LABELS[0], -1, "2026Q4", True),
        (EXPENSE_LABELS[0], 0, "2026Q4", False),
    ],
)
def test_the_plan_and_the_ledger_differ_with_an_explanation(
    item: str, gap: int, period: str, must_explain: bool
) -> None:
    facts = Facts(Period.parse(period), actuals={item: 1_000 + gap})
    assert told("plan", facts, item=item, planned=1_000) == ([("reason", True)] if must_explain else [])
    assert told("plan", facts, item=item, planned=1_000, reason="材料涨价") == []


def test_a_row_goes_on_with_its_closing_and_stays_behind_when_nothing_is_left() -> None:
    cells = {"party": "王某", "summary": "修路工程款", "since": "2025-03-01", "opening": 500, "paid": 100}
    carried = carried_cells(REGISTERS["debts"], whole("debts", **cells), Q3.next)
    assert carried is not None
    assert (carried["party"], carried["opening"], carried["paid"]) == ("王某", 400, "")
    assert carried_cells(REGISTERS["debts"], whole("debts", **{**cells, "paid": 500}), Q3.next) is None
    problems = opening_problems(REGISTERS["debts"], {**carried, "opening": 401}, whole("debts", **cells))
    assert [problem.field for problem in problems] == ["opening"]


@pytest.mark.parametrize(("ends_on", "goes_on"), [("2026-09-30", False), ("2026-10-01", True), ("", True)])
def test_a_contract_goes_on_while_it_runs(ends_on: str, goes_on: bool) -> None:
    row = whole("leases", tenant="王", item="鱼塘", starts_on="2024-01-01", ends_on=ends_on)
    assert (carried_cells(REGISTERS["leases"], row, Q3.next) is not None) is goes_on


def test_a_plan_goes_on_within_its_year_only() -> None:
    row = whole("plan", item=EXPENSE_LABELS[0], planned=1_000)
    assert carried_cells(REGISTERS["plan"], row, Period.parse("2026Q4")) is not None
    assert carried_cells(REGISTERS["plan"], row, Period.parse("2027Q1")) is None


def test_what_the_public_must_not_read_is_not_in_the_table() -> None:
    rows = [
        whole("aid_given", name="王小明", reason="因白血病住院", amount=100, minor="是"),
        whole("aid_given", name="李红", reason="房屋倒塌，电话13812345678", amount=200),
    ]
    table = print_table(REGISTERS["aid_given"], rows, FACTS)
    assert table["rows"] == [["王＊＊", UNTOLD, 100, "", ""], ["李红", "房屋倒塌，电话138****5678", 200, "", ""]]
    assert table["totals"] == ["合计", "", 300, "", ""]
    assert ("reason", False) in told("aid_given", name="王小明", reason="因白血病住院", amount=100)


def test_rent_not_received_prints_beside_what_came_in() -> None:
    rows = [
        whole("lease_dues", tenant="王", item="鱼塘", due_on="2026-07-01", opening=20_000, due=50_000, received=30_000),
        whole("lease_dues", tenant="李", item="果园", due_on="2026-09-01", due=10_000),
        whole("lease_dues", tenant="赵", item="门面", due_on="2026-12-31", due=5_000),
    ]
    assert print_table(REGISTERS["lease_dues"], rows, FACTS)["remarks"] == [
        "应收 850.00 元，已收 300.00 元，未收 550.00 元。",
        "逾期未收 2 笔，共 500.00 元，最长逾期 91 天。",
    ]
    assert (date(2026, 9, 30) - date(2026, 7, 1)).days == 91


def test_an_empty_register_prints_no_rows_and_no_remarks() -> None:
    for register in REGISTERS.values():
        table = print_table(register, [], FACTS)
        assert (table["rows"], table["totals"], table["remarks"]) == ([], [], [])


SECTIONS = {
    "duties": "姓名|职务|分工|责任目标|完成情况",
    "pay": "姓名|职务|工资标准（元/月）|应领数额|已领数额",
    "rural_plans": "村经济社会发展规划|乡村建设实施方案|村经济发展年度计划|进展情况",
    "rural_projects": "项目名称|自建或帮建部门|资金来源（自筹或支持）|资金使用情况|项目进度",
    "asset_disposals": "时间|名称|处置方式|履行民主程序情况|期限起|期限止|处置结果",
    "leases": "姓名|项目|承包时间|承包期限|应交承包费|已交承包费",
    "homesteads": "姓名|安排理由|批准面积（长×宽）|批准时间|批准单位|备注",
    "subsidies": "补贴项目|上级拨付金额|发放面积（亩）|亩均（元）|实际发放金额",
    "aid_given": "姓名|理由|款额|品名|数量",
    "projects": "项目|经费来源|承包人|承包金额|备注",
    "debts": "单位或姓名|摘要|发生时间|金额",
    "claims": "单位或姓名|摘要|发生时间|金额",
    "labour": "项目|出工人员姓名|工数（个）|报酬标准（元/日）|用工费（元）",
    "low_income": "户名|理由|补贴金额（元）",
    "poverty_support": "户名|供养方式|标准",
}  # fmt: skip
"""The columns of the template of nineteen sections, 新农村 and the marks of units as they are said today."""


@pytest.mark.parametrize(("key", "columns"), SECTIONS.items())
def test_the_columns_of_the_board_stand_first_and_in_its_order(key: str, columns: str) -> None:
    heads = "|".join(column.head for column in REGISTERS[key].columns if column.is_printed)
    assert heads.startswith(columns)


def test_every_declaration_names_columns_that_are_there() -> None:
    for register in REGISTERS.values():
        keys = [column.key for column in register.columns]
        assert len(keys) == len(set(keys))
        assert {*register.formulas, *register.fills} <= set(keys)
        assert set(register.needs) <= set(REGISTERS)
        assert all(column.choices for column in register.columns if column.kind == "choice")
        for opening, closing in register.carry.balances if register.carry else ():
            assert register.column(opening).kind == register.column(closing).kind
