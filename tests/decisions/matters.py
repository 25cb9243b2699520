"""Plain functions that take a matter through the real deeds; call them inside `transaction()`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.ready_periods import Desk
from village_open.decisions.actions.announcing import check_announcement, publish_announcement, sign_announcement
from village_open.decisions.actions.drafting import begin_announcement, submit_announcement
from village_open.decisions.actions.events import NewEvent, add_event
from village_open.decisions.actions.matters import NewMatter, open_matter
from village_open.decisions.actions.meetings import Call, call_meeting, record_meeting
from village_open.decisions.actions.rosters import NewMember, NewRoster, set_roster
from village_open.decisions.around import NOTHING_ABOVE, Surroundings
from village_open.decisions.contents import announcement_sha256, build_announcement
from village_open.decisions.models import Announcement, AnnouncementKind, EventKind, Matter, Meeting, Origin, Roster
from village_open.decisions.queries import find_roster_on
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import DECIDE
from village_open.decisions.rules.order import Happened
from village_open.decisions.rules.votes import Tally
from village_open.reviews.rules import Decision

NOW = datetime(2026, 10, 8, 2, tzinfo=UTC)
"""A day after everything that the defaults below tell of."""
FIRST_DAY = date(2026, 9, 1)
SIZES = {
    Body.PARTY_BRANCH: 5, Body.TWO_COMMITTEES: 9, Body.JOINT_MEETING: 12, Body.PARTY_ASSEMBLY: 40,
    Body.VILLAGER_ASSEMBLY: 900, Body.REPRESENTATIVE_ASSEMBLY: 42, Body.MEMBER_ASSEMBLY: 600,
    Body.MEMBER_REPRESENTATIVES: 42, Body.BOARD: 5,
}  # fmt: skip
NAMES = ("王桂花", "赵铁柱", "周小满", "吴大山", "郑春兰", "冯长河")


def make_rosters(desk: Desk, sizes: dict[Body, int] = SIZES, **more: object) -> list[Roster]:
    """Enter how many belong to each body since the beginning of the year."""
    return [
        set_roster(
            by=desk.clerk, village=desk.village,
            roster=NewRoster(body, date(2026, 1, 5), "换届选举结果", member_count=size, **more),
        )
        for body, size in sizes.items()
    ]  # fmt: skip


def make_named_roster(
    desk: Desk, names: Sequence[str] = NAMES, *, body: Body = Body.REPRESENTATIVE_ASSEMBLY,
    starts_on: date = date(2026, 3, 5), households: int = 20, group_name: str = "",
) -> Roster:  # fmt: skip
    """Enter a body by name; every second one is a woman."""
    members = [NewMember(name, "一组", number % 2 == 0, households) for number, name in enumerate(names)]
    roster = NewRoster(body, starts_on, "2026年3月5日各组推选", members, group_name=group_name)
    return set_roster(by=desk.clerk, village=desk.village, roster=roster)


def propose(desk: Desk, **changed: object) -> Matter:
    """Propose to repair a road with collective money."""
    road = {
        "title": "修缮三组道路", "type_key": "public_works", "procedure_key": "four", "origin": Origin.PEOPLE,
        "text": "铺水泥路面 960 米，宽 3.5 米", "amount_fen": 34_560_000,
    }  # fmt: skip
    return open_matter(by=desk.clerk, village=desk.village, matter=NewMatter(**{**road, **changed}))


def call(desk: Desk, matter: Matter, body: Body | None = None, on: date = FIRST_DAY, **more: object) -> Meeting:
    """Call the body that is due, two weeks ahead."""
    body = body or matter.procedure.step(matter.step).bodies[0]
    about = {"place": "村委会会议室", "convener": "李建国", "noticed_on": on - timedelta(days=14), **more}
    return call_meeting(by=desk.clerk, matter=matter, call=Call(body, on, **about))


def hold(
    desk: Desk, matter: Matter, body: Body | None = None, on: date = FIRST_DAY, *, agree: int | None = None,
    oppose: int = 0, abstain: int = 0, **more: object,
) -> Meeting:  # fmt: skip
    """Hold a meeting of the body that is due; without counts everybody comes and agrees."""
    meeting = call(desk, matter, body, on)
    known = find_roster_on(matter.village_id, meeting.body_meeting, on, group_name=group_of(meeting))
    yes = (known.member_count if known else 12) if agree is None else agree
    counted = {
        "due": None, "present": yes + oppose + abstain, "agree": yes, "oppose": oppose, "abstain": abstain,
        "households_present": known.household_count if known else None,
    }  # fmt: skip
    record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(**{**counted, **more}))
    return meeting


def group_of(meeting: Meeting) -> str:
    """Name the group whose roster a meeting goes by."""
    return meeting.matter.group_name if meeting.body_meeting is Body.GROUP_ASSEMBLY else ""


def bring_to_vote(desk: Desk, matter: Matter) -> Matter:
    """Hold every meeting before the deciding one, a day after another."""
    for number, step in enumerate(matter.procedure.steps):
        if step.key == DECIDE:
            break
        hold(desk, matter, on=date(2026, 9, 1 + number))
    return matter


def decide(
    desk: Desk, matter: Matter, body: Body | None = None, on: date = date(2026, 9, 10), **counts: int
) -> Meeting:
    """Let the deciding body vote; without counts everybody agrees."""
    return hold(desk, matter, body, on, **counts)


def happen(desk: Desk, matter: Matter, kind: EventKind, on: date = date(2026, 9, 28), **more: object):
    """Write down an event with what its kind needs."""
    hangs = kind in (EventKind.TENDER_NOTICE, EventKind.AWARD_NOTICE)
    about = {"party": "恒达建筑公司", "amount_fen": 34_000_000, "people": "李建国、王桂花"}
    about |= {"until": on} if hangs else {}
    return add_event(by=desk.clerk, matter=matter, event=NewEvent(kind, on, **{**about, **more}))


def announce(
    desk: Desk, matter: Matter, kind: AnnouncementKind = AnnouncementKind.RESOLUTION, *,
    meeting: Meeting | None = None, payments: Sequence[Happened] = (),
) -> Announcement:  # fmt: skip
    """Begin an announcement and hand it to the oversight group."""
    row = begin_announcement(by=desk.clerk, matter=matter, kind=kind, meeting=meeting)
    submit_announcement(by=desk.clerk, announcement=row, around=paid_by(payments))
    return row


def paid_by(payments: Sequence[Happened]) -> Surroundings:
    """Let the ledger have paid these."""
    return replace(NOTHING_ABOVE, list_payments=lambda _matter_id: payments)


def sign(desk: Desk, row: Announcement, *numbers: int, decision: Decision = Decision.AGREE, note: str = "") -> None:
    """Let members of the oversight group sign what they see today; without numbers the leader and the second."""
    for number in numbers or (0, 1):
        shown = announcement_sha256(build_announcement(row))
        sign_announcement(
            by=desk.overseers[number], announcement=row, decision=decision, note=note, content_sha256=shown
        )


def issue(desk: Desk, row: Announcement, number: str = "青山镇李家村〔2026〕决公1号") -> Announcement:
    """Take a submitted announcement through the group and the township."""
    sign(desk, row)
    check_announcement(by=desk.officer, announcement=row)
    publish_announcement(by=desk.officer, announcement=row, number=number)
    return row
