"""The one adapter to the database: SQLite embedded, PostgreSQL at scale, the same code on both."""

from village_open.db.columns import CreatedAt, Fen, Key, Moment, Versioned
from village_open.db.engine import Base, db
from village_open.db.paging import PER_PAGE, WHOLE, Page, list_page
from village_open.db.transactions import WriteOutsideTransaction, hold_lock, transaction

__all__ = [
    "PER_PAGE",
    "WHOLE",
    "Base",
    "CreatedAt",
    "Fen",
    "Key",
    "Moment",
    "Page",
    "Versioned",
    "WriteOutsideTransaction",
    "db",
    "hold_lock",
    "list_page",
    "transaction",
]
