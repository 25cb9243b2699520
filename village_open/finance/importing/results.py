"""What a table gives when it is read: lines, the figures it states, and every problem at its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

LineKindCode = Literal["income", "expense", "transfer"]


class Layout(StrEnum):
    """The shapes of tables that are recognised."""

    TEMPLATE = "template"
    ACCOUNT_DETAIL = "account_detail"
    CASH_BOARD = "cash_board"
    VILLAGE_BOARD = "village_board"
    WALL_LIST = "wall_list"
    JOURNAL = "journal"
    JOURNAL_NONGYOU = "journal_nongyou"
    JOURNAL_YONYOU = "journal_yonyou"
    JOURNAL_KINGDEE = "journal_kingdee"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese name of the shape."""
        return {
            "template": "本系统模板", "account_detail": "明细账（逐笔公开榜）", "cash_board": "现金、银行存款公开榜",
            "village_board": "村务公开栏收支表", "wall_list": "收支单据清单", "journal": "序时账",
            "journal_nongyou": "农友序时账", "journal_yonyou": "用友序时账", "journal_kingdee": "金蝶序时账",
            "unknown": "未识别",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """One line as the file states it; `row` counts from 1 as in the spreadsheet.

    `on` is None where the file gives no day at all, `money_account` is empty where the layout does not say it.
    """

    row: int
    on: date | None
    voucher_word: str
    voucher_no: str
    summary: str
    kind: LineKindCode
    amount_fen: int
    money_account: str
    to_account: str = ""
    item: str = ""
    account_code: str = ""
    account_name: str = ""
    payee: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    note: str = ""

    @property
    def voucher(self) -> str:
        """The voucher as people write it: `记-12`."""
        return "-".join(part for part in (self.voucher_word, self.voucher_no) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a cell; `column` is its letter, empty when the whole row or table is meant."""

    row: int | None
    column: str
    message: str
    head: str = ""
    """How the file itself calls the column."""

    @property
    def place(self) -> str:
        """The column as people find it: `A列（日期）`; empty when the whole row or table is meant."""
        head = f"（{self.head}）" if self.head else ""
        return f"{self.column}列{head}" if self.column else ""


@dataclass(frozen=True)
class ImportedTable:
    """What a file says; the figures are filled also when there are errors.

    `identity_holds` is None when the file does not state both its opening and its closing.
    """

    format: str
    lines: tuple[ImportedLine, ...]
    opening_fen: int | None
    closing_fen: int | None
    income_fen: int
    expense_fen: int
    identity_holds: bool | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """The letters of the (first) table's columns by their meaning, to name the cell of what is found later."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """The words over each of those columns, by its letter."""


@dataclass
class Findings:
    """Problems found so far while a file is read.

    `sheet` is named in messages when there are several, `heads` are the words over its columns by letter.
    """

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    sheet: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)

    def error(self, row: int | None, column: str, message: str) -> None:
        """Note what keeps the file from being imported."""
        self.errors.append(Problem(row, column, self._placed(message), self.heads.get(column, "")))

    def warn(self, row: int | None, column: str, message: str) -> None:
        """Note what a person should look at."""
        self.warnings.append(Problem(row, column, self._placed(message), self.heads.get(column, "")))

    def _placed(self, message: str) -> str:
        return f"《{self.sheet}》{message}" if self.sheet else message
