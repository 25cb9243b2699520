"""What a line and a period must satisfy; pure. Each refusal names the field and says what to do."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.errors import InputError, RuleForbids
from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.finance.statements import EXPENSE, INCOME, TRANSFER, AccountRow, StatementLine

LONGEST = {
    "voucher": ("凭证字号", 30), "summary": ("摘要", 200), "account_code": ("科目编码", 12),
    "account_name": ("科目名称", 60), "payee": ("收付对象", 80), "handler": ("经手人", 40),
    "witness": ("证明人", 40), "approver": ("审批人", 40), "note": ("备注", 200),
}  # fmt: skip
"""The columns' widths: PostgreSQL refuses what is longer, SQLite would keep it."""

_NUMBERS_TOLD = 10


@dataclass(frozen=True)
class AccountChoice:
    """A money account as the clerk may pick it."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class LineInput:
    """One row to be saved; `id` and `version` are those of the line that it changes, or None for a new line."""

    on: date
    kind: str
    summary: str
    amount_fen: int
    account_id: int
    to_account_id: int | None = None
    voucher: str = ""
    item_key: str = ""
    account_code: str = ""
    account_name: str = ""
    payee: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    note: str = ""
    id: int | None = None
    version: int | None = None
    draft_key: str | None = None
    """Of a new line: made once in the browser, so that a save sent twice over a bad line is kept once."""


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell; `row` counts from 0 in the rows handed in."""

    row: int
    field: str
    message: str


class LinesRefused(InputError):
    """Some cells cannot be saved; nothing was saved."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        super().__init__(
            f"有 {len(problems)} 处需要改正，先看第 {first.row + 1} 行：{first.message}"
            "整张表都没有保存，您填的内容还在。"
        )


class QuarterUnbalanced(RuleForbids):
    """Opening + income − expense differs from the counted closing of a money account."""

    def __init__(self, accounts: Sequence[AccountRow]) -> None:
        self.differences = tuple(row for row in accounts if row.difference_fen)
        told = "；".join(_unbalanced(row.name, row.closing_fen, row.counted_fen or 0) for row in self.differences)
        super().__init__(f"账不平，不能提交。{told}{_in_total(accounts)}。请核对漏记、重记或记错金额的账目。")


class CountMissing(RuleForbids):
    """A money account's closing was not counted."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"还没有填写{'、'.join(names)}的期末实有数（现金盘点数、银行对账单余额），填好后才能提交。")


class ItemsMissing(RuleForbids):
    """Some lines stand under no disclosure item, so the summary by item would not add up to the totals."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = tuple(numbers)
        shown = "、".join(str(number) for number in numbers[:_NUMBERS_TOLD])
        more = f"等 {len(numbers)} 笔" if len(numbers) > _NUMBERS_TOLD else ""
        super().__init__(f"第 {shown} 笔{more}还没有选公开项目，按项目汇总会与总数对不上。选好后才能提交。")


def _unbalanced(name: str, closing_fen: int, counted_fen: int) -> str:
    difference = counted_fen - closing_fen
    return (
        f"{name}：账上应结存 {format_fen(closing_fen)} 元，实有 {format_fen(counted_fen)} 元，"
        f"实有比账上{'多' if difference > 0 else '少'} {format_fen(abs(difference))} 元"
    )


def _in_total(rows: Sequence[AccountRow]) -> str:
    """Say the difference of all accounts together; two that cancel are most often a transfer left out."""
    if len(rows) < 2:
        return ""
    closing, counted = sum(row.closing_fen for row in rows), sum(row.counted_fen or 0 for row in rows)
    if closing == counted:
        return "；合计相符，多半是账户之间的划转漏记或记反"
    return "；" + _unbalanced("合计", closing, counted)


def require_balance(accounts: Iterable[AccountRow]) -> None:
    """Hold the identity for each money account and so in total.

    Raises:
        CountMissing: a closing was not counted.
        QuarterUnbalanced: a counted closing differs from opening + income − expense (fen).
    """
    rows = list(accounts)
    if missing := [row.name for row in rows if row.counted_fen is None]:
        raise CountMissing(missing)
    if any(row.difference_fen for row in rows):
        raise QuarterUnbalanced(rows)


def require_items(lines: Iterable[StatementLine]) -> None:
    """Hold that every income and expense stands under a disclosure item.

    Raises:
        ItemsMissing: with the numbers of the lines that do not.
    """
    if bare := [row.number for row in lines if row.line.kind in (INCOME, EXPENSE) and not row.line.item]:
        raise ItemsMissing(bare)


def line_problems(
    row: int, line: LineInput, *, period: Period, account_ids: Collection[int], item_sides: dict[str, str]
) -> list[CellProblem]:
    """Return what forbids saving one row."""
    problems = [CellProblem(row, field, message) for field, message in _plain_problems(line, period)]
    if line.account_id not in account_ids:
        problems.append(CellProblem(row, "account", "请选择资金账户。"))
    if line.kind == TRANSFER:
        problems += [CellProblem(row, "to_account", message) for message in _transfer_problems(line, account_ids)]
    elif line.item_key and item_sides.get(line.item_key) != line.kind:
        problems.append(CellProblem(row, "item", "公开项目与收入、支出不一致，请重新选择。"))
    return problems


def _plain_problems(line: LineInput, period: Period) -> Iterable[tuple[str, str]]:
    if line.on not in period:
        yield "on", f"日期 {line.on:%Y-%m-%d} 不在{period.label}之内。"
    if line.kind not in (INCOME, EXPENSE, TRANSFER):
        yield "kind", "请选择收入、支出或内部划转。"
    if not line.summary.strip():
        yield "summary", "请填写摘要：买了什么、多少、做什么用。"
    for field, (label, longest) in LONGEST.items():
        if len(getattr(line, field)) > longest:
            yield field, f"{label}超过 {longest} 个字，请写短些。"
    if line.amount_fen == 0:
        yield "amount", "金额不能为零。"


def _transfer_problems(line: LineInput, account_ids: Collection[int]) -> Iterable[str]:
    if line.to_account_id not in account_ids:
        yield "内部划转要选择转入的资金账户。"
    elif line.to_account_id == line.account_id:
        yield "转出和转入不能是同一个资金账户。"
    if line.amount_fen < 0:
        yield "内部划转不能是负数，请对调转出和转入账户。"
