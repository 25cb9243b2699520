"""The record's one table; the database refuses UPDATE and DELETE on it."""

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from village_open.db import Base, Key, Moment


class RecordEntry(Base):
    """One deed. `body` is the canonical JSON that is hashed; the other columns repeat it for reading."""

    __tablename__ = "record_entry"
    __table_args__ = (
        UniqueConstraint("chain", "seq"),
        CheckConstraint("seq >= 1", name="seq_from_one"),
    )

    id: Mapped[Key]
    chain: Mapped[str] = mapped_column(String(20), index=True)
    """The 12-digit code of the village, or the 9-digit code of the township."""
    seq: Mapped[int]
    prev: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[Moment]
    actor_id: Mapped[int]
    actor_name: Mapped[str] = mapped_column(String(60))
    said: Mapped[str] = mapped_column(Text)
    """The deed as one Chinese sentence without its subject: names are snapshots."""
    body: Mapped[str] = mapped_column(Text)
