"""What the demo's villages decide: a road from the proposal to the result, another before the oversight group."""

from datetime import date

from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.db import transaction
from village_open.decisions.actions.announcing import check_announcement, sign_announcement
from village_open.decisions.actions.drafting import begin_announcement, submit_announcement
from village_open.decisions.actions.events import KeptPaper, NewEvent, add_event, add_paper
from village_open.decisions.actions.group_signing import hand_in_paper_signature
from village_open.decisions.actions.matters import NewMatter, open_matter
from village_open.decisions.actions.meetings import Ballot, Call, Minutes, call_meeting, record_meeting, record_votes
from village_open.decisions.actions.rosters import NewMember, NewRoster, set_roster
from village_open.decisions.models import Announcement, AnnouncementKind, EventKind, Matter, Origin, PaperKind
from village_open.decisions.queries import find_roster, list_matters
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.votes import Tally
from village_open.demo.paper import drawn_page
from village_open.demo.people import Cast, VillagePeople
from village_open.demo.roster import person_name
from village_open.notices.actions.issue import begin_issue, rehearsal_sha256
from village_open.notices.affairs import build_affairs
from village_open.notices.issuing import finish_disclosure
from village_open.notices.subjects import AnnouncementSubject
from village_open.reviews.rules import Decision
from village_open.storage import keep_file

ROAD = NewMatter(
    title="硬化三组入户路", type_key="public_works", procedure_key="four", origin=Origin.PEOPLE, amount_fen=8_640_000,
    text="硬化三组入户路 240 米，宽 3 米，厚 15 厘米。\n资金从村集体经营收入支付，不向村民筹资。",
)  # fmt: skip
LIGHTS = NewMatter(
    title="安装路灯", type_key="public_works", procedure_key="four", origin=Origin.CADRES, amount_fen=2_100_000,
    text="在文化广场和二组路口安装太阳能路灯 14 盏。",
)  # fmt: skip
ROSTERS_FROM = date(2026, 1, 6)
SIZES = {Body.PARTY_BRANCH: 3, Body.TWO_COMMITTEES: 5, Body.PARTY_ASSEMBLY: 27}
REPRESENTATIVES = 21
FINISHED_IN, AWAITED_IN = "李家村", "黄泥岗村"
"""Where the road is built and lights are proposed, and where the oversight group has a resolution before it."""


def decide_matters(cast: Cast) -> None:
    """Live through the matters; the resolution of the road is issued, its result waits for the township's check."""
    for people in cast.villages:
        if people.place.name == FINISHED_IN:
            disclosure_id = _build_road(cast, people)
            finish_disclosure(disclosure_id)
            _accept_road(people)
        elif people.place.name == AWAITED_IN:
            with transaction():
                set_rosters(people)
                matter = open_matter(by=people.clerk, village=people.village, matter=LIGHTS)
                hold_meetings(people, matter, date(2026, 9, 8))
                _sign_on_paper(people, _announce(people, matter, AnnouncementKind.RESOLUTION))


def _build_road(cast: Cast, people: VillagePeople) -> int:
    with transaction():
        set_rosters(people)
        matter = open_matter(by=people.clerk, village=people.village, matter=ROAD)
        hold_meetings(people, matter, date(2026, 8, 3))
        row = _announce(people, matter, AnnouncementKind.RESOLUTION)
        _sign(people, row)
        check_announcement(by=cast.office[0], announcement=row)
        rehearsed = rehearsal_sha256(build_affairs(row, issued_on=clock.today()))
        return begin_issue(by=cast.office[0], subject=AnnouncementSubject(row), rehearsed=rehearsed).id


def _accept_road(people: VillagePeople) -> None:
    with transaction():
        (matter,) = list_matters(people.village.id).items
        for kind, on in ((EventKind.CONTRACT, date(2026, 9, 3)), (EventKind.ACCEPTANCE, date(2026, 9, 24))):
            event = NewEvent(kind, on, None, "云岭县恒达建筑队", 8_500_000, f"{people.head.name}、{people.member.name}")
            add_event(by=people.clerk, matter=matter, event=event)
        add_paper(by=people.clerk, matter=matter, paper=_photo("施工后"))
        _sign(people, _announce(people, matter, AnnouncementKind.RESULT))
        lights = open_matter(by=people.clerk, village=people.village, matter=LIGHTS)
        call_meeting(by=people.clerk, matter=lights, call=Call(Body.PARTY_BRANCH, date(2026, 9, 28), "村委会"))
        begin_announcement(by=people.clerk, matter=lights, kind=AnnouncementKind.MEETING_NOTICE)


def set_rosters(people: VillagePeople) -> None:
    """Enter who belongs to each body since the beginning of the year."""
    groups = list(people.place.groups_by_name)
    members = [
        NewMember(person_name(400 + number), groups[number % len(groups)], number % 3 == 0, 14)
        for number in range(REPRESENTATIVES)
    ]
    rosters = [NewRoster(body, ROSTERS_FROM, "换届选举结果", member_count=size) for body, size in SIZES.items()]
    for roster in (*rosters, NewRoster(Body.REPRESENTATIVE_ASSEMBLY, ROSTERS_FROM, "2026年1月各组推选", members)):
        set_roster(by=people.clerk, village=people.village, roster=roster)


def hold_meetings(people: VillagePeople, matter: Matter, first_on: date) -> None:
    """Hold the three meetings before the vote, and the vote by name, with one against and one away."""
    for number, (body, size) in enumerate(SIZES.items()):
        on = first_on.replace(day=first_on.day + number)
        meeting = call_meeting(by=people.clerk, matter=matter, call=_call(people, body, on))
        tally = Tally(due=None, present=size, agree=size, oppose=0, abstain=0)
        record_meeting(by=people.clerk, meeting=meeting, tally=tally, written=Minutes("一致同意。"))
    on = first_on.replace(day=first_on.day + 6)
    meeting = call_meeting(by=people.clerk, matter=matter, call=_call(people, Body.REPRESENTATIVE_ASSEMBLY, on))
    roster = find_roster(people.village.id, Body.REPRESENTATIVE_ASSEMBLY, on)
    names = roster.members if roster else []
    votes = dict.fromkeys((row.id for row in names), "agree") | {names[1].id: "oppose", names[2].id: "absent"}
    record_votes(by=people.clerk, meeting=meeting, ballots={key: Ballot(key, vote) for key, vote in votes.items()})
    for kind in (PaperKind.MINUTES, PaperKind.ATTENDANCE):
        add_paper(by=people.clerk, matter=matter, paper=_photo(kind.label, kind), meeting=meeting)


def _call(people: VillagePeople, body: Body, on: date) -> Call:
    told = date(2026, on.month - 1, 20)
    return Call(body, on, "村委会会议室", people.secretary.name, told)


def _announce(people: VillagePeople, matter: Matter, kind: AnnouncementKind) -> Announcement:
    row = begin_announcement(by=people.clerk, matter=matter, kind=kind)
    submit_announcement(by=people.clerk, announcement=row)
    return row


def _sign(people: VillagePeople, row: Announcement) -> None:
    for person in people.supervision[:2]:
        sign_announcement(by=person, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256)


def _sign_on_paper(people: VillagePeople, row: Announcement) -> None:
    """The member without an account signs the printed page; its photo waits for another hand."""
    member = people.supervision[-1]
    photo = keep_file(drawn_page("签字页（演示用图）", (row.label, f"村务监督小组成员：{member.name}", "意见：同意")))
    hand_in_paper_signature(
        by=people.clerk, announcement=row, member=member, decision=Decision.AGREE, photo_sha256=photo
    )


def _photo(title: str, kind: PaperKind = PaperKind.AFTER) -> KeptPaper:
    page = drawn_page(title, ("演示用图",))
    kept = keep_file(page)
    return KeptPaper(kind, kept, kept, sha256_hex(page), "image/jpeg", f"{title}.jpg")
