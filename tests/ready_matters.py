"""Matters of a village in several states, made by the real deeds."""

from datetime import date

from tests.ready_periods import Desk
from village_open.core.canonical import sha256_hex
from village_open.db import db
from village_open.decisions.actions.announcing import sign_announcement
from village_open.decisions.actions.drafting import begin_announcement, submit_announcement
from village_open.decisions.actions.events import KeptPaper, NewEvent, add_event, add_paper
from village_open.decisions.actions.matters import NewMatter, open_matter
from village_open.decisions.actions.meetings import Ballot, Call, call_meeting, record_meeting, record_votes
from village_open.decisions.actions.rosters import NewMember, NewRoster, set_roster
from village_open.decisions.models import (
    Announcement,
    AnnouncementKind,
    EventKind,
    Matter,
    MatterEvent,
    MatterPaper,
    Meeting,
    Origin,
    PaperKind,
    Roster,
)
from village_open.decisions.queries import find_roster
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.votes import Tally
from village_open.reviews.actions import hand_in_paper_signature
from village_open.reviews.models import PaperSignature, Review
from village_open.reviews.rules import Decision
from village_open.storage import keep_file
from village_open.villages.models import Village

STATES = {"2025Q2": "called", "2025Q3": "signing", "2025Q4": "checking"}
"""Under which period the ids of a matter stand in the small world, and how far the matter has come."""
NUMBERS = {Body.PARTY_BRANCH: 5, Body.TWO_COMMITTEES: 9, Body.PARTY_ASSEMBLY: 40}


def make_matters(desk: Desk, *, many: int, picture: bytes) -> None:
    """Make a matter in each state, and rosters; `many` names, events and further matters."""
    representatives = [NewMember(f"代表{number}", "一组", household_count=5) for number in range(many)]
    rosters = [NewRoster(body, date(2026, 1, 5), "换届选举结果", member_count=n) for body, n in NUMBERS.items()]
    rosters.append(NewRoster(Body.REPRESENTATIVE_ASSEMBLY, date(2026, 3, 5), "各组推选", representatives))
    for roster in rosters:
        set_roster(by=desk.clerk, village=desk.village, roster=roster)
    for state in STATES.values():
        bring_matter_to(desk, propose(desk, f"修缮{state}道路"), state, many=many, picture=picture)
    for number in range(many):
        propose(desk, f"其他事项{number}")


def propose(desk: Desk, title: str) -> Matter:
    """Propose a matter that the village decides by 四议两公开."""
    new = NewMatter(
        title=title, type_key="public_works", procedure_key="four", origin=Origin.PEOPLE,
        text="铺水泥路面 960 米", amount_fen=34_560_000,
    )  # fmt: skip
    return open_matter(by=desk.clerk, village=desk.village, matter=new)


def bring_matter_to(desk: Desk, matter: Matter, state: str, *, many: int, picture: bytes) -> None:
    """Take a matter through the deeds of everybody up to a state of STATES."""
    if state == "called":
        call_meeting(by=desk.clerk, matter=matter, call=Call(Body.PARTY_BRANCH, date(2026, 9, 1), "村委会", "李建国"))
        return
    decide(desk, matter, many)
    for number in range(many):
        event = NewEvent(EventKind.BUDGET, date(2026, 9, 20), amount_fen=34_000_000 + number)
        add_event(by=desk.clerk, matter=matter, event=event)
    add_photo(desk, matter, picture)
    row = begin_announcement(by=desk.clerk, matter=matter, kind=AnnouncementKind.RESOLUTION, note="张贴十五日")
    submit_announcement(by=desk.clerk, announcement=row)
    if state == "signing":
        leave_a_signature_on_paper(desk, row, picture)
        return
    for person in desk.overseers[:2]:
        sign_announcement(by=person, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256)


def decide(desk: Desk, matter: Matter, many: int) -> None:
    """Hold every meeting; the deciding one by name, and once before without a quorum."""
    for day, (body, due) in enumerate(NUMBERS.items(), 1):
        meeting = call_meeting(by=desk.clerk, matter=matter, call=Call(body, date(2026, 9, day)))
        tally = Tally(due=None, present=due, agree=due, oppose=0, abstain=0)
        record_meeting(by=desk.clerk, meeting=meeting, tally=tally)
    failed = call_meeting(by=desk.clerk, matter=matter, call=Call(Body.REPRESENTATIVE_ASSEMBLY, date(2026, 9, 10)))
    record_meeting(by=desk.clerk, meeting=failed, tally=Tally(due=None, present=1, agree=1, oppose=0, abstain=0))
    held = call_meeting(by=desk.clerk, matter=matter, call=Call(Body.REPRESENTATIVE_ASSEMBLY, date(2026, 9, 15)))
    roster = find_roster(matter.village_id, Body.REPRESENTATIVE_ASSEMBLY, held.held_on)
    assert roster is not None
    record_votes(by=desk.clerk, meeting=held, ballots={row.id: Ballot(row.id, "agree") for row in roster.members})


def add_photo(desk: Desk, matter: Matter, picture: bytes) -> None:
    """Put a photo of the place before the work to a matter."""
    kept = keep_file(picture)
    own = sha256_hex(f"{matter.village_id}-{matter.id}".encode())
    photo = KeptPaper(PaperKind.BEFORE, kept, kept, own, "image/jpeg", "施工前.jpg")
    add_paper(by=desk.clerk, matter=matter, paper=photo)


def leave_a_signature_on_paper(desk: Desk, announcement: Announcement, picture: bytes) -> None:
    """Leave a signature on paper that waits for its confirmation."""
    review = db.session.query(Review).filter_by(subject=announcement.review_subject).one()
    hand_in_paper_signature(
        review=review, by=desk.clerk, member=desk.overseers[2], decision=Decision.AGREE, photo_sha256=keep_file(picture)
    )


def roster_ids(village: Village) -> dict[str, int]:
    """Look up what addresses can name of a village's rosters."""
    return {"roster_id": db.session.query(Roster).filter_by(village_id=village.id).first().id}  # type: ignore[union-attr] # every village of the small world has one


def ids_of_matters(village: Village) -> dict[str, dict[str, int | str]]:
    """Look up what addresses can name of each matter, by the period under which it stands in the small world."""
    matters = db.session.query(Matter).filter_by(village_id=village.id).order_by(Matter.id)
    return {code: _ids_of(matter) for code, matter in zip(STATES, matters, strict=False)}


def _ids_of(matter: Matter) -> dict[str, int | str]:
    # Year and number are text here: the same number in another village is no row of that village.
    ids: dict[str, int | str] = {"year": str(matter.year), "seq": str(matter.seq)}
    for name, table in (
        ("meeting_id", Meeting), ("event_id", MatterEvent), ("matter_paper_id", MatterPaper),
        ("announcement_id", Announcement),
    ):  # fmt: skip
        row = db.session.query(table).filter_by(matter_id=matter.id).order_by(table.id.desc()).first()
        ids |= {name: row.id} if row else {}
    paper = (
        db.session.query(PaperSignature)
        .join(Review, Review.id == PaperSignature.review_id)
        .filter(Review.subject == f"announcement:{ids.get('announcement_id')}")
        .first()
    )
    # None of these is issued; the posting register of an announcement is asked for an entry that is not there.
    return ids | ({"signature_id": paper.id} if paper else {}) | ({"posting_id": 0} if "announcement_id" in ids else {})
