"""What the pages of the registers show: the list of a period, the grid of one register, when money was last proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_login import current_user

from village_open.core import clock
from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.registers.forms.grid import grid_columns
from village_open.registers.models import RegisterRow
from village_open.registers.queries import KnownRow, count_rows, find_earlier_periods
from village_open.registers.queries.proofs import last_proofs
from village_open.registers.rules.columns import Value, format_number, shown_text, text_of, typed_text
from village_open.registers.rules.declared.money import CASH, CASH_PROOFS
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.printing import Table
from village_open.registers.rules.reckoning import column_for, complete, fixed_values, line_of, value_key
from village_open.registers.rules.registers import ROW, Facts, Register
from village_open.registers.surroundings import is_closed
from village_open.villages.access import CLERK
from village_open.villages.models import Village
from village_open.web.filters import period_label

FIGURES = ("money", "number")


@dataclass(frozen=True)
class ListedRegister:
    """One line of the list: a register, how many rows it has, and from which period some may be carried."""

    register: Register
    rows: int
    carried_from: str
    is_closed: bool


@dataclass(frozen=True)
class GridRow:
    """One row of the grid: texts by column, the line of a fixed table, whether it is computed."""

    texts: Mapping[str, str]
    id: int | None = None
    version: int | None = None
    line: str = ""
    label: str = ""
    is_reckoned: bool = False


def list_registers_of(village: Village, period: Period) -> dict[str, list[ListedRegister]]:
    """List every register by its group."""
    counts = count_rows(village.id, period.code)
    earlier = find_earlier_periods(village.id, period, list(REGISTERS))
    groups: dict[str, list[ListedRegister]] = {}
    for key, register in REGISTERS.items():
        carried = earlier.get(key, "") if register.carry and not counts.get(key) else ""
        listed = ListedRegister(register, counts.get(key, 0), carried, is_closed(village.id, period.code, key))
        groups.setdefault(register.group, []).append(listed)
    return groups


def grid_rows(register: Register, rows: list[KnownRow]) -> list[GridRow]:
    """Return the rows of the grid as texts; of a fixed table all of them, filled or not."""
    if not register.fixed_rows:
        return [GridRow(texts_of(register, row.cells), row.id, row.version) for row in rows]
    kept = {str(row.cells[ROW]): row for row in rows}
    values, key = fixed_values(register, [row.cells for row in rows]), value_key(register)
    lines = []
    for fixed in register.fixed_rows:
        texts = texts_of(register, line_of(register, {ROW: fixed.key, key: values[fixed.key]}))
        row = kept.get(fixed.key)
        row_id, version = (row.id, row.version) if row else (None, None)
        lines.append(GridRow(texts, row_id, version, fixed.key, fixed.label, is_reckoned=bool(fixed.adds)))
    return lines


def texts_of(register: Register, cells: Mapping[str, Value]) -> dict[str, str]:
    """Return a row as a table shows it."""
    return {
        column.key: shown_text(column_for(register, column, cells), cells.get(column.key, ""))
        for column in register.columns
    }


def row_as_json(register: Register, row: RegisterRow, facts: Facts) -> dict[str, Any]:
    """Return a kept row as the grid's script reads it."""
    whole = complete(register, row.cells, facts)
    typed = {
        column.key: typed_text(column_for(register, column, whole), whole[column.key])
        for column in grid_columns(register)
    }
    reckoned = {key: shown_text(register.column(key), whole[key]) for key in register.formulas}
    return {"id": row.id, "version": row.version_id, "removed": False, "cells": typed, "reckoned": reckoned}


def gone_as_json(row_id: int) -> dict[str, Any]:
    """Tell the grid's script that somebody else took a row out."""
    return {"id": row_id, "version": 0, "removed": True, "cells": {}}


def page_words(village: Village, period: Period, register: Register | None = None) -> dict[str, Any]:
    """Return what templates of a register need: place, links and what this visitor may do."""
    place: dict[str, Any] = {"village_code": village.code, "period_code": period.code}
    may_enter = CLERK.admits(current_user, place) and period.first_on <= clock.today()
    if register is not None:
        may_enter = may_enter and not is_closed(village.id, period.code, register.key)
    return {
        "village": village,
        "period": period,
        "register": register,
        "place_args": place,
        "may_enter": may_enter,
        "trail_places": [
            (village.name, url_for("finance.show_village", village_code=village.code)),
            (period_label(period), url_for("registers.list_registers", **place)),
        ],
    }


@dataclass(frozen=True)
class ProvenAccount:
    """A money account: when its balance was last proven, what the books say, and whether that is too much cash."""

    name: str
    proved_on: date | None
    days: int
    book_fen: int | None
    is_over: bool


def proven_accounts(village: Village, facts: Facts) -> list[ProvenAccount]:
    """Return every money account with the days since its balance was last proven."""
    proved = last_proofs(village.id)
    return [_proven(name, kind, proved.get(name), facts) for name, kind in facts.accounts.items()]


def _proven(name: str, kind: str, proved_on: date | None, facts: Facts) -> ProvenAccount:
    book = facts.balance_on(name, facts.period.last_on)
    is_over = kind == CASH and book is not None and book > facts.cash_ceiling_fen
    return ProvenAccount(name, proved_on, (clock.today() - proved_on).days if proved_on else 0, book, is_over)


def choices_of(register: Register, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return what may be picked in each column: its choices, the money accounts, the resources that can be let."""
    choices = {column.key: column.choices for column in register.typed if column.choices}
    if register is CASH_PROOFS:
        choices["account"] = tuple(facts.accounts)
    resources = tuple(text_of(row, "name") for row in facts.others.get("resources", ()))
    if register.key == "leases" and resources:
        choices["resource"] = resources
    return choices


@dataclass(frozen=True)
class ShownTable:
    """A printed table as texts, each head with whether figures stand under it."""

    heading: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    remarks: tuple[str, ...]


def shown_table(table: Table) -> ShownTable:
    """Return a table as the page shows how it will print."""
    columns: Any = table["columns"]
    kinds = [str(column["kind"]) for column in columns]

    def texts(row: Any) -> tuple[str, ...]:
        return tuple(_shown(value, kind) for value, kind in zip(row, kinds, strict=True))

    rows: Any = table["rows"]
    remarks: Any = table["remarks"]
    return ShownTable(
        heading=str(table["heading"]),
        columns=tuple((str(column["label"]), column["kind"] in FIGURES) for column in columns),
        rows=tuple(map(texts, rows)),
        totals=texts(table["totals"]) if table["totals"] else (),
        remarks=tuple(remarks),
    )


def _shown(value: Value, kind: str) -> str:
    if isinstance(value, str):
        return value
    return format_fen(value) if kind == "money" else format_number(value)
