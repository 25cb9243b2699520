"""The list of a village's matters, and a matter from its proposal on."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.db import WHOLE, db
from village_open.db.transactions import ChangedMeanwhile
from village_open.decisions import queries
from village_open.decisions.actions import matters as actions
from village_open.decisions.chronicles import list_findings
from village_open.decisions.contents import money_of
from village_open.decisions.forms import matters as forms
from village_open.decisions.models import EventKind, Matter, MatterEvent, Meeting, Origin, PaperKind
from village_open.decisions.pages import FINDINGS, matter_words, may, next_deed, place_of, state_of, village_words
from village_open.decisions.rules.bodies import Purpose
from village_open.decisions.rules.matters import DECIDE, matter_types, reserved_items
from village_open.decisions.rules.order import Happened
from village_open.decisions.sheets import matters_table
from village_open.decisions.surroundings import surroundings
from village_open.decisions.tenders import tender_of
from village_open.decisions.views.deeds import done, status
from village_open.villages.queries import get_village, list_village_groups
from village_open.workbooks.sending import send_table


def list_matters(*, village_code: str) -> ResponseReturnValue:
    """Show the village's matters, the latest first, each with the step that is due."""
    village = get_village(village_code)
    page = queries.list_matters(village.id, page=request.args.get("page", 1, type=int))
    return render_template("decisions/list_matters.html", page=page, state_of=state_of, **village_words(village))


def export_matters(*, village_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the list of matters."""
    village = get_village(village_code)
    table = matters_table(queries.list_matters(village.id, page=WHOLE).items)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, f"{village.name}事项清单")


def open_matter(*, village_code: str) -> ResponseReturnValue:
    """Propose a matter."""
    village, form = get_village(village_code), forms.OpenMatterForm()
    groups = [(group.name, group.name) for group in list_village_groups(village.id)]
    form.offer(origins=[(one.value, one.label) for one in Origin], groups=groups)

    def deed() -> str:
        row = actions.open_matter(by=current_user, village=village, matter=_typed(form))
        return url_for("decisions.show_matter", **place_of(row))

    if there := done(form, deed):
        flash(_("已提出事项“%(title)s”。", title=form.title.data), "success")
        return redirect(there)
    page = render_template(
        "decisions/open_matter.html", form=form, says=forms, kinds=matter_types().values(), has_groups=bool(groups),
        reserved=reserved_items(), **village_words(village),
    )  # fmt: skip
    return page, status(form)


def show_matter(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Show a matter: how far it is, the text that holds, meetings, money, and what is wrong with order and dates."""
    matter = queries.get_matter(village_code, year, seq)
    payments, hung = surroundings().list_payments(matter.id), surroundings().list_hung(matter.id)
    events, meetings = queries.list_events(matter), queries.list_meetings(matter)
    announcements = queries.list_announcements(matter)
    return render_template(
        "decisions/show_matter.html", texts=queries.list_texts(matter), meetings=meetings,
        events=events, tender=tender_of(matter, events), payments=payments,
        money=_money(matter, events, payments), origin=Origin(matter.origin),
        findings=list_findings(matter, payments=payments, hung=hung) if may(FINDINGS, village_code) else (),
        is_settled=any(_settles(row) for row in meetings), today=clock.today(), item_words=forms.item_words,
        announcements=announcements, papers=queries.list_matter_papers(matter),
        event_kind=EventKind, paper_kind=PaperKind, deed=next_deed(matter, meetings, announcements),
        **matter_words(matter),
    )  # fmt: skip


def _settles(meeting: Meeting) -> bool:
    """Tell whether the text can no longer change: it is decided, or somebody is called to talk about it."""
    return meeting.is_awaited or (meeting.has_passed and meeting.step_key == DECIDE)


def _money(matter: Matter, events: Sequence[MatterEvent], payments: Sequence[Happened]) -> dict[str, int]:
    sums = money_of([row for row in events if not row.struck_reason])
    return {"planned_fen": matter.amount_fen or 0, **sums, "paid_fen": sum(row.amount_fen for row in payments)}


def revise_text(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Change what is proposed: a new version."""
    matter = queries.get_matter(village_code, year, seq)
    now = queries.get_text(matter)
    form = forms.ReviseTextForm(data={"text": now.text, "amount_fen": now.amount_fen, "version": now.version})

    def deed() -> str:
        if form.version.data != str(matter.text_version):
            raise ChangedMeanwhile
        text, amount_fen = form.text.data or "", form.amount_fen.data
        actions.revise_text(by=current_user, matter=matter, text=text, amount_fen=amount_fen)
        return url_for("decisions.show_matter", **place_of(matter))

    if there := done(form, deed):
        flash(_("已存为新的一稿。"), "success")
        return redirect(there)
    return render_template("decisions/revise_text.html", form=form, **matter_words(matter)), status(form)


def withdraw_matter(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Give a matter up."""
    matter, form = queries.get_matter(village_code, year, seq), forms.WithdrawMatterForm()

    def deed() -> str:
        actions.withdraw_matter(by=current_user, matter=matter, reason=form.reason.data or "")
        return url_for("decisions.show_matter", **place_of(matter))

    if there := done(form, deed):
        flash(_("已终止这件事项。"), "success")
        return redirect(there)
    return render_template("decisions/withdraw_matter.html", form=form, **matter_words(matter)), status(form)


def _typed(form: forms.OpenMatterForm) -> actions.NewMatter:
    return actions.NewMatter(
        title=form.title.data or "", type_key=form.type_key.data, procedure_key=form.procedure,
        origin=Origin(form.origin.data), text=form.text.data or "", amount_fen=form.amount_fen.data,
        purpose=Purpose(form.purpose.data), acts_for_collective=form.acts_for_collective.data,
        collective_item=form.item, group_name=form.group_name.data or "",
    )  # fmt: skip
