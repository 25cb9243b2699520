"""Signing, stepping aside, and the sign-off page for those without an account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import EditConflict, InputError, RuleForbids
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.actions.reviewing import GROUP_AT_STAGE
from village_open.finance.forms.review import LineRecusalForm
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.pages import may, period_words, place_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.flags import list_flags
from village_open.finance.queries.reviewing import (
    find_group_review,
    find_group_summary,
    get_group_review,
    get_review_sheet,
    list_in_both_groups,
)
from village_open.finance.views.conflicts import conflict_page
from village_open.identity.models import Person
from village_open.identity.queries import get_person
from village_open.reviews.forms import NOBODY, SignForm
from village_open.reviews.queries import get_summary, list_papers
from village_open.reviews.rules import Decision
from village_open.reviews.summary import ReviewSummary
from village_open.villages.access import CLERK, FINANCE_REVIEW, REVIEWERS_AND_TOWNSHIP, SUPERVISION
from village_open.villages.models import RoleKind
from village_open.web.fields import choices_of
from village_open.web.words import spoken

GROUPS = (RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION)
AUDIENCES = {RoleKind.FINANCE_REVIEW.value: FINANCE_REVIEW, RoleKind.SUPERVISION.value: SUPERVISION}
WHOLE = 0
"""The choice that stands for the whole period."""


def sign_page(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show who has signed in both groups, with the arithmetic, and what this visitor may do."""
    period = get_period(village_code, period_code)
    reviews = [(kind, find_group_review(period, kind)) for kind in GROUPS]
    groups = [
        (kind, get_summary(review) if review else None, list_papers(review) if review else ())
        for kind, review in reviews
    ]
    return render_template(
        "finance/sign_page.html", groups=groups, signs_in=_signs_in(period), is_signing=_is_signing(period),
        is_clerk_here=may(CLERK, village_code), may_confirm=may(REVIEWERS_AND_TOWNSHIP, village_code),
        in_both=list_in_both_groups(period), **period_words(period),
    )  # fmt: skip


def sign_period(*, village_code: str, period_code: str, group_kind: str) -> ResponseReturnValue:
    """Sign for a group, with everything in view that the signature is about."""
    period, form = get_period(village_code, period_code), SignForm()
    if not form.validate_on_submit():
        return _sign_form(period, group_kind, form), 422 if form.errors else 200
    try:
        with transaction():
            actions.sign_period(
                by=current_user, period=get_period(village_code, period_code), group_kind=group_kind,
                decision=Decision(form.decision.data), note=form.note.data, content_sha256=form.content_sha256.data,
            )  # fmt: skip
    except EditConflict as lost:
        return _both(get_period(village_code, period_code), group_kind, form, lost.message)
    except InputError as missing:
        form.note.errors = [missing.message]
        return _sign_form(get_period(village_code, period_code), group_kind, form), 422
    except RuleForbids as forbidden:
        form.form_errors.append(forbidden.message)
        return _sign_form(get_period(village_code, period_code), group_kind, form), 409
    flash(_("已签署：%(word)s。", word=spoken(Decision(form.decision.data).label)), "success")
    return redirect(url_for("finance.sign_page", **place_of(period)))


def recuse_member(*, village_code: str, period_code: str, group_kind: str) -> ResponseReturnValue:
    """Step aside for one line or for the whole."""
    period, form = get_period(village_code, period_code), LineRecusalForm()
    summary = get_summary(get_group_review(period, group_kind))
    _offer(form, period, summary)
    if form.validate_on_submit():
        try:
            with transaction():
                _recuse(get_period(village_code, period_code), group_kind, form)
        except InputError as missing:
            (form.replaced_by if missing.field == "replaced_by" else form.reason).errors = [missing.message]
        except RuleForbids as forbidden:
            form.form_errors.append(forbidden.message)
        else:
            flash(_("已记录回避，法定人数已重新计算。"), "success")
            return redirect(url_for("finance.sign_page", **place_of(period)))
    page = render_template(
        "finance/recuse_member.html", form=form, summary=summary, group_kind=group_kind, word=_word(group_kind),
        **period_words(period),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def print_sign_off(*, village_code: str, period_code: str, group_kind: str) -> ResponseReturnValue:
    """Show the sign-off page of a group, ready for the printer: decisions and signatures in ink."""
    period = get_period(village_code, period_code)
    summary = get_summary(get_group_review(period, group_kind))
    return render_template(
        "finance/print_sign_off.html", summary=summary, sheet=get_review_sheet(period), word=RoleKind(group_kind).label,
        decisions=tuple(Decision), in_both=list_in_both_groups(period), **period_words(period),
    )  # fmt: skip


def _signs_in(period: FinancePeriod) -> list[RoleKind]:
    """Return the groups in which this visitor may still sign."""
    found = []
    for kind in GROUPS:
        summary = find_group_summary(period, kind) if may(AUDIENCES[kind], period.village.code) else None
        if summary and not summary.signature_of(current_user.id) and not summary.recusal_of(current_user.id):
            found.append(kind)
    return found if period.stage is not PeriodState.ISSUED else []


def _is_signing(period: FinancePeriod) -> RoleKind | None:
    return GROUP_AT_STAGE.get(period.stage)


def _sign_form(period: FinancePeriod, group_kind: str, form: SignForm) -> str:
    form.content_sha256.data = period.content_sha256
    summary = get_summary(get_group_review(period, group_kind))
    return render_template(
        "finance/sign_period.html", form=form, summary=summary, sheet=get_review_sheet(period), word=_word(group_kind),
        group_kind=group_kind, flags=list_flags(period, for_township=False),
        first=find_group_summary(period, RoleKind.FINANCE_REVIEW), **period_words(period),
    )  # fmt: skip


def _both(period: FinancePeriod, group_kind: str, form: SignForm, message: str) -> ResponseReturnValue:
    statement = get_statement(period)
    now = _("本期现在是“%(stage)s”，共 %(count)s 笔", stage=spoken(period.stage.label), count=len(statement.lines))
    mine = _("：").join(part for part in (spoken(Decision(form.decision.data).label), form.note.data or "") if part)
    again = url_for("finance.sign_page", **place_of(period))
    return conflict_page([(_word(group_kind), mine, now)], again, message)


def _offer(form: LineRecusalForm, period: FinancePeriod, summary: ReviewSummary) -> None:
    others = [(member.id, member.name) for member in summary.members if member.id != current_user.id]
    form.offer_members(me=(current_user.id, current_user.name), others=others)
    lines = get_statement(period).lines
    form.line_id.choices = choices_of(
        [(str(WHOLE), _("整个一期")), *((str(row.line.id), f"{row.number}. {row.line.summary}") for row in lines)]
    )


def _recuse(period: FinancePeriod, group_kind: str, form: LineRecusalForm) -> None:
    actions.recuse_member(
        by=current_user, period=period, group_kind=group_kind, reason=form.reason.data,
        line_id=form.line_id.data or None, member=get_person(form.member_id.data),
        replaced_by=_chosen(form.replaced_by.data),
    )  # fmt: skip


def _chosen(person_id: int) -> Person | None:
    return None if person_id == NOBODY else get_person(person_id)


def _word(group_kind: str) -> str:
    return spoken(RoleKind(group_kind).label)
