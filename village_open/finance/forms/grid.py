"""Reading the rows of the entry grid: typed texts in, lines or problems at their cells out."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from village_open.core.days import parse_day
from village_open.core.errors import InputError
from village_open.core.money import parse_fen
from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.doubts import find_doubts
from village_open.finance.items import ITEMS, find_item, suggest_item
from village_open.finance.rules import AccountChoice, CellProblem, LineInput, line_problems
from village_open.finance.statements import EXPENSE, INCOME, TRANSFER

COLUMNS = {
    "on": "日期", "voucher": "凭证字号", "summary": "摘要", "income": "收入", "expense": "支出",
    "account": "资金账户", "to_account": "转入账户", "item": "公开项目", "code": "科目编码", "code_name": "科目名称",
    "payee": "收付对象", "handler": "经手人", "witness": "证明人", "approver": "审批人", "note": "备注",
}  # fmt: skip
"""The cells of a row in their order, with their heads."""
MOST_ROWS = 2_000
_CASH_WORDS = {"现金", "库存现金"}
_CELL_OF = {"account_code": "code", "account_name": "code_name"}
"""Where a rule names a column otherwise than the grid does."""


class GridUnreadable(InputError):
    """The request is no grid: another program, or a page from before an update."""

    def __init__(self) -> None:
        super().__init__("没有看懂送来的表格，请刷新页面后再保存；您填的内容还在。")


@dataclass(frozen=True)
class Ledger:
    """What a row is read against."""

    period: Period
    accounts: tuple[AccountChoice, ...]
    chart: Chart
    today: date


@dataclass(frozen=True)
class SentRow:
    """One row as the browser sent it."""

    cells: Mapping[str, str]
    id: int | None = None
    version: int | None = None
    draft_key: str | None = None


@dataclass(frozen=True)
class GridReading:
    """What the rows say. `lines` are only to be saved when there are no problems; warnings do not stop a save."""

    lines: tuple[LineInput, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    warnings: tuple[CellProblem, ...] = ()


def sent_rows(payload: Any, name: str = "rows", *, columns: Iterable[str] = COLUMNS) -> tuple[SentRow, ...]:
    """Take the rows out of the JSON that the browser sent, each with the cells of these columns.

    Raises:
        GridUnreadable: it has another shape, or more rows than any quarter has.
    """
    rows = payload.get(name, []) if isinstance(payload, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise GridUnreadable
    return tuple(_sent_row(row, tuple(columns)) for row in rows)


def _sent_row(row: Any, columns: Sequence[str]) -> SentRow:
    if not isinstance(row, dict):
        raise GridUnreadable
    cells, key = row.get("cells", {}), row.get("key")
    numbers = (row.get("id"), row.get("version"))
    if not isinstance(cells, dict) or not all(isinstance(text, str) for text in cells.values()):
        raise GridUnreadable
    if not all(number is None or type(number) is int for number in numbers) or not isinstance(key, str | None):
        raise GridUnreadable
    return SentRow({name: plain_text(cells.get(name, "")) for name in columns}, *numbers, _key(key))


def _key(key: str | None) -> str | None:
    return plain_text(key)[:40] or None if key else None


def plain_text(text: str) -> str:
    """Return the text on one line, without what no pen writes: control characters and halves of characters."""
    spaced = "".join(" " if char in "\t\r\n\v\f\u3000" else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cs"}).strip()


def read_rows(rows: Sequence[SentRow], ledger: Ledger) -> GridReading:
    """Read every row; problems and warnings carry the row's place in `rows`, from 0."""
    readers = [_RowReader(number, row, ledger) for number, row in enumerate(rows)]
    lines = [line for reader in readers if (line := reader.line())]
    return GridReading(
        lines=tuple(lines),
        problems=tuple(problem for reader in readers for problem in reader.problems),
        warnings=tuple(warning for reader in readers for warning in reader.warnings),
    )


@dataclass
class _RowReader:
    number: int
    row: SentRow
    ledger: Ledger
    problems: list[CellProblem] = field(default_factory=list)
    warnings: list[CellProblem] = field(default_factory=list)

    def line(self) -> LineInput | None:
        """Return the line, or None with its problems noted."""
        on, amount = self._day(), self._amount()
        account = self._account("account")
        to_account = self._account("to_account") if self.row.cells["to_account"] else None
        if on is None or amount is None or account is None or (self.row.cells["to_account"] and to_account is None):
            if not self.row.cells["summary"]:
                self._refuse("summary", "请填写摘要：买了什么、多少、做什么用。")
            return None
        kind = TRANSFER if to_account else amount[0]
        self._check_code()
        line = LineInput(
            on=on, kind=kind, amount_fen=amount[1], account_id=account, to_account_id=to_account,
            item_key="" if kind == TRANSFER else self._item(kind),
            account_code=self.row.cells["code"], account_name=self.row.cells["code_name"],
            id=self.row.id, version=self.row.version, draft_key=self.row.draft_key,
            **{name: self.row.cells[name] for name in _PLAIN},
        )  # fmt: skip
        self._check_rules(line, amount[0])
        doubts = find_doubts(self.row.cells, on=on, today=self.ledger.today)
        self.warnings += [CellProblem(self.number, doubt.field, doubt.message) for doubt in doubts]
        return line

    def _day(self) -> date | None:
        text = self.row.cells["on"]
        if not text:
            self._refuse("on", "请填写日期，例如 7.15。")
            return None
        try:
            return parse_day(text, default_year=self.ledger.period.year)
        except InputError as unreadable:
            self._refuse("on", unreadable.message)
            return None

    def _amount(self) -> tuple[str, int] | None:
        typed = [side for side in (INCOME, EXPENSE) if self.row.cells[side]]
        if not typed:
            item = find_item(self.row.cells["item"])
            self._refuse(item.side if item else EXPENSE, "没有填写金额：收入、支出要填一个。")
            return None
        if len(typed) == 2:
            self._refuse(EXPENSE, "收入和支出只能填一个；一收一支请分两行写。")
            return None
        try:
            return typed[0], parse_fen(self.row.cells[typed[0]])
        except InputError as unreadable:
            self._refuse(typed[0], unreadable.message)
            return None

    def _account(self, cell: str) -> int | None:
        found = find_account(self.row.cells[cell], self.ledger.accounts)
        if found is None:
            names = "、".join(choice.name for choice in self.ledger.accounts)
            typed = self.row.cells[cell]
            told = f"没有叫“{typed}”的资金账户，" if typed else "没有填写资金账户，"
            self._refuse(cell, f"{told}请填 {names} 之一。")
            return None
        return found.id

    def _item(self, kind: str) -> str:
        cells, side = self.row.cells, INCOME if kind == INCOME else EXPENSE
        if not cells["item"]:
            guess = suggest_item(cells["code"], cells["code_name"], cells["summary"], side)  # type: ignore[arg-type] # one of two
            if not guess:
                self.warnings.append(CellProblem(self.number, "item", "还没有选公开项目，提交以前要选好。"))
            return guess
        found = find_choice(cells["item"], side)
        if not found:
            self._refuse("item", f"没有“{cells['item']}”这个公开项目，请从列表里选。")
        return found

    def _check_code(self) -> None:
        for problem in self.ledger.chart.check(self.row.cells["code"], self.row.cells["code_name"]):
            kept = self.problems if problem.is_grave else self.warnings
            kept.append(CellProblem(self.number, "code" if self.row.cells["code"] else "code_name", problem.message))

    def _check_rules(self, line: LineInput, side: str) -> None:
        ids = {choice.id for choice in self.ledger.accounts}
        sides: dict[str, str] = {key: item.side for key, item in ITEMS.items()}
        found = line_problems(self.number, line, period=self.ledger.period, account_ids=ids, item_sides=sides)
        known = {problem.field for problem in self.problems}
        for problem in found:
            cell = side if problem.field == "amount" else _CELL_OF.get(problem.field, problem.field)
            if cell not in known:
                self._refuse(cell, problem.message)

    def _refuse(self, cell: str, message: str) -> None:
        self.problems.append(CellProblem(self.number, cell, message))


_PLAIN = ("summary", "voucher", "payee", "handler", "witness", "approver", "note")


def find_account(typed: str, accounts: Sequence[AccountChoice]) -> AccountChoice | None:
    """Return the money account of a name, a number in the list or 现金; the only one, if nothing is typed."""
    if not typed:
        return accounts[0] if len(accounts) == 1 else None
    by_name = [choice for choice in accounts if choice.name == typed]
    if not by_name and typed in _CASH_WORDS:
        by_name = [choice for choice in accounts if choice.kind == "cash"]
    if not by_name and typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(accounts):
        by_name = [accounts[int(typed[:4]) - 1]]
    if not by_name:
        by_name = [choice for choice in accounts if choice.name.startswith(typed)]
    return by_name[0] if len(by_name) == 1 else None


def find_choice(typed: str, side: str) -> str:
    """Return the key of the disclosure item of a key, a wording or a number in its side's list, or nothing."""
    if item := find_item(typed):
        return item.key
    own = [item for item in ITEMS.values() if item.side == side]
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(own):
        return own[int(typed[:4]) - 1].key
    begun = [item for item in own if item.label.startswith(typed)]
    return begun[0].key if len(begun) == 1 else ""
