"""The last look before printing: figures that contradict one another never reach a wall."""

from collections.abc import Iterator
from typing import TypeAlias

from village_open.core.errors import RuleForbids
from village_open.core.money import format_fen
from village_open.notices.sheets.affairs_content import UNKNOWN, AffairsContent
from village_open.notices.sheets.board_content import BoardContent, Section
from village_open.notices.sheets.content import FinanceContent

_Claim: TypeAlias = tuple[str, int, int]
"""What is claimed, the stated fen, the computed fen."""


class SheetUnbalanced(RuleForbids):
    """The figures contradict one another; such a sheet must never hang on a wall."""

    def __init__(self, what: str, stated_fen: int, computed_fen: int) -> None:
        self.stated_fen, self.computed_fen = stated_fen, computed_fen
        stated, computed, difference = map(format_fen, (stated_fen, computed_fen, stated_fen - computed_fen))
        super().__init__(f"{what}对不上：写的是 {stated}，算出来是 {computed}，相差 {difference} 元。")


def check_figures(sheet: FinanceContent) -> None:
    """Prove the identity, every sum and every running balance once more from the lines.

    Raises:
        SheetUnbalanced: lines, accounts, totals or the identity contradict one another.
    """
    for what, stated, computed in (*_total_claims(sheet), *_account_claims(sheet), *_running_claims(sheet)):
        if stated != computed:
            raise SheetUnbalanced(what, stated, computed)


class CountsContradict(RuleForbids):
    """The votes of a meeting do not add up to those present."""

    def __init__(self, body: str, votes: int, present: int) -> None:
        super().__init__(f"{body}的票数对不上：同意、反对、弃权合计 {votes}，实到 {present}。")


def check_affairs(sheet: AffairsContent) -> None:
    """Prove the counts of every meeting and the sum of the payments once more.

    Raises:
        CountsContradict: votes and those present differ.
        SheetUnbalanced: the payments do not add up to what is called paid.
    """
    for row in sheet.meetings:
        votes = (row.agree, row.oppose, row.abstain)
        if UNKNOWN not in (*votes, row.present) and sum(votes) != row.present:
            raise CountsContradict(row.body, sum(votes), row.present)
    paid = sum(row.amount_fen for row in sheet.payments)
    if sheet.money is not None and sheet.money.paid_fen != paid:
        raise SheetUnbalanced("已付金额", sheet.money.paid_fen, paid)


def check_board(sheet: BoardContent) -> None:
    """Prove the identity of section 一, and the sums under every register once more.

    Raises:
        SheetUnbalanced: they contradict one another.
    """
    for what, stated, computed in (*_money_claims(sheet), *(c for row in sheet.sections for c in _sums(row))):
        if stated != computed:
            raise SheetUnbalanced(what, stated, computed)


def _money_claims(sheet: BoardContent) -> Iterator[_Claim]:
    money = sheet.money
    if money is None:
        return
    moved = money.correction_fen + money.income_fen - money.expense_fen
    yield "一、财务收支的余额", money.closing_fen, money.opening_fen + moved
    yield "一、财务收支的收入合计", money.income_fen, sum(row.income_fen for row in money.rows)
    yield "一、财务收支的支出合计", money.expense_fen, sum(row.expense_fen for row in money.rows)


def _sums(section: Section) -> Iterator[_Claim]:
    for register in section.registers:
        for index, total in enumerate(register.totals):
            values = [row[index] for row in register.rows]
            if isinstance(total, int) and register.fields[index].kind == "money":
                figures = (value for value in values if isinstance(value, int))
                yield f"“{section.heading}”的{register.fields[index].label}合计", total, sum(figures)


def _total_claims(sheet: FinanceContent) -> Iterator[_Claim]:
    this, last, totals = sheet.period.this_word, sheet.period.last_word, sheet.totals
    identity = totals.opening_fen + totals.correction_fen + totals.income_fen - totals.expense_fen
    yield f"{this}收入合计", totals.income_fen, sum(line.income_fen for line in sheet.lines)
    yield f"{this}支出合计", totals.expense_fen, sum(line.expense_fen for line in sheet.lines)
    yield "以前期更正合计", totals.correction_fen, sum(line.correction_fen for line in sheet.lines)
    yield f"{this}结存（{last}结存＋收入－支出）", totals.closing_fen, identity
    for side, stated in (("income", totals.income_fen), ("expense", totals.expense_fen)):
        rows = [row.this_fen for row in sheet.items if row.side == side]
        if rows:
            yield f"按公开项目的{this}{'收入' if side == 'income' else '支出'}合计", sum(rows), stated


def _account_claims(sheet: FinanceContent) -> Iterator[_Claim]:
    this, last, totals = sheet.period.this_word, sheet.period.last_word, sheet.totals
    yield f"各账户{last}结存之和", sum(row.opening_fen for row in sheet.money_accounts), totals.opening_fen
    yield f"各账户{this}结存之和", sum(row.closing_fen for row in sheet.money_accounts), totals.closing_fen
    yield "各账户以前期更正之和", sum(row.correction_fen for row in sheet.money_accounts), totals.correction_fen
    for row in sheet.money_accounts:
        moved = row.correction_fen + row.income_fen - row.expense_fen + row.transfer_in_fen - row.transfer_out_fen
        yield f"账户“{row.name}”的{this}结存", row.closing_fen, row.opening_fen + moved


def _running_claims(sheet: FinanceContent) -> Iterator[_Claim]:
    running = sheet.totals.opening_fen
    for line in sheet.lines:
        running += line.income_fen - line.expense_fen + line.correction_fen
        yield f"第{line.number}笔的余额", line.balance_fen, running
