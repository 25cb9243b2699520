"""What is due in a village and a period, and the board that the clerk makes of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import RuleForbids
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.actions.boards import NewSection, begin_board, change_board
from village_open.decisions.pages import may, place_of_announcement
from village_open.decisions.queries import find_draft_board
from village_open.notices.catalogue import Source
from village_open.notices.catalogue_pages import due_words, list_due
from village_open.notices.forms import BoardForm
from village_open.notices.take_home import due_table
from village_open.villages.access import CLERK, TOWNSHIP
from village_open.villages.models import Village
from village_open.villages.queries import get_village
from village_open.workbooks.sending import send_table


def show_catalogue(*, village_code: str, period_code: str) -> str:
    """Show every item of the catalogue by name: what is public, with whom it is, what is missing, by when."""
    return _page(get_village(village_code), Period.parse(period_code).quarter)


def _page(village: Village, period: Period, refused: str = "") -> str:
    draft, is_clerk = find_draft_board(village.id, period.code), may(CLERK, village.code)
    return render_template(
        "notices/show_catalogue.html", form=BoardForm(), draft=draft, refused=refused, source=Source,
        is_clerk=is_clerk, is_office=not is_clerk and may(TOWNSHIP, village.code), **due_words(village, period),
    )  # fmt: skip


def save_board(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Put the chosen items on the board of the period: a new draft, or the one that lies here."""
    village, period, form = get_village(village_code), Period.parse(period_code).quarter, BoardForm()
    if not form.validate_on_submit():
        return _page(village, period, _("没有读懂这一页，请刷新后再试。")), 422
    sections = _typed(village, period)
    try:
        with transaction():
            row = find_draft_board(village.id, period.code)
            if row is not None:
                change_board(by=current_user, announcement=row, sections=sections)
            else:
                row = begin_board(by=current_user, village=village, period=period, sections=sections)
            place = place_of_announcement(row)
    except RuleForbids as refused:
        return _page(get_village(village_code), period, refused.message), refused.status
    flash(_("已保存公开栏的栏目，看过没有错，再提交给监督小组。"), "success")
    return redirect(url_for("decisions.show_announcement", **place))


def _typed(village: Village, period: Period) -> list[NewSection]:
    """Return what was chosen; what may not be chosen now is left out."""
    chosen, nothing = set(request.form.getlist("item")), set(request.form.getlist("nothing"))
    return [
        NewSection(
            line.item.key, line.item.label, line.item.key in nothing, request.form.get(f"note-{line.item.key}", "")
        )
        for line in list_due(village, period)
        if line.may_be_chosen and line.item.key in chosen
    ]


def export_catalogue(*, village_code: str, period_code: str, ending: str) -> ResponseReturnValue:
    """Hand out the due list."""
    village, period = get_village(village_code), Period.parse(period_code).quarter
    table = due_table(list_due(village, period), period)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, f"{village.name}{period.label}应公开事项")
