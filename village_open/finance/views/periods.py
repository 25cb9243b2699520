"""Reading a period: its statement, the rows behind a number, what is worth a look, a permission to go on as 暂计."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import InputError
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.errors import PeriodChanged
from village_open.finance.forms.books import ReasonForm
from village_open.finance.items import ITEMS
from village_open.finance.models import PeriodState
from village_open.finance.pages import may, next_deed, period_words, place_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.flags import list_flags as find_flags_of
from village_open.finance.queries.lines import count_lines_without_receipt, find_lines, read_filter
from village_open.finance.queries.periods import find_preceding_period, list_choices
from village_open.finance.queries.reviewing import may_be_taken_back
from village_open.finance.statements import EXPENSE, INCOME
from village_open.finance.views.conflicts import conflict_page
from village_open.villages.access import CLERK, REVIEWERS_AND_TOWNSHIP, TOWNSHIP


def show_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show a period: chain, identity, money accounts, sums."""
    period = get_period(village_code, period_code)
    statement, preceding = get_statement(period), find_preceding_period(period)
    return render_template(
        "finance/show_period.html", statement=statement, preceding=preceding, **period_words(period),
        next_deed=next_deed(period, has_lines=bool(statement.lines)),
        bare=sum(1 for row in statement.lines if row.line.kind in (INCOME, EXPENSE) and not row.line.receipts),
        is_late_before=preceding is not None and preceding.stage is not PeriodState.ISSUED,
        takes_back=may(CLERK, village_code) and may_be_taken_back(period),
        is_township=may(TOWNSHIP, village_code), sees_flags=may(REVIEWERS_AND_TOWNSHIP, village_code),
    )  # fmt: skip


def list_lines(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """List the rows behind a number, or all of them."""
    period = get_period(village_code, period_code)
    wanted = read_filter(request.args)
    found = find_lines(period, wanted, number=request.args.get("page", 1, type=int))
    return render_template(
        "finance/list_lines.html", found=found, wanted=wanted, items=ITEMS, accounts=list_choices(period.village),
        bare=count_lines_without_receipt(period), **period_words(period),
    )  # fmt: skip


def list_flags(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """List what is worth a look; the clerk has no such page."""
    period = get_period(village_code, period_code)
    flags = find_flags_of(period, for_township=may(TOWNSHIP, village_code))
    rows = {row.line.id: row for row in get_statement(period).lines}
    return render_template("finance/list_flags.html", flags=flags, rows=rows, **period_words(period))


def allow_provisional(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Let a period go on although the one before is late."""
    period, form = get_period(village_code, period_code), ReasonForm()
    if form.validate_on_submit():
        try:
            with transaction():
                period = get_period(village_code, period_code)
                actions.allow_provisional(
                    by=current_user, period=period, reason=form.reason.data, version=form.seen_version
                )
        except PeriodChanged as lost:
            now = get_period(village_code, period_code)
            rows = [(str(form.reason.label.text), form.reason.data, now.provisional_reason)]
            return conflict_page(rows, url_for("finance.show_period", **place_of(now)), lost.message)
        except InputError as refused:
            form.reason.errors = [refused.message]
        else:
            flash(_("已同意按暂计提交，理由已记入记录。"), "success")
            return redirect(url_for("finance.show_period", **place_of(period)))
    else:
        form.version.data = str(period.version_id)
    return render_template(
        "finance/allow_provisional.html", form=form, **period_words(period)
    ), 422 if form.errors else 200
