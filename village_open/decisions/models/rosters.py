"""Who belongs to a body; rosters only grow."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key


class Roster(Base):
    """Who belongs to a body from a day on; a later roster of the same body takes its place."""

    __tablename__ = "roster"
    __table_args__ = (Index("ix_roster_village_body", "village_id", "body", "starts_on"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    body: Mapped[str] = mapped_column(String(30))
    group_name: Mapped[str] = mapped_column(String(40), default="")
    """Of a villagers' group: which one."""
    starts_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(120))
    """By which meeting or paper these are the members."""
    member_count: Mapped[int]
    household_count: Mapped[int | None]
    women_count: Mapped[int | None]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    members: Mapped[list["RosterMember"]] = relationship(order_by="RosterMember.number", viewonly=True)


class RosterMember(Base):
    """One name on a roster; a roster may also hold nothing but its number of members."""

    __tablename__ = "roster_member"
    __table_args__ = (UniqueConstraint("roster_id", "number"),)

    id: Mapped[Key]
    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    group_name: Mapped[str] = mapped_column(String(40), default="")
    is_woman: Mapped[bool] = mapped_column(default=False)
    household_count: Mapped[int] = mapped_column(default=0)
    """How many households a representative speaks for."""
