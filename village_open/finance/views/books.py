"""The village's own page: its periods, its money accounts, joining."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.actions.joining import require_joining_open
from village_open.finance.errors import PeriodChanged
from village_open.finance.forms.books import (
    OPENING,
    SO_FAR,
    CorrectJoiningForm,
    MoneyAccountForm,
    correct_joining_form,
    joining_form,
)
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.pages import may, period_words, place_of
from village_open.finance.queries import find_latest_period, get_period, list_money_accounts
from village_open.finance.queries.periods import (
    get_joining_figures,
    get_money_account,
    list_choices,
    list_choices_of_period,
    list_periods_page,
    list_stocks,
    next_period_to_open,
)
from village_open.finance.views.conflicts import ConflictRow, conflict_page, fen_cell
from village_open.villages.access import CLERK
from village_open.villages.models import Village
from village_open.villages.queries import get_profile, get_village
from village_open.web.filters import period_label


def show_village(*, village_code: str) -> ResponseReturnValue:
    """Show the periods of a village, and what its clerk may begin."""
    village = get_village(village_code)
    number, latest = request.args.get("page", 1, type=int), find_latest_period(village)
    return render_template(
        "finance/show_village.html", village=village, page=list_periods_page(village, number=number),
        money_accounts=list_money_accounts(village), is_clerk=may(CLERK, village_code),
        opening=_openable(village, latest), running=_running(latest),
    )  # fmt: skip


def _running(latest: FinancePeriod | None) -> FinancePeriod | None:
    """Return the latest period while it is not handed in."""
    return latest if latest is not None and latest.stage is PeriodState.ENTRY else None


def _openable(village: Village, latest: FinancePeriod | None) -> Period | None:
    """Return the period that may be opened today, if one may."""
    if latest is None:
        return None
    wanted = next_period_to_open(latest.period, get_profile(village.township, latest.period.next).period_kind)
    return wanted if wanted.first_on <= clock.today() else None


def open_period(*, village_code: str) -> ResponseReturnValue:
    """Say what opening the next period means, and open it."""
    if request.method != "POST":
        return _opening_page(village_code)
    period = Period.parse(request.form.get("period", ""))
    with transaction():
        actions.open_period(by=current_user, village=get_village(village_code), period=period)
    flash(_("已开始录入%(period)s，期初余额接自上期期末。", period=period_label(period)), "success")
    return redirect(url_for("finance.show_period", village_code=village_code, period_code=period.code))


def _opening_page(village_code: str) -> ResponseReturnValue:
    village = get_village(village_code)
    latest = find_latest_period(village)
    opening = _openable(village, latest)
    if opening is None:
        return redirect(url_for("finance.show_village", village_code=village_code))
    return render_template(
        "finance/open_period.html", village=village, opening=opening, latest=latest, running=_running(latest)
    )


def add_money_account(*, village_code: str) -> ResponseReturnValue:
    """Add a money account."""
    village, form = get_village(village_code), MoneyAccountForm()
    if form.validate_on_submit():
        try:
            with transaction():
                village = get_village(village_code)
                actions.add_money_account(by=current_user, village=village, kind=form.kind.data, name=form.name.data)
        except InputError as refused:
            form.name.errors = [refused.message]
        else:
            flash(_("已增加资金账户“%(name)s”。", name=form.name.data.strip()), "success")
            return redirect(url_for("finance.show_village", village_code=village_code))
    return render_template("finance/add_money_account.html", village=village, form=form), 422 if form.errors else 200


def close_money_account(*, village_code: str, account_id: int) -> ResponseReturnValue:
    """Take an empty money account out of use."""
    with transaction():
        village = get_village(village_code)
        account = get_money_account(village, account_id)
        actions.close_money_account(by=current_user, village=village, account=account)
    flash(_("已停用资金账户“%(name)s”。", name=account.name), "success")
    return redirect(url_for("finance.show_village", village_code=village_code))


def join_mid_year(*, village_code: str) -> ResponseReturnValue:
    """Take the opening of a village that begins here."""
    village = get_village(village_code)
    if request.method != "POST" and find_latest_period(village) is not None:
        return redirect(url_for("finance.show_village", village_code=village_code))
    form = joining_form(list_choices(village), _joining_periods(village))
    if form.validate_on_submit():
        try:
            with transaction():
                opened = actions.join_mid_year(
                    by=current_user, village=get_village(village_code), period=Period.parse(form.period_code.data),
                    **_figures(form),
                )  # fmt: skip
        except InputError as refused:
            _tell(form, refused)
        else:
            flash(_("期初已经记下，可以录入了。"), "success")
            return redirect(url_for("finance.show_period", village_code=village_code, period_code=opened.code))
    page = render_template("finance/join_mid_year.html", village=village, form=form, prefixes=(OPENING, SO_FAR))
    return page, 422 if form.errors else 200


def _tell(form: CorrectJoiningForm, refused: InputError) -> None:
    if refused.field and refused.field in form:
        form[refused.field].errors = [*form[refused.field].errors, refused.message]
    else:
        form.form_errors.append(refused.message)


def _figures(form: CorrectJoiningForm) -> dict[str, Any]:
    openings = {int(key): fen for key, fen in form.fen_of(OPENING).items()}
    return {"openings": openings, "year_so_far": form.fen_of(SO_FAR), "paper": form.paper.data}


def _joining_periods(village: Village) -> list[Period]:
    """Offer the running period and the five before."""
    kind = get_profile(village.township, None).period_kind
    periods = [Period.of(clock.today(), kind)]
    while len(periods) < _PERIODS_OFFERED:
        periods.append(periods[-1].previous)
    return periods


_PERIODS_OFFERED = 6


def correct_joining(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Put right the figures with which a village joined, while its first period is being entered."""
    period = get_period(village_code, period_code)
    require_joining_open(period)
    form = _form_of_kept(period)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.correct_joining(
                    by=current_user, period=get_period(village_code, period_code), version=form.seen_version,
                    **_figures(form),
                )  # fmt: skip
        except PeriodChanged as lost:
            return _lost(form, get_period(village_code, period_code), lost)
        except InputError as refused:
            _tell(form, refused)
        else:
            flash(_("期初和本年累计已经更正。"), "success")
            return redirect(url_for("finance.show_period", **place_of(period)))
    else:
        form.version.data = str(period.version_id)
    words = {"form": form, "prefixes": (OPENING, SO_FAR), **period_words(period)}
    return render_template("finance/correct_joining.html", **words), 422 if form.errors else 200


def _form_of_kept(period: FinancePeriod) -> CorrectJoiningForm:
    return correct_joining_form(
        list_choices_of_period(period), openings={stock.id: stock.opening_fen for stock in list_stocks(period)},
        year_so_far=get_joining_figures(period), paper=period.joining_paper,
    )  # fmt: skip


def _lost(form: CorrectJoiningForm, now: FinancePeriod, lost: PeriodChanged) -> ResponseReturnValue:
    """Put what was typed beside what is kept; figures that neither side has are left out."""
    kept = {f"{OPENING}{stock.id}": stock.opening_fen for stock in list_stocks(now)}
    kept |= {f"{SO_FAR}{key}": fen for key, fen in get_joining_figures(now).items()}
    rows: list[ConflictRow] = [
        (str(field.label.text), fen_cell(field.data), fen_cell(kept.get(field.name)))
        for field in form
        if field.name.startswith((OPENING, SO_FAR)) and (field.data is not None or field.name in kept)
    ]
    rows.append((str(form.paper.label.text), form.paper.data, now.joining_paper))
    return conflict_page(rows, url_for("finance.correct_joining", **place_of(now)), lost.message)
