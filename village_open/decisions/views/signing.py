"""The oversight group signs an announcement, steps aside, or prints its sign-off page."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.decisions import queries
from village_open.decisions.actions import announcing as actions
from village_open.decisions.actions import group_signing
from village_open.decisions.announced import GroupView, content_of, findings_of, group_view
from village_open.decisions.forms.announcements import NOBODY, RecusalForm, SignForm
from village_open.decisions.models import Announcement
from village_open.decisions.pages import announcement_words
from village_open.decisions.views.deeds import done, status
from village_open.identity.queries import get_person
from village_open.reviews.errors import ReviewNotFound
from village_open.reviews.rules import Decision
from village_open.web.words import spoken


def sign_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Sign for the oversight group, with everything in view that the signature is about."""
    matter, form = queries.get_matter(village_code, year, seq), SignForm()
    row = queries.get_announcement(matter, announcement_id)
    words = announcement_words(matter, row)

    def deed() -> str:
        actions.sign_announcement(
            by=current_user, announcement=row, decision=Decision(form.decision.data), note=form.note.data or "",
            content_sha256=form.content_sha256.data or "",
        )  # fmt: skip
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已签署：%(word)s。", word=spoken(Decision(form.decision.data).label)), "success")
        return redirect(there)
    content = content_of(row)
    form.content_sha256.data = content.sha256
    page = render_template(
        "decisions/sign_announcement.html", form=form, content=content, group=reviewed(row),
        findings=findings_of(matter), **words,
    )  # fmt: skip
    return page, status(form)


def recuse_member(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Step aside from an announcement."""
    matter, form = queries.get_matter(village_code, year, seq), RecusalForm()
    row = queries.get_announcement(matter, announcement_id)
    group, words = reviewed(row), announcement_words(matter, row)
    others = [(one.id, one.name) for one in group.summary.members if one.id != current_user.id]
    form.offer(me=(current_user.id, current_user.name), others=others)

    def deed() -> str:
        chosen = form.replaced_by.data
        group_signing.recuse_member(
            by=current_user, announcement=row, member=get_person(form.member_id.data), reason=form.reason.data or "",
            replaced_by=None if chosen == NOBODY else get_person(chosen),
        )  # fmt: skip
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已记录回避，法定人数已重新计算。"), "success")
        return redirect(there)
    return render_template("decisions/recuse_member.html", form=form, group=group, **words), status(form)


def print_sign_off(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Show the group's sign-off page, ready for the printer."""
    matter = queries.get_matter(village_code, year, seq)
    row = queries.get_announcement(matter, announcement_id)
    return render_template(
        "decisions/print_sign_off.html", summary=reviewed(row).summary, content=content_of(row),
        decisions=tuple(Decision), **announcement_words(matter, row),
    )  # fmt: skip


def reviewed(announcement: Announcement) -> GroupView:
    """Return what the group has said.

    Raises:
        ReviewNotFound: it was never submitted.
    """
    found = group_view(announcement)
    if found is None:
        raise ReviewNotFound
    return found
