"""更正公示, the arithmetic: both figures stand side by side, and the identity holds after as it did before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from village_open.notices.corrections import (
    LEFT_OUT,
    Correction,
    CorrectionUnfit,
    Entry,
    both_totals,
    correct,
    effects,
    published_entries,
    with_corrections,
)

LAMP = Entry("expense", "购路灯 4 盏", 150_000, "现金")
RENT = Entry("income", "收鱼塘承包款", 800_000, "银行存款")
CONTENT = {
    "lines": [
        {"number": 1, "kind": "income", "summary": RENT.summary, "amount_fen": RENT.amount_fen, "account": "银行存款"},
        {"number": 2, "kind": "expense", "summary": LAMP.summary, "amount_fen": LAMP.amount_fen, "account": "现金"},
        {"number": 3, "kind": "transfer", "summary": "取现", "amount_fen": 100_000, "account": "银行存款"},
    ],
    "totals": {"income_fen": 800_000, "expense_fen": 150_000, "closing_fen": 1_650_000},
    "money_accounts": [{"name": "现金", "closing_fen": 50_000}, {"name": "银行存款", "closing_fen": 1_600_000}],
}
ENTRIES = published_entries(CONTENT)


def test_income_and_expense_may_be_corrected_transfers_not() -> None:
    assert ENTRIES == {1: RENT, 2: LAMP}


def test_a_wrong_amount_shows_both_figures_and_their_effect() -> None:
    one = correct(ENTRIES, number=2, now=Entry("expense", LAMP.summary, 105_000, "现金"), reason="数字看颠倒了")
    assert one.words == "第 2 笔：原为“购路灯 4 盏”1,500.00 元，更正为“购路灯 4 盏”1,050.00 元"
    assert effects([one]) == {"现金": 45_000}
    told = [(row.label, row.was_fen, row.now_fen) for row in both_totals(CONTENT, [], [one])]
    assert told == [
        ("本期收入", 800_000, 800_000), ("本期支出", 150_000, 105_000), ("期末结存", 1_650_000, 1_695_000),
        ("其中：现金", 50_000, 95_000), ("其中：银行存款", 1_600_000, 1_600_000),
    ]  # fmt: skip


def test_a_line_left_out_and_a_line_too_many() -> None:
    added = correct(ENTRIES, number=LEFT_OUT, now=Entry("expense", "付电费", 9_900, "现金"), reason="单据漏了")
    gone = correct(ENTRIES, number=1, now=Entry("income", RENT.summary, 0, "银行存款"), reason="重复登记")
    assert added.words == "漏登的一笔：付电费，99.00 元"
    assert gone.words == "第 1 笔应当取消：收鱼塘承包款，8,000.00 元"
    assert effects([added, gone]) == {"现金": -9_900, "银行存款": -800_000}


def test_the_wrong_account_moves_money_between_two() -> None:
    one = correct(ENTRIES, number=2, now=Entry("expense", LAMP.summary, 150_000, "银行存款"), reason="账户填错")
    assert effects([one]) == {"现金": 150_000, "银行存款": -150_000}
    assert sum(row.now_fen - row.was_fen for row in both_totals(CONTENT, [], [one])[:3]) == 0


@pytest.mark.parametrize(
    ("number", "now", "reason", "field"),
    [
        (9, LAMP, "写错", "line_number"),
        (3, LAMP, "写错", "line_number"),
        (2, LAMP, "写错", "amount_fen"),
        (LEFT_OUT, Entry("expense", "付电费", 0, "现金"), "漏了", "amount_fen"),
        (2, RENT, " ", "reason"),
    ],
)
def test_what_does_not_fit_the_paper_is_refused_at_its_field(number: int, now: Entry, reason: str, field: str) -> None:
    with pytest.raises(CorrectionUnfit) as refused:
        correct(ENTRIES, number=number, now=now, reason=reason)
    assert refused.value.field == field


def test_a_second_correction_begins_where_the_first_ended() -> None:
    first = Correction(2, LAMP, Entry("expense", LAMP.summary, 105_000, "现金"), "颠倒")
    gone = Correction(1, RENT, None, "重复")
    left = with_corrections(ENTRIES, [first, gone])
    assert left == {2: first.now}
    second = correct(left, number=2, now=Entry("expense", LAMP.summary, 110_000, "现金"), reason="发票补来")
    assert both_totals(CONTENT, [first, gone], [second])[1] == both_totals(CONTENT, [gone, first], [second])[1]
    assert (second.was, both_totals(CONTENT, [first], [second])[1].was_fen) == (first.now, 105_000)


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from(["income", "expense"]), st.integers(1, 10**11)),
        max_size=3, unique_by=lambda row: row[0],
    )
)  # fmt: skip
@settings(max_examples=30)
def test_income_less_expense_moves_the_closing_by_as_much(typed: list[tuple[int, str, int]]) -> None:
    rows = [
        correct(ENTRIES, number=number, now=Entry(kind, "更正后", fen, "现金"), reason="错")
        for number, kind, fen in typed
    ]
    income, expense, closing, *accounts = both_totals(CONTENT, [], rows)
    assert (income.now_fen - income.was_fen) - (expense.now_fen - expense.was_fen) == closing.now_fen - closing.was_fen
    assert sum(row.now_fen for row in accounts) == closing.now_fen
