"""The end of entering: what was counted, the check, handing in and taking back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.doubts import Doubt, DoubtKind, find_doubts_of
from village_open.finance.errors import PeriodChanged
from village_open.finance.forms.books import SubmitForm, count_form, counted_of, seen_of
from village_open.finance.forms.grid import COLUMNS
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.payments import check_payments
from village_open.finance.queries.periods import find_preceding_period, list_stocks
from village_open.finance.queries.reviewing import may_be_taken_back
from village_open.finance.statements import Statement, StatementLine
from village_open.finance.views.conflicts import conflict_page, fen_cell
from village_open.web.fields import ChineseForm
from village_open.web.words import spoken


def count_closing(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Write down what lay in the box and stood on the bank's statement."""
    period = get_period(village_code, period_code)
    statement = get_statement(period)
    form = count_form([(row.id, row.name, row.counted_fen) for row in statement.accounts])
    if form.validate_on_submit():
        try:
            with transaction():
                period = get_period(village_code, period_code)
                actions.count_closing(by=current_user, period=period, counted=counted_of(form), seen=seen_of(form))
        except PeriodChanged as lost:
            return _counted_before(form, get_period(village_code, period_code), lost)
        flash(_("期末实有数已保存。"), "success")
        is_even = all(row.difference_fen == 0 for row in get_statement(get_period(**place_of(period))).accounts)
        return redirect(url_for(f"finance.{'submit_period' if is_even else 'count_closing'}", **place_of(period)))
    page = render_template("finance/count_closing.html", form=form, statement=statement, **period_words(period))
    return page, 422 if form.errors else 200


def _counted_before(form: ChineseForm, now: FinancePeriod, lost: PeriodChanged) -> ResponseReturnValue:
    """Put what was typed beside what somebody else saved first."""
    typed = counted_of(form)
    rows = [(stock.name, fen_cell(typed.get(stock.id)), fen_cell(stock.counted_fen)) for stock in list_stocks(now)]
    return conflict_page(rows, url_for("finance.count_closing", **place_of(now)), lost.message)


def submit_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show what stands in the way of handing in, and hand in."""
    refused, form = "", SubmitForm(plain_reason=get_period(village_code, period_code).plain_reason)
    if form.validate_on_submit():
        try:
            with transaction():
                period = get_period(village_code, period_code)
                actions.submit_period(by=current_user, period=period, plain_reason=form.plain_reason.data or "")
        except RuleForbids as forbidden:
            refused = forbidden.message
        else:
            flash(_("已提交民主理财小组。第一条意见写下以前，还可以撤回。"), "success")
            return redirect(url_for("finance.show_period", village_code=village_code, period_code=period_code))
    return _submit_page(village_code, period_code, form, refused)


def _submit_page(village_code: str, period_code: str, form: SubmitForm, refused: str) -> ResponseReturnValue:
    period = get_period(village_code, period_code)
    if period.stage is not PeriodState.ENTRY:
        return redirect(url_for("finance.show_period", **place_of(period)))
    statement, preceding = get_statement(period), find_preceding_period(period)
    page = render_template(
        "finance/submit_period.html", statement=statement, form=form, refused=refused, preceding=preceding,
        is_late_before=preceding is not None and preceding.stage is not PeriodState.ISSUED,
        unsorted=[row for row in statement.lines if row.line.kind in ("income", "expense") and not row.line.item],
        bare=[row for row in statement.lines if row.line.kind in ("income", "expense") and not row.line.receipts],
        payments=check_payments(period, statement), doubted=_doubted(statement),
        columns={name: spoken(word) for name, word in COLUMNS.items()},
        **period_words(period),
    )  # fmt: skip
    return page, 409 if refused else 422 if form.errors else 200


def _doubted(statement: Statement) -> dict[str, list[tuple[StatementLine, Doubt]]]:
    """Return the lines to be looked at again under each kind of doubt."""
    found = [(row, doubt) for row in statement.lines for doubt in find_doubts_of(row.line, today=clock.today())]
    return {kind.value: [pair for pair in found if pair[1].kind is kind] for kind in DoubtKind}


def take_back_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Ask, and take a period back before the first mark."""
    refused = ""
    if request.method == "POST":
        try:
            with transaction():
                actions.take_back_period(by=current_user, period=get_period(village_code, period_code))
        except RuleForbids as forbidden:
            refused = forbidden.message
        else:
            flash(_("已撤回，可以继续修改。"), "success")
            return redirect(url_for("finance.show_period", village_code=village_code, period_code=period_code))
    period = get_period(village_code, period_code)
    page = render_template(
        "finance/take_back_period.html", refused=refused, may_take_back=may_be_taken_back(period),
        **period_words(period),
    )  # fmt: skip
    return page, 409 if refused else 200
