"""Backup and restore of a whole installation, the same file for SQLite and PostgreSQL.

A backup is a zip: `manifest.json`, one `tables/<name>.jsonl` a table, and `files/`. Because rows are written
as JSON and not as one engine's own format, a county that outgrows SQLite restores its backup on PostgreSQL.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import Boolean, Connection, Date, DateTime, MetaData, Table, func, inspect, select, text, tuple_

from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.db import db, transaction
from village_open.record.models import RecordEntry
from village_open.record.queries import find_broken_link, list_chains
from village_open.storage import keep_file

_VERSION_TABLE = "alembic_version"
_BATCH = 500
_LAST = "last_backup.txt"


class BackupUnsound(RuleForbids):
    """The backup, or what came out of it, does not prove itself."""


class DataInTheWay(RuleForbids):
    """A restore would write over data."""

    def __init__(self) -> None:
        super().__init__("这里已经有数据，不能恢复到上面。请换一个空的数据目录（VILLAGE_OPEN_HOME）再恢复。")


@dataclass(frozen=True)
class BackupReport:
    """What went into a backup, or came out of one."""

    rows: int
    files: int
    chains: int


def back_up(path: Path) -> BackupReport:
    """Write everything into one file; an older file of this name is replaced only when the new one is whole."""
    partial = path.with_name(path.name + ".part")
    partial.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest = _write_rows(archive) | {"files": _write_files(archive)}
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
    _sync(partial)
    partial.replace(path)
    _last_file().write_text(f"{clock.now().isoformat()}\n", encoding="ascii")
    return _report(manifest)


def last_backup_at() -> datetime | None:
    """Return when this installation was last backed up, or None."""
    path = _last_file()
    return datetime.fromisoformat(path.read_text(encoding="ascii").strip()) if path.exists() else None


def restore(path: Path) -> BackupReport:
    """Fill an empty installation from a backup and prove the result: row counts, file hashes, every chain.

    Raises:
        DataInTheWay: the installation is not empty.
        BackupUnsound: the file is no backup, or the result differs from what it states.
    """
    if not zipfile.is_zipfile(path):
        raise BackupUnsound(f"{path.name} 不是本系统的备份文件，或者没有拷贝完整。")
    if inspect(db.engine).get_table_names():
        raise DataInTheWay
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        upgrade(revision=manifest["revision"])
        _read_rows(archive, manifest["rows"])
        for sha256 in manifest["files"]:
            if keep_file(archive.read(f"files/{sha256}")) != sha256:
                raise BackupUnsound(f"备份里的文件 {sha256[:12]}… 已经损坏。")
    _prove(manifest)
    upgrade()
    return _report(manifest)


def _write_rows(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Write every table as one moment saw it, and return the manifest's part."""
    db.session.rollback()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        rows = {table.name: _write_table(archive, connection, table) for table in _tables(connection)}
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return {"revision": revision, "rows": rows, "heads": _heads(connection)}


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _VERSION_TABLE]


def _heads(connection: Connection) -> dict[str, str]:
    """Return the last hash of every chain."""
    last = select(RecordEntry.chain, func.max(RecordEntry.seq)).group_by(RecordEntry.chain)
    query = select(RecordEntry.chain, RecordEntry.sha256).where(tuple_(RecordEntry.chain, RecordEntry.seq).in_(last))
    return dict(connection.execute(query).all())


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> int:
    count = 0
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in connection.execute(query).mappings():
            plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
            out.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _write_files(archive: zipfile.ZipFile) -> list[str]:
    """Write the files after the rows: a file never changes, so none that a row names can be missing."""
    names = []
    for path in sorted(current_app.config["SETTINGS"].files.glob("??/*")):
        if not path.name.startswith("."):
            archive.write(path, f"files/{path.name}", zipfile.ZIP_STORED)
            names.append(path.name)
    return names


def _read_rows(archive: zipfile.ZipFile, expected: dict[str, int]) -> None:
    with transaction() as session:
        connection = session.connection()
        for table in _tables(connection):
            for batch in _batches(archive, table):
                connection.execute(table.insert(), batch)
            _set_sequence(connection, table)
            count = connection.scalar(select(func.count()).select_from(table))
            if count != expected.get(table.name):
                raise BackupUnsound(f"表 {table.name} 应有 {expected.get(table.name)} 行，恢复出 {count} 行。")


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    batch = []
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        for line in lines:
            batch.append({key: _value(table, key, value) for key, value in json.loads(line).items()})
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _value(table: Table, name: str, value: Any) -> Any:
    """Give a JSON value the type its column has on the engine that is restored to."""
    kind = table.columns[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return bool(value) if isinstance(kind, Boolean) else value


def _set_sequence(connection: Connection, table: Table) -> None:
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        highest = connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest + 1, False)))


def _prove(manifest: dict[str, Any]) -> None:
    for chain in list_chains():
        if broken := find_broken_link(chain):
            raise BackupUnsound(f"{chain} 的记录第 {broken.seq} 条{broken.reason}。")
    db.session.rollback()
    with db.engine.connect() as connection:
        if _heads(connection) != manifest["heads"]:
            raise BackupUnsound("恢复出的记录与备份写明的最后一条不一致。")


def _report(manifest: dict[str, Any]) -> BackupReport:
    return BackupReport(sum(manifest["rows"].values()), len(manifest["files"]), len(manifest["heads"]))


def _last_file() -> Path:
    home: Path = current_app.config["SETTINGS"].home
    return home / _LAST


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
