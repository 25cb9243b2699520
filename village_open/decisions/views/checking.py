"""The township before it issues an announcement: the check for secrets, and the way back to the village."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.decisions import queries
from village_open.decisions.actions import announcing as actions
from village_open.decisions.announced import content_of, require_same
from village_open.decisions.forms.announcements import CheckForm, ReturnForm
from village_open.decisions.pages import announcement_words
from village_open.decisions.views.deeds import done, status


def check_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Sign, under one's own name, that nothing secret or personal is published (保密审查)."""
    matter, form = queries.get_matter(village_code, year, seq), CheckForm()
    row = queries.get_announcement(matter, announcement_id)
    words = announcement_words(matter, row)

    def deed() -> str:
        require_same(row, form.content_sha256.data)
        actions.check_announcement(by=current_user, announcement=row)
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已记录审查结果。"), "success")
        return redirect(there)
    content = content_of(row)
    form.content_sha256.data = content.sha256
    page = render_template("decisions/check_announcement.html", form=form, content=content, **words)
    return page, status(form)


def return_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Return an announcement to the village with a reason."""
    matter, form = queries.get_matter(village_code, year, seq), ReturnForm()
    row = queries.get_announcement(matter, announcement_id)
    words = announcement_words(matter, row)

    def deed() -> str:
        actions.return_announcement(by=current_user, announcement=row, reason=form.reason.data or "")
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已退回村里。"), "success")
        return redirect(there)
    return render_template("decisions/return_announcement.html", form=form, **words), status(form)
