"""What is made public of a matter."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import Base, CreatedAt, Key, Moment, Versioned
from village_open.decisions.models.matters import Matter
from village_open.decisions.models.words import AnnouncementKind, AnnouncementState
from village_open.villages.models import Village


class Announcement(Versioned, Base):
    """What is made public of a matter: examined by the oversight group, checked and issued by the township."""

    __tablename__ = "announcement"

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
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
    matter: Mapped[Matter] = relationship()
    village: Mapped[Village] = relationship()

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

    def tells_result_of(self, meeting_id: int) -> bool:
        """Tell whether it is public and says how a meeting decided."""
        is_result = self.kind in (AnnouncementKind.RESOLUTION, AnnouncementKind.LEVY_PLAN)
        return is_result and self.meeting_id == meeting_id and self.stage is AnnouncementState.ISSUED

    @property
    def period(self) -> Period:
        """The quarter in which it was begun: under this it is found in the public pages."""
        return Period.of(clock.china_day(self.created_at))
