"""The tender and the carrying out of a matter: written down, struck."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.decisions import queries
from village_open.decisions.actions import events as actions
from village_open.decisions.forms.events import EVENT_SENTENCES, AddEventForm, StrikeEventForm
from village_open.decisions.models import EventKind
from village_open.decisions.pages import matter_words, place_of
from village_open.decisions.views.deeds import done, status
from village_open.web.fields import choices_of


def add_event(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Write down a step of the tender or of carrying out."""
    matter, form = queries.get_matter(village_code, year, seq), AddEventForm(kind=request.args.get("kind"))
    form.kind.choices = choices_of((kind.value, kind.label) for kind in EventKind)

    def deed() -> str:
        row = actions.add_event(by=current_user, matter=matter, event=_typed(form))
        return url_for("decisions.show_matter", **place_of(matter), _anchor=f"event-{row.id}")

    if there := done(form, deed):
        flash(_("已登记。照片和单据可以接着上传。"), "success")
        return redirect(there)
    page = render_template("decisions/add_event.html", form=form, sentences=EVENT_SENTENCES, **matter_words(matter))
    return page, status(form)


def _typed(form: AddEventForm) -> actions.NewEvent:
    return actions.NewEvent(
        EventKind(form.kind.data), form.on.data, form.until.data, form.party.data or "", form.amount_fen.data,
        form.people.data or "", form.note.data or "",
    )  # fmt: skip


def strike_event(*, village_code: str, year: int, seq: int, event_id: int) -> ResponseReturnValue:
    """Strike an event that was written down by mistake."""
    matter, form = queries.get_matter(village_code, year, seq), StrikeEventForm()
    event = queries.get_event(matter, event_id)

    def deed() -> str:
        actions.strike_event(by=current_user, matter=matter, event=event, reason=form.reason.data or "")
        return url_for("decisions.show_matter", **place_of(matter), _anchor="carrying-out")

    if there := done(form, deed):
        flash(_("已作废，这一条不再算数。"), "success")
        return redirect(there)
    page = render_template(
        "decisions/strike_event.html", form=form, event=event, kind=EventKind(event.kind), **matter_words(matter)
    )
    return page, status(form)
