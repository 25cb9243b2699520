"""Papers of the village's own: what a meeting needs on its day, and the register of a matter's steps."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue

from village_open.decisions import papers
from village_open.decisions.errors import MeetingStruck, RosterMissing
from village_open.decisions.models import Meeting
from village_open.decisions.pages import matter_words, meeting_words, roster_link
from village_open.decisions.queries import get_matter, get_meeting
from village_open.decisions.register import minutes_form, register_of
from village_open.decisions.surroundings import surroundings

Paper = TypeVar("Paper")


def print_notice(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show the notice that calls a meeting, ready for the printer."""
    meeting = _meeting(village_code, year, seq, meeting_id)
    return render_template("decisions/print_notice.html", paper=papers.meeting_notice(meeting), **_words(meeting))


def print_sign_in_sheet(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show the sheet to sign in on with the roster of the day, ready for the printer."""
    meeting = _meeting(village_code, year, seq, meeting_id)
    paper = _made(papers.sign_in_sheet, meeting)
    return render_template("decisions/print_sign_in_sheet.html", paper=paper, **_words(meeting))


def print_ballots(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show as many ballots as may come, ready for the printer and the scissors."""
    meeting = _meeting(village_code, year, seq, meeting_id)
    return render_template("decisions/print_ballots.html", paper=_made(papers.ballots, meeting), **_words(meeting))


def print_minutes_form(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show the form on which a meeting is written down, ready for the printer."""
    meeting = _meeting(village_code, year, seq, meeting_id)
    due = papers.members_due(meeting)
    return render_template("decisions/print_minutes_form.html", paper=minutes_form(meeting), due=due, **_words(meeting))


def print_result_form(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show the form on which a meeting is counted before its result is typed, ready for the printer."""
    meeting = _meeting(village_code, year, seq, meeting_id)
    paper = _made(papers.result_form, meeting)
    return render_template("decisions/print_result_form.html", paper=paper, **_words(meeting))


def print_register(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Show the register of a matter's steps, a sheet for each, ready for the printer."""
    matter = get_matter(village_code, year, seq)
    sheets = register_of(matter, hung=surroundings().list_hung(matter.id))
    return render_template("decisions/print_register.html", paper=sheets, **matter_words(matter))


def _meeting(village_code: str, year: int, seq: int, meeting_id: int) -> Meeting:
    """Return a meeting whose papers may be printed."""
    meeting = get_meeting(get_matter(village_code, year, seq), meeting_id)
    if meeting.struck_reason:
        raise MeetingStruck
    return meeting


def _made(make: Callable[[Meeting], Paper], meeting: Meeting) -> Paper | None:
    """Make a paper, or nothing where its roster is still to be entered: the page leads there."""
    try:
        return make(meeting)
    except RosterMissing:
        return None


def _words(meeting: Meeting) -> dict[str, Any]:
    matter = meeting.matter
    link = roster_link(matter, meeting.body_meeting)
    return {**meeting_words(matter, meeting.id), "meeting": meeting, "roster_url": link}
