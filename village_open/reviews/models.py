"""What a group said of a thing; marks, answers, recusals and signatures only grow."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Moment, Versioned
from village_open.identity.models import Person


class Review(Versioned, Base):
    """One group looks at one version of one thing; a thing submitted again gets a new review."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("subject", "group_kind", "round"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    subject: Mapped[str] = mapped_column(String(60))
    """What is looked at, as its room names it: `finance_period:12`."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    """Signatures belong to these bytes and to no others."""
    group_kind: Mapped[str] = mapped_column(String(20))
    """The role of its members: finance_review or supervision."""
    round: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[CreatedAt]
    closed_at: Mapped[Moment | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """As rules.Outcome: empty while open; then signed, refused or withdrawn."""
    roster: Mapped[str] = mapped_column(Text, default="")
    """JSON of the members on the day it ended: names are snapshots, later elections change nothing."""


class ReviewMark(Base):
    """One member's word on one line; a later mark stands above an earlier one, both stay."""

    __tablename__ = "review_mark"
    __table_args__ = (Index("ix_review_mark_review_item", "review_id", "item_key"),)

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    item_key: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[CreatedAt]


class ReviewAnswer(Base):
    """The answer of the one who entered to a mark."""

    __tablename__ = "review_answer"

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    item_key: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    mark_id: Mapped[int] = mapped_column(ForeignKey("review_mark.id"))
    """The latest mark it answers: order comes from here, clocks are claims."""
    at: Mapped[CreatedAt]


class Recusal(Base):
    """A member steps aside for one line or for the whole; the quorum is computed without them."""

    __tablename__ = "review_recusal"
    __table_args__ = (UniqueConstraint("review_id", "person_id", "item_key"),)

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    item_key: Mapped[str] = mapped_column(String(30), default="")
    """Empty: the whole."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who leads in place of a leader that steps aside, by the group's choice."""
    replaced_by_name: Mapped[str] = mapped_column(String(40), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """The member, or another one who writes down that a barred member has to step aside."""
    at: Mapped[CreatedAt]


class ReviewSignature(Base):
    """A member's signature on the whole, through the account or on paper."""

    __tablename__ = "review_signature"
    __table_args__ = (UniqueConstraint("review_id", "person_id"),)

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    is_leader: Mapped[bool]
    decision: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    paper_sha256: Mapped[str] = mapped_column(String(64), default="")
    """The photo of the signed page, when signed on paper."""
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by_name: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[CreatedAt]


class PaperSignature(Versioned, Base):
    """A signature on paper that waits until another group member or a township witness confirms it."""

    __tablename__ = "paper_signature"

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(40))
    decision: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    photo_sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(30), default="image/jpeg")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_by_name: Mapped[str] = mapped_column(String(40))
    settled: Mapped[str] = mapped_column(String(10), default="")
    """Empty: waiting; confirmed or refused."""
    settled_by_name: Mapped[str] = mapped_column(String(40), default="")
    settled_reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[CreatedAt]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
