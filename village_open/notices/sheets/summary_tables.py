"""The tables of the quarterly summary: by item, by accounting code, by money account, and what is disputed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent, Line, MoneyAccount, StatementRow
from village_open.notices.sheets.tables import Cell, Table, TableRow

_LINE_NUMBER_EM = 2.8
_CODE_EM = 3.6
_SIDES = ("left", "right")


def items_table(sheet: FinanceContent, width: float) -> Table:
    """Return income and expense by disclosure item, side by side, numbered through, with totals."""
    income, expense = _on_side(sheet.items, "income"), _on_side(sheet.items, "expense")
    first_expense = len(income) + 2
    left = [(row.label, str(number), row) for number, row in enumerate(income, start=1)]
    right = [(row.label, str(number), row) for number, row in enumerate(expense, start=first_expense)]
    ends = (("收入合计", str(first_expense - 1)), ("支出合计", str(first_expense + len(expense))))
    columns = _half_columns(sheet, ("收入项目", "支出项目"), ("行次", _LINE_NUMBER_EM), width)
    return _halves(sheet, Table("items", "按公开项目", columns, ()), (left, right), ends)


def accounts_table(sheet: FinanceContent, width: float) -> Table:
    """Return income and expense by accounting code, side by side."""
    left = [(row.label, row.key, row) for row in _on_side(sheet.accounts, "income")]
    right = [(row.label, row.key, row) for row in _on_side(sheet.accounts, "expense")]
    columns = _half_columns(sheet, ("收入科目", "支出科目"), ("编码", _CODE_EM), width)
    return _halves(
        sheet, Table("accounts", "按会计科目", columns, ()), (left, right), (("收入合计", ""), ("支出合计", ""))
    )


_Entry = tuple[str, str, StatementRow]


def _on_side(rows: Sequence[StatementRow], side: str) -> list[StatementRow]:
    return [row for row in rows if row.side == side]


def _half_columns(
    sheet: FinanceContent, labels: tuple[str, str], second: tuple[str, float], width: float
) -> tuple[Column, ...]:
    """Share the width in two halves; the label takes what the figures leave."""
    rows = (*sheet.items, *sheet.accounts, *_side_totals(sheet))
    this_em = max(width_em(format_fen(row.this_fen)) for row in rows) + PADDING_EM
    ytd_em = max(width_em("本年累计数"), *(width_em(format_fen(row.ytd_fen)) for row in rows)) + PADDING_EM
    this_em = max(this_em, width_em("本季数") + PADDING_EM)
    label_em = width / 2 - second[1] - this_em - ytd_em
    return tuple(
        Column(f"{side}-{key}", head, em, key == "label")
        for side, label in zip(_SIDES, labels, strict=True)
        for key, head, em in (
            ("label", label, label_em),
            ("code", *second),
            ("this", f"{sheet.period.this_word}数", this_em),
            ("ytd", "本年累计数", ytd_em),
        )
    )


def _halves(
    sheet: FinanceContent,
    empty: Table,
    halves: tuple[Sequence[_Entry], Sequence[_Entry]],
    ends: Sequence[tuple[str, str]],
) -> Table:
    income, expense = _side_totals(sheet)
    rows = [
        TableRow("line", _half_cells(left, "left") + _half_cells(right, "right"))
        for left, right in zip_longest(*halves)
    ]
    total = _half_cells((*ends[0], income), "left") + _half_cells((*ends[1], expense), "right")
    rows.append(TableRow("total", total))
    last = len(rows) - 1
    return replace(empty, rows=tuple(rows), glued=frozenset({1, max(1, last - 1), last}), heading=empty.caption)


def _side_totals(sheet: FinanceContent) -> tuple[StatementRow, StatementRow]:
    figures = sheet.totals
    return (
        StatementRow("", "", "income", figures.income_fen, figures.ytd_income_fen),
        StatementRow("", "", "expense", figures.expense_fen, figures.ytd_expense_fen),
    )


def _half_cells(entry: _Entry | None, side: str) -> tuple[Cell, ...]:
    label, code, row = entry or ("", "", StatementRow("", "", "", 0, 0))
    texts = (label, code, format_fen_or_blank(row.this_fen), format_fen_or_blank(row.ytd_fen))
    return tuple(Cell(f"{side}-{key}", text) for key, text in zip(("label", "code", "this", "ytd"), texts, strict=True))


def money_table(sheet: FinanceContent, width: float) -> Table:
    """Return cash and each bank account with their stocks at both ends."""
    heads = ("账户", "期初结存", "收入", "支出", "转入", "转出", "期末结存")
    rows = [_stock_row("line", row.name, _flows(row)) for row in sheet.money_accounts]
    sums = [sum(fens) for fens in zip(*map(_flows, sheet.money_accounts), strict=True)]
    widest = max(
        width_em(format_fen(fen)) for fen in (*sums, *(fen for row in sheet.money_accounts for fen in _flows(row)))
    )
    figure_em = max(widest + PADDING_EM, width / (len(heads) + 1))
    return Table(
        key="money",
        caption="现金与各银行账户",
        columns=tuple(
            Column(key, head, figure_em, key == "account") for key, head in zip(_STOCK_KEYS, heads, strict=True)
        ),
        rows=(*rows, _stock_row("total", "合计", sums)),
        glued=frozenset(range(1, len(rows) + 1)),
        heading="现金与各银行账户",
        remark="本村账户之间互转的钱不是收入，也不是支出，不计入收支合计。" if sheet.has_transfers else "",
    )


_STOCK_KEYS = ("account", "opening", "income", "expense", "in", "out", "closing")


def _flows(row: MoneyAccount) -> tuple[int, ...]:
    taken = (row.opening_fen, row.income_fen, row.expense_fen)
    return (*taken, row.transfer_in_fen, row.transfer_out_fen, row.closing_fen)


def _stock_row(kind: str, name: str, fens: Sequence[int]) -> TableRow:
    """Stocks always show a figure, flows of nought stay blank."""
    texts = [format_fen(fens[0]), *(format_fen_or_blank(fen) for fen in fens[1:-1]), format_fen(fens[-1])]
    return TableRow(kind, tuple(Cell(key, text) for key, text in zip(_STOCK_KEYS, (name, *texts), strict=True)))


def disputed_table(sheet: FinanceContent, width: float) -> Table:
    """Return the lines against which an objection stands: a summary must not hide them."""
    amount_em = max((width_em(format_fen(line.amount_fen)) for line in sheet.disputed_lines), default=3.0) + PADDING_EM
    kinds = (("number", "序号", 3.0), ("summary", "摘要", 0.3 * width), ("amount", "金额", amount_em))
    taken = sum(em for _, _, em in kinds)
    columns = (*(Column(*kind) for kind in kinds), Column("dispute", "异议与答复", width - taken, is_flexible=True))
    rows = tuple(_disputed_row(line) for line in sheet.disputed_lines)
    return Table("disputed", "有异议的收支", columns, rows, heading="有异议的收支")


def _disputed_row(line: Line) -> TableRow:
    label = line.mark_label or "有异议"
    remarks = tuple(pair for pair in ((label, line.objection or "未写明理由"), ("答复", line.answer)) if pair[1])
    texts = (("number", str(line.number)), ("summary", line.summary), ("amount", format_fen(line.amount_fen)))
    return TableRow("line disputed", (*(Cell(*text) for text in texts), Cell("dispute", "", remarks=remarks)))
