"""Addresses of this room and who may see them."""

from village_open.decisions.pages import CONFIRMERS
from village_open.decisions.views import (
    announcements,
    events,
    group_signing,
    matters,
    meetings,
    papers,
    prints,
    results,
    rosters,
    winners,
)
from village_open.villages.access import CLERK, READERS, SUPERVISION, TOWNSHIP, VILLAGE
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
V = "/villages/<village_code>"
M = f"{V}/matters/<int:year>/<int:seq>"
N = f"{V}/announcements/<int:announcement_id>"
SIGNATURE = f"{N}/signatures/<int:signature_id>"
MEETING = f"{M}/meetings/<int:meeting_id>"

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
PRINTS = (
    Page(f"{MEETING}/notice", prints.print_notice, who=VILLAGE),
    Page(f"{MEETING}/sign-in-sheet", prints.print_sign_in_sheet, who=VILLAGE),
    Page(f"{MEETING}/ballots", prints.print_ballots, who=VILLAGE),
    Page(f"{MEETING}/minutes-form", prints.print_minutes_form, who=VILLAGE),
    Page(f"{MEETING}/result-form", prints.print_result_form, who=VILLAGE),
    Page(f"{M}/register", prints.print_register, who=VILLAGE),
)
EVENTS = (
    Page(f"{M}/events/new", events.add_event, who=CLERK, methods=BOTH),
    Page(f"{M}/events/<int:event_id>/strike", events.strike_event, who=CLERK, methods=BOTH),
    Page(f"{M}/papers/new", papers.add_paper, who=CLERK, methods=BOTH),
    Page(f"{M}/papers/<int:matter_paper_id>/remove", papers.remove_paper, who=CLERK, methods=POST),
    Page(f"{V}/matter-papers/<int:matter_paper_id>", papers.show_paper, who=READERS),
    Page(f"{V}/matter-papers/<int:matter_paper_id>/thumb", papers.show_paper_thumb, who=READERS),
)
ROSTERS = (
    Page(f"{V}/rosters", rosters.list_rosters, who=READERS),
    Page(f"{V}/rosters/new", rosters.set_roster, who=CLERK, methods=BOTH),
    Page(f"{V}/rosters/<int:roster_id>", rosters.show_roster, who=READERS),
)
ANNOUNCEMENTS = (
    Page(f"{M}/announcements/new", announcements.begin_announcement, who=CLERK, methods=BOTH),
    Page(N, announcements.show_announcement, who=READERS),
    Page(f"{N}/note", announcements.change_note, who=CLERK, methods=BOTH),
    Page(f"{N}/submission", announcements.submit_announcement, who=CLERK, methods=POST),
    Page(f"{N}/take-back", announcements.take_back_announcement, who=CLERK, methods=POST),
    Page(f"{N}/signature", announcements.sign_announcement, who=SUPERVISION, methods=BOTH),
    Page(f"{N}/recusal", group_signing.recuse_member, who=SUPERVISION, methods=BOTH),
    Page(f"{N}/sign-off", group_signing.print_sign_off, who=VILLAGE),
    Page(f"{N}/signatures/new", group_signing.hand_in_paper_signature, who=CLERK, methods=BOTH),
    Page(SIGNATURE, group_signing.confirm_paper_signature, who=CONFIRMERS, methods=BOTH),
    Page(f"{SIGNATURE}/photo", group_signing.show_paper_photo, who=VILLAGE),
    Page(f"{N}/return", announcements.return_announcement, who=TOWNSHIP, methods=BOTH),
    Page(f"{N}/check", announcements.check_announcement, who=TOWNSHIP, methods=BOTH),
)
OFFICE = "/office/<township_code>"
WINNERS = (
    Page(f"{OFFICE}/repeat-winners", winners.list_repeat_winners, who=TOWNSHIP),
    Page(f"{OFFICE}/repeat-winners.<{ENDINGS}>", winners.export_repeat_winners, who=TOWNSHIP),
)
PAGES: tuple[Page, ...] = (*MATTERS, *MEETINGS, *PRINTS, *EVENTS, *ROSTERS, *ANNOUNCEMENTS, *WINNERS)

blueprint = room("decisions", PAGES)
