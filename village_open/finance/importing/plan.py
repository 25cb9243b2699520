"""What an import would do to the lines that are there: add, leave, change; nothing is decided for anybody."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.errors import EditConflict, InputError
from village_open.core.periods import Period
from village_open.finance.importing.cells import read_voucher, squeezed
from village_open.finance.importing.results import ImportedLine, ImportedTable, Problem
from village_open.finance.items import ITEMS, Side, suggest_item
from village_open.finance.rules import AccountChoice, LineInput, line_problems
from village_open.finance.statements import CORRECTION, TRANSFER, LedgerLine

Change = Literal["keep", "replace", "add"]
_STATED = {
    "item_key": "item", "account_code": "code", "account_name": "code_name", "payee": "payee", "handler": "handler",
    "witness": "witness", "approver": "approver", "note": "note",
}  # fmt: skip
"""Cells beyond those that make a line the same, as a row to save and as a line of the books call them."""
_HEADS: dict[str, tuple[str, ...]] = {
    "on": ("date", "day", "month", "period"), "voucher": ("voucher", "voucher_no"),
    "amount": ("amount", "income", "expense", "debit"), "account": ("money_account",),
    "account_code": ("account_code", "account"), "account_name": ("account_name", "account", "counterpart"),
}  # fmt: skip
"""Under which heads the cell of a row stands, where the head has another name."""
_NO_DAY = "没有填写日期，请在文件里补上这一笔的日期。"
_NO_ACCOUNT = "没有写明是哪个资金账户。"
_ACCOUNT_UNSAID = "表里没有写明是哪个资金账户的收支，请指明账户：{}。"
_NO_ACCOUNTS = "本村还没有资金账户，请先增加资金账户（现金、各银行账户）。"


class ImportRefused(InputError):
    """Some rows of the file cannot be saved; nothing was saved."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"文件里有 {len(problems)} 处错误，没有导入。请改好文件再导入。")


class ChoiceMissing(InputError):
    """A row that differs from a line of the books, and nobody said which of them stands."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = tuple(rows)
        shown = "、".join(str(row) for row in rows[:10])
        super().__init__(f"文件第 {shown} 行与账里已有的不一样，请逐笔选择留哪一个。什么都没有导入。")


class BooksMoved(EditConflict):
    """The books changed after the person looked at the preview."""

    def __init__(self) -> None:
        super().__init__("预览之后，账里的内容又变了，这次没有导入。请按最新的预览再确认一次。")


@dataclass(frozen=True)
class PlannedLine:
    """One line of the file as it would be saved; `number` is its place among the lines of the file, from 0."""

    number: int
    source: ImportedLine
    row: LineInput
    suggestion: str = ""
    """A disclosure item that the words suggest, where the file states none; never taken without asking."""


@dataclass(frozen=True)
class ChangedLine:
    """A line of the file beside the line of the books that it differs from."""

    planned: PlannedLine
    present: LedgerLine

    @property
    def merged(self) -> LineInput:
        """The row that changes the books' line: what the file leaves blank stays as it is."""
        row, present = self.planned.row, self.present
        kept = {name: getattr(row, name) or getattr(present, theirs) for name, theirs in _STATED.items()}
        if row.kind != present.kind:
            kept["item_key"] = row.item_key
        return replace(row, id=present.id, version=present.version, voucher=row.voucher or present.voucher, **kept)


@dataclass(frozen=True)
class Answers:
    """What the person decided: items by the number of the line, and what becomes of changed lines."""

    items: Mapping[int, str] = field(default_factory=dict)
    changes: Mapping[int, Change] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan:
    """Every line of the file in one of three places; `errors` are the file's own and those against the books."""

    added: tuple[PlannedLine, ...]
    there: tuple[PlannedLine, ...]
    changed: tuple[ChangedLine, ...]
    errors: tuple[Problem, ...]

    @property
    def suggested(self) -> tuple[PlannedLine, ...]:
        """The new lines for which an item is suggested."""
        return tuple(line for line in self.added if line.suggestion)

    @property
    def fingerprint(self) -> str:
        """Changes when the books change in a way that matters to this file."""
        seen = [[line.planned.number, line.present.id, line.present.version] for line in self.changed]
        numbers = [[line.number for line in lines] for lines in (self.added, self.there)]
        return sha256_hex(canonical_bytes({"seen": seen, "numbers": numbers}))

    def rows(self, answers: Answers) -> list[LineInput]:
        """Return what is to be saved, in the order of the file.

        Raises:
            ImportRefused: the file has errors.
            ChoiceMissing: a changed line has no answer.
        """
        if self.errors:
            raise ImportRefused(self.errors)
        open_rows = [line.planned.source.row for line in self.changed if line.planned.number not in answers.changes]
        if open_rows:
            raise ChoiceMissing(open_rows)
        rows = {line.number: _with_item(line.row, line.number, answers) for line in self.added}
        for line in self.changed:
            number = line.planned.number
            if (choice := answers.changes[number]) != "keep":
                rows[number] = line.merged if choice == "replace" else _with_item(line.planned.row, number, answers)
        return [rows[number] for number in sorted(rows)]


def _with_item(row: LineInput, number: int, answers: Answers) -> LineInput:
    return replace(row, item_key=row.item_key or answers.items.get(number, ""))


def plan_import(
    table: ImportedTable, *, period: Period, accounts: Sequence[AccountChoice], present: Iterable[LedgerLine]
) -> ImportPlan:
    """Lay the lines of a file beside those of the books."""
    planned, found = _Planner(table, period, accounts).plan()
    typed = [line for line in present if line.kind != CORRECTION]
    there, left, unmatched = _match(planned, typed, _same_line)
    changed = [ChangedLine(line, line_there) for line, line_there in there if _says_more(line.row, line_there)]
    others, added, _rest = _match(left, unmatched, _same_paper)
    changed += [ChangedLine(line, line_there) for line, line_there in others]
    differing = {line.planned.number for line in changed}
    return ImportPlan(
        added=tuple(added),
        there=tuple(line for line, _present in there if line.number not in differing),
        changed=tuple(sorted(changed, key=lambda line: line.planned.number)),
        errors=(*table.errors, *found),
    )


class _Planner:
    def __init__(self, table: ImportedTable, period: Period, accounts: Sequence[AccountChoice]) -> None:
        self._table = table
        self._period = period
        self._ids = {account.name: account.id for account in accounts}
        self._told = {(problem.row, problem.column) for problem in table.errors}
        self._found: list[Problem] = []

    def plan(self) -> tuple[list[PlannedLine], list[Problem]]:
        lines = self._table.lines
        is_unsaid = bool(lines) and not any(line.money_account for line in lines)
        if is_unsaid:
            names = "、".join(self._ids)
            self._found.append(Problem(None, "", _ACCOUNT_UNSAID.format(names) if names else _NO_ACCOUNTS))
        planned = [self._planned(number, line, is_unsaid) for number, line in enumerate(lines)]
        return [line for line in planned if line is not None], self._found

    def _planned(self, number: int, line: ImportedLine, is_unsaid: bool) -> PlannedLine | None:
        row = LineInput(
            on=line.on or self._period.first_on, kind=line.kind, summary=line.summary, amount_fen=line.amount_fen,
            account_id=self._ids.get(line.money_account, 0), to_account_id=self._ids.get(line.to_account),
            voucher=line.voucher, item_key=line.item, account_code=line.account_code, account_name=line.account_name,
            payee=line.payee, handler=line.handler, witness=line.witness, approver=line.approver, note=line.note,
        )  # fmt: skip
        if line.on is None:
            self._tell(line, "on", _NO_DAY)
        if not row.account_id and not is_unsaid:
            self._tell(line, "account", _NO_ACCOUNT)
        sides: dict[str, str] = {key: item.side for key, item in ITEMS.items()}
        for problem in line_problems(
            line.row, row, period=self._period, account_ids=self._ids.values(), item_sides=sides
        ):
            if problem.field != "account":
                self._tell(line, problem.field, problem.message)
        if line.on is None or not row.account_id:
            return None
        return PlannedLine(number, line, row, _suggestion(line))

    def _tell(self, line: ImportedLine, cell: str, message: str) -> None:
        """Note a problem at its cell, unless the reader has said what is wrong there."""
        heads = _HEADS.get(cell, (cell,))
        column = next((self._table.columns[head] for head in heads if head in self._table.columns), "")
        if (line.row, column) not in self._told:
            self._told.add((line.row, column))
            self._found.append(Problem(line.row, column, message, self._table.heads.get(column, "")))


def _suggestion(line: ImportedLine) -> str:
    if line.item or line.kind == TRANSFER:
        return ""
    return suggest_item(line.account_code, line.account_name, line.summary, cast(Side, line.kind))


Pairs = list[tuple[PlannedLine, LedgerLine]]


def _match(
    planned: Iterable[PlannedLine],
    present: Iterable[LedgerLine],
    likeness: Callable[[LineInput | LedgerLine], Hashable],
) -> tuple[Pairs, list[PlannedLine], list[LedgerLine]]:
    """Pair lines that are alike, each once, the most alike first; return the pairs and what is left on both sides."""
    waiting: dict[Hashable, list[LedgerLine]] = defaultdict(list)
    for line in present:
        waiting[likeness(line)].append(line)
    pairs, left = [], []
    for wanted in planned:
        key = likeness(wanted.row)
        candidates = waiting.get(key, []) if key is not None else []
        if candidates:
            nearest = max(candidates, key=lambda line: _nearness(wanted.row, line))
            candidates.remove(nearest)
            pairs.append((wanted, nearest))
        else:
            left.append(wanted)
    return pairs, left, [line for lines in waiting.values() for line in lines]


def _same_line(line: LineInput | LedgerLine) -> Hashable:
    """Return what makes two lines the same; of a transfer not the voucher: the cash and the bank book both print it."""
    if line.kind == TRANSFER:
        return (TRANSFER, line.on, line.amount_fen, line.account_id, line.to_account_id)
    return (
        line.kind, line.on, _plain_voucher(line.voucher), squeezed(line.summary), line.amount_fen, line.account_id,
    )  # fmt: skip


def _same_paper(line: LineInput | LedgerLine) -> Hashable:
    """Return what makes two lines stand on the same voucher; None where there is no voucher to tell."""
    if not line.voucher:
        return None
    return (_plain_voucher(line.voucher), line.on, line.account_id, line.kind == TRANSFER)


def _plain_voucher(text: str) -> tuple[str, str]:
    word, number = read_voucher(text) if text else ("", "")
    return word, number.lstrip("0") or number


def _nearness(row: LineInput, line: LedgerLine) -> tuple[bool, bool, bool]:
    is_same_text = squeezed(row.summary) == squeezed(line.summary)
    return is_same_text, row.amount_fen == line.amount_fen, not _says_more(row, line)


def _says_more(row: LineInput, line: LedgerLine) -> bool:
    """Tell whether the file states a cell that the books have otherwise; a blank cell states nothing."""
    if row.kind == TRANSFER:
        return False
    return any(
        (said := getattr(row, name).strip()) and said != getattr(line, theirs) for name, theirs in _STATED.items()
    )
