"""The lists of a period as tables to take home; the lines are our own template, which reads back exactly."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.importing.results import ImportedLine, LineKindCode
from village_open.finance.importing.template import EXAMPLE_ROW, TEMPLATE_COLUMNS, template_rows
from village_open.finance.items import EXPENSE_ITEMS, INCOME_ITEMS
from village_open.finance.statements import EXPENSE, INCOME, TRANSFER, Statement, StatementLine
from village_open.workbooks.writing import Column, SheetTable

_SIDES = {INCOME: "收入", EXPENSE: "支出"}
_WIDTHS = {"摘要": 36, "公开项目": 30, "科目名称": 18, "收付对象": 20, "资金账户": 16, "转入账户": 16}
_KINDS: dict[str, LineKindCode] = {INCOME: "income", EXPENSE: "expense", TRANSFER: "transfer"}


def template_table(name: str = "收支") -> SheetTable:
    """Return the blank template."""
    columns = tuple(Column(title, kind, _WIDTHS.get(title, 14)) for title, kind in TEMPLATE_COLUMNS)
    return SheetTable(name, columns, ())


def blank_template(accounts: Sequence[str], chart: Chart) -> tuple[SheetTable, SheetTable]:
    """Return the template with an example that is never imported, and beside it what its cells may say."""
    blank = template_table()
    heads = ("收入行可填的公开项目", "支出行可填的公开项目", "本村可填的资金账户", "可填的科目编码", "对应的科目名称")
    values = zip_longest(
        (item.label for item in INCOME_ITEMS), (item.label for item in EXPENSE_ITEMS), accounts,
        (account.code for account in chart.accounts), (account.name for account in chart.accounts), fillvalue="",
    )  # fmt: skip
    widths = (44, 44, 20, 16, 24)
    columns = tuple(Column(head, width=width) for head, width in zip(heads, widths, strict=True))
    return SheetTable(blank.name, blank.columns, (EXAMPLE_ROW,)), SheetTable("可填的内容", columns, list(values))


def lines_table(statement: Statement, period: Period) -> SheetTable:
    """Return the lines of a period in the order of the sheet; corrections of earlier periods are not entered again."""
    blank = template_table(period.label)
    typed = (row for row in statement.lines if row.line.kind in _KINDS)
    return SheetTable(blank.name, blank.columns, template_rows(map(_as_imported, typed)))


def _as_imported(row: StatementLine) -> ImportedLine:
    line = row.line
    return ImportedLine(
        row.number, line.on, "", line.voucher, line.summary, _KINDS[line.kind], line.amount_fen, row.account,
        row.to_account, line.item, line.code, line.code_name, line.payee, line.handler, line.witness, line.approver,
        line.note,
    )  # fmt: skip


def items_table(statement: Statement, period: Period) -> SheetTable:
    """Return the sums by disclosure item, and what stands under none yet."""
    columns = (Column("收支"), Column("公开项目", width=44), *_sum_columns(period))
    rows = [(_SIDES[row.side], row.label, row.this_fen, row.ytd_fen) for row in statement.items]
    totals = {
        INCOME: (statement.income_fen, statement.ytd_income_fen),
        EXPENSE: (statement.expense_fen, statement.ytd_expense_fen),
    }
    for side, (this_fen, ytd_fen) in totals.items():
        known = [row for row in statement.items if row.side == side]
        bare = this_fen - sum(row.this_fen for row in known)
        if bare:
            rows.append((_SIDES[side], "还没有选公开项目", bare, ytd_fen - sum(row.ytd_fen for row in known)))
    rows += [(_SIDES[side], "合计", this_fen, ytd_fen) for side, (this_fen, ytd_fen) in totals.items()]
    return SheetTable(f"{period.label}按项目", columns, rows)


def accounts_table(statement: Statement, period: Period) -> SheetTable:
    """Return the money accounts: opening, what corrects it, turnover, transfers, closing, counted."""
    this, corrects = period.this_word, any(row.correction_fen for row in statement.accounts)
    correction = ("以前期更正",) if corrects else ()
    heads = ("期初", *correction, f"{this}收入", f"{this}支出", "划入", "划出", "期末", "实有数")
    columns = (Column("资金账户", width=24), *(Column(head, "money", 16) for head in heads))
    rows: list[tuple[str | int | None, ...]] = [
        (row.name, row.opening_fen, *_if(corrects, row.correction_fen), row.income_fen, row.expense_fen,
         row.transfer_in_fen, row.transfer_out_fen, row.closing_fen, row.counted_fen)
        for row in statement.accounts
    ]  # fmt: skip
    total = (*_if(corrects, statement.correction_fen), statement.income_fen, statement.expense_fen)
    rows.append(("合计", statement.opening_fen, *total, None, None, statement.closing_fen, None))
    return SheetTable(f"{period.label}资金账户", columns, rows)


def _if(is_shown: bool, fen: int) -> tuple[int, ...]:
    return (fen,) if is_shown else ()


def ledger_table(statement: Statement, period: Period) -> SheetTable:
    """Return the sums by accounting account."""
    columns = (Column("科目编码"), Column("科目名称", width=30), Column("收支"), *_sum_columns(period))
    rows = [(row.key, row.label, _SIDES[row.side], row.this_fen, row.ytd_fen) for row in statement.ledger_accounts]
    return SheetTable(f"{period.label}按科目", columns, rows)


def _sum_columns(period: Period) -> tuple[Column, Column]:
    return Column(f"{period.this_word}数", "money", 16), Column("本年累计", "money", 16)


PERIOD_TABLES: dict[str, tuple[str, Callable[[Statement, Period], SheetTable]]] = {
    "lines": ("收支明细", lines_table),
    "items": ("按公开项目汇总", items_table),
    "accounts": ("资金账户", accounts_table),
    "ledger": ("按会计科目汇总", ledger_table),
}
"""The lists of a period by the word in their address: what the file is called, and what makes it."""
