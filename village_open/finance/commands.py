"""Finance at the shell: `village-open finance import`."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.errors import NotFound, VillageOpenError
from village_open.core.money import format_fen
from village_open.core.periods import Period, PeriodUnreadable
from village_open.db import db, transaction
from village_open.finance.actions import import_table, open_period
from village_open.finance.actions.importing import Imported, ImportSource
from village_open.finance.charts import Chart
from village_open.finance.importing.files import read_file_table
from village_open.finance.importing.plan import Answers, ImportRefused, plan_import
from village_open.finance.importing.results import ImportedLine, ImportedTable, Layout, Problem
from village_open.finance.items import ITEMS, Side, suggest_item
from village_open.finance.queries.periods import find_period, list_choices
from village_open.finance.rules import AccountChoice
from village_open.identity.models import Person
from village_open.identity.queries import find_person_by_login, get_person
from village_open.villages.models import RoleKind, Village
from village_open.villages.queries import find_person_in_role, find_village, get_village, list_roles_today
from village_open.villages.rules import holds

_REMARK = "（命令行导入）"
_OTHER: dict[str, str] = {"income": "CW0211", "expense": "CW0310"}
"""其他收入, 其他支出: where no word of a line tells its item."""
_UNREAD = ImportedTable(Layout.UNKNOWN.value, (), None, None, 0, 0, None, (), ())


class ClerkMissing(NotFound):
    """Nobody at the shell can be named as the one who enters."""

    def __init__(self, village: str, login: str) -> None:
        who = f"登录名“{login}”不是{village}的报账员" if login else f"{village}现在没有报账员"
        super().__init__(f"{who}，不能导入。请由镇公开办先任命报账员，或用 --by 写报账员的登录名。")


class _OnlyChecked(Exception):
    """Ends the transaction of a check, so that nothing of it stays."""


class PeriodCode(click.ParamType):
    """A quarter or month such as 2026Q3 or 2026M07."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read the code; another shape is wrong use."""
        try:
            return Period.parse(str(value))
        except PeriodUnreadable as unreadable:
            self.fail(unreadable.message, param, ctx)


@dataclass(frozen=True)
class Order:
    """What was asked for at the shell."""

    content: bytes
    source: ImportSource
    village: str
    period: Period
    account: str = ""
    by: str = ""
    is_check: bool = False


@dataclass
class Report:
    """What came of it; the figures are what the file says, whatever else is wrong."""

    table: ImportedTable = _UNREAD
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    imported: Imported | None = None

    def refuse(self, message: str) -> None:
        """Note an error that stands at no cell."""
        self.errors.append(Problem(None, "", message))

    def warn(self, message: str) -> None:
        """Note something to look at that stands at no cell."""
        self.warnings.append(Problem(None, "", message))

    def as_json(self) -> str:
        """Write the one JSON object of the command."""
        table = self.table
        told = {
            "format": table.format, "rows": len(table.lines),
            "income_fen": table.income_fen, "expense_fen": table.expense_fen,
            "opening_fen": table.opening_fen, "closing_fen": table.closing_fen,
            "identity_holds": table.identity_holds,
            "errors": [_at_cell(problem) for problem in self.errors],
            "warnings": [_at_cell(problem) for problem in self.warnings],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)


def _at_cell(problem: Problem) -> dict[str, int | str | None]:
    # Programs read these three keys; what else a problem knows is for people's eyes.
    return {"row": problem.row, "column": problem.column, "message": problem.message}


@click.group()
def finance() -> None:
    """The village's money."""


@finance.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--village", required=True, metavar="CODE", help="The village's 12-digit code.")
@click.option("--quarter", "period", required=True, type=PeriodCode(), help="2026Q3, or a month: 2026M07.")
@click.option("--account", default="", metavar="NAME", help="The money account, where the layout does not say it.")
@click.option("--by", default="", metavar="LOGIN", help="The clerk who imports; the clerk in office if left out.")
@click.option("--check", "is_check", is_flag=True, help="Write nothing; say what would be wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_file(file: Path, village: str, period: Period, as_json: bool, **options: Any) -> None:
    """Import the lines of a spreadsheet into a period of a village: all of them, or none.

    Raises:
        Exit: with 1, when there are errors; nothing is written then.
    """
    content = file.read_bytes()
    source = ImportSource(file.name, sha256_hex(content), remark=_REMARK)
    report = carry_out(Order(content, source, village, period, **options))
    if as_json:
        click.echo(report.as_json())
    else:
        _tell(report, is_check=options["is_check"])
    if report.errors:
        raise click.exceptions.Exit(1)


def carry_out(order: Order) -> Report:
    """Read the file and import it; a check does the very same and takes everything back."""
    report = Report()
    village = find_village(order.village)
    accounts = list_choices(village) if village else ()
    chart = Chart.load(2004 if village and village.chart_year == 2004 else 2023)
    db.session.rollback()  # The read ends before the file is parsed, which takes its time.
    try:
        report.table = read_file_table(
            order.content, period=order.period, chart=chart, account=order.account,
            account_names=[account.name for account in accounts],
        )  # fmt: skip
    except VillageOpenError as refused:
        report.refuse(refused.message)
        return report
    report.warnings += report.table.warnings
    _try_deed(order, report, accounts)
    return report


def _try_deed(order: Order, report: Report, accounts: tuple[AccountChoice, ...]) -> None:
    try:
        with transaction():
            _deed(order, report)
            if order.is_check:
                raise _OnlyChecked
    except _OnlyChecked:
        return
    except ImportRefused as refused:
        report.errors += refused.problems
    except VillageOpenError as refused:
        # The period cannot be entered; what is wrong inside the file is told with it.
        report.errors += _errors_of(report.table, order.period, accounts)
        report.refuse(refused.message)


def _errors_of(table: ImportedTable, period: Period, accounts: tuple[AccountChoice, ...]) -> tuple[Problem, ...]:
    return plan_import(table, period=period, accounts=accounts, present=()).errors if accounts else table.errors


def _deed(order: Order, report: Report) -> None:
    village = get_village(order.village)
    by = _clerk(village, order.by)
    period = find_period(village.code, order.period.code)
    if period is None:
        period = open_period(by=by, village=village, period=order.period)
        report.warn(f"{order.period.label}还没有开始录入，{'导入时会' if order.is_check else '已'}先开始录入。")
    # Nobody at the shell chooses between the file and the books: changed lines get no answer and are refused.
    answers = Answers(items=_items(report.table))
    source = replace(order.source, layout=report.table.format)
    report.imported = import_table(by=by, period=period, table=report.table, answers=answers, source=source)
    report.warnings += [_told_item(line.source) for line in report.imported.plan.added if _has_open_item(line.source)]


def _clerk(village: Village, login: str) -> Person:
    if login:
        person = find_person_by_login(login)
        if person and holds(list_roles_today(person.id), (RoleKind.CLERK,), village.code):
            return person
    elif member := find_person_in_role(village.code, RoleKind.CLERK, clock.today()):
        return get_person(member.person_id)
    raise ClerkMissing(village.name, login)


def _items(table: ImportedTable) -> dict[int, str]:
    return {number: _item(line) for number, line in enumerate(table.lines) if _has_open_item(line)}


def _has_open_item(line: ImportedLine) -> bool:
    return not line.item and line.kind != "transfer"


def _item(line: ImportedLine) -> str:
    side: Side = "income" if line.kind == "income" else "expense"
    return suggest_item(line.account_code, line.account_name, line.summary, side) or _OTHER[line.kind]


def _told_item(line: ImportedLine) -> Problem:
    label = ITEMS[_item(line)].label
    is_other = _item(line) == _OTHER[line.kind]
    reason = "没有写公开项目" + ("，也看不出是哪一项" if is_other else "，按摘要和科目")
    return Problem(line.row, "", f"“{line.summary}”{reason}，归入“{label}”，请核对。")


def _tell(report: Report, *, is_check: bool) -> None:
    table = report.table
    click.echo(
        f"{Layout(table.format).label}：{len(table.lines)} 笔，"
        f"收入 {format_fen(table.income_fen)} 元，支出 {format_fen(table.expense_fen)} 元。"
    )
    for problem in report.warnings:
        click.echo(f"提醒{_place(problem)}：{problem.message}")
    for problem in report.errors:
        click.echo(f"错误{_place(problem)}：{problem.message}", err=True)
    if report.errors:
        click.echo(f"有 {len(report.errors)} 处错误，什么都没有写入。", err=True)
    elif report.imported:
        done = report.imported
        verdict = "核对无误，还没有写入" if is_check else "已写入"
        click.echo(f"{verdict}：新增 {done.added} 笔，已在账里 {done.there} 笔。")


def _place(problem: Problem) -> str:
    parts = [f"第 {problem.row} 行"] if problem.row else []
    parts += [problem.place] if problem.column else []
    return f"（{' '.join(parts)}）" if parts else ""
