"""Who belongs to a body: the rosters of a village, and a new one in two steps."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.decisions import queries
from village_open.decisions.actions import rosters as actions
from village_open.decisions.forms.rosters import BODY_SENTENCES, SetRosterForm
from village_open.decisions.pages import village_words
from village_open.decisions.rosters import doubts_of, get_roster
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.rosters import RosterDoubt, doubts_of_roster
from village_open.decisions.views.deeds import done, status
from village_open.villages.models import Village
from village_open.villages.queries import get_village, list_village_groups


def list_rosters(*, village_code: str) -> ResponseReturnValue:
    """Show the rosters of a village, the latest first."""
    village = get_village(village_code)
    page = queries.list_rosters(village.id, page=request.args.get("page", 1, type=int))
    return render_template("decisions/list_rosters.html", page=page, body_of=Body, **village_words(village))


def show_roster(*, village_code: str, roster_id: int) -> ResponseReturnValue:
    """Show who is on a roster, and what the law wants otherwise."""
    village, roster = get_village(village_code), get_roster(village_code, roster_id)
    return render_template(
        "decisions/show_roster.html", roster=roster, body=Body(roster.body), doubts=doubts_of(roster),
        **village_words(village),
    )  # fmt: skip


def set_roster(*, village_code: str) -> ResponseReturnValue:
    """Enter a roster: first it is shown as understood, then it is kept."""
    village, form = get_village(village_code), _form(get_village(village_code))

    def deed() -> str:
        row = actions.set_roster(by=current_user, village=village, roster=_typed(form))
        return url_for("decisions.show_roster", village_code=village_code, roster_id=row.id)

    has_looked = form.validate_on_submit()
    if has_looked and form.is_seen and "keep" in request.form and (there := done(form, deed)):
        flash(_("名册已经保存。"), "success")
        return redirect(there)
    form.seen.data = form.digest if has_looked and not form.form_errors and not form.errors else ""
    page = render_template(
        "decisions/set_roster.html", form=form, is_read=bool(form.seen.data), sentences=BODY_SENTENCES,
        doubts=_doubts(form) if form.seen.data else (), **village_words(village),
    )  # fmt: skip
    return page, status(form)


def _form(village: Village) -> SetRosterForm:
    form = SetRosterForm(body=request.args.get("body"), group_name=request.args.get("group"))
    groups = [(group.name, group.name) for group in list_village_groups(village.id)]
    form.offer(bodies=[(body.value, body.label) for body in BODY_SENTENCES], groups=groups)
    return form


def _typed(form: SetRosterForm) -> actions.NewRoster:
    members = [
        actions.NewMember(row.name, row.group_name, row.is_woman, row.household_count) for row in form.pasted.members
    ]
    return actions.NewRoster(
        body=Body(form.body.data), starts_on=form.starts_on.data, source=form.source.data or "", members=members,
        member_count=form.member_count.data or 0, household_count=form.household_count.data,
        women_count=form.women_count.data, group_name=form.group_name.data or "",
    )  # fmt: skip


def _doubts(form: SetRosterForm) -> tuple[RosterDoubt, ...]:
    pasted = form.pasted
    return doubts_of_roster(
        Body(form.body.data), members=len(pasted.members) or form.member_count.data,
        households=form.household_count.data or pasted.households or None,
        women=pasted.women or form.women_count.data,
    )  # fmt: skip
