"""The confirming meeting, and the township before it issues: filing, the check for secrets, returning."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.db.transactions import ChangedMeanwhile
from village_open.finance import actions
from village_open.finance.forms.checking import ConfirmForm, PrivacyForm, ReturnForm, VersionedForm
from village_open.finance.models import FinancePeriod
from village_open.finance.pages import period_words, place_of
from village_open.finance.publication import publication_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.flags import list_flags
from village_open.finance.queries.reviewing import find_group_summary, get_review_sheet
from village_open.finance.views.conflicts import ConflictRow, conflict_page
from village_open.villages.models import RoleKind
from village_open.villages.queries import get_profile
from village_open.web.words import spoken


def confirm_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Write down the confirming meeting: the day, who, what it said."""
    period, form = get_period(village_code, period_code), ConfirmForm()
    body = get_profile(period.village.township, period.period).confirming_body

    def deed(current: FinancePeriod) -> None:
        actions.confirm_period(by=current_user, period=current, body=body, on=form.on.data, note=_meeting(form))

    if (answer := _done(period, form, deed)) is not None:
        return answer
    page = render_template(
        "finance/confirm_period.html", form=form, body=body, statement=get_statement(period), groups=_groups(period),
        **period_words(period),
    )  # fmt: skip
    return page, _status(form)


def check_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show the township everything that stands before the issue, and what is still to be done."""
    period = get_period(village_code, period_code)
    sheet = get_review_sheet(period)
    return render_template(
        "finance/check_period.html", sheet=sheet, groups=_groups(period), flags=list_flags(period, for_township=True),
        profile=get_profile(period.village.township, period.period), **period_words(period),
    )  # fmt: skip


def check_privacy(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Sign, under one's own name, that nothing secret or personal is published (保密审查)."""
    period, form = get_period(village_code, period_code), PrivacyForm()
    sheet = get_review_sheet(period)

    def deed(current: FinancePeriod) -> None:
        actions.check_privacy(by=current_user, period=current, prints_objections=form.prints_objections.data)

    if (answer := _done(period, form, deed)) is not None:
        return answer
    shown = publication_of(period, sheet, *(summary for _kind, summary in _groups(period)))
    page = render_template(
        "finance/check_privacy.html", form=form, sheet=sheet, shown=shown, **period_words(period),
    )  # fmt: skip
    return page, _status(form)


def return_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Send a period back to the village with a reason; nothing is lost."""
    period, form = get_period(village_code, period_code), ReturnForm()

    def deed(current: FinancePeriod) -> None:
        actions.return_period(by=current_user, period=current, reason=form.reason.data)

    if (answer := _done(period, form, deed)) is not None:
        return answer
    return render_template("finance/return_period.html", form=form, **period_words(period)), _status(form)


def file_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """File a period with the township (备案)."""
    with transaction():
        actions.file_period(
            by=current_user, period=get_period(village_code, period_code),
            content_sha256=request.form.get("content_sha256", ""),
        )  # fmt: skip
    flash(_("已登记备案。"), "success")
    return redirect(url_for("finance.check_period", village_code=village_code, period_code=period_code))


def _done(
    period: FinancePeriod, form: VersionedForm, deed: Callable[[FinancePeriod], None]
) -> ResponseReturnValue | None:
    """Do the deed on the version that the page showed; None where the page has to be shown (again)."""
    place = place_of(period)
    if not form.validate_on_submit():
        form.version.data = str(period.version_id)
        return None
    try:
        with transaction():
            current = get_period(**place)
            if form.is_stale(current.version_id):
                raise ChangedMeanwhile
            deed(current)
    except ChangedMeanwhile as lost:
        return conflict_page(_rows(form, get_period(**place)), url_for("finance.show_period", **place), lost.message)
    except (InputError, RuleForbids) as refused:
        _tell(form, refused)
        return None
    flash(_("已记录。"), "success")
    return redirect(url_for("finance.check_period" if form.goes_on else "finance.show_period", **place))


def _tell(form: VersionedForm, refused: InputError | RuleForbids) -> None:
    name = getattr(refused, "field", None)
    if name and name in form:
        form[name].errors = [*form[name].errors, refused.message]
    else:
        form.form_errors.append(refused.message)


def _rows(form: VersionedForm, now: FinancePeriod) -> list[ConflictRow]:
    """Put what was typed beside what holds now."""
    kept = {
        "on": str(now.confirmed_on or ""), "attendees": now.confirmed_note, "note": now.confirmed_note,
        "reason": now.return_reason, "prints_objections": _yes(now.prints_objections),
    }  # fmt: skip
    checked = _yes(bool(now.privacy_checked_by))
    typed = [field for field in form if field.name not in ("version", "csrf_token")]
    rows = [(str(field.label.text), _written(field.data), kept.get(field.name, checked)) for field in typed]
    return [(_("本期到了哪一步"), "", spoken(now.stage.label)), *rows]


def _written(value: Any) -> str:
    return _yes(value) if isinstance(value, bool) else str(value or "")


def _yes(value: bool) -> str:
    return _("是") if value else _("否")


def _groups(period: FinancePeriod) -> list[tuple[RoleKind, Any]]:
    return [(kind, find_group_summary(period, kind)) for kind in (RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION)]


def _meeting(form: ConfirmForm) -> str:
    attendees, note = form.attendees.data.strip(), (form.note.data or "").strip()
    return f"参加：{attendees}" + (f"；意见：{note}" if note else "")


def _status(form: VersionedForm) -> int:
    return 422 if form.errors or form.form_errors else 200
