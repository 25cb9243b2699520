"""The tables of the quarterly summary: by item, by accounting code, and what is disputed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent, Line, StatementRow
from village_open.notices.sheets.tables import Cell, Table, TableRow

_LINE_NUMBER_EM = 2.8
_CODE_EM = 3.6
_LABEL_LEAST_EM = 5.0
_SIDES, _PREFIXES, _WORDS = ("income", "expense"), ("left", "right"), ("收入", "支出")


def items_table(sheet: FinanceContent, width: float) -> Table:
    """Return income and expense by disclosure item, numbered through, with totals."""
    income, expense = _on_side(sheet.items, "income"), _on_side(sheet.items, "expense")
    first_expense = len(income) + 2
    numbered = (
        [(row.label, str(number), row) for number, row in enumerate(income, start=1)],
        [(row.label, str(number), row) for number, row in enumerate(expense, start=first_expense)],
    )
    ends = (str(first_expense - 1), str(first_expense + len(expense)))
    return _two_sides(sheet, _Form("items", "按公开项目", "项目", ("行次", _LINE_NUMBER_EM), ends), numbered, width)


def accounts_table(sheet: FinanceContent, width: float) -> Table:
    """Return income and expense by accounting code."""
    entries = tuple([(row.label, row.key, row) for row in _on_side(sheet.accounts, side)] for side in _SIDES)
    form = _Form("accounts", "按会计科目", "科目", ("编码", _CODE_EM), ("", ""))
    return _two_sides(sheet, form, entries, width)


_Entry: TypeAlias = tuple[str, str, StatementRow]


@dataclass(frozen=True)
class _Form:
    """What differs between the two tables: heading, word for a row, second column, numbers of the total rows."""

    key: str
    heading: str
    word: str
    second: tuple[str, float]
    ends: tuple[str, str]


def _on_side(rows: Sequence[StatementRow], side: str) -> list[StatementRow]:
    return [row for row in rows if row.side == side]


def _two_sides(sheet: FinanceContent, form: _Form, sides: Sequence[Sequence[_Entry]], width: float) -> Table:
    """Set income and expense side by side, or one below the other where amounts leave the labels no room."""
    this_em, ytd_em = _figure_widths(sheet)
    totals = [(f"{word}合计", end, row) for word, end, row in zip(_WORDS, form.ends, _side_totals(sheet), strict=True)]
    beside_em = width / 2 - form.second[1] - this_em - ytd_em
    if beside_em >= _LABEL_LEAST_EM:
        columns = [_columns(sheet, form, (beside_em, this_em, ytd_em), side) for side in (0, 1)]
        rows = [_beside("line", pair) for pair in zip_longest(*sides)] + [_beside("total", totals)]
        glued = {1, max(1, len(rows) - 2), len(rows) - 1}
        return Table(
            form.key, form.heading, (*columns[0], *columns[1]), tuple(rows), frozenset(glued), heading=form.heading
        )
    columns = [_columns(sheet, form, (2 * beside_em + this_em + ytd_em, this_em, ytd_em), None)]
    rows = [row for side, total in zip(sides, totals, strict=True) for row in _below(side, total)]
    return Table(form.key, form.heading, columns[0], tuple(rows), frozenset({1, len(rows) - 1}), heading=form.heading)


def _figure_widths(sheet: FinanceContent) -> tuple[float, float]:
    rows = (*sheet.items, *sheet.accounts, *_side_totals(sheet))
    this_em = max(width_em("本季数"), *(width_em(format_fen(row.this_fen)) for row in rows))
    ytd_em = max(width_em("本年累计数"), *(width_em(format_fen(row.ytd_fen)) for row in rows))
    return this_em + PADDING_EM, ytd_em + PADDING_EM


def _columns(
    sheet: FinanceContent, form: _Form, widths: tuple[float, float, float], side: int | None
) -> tuple[Column, ...]:
    prefix, word = ("left", "收支") if side is None else (_PREFIXES[side], _WORDS[side])
    label_em, this_em, ytd_em = widths
    return (
        Column(f"{prefix}-label", word + form.word, label_em, is_flexible=True),
        Column(f"{prefix}-code", *form.second),
        Column(f"{prefix}-this", f"{sheet.period.this_word}数", this_em),
        Column(f"{prefix}-ytd", "本年累计数", ytd_em),
    )


def _side_totals(sheet: FinanceContent) -> tuple[StatementRow, StatementRow]:
    figures = sheet.totals
    return (
        StatementRow("", "", "income", figures.income_fen, figures.ytd_income_fen),
        StatementRow("", "", "expense", figures.expense_fen, figures.ytd_expense_fen),
    )


def _beside(kind: str, pair: Sequence[_Entry | None]) -> TableRow:
    left, right = pair
    return TableRow(kind, _cells(left, "left") + _cells(right, "right"))


def _below(side: Sequence[_Entry], total: _Entry) -> list[TableRow]:
    return [*(TableRow("line", _cells(entry, "left")) for entry in side), TableRow("total", _cells(total, "left"))]


def _cells(entry: _Entry | None, prefix: str) -> tuple[Cell, ...]:
    label, code, row = entry or ("", "", StatementRow("", "", "", 0, 0))
    texts = (label, code, format_fen_or_blank(row.this_fen), format_fen_or_blank(row.ytd_fen))
    return tuple(
        Cell(f"{prefix}-{key}", text) for key, text in zip(("label", "code", "this", "ytd"), texts, strict=True)
    )


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
