"""Every table of a database, whatever the models know of it: filling it with one row, and reading all rows."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, DateTime, Integer, MetaData, String, Table, select

from village_open.db import Base

_numbers = count(1)
DIGEST = 64


def tables_of(connection: Connection) -> list[Table]:
    """Reflect the tables as they stand in the database, parents first; Alembic's own aside."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def fill_every_table(connection: Connection) -> dict[str, dict[str, Any]]:
    """Put one row into every table, each pointing at its parents' rows; returns the rows by table."""
    kept: dict[str, dict[str, Any]] = {}
    for table in tables_of(connection):
        kept[table.name] = row = new_row(table, kept)
        connection.execute(table.insert().values(row))
    return kept


def new_row(table: Table, parents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Make up a row that satisfies every column: what may be empty is left empty."""
    wanted = [column for column in table.columns if column.primary_key or not column.nullable]
    return {column.name: _value(column, parents) for column in wanted}


def _value(column: Column[Any], parents: dict[str, dict[str, Any]]) -> Any:
    for key in column.foreign_keys:
        return parents[key.column.table.name][key.column.name]
    number = next(_numbers)
    makers = (
        (Boolean, True), (Integer, number), (Date, date(2026, 7, 1)), (DateTime, datetime(2026, 7, 1)),
        (JSON, {"a": 1}),
    )  # fmt: skip
    for kind, value in makers:
        if isinstance(column.type, kind):
            return value
    assert isinstance(column.type, String), f"{column} has a type of which no value is made up yet"
    return str(number).zfill(2)[-(column.type.length or DIGEST) :]


def digest_of_tables(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return the number of rows and a hash of all of them, by table."""
    return {table.name: _digest(connection, table) for table in tables_of(connection)}


def _digest(connection: Connection, table: Table) -> tuple[int, str]:
    rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def difference(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> Iterator[str]:
    """Name the tables that changed between two digests."""
    return (name for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def rows_of_others(connection: Connection, own_code: str) -> dict[str, list[str]]:
    """Return the rows of villages and townships outside a township, and all that hangs on them, by table."""
    strangers: dict[str, set[int]] = {}
    found: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        rows = [
            row for row in connection.execute(select(table)).mappings() if _is_strange(table, row, strangers, own_code)
        ]
        strangers[table.name] = {row["id"] for row in rows}
        found[table.name] = sorted(repr(dict(row)) for row in rows)
    return found


def _is_strange(table: Table, row: Any, strangers: dict[str, set[int]], own_code: str) -> bool:
    if table.name in ("township", "village"):
        return not row["code"].startswith(own_code)
    if table.name == "role":
        return not row["place_code"].startswith(own_code[:6])
    if table.name == "record_entry":
        return not row["chain"].startswith(own_code)
    return any(
        row[column.name] in strangers.get(key.column.table.name, ())
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name != "person"
    )
