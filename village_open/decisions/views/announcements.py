"""An announcement from the draft to the township's button; issuing itself is the notices room's."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import EditConflict, RuleForbids
from village_open.db import transaction
from village_open.decisions import queries
from village_open.decisions.actions import announcing, drafting
from village_open.decisions.announced import find_group_view, told_words
from village_open.decisions.forms.announcements import (
    BeginAnnouncementForm,
    CheckAnnouncementForm,
    NoteForm,
    ReturnAnnouncementForm,
)
from village_open.decisions.models import Announcement, AnnouncementKind
from village_open.decisions.models.words import MATTER_KINDS
from village_open.decisions.pages import (
    announcement_words,
    matter_words,
    next_of_announcement,
    place_of_announcement,
    signs,
)
from village_open.decisions.surroundings import surroundings
from village_open.decisions.views.deeds import done, status
from village_open.reviews.forms import SignForm
from village_open.reviews.rules import Decision
from village_open.web.fields import choices_of


def begin_announcement(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Begin a draft."""
    matter, form = queries.get_matter(village_code, year, seq), BeginAnnouncementForm()
    form.kind.choices = choices_of([(kind.value, kind.label) for kind in MATTER_KINDS])

    def deed() -> str:
        row = drafting.begin_announcement(
            by=current_user, matter=matter, kind=AnnouncementKind(form.kind.data), note=form.note.data or ""
        )
        return _url(row)

    if there := done(form, deed):
        flash(_("已经起草，看过没有错，再提交给监督小组。"), "success")
        return redirect(there)
    page = render_template("decisions/begin_announcement.html", form=form, **matter_words(matter))
    return page, status(form)


def show_announcement(*, village_code: str, announcement_id: int) -> str:
    """Show what will be published, who has signed, and what this visitor may do."""
    return _page(_row(village_code, announcement_id))


def change_note(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Change what the clerk adds in words."""
    row = _row(village_code, announcement_id)
    form = NoteForm(note=row.note)

    def deed() -> str:
        drafting.change_note(by=current_user, announcement=row, note=form.note.data or "")
        return _url(row)

    if there := done(form, deed):
        flash(_("已保存补充说明。"), "success")
        return redirect(there)
    return render_template("decisions/change_note.html", form=form, **announcement_words(row)), status(form)


def submit_announcement(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Hand a draft to the oversight group."""
    row = _row(village_code, announcement_id)
    around, told = surroundings(), _("已提交，等监督小组审查签署。")
    return _do(row, told, lambda: drafting.submit_announcement(by=current_user, announcement=row, around=around))


def take_back_announcement(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Take a submitted draft back before the first signature."""
    row = _row(village_code, announcement_id)
    return _do(row, _("已撤回。"), lambda: drafting.take_back_announcement(by=current_user, announcement=row))


def sign_announcement(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Sign for the oversight group, with everything in view that the signature is about."""
    row, form = _row(village_code, announcement_id), SignForm()
    try:
        if there := done(form, lambda: _signed(row, form)):
            flash(_("已签署。"), "success")
            return redirect(there)
    except EditConflict as changed:
        row = _row(village_code, announcement_id)
        form.form_errors.append(changed.message)
    told = told_words(row)
    if not form.errors:
        form.content_sha256.data = told["told_sha256"]
    page = render_template(
        "decisions/sign_announcement.html", form=form, group=find_group_view(row), **told, **announcement_words(row)
    )
    return page, status(form)


def _signed(row: Announcement, form: SignForm) -> str:
    announcing.sign_announcement(
        by=current_user, announcement=row, decision=Decision(form.decision.data), note=form.note.data or "",
        content_sha256=form.content_sha256.data or "", around=surroundings(),
    )  # fmt: skip
    return _url(row)


def return_announcement(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Return it to the village with a reason."""
    row, form = _row(village_code, announcement_id), ReturnAnnouncementForm()

    def deed() -> str:
        announcing.return_announcement(by=current_user, announcement=row, reason=form.reason.data or "")
        return _url(row)

    if there := done(form, deed):
        flash(_("已退回村里。"), "success")
        return redirect(there)
    return render_template("decisions/return_announcement.html", form=form, **announcement_words(row)), status(form)


def check_announcement(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """The check for secrets, with every word as it will be published."""
    row, form = _row(village_code, announcement_id), CheckAnnouncementForm()

    def deed() -> str:
        announcing.check_announcement(by=current_user, announcement=row)
        return url_for("notices.show_issue", **place_of_announcement(row))

    if there := done(form, deed):
        flash(_("保密审查已完成，可以签发。"), "success")
        return redirect(there)
    page = render_template(
        "decisions/check_announcement.html", form=form, group=find_group_view(row), **told_words(row),
        **announcement_words(row),
    )  # fmt: skip
    return page, status(form)


def _do(row: Announcement, told: str, deed: Callable[[], None]) -> ResponseReturnValue:
    """Do what needs no form; a refusal stands on the page of the announcement."""
    place = place_of_announcement(row)
    try:
        with transaction():
            deed()
    except RuleForbids as refused:
        return _page(_row(**place), refused.message), refused.status
    flash(told, "success")
    return redirect(url_for("decisions.show_announcement", **place))


def _page(row: Announcement, refused: str = "") -> str:
    group = find_group_view(row)
    return render_template(
        "decisions/show_announcement.html", refused=refused, group=group, signs=signs(row, group),
        announcement_deed=next_of_announcement(row, group), **told_words(row), **announcement_words(row),
    )  # fmt: skip


def _row(village_code: str, announcement_id: int) -> Announcement:
    return queries.get_announcement(village_code, announcement_id)


def _url(row: Announcement) -> str:
    return url_for("decisions.show_announcement", **place_of_announcement(row))
