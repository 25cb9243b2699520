"""A matter, the versions of what is proposed, what happened outside its meetings, and its papers."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Fen, Key, Versioned
from village_open.decisions.rules.bodies import Purpose
from village_open.decisions.rules.matters import MatterType, Procedure, Step, matter_types, procedures
from village_open.villages.models import Village


class Matter(Versioned, Base):
    """Something a village decides, from the proposal to the published result."""

    __tablename__ = "matter"
    __table_args__ = (
        UniqueConstraint("village_id", "year", "seq"),
        Index("ix_matter_village_step", "village_id", "step"),
    )

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    year: Mapped[int]
    seq: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    type_key: Mapped[str] = mapped_column(String(20))
    procedure_key: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(24), default="")
    origin: Mapped[str] = mapped_column(String(10))
    acts_for_collective: Mapped[bool] = mapped_column(default=False)
    """The village committee acts for the economic organisation (代行)."""
    collective_item: Mapped[int | None]
    """The item of 农村集体经济组织法 article 26, where the organisation decides."""
    group_name: Mapped[str] = mapped_column(String(40), default="")
    amount_fen: Mapped[Fen | None]
    """Of the text that holds now."""
    text_version: Mapped[int] = mapped_column(default=1)
    step: Mapped[str] = mapped_column(String(20))
    """The key of the step that is due; empty when every step is done."""
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[CreatedAt]
    village: Mapped[Village] = relationship()

    @property
    def reference(self) -> str:
        """How the matter is called in lists: `2026-3`."""
        return f"{self.year}-{self.seq}"

    @property
    def type(self) -> MatterType:
        """What kind of matter it is."""
        return matter_types()[self.type_key]

    @property
    def procedure(self) -> Procedure:
        """The steps it runs through."""
        return procedures()[self.procedure_key]

    @property
    def voted_as(self) -> Purpose:
        """What the law calls the vote."""
        return Purpose(self.purpose)

    @property
    def step_due(self) -> Step | None:
        """The step that is due, or None when all are done."""
        return self.procedure.step(self.step) if self.step else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was given up."""
        return bool(self.withdrawn_reason)


class MatterText(Base):
    """One version of what is proposed; a vote belongs to one version, so that versions only grow."""

    __tablename__ = "matter_text"
    __table_args__ = (UniqueConstraint("matter_id", "version"),)

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[Fen | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[CreatedAt]


class MatterEvent(Versioned, Base):
    """A step of the tender or of carrying out: a day, people, an amount, papers."""

    __tablename__ = "matter_event"

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    until: Mapped[date | None]
    party: Mapped[str] = mapped_column(String(80), default="", index=True)
    """The bidder, the winner, the contractor."""
    amount_fen: Mapped[Fen | None]
    people: Mapped[str] = mapped_column(String(200), default="")
    """Who took part: opened bids, accepted the work."""
    note: Mapped[str] = mapped_column(Text, default="")
    struck_reason: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]


class MatterPaper(Base):
    """A photo or scan that belongs to a matter, to one of its meetings, or to one of its events."""

    __tablename__ = "matter_paper"

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("matter_event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_sha256: Mapped[str] = mapped_column(String(64))
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    thumb_sha256: Mapped[str] = mapped_column(String(64), default="")
    media_type: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    is_removed: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
