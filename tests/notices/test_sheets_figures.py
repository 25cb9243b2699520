"""What is printed adds up to the fen, on every page, read back from the paper."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.notices.printed import (
    PrintedRow,
    a_sheet,
    identity_boxes,
    labelled_pairs,
    made,
    poppler,
    printed_rows,
    text_of,
)
from tests.notices.sheet_content import a_content, a_line, some_lines
from village_open.core.money import format_fen
from village_open.notices.sheets.balance import SheetUnbalanced
from village_open.notices.sheets.render import render_sheet
from village_open.printing.paper import Paper

_NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A sheet takes a second: shrinking one would take minutes."""
_RARE = "𠮷龘㐂䶮堃垚喆赟翀"
_SUMMARIES = st.text(alphabet="修补机耕路砂石料运费慰问（）、12.5%" + _RARE, min_size=1, max_size=90)
_NAMES = st.sampled_from(["李建国", "王𠮷", "阿卜杜热合曼·买买提江孜", "", "欧阳春梅"])
_AMOUNTS = st.one_of(st.integers(1, 10_000), st.integers(1, 99_999_999_999), st.just(99_999_999_999), st.just(1))


@st.composite
def _ledgers(draw: st.DrawFn) -> list[dict[str, object]]:
    kinds = draw(st.lists(st.sampled_from(["income", "expense", "expense", "transfer"]), max_size=24))
    return [
        a_line(number, kind, draw(_AMOUNTS), summary=draw(_SUMMARIES), handler=draw(_NAMES), witness=draw(_NAMES))
        for number, kind in enumerate(kinds, start=1)
    ]


@settings(
    max_examples=12,
    deadline=None,
    phases=_NO_SHRINKING,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    lines=_ledgers(),
    opening_fen=st.integers(-10_000, 10**12),
    paper=st.sampled_from(["A4", "A3", "A2"]),
    kind=st.sampled_from(["finance_lines", "finance_summary"]),
)
def test_printed_totals_are_the_sum_of_the_printed_lines(
    lines: list[dict[str, Any]], opening_fen: int, paper: str, kind: str
) -> None:
    content = a_content(lines, opening_fen)
    pdf = made(content, kind, paper).pdf
    check_identity(pdf, lines, opening_fen)
    if kind == "finance_lines":
        check_running_totals(printed_rows(pdf), opening_fen, len(lines))
    else:
        check_summary(pdf, lines, content["ytd"])


@pytest.mark.parametrize("kind", ["finance_lines", "finance_summary"])
def test_amounts_of_eleven_digits_and_more_fit_a_hand_out(kind: str) -> None:
    lines = [a_line(number, "income", 99_999_999_999) for number in range(1, 31)] + [a_line(31, "transfer", 10**11)]
    content = a_content(lines)
    sheet = made(content, kind, "A4")
    check_identity(sheet.pdf, lines, opening_fen=8_765_432)


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_a_quarter_of_300_lines_carries_right_totals_over_every_page(paper: str) -> None:
    sheet = a_sheet("finance_lines", paper, 300)
    assert sheet.pages > 5
    rows = printed_rows(sheet.pdf)
    check_running_totals(rows, 8_765_432, 300)
    assert sum(row.label == "过次页" for row in rows) == sum(row.label == "承前页" for row in rows) >= sheet.pages - 2


def check_identity(pdf: bytes, lines: list[dict[str, Any]], opening_fen: int) -> None:
    """Find, on every page, each of the four figures at its own word, and hold it against the lines."""
    income, expense = (total(lines, kind) for kind in ("income", "expense"))
    expected = {
        "上季结存": opening_fen, "本季收入": income, "本季支出": expense, "本季结存": opening_fen + income - expense,
    }  # fmt: skip
    boxes = identity_boxes(pdf, list(expected))
    assert boxes == [expected] * len(boxes)


def total(lines: list[dict[str, Any]], kind: str) -> int:
    """The sum of the lines of a kind."""
    return sum(line["amount_fen"] for line in lines if line["kind"] == kind)


def check_summary(pdf: bytes, lines: list[dict[str, Any]], ytd: dict[str, int]) -> None:
    """Find the total of each side in both tables of the summary, by item and by accounting code."""
    for side, word in (("income", "收入合计"), ("expense", "支出合计")):
        assert labelled_pairs(pdf, word) == [(total(lines, side), ytd[f"{side}_fen"])] * 2


def check_running_totals(rows: list[PrintedRow], opening_fen: int, lines: int) -> None:
    """Add up what the paper says, line by line, and hold every printed total against it."""
    income = expense = 0
    month = [0, 0]
    seen: list[int] = []
    for row in rows:
        if row.label.isdigit():
            income, expense = income + row.amounts.get("收入", 0), expense + row.amounts.get("支出", 0)
            month = [month[0] + row.amounts.get("收入", 0), month[1] + row.amounts.get("支出", 0)]
            seen.append(int(row.label))
            assert row.amounts.get("余额", 0) == opening_fen + income - expense, row
        elif row.label.endswith("小计"):
            assert [row.amounts["收入"], row.amounts["支出"]] == month, row
            month = [0, 0]
        elif row.label == "上季转来":
            assert row.amounts == {"余额": opening_fen}
        else:
            expected = {"收入": income, "支出": expense, "余额": opening_fen + income - expense}
            assert row.amounts == expected, row
    assert seen == list(range(1, lines + 1))
    assert rows[0].label == "上季转来"
    assert rows[-1].label == "本季合计、本季余额"


def test_a_summary_of_three_lines_does_not_disturb_the_turn_of_the_page() -> None:
    long = "修补二组至三组机耕路，砂石料四十五立方米、人工十二个工日，含挖掘机台班及运费，详见工程验收单及监理意见，"
    lines = [a_line(number, "expense", 100 * number, summary=long + "余款下季支付。") for number in range(1, 61)]
    content = a_content(lines)
    sheet = render_sheet(content=content, kind="finance_lines", paper=Paper.parse("A3-portrait"))
    assert sheet.pages >= 5
    check_running_totals(printed_rows(sheet.pdf), 8_765_432, 60)


def test_the_total_keeps_its_last_two_lines_on_its_page() -> None:
    for count in (19, 22, 24, 27, 30):
        lines = [a_line(number, "expense", 100, summary="电费") for number in range(1, count + 1)]
        sheet = render_sheet(content=a_content(lines), kind="finance_lines", paper=Paper.parse("A3"))
        rows = printed_rows(sheet.pdf)
        last = [row.label for row in rows if row.page == rows[-1].page]
        assert last[-3:] == [str(count - 1), str(count), "本季合计、本季余额"]


def test_transfers_are_printed_as_their_own_kind_beside_income_and_expense() -> None:
    lines = [a_line(1, "income", 500_00), a_line(2, "transfer", 300_00), a_line(3, "expense", 100_00)]
    sheet = render_sheet(content=a_content(lines), kind="finance_lines", paper=Paper.parse("A3"))
    rows = {row.label: row for row in printed_rows(sheet.pdf)}
    assert rows["2"].is_transfer
    assert set(rows["2"].amounts) == {"余额"}
    assert rows["2"].amounts["余额"] == rows["1"].amounts["余额"]
    assert "互转300.00" in text_of(sheet.pdf)
    assert "【互转】现金→银行存款" in text_of(sheet.pdf)


def test_a_running_balance_of_nought_reads_even_and_a_negative_one_keeps_its_sign() -> None:
    lines = [a_line(1, "expense", 1_000_00), a_line(2, "expense", 50_00)]
    sheet = made(a_content(lines, 1_000_00), "finance_lines", "A4")
    layout = poppler(sheet.pdf, "pdftotext", "-layout", "{}", "-")
    first, second = (next(line for line in layout.splitlines() if f"记-{number}" in line) for number in (1, 2))
    assert "平" in first.split()
    assert "-50.00" in second.split()


def test_the_summary_prints_every_item_with_quarter_and_year() -> None:
    content = a_content(some_lines(40))
    text = text_of(a_sheet("finance_summary", "A2", 40).pdf)
    for item in content["items"]:
        figures = format_fen(item["this_fen"]) + format_fen(item["ytd_fen"]) if item["this_fen"] else ""
        assert item["label"] in text or item["label"][:8] in text
        assert figures in text or all(format_fen(item[key]) in text for key in ("this_fen", "ytd_fen"))
    for side in ("income", "expense"):
        total = sum(item["this_fen"] for item in content["items"] if item["side"] == side)
        assert format_fen(total) in text


def test_stocks_are_printed_at_both_ends_and_never_as_turnover() -> None:
    text = text_of(a_sheet("finance_summary", "A2", 40).pdf)
    accounts = a_content(some_lines(40))["money_accounts"]
    assert "期初结存" in text
    assert "期末结存" in text
    for account in accounts:
        assert format_fen(account["opening_fen"]) in text
        assert format_fen(account["closing_fen"]) in text


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda content: content["totals"].update(closing_fen=1), "本季结存"),
        (lambda content: content["totals"].update(income_fen=1), "本季收入合计"),
        (lambda content: content["lines"][2].update(amount_fen=1), "本季收入合计"),
        (lambda content: content["lines"][1].update(balance_fen=7), "第2笔的余额"),
        (lambda content: content["money_accounts"][0].update(closing_fen=7), "结存"),
        (lambda content: content["items"][3].update(this_fen=7), "按公开项目的本季收入合计"),
    ],
)
def test_a_sheet_whose_figures_contradict_one_another_cannot_exist(
    spoil: Callable[[dict[str, Any]], None], named: str
) -> None:
    content = a_content(some_lines(6))
    spoil(content)
    with pytest.raises(SheetUnbalanced, match=named):
        render_sheet(content=content, kind="finance_lines", paper=Paper.parse("A3"))
