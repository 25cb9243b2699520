"""Villages, their groups of villagers and their notice boards."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.villages import actions, queries
from village_open.villages.access import CLERK_OR_TOWNSHIP, TOWNSHIP
from village_open.villages.forms import BoardForm, VillageForm, VillageGroupForm
from village_open.villages.models import RoleKind
from village_open.villages.rules import GROUP_WORDS, PAPER_WORDS, pages_that_fit
from village_open.villages.views.deeds import done, status


def list_villages(*, township_code: str) -> ResponseReturnValue:
    """Show the roster of the township."""
    township = queries.get_township(township_code)
    page = queries.list_villages(township_code, page=request.args.get("page", 1, type=int))
    return render_template("villages/list_villages.html", township=township, page=page)


def add_village(*, township_code: str) -> ResponseReturnValue:
    """Enter a village."""
    township, form = queries.get_township(township_code), VillageForm()

    def deed() -> None:
        actions.add_village(
            by=current_user, township=township, code=form.code.data, name=form.name.data,
            households=form.households.data, residents=form.residents.data, chart_year=form.chart_year.data,
        )  # fmt: skip

    if done(form, deed):
        flash(_("已登记%(name)s。", name=form.name.data), "success")
        return redirect(url_for("villages.list_villages", township_code=township_code))
    return render_template("villages/add_village.html", township=township, form=form), status(form)


def show_village(*, village_code: str) -> ResponseReturnValue:
    """Show who is what in a village, both groups, the notice boards and the groups of villagers."""
    village, today = queries.get_village(village_code), clock.today()
    terms = [
        (role, RoleKind(role.kind).label)
        for role in queries.list_current_terms(village_code, today)
        if role.kind not in GROUP_WORDS
    ]
    return render_template(
        "villages/show_village.html", village=village, terms=terms, groups=queries.list_groups(village, today),
        boards=queries.list_boards(village.id), village_groups=queries.list_village_groups(village.id),
        relationships=queries.list_relationships(village.id), paper_words=PAPER_WORDS, pages_that_fit=pages_that_fit,
        may_change=TOWNSHIP.admits(current_user, {"village_code": village_code}),
        may_settle=CLERK_OR_TOWNSHIP.admits(current_user, {"village_code": village_code}),
    )  # fmt: skip


def add_village_group(*, village_code: str) -> ResponseReturnValue:
    """Enter a group of villagers."""
    village, form = queries.get_village(village_code), VillageGroupForm()

    def deed() -> None:
        actions.add_village_group(
            by=current_user, village=village, name=form.name.data, households=form.households.data
        )

    if done(form, deed):
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template("villages/add_village_group.html", village=village, form=form), status(form)


def add_board(*, village_code: str) -> ResponseReturnValue:
    """Enter a notice board."""
    village, form = queries.get_village(village_code), BoardForm()

    def deed() -> None:
        actions.add_board(by=current_user, village=village, **_board_facts(form))

    if done(form, deed):
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template("villages/add_board.html", village=village, form=form), status(form)


def change_board(*, village_code: str, board_id: int) -> ResponseReturnValue:
    """Correct a notice board."""
    village, board = queries.get_village(village_code), queries.get_board(village_code, board_id)
    form = BoardForm(obj=board)

    def deed() -> None:
        actions.change_board(by=current_user, village=village, board=board, **_board_facts(form))

    if done(form, deed):
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template("villages/change_board.html", village=village, board=board, form=form), status(form)


def _board_facts(form: BoardForm) -> dict[str, Any]:
    fields = ("place", "width_mm", "height_mm", "reading_distance_mm", "paper")
    return {name: form[name].data for name in fields}
