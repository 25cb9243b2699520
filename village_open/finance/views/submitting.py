"""The end of entering: what was counted, the check, handing in and taking back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import RuleForbids
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.forms.books import count_form, counted_of
from village_open.finance.models import PeriodState
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.periods import find_preceding_period


def count_closing(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Write down what lay in the box and stood on the bank's statement."""
    period = get_period(village_code, period_code)
    statement = get_statement(period)
    form = count_form([(row.id, row.name, row.counted_fen) for row in statement.accounts])
    if form.validate_on_submit():
        with transaction():
            actions.count_closing(
                by=current_user, period=get_period(village_code, period_code), counted=counted_of(form)
            )
        flash(_("期末实有数已保存。"), "success")
        return redirect(url_for("finance.submit_period", **place_of(period)))
    page = render_template("finance/count_closing.html", form=form, statement=statement, **period_words(period))
    return page, 422 if form.errors else 200


def submit_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show what stands in the way of handing in, and hand in."""
    refused = ""
    if request.method == "POST":
        try:
            with transaction():
                actions.submit_period(by=current_user, period=get_period(village_code, period_code))
        except RuleForbids as forbidden:
            refused = forbidden.message
        else:
            flash(_("已提交民主理财小组。第一条意见写下以前，还可以撤回。"), "success")
            return redirect(url_for("finance.show_period", village_code=village_code, period_code=period_code))
    return _submit_page(village_code, period_code, refused)


def _submit_page(village_code: str, period_code: str, refused: str) -> ResponseReturnValue:
    period = get_period(village_code, period_code)
    if period.stage is not PeriodState.ENTRY:
        return redirect(url_for("finance.show_period", **place_of(period)))
    statement, preceding = get_statement(period), find_preceding_period(period)
    page = render_template(
        "finance/submit_period.html", statement=statement, refused=refused, preceding=preceding,
        is_late_before=preceding is not None and preceding.stage is not PeriodState.ISSUED,
        unsorted=[row for row in statement.lines if row.line.kind != "transfer" and not row.line.item],
        bare=[row for row in statement.lines if row.line.kind != "transfer" and not row.line.receipts],
        **period_words(period),
    )  # fmt: skip
    return page, 409 if refused else 200


def take_back_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Take a period back before the first mark."""
    with transaction():
        actions.take_back_period(by=current_user, period=get_period(village_code, period_code))
    flash(_("已撤回，可以继续修改。"), "success")
    return redirect(url_for("finance.show_period", village_code=village_code, period_code=period_code))
