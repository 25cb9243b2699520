"""Which decision is behind a payment."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.db import transaction
from village_open.decisions.queries import find_matter_of, list_recent_matters
from village_open.finance.actions.deciding import link_matter as link
from village_open.finance.forms.books import MatterForm
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period
from village_open.finance.queries.lines import get_line

NONE = 0
"""The choice that stands for no matter."""


def link_matter(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Choose the matter that a payment belongs to."""
    period = get_period(village_code, period_code)
    line = get_line(period, line_id)
    form = MatterForm(matter_id=line.matter_id or NONE)
    matters = list_recent_matters(period.village_id)
    form.matter_id.choices = [
        (NONE, _("不依据哪件事项")), *((row.id, f"{row.reference} {row.title}") for row in matters)
    ]  # fmt: skip
    if form.validate_on_submit():
        chosen = find_matter_of(period.village_id, form.matter_id.data)
        with transaction():
            link(by=current_user, period=get_period(village_code, period_code), line_id=line_id, matter=chosen)
        flash(_("已写明依据的决议。"), "success")
        return redirect(url_for("finance.show_line", **place_of(period), line_id=line_id))
    page = render_template("finance/link_matter.html", form=form, line=line, **period_words(period))
    return page, 422 if form.errors else 200
