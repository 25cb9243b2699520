"""Our own template: the table that every list is exported to and that reads back exactly."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from village_open.finance.importing.money_accounts import MoneyAccounts
from village_open.finance.importing.results import ImportedLine, LineKindCode
from village_open.finance.importing.rows import RowReader
from village_open.finance.importing.tables import kind_of_row
from village_open.finance.items import ITEMS, find_item

TemplateKind = Literal["text", "money", "date"]
TEMPLATE_COLUMNS: tuple[tuple[str, TemplateKind], ...] = (
    ("日期", "date"),
    ("凭证字号", "text"),
    ("摘要", "text"),
    ("收入", "money"),
    ("支出", "money"),
    ("资金账户", "text"),
    ("转入账户", "text"),
    ("公开项目", "text"),
    ("科目编码", "text"),
    ("科目名称", "text"),
    ("收付对象", "text"),
    ("经手人", "text"),
    ("证明人", "text"),
    ("审批人", "text"),
    ("备注", "text"),
)
"""Heads and kinds of cells, in order; a transfer stands under 支出 and names where the money went under 转入账户."""
TemplateRow = tuple[
    date | str | None, str, str, int | None, int | None, str, str, str, str, str, str, str, str, str, str
]


EXAMPLE = "示例"
"""What the day of the blank template's example begins with; a row that says so is never a line."""
EXAMPLE_ROW: TemplateRow = (
    f"{EXAMPLE}（不导入）2026-07-15", "记-12", "购办公用纸", None, 12_650, "现金", "",
    ITEMS["CW0304"].label, "", "管理费用", "某某文具店", "张某", "李某", "王某", "",
)  # fmt: skip


def template_rows(lines: Iterable[ImportedLine]) -> list[TemplateRow]:
    """Return the lines as rows of the template, money as fen, ready for `workbooks.writing`."""
    return [_row(line) for line in lines]


def _row(line: ImportedLine) -> TemplateRow:
    is_income = line.kind == "income"
    return (
        line.on, line.voucher, line.summary,
        line.amount_fen if is_income else None, None if is_income else line.amount_fen,
        line.money_account, line.to_account, ITEMS[line.item].label if line.item in ITEMS else line.item,
        line.account_code, line.account_name, line.payee, line.handler, line.witness, line.approver, line.note,
    )  # fmt: skip


def read_template(reader: RowReader, accounts: MoneyAccounts) -> list[ImportedLine]:
    """Read the rows of the template; every cell that is missing or contradicts another is an error."""
    lines = []
    for number, row in reader.table.body():
        # A row with a day is a line whatever its summary: a clerk may well write 结余 as a summary.
        if reader.text(row, "date").startswith(EXAMPLE):
            reader.findings.warn(number, reader.header.letter("date"), "这一行写着“示例”，没有读入。")
            continue
        is_line = bool(reader.text(row, "date")) or kind_of_row(row, reader.header) == "line"
        if is_line and (line := _line(number, row, reader, accounts)):
            lines.append(line)
    return lines


def _line(number: int, row: Sequence[str], reader: RowReader, accounts: MoneyAccounts) -> ImportedLine | None:
    day = reader.day(number, row)
    if not reader.text(row, "summary"):
        reader.findings.error(number, reader.header.letter("summary"), "没有填写摘要。")
    to_account = _account(number, row, reader, accounts, "to_account")
    found = _kind_and_amount(number, row, reader, is_transfer=bool(reader.text(row, "to_account")))
    if found is None:
        return None
    kind, amount = found
    account = _account(number, row, reader, accounts, "money_account") or accounts.fallback
    if kind == "transfer" and account == to_account:
        reader.findings.error(number, reader.header.letter("to_account"), "转出和转入是同一个账户。")
    word, digits = reader.voucher(row)
    people = {name: reader.text(row, name) for name in ("payee", "handler", "witness", "approver", "note")}
    return ImportedLine(
        number, day, word, digits, reader.text(row, "summary"), kind, amount, account, to_account,
        _item(number, row, reader, kind), reader.text(row, "account_code"), reader.text(row, "account_name"), **people,
    )  # fmt: skip


def _kind_and_amount(
    number: int, row: Sequence[str], reader: RowReader, *, is_transfer: bool
) -> tuple[LineKindCode, int] | None:
    pair = reader.pair(number, row, "income", "expense")
    if not pair.is_readable:
        return None
    column = reader.header.letter("income")
    if pair.left is None and pair.right is None:
        reader.findings.error(number, column, "“收入/支出”没有填写金额。")
    elif pair.left is not None and pair.right is not None:
        reader.findings.error(number, column, "同一行收入和支出两栏都有金额，请分成两行。")
    elif is_transfer and pair.left is not None:
        reader.findings.error(number, column, "内部划转的金额请写在“支出”一栏，“转入账户”写钱到了哪里。")
    elif pair.left is not None:
        return "income", pair.left
    elif pair.right is not None:
        return ("transfer" if is_transfer else "expense"), pair.right
    return None


def _account(number: int, row: Sequence[str], reader: RowReader, accounts: MoneyAccounts, name: str) -> str:
    text = reader.text(row, name)
    if not text or not accounts.names:
        return text
    meant = accounts.meant_by(text)
    if not meant:
        known = "、".join(accounts.names)
        reader.findings.error(number, reader.header.letter(name), f"本村没有资金账户“{text}”，只有：{known}。")
    return meant or text


def _item(number: int, row: Sequence[str], reader: RowReader, kind: LineKindCode) -> str:
    text = reader.text(row, "item")
    if not text:
        return ""
    item = find_item(text)
    column = reader.header.letter("item")
    if item is None:
        reader.findings.error(number, column, f"公开项目“{text}”不在收支公开目录里。")
        return ""
    if item.side != kind:
        reader.findings.error(number, column, f"公开项目“{item.label}”与这一行的收支方向不符。")
    return item.key
