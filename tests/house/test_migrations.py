"""The migrations make what the models say, on both engines; what only grows is guarded by the database itself."""

import json
import re
from collections.abc import Iterable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, Table, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.house.tables import digest_of_tables, fill_every_table, new_row, tables_of
from tests.house.tree import ROOT, complain
from village_open.db import Base, db, transaction
from village_open.db.triggers import GROWING_TABLES
from village_open.villages.approvals import MORE_THAN_HALF, Approver, Tier, tiers_from_json
from village_open.villages.models import ProfileValue

REFUSED = re.compile("only grows|cannot truncate a table referenced in a foreign key")
REVISIONS = [script.revision for script in reversed([*ScriptDirectory(str(ROOT / "migrations")).walk_revisions()])]


def engine_name() -> str:
    return db.engine.dialect.name


def triggers_of(connection: Connection) -> set[str]:
    """Name the triggers in the database as `table event`."""
    if engine_name() == "sqlite":
        found = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return {f"{table} {event}" for table, sql in found for event in re.findall(r"BEFORE (\w+) ON", sql)}
    rows = connection.execute(
        text(
            "SELECT c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
    )
    return {
        f"{table} {event}"
        for table, sql in rows
        for event in re.findall("UPDATE|DELETE|TRUNCATE", sql.split(" ON ")[0])
    }


@pytest.mark.usefixtures("both_engines")
def test_the_migrations_make_exactly_what_the_models_say() -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    mend = "write a migration: village-open db migrate makes its beginning"
    assert not differences, complain("models and migrations differ", mend, [str(found) for found in differences])


@pytest.mark.usefixtures("both_engines")
def test_a_constraint_of_the_models_stands_in_the_database() -> None:
    # Alembic compares no CHECK constraints.
    with db.engine.connect() as connection:
        reflected = {table.name: _checks(table) for table in tables_of(connection)}
    wanted = {table.name: _checks(table) for table in Base.metadata.sorted_tables}
    assert {name: found for name, found in reflected.items() if found} == {n: w for n, w in wanted.items() if w}


def _checks(table: Table) -> set[str]:
    return {str(rule.name) for rule in table.constraints if type(rule).__name__ == "CheckConstraint" and rule.name}


@pytest.mark.usefixtures("both_engines")
def test_every_growing_table_has_its_triggers_at_head() -> None:
    deeds = ("UPDATE", "DELETE") if engine_name() == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")
    with db.engine.connect() as connection:
        found = triggers_of(connection)
    missing = {f"{table} {deed}" for table in GROWING_TABLES for deed in deeds} - found
    mend = "run growing_table_statements for the table in the migration that makes or rebuilds it"
    assert not missing, complain("growing tables without their triggers", mend, list(missing))


def refused_statements(table: Table, row: dict[str, object]) -> Iterable[tuple[str, object]]:
    """Yield every way by which a row that stands could be changed or lost."""
    name = table.name
    yield "UPDATE", update(table).values(id=table.c.id)
    yield "DELETE", table.delete()
    if engine_name() == "sqlite":
        yield "INSERT OR REPLACE", insert(table).prefix_with("OR REPLACE").values(row)
        yield "REPLACE", insert(table).prefix_with("OR REPLACE").from_select([*table.columns], table.select())
        yield "UPSERT", sqlite.insert(table).values(row).on_conflict_do_update(index_elements=["id"], set_={"id": 1})
        return
    yield "TRUNCATE", text(f"TRUNCATE {name}")
    yield "TRUNCATE CASCADE", text(f"TRUNCATE {name} CASCADE")
    yield "UPSERT", postgresql.insert(table).values(row).on_conflict_do_update(index_elements=["id"], set_={"id": 1})


@pytest.mark.usefixtures("both_engines")
@pytest.mark.parametrize("name", GROWING_TABLES)
def test_what_only_grows_cannot_be_changed_or_taken_away(name: str) -> None:
    with transaction() as session:
        row = fill_every_table(session.connection())[name]
    table = Base.metadata.tables[name]
    with db.engine.connect() as connection:
        for deed, statement in refused_statements(table, row):
            with pytest.raises(DBAPIError, match=REFUSED):
                connection.execute(statement)  # type: ignore[call-overload] # a table of statements
            connection.rollback()
            assert connection.execute(table.select()).one().id == row["id"], deed
            connection.rollback()


@pytest.mark.usefixtures("both_engines")
def test_what_only_grows_can_still_grow() -> None:
    with transaction() as session:
        fill_every_table(session.connection())
        fill_every_table(session.connection())
        counts = {name: number for name, (number, _) in digest_of_tables(session.connection()).items()}
    assert {name: counts[name] for name in GROWING_TABLES} == dict.fromkeys(GROWING_TABLES, 2)


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_keeps_every_row_and_every_foreign_key(empty_database: Flask, revision: str) -> None:
    with empty_database.app_context():
        upgrade(revision=revision)
        with transaction() as session:
            kept = fill_every_table(session.connection())
        upgrade()
        with db.engine.connect() as connection:
            lost = [name for name, (rows, _) in digest_of_tables(connection).items() if name in kept and not rows]
            keys_hold = connection.dialect.name != "sqlite" or connection.execute(text("PRAGMA foreign_keys")).scalar()
    assert not lost
    assert keys_hold


def test_amounts_at_which_somebody_else_approves_become_tiers_that_say_who(empty_database: Flask) -> None:
    with empty_database.app_context():
        upgrade(revision="0001")
        with transaction() as session:
            fill_every_table(session.connection())
            session.execute(text("UPDATE profile_value SET key = 'approval_limits_fen', value = '[100000, 500000]'"))
        upgrade()
        kept = db.session.query(ProfileValue).one()
        tiers = tiers_from_json(json.loads(kept.value))
    assert kept.key == "approval_tiers"
    assert tiers == (
        Tier(100_000, Approver.HEAD), Tier(500_000, Approver.TWO_COMMITTEES, MORE_THAN_HALF),
        Tier(None, Approver.TWO_COMMITTEES, MORE_THAN_HALF),
    )  # fmt: skip


@pytest.mark.usefixtures("both_engines")
def test_upgrading_what_is_at_head_changes_nothing() -> None:
    with transaction() as session:
        fill_every_table(session.connection())
    before = _whole_state()
    upgrade()
    assert _whole_state() == before


def _whole_state() -> object:
    with db.engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        shape = [
            [(column.name, str(column.type), column.nullable) for column in table.columns]
            for table in tables_of(connection)
        ]
        return version, shape, triggers_of(connection), digest_of_tables(connection)


@pytest.mark.usefixtures("both_engines")
def test_foreign_keys_are_held_by_the_connections_the_application_opens() -> None:
    with db.engine.connect() as connection:
        village = next(table for table in tables_of(connection) if table.name == "village")
        orphan = insert(village).values(new_row(village, {"township": {"id": 999_999}}))
        with pytest.raises(IntegrityError):
            connection.execute(orphan)


def test_the_files_of_the_migrations_are_numbered_in_their_order() -> None:
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
