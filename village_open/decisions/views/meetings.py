"""Meetings about a matter: called, looked at, struck."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.decisions import queries
from village_open.decisions.actions import meetings as actions
from village_open.decisions.forms.meetings import CallMeetingForm, StrikeMeetingForm
from village_open.decisions.models import Matter, PaperKind
from village_open.decisions.pages import matter_words, meeting_words, place_of, roster_link
from village_open.decisions.queries import RosterOnDay
from village_open.decisions.rules.bodies import Body, BodyRule
from village_open.decisions.rules.votes import NAMED_VOTES
from village_open.decisions.views.deeds import done, status

Caller = tuple[BodyRule, RosterOnDay | None, str]
"""How a body decides, its roster of today, and where a roster is entered."""


def call_meeting(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Call a meeting for the step that is due."""
    matter, form = queries.get_matter(village_code, year, seq), CallMeetingForm()
    bodies = _bodies(matter)
    offered = [(body.value, body.label) for body in bodies]
    form.offer(bodies=offered, may_be_urgent=any(rule.may_be_urgent for rule, *_more in bodies.values()))

    def deed() -> str:
        call = actions.Call(
            Body(form.body.data), form.held_on.data, form.place.data or "", form.convener.data or "",
            form.noticed_on.data, form.urgent,
        )  # fmt: skip
        row = actions.call_meeting(by=current_user, matter=matter, call=call)
        return url_for("decisions.show_meeting", meeting_id=row.id, **place_of(matter))

    if there := done(form, deed):
        flash(_("会议已经安排好，可以打印通知和签到表。"), "success")
        return redirect(there)
    choices = [(option, *bodies[Body(option.data)]) for option in form.body]
    page = render_template("decisions/call_meeting.html", form=form, choices=choices, **matter_words(matter))
    return page, status(form)


def _bodies(matter: Matter) -> dict[Body, Caller]:
    step = matter.step_due
    found: dict[Body, Caller] = {}
    for body in step.bodies if step is not None and not matter.is_withdrawn else ():
        group = matter.group_name if body is Body.GROUP_ASSEMBLY else ""
        roster = queries.find_roster_on(matter.village_id, body, clock.today(), group_name=group)
        found[body] = queries.rule_for(matter, body), roster, roster_link(matter, body)
    return found


def show_meeting(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Show a meeting: who was called, what was counted, the minutes, who voted how."""
    matter = queries.get_matter(village_code, year, seq)
    meeting = queries.get_meeting(matter, meeting_id)
    papers = [row for row in queries.list_matter_papers(matter) if row.meeting_id == meeting_id]
    return render_template(
        "decisions/show_meeting.html", meeting=meeting, votes=queries.list_votes(meeting), vote_words=NAMED_VOTES,
        papers=papers, paper_kind=PaperKind, today=clock.today(), **meeting_words(matter, meeting_id),
    )  # fmt: skip


def strike_meeting(*, village_code: str, year: int, seq: int, meeting_id: int) -> ResponseReturnValue:
    """Strike a meeting that was recorded by mistake."""
    matter, form = queries.get_matter(village_code, year, seq), StrikeMeetingForm()
    meeting = queries.get_meeting(matter, meeting_id)

    def deed() -> str:
        actions.strike_meeting(by=current_user, meeting=meeting, reason=form.reason.data or "")
        return url_for("decisions.show_matter", **place_of(matter))

    if there := done(form, deed):
        flash(_("已作废，这次会议不再算数。"), "success")
        return redirect(there)
    page = render_template(
        "decisions/strike_meeting.html", form=form, meeting=meeting, **meeting_words(matter, meeting_id)
    )
    return page, status(form)
