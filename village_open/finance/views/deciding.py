"""Which decision is behind a payment, or why it goes without one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from village_open.core.errors import InputError
from village_open.db import transaction
from village_open.decisions.queries import find_matter_of, list_recent_matters
from village_open.decisions.rules.payments import Allowed
from village_open.finance.actions.deciding import exempt_payment
from village_open.finance.actions.deciding import link_matter as link
from village_open.finance.forms.books import MatterForm
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.pages import period_words, place_of
from village_open.finance.payments import exemption_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.lines import get_line
from village_open.finance.queries.payments import check_payments, list_rooms

NONE = 0
"""The choice that stands for no matter."""
SUBMISSION = "submission"


def link_matter(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Choose the matter that a payment belongs to, or say why it goes without a decision."""
    period = get_period(village_code, period_code)
    line = get_line(period, line_id)
    form = MatterForm(matter_id=line.matter_id or NONE, exemption_kind=line.exemption_kind, exemption=line.exemption)
    form.matter_id.choices = _choices(period, line)
    if form.validate_on_submit() and _is_kept(form, village_code, period_code, line_id):
        flash(_("已写明例外的理由。") if form.exemption_kind.data else _("已写明依据的决议。"), "success")
        if request.args.get("from") == SUBMISSION:
            return redirect(url_for("finance.submit_period", **place_of(period), _anchor="payments"))
        return redirect(url_for("finance.show_line", **place_of(period), line_id=line_id))
    check = check_payments(period, get_statement(period))
    page = render_template(
        "finance/link_matter.html", form=form, line=line, lacks=check.sentence_of(line_id), profile=check.profile,
        **period_words(period),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _choices(period: FinancePeriod, line: Line) -> list[SelectChoice]:
    """Offer the decisions with room for the payment first; the one that it names stays among them."""
    ids = [row.id for row in list_recent_matters(period.village_id)]
    rooms = list_rooms([*ids, *([line.matter_id] if line.matter_id else [])], period, line.id)
    covering = {id_: rooms[id_] for id_ in dict.fromkeys([*ids, *rooms]) if rooms[id_].covers(line.amount_fen)}
    others = {id_: rooms[id_] for id_ in dict.fromkeys([*ids, *rooms]) if id_ not in covering}
    return [
        SelectChoice(NONE, _("不依据哪件事项")),
        *(SelectChoice(id_, _label(room), optgroup=_("够付这一笔的决议")) for id_, room in covering.items()),
        *(SelectChoice(id_, _label(room), optgroup=_("现在够不上的事项")) for id_, room in others.items()),
    ]


def _label(room: Allowed) -> str:
    return f"{room.reference} {room.title}（{room.why_not or room.arithmetic}）"


def _is_kept(form: MatterForm, village_code: str, period_code: str, line_id: int) -> bool:
    """Tell whether both answers were kept, both or neither; what refused them stands at its field."""
    try:
        with transaction():
            period = get_period(village_code, period_code)
            chosen = find_matter_of(period.village_id, form.matter_id.data)
            link(by=current_user, period=period, line_id=line_id, matter=chosen)
            exempt_payment(
                by=current_user, period=period, line_id=line_id, kind=exemption_of(form.exemption_kind.data),
                reason=form.exemption.data or "",
            )  # fmt: skip
    except InputError as refused:
        field = form[refused.field or "exemption"]
        field.errors = [*field.errors, refused.message]
        return False
    return True
