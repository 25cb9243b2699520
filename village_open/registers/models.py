"""The rows of every register; which columns a register has stands in its declaration."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Versioned
from village_open.villages.models import Village


class RegisterRow(Versioned, Base):
    """One row of a register in one period; what goes on is carried into the next period as a row of its own."""

    __tablename__ = "register_row"
    __table_args__ = (Index("ix_register_row_place", "village_id", "period_code", "register", "position"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    period_code: Mapped[str] = mapped_column(String(7))
    register: Mapped[str] = mapped_column(String(24))
    """The key of its declaration."""
    position: Mapped[int]
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By the key of the column: text as str, money in fen, numbers in thousandths and days as ISO text."""
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("register_row.id"))
    """The row of an earlier period whose closing is this one's opening."""
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    village: Mapped[Village] = relationship()
