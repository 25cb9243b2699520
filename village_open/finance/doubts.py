"""What is worth a second look in one line while it is entered: told at its cell, never a refusal; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from village_open.core.privacy import hidden_kinds
from village_open.finance.moves import find_move
from village_open.finance.statements import LedgerLine

_MASKED = ("voucher", "summary", "code_name", "payee", "handler", "witness", "approver", "note")
"""The cells that everybody reads masked."""
_SHORTEST = 11
"""A mobile phone is the shortest of them. Most cells are shorter, and a long quarter has six thousand."""


class DoubtKind(StrEnum):
    """What was noticed; the order is that of the page before submission."""

    PRIVATE = "private"
    FUTURE = "future"
    MOVE = "move"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at again, and the cell in which it stands."""

    kind: DoubtKind
    field: str
    message: str


def find_doubts(cells: Mapping[str, str], *, on: date, today: date) -> tuple[Doubt, ...]:
    """Return what a line's writer should look at again; `cells` are the texts by the names of the grid's columns."""
    return (*_private(cells), *_future(on, today), *_move(cells))


def find_doubts_of(line: LedgerLine, *, today: date) -> tuple[Doubt, ...]:
    """Return what there is to look at again in a line that is kept."""
    cells = {field: getattr(line, field) for field in _MASKED}
    return find_doubts({**cells, "to_account": "kept" if line.to_account_id else ""}, on=line.on, today=today)


def _private(cells: Mapping[str, str]) -> Iterator[Doubt]:
    for field in _MASKED:
        if len(cells[field]) >= _SHORTEST and (kinds := hidden_kinds(cells[field])):
            yield Doubt(DoubtKind.PRIVATE, field, f"这里像是{'、'.join(kinds)}，公开时会打码；请改写，只写必要的内容。")


def _future(on: date, today: date) -> Iterator[Doubt]:
    if on > today:
        message = f"{on.month}月{on.day}日还没有到（今天是{today.month}月{today.day}日），请核对日期。"
        yield Doubt(DoubtKind.FUTURE, "on", message)


def _move(cells: Mapping[str, str]) -> Iterator[Doubt]:
    if not cells["to_account"] and find_move(cells["summary"]):
        message = "像是现金和银行之间的互转：请在这里填转入的账户，互转不算收入也不算支出。"
        yield Doubt(DoubtKind.MOVE, "to_account", message)
