"""Cash and each bank account apart: stocks at both ends, flows between."""

from collections.abc import Sequence

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent, MoneyAccount
from village_open.notices.sheets.tables import Cell, Table, TableRow

_NAME_LEAST_EM = 4.0
_HEADING = "现金与各银行账户"
_REMARK = "本村账户之间互转的钱不是收入，也不是支出，不计入收支合计。"


def money_table(sheet: FinanceContent, width: float) -> Table:
    """Return the accounts, one a row; where amounts are too wide for that, one figure a row."""
    sums = [sum(fens) for fens in zip(*map(_flows, sheet.money_accounts), strict=True)]
    accounts = [(row.name, _flows(row)) for row in sheet.money_accounts] + [("合计", tuple(sums))]
    figure_em = max(width_em(format_fen(fen)) for _, fens in accounts for fen in fens) + PADDING_EM
    fits = width - (len(_HEADS) - 1) * figure_em >= _NAME_LEAST_EM
    columns, rows = _wide(accounts, max(figure_em, width / (len(_HEADS) + 1))) if fits else _tall(accounts, figure_em)
    return Table(
        key="money",
        caption=_HEADING,
        columns=columns,
        rows=rows,
        glued=frozenset(range(1, len(rows))) if fits else frozenset({1, len(rows) - 1}),
        heading=_HEADING,
        remark=_REMARK if sheet.has_transfers else "",
    )


_HEADS = ("账户", "期初结存", "收入", "支出", "转入", "转出", "期末结存")
_STOCK_KEYS = ("account", "opening", "income", "expense", "in", "out", "closing")


def _flows(row: MoneyAccount) -> tuple[int, ...]:
    taken = (row.opening_fen, row.income_fen, row.expense_fen)
    return (*taken, row.transfer_in_fen, row.transfer_out_fen, row.closing_fen)


_Account = tuple[str, tuple[int, ...]]
_Grid = tuple[tuple[Column, ...], tuple[TableRow, ...]]


def _wide(accounts: Sequence[_Account], figure_em: float) -> _Grid:
    heads = zip(_STOCK_KEYS, _HEADS, strict=True)
    columns = tuple(Column(key, head, figure_em, is_flexible=key == "account") for key, head in heads)
    kinds = ["line"] * (len(accounts) - 1) + ["total"]
    rows = [
        TableRow(kind, tuple(Cell(key, text) for key, text in zip(_STOCK_KEYS, (name, *_texts(fens)), strict=True)))
        for kind, (name, fens) in zip(kinds, accounts, strict=True)
    ]
    return columns, tuple(rows)


def _tall(accounts: Sequence[_Account], figure_em: float) -> _Grid:
    columns = (
        Column("account", "账户", _NAME_LEAST_EM, is_flexible=True),
        Column("flow", "项目", _NAME_LEAST_EM + PADDING_EM),
        Column("amount", "金额", figure_em),
    )
    rows = []
    for name, fens in accounts:
        printed = [(head, text) for head, text in zip(_HEADS[1:], _texts(fens), strict=True) if text]
        for index, (head, text) in enumerate(printed):
            cells = (Cell("account", "" if index else name), Cell("flow", head), Cell("amount", text))
            rows.append(TableRow("line" if index else "total", cells))
    return columns, tuple(rows)


def _texts(fens: Sequence[int]) -> tuple[str, ...]:
    """Stocks always show a figure, flows of nought stay blank."""
    return (format_fen(fens[0]), *(format_fen_or_blank(fen) for fen in fens[1:-1]), format_fen(fens[-1]))
