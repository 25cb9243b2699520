"""The lines of a disclosure as a file that anybody can reckon with."""

from village_open.notices.sheets.content import FinanceContent, Line
from village_open.workbooks.writing import Column, SheetTable, WrittenCell, write_csv

_KINDS = {"income": "收入", "expense": "支出", "transfer": "内部划转"}
_COLUMNS = (
    Column("序号", "count"), Column("日期", "date"), Column("凭证字号"), Column("摘要"), Column("类别"),
    Column("收入", "money"), Column("支出", "money"), Column("划转", "money"), Column("余额", "money"),
    Column("资金账户"), Column("转入账户"), Column("经手人"), Column("证明人"), Column("审批人"), Column("备注"),
    Column("审核意见"), Column("异议"), Column("答复"),
)  # fmt: skip


def lines_csv(sheet: FinanceContent) -> bytes:
    """Write the lines of a disclosure as .csv, in the order of the sheet; amounts in yuan."""
    return write_csv(SheetTable("逐笔", _COLUMNS, [_cells(line) for line in sheet.lines]))


def _cells(line: Line) -> tuple[WrittenCell, ...]:
    amount = {kind: line.amount_fen if line.kind == kind else None for kind in _KINDS}
    return (
        line.number, line.on, line.voucher, line.summary, _KINDS[line.kind],
        amount["income"], amount["expense"], amount["transfer"], line.balance_fen,
        line.account, line.to_account, line.handler, line.witness, line.approver, line.note,
        line.mark_label, line.objection, line.answer,
    )  # fmt: skip
