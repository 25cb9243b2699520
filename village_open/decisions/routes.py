"""Addresses of this room and who may see them."""

from village_open.decisions.pages import CONFIRMERS
from village_open.decisions.views import (
    announcements,
    checking,
    events,
    matters,
    meetings,
    papers,
    results,
    rosters,
    signatures,
    signing,
)
from village_open.villages.access import CLERK, READERS, SUPERVISION, TOWNSHIP, VILLAGE
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
V = "/villages/<village_code>"
M = f"{V}/matters/<int:year>/<int:seq>"
MEETING = f"{M}/meetings/<int:meeting_id>"
A = f"{M}/announcements/<int:announcement_id>"

MATTERS = (
    Page(f"{V}/matters", matters.list_matters, who=READERS),
    Page(f"{V}/matters.<{ENDINGS}>", matters.export_matters, who=READERS),
    Page(f"{V}/matters/new", matters.open_matter, who=CLERK, methods=BOTH),
    Page(M, matters.show_matter, who=READERS),
    Page(f"{M}/text", matters.revise_text, who=CLERK, methods=BOTH),
    Page(f"{M}/withdrawal", matters.withdraw_matter, who=CLERK, methods=BOTH),
)
MEETINGS = (
    Page(f"{M}/meetings/new", meetings.call_meeting, who=CLERK, methods=BOTH),
    Page(MEETING, meetings.show_meeting, who=READERS),
    Page(f"{MEETING}/result", results.record_meeting, who=CLERK, methods=BOTH),
    Page(f"{MEETING}/votes", results.record_votes, who=CLERK, methods=BOTH),
    Page(f"{MEETING}/strike", meetings.strike_meeting, who=CLERK, methods=BOTH),
)
EVENTS = (
    Page(f"{M}/events/new", events.add_event, who=CLERK, methods=BOTH),
    Page(f"{M}/events/<int:event_id>/strike", events.strike_event, who=CLERK, methods=BOTH),
    Page(f"{M}/papers/new", papers.add_paper, who=CLERK, methods=BOTH),
    Page(f"{M}/papers/<int:matter_paper_id>/remove", papers.remove_paper, who=CLERK, methods=POST),
    Page(f"{V}/matter-papers/<int:matter_paper_id>", papers.show_paper, who=READERS),
    Page(f"{V}/matter-papers/<int:matter_paper_id>/thumb", papers.show_paper_thumb, who=READERS),
)
ANNOUNCEMENTS = (
    Page(f"{M}/announcements/new", announcements.begin_announcement, who=CLERK, methods=BOTH),
    Page(A, announcements.show_announcement, who=READERS),
    Page(f"{A}/note", announcements.change_note, who=CLERK, methods=BOTH),
    Page(f"{A}/submission", announcements.submit_announcement, who=CLERK, methods=BOTH),
    Page(f"{A}/take-back", announcements.take_back_announcement, who=CLERK, methods=BOTH),
    Page(f"{A}/sign", signing.sign_announcement, who=SUPERVISION, methods=BOTH),
    Page(f"{A}/recusal", signing.recuse_member, who=SUPERVISION, methods=BOTH),
    Page(f"{A}/paper", signing.print_sign_off, who=VILLAGE),
    Page(f"{A}/signatures/new", signatures.hand_in_paper_signature, who=CLERK, methods=BOTH),
    Page(f"{A}/signatures/<int:signature_id>", signatures.confirm_paper_signature, who=CONFIRMERS, methods=BOTH),
    Page(f"{A}/signatures/<int:signature_id>/photo", signatures.show_paper_photo, who=VILLAGE),
    Page(f"{A}/check", checking.check_announcement, who=TOWNSHIP, methods=BOTH),
    Page(f"{A}/return", checking.return_announcement, who=TOWNSHIP, methods=BOTH),
)
ROSTERS = (
    Page(f"{V}/rosters", rosters.list_rosters, who=READERS),
    Page(f"{V}/rosters/new", rosters.set_roster, who=CLERK, methods=BOTH),
    Page(f"{V}/rosters/<int:roster_id>", rosters.show_roster, who=READERS),
)
PAGES: tuple[Page, ...] = (*MATTERS, *MEETINGS, *EVENTS, *ANNOUNCEMENTS, *ROSTERS)

blueprint = room("decisions", PAGES)
