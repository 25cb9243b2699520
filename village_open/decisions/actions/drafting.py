"""An announcement in the clerk's hands: begun, worded, submitted, taken back."""

from village_open.core import clock
from village_open.db import db, hold_lock
from village_open.decisions.actions.stages import record_announcement, require_stage
from village_open.decisions.around import NOTHING_ABOVE, Surroundings, tell
from village_open.decisions.contents import Content, announcement_sha256
from village_open.decisions.errors import AnnouncedAlready, AnnouncementAtWrongStage, NothingToAnnounce
from village_open.decisions.models import Announcement, AnnouncementKind, AnnouncementState, Matter, Meeting
from village_open.decisions.queries import get_meeting, is_accepted, list_announcements, list_meetings
from village_open.decisions.rules.bodies import Purpose
from village_open.decisions.rules.matters import DECIDE
from village_open.record.actions import Doer, record_deed
from village_open.reviews.actions import open_review, withdraw_review
from village_open.reviews.queries import find_review, get_summary
from village_open.villages.models import RoleKind


def begin_announcement(
    *, by: Doer, matter: Matter, kind: AnnouncementKind, meeting: Meeting | None = None, note: str = ""
) -> Announcement:
    """Begin a draft: of a meeting that is called, of a decision passed or failed, of a plan, of the result.

    Raises:
        NothingToAnnounce: there is no such meeting, decision or acceptance yet.
        AnnouncedAlready: it is announced, or on its way.
    """
    hold_lock(f"matter:{matter.id}")
    meeting = None if kind is AnnouncementKind.RESULT else meeting or _meeting_for(matter, kind)
    require_something(matter, kind, meeting)
    meeting_id = meeting.id if meeting else None
    if any((row.kind, row.meeting_id) == (kind.value, meeting_id) for row in list_announcements(matter)):
        raise AnnouncedAlready
    row = Announcement(
        matter_id=matter.id, village_id=matter.village_id, meeting_id=meeting_id, kind=kind.value, note=note.strip()
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.begin_announcement", by=by,
        said=f"起草了事项 {matter.reference}“{matter.title}”的{kind.label}",
        after={"matter": matter.reference, "announcement": row.id, "kind": kind.label, "note": row.note},
    )  # fmt: skip
    return row


def _meeting_for(matter: Matter, kind: AnnouncementKind) -> Meeting | None:
    rows = [row for row in list_meetings(matter) if not row.struck_reason]
    if kind is AnnouncementKind.MEETING_NOTICE:
        return next((row for row in reversed(rows) if row.is_awaited), None)
    return next((row for row in reversed(rows) if row.is_held and row.step_key == DECIDE), None)


def require_something(matter: Matter, kind: AnnouncementKind, meeting: Meeting | None) -> None:
    """Hold that what is announced is there: a call that stands, a vote that counts, accepted work.

    Raises:
        NothingToAnnounce: it is not there yet, or not any more.
    """
    if kind is AnnouncementKind.RESULT:
        if not is_accepted(matter):
            raise NothingToAnnounce("还没有登记验收，实施结果应当在验收以后公开")
    elif kind is AnnouncementKind.MEETING_NOTICE:
        if matter.is_withdrawn or meeting is None or not meeting.is_awaited:
            raise NothingToAnnounce("没有安排好、还没有开的会")
    elif meeting is None or not meeting.counts or meeting.step_key != DECIDE:
        raise NothingToAnnounce("还没有登记表决结果")
    elif kind is AnnouncementKind.LEVY_PLAN:
        if matter.voted_as is not Purpose.LEVY:
            raise NothingToAnnounce("这件事项不是一事一议筹资筹劳")
        if not meeting.has_passed:
            raise NothingToAnnounce("方案没有表决通过")


def change_note(*, by: Doer, announcement: Announcement, note: str) -> None:
    """Change what the clerk adds in words, while it is a draft.

    Raises:
        AnnouncementAtWrongStage: it was submitted.
    """
    require_stage(announcement, AnnouncementState.DRAFT, "修改")
    before, announcement.note = announcement.note, note.strip()
    db.session.flush()
    record_announcement(
        announcement, by, "change_note", "修改了{what}的补充说明", before={"note": before}, after={"note": note.strip()}
    )


def submit_announcement(*, by: Doer, announcement: Announcement, around: Surroundings = NOTHING_ABOVE) -> None:
    """Hand a draft to the oversight group; what it signs are these very bytes.

    Raises:
        AnnouncementAtWrongStage: it was submitted before.
        NothingToAnnounce: the meeting was struck or held meanwhile, or the acceptance is gone.
        RuleForbids: without a matter, what the room above misses.
    """
    require_stage(announcement, AnnouncementState.DRAFT, "提交")
    if announcement.is_board:  # Rows that are being saved are waited for: from here on they are closed.
        hold_lock(f"registers:{announcement.village_id}")
    told = tell(announcement, around)
    _require_tellable(announcement, told, around)
    announcement.content_sha256 = announcement_sha256(told)
    announcement.state, announcement.return_reason = AnnouncementState.SUBMITTED.value, ""
    announcement.round += 1
    announcement.submitted_by_id, announcement.submitted_at = by.id, clock.now()
    db.session.flush()
    open_review(
        village_id=announcement.village_id, subject=announcement.review_subject,
        content_sha256=announcement.content_sha256, group_kind=RoleKind.SUPERVISION.value, round=announcement.round,
    )  # fmt: skip
    record_announcement(
        announcement, by, "submit_announcement", "提交了{what}，请监督小组审查",
        after={"round": announcement.round, "content_sha256": announcement.content_sha256},
    )  # fmt: skip


def _require_tellable(announcement: Announcement, told: Content, around: Surroundings) -> None:
    matter, meeting_id = announcement.matter, announcement.meeting_id
    if matter is None:
        around.require_other(announcement, told)
        return
    meeting = get_meeting(matter, meeting_id) if meeting_id is not None else None
    require_something(matter, AnnouncementKind(announcement.kind), meeting)


def take_back_announcement(*, by: Doer, announcement: Announcement) -> None:
    """Take a submitted draft back before the first signature.

    Raises:
        AnnouncementAtWrongStage: it is not before the group, or somebody has signed.
    """
    require_stage(announcement, AnnouncementState.SUBMITTED, "撤回")
    review = find_review(announcement.review_subject, RoleKind.SUPERVISION.value, announcement.round)
    if review is not None:
        if get_summary(review).signatures:
            raise AnnouncementAtWrongStage("撤回", "已有成员签署")
        withdraw_review(review=review)
    announcement.state = AnnouncementState.DRAFT.value
    db.session.flush()
    record_announcement(announcement, by, "take_back_announcement", "撤回了{what}，继续修改")
