"""Reading matters, meetings, rosters and events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from village_open.db import Page, db, list_page
from village_open.decisions.errors import (
    AnnouncementNotFound,
    EventNotFound,
    MatterNotFound,
    MeetingNotFound,
    PaperNotFound,
)
from village_open.decisions.models import (
    Announcement,
    AnnouncementKind,
    AnnouncementSection,
    AnnouncementState,
    EventKind,
    Matter,
    MatterEvent,
    MatterPaper,
    MatterText,
    Meeting,
    MeetingVote,
    Roster,
)
from village_open.decisions.rules.bodies import Body, BodyRule, rule_of
from village_open.decisions.rules.matters import ANNOUNCE, ANNOUNCE_RESULT, CARRY_OUT, DECIDE
from village_open.villages.models import Village


@dataclass(frozen=True)
class RosterOnDay:
    """How many belonged to a body on a day; the names stand on the roster."""

    roster_id: int
    member_count: int
    household_count: int | None
    women_count: int | None
    source: str


def get_matter(village_code: str, year: int, seq: int) -> Matter:
    """Return a matter of a village by year and number.

    Raises:
        MatterNotFound: there is none.
    """
    query = select(Matter).join(Village).where(Village.code == village_code, Matter.year == year, Matter.seq == seq)
    found = db.session.scalar(query)
    if found is None:
        raise MatterNotFound
    return found


def list_matters(village_id: int, *, page: int = 1) -> Page[Matter]:
    """List a village's matters, the latest first."""
    query = select(Matter).where(Matter.village_id == village_id).order_by(Matter.year.desc(), Matter.seq.desc())
    return list_page(query, number=page)


def next_seq(village_id: int, year: int) -> int:
    """Return the number of the village's next matter in a year."""
    query = select(func.max(Matter.seq)).where(Matter.village_id == village_id, Matter.year == year)
    return (db.session.scalar(query) or 0) + 1


def list_texts(matter: Matter) -> Sequence[MatterText]:
    """List the versions of what is proposed, the first first."""
    return db.session.scalars(
        select(MatterText).where(MatterText.matter_id == matter.id).order_by(MatterText.version)
    ).all()


def list_texts_of(matter_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return what several matters propose, by matter and version: one query."""
    rows = db.session.scalars(select(MatterText).where(MatterText.matter_id.in_(list(matter_ids))))
    return {(row.matter_id, row.version): row.text for row in rows}


def get_text(matter: Matter, version: int | None = None) -> MatterText:
    """Return one version of what is proposed, or the one that holds now."""
    wanted = version or matter.text_version
    query = select(MatterText).where(MatterText.matter_id == matter.id, MatterText.version == wanted)
    return db.session.scalars(query).one()


def list_meetings(matter: Matter) -> Sequence[Meeting]:
    """List the meetings about a matter in the order in which they were entered, struck ones too."""
    return db.session.scalars(select(Meeting).where(Meeting.matter_id == matter.id).order_by(Meeting.id)).all()


def get_meeting(matter: Matter, meeting_id: int) -> Meeting:
    """Return a meeting about a matter.

    Raises:
        MeetingNotFound: the matter has none of this id.
    """
    found = db.session.get(Meeting, meeting_id)
    if found is None or found.matter_id != matter.id:
        raise MeetingNotFound
    return found


def list_votes(meeting: Meeting) -> Sequence[MeetingVote]:
    """List the named votes of a meeting in the order of the roster."""
    query = select(MeetingVote).where(MeetingVote.meeting_id == meeting.id)
    return db.session.scalars(query.order_by(MeetingVote.roster_member_id)).all()


def list_events(matter: Matter) -> Sequence[MatterEvent]:
    """List what happened outside the meetings, by day; struck ones too."""
    query = select(MatterEvent).where(MatterEvent.matter_id == matter.id)
    return db.session.scalars(query.order_by(MatterEvent.on, MatterEvent.id)).all()


def is_accepted(matter: Matter) -> bool:
    """Tell whether the work was accepted."""
    return any(row.kind == EventKind.ACCEPTANCE and not row.struck_reason for row in list_events(matter))


def done_steps(matter: Matter) -> frozenset[str]:
    """Return which steps after the vote are done: the decision that passed published, the work accepted, the result."""
    passed = {row.id for row in list_meetings(matter) if row.has_passed and row.step_key == DECIDE}
    issued = [row for row in list_announcements(matter) if row.stage is AnnouncementState.ISSUED]
    done = {
        ANNOUNCE: any(row.tells_result_of(meeting_id) for row in issued for meeting_id in passed),
        CARRY_OUT: is_accepted(matter),
        ANNOUNCE_RESULT: any(row.kind == AnnouncementKind.RESULT for row in issued),
    }
    return frozenset(step for step, is_done in done.items() if is_done)


def get_event(matter: Matter, event_id: int) -> MatterEvent:
    """Return an event of a matter.

    Raises:
        EventNotFound: the matter has none of this id.
    """
    found = db.session.get(MatterEvent, event_id)
    if found is None or found.matter_id != matter.id:
        raise EventNotFound
    return found


def list_matter_papers(matter: Matter) -> Sequence[MatterPaper]:
    """List the photos and scans of a matter that were not taken out."""
    query = select(MatterPaper).where(MatterPaper.matter_id == matter.id, MatterPaper.is_removed.is_(False))
    return db.session.scalars(query.order_by(MatterPaper.id)).all()


def get_paper(village_code: str, paper_id: int) -> MatterPaper:
    """Return a photo or scan of a village.

    Raises:
        PaperNotFound: the village has none of this id.
    """
    query = select(MatterPaper).join(Village, Village.id == MatterPaper.village_id)
    found = db.session.scalar(query.where(MatterPaper.id == paper_id, Village.code == village_code))
    if found is None:
        raise PaperNotFound
    return found


def list_announcements(matter: Matter) -> Sequence[Announcement]:
    """List what is or was announced of a matter, in order."""
    query = select(Announcement).where(Announcement.matter_id == matter.id)
    return db.session.scalars(query.order_by(Announcement.id)).all()


def find_roster(village_id: int, body: Body, on: date, *, group_name: str = "") -> Roster | None:
    """Return the roster of a body that holds on a day, or None."""
    query = (
        select(Roster)
        .where(Roster.village_id == village_id, Roster.body == body.value, Roster.group_name == group_name)
        .where(Roster.starts_on <= on)
        .order_by(Roster.starts_on.desc(), Roster.id.desc())
    )
    return db.session.scalars(query.limit(1)).first()


def find_roster_on(village_id: int, body: Body, on: date, *, group_name: str = "") -> RosterOnDay | None:
    """Return how many belonged to a body on a day, or None where no roster is known."""
    found = find_roster(village_id, body, on, group_name=group_name)
    if found is None:
        return None
    return RosterOnDay(found.id, found.member_count, found.household_count, found.women_count, found.source)


def list_rosters(village_id: int, *, page: int = 1) -> Page[Roster]:
    """List the rosters of a village, the latest first."""
    query = select(Roster).where(Roster.village_id == village_id)
    return list_page(query.order_by(Roster.starts_on.desc(), Roster.id.desc()), number=page)


def rule_for(matter: Matter, body: Body) -> BodyRule:
    """Return how a body decides this matter at its place."""
    return rule_of(
        body, matter.voted_as, place=matter.village.township.jurisdiction,
        acts_for_collective=matter.acts_for_collective,
    )  # fmt: skip


def list_meetings_of(matter_ids: Iterable[int]) -> dict[int, list[Meeting]]:
    """List the meetings of several matters in one query, by matter."""
    found: dict[int, list[Meeting]] = {}
    query = select(Meeting).where(Meeting.matter_id.in_(list(matter_ids))).order_by(Meeting.id)
    for row in db.session.scalars(query):
        found.setdefault(row.matter_id, []).append(row)
    return found


def get_announcement(village_code: str, announcement_id: int) -> Announcement:
    """Return an announcement of a village.

    Raises:
        AnnouncementNotFound: the village has none of this id.
    """
    query = select(Announcement).join(Village, Village.id == Announcement.village_id)
    found = db.session.scalar(query.where(Announcement.id == announcement_id, Village.code == village_code))
    if found is None:
        raise AnnouncementNotFound
    return found


def list_recent_matters(village_id: int) -> Sequence[Matter]:
    """List the latest hundred matters of a village that were not given up, the latest first: those to choose from."""
    query = select(Matter).where(Matter.village_id == village_id, Matter.withdrawn_reason == "")
    return db.session.scalars(query.order_by(Matter.year.desc(), Matter.seq.desc()).limit(100)).all()


def find_matter_of(village_id: int, matter_id: int) -> Matter | None:
    """Return a matter of a village by its id, or None."""
    return db.session.scalar(select(Matter).where(Matter.id == matter_id, Matter.village_id == village_id))


def find_draft_board(village_id: int, period_code: str) -> Announcement | None:
    """Return the board of a period that lies with the clerk, or None."""
    query = select(Announcement).where(
        Announcement.village_id == village_id, Announcement.period_code == period_code,
        Announcement.kind == AnnouncementKind.BOARD.value, Announcement.state == AnnouncementState.DRAFT.value,
    )  # fmt: skip
    return db.session.scalars(query.order_by(Announcement.id)).first()


def list_sections(announcement: Announcement) -> Sequence[AnnouncementSection]:
    """List what the board of a period tells of."""
    query = select(AnnouncementSection).where(AnnouncementSection.announcement_id == announcement.id)
    return db.session.scalars(query.order_by(AnnouncementSection.id)).all()


def list_sections_on_the_way(village_id: int, period_code: str) -> Sequence[AnnouncementSection]:
    """List what is on boards of a period that were submitted and are not issued."""
    query = (
        select(AnnouncementSection)
        .join(Announcement, Announcement.id == AnnouncementSection.announcement_id)
        .where(Announcement.village_id == village_id, Announcement.period_code == period_code)
        .where(Announcement.state.in_((AnnouncementState.SUBMITTED.value, AnnouncementState.EXAMINED.value)))
    )
    return db.session.scalars(query).all()
