"""The line table: every ledger line between 上季转来 and 本季余额, with running totals for the turn of a page."""

from collections.abc import Sequence

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.columns import ACROSS, Column, text_across
from village_open.notices.sheets.content import FinanceContent, Line
from village_open.notices.sheets.rows import Row, glued_rows, line_rows, running_row
from village_open.notices.sheets.tables import Cell, Table, TableRow

_EVEN = "平"
"""Account books write 平 where a running balance is nought."""


def lines_table(sheet: FinanceContent, columns: tuple[Column, ...]) -> Table:
    """Return every ledger line between 上季转来 and 本季余额."""
    rows = line_rows(sheet)
    keys = [column.key for column in columns]
    printed: list[TableRow] = []
    month_before = 0
    for row in rows:
        printed.append(_line_row(row, keys, month_before))
        month_before = row.line.on.month if row.line else (month_before if row.kind == "opening" else 0)
    sofar = [rows[: index + 1] for index in range(len(rows))]
    return Table(
        key="lines",
        caption="收支逐笔",
        columns=columns,
        rows=tuple(printed),
        glued=glued_rows(rows),
        opened=tuple(_line_row(row, keys, 0) for row in rows),
        carried=tuple(_line_row(running_row(part, "carried"), keys, 0) for part in sofar),
        brought=tuple(_line_row(running_row(part, "brought"), keys, 0) for part in sofar),
    )


def _line_row(row: Row, keys: Sequence[str], month_before: int) -> TableRow:
    if row.line is None:
        texts = {"summary": row.label, "balance": format_fen(row.balance_fen)}
        for side, fen in (("income", row.income_fen), ("expense", row.expense_fen)):
            texts[side] = "" if fen is None else format_fen(fen)
        return TableRow(row.kind, tuple(Cell(key, texts.get(key, "")) for key in keys))
    texts = _line_texts(row.line, month_before)
    cells = [Cell(key, texts[key], remarks=_remarks(row.line) if key == "summary" else ()) for key in keys]
    if row.line.kind in ACROSS:
        cells = _across(cells, row.line)
    return TableRow("line disputed" if row.line.is_disputed else "line", tuple(cells))


def _line_texts(line: Line, month_before: int) -> dict[str, str]:
    summary = f"{line.summary}（{line.payee}）" if line.payee and line.payee not in line.summary else line.summary
    if line.kind == "transfer":
        summary = f"【互转】{line.account}→{line.to_account}：{line.summary}"
    return {
        "number": str(line.number),
        "month": str(line.on.month) if line.on.month != month_before else "",
        "day": str(line.on.day),
        "voucher": line.voucher,
        "summary": summary,
        "income": format_fen_or_blank(line.income_fen),
        "expense": format_fen_or_blank(line.expense_fen),
        "balance": format_fen(line.balance_fen) if line.balance_fen else _EVEN,
        "handler": line.handler,
        "witness": line.witness,
        "approver": line.approver,
    }


def _remarks(line: Line) -> tuple[tuple[str, str], ...]:
    label = f"有异议·{line.mark_label}" if line.mark_label else "有异议"
    objection = (label, line.objection or "未写明理由") if line.is_disputed else ("", "")
    backing = (("依据", line.decision), ("例外支出", line.exemption))
    return tuple(pair for pair in (*backing, ("备注", line.note), objection, ("答复", line.answer)) if pair[1])


def _across(cells: Sequence[Cell], line: Line) -> list[Cell]:
    """Print the amount across both columns: in neither it could be read as income or expense."""
    kept = [cell for cell in cells if cell.key != "expense"]
    place = next(index for index, cell in enumerate(kept) if cell.key == "income")
    kept[place] = Cell("transfer", text_across(line), span=2)
    return kept
