"""The boards of the demo's first village: one issued for the quarter before, one begun for the open quarter."""

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.decisions.actions.announcing import check_announcement, sign_announcement
from village_open.decisions.actions.boards import NewSection, begin_board
from village_open.decisions.actions.drafting import submit_announcement
from village_open.demo.matters import FINISHED_IN
from village_open.demo.people import Cast, VillagePeople
from village_open.notices.actions.issue import begin_issue, rehearsal_sha256
from village_open.notices.affairs import build_affairs
from village_open.notices.around import AROUND
from village_open.notices.catalogue_pages import list_due
from village_open.notices.due_lists import ItemLine
from village_open.notices.subjects import AnnouncementSubject
from village_open.reviews.rules import Decision

ISSUED_FOR, BEGUN_FOR = Period.parse("2026Q2"), Period.parse("2026Q3")
NOTES = {
    "ZW06": "困难残疾人生活补贴 6 人，重度残疾人护理补贴 4 人，按月发到个人账户。",
    "ZW07": "志愿者每月走访独居老人 11 户，暑期为留守儿童开办托管班一期。",
    "ZW15": "协助完成小麦直补面积核对、汛前隐患排查各一次。",
    "SW11": "调解邻里纠纷 2 起，都已达成协议；没有重大治安案件。",
    "SW12": "自来水费按每吨 2.2 元代收，本季收缴 386 户。",
}
"""What the clerk says of items that have no register."""


def publish_boards(cast: Cast) -> None:
    """Issue the board of the quarter before, its sheets left to the worker, and begin that of the open quarter."""
    people = next(people for people in cast.villages if people.place.name == FINISHED_IN)
    with transaction():
        _issue(cast, people)
        begin_board(by=people.clerk, village=people.village, period=BEGUN_FOR, sections=_begun(people))


def _issue(cast: Cast, people: VillagePeople) -> None:
    """Take the board through the group and the township; what there is nothing of is said so and signed."""
    lines = _due(people, ISSUED_FOR)
    sections = [
        NewSection(line.item.key, line.item.label, not line.rows and not _note(line), _note(line)) for line in lines
    ]
    row = begin_board(by=people.clerk, village=people.village, period=ISSUED_FOR, sections=sections)
    submit_announcement(by=people.clerk, announcement=row, around=AROUND)
    for person in people.supervision[:2]:
        sign_announcement(
            by=person, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256, around=AROUND
        )
    check_announcement(by=cast.office[0], announcement=row)
    rehearsed = rehearsal_sha256(build_affairs(row, issued_on=clock.today()))
    begin_issue(by=cast.office[0], subject=AnnouncementSubject(row), rehearsed=rehearsed)


def _begun(people: VillagePeople) -> list[NewSection]:
    """Choose what is due; the clerk has not said yet of what there is nothing."""
    return [NewSection(line.item.key, line.item.label, note=_note(line)) for line in _due(people, BEGUN_FOR)]


def _due(people: VillagePeople, period: Period) -> list[ItemLine]:
    return [line for line in list_due(people.village, period) if line.may_be_chosen and line.due is not None]


def _note(line: ItemLine) -> str:
    return NOTES.get(line.item.key, "")
