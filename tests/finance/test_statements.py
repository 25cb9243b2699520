"""The statement against sums made in another way, for any set of lines."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from village_open.finance.items import ITEMS
from village_open.finance.statements import (
    EXPENSE,
    INCOME,
    TRANSFER,
    LedgerLine,
    MoneyStock,
    Statement,
    YearBefore,
    build_statement,
)

CASH, BANK, SECOND_BANK = 1, 2, 3
FIRST_ON = date(2026, 7, 1)
AMOUNTS = st.integers(-(10**9), 10**11).filter(bool)


@st.composite
def ledger_lines(draw: st.DrawFn) -> tuple[LedgerLine, ...]:
    rows = draw(st.lists(st.tuples(st.sampled_from([INCOME, EXPENSE, TRANSFER]), AMOUNTS, st.integers(0, 91))))
    made = []
    for number, (kind, fen, day) in enumerate(rows):
        account = draw(st.sampled_from([CASH, BANK, SECOND_BANK]))
        other = draw(st.sampled_from([one for one in (CASH, BANK, SECOND_BANK) if one != account]))
        items = [key for key, one in ITEMS.items() if one.side == kind] or [""]
        line = LedgerLine(number, FIRST_ON + timedelta(day), kind, "一笔", fen, account)
        code = draw(st.sampled_from(["", "501", "541"]))
        more = {"item": draw(st.sampled_from(items)), "code": code, "code_name": "某科目" if code else ""}
        made.append(replace(line, to_account_id=other if kind == TRANSFER else None, **more))
    return tuple(made)


def statement_of(lines: tuple[LedgerLine, ...], openings: tuple[int, int, int], **year: int) -> Statement:
    names = ("现金", "信用社", "农行")
    stocks = [
        MoneyStock(one, names[one - 1], "cash" if one == CASH else "bank", fen)
        for one, fen in zip((CASH, BANK, SECOND_BANK), openings, strict=True)
    ]
    before = YearBefore(income_fen=year.get("income", 0), expense_fen=year.get("expense", 0))
    return build_statement(stocks=stocks, lines=lines, items=ITEMS.values(), before=before)


@given(ledger_lines(), st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), AMOUNTS, AMOUNTS)
def test_every_total_equals_a_sum_made_line_by_line(
    lines: tuple[LedgerLine, ...], openings: tuple[int, int, int], income_before: int, expense_before: int
) -> None:
    boxes = dict(zip((CASH, BANK, SECOND_BANK), openings, strict=True))
    turnover, by_item, by_code = defaultdict(int), defaultdict(int), defaultdict(int)
    for line in lines:  # Money walks from box to box; nothing of the statement's own code is used.
        if line.kind == INCOME:
            boxes[line.account_id] += line.amount_fen
        else:
            boxes[line.account_id] -= line.amount_fen
        if line.to_account_id:
            boxes[line.to_account_id] += line.amount_fen
        turnover[line.kind] += line.amount_fen
        by_item[line.item] += line.amount_fen
        if line.code and line.kind != TRANSFER:
            by_code[line.kind, line.code] += line.amount_fen

    made = statement_of(lines, openings, income=income_before, expense=expense_before)

    assert {row.id: row.closing_fen for row in made.accounts} == boxes
    assert made.closing_fen == sum(boxes.values())
    assert (made.income_fen, made.expense_fen) == (turnover[INCOME], turnover[EXPENSE])
    assert made.ytd_income_fen == income_before + turnover[INCOME]
    assert made.ytd_expense_fen == expense_before + turnover[EXPENSE]
    assert {row.key: row.this_fen for row in made.items if row.this_fen} == {
        key: fen for key, fen in by_item.items() if key and fen
    }
    coded = {(row.side, row.key): row.this_fen for row in made.ledger_accounts if row.key}
    assert coded == dict(by_code)
    for side, this_fen, ytd_fen in (
        (INCOME, made.income_fen, made.ytd_income_fen),
        (EXPENSE, made.expense_fen, made.ytd_expense_fen),
    ):
        rows = [row for row in made.ledger_accounts if row.side == side]
        assert (sum(row.this_fen for row in rows), sum(row.ytd_fen for row in rows)) == (this_fen, ytd_fen)


@given(ledger_lines(), st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))
def test_the_running_balance_ends_at_the_closing_and_skips_transfers(
    lines: tuple[LedgerLine, ...], openings: tuple[int, int, int]
) -> None:
    made = statement_of(lines, openings)
    steps = [sum(openings), *(row.balance_fen for row in made.lines)]
    for before, after, row in zip(steps, steps[1:], made.lines, strict=False):
        moved = {INCOME: row.line.amount_fen, EXPENSE: -row.line.amount_fen, TRANSFER: 0}[row.line.kind]
        assert after - before == moved
    assert steps[-1] == made.closing_fen
    assert [row.number for row in made.lines] == list(range(1, len(lines) + 1))


@given(ledger_lines())
def test_the_items_of_a_side_add_up_to_that_side(lines: tuple[LedgerLine, ...]) -> None:
    made = statement_of(lines, (0, 0, 0))
    for side, total in ((INCOME, made.income_fen), (EXPENSE, made.expense_fen)):
        assert sum(row.this_fen for row in made.items if row.side == side) == total


def test_all_eleven_and_ten_items_stand_there_also_without_money() -> None:
    made = statement_of((), (0, 0, 0))
    sides = [row.side for row in made.items]
    assert (sides.count(INCOME), sides.count(EXPENSE)) == (11, 10)


def test_an_account_seen_only_earlier_in_the_year_keeps_its_line() -> None:
    before = YearBefore(ledger_accounts={(INCOME, "501", "经营收入"): 700}, income_fen=700)
    made = build_statement(stocks=(), lines=(), items=(), before=before)
    assert [(row.key, row.this_fen, row.ytd_fen) for row in made.ledger_accounts] == [("501", 0, 700)]
