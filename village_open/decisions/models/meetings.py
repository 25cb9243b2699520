"""Meetings and their named votes."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Versioned
from village_open.decisions.models.matters import Matter
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.votes import Outcome, Tally


class Meeting(Versioned, Base):
    """One meeting about a matter: planned, then held and counted; a failed one stays."""

    __tablename__ = "meeting"

    id: Mapped[Key]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    step_key: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(30))
    text_version: Mapped[int]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(80), default="")
    convener: Mapped[str] = mapped_column(String(40), default="")
    noticed_on: Mapped[date | None]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    """Called at short notice, where the law allows it."""
    is_held: Mapped[bool] = mapped_column(default=False)
    due: Mapped[int | None]
    present: Mapped[int | None]
    agree: Mapped[int | None]
    oppose: Mapped[int | None]
    abstain: Mapped[int | None]
    recused: Mapped[int] = mapped_column(default=0)
    recused_names: Mapped[str] = mapped_column(String(200), default="")
    by_proxy: Mapped[int] = mapped_column(default=0)
    households_due: Mapped[int | None]
    households_present: Mapped[int | None]
    women_due: Mapped[int | None]
    women_present: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(12), default="")
    """As rules.votes.Outcome; empty until it is held."""
    words: Mapped[str] = mapped_column(Text, default="")
    """The arithmetic as it was told on the day it was recorded."""
    basis: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    township_witness: Mapped[str] = mapped_column(String(80), default="")
    """Who came from the township, with the office they hold."""
    struck_reason: Mapped[str] = mapped_column(Text, default="")
    """Recorded by mistake: it stays, and no longer counts."""
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    matter: Mapped[Matter] = relationship()

    @property
    def tally(self) -> Tally:
        """What was counted."""
        return Tally(
            due=self.due, present=self.present, agree=self.agree, oppose=self.oppose, abstain=self.abstain,
            recused=self.recused, by_proxy=self.by_proxy, households_due=self.households_due,
            households_present=self.households_present, women_due=self.women_due, women_present=self.women_present,
        )  # fmt: skip

    @property
    def body_meeting(self) -> Body:
        """Who met."""
        return Body(self.body)

    @property
    def counts(self) -> bool:
        """Whether it was held and not struck."""
        return self.is_held and not self.struck_reason

    @property
    def is_awaited(self) -> bool:
        """Whether it is called and not held yet."""
        return not self.is_held and not self.struck_reason

    @property
    def has_passed(self) -> bool:
        """Whether it counts and the vote passed."""
        return self.counts and self.outcome == Outcome.PASSED

    @property
    def outcome_label(self) -> str:
        """The outcome in words; empty until it is held."""
        return Outcome(self.outcome).label if self.outcome else ""


class MeetingVote(Base):
    """One named vote of a meeting, from the roster."""

    __tablename__ = "meeting_vote"
    __table_args__ = (UniqueConstraint("meeting_id", "roster_member_id"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    roster_member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"))
    name: Mapped[str] = mapped_column(String(40))
    vote: Mapped[str] = mapped_column(String(8))
    """agree, oppose, abstain, absent or recused."""
    is_by_proxy: Mapped[bool] = mapped_column(default=False)
