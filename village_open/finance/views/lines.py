"""One line on a plain page: added, changed, taken out, put back, shown with its receipts."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.money import format_fen
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.cells import cells_of, typed_day
from village_open.finance.doubts import find_doubts_of
from village_open.finance.errors import LinesChanged
from village_open.finance.forms.grid import COLUMNS, GridReading
from village_open.finance.forms.line import LineForm, line_form, read_line_form
from village_open.finance.items import ITEMS
from village_open.finance.ledgers import ledger_of
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period
from village_open.finance.queries.lines import get_line
from village_open.finance.queries.periods import ledger_line, list_choices_of_period
from village_open.finance.queries.receipts import list_receipts
from village_open.finance.views.conflicts import conflict_page
from village_open.web.words import spoken


def add_line(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Add one line on a plain form."""
    period = get_period(village_code, period_code)
    ledger = ledger_of(period)
    form = line_form(ledger, {"draft_key": secrets.token_urlsafe(12)})
    if form.validate_on_submit() and not (reading := read_line_form(form, ledger)).problems:
        with transaction():
            (saved,) = actions.save_lines(
                by=current_user, period=get_period(village_code, period_code), rows=reading.lines
            )
        flash(_("已保存：%(day)s %(summary)s。", day=typed_day(saved.on), summary=saved.summary), "success")
        _tell_warnings(reading)
        return redirect(url_for("finance.add_line", **place_of(period)))
    return _line_page(form, period, None)


def _tell_warnings(reading: GridReading) -> None:
    for warning in reading.warnings:
        flash(f"{spoken(COLUMNS[warning.field])}{_('：')}{warning.message}", "warning")


def edit_line(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Change one line on a plain form."""
    period = get_period(village_code, period_code)
    line, ledger = get_line(period, line_id), ledger_of(period)
    form = line_form(ledger, _filled(line, period))
    if form.validate_on_submit() and not (reading := read_line_form(form, ledger, line_id)).problems:
        try:
            with transaction():
                actions.save_lines(by=current_user, period=get_period(village_code, period_code), rows=reading.lines)
        except LinesChanged as lost:
            return _line_page(form, period, get_line(get_period(village_code, period_code), line_id), lost.message)
        flash(_("已保存修改。"), "success")
        return redirect(url_for("finance.show_line", **place_of(period), line_id=line_id))
    return _line_page(form, period, line)


def _filled(line: Line, period: FinancePeriod) -> dict[str, object]:
    names = {account.id: account.name for account in list_choices_of_period(period)}
    return {**cells_of(ledger_line(line), names), "item": line.item_key, "version": line.version_id}


def _line_page(form: LineForm, period: FinancePeriod, line: Line | None, conflict: str = "") -> ResponseReturnValue:
    if conflict and line is not None:
        form.version.raw_data = None
        form.version.data = line.version_id
    theirs = _filled(line, period) if conflict and line is not None else None
    page = render_template(
        "finance/edit_line.html", form=form, line=line, conflict=conflict, theirs=theirs, columns=COLUMNS, items=ITEMS,
        **period_words(period),
    )  # fmt: skip
    return page, 409 if conflict else 422 if form.errors else 200


def show_line(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Show one line with its receipts."""
    period = get_period(village_code, period_code)
    line = get_line(period, line_id)
    ledger = ledger_line(line)
    return render_template(
        "finance/show_line.html",
        line=line,
        exemption=ledger.exemption_words,
        doubts=find_doubts_of(ledger, today=clock.today()),
        columns={name: spoken(word) for name, word in COLUMNS.items()},
        item=ITEMS.get(line.item_key),
        receipts=list_receipts(line),
        **period_words(period),
    )


def remove_line(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Take a line out, as it was shown."""
    version = request.form.get("version", 0, type=int)
    try:
        with transaction():
            period = get_period(village_code, period_code)
            actions.remove_line(by=current_user, period=period, line_id=line_id, version=version)
    except LinesChanged as lost:
        return _not_removed(get_period(village_code, period_code), line_id, lost)
    flash(_("已撤掉这一笔，在录入页下面可以恢复。"), "success")
    return redirect(url_for("finance.enter_lines", village_code=village_code, period_code=period_code))


def _not_removed(period: FinancePeriod, line_id: int, lost: LinesChanged) -> ResponseReturnValue:
    line = get_line(period, line_id)
    yuan = format_fen(line.amount_fen)
    kept = _("%(day)s %(summary)s，%(yuan)s 元", day=typed_day(line.on), summary=line.summary, yuan=yuan)
    rows = [(_("这一笔"), _("撤掉"), _("已撤掉") if line.is_removed else kept)]
    return conflict_page(rows, url_for("finance.show_line", **place_of(period), line_id=line_id), lost.message)


def restore_line(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Put a line back."""
    with transaction():
        actions.restore_line(by=current_user, period=get_period(village_code, period_code), line_id=line_id)
    flash(_("已恢复这一笔。"), "success")
    return redirect(url_for("finance.enter_lines", village_code=village_code, period_code=period_code))
