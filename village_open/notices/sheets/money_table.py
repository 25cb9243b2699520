"""Cash and each bank account apart: stocks at both ends, flows between."""

from collections.abc import Sequence

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent, MoneyAccount
from village_open.notices.sheets.tables import Cell, Table, TableRow

_NAME_LEAST_EM = 4.0
_HEADING = "现金与各银行账户"
_REMARK = "本村账户之间互转的钱不是收入，也不是支出，不计入收支合计。"
_HEADS = {
    "account": "账户", "opening": "期初结存", "correction": "以前期更正", "income": "收入", "expense": "支出",
    "in": "转入", "out": "转出", "closing": "期末结存",
}  # fmt: skip


def money_table(sheet: FinanceContent, width: float) -> Table:
    """Return the accounts, one a row; where amounts are too wide for that, one figure a row."""
    heads = {key: head for key, head in _HEADS.items() if sheet.has_corrections or key != "correction"}
    flows = [_flows(row, heads) for row in sheet.money_accounts]
    sums = tuple(sum(fens) for fens in zip(*flows, strict=True))
    accounts = [*((row.name, fens) for row, fens in zip(sheet.money_accounts, flows, strict=True)), ("合计", sums)]
    figure_em = max(width_em(format_fen(fen)) for _, fens in accounts for fen in fens) + PADDING_EM
    if "correction" in heads:
        figure_em = max(figure_em, width_em(heads["correction"]) + PADDING_EM)
    fits = width - (len(heads) - 1) * figure_em >= _NAME_LEAST_EM
    wide_em = max(figure_em, width / (len(heads) + 1))
    columns, rows = _wide(accounts, heads, wide_em) if fits else _tall(accounts, heads, figure_em)
    return Table(
        key="money",
        caption=_HEADING,
        columns=columns,
        rows=rows,
        glued=frozenset(range(1, len(rows))) if fits else frozenset({1, len(rows) - 1}),
        heading=_HEADING,
        remark=_REMARK if sheet.has_transfers else "",
    )


_Heads = dict[str, str]
_Account = tuple[str, tuple[int, ...]]
_Grid = tuple[tuple[Column, ...], tuple[TableRow, ...]]


def _flows(row: MoneyAccount, heads: _Heads) -> tuple[int, ...]:
    figures = {
        "opening": row.opening_fen, "correction": row.correction_fen, "income": row.income_fen,
        "expense": row.expense_fen, "in": row.transfer_in_fen, "out": row.transfer_out_fen, "closing": row.closing_fen,
    }  # fmt: skip
    return tuple(fen for key, fen in figures.items() if key in heads)


def _wide(accounts: Sequence[_Account], heads: _Heads, figure_em: float) -> _Grid:
    columns = tuple(Column(key, head, figure_em, is_flexible=key == "account") for key, head in heads.items())
    kinds = ["line"] * (len(accounts) - 1) + ["total"]
    rows = [
        TableRow(kind, tuple(Cell(key, text) for key, text in zip(heads, (name, *_texts(fens)), strict=True)))
        for kind, (name, fens) in zip(kinds, accounts, strict=True)
    ]
    return columns, tuple(rows)


def _tall(accounts: Sequence[_Account], heads: _Heads, figure_em: float) -> _Grid:
    columns = (
        Column("account", "账户", _NAME_LEAST_EM, is_flexible=True),
        Column("flow", "项目", max(_NAME_LEAST_EM, *map(width_em, heads.values())) + PADDING_EM),
        Column("amount", "金额", figure_em),
    )
    rows = []
    for name, fens in accounts:
        words = [head for key, head in heads.items() if key != "account"]
        printed = [(head, text) for head, text in zip(words, _texts(fens), strict=True) if text]
        for index, (head, text) in enumerate(printed):
            cells = (Cell("account", "" if index else name), Cell("flow", head), Cell("amount", text))
            rows.append(TableRow("line" if index else "total", cells))
    return columns, tuple(rows)


def _texts(fens: Sequence[int]) -> tuple[str, ...]:
    """Stocks always show a figure, flows of nought stay blank."""
    return (format_fen(fens[0]), *(format_fen_or_blank(fen) for fen in fens[1:-1]), format_fen(fens[-1]))
