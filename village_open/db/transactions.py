"""Where a deed begins and ends: one transaction, opened by a view or a command, never by an action."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from village_open.core.errors import EditConflict
from village_open.db.engine import WRITES, db


class WriteOutsideTransaction(RuntimeError):
    """Code tried to write without `with transaction()`; a GET never writes."""


class ChangedMeanwhile(EditConflict):
    """Two people saved the same row; the first one stands."""

    def __init__(self) -> None:
        super().__init__("刚才有别人先保存了同一份内容，您的这次保存没有生效。请对照最新内容后再保存。")


@contextmanager
def transaction() -> Iterator[Session]:
    """Run one deed: all of it is kept, or nothing.

    What was read before is read again, because the read ends before the write begins.

    Raises:
        ChangedMeanwhile: a row that this deed changes was changed by somebody else first.
    """
    session = db.session()
    session.rollback()
    session.info[WRITES] = True
    try:
        session.connection(execution_options={WRITES: True})
        yield session
        session.commit()
    except StaleDataError as stale:
        session.rollback()
        raise ChangedMeanwhile from stale
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[WRITES] = False


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    if not session.info.get(WRITES) and (session.new or session.dirty or session.deleted):
        raise WriteOutsideTransaction("写数据库必须在 with transaction() 之内。")


def hold_lock(name: str) -> None:
    """Let one writer at a time pass for this name until the transaction ends (SQLite has one writer anyway)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})
