"""Tables that hold only the money account's side: detail ledgers, boards, wall lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from village_open.finance.importing.cells import squeezed
from village_open.finance.importing.money_accounts import MoneyAccounts
from village_open.finance.importing.results import ImportedLine, LineKindCode
from village_open.finance.importing.rows import RowReader
from village_open.finance.importing.tables import Table, kind_of_row
from village_open.finance.importing.totals import RunningTotals

_INCOME_WORDS = re.compile(r"收|借|^1$|进")
_EXPENSE_WORDS = re.compile(r"支|付|贷|^0$|出")
_SECTION = re.compile(r"(?:[一二三四五六]、)?(收入|支出)(?:部分|类|情况|明细)?:?")
_PEOPLE = ("payee", "handler", "witness", "approver", "note")


@dataclass
class MoneySide:
    """What one such table says: its lines, its sums, and the money account it is about."""

    table: Table
    account: str
    totals: RunningTotals = field(default_factory=RunningTotals)
    lines: list[ImportedLine] = field(default_factory=list)


def read_money_side(reader: RowReader, accounts: MoneyAccounts) -> MoneySide:
    """Read a table of income and expense (or 借 and 贷 of a cash or bank account) line by line."""
    return _MoneySideReader(reader, accounts).read()


class _MoneySideReader:
    def __init__(self, reader: RowReader, accounts: MoneyAccounts) -> None:
        self.reader = reader
        self.header = reader.header
        self.findings = reader.findings
        self.accounts = accounts
        account = accounts.standing_for(reader.table.title.text)
        self.side = MoneySide(reader.table, account)
        self.section = _side_of_title(reader.table.title.text)
        self._month = ""

    def read(self) -> MoneySide:
        for number, row in self.reader.table.body():
            self._take(number, row)
        totals = self.side.totals
        if totals.closing is None:
            totals.closing = totals.last_balance
        if self._sides_unsaid and not self.section and self.side.lines:
            self.findings.warn(
                None, self.header.letter("amount"), "表里没有写明是收入还是支出，全部按支出读入，请核对。"
            )
        return self.side

    @property
    def _sides_unsaid(self) -> bool:
        return "amount" in self.header and not any(name in self.header for name in ("direction", "side"))

    def _take(self, number: int, row: Sequence[str]) -> None:
        if section := _SECTION.fullmatch(squeezed("".join(row))):
            self.section = "income" if section[1] == "收入" else "expense"
            return
        kind = kind_of_row(row, self.header)
        if kind in {"opening", "line"}:
            self._see_month(row)
        if kind == "line":
            self._take_line(number, row)
        elif kind == "opening":
            self._take_opening(number, row)
        elif kind == "closing":
            self.side.totals.closing = self._stated(number, row)
        elif kind == "total":
            self._take_total(number, row)

    def _see_month(self, row: Sequence[str]) -> None:
        self.reader.see_month(row)
        month = self.reader.text(row, "month")
        if month and month != self._month:
            self.side.totals.mark()
        self._month = month or self._month

    def _take_opening(self, number: int, row: Sequence[str]) -> None:
        totals, stated = self.side.totals, self._stated(number, row)
        if totals.opening is None and not self.side.lines:
            totals.opening = stated
        elif stated is not None:
            totals.state_balance(number, self.header.letter("balance", "income", "debit"), stated, self.findings)
        totals.mark()

    def _take_total(self, number: int, row: Sequence[str]) -> None:
        income, expense, _ = self._amounts(number, row)
        columns = self.header.letter("income", "debit", "amount"), self.header.letter("expense", "credit", "amount")
        self.side.totals.state_total(number, columns, (income, expense), self.findings)
        self._take_balance(number, row)

    def _take_line(self, number: int, row: Sequence[str]) -> None:
        income, expense, is_readable = self._amounts(number, row)
        day = self.reader.day(number, row, is_needed="amount" not in self.header)
        word, digits = self.reader.voucher(row)
        if not self.reader.text(row, "summary"):
            self.findings.error(number, self.header.letter("summary"), "没有填写摘要。")
        amount = self._one_amount(number, income, expense) if is_readable else None
        if amount is not None:
            kind: LineKindCode = "income" if income is not None else "expense"
            self.side.totals.add(income or 0, expense or 0)
            code, name = self._counterpart(row)
            people = {name: self.reader.text(row, name) for name in _PEOPLE}
            account = self.accounts.meant_by(self.reader.text(row, "money_account")) or self.side.account
            self.side.lines.append(
                ImportedLine(
                    number, day, word, digits, self.reader.text(row, "summary"), kind, amount, account,
                    account_code=code, account_name=name, **people,
                )
            )  # fmt: skip
        self._take_balance(number, row)

    def _counterpart(self, row: Sequence[str]) -> tuple[str, str]:
        """Return code and name of the other side's account, where the table has a column for it."""
        text = self.reader.text(row, "account_name") or self.reader.text(row, "counterpart")
        return self.reader.text(row, "account_code"), text

    def _one_amount(self, number: int, income: int | None, expense: int | None) -> int | None:
        column = self.header.letter("income", "debit", "amount")
        if income is not None and expense is not None:
            self.findings.error(number, column, "同一行收入和支出两栏都有金额，请分成两行。")
        elif income is None and expense is None:
            self.findings.error(number, column, f"“{self._amount_titles}”没有填写金额。")
        elif (amount := income if income is not None else expense) is not None:
            if amount < 0:
                self.findings.warn(number, column, "金额是负数（红字），按冲减读入，请核对。")
            return amount
        return None

    @property
    def _amount_titles(self) -> str:
        names = ("income", "expense") if "income" in self.header else ("debit", "credit")
        return self.header.title("amount") if "amount" in self.header else "/".join(map(self.header.title, names))

    def _amounts(self, number: int, row: Sequence[str]) -> tuple[int | None, int | None, bool]:
        """Return income, expense, and whether the cells could be read."""
        if self.header.has("income", "expense"):
            pair = self.reader.pair(number, row, "income", "expense")
        elif self.header.has("debit", "credit"):
            pair = self.reader.pair(number, row, "debit", "credit")
        else:
            amount, is_readable = self.reader.amount(number, row, "amount")
            if self._is_income(row):
                return amount or None, None, is_readable
            return None, amount or None, is_readable
        return pair.left, pair.right, pair.is_readable

    def _is_income(self, row: Sequence[str]) -> bool:
        text = squeezed(self.reader.text(row, "direction") or self.reader.text(row, "side"))
        if _INCOME_WORDS.search(text):
            return True
        return self.section == "income" and not _EXPENSE_WORDS.search(text)

    def _take_balance(self, number: int, row: Sequence[str]) -> None:
        if "balance" in self.header and self.reader.text(row, "balance"):
            balance = self._balance(number, row)
            if balance is not None:
                self.side.totals.state_balance(number, self.header.letter("balance"), balance, self.findings)

    def _balance(self, number: int, row: Sequence[str]) -> int | None:
        text = squeezed(self.reader.text(row, "balance"))
        if text == "平":
            return 0
        balance, is_readable = self.reader.amount(number, row, "balance")
        if not is_readable:
            return None
        # On the board an overdrawn account loses its sign and gets 贷.
        return -(balance or 0) if self.reader.text(row, "direction") == "贷" else balance or 0

    def _stated(self, number: int, row: Sequence[str]) -> int | None:
        """Return the balance that an opening or closing row states, in whichever amount column it stands."""
        if self.reader.text(row, "balance"):
            return self._balance(number, row)
        for name in ("income", "debit", "amount", "expense", "credit"):
            stated, _ = self.reader.amount(number, row, name)
            if stated is not None:
                return stated
        return 0 if self.reader.text(row, "direction") == "平" else None


def _side_of_title(title: str) -> str:
    if ("收入" in title) == ("支出" in title):
        return ""
    return "income" if "收入" in title else "expense"
