"""Alembic's door: the same migrations on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app
from sqlalchemy import text

import village_open.decisions.models
import village_open.finance.models
import village_open.identity.models
import village_open.notices.models
import village_open.record.models
import village_open.registers.models
import village_open.reviews.models
import village_open.villages.models  # noqa: F401 - every room's tables must be known here
from village_open.db import Base, db


def plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as SQLAlchemy's own, so that a migration never depends on the application."""
    return "sa.DateTime()" if kind == "type" and type(item).__name__ == "UtcMoment" else False


def run() -> None:
    """Run the migrations; on SQLite foreign keys rest meanwhile and are checked after."""
    db.session.rollback()
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_types,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                connection.rollback()
                raise RuntimeError(f"升级后外键不成立，已经回退：{broken[:5]}")
        connection.commit()
        if sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if current_app:
    run()
