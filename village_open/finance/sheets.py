"""The lists of a period as tables to take home; the lines are our own template, which reads back exactly."""

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from village_open.core import clock
from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.flags import Flag
from village_open.finance.importing.results import ImportedLine, LineKindCode
from village_open.finance.importing.template import EXAMPLE_ROW, TEMPLATE_COLUMNS, template_rows
from village_open.finance.items import EXPENSE_ITEMS, INCOME_ITEMS, ITEMS
from village_open.finance.models import FinancePeriod, Line, LineKind, MoneyAccount
from village_open.finance.queries.lines import FoundLines, LineFilter
from village_open.finance.queries.reviewing import ReviewedLine
from village_open.finance.statements import EXPENSE, INCOME, TRANSFER, Statement, StatementLine
from village_open.reviews.rules import Mark, Signed, SteppedAside
from village_open.reviews.summary import ReviewSummary
from village_open.workbooks.writing import Column, SheetTable, WrittenCell

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


_BY_KIND = tuple(Column(kind.label, "money", 16) for kind in LineKind)


def _by_kind(kind: str, fen: int) -> tuple[int | None, ...]:
    return tuple(fen if kind == own.value else None for own in LineKind)


def found_table(found: FoundLines, wanted: LineFilter, period: Period) -> SheetTable:
    """Return the rows behind a number and what they come to; what was typed at joining stands apart, as on the page."""
    columns = (
        Column("日期", "date"), Column("凭证字号"), Column("摘要", width=36), *_BY_KIND, Column("资金账户", width=16),
        Column("转入账户", width=16), Column("公开项目", width=30), Column("科目编码"), Column("科目名称", width=18),
        Column("收付对象", width=20), Column("经手人"), Column("证明人"), Column("审批人"), Column("备注"),
    )  # fmt: skip
    lines: Sequence[Line] = found.page.items
    corrected = sum(line.amount_fen for line in lines if line.kind == LineKind.CORRECTION)
    sums = (found.income_fen, found.expense_fen, found.transfer_fen, corrected)
    rows: list[tuple[WrittenCell, ...]] = [_found(line) for line in lines]
    rows.append((None, "", "合计", *sums, *[""] * 10))
    if found.joined_fen:
        side = ITEMS[wanted.item].side if wanted.item in ITEMS else wanted.side
        rows.append((None, "", "另有年中加入时填写的", *_by_kind(side, found.joined_fen), *[""] * 10))
    return SheetTable(f"{period.label}逐笔", columns, rows)


def _found(line: Line) -> tuple[WrittenCell, ...]:
    item = ITEMS.get(line.item_key)
    return (
        line.on, line.voucher, line.summary, *_by_kind(line.kind, line.amount_fen), line.account.name,
        line.to_account.name if line.to_account else "", item.label if item else "", line.account_code,
        line.account_name, line.payee, line.handler, line.witness, line.approver, line.note,
    )  # fmt: skip


def flags_table(flags: Iterable[Flag], statement: Statement, period: Period) -> SheetTable:
    """Return what is worth a look, each sentence with all the lines it is about."""
    columns = (
        Column("提醒", width=18), Column("说明", width=70), Column("第几笔", "count"), Column("日期", "date"),
        Column("摘要", width=36), *_BY_KIND, Column("收付对象", width=20),
    )  # fmt: skip
    lines = {row.line.id: row for row in statement.lines}
    rows: list[tuple[WrittenCell, ...]] = []
    for flag in flags:
        about = [lines[line_id] for line_id in flag.line_ids if line_id in lines]
        rows += [(flag.kind.label, flag.sentence, *_numbered(row), row.line.payee) for row in about]
        if not about:
            rows.append((flag.kind.label, flag.sentence, *[None] * 8))
    return SheetTable(f"{period.label}先看哪些", columns, rows)


def _numbered(row: StatementLine) -> tuple[WrittenCell, ...]:
    return row.number, row.line.on, row.line.summary, *_by_kind(row.line.kind, row.line.amount_fen)


def review_table(lines: Iterable[ReviewedLine], period: Period) -> SheetTable:
    """Return each line with the verdict that stands and all that was said of it, by whom."""
    columns = (
        Column("第几笔", "count"), Column("日期", "date"), Column("摘要", width=36), *_BY_KIND,
        Column("收付对象", width=20), Column("凭证（张）", "count"), Column("小组意见"), Column("各人意见", width=50),
        Column("答复", width=40), Column("回避", width=30), Column("前几轮的意见", width=50),
    )  # fmt: skip
    rows = [
        (*_numbered(line.row), line.row.line.payee, line.row.line.receipts,
         line.item.verdict.label if line.item.verdict else "未审", "；".join(map(_said, line.item.marks)),
         "；".join(f"{answer.person_name}：{answer.text}" for answer in line.item.answers),
         "；".join(map(_stepped_aside, line.item.recusals)),
         "；".join(f"第 {round_number} 轮 {_said(mark)}" for round_number, mark in line.earlier))
        for line in lines
    ]  # fmt: skip
    return SheetTable(f"{period.label}逐笔意见", columns, rows)


def _said(mark: Mark) -> str:
    return f"{mark.person_name}：{mark.verdict.label}" + (f"，{mark.reason}" if mark.reason else "")


def _stepped_aside(row: SteppedAside) -> str:
    instead = f"，由{row.replaced_by_name}代行组长" if row.replaced_by_name else ""
    return f"{row.person_name}：{row.reason}{instead}"


def signatures_table(groups: Iterable[tuple[str, ReviewSummary | None]], period: Period) -> SheetTable:
    """Return every member of both groups with what they decided, also who has not signed."""
    columns = (
        Column("小组", width=18), Column("成员"), Column("组长"), Column("意见"), Column("说明", width=50),
        Column("时间", width=18), Column("方式", width=30),
    )  # fmt: skip
    rows = [
        (group, member.name, "组长" if summary.leader and summary.leader.id == member.id else "",
         *_decided(summary.signature_of(member.id), summary.recusal_of(member.id)))
        for group, summary in groups if summary for member in summary.members
    ]  # fmt: skip
    return SheetTable(f"{period.label}签署", columns, rows)


def _decided(signed: Signed | None, aside: SteppedAside | None) -> tuple[str, str, str, str]:
    if signed is None:
        return ("回避", aside.reason, "", "") if aside else ("还没有签", "", "", "")
    way = f"纸上签字，{signed.confirmed_by_name}确认" if signed.paper_sha256 else "账号"
    return signed.decision.label, signed.note, clock.china_time(signed.at) if signed.at else "", way


def periods_table(periods: Iterable[FinancePeriod]) -> SheetTable:
    """Return the periods of a village, the latest first: how far each has come, and why it stands there."""
    columns = (
        Column("期间", width=18), Column("进度", width=18), Column("说明", width=50), Column("第几次提交", "count"),
        Column("会议确定", "date"), Column("备案人"), Column("保密审查人"),
    )  # fmt: skip
    rows = [
        (row.period.label, row.stage.label, _explained(row), row.round or None, row.confirmed_on, row.filed_by,
         row.privacy_checked_by)
        for row in periods
    ]  # fmt: skip
    return SheetTable("各期账目", columns, rows)


def _explained(row: FinancePeriod) -> str:
    told = (("已退回：", row.return_reason), ("暂计：", row.provisional_reason), ("期初来源：", row.joining_paper))
    return "；".join(word + text for word, text in told if text)


def money_accounts_table(accounts: Iterable[MoneyAccount]) -> SheetTable:
    """Return the money accounts in use."""
    columns = (Column("资金账户", width=24), Column("类别"))
    return SheetTable(
        "资金账户", columns, [(one.name, "现金" if one.kind == "cash" else "银行存款") for one in accounts]
    )
