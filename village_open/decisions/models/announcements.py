"""What is made public: of a matter, or of a whole period on the board."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import Base, CreatedAt, Key, Moment, Versioned
from village_open.decisions.models.matters import Matter
from village_open.decisions.models.words import AnnouncementKind, AnnouncementState
from village_open.villages.models import Village


class Announcement(Versioned, Base):
    """What is made public of a matter or of a period: examined by the oversight group, issued by the township."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_village_period", "village_id", "period_code"),)

    id: Mapped[Key]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    """None where it is of a period."""
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    period_code: Mapped[str] = mapped_column(String(7), default="")
    """Of the board: which period it tells of; empty where it is of a matter."""
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    """Of a notice or a resolution: which meeting."""
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(10), default=AnnouncementState.DRAFT.value)
    round: Mapped[int] = mapped_column(default=0)
    content_sha256: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    """What the clerk adds in words."""
    return_reason: Mapped[str] = mapped_column(Text, default="")
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[Moment | None]
    privacy_checked_by: Mapped[str] = mapped_column(String(40), default="")
    privacy_checked_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt]
    matter: Mapped[Matter | None] = relationship()
    village: Mapped[Village] = relationship()

    @property
    def is_board(self) -> bool:
        """Whether it tells of a period, register by register, not of a matter."""
        return self.kind == AnnouncementKind.BOARD

    @property
    def review_subject(self) -> str:
        """The name under which the reviews room knows it."""
        return f"announcement:{self.id}"

    @property
    def stage(self) -> AnnouncementState:
        """The state as an enum."""
        return AnnouncementState(self.state)

    @property
    def label(self) -> str:
        """What it is."""
        return AnnouncementKind(self.kind).label

    @property
    def about(self) -> str:
        """What it is about: the matter's title, or the period."""
        return self.matter.title if self.matter is not None else self.period.label

    @property
    def name(self) -> str:
        """How the record calls it."""
        if self.matter is None:
            return f"{self.period.label}{self.label}"
        return f"事项 {self.matter.reference}“{self.matter.title}”的{self.label}"

    def tells_result_of(self, meeting_id: int) -> bool:
        """Tell whether it is public and says how a meeting decided."""
        is_result = self.kind in (AnnouncementKind.RESOLUTION, AnnouncementKind.LEVY_PLAN)
        return is_result and self.meeting_id == meeting_id and self.stage is AnnouncementState.ISSUED

    @property
    def period(self) -> Period:
        """The period it tells of, or the quarter in which it was begun: under this it is found in the public pages."""
        return Period.parse(self.period_code) if self.period_code else Period.of(clock.china_day(self.created_at))


class AnnouncementSection(Base):
    """One item of the catalogue on the board of a period: with its rows, its words, or the statement of nothing."""

    __tablename__ = "announcement_section"
    __table_args__ = (UniqueConstraint("announcement_id", "item_key"),)

    id: Mapped[Key]
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    item_key: Mapped[str] = mapped_column(String(16))
    is_nothing: Mapped[bool] = mapped_column(default=False)
    """Said by the clerk and signed by the group: there is nothing this period."""
    note: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
