"""以前期更正 on paper: a row, a term of the identity, a column of the accounts; and what 暂计 promises."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.finance.books import Q2, Q3, Q4, count_as_computed, enter, line, make_books, publish
from tests.notices.printed import made, printed_rows, text_of
from tests.notices.sheet_content import a_content, a_line
from village_open.core import clock
from village_open.db import transaction
from village_open.finance.actions import allow_provisional, open_period, submit_period
from village_open.notices.contents import draft_content
from village_open.notices.sheets.balance import SheetUnbalanced, check_figures
from village_open.notices.sheets.content import read_content

pytestmark = pytest.mark.usefixtures("sheets_set_once")

SUMMARY = "以前期更正：2026年第二季度公布的期末结存为 640.00 元，2026年第三季度先按 1,000.00 元暂计"
PAPERS = "2026年第二季度：青山镇李家村〔2026〕财公3号；2026年第三季度：青山镇李家村〔2026〕财公2号"


def corrected(fen: int = -36_000) -> dict[str, Any]:
    """100.00 carried, corrected, 50.00 in, 20.00 out."""
    lines = [
        a_line(1, "correct", fen, on="2026-10-01", summary=SUMMARY, note=PAPERS, voucher=""),
        a_line(2, "income", 5_000, on="2026-10-08"), a_line(3, "expense", 2_000, on="2026-10-09"),
    ]  # fmt: skip
    return a_content(lines, opening_fen=100_000, period="2026Q4")


def printed(content: dict[str, Any], kind: str, paper: str = "A3") -> str:
    return text_of(made(content, kind, paper).pdf)


@pytest.mark.parametrize("kind", ["finance_lines", "finance_summary"])
@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize(("fen", "sign", "closing"), [(-36_000, "－", "670.00"), (36_000, "＋", "1,390.00")])
def test_the_identity_box_has_the_correction_between_opening_and_income(
    kind: str, paper: str, fen: int, sign: str, closing: str
) -> None:
    sheet = made(corrected(fen), kind, paper)
    box = re.sub(r"<[^>]+>|\s", "", sheet.html.split('class="identity"')[1].split("in-words")[0])
    assert "以前期更正" in box
    for figure in ("1,000.00", "360.00", "50.00", "20.00", closing):
        assert figure in box
    assert f"{sign}360.00" in box or f"{sign}以前期更正" in box
    text = text_of(sheet.pdf)
    assert closing in text
    assert "以前期更正" in text


def test_the_line_stands_in_neither_column_with_both_papers_below() -> None:
    pdf = made(corrected(), "finance_lines", "A3").pdf
    text = text_of(pdf)
    assert "更正-360.00" in text
    assert "2026年第二季度公布的期末结存为640.00元" in text
    assert "财公3号" in text
    (total,) = (row.amounts for row in printed_rows(pdf) if row.label == "本季合计、本季余额")
    assert total == {"收入": 5_000, "支出": 2_000, "余额": 67_000}


def test_the_accounts_have_a_column_only_where_something_is_corrected() -> None:
    sheets = [
        made(content, "finance_summary", "A3", trial=True).html
        for content in (corrected(), a_content([a_line(1, "income", 5_000)]))
    ]
    tables = [BeautifulSoup(html, "html.parser").select_one("table.t-money") for html in sheets]
    heads = [[cell.text for cell in table.select("thead th")] for table in tables]
    assert heads[0] == ["账户", "期初结存", "以前期更正", "收入", "支出", "转入", "转出", "期末结存"]
    assert heads[1] == ["账户", "期初结存", "收入", "支出", "转入", "转出", "期末结存"]
    cash = [cell.text for cell in tables[0].select("tbody tr")[0].select("td, th")]
    assert cash == ["现金", "250.00", "-360.00", "50.00", "20.00", "", "", "-80.00"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda content: content["totals"].pop("correction_fen"), "以前期更正合计"),
        (lambda content: content["money_accounts"][0].pop("correction_fen"), "各账户以前期更正之和"),
        (lambda content: content["totals"].update(closing_fen=103_000), "本季结存"),
    ],
)
def test_a_correction_that_does_not_add_up_is_never_printed(change: Any, what: str) -> None:
    content = corrected()
    change(content)
    with pytest.raises(SheetUnbalanced, match=what):
        printed(content, "finance_lines")


def test_a_provisional_paper_says_which_figure_may_be_corrected_and_where() -> None:
    content = a_content([a_line(1, "expense", 100)], opening_fen=100_000, provisional="票据在审计局")
    promise = "上季结存1,000.00元在上季收支公布前是暂计数；公布后如有出入，差额作为“以前期更正”列入以后一期。"
    for kind in ("finance_lines", "finance_summary"):
        assert promise in printed(content, kind)
    assert read_content(a_content([])).provisional_note == ""


def test_what_is_frozen_carries_the_correction_and_proves_itself(both_engines: Flask) -> None:
    with clock.living_at(datetime(2027, 1, 8, 2, tzinfo=UTC)), transaction():
        books = make_books(period=Q2)
        third = open_period(by=books.clerk, village=books.village, period=Q3)
        allow_provisional(by=books.office, period=third, reason="等审计")
        count_as_computed(books, third)
        submit_period(by=books.clerk, period=third)
        publish(books, third)
        before = draft_content(third, issued_on=date(2027, 1, 8))
        fourth = open_period(by=books.clerk, village=books.village, period=Q4)
        enter(books, line(books, on=date(2026, 4, 2)), period=books.period)
        publish(books, books.period)
        content = draft_content(fourth, issued_on=date(2027, 1, 8))
    assert "correction_fen" not in before["totals"]
    sheet = read_content(content)
    check_figures(sheet)
    assert (sheet.totals.opening_fen, sheet.totals.correction_fen, sheet.totals.closing_fen) == (
        5_100_000, -36_000, 5_064_000,
    )  # fmt: skip
    assert (sheet.totals.income_fen, sheet.totals.expense_fen, sheet.totals.ytd_expense_fen) == (0, 0, 36_000)
    (only,) = sheet.lines
    assert (only.kind, only.account, only.correction_fen, only.balance_fen) == ("correct", "现金", -36_000, 5_064_000)
    assert only.note.count("财公1号") == 2
