"""The result of a meeting: by counts, or by named votes from the roster of its day."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.decisions import queries
from village_open.decisions.actions import meetings as actions
from village_open.decisions.forms.meetings import MinutesForm, RecordMeetingForm, read_ballots
from village_open.decisions.models import Meeting, Roster
from village_open.decisions.pages import meeting_words, place_of, roster_link
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.votes import NAMED_VOTES, Judgement
from village_open.decisions.views.deeds import done, status


def record_meeting(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Record the result of a meeting by its counts; how many were due comes from the roster."""
    matter = queries.get_matter(village_code, year, seq)
    meeting, form = queries.get_meeting(matter, meeting_id), RecordMeetingForm()
    rule, roster = queries.rule_for(matter, meeting.body_meeting), _roster(meeting)
    types_due = not rule.quorum or matter.voted_as is Purpose.RECALL
    form.ask(rule, types_due=types_due)

    def deed() -> str:
        written = actions.Minutes(
            form.minutes.data or "", form.township_witness.data or "", form.recused_names.data or ""
        )
        judged = actions.record_meeting(by=current_user, meeting=meeting, tally=form.tally, written=written)
        return _told(meeting, judged)

    if there := done(form, deed):
        return redirect(there)
    page = render_template(
        "decisions/record_meeting.html", form=form, meeting=meeting, roster=roster, types_due=types_due, rule=rule,
        roster_url=roster_link(matter, meeting.body_meeting), **meeting_words(matter, meeting_id),
    )  # fmt: skip
    return page, status(form)


def record_votes(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Record named votes, one row a member of the roster."""
    matter = queries.get_matter(village_code, year, seq)
    meeting, form = queries.get_meeting(matter, meeting_id), MinutesForm()
    roster = _roster(meeting)
    typed = read_ballots(request.form, [member.id for member in roster.members] if roster else [])

    def deed() -> str:
        chosen = {key: row for key, row in typed.items() if row.vote}
        ballots = {key: actions.Ballot(key, row.vote, row.is_by_proxy) for key, row in chosen.items()}
        written = actions.Minutes(form.minutes.data or "", form.township_witness.data or "")
        judged = actions.record_votes(by=current_user, meeting=meeting, ballots=ballots, written=written)
        return _told(meeting, judged)

    if there := done(form, deed):
        return redirect(there)
    page = render_template(
        "decisions/record_votes.html", form=form, meeting=meeting, roster=_roster(meeting), typed=typed,
        vote_words=NAMED_VOTES, roster_url=roster_link(matter, meeting.body_meeting), is_sent=form.is_submitted(),
        **meeting_words(matter, meeting_id),
    )  # fmt: skip
    return page, status(form)


def _roster(meeting: Meeting) -> Roster | None:
    group = meeting.matter.group_name if meeting.body_meeting is Body.GROUP_ASSEMBLY else ""
    return queries.find_roster(meeting.matter.village_id, meeting.body_meeting, meeting.held_on, group_name=group)


def _told(meeting: Meeting, judged: Judgement) -> str:
    """Tell how it ended, in the arithmetic of the law, and lead to the meeting."""
    flash(_("会议结果已登记。%(words)s。", words=judged.words), "success" if judged.has_passed else "warning")
    return url_for("decisions.show_meeting", meeting_id=meeting.id, **place_of(meeting.matter))
