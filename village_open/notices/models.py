"""Frozen disclosures, their files, where they hang, and what a township changes in the catalogue."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Versioned
from village_open.villages.models import NoticeBoard, Township, Village


class Disclosure(Base):
    """What was published: canonical bytes and their hash. Nobody edits or deletes it."""

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("village_id", "kind", "year", "seq"),
        Index("ix_disclosure_village_period", "village_id", "period_code"),
    )

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    kind: Mapped[str] = mapped_column(String(20))
    """finance or affairs."""
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcement.id"), index=True)
    """Of affairs: what was announced."""
    period_code: Mapped[str] = mapped_column(String(7), index=True)
    year: Mapped[int]
    """The year in the number: that of issuing."""
    seq: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    """青山镇李家村〔2026〕财公3号."""
    content: Mapped[str] = mapped_column(Text)
    """The canonical bytes, as UTF-8 text."""
    search_text: Mapped[str] = mapped_column(Text)
    """Village, number and summaries of the content in lower case, one a line: what the public search looks through."""
    papers: Mapped[str] = mapped_column(String(200))
    """The papers that issuing makes, each with its reading distance: `A4-portrait@1500 A3-landscape@2000`."""
    sha256: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(27), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))
    frozen_at: Mapped[CreatedAt]
    village: Mapped[Village] = relationship()
    issue: Mapped["DisclosureIssue | None"] = relationship(viewonly=True)


class DisclosureFile(Base):
    """One PDF of a disclosure, made once; printing again copies it."""

    __tablename__ = "disclosure_file"
    __table_args__ = (UniqueConstraint("disclosure_id", "sheet_kind", "paper"),)

    id: Mapped[Key]
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"))
    sheet_kind: Mapped[str] = mapped_column(String(20))
    """finance_lines or finance_summary."""
    paper: Mapped[str] = mapped_column(String(14))
    """A3-landscape."""
    file_sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    created_at: Mapped[CreatedAt]


class DisclosureIssue(Base):
    """The second transaction of issuing: every file is there, the disclosure is public."""

    __tablename__ = "disclosure_issue"

    id: Mapped[Key]
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), unique=True)
    issued_at: Mapped[CreatedAt]
    disclosure: Mapped[Disclosure] = relationship()


class Posting(Versioned, Base):
    """One sheet on one board: a fact with a photo, not the time of printing."""

    __tablename__ = "posting"

    id: Mapped[Key]
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("notice_board.id"), index=True)
    sheet_kind: Mapped[str] = mapped_column(String(20))
    posted_on: Mapped[date]
    taken_down_on: Mapped[date | None]
    posted_by: Mapped[str] = mapped_column(String(40))
    photo_sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[CreatedAt]
    board: Mapped[NoticeBoard] = relationship()


class LocalItem(Versioned, Base):
    """An item that a township adds to the catalogue; it ends, it is never taken away."""

    __tablename__ = "local_item"
    __table_args__ = (UniqueConstraint("township_id", "key"),)

    id: Mapped[Key]
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    key: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(String(60))
    group: Mapped[str] = mapped_column(String(12))
    frequency: Mapped[str] = mapped_column(String(10))
    days: Mapped[int] = mapped_column(default=0)
    """Of what is told after an event: within how many days."""
    month: Mapped[int] = mapped_column(default=0)
    """Of what is told once a year: the month."""
    posting_days: Mapped[int] = mapped_column(default=0)
    """0: as long as the profile says."""
    basis: Mapped[str] = mapped_column(String(200), default="")
    starts_with: Mapped[str] = mapped_column(String(7))
    ends_with: Mapped[str] = mapped_column(String(7), default="")
    """The last period it holds for; empty: no end."""
    created_at: Mapped[CreatedAt]
    township: Mapped[Township] = relationship()


class ItemException(Versioned, Base):
    """An item that does not apply to a village, with the reason, from and to a period."""

    __tablename__ = "item_exception"

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    item_key: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(200))
    starts_with: Mapped[str] = mapped_column(String(7))
    ends_with: Mapped[str] = mapped_column(String(7), default="")
    """The last period it holds for; empty: no end."""
    created_at: Mapped[CreatedAt]
    village: Mapped[Village] = relationship()
