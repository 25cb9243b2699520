"""The catalogue as a township changes it: items of its own, and what does not apply to a village."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.decisions.pages import may
from village_open.notices.actions import catalogue as actions
from village_open.notices.catalogue import VERSION, Frequency, national_items
from village_open.notices.forms import AddLocalItemForm, BoardForm, ExceptItemForm
from village_open.notices.queries.catalogue import (
    as_item,
    find_exception,
    get_item,
    get_local_item,
    list_local_items,
)
from village_open.villages.access import TOWNSHIP
from village_open.villages.forms import tell
from village_open.villages.queries import get_township, get_village
from village_open.web.fields import choices_of

REFUSED = 422


def list_catalogue(*, township_code: str) -> str:
    """Show the whole catalogue of a township: the national part with its version, and what the township added."""
    township = get_township(township_code)
    return render_template(
        "notices/list_catalogue.html", township=township, items=national_items(), version=VERSION, form=BoardForm(),
        local=[(row, as_item(row)) for row in list_local_items(township.id)], period=Period.of(clock.today()),
        is_office=TOWNSHIP.admits(current_user, {"township_code": township_code}),
    )  # fmt: skip


def add_local_item(*, township_code: str) -> ResponseReturnValue:
    """Add an item for all villages of the township."""
    township, form = get_township(township_code), AddLocalItemForm()
    form.group.choices = choices_of((one, one) for one in actions.GROUPS)
    form.frequency.choices = choices_of((one.value, one.label) for one in Frequency)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.add_local_item(by=current_user, township=township, item=_typed(form))
            flash(_("已增加，本镇各村从本季起都要公开这一项。"), "success")
            return redirect(url_for("notices.list_catalogue", township_code=township_code))
        except (InputError, RuleForbids) as refused:
            tell(form, refused)
    page = render_template("notices/add_local_item.html", form=form, township=get_township(township_code))
    return page, REFUSED if form.errors or form.form_errors else 200


def _typed(form: AddLocalItemForm) -> actions.NewItem:
    return actions.NewItem(
        label=form.label.data or "", group=form.group.data, frequency=Frequency(form.frequency.data),
        basis=form.basis.data or "", days=form.days.data or 0, month=form.month.data or 0,
        posting_days=form.posting_days.data or 0,
    )  # fmt: skip


def end_local_item(*, township_code: str, item_key: str) -> ResponseReturnValue:
    """End an item of the township."""
    township = get_township(township_code)
    row = get_local_item(township.id, item_key)
    try:
        with transaction():
            actions.end_local_item(by=current_user, township=township, row=row)
        flash(_("已停用，用到本季为止。"), "success")
    except RuleForbids as refused:
        flash(refused.message, "warning")
    return redirect(url_for("notices.list_catalogue", township_code=township_code))


def except_item(*, village_code: str, period_code: str, item_key: str) -> ResponseReturnValue:
    """Say that an item does not apply to a village from this quarter on."""
    village, period, form = get_village(village_code), Period.parse(period_code).quarter, ExceptItemForm()
    item = get_item(village.township_id, item_key, period)
    back = url_for("notices.show_catalogue", village_code=village_code, period_code=period.code)
    if form.validate_on_submit():
        try:
            with transaction():
                reason = form.reason.data or ""
                actions.except_item(by=current_user, village=village, item=item, reason=reason, starts_with=period)
            flash(_("已写明不适用。"), "success")
            return redirect(back)
        except (InputError, RuleForbids) as refused:
            tell(form, refused)
    page = render_template(
        "notices/except_item.html", form=form, village=get_village(village_code), item=item, period=period, back=back,
    )  # fmt: skip
    return page, REFUSED if form.errors or form.form_errors else 200


def end_exception(*, village_code: str, period_code: str, item_key: str) -> ResponseReturnValue:
    """Say that an item applies to a village again from this quarter on."""
    village, period = get_village(village_code), Period.parse(period_code).quarter
    item, row = get_item(village.township_id, item_key, period), find_exception(village.id, item_key, period)
    if row is not None and may(TOWNSHIP, village_code):
        with transaction():
            actions.end_exception(by=current_user, village=village, item=item, row=row, period=period)
        flash(_("已写明又适用。"), "success")
    return redirect(url_for("notices.show_catalogue", village_code=village_code, period_code=period.code))
