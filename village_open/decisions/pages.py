"""What every page of a matter shows: the way back, the line of its steps, the next step for this visitor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.decisions.announced import BEFORE_GROUP, GroupView, find_group_view
from village_open.decisions.models import Announcement, AnnouncementKind, AnnouncementState, Matter, Meeting
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import ANNOUNCE, ANNOUNCE_RESULT, CARRY_OUT, DECIDE, Step
from village_open.villages.access import CLERK, SUPERVISION, TOWNSHIP, VILLAGE, role_audience
from village_open.villages.models import RoleKind, Village
from village_open.web.filters import day
from village_open.web.routing import Audience
from village_open.web.words import spoken

CONFIRMERS = role_audience("本村村务监督小组、镇公开办", RoleKind.SUPERVISION, RoleKind.TOWNSHIP_OFFICE)
"""Who may say that a signature on paper is the member's own."""
FINDINGS = role_audience(
    "本村两个小组、镇公开办、检查组、区县领导",
    RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION, RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR, RoleKind.COUNTY_LEADER,
)  # fmt: skip
"""Who is told of breaches of order and dates; those who entered the matter are asked by them."""
_KINDS = {
    ANNOUNCE: (AnnouncementKind.RESOLUTION, AnnouncementKind.LEVY_PLAN),
    ANNOUNCE_RESULT: (AnnouncementKind.RESULT,),
}
"""What is announced in a step."""


@dataclass(frozen=True)
class NextDeed:
    """The one primary button of a matter's page."""

    label: str
    url: str
    hint: str = ""


def may(audience: Audience, village_code: str) -> bool:
    """Tell whether the signed-in visitor belongs to an audience at this village."""
    return current_user.is_authenticated and audience.admits(current_user, {"village_code": village_code})


def village_words(village: Village) -> dict[str, Any]:
    """Return what templates of a village's matters and rosters need."""
    return {
        "village": village,
        "is_clerk": may(CLERK, village.code),
        "trail_places": [
            (village.name, url_for("finance.show_village", village_code=village.code)),
            (_("议事决策"), url_for("decisions.list_matters", village_code=village.code)),
        ],
    }


def matter_words(matter: Matter) -> dict[str, Any]:
    """Return what templates of a matter need: place, links, steps and what this visitor may do."""
    words, place = village_words(matter.village), place_of(matter)
    return words | {
        "matter": matter,
        "place_args": place,
        "chain": chain_of(matter),
        "may_enter": words["is_clerk"] and is_open(matter),
        "prints_papers": may(VILLAGE, matter.village.code),
        "trail_places": [
            *words["trail_places"],
            (_("事项 %(reference)s", reference=matter.reference), url_for("decisions.show_matter", **place)),
        ],
    }


def meeting_words(matter: Matter, meeting_id: int) -> dict[str, Any]:
    """Return what templates of one of its meetings need."""
    return matter_words(matter) | {"meeting_args": {**place_of(matter), "meeting_id": meeting_id}}


def announcement_words(announcement: Announcement) -> dict[str, Any]:
    """Return what templates of an announcement need, whether it is of a matter or of a period."""
    village = announcement.village.code
    return frame_words(announcement) | {
        "announcement": announcement,
        "announcement_args": place_of_announcement(announcement),
        "is_office": may(TOWNSHIP, village),
        "is_before_group": announcement.stage in BEFORE_GROUP,
        "may_confirm": may(CONFIRMERS, village),
        "sees_findings": may(FINDINGS, village),
    }


def frame_words(announcement: Announcement) -> dict[str, Any]:
    """Return the frame of an announcement's pages, and what that frame needs."""
    if announcement.matter is not None:
        return matter_words(announcement.matter) | {"frame": "decisions/matter_page.html"}
    village = announcement.village
    return village_words(village) | {
        "frame": "decisions/board_page.html",
        "announcement": announcement,
        "chain": chain_of_announcement(announcement),
        "prints_papers": may(VILLAGE, village.code),
        "trail_places": [(village.name, url_for("finance.show_village", village_code=village.code))],
    }


def signs(announcement: Announcement, group: GroupView | None) -> bool:
    """Tell whether this visitor sits in the oversight group and has still to sign or step aside."""
    is_asked = group is not None and announcement.stage in BEFORE_GROUP and group.awaits(current_user.id)
    return is_asked and may(SUPERVISION, announcement.village.code)


def next_of_announcement(announcement: Announcement, group: GroupView | None) -> NextDeed | None:
    """Return the one primary button of an announcement that leads to a page, when it is this visitor's."""
    place = place_of_announcement(announcement)
    told = spoken(announcement.label)
    if signs(announcement, group):
        return NextDeed(_("审查并签署"), url_for("decisions.sign_announcement", **place), told)
    if announcement.stage is AnnouncementState.EXAMINED and may(TOWNSHIP, announcement.village.code):
        if announcement.privacy_checked_by:
            return NextDeed(_("签发"), url_for("notices.show_issue", **place), told)
        return NextDeed(_("保密审查"), url_for("decisions.check_announcement", **place), told)
    return None


def roster_link(matter: Matter, body: Body) -> str:
    """Return where a roster of a body is entered."""
    group = matter.group_name if body is Body.GROUP_ASSEMBLY else None
    return url_for("decisions.set_roster", village_code=matter.village.code, body=body.value, group=group)


def next_deed(matter: Matter, meetings: Sequence[Meeting], announcements: Sequence[Announcement]) -> NextDeed | None:
    """Return the next step when it is this visitor's, or None."""
    if waiting := _waiting_announcement(announcements):
        return waiting
    step = matter.step_due
    if step is None or not (is_open(matter) and may(CLERK, matter.village.code)):
        return None
    if step.is_meeting:
        return _next_meeting(matter, step, meetings)
    if step.key == CARRY_OUT:
        return NextDeed(_("登记实施和验收"), url_for("decisions.add_event", **place_of(matter)))
    return _next_announcement(matter, step, meetings, announcements)


def _waiting_announcement(announcements: Sequence[Announcement]) -> NextDeed | None:
    """Return the first announcement that waits for this member of the group, or for the township."""
    for row in announcements:
        village = row.village.code
        if row.stage in BEFORE_GROUP and (may(SUPERVISION, village) or may(TOWNSHIP, village)):
            group = find_group_view(row) if may(SUPERVISION, village) else None
            if deed := next_of_announcement(row, group):
                return deed
    return None


def _next_announcement(
    matter: Matter, step: Step, meetings: Sequence[Meeting], announcements: Sequence[Announcement]
) -> NextDeed | None:
    """Return what the clerk does next to make a decision or its result public."""
    passed = {row.id for row in meetings if row.has_passed and row.step_key == DECIDE}
    about = {None} if step.key == ANNOUNCE_RESULT else passed
    own = [row for row in announcements if row.kind in _KINDS[step.key] and row.meeting_id in about]
    if not own:
        begin = url_for("decisions.begin_announcement", **place_of(matter))
        return NextDeed(_("起草公开稿"), begin, spoken(step.label))
    drafts = [row for row in own if row.stage is AnnouncementState.DRAFT]
    if not drafts:
        return None
    url = url_for("decisions.show_announcement", **place_of_announcement(drafts[0]))
    return NextDeed(_("核对并提交公开稿"), url, spoken(drafts[0].label))


def _next_meeting(matter: Matter, step: Step, meetings: Sequence[Meeting]) -> NextDeed:
    place = place_of(matter)
    called = next((row for row in reversed(meetings) if row.is_awaited and row.step_key == step.key), None)
    if called is None:
        return NextDeed(_("安排会议"), url_for("decisions.call_meeting", **place), spoken(step.label))
    hint = f"{day(called.held_on)} {spoken(called.body_meeting.label)}"
    if called.held_on > clock.today():
        return NextDeed(_("会前准备"), url_for("decisions.show_meeting", meeting_id=called.id, **place), hint)
    return NextDeed(_("登记会议结果"), url_for("decisions.record_meeting", meeting_id=called.id, **place), hint)


def place_of(matter: Matter) -> dict[str, Any]:
    """Return the parts of an address that name a matter."""
    return {"village_code": matter.village.code, "year": matter.year, "seq": matter.seq}


def place_of_announcement(announcement: Announcement) -> dict[str, Any]:
    """Return the parts of an address that name an announcement."""
    return {"village_code": announcement.village.code, "announcement_id": announcement.id}


def is_open(matter: Matter) -> bool:
    """Tell whether a matter may still be worked on."""
    return bool(matter.step) and not matter.is_withdrawn


def state_of(matter: Matter) -> tuple[str, str]:
    """Return how far a matter has come, in words, and the kind of its badge."""
    if matter.is_withdrawn:
        return _("已终止"), "refused"
    step = matter.step_due
    return (step.label, "now") if step is not None else (_("已办完"), "done")


def chain_of(matter: Matter) -> list[dict[str, str]]:
    """Return the steps of a matter as the line of steps shows them, each leading to its part of the page."""
    keys = [step.key for step in matter.procedure.steps]
    due = keys.index(matter.step) if matter.step else len(keys)
    return [
        {"label": step.label, **_state(number - due, matter), "url": _part(matter, step.key)}
        for number, step in enumerate(matter.procedure.steps)
    ]


def chain_of_announcement(announcement: Announcement) -> list[dict[str, str]]:
    """Return the steps of an announcement without a matter, as the line of steps shows them."""
    stages = tuple(AnnouncementState)
    at = stages.index(announcement.stage)
    words = (_("起草"), _("监督小组审查"), _("镇里审核签发"), _("已签发"))
    states = ("done" if number < at else "todo" for number in range(len(stages)))
    return [
        {"label": word, "state": "now" if number == at else state}
        for number, (word, state) in enumerate(zip(words, states, strict=True))
    ]


def _state(distance: int, matter: Matter) -> dict[str, str]:
    if distance:
        return {"state": "done" if distance < 0 else "todo"}
    return {"state": "blocked", "note": _("已终止")} if matter.is_withdrawn else {"state": "now"}


def _part(matter: Matter, step_key: str) -> str:
    anchor = {CARRY_OUT: "carrying-out", ANNOUNCE: "announcements", ANNOUNCE_RESULT: "announcements"}
    return url_for("decisions.show_matter", **place_of(matter), _anchor=anchor.get(step_key, "meetings"))
