"""The lines of a disclosure as a file that anybody can reckon with."""

from collections.abc import Iterator

from village_open.core.codes import grouped
from village_open.notices.sheets.content import FinanceContent, Line
from village_open.public.quarters import SIDES, Quarter, QuarterRow
from village_open.workbooks.writing import Column, SheetTable, WrittenCell, write_csv

_KINDS = {"income": "收入", "expense": "支出", "transfer": "内部划转", "correct": "以前期更正"}
_COLUMNS = (
    Column("序号", "count"), Column("日期", "date"), Column("凭证字号"), Column("摘要"), Column("类别"),
    Column("收入", "money"), Column("支出", "money"), Column("划转", "money"), Column("以前期更正", "money"),
    Column("余额", "money"), Column("资金账户"), Column("转入账户"), Column("经手人"), Column("证明人"),
    Column("审批人"), Column("备注"), Column("审核意见"), Column("异议"), Column("答复"), Column("决议依据"),
    Column("例外支出"),
)  # fmt: skip


def lines_csv(sheet: FinanceContent) -> bytes:
    """Write the lines of a disclosure as .csv, in the order of the sheet; amounts in yuan."""
    return write_csv(SheetTable("逐笔", _COLUMNS, [_cells(line) for line in sheet.lines]))


def _cells(line: Line) -> tuple[WrittenCell, ...]:
    amount = {kind: line.amount_fen if line.kind == kind else None for kind in _KINDS}
    return (
        line.number, line.on, line.voucher, line.summary, _KINDS[line.kind],
        amount["income"], amount["expense"], amount["transfer"], amount["correct"], line.balance_fen,
        line.account, line.to_account, line.handler, line.witness, line.approver, line.note,
        line.mark_label, line.objection, line.answer, line.decision, line.exemption,
    )  # fmt: skip


def quarter_csv(quarter: Quarter) -> bytes:
    """Write a quarter's months side by side as .csv, and the papers they come from; amounts in yuan."""
    months = (Column(month.period.label, "money") for month in quarter.months)
    columns = (Column("类别"), Column("项目", width=44), *months, Column("全季", "money"))
    return write_csv(SheetTable(quarter.period.label, columns, list(_quarter_rows(quarter))))


def _quarter_rows(quarter: Quarter) -> Iterator[tuple[WrittenCell, ...]]:
    yield ("结存", "上月结存", *quarter.openings_fen, quarter.openings_fen[0])
    if any(quarter.unsettled.months_fen):
        yield _quarter_row("结存", "与上月公布结存的差额", quarter.unsettled)
    if any(quarter.corrections.months_fen):
        yield _quarter_row("结存", _KINDS["correct"], quarter.corrections)
    for side, total in zip(SIDES, (quarter.income, quarter.expense), strict=True):
        for row in quarter.items(side):
            yield _quarter_row(_KINDS[side], row.label, row)
        yield _quarter_row(_KINDS[side], "合计", total)
    yield ("结存", "本月结存", *quarter.closings_fen, quarter.closings_fen[-1])
    yield ("编号", "", *(month.number for month in quarter.months), "")
    yield ("查验码", "", *(grouped(month.code) for month in quarter.months), "")


def _quarter_row(kind: str, label: str, row: QuarterRow) -> tuple[WrittenCell, ...]:
    return (kind, label, *row.months_fen, row.total_fen)
