"""The marking page of the finance-review group, and the clerk's answers."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import EditConflict, RuleForbids
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.actions.reviewing import hands_of
from village_open.finance.errors import LineNotFound, OneHandOnly, SubmissionChanged
from village_open.finance.forms.review import (
    AnswerForm,
    MarksForm,
    TypedMark,
    new_marks,
    read_marks,
    shown_marks,
    words_of,
)
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.pages import may, period_words, place_of
from village_open.finance.queries import get_period
from village_open.finance.queries.flags import list_flags
from village_open.finance.queries.reviewing import (
    FILTERS,
    ReviewedLine,
    ReviewSheet,
    find_group_review,
    get_review_sheet,
)
from village_open.finance.statements import EXPENSE, INCOME, TRANSFER
from village_open.finance.views.conflicts import conflict_page
from village_open.reviews.queries import find_bar
from village_open.villages.access import CLERK, FINANCE_REVIEW, REVIEWERS_AND_TOWNSHIP, TOWNSHIP
from village_open.villages.models import RoleKind
from village_open.web.words import spoken


@dataclass(frozen=True)
class Part:
    """Which part of the lines the page shows: a filter and a page number."""

    which: str
    number: int


def review_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show every line with what was said of it; a member who may marks on the same page."""
    return _page(get_period(village_code, period_code), MarksForm())


def mark_lines(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Keep the marks of one page of lines."""
    period, form = get_period(village_code, period_code), MarksForm()
    sheet = get_review_sheet(period)
    typed = read_marks(request.form, [line.key for line in sheet.lines])
    marks = new_marks(typed, shown_marks([line.item for line in sheet.lines], current_user.id))
    if not form.validate_on_submit() or any(mark.error for mark in typed.values()):
        return _page(period, form, typed), 422
    try:
        with transaction():
            period = get_period(village_code, period_code)
            actions.mark_lines(by=current_user, period=period, marks=marks, content_sha256=form.content_sha256.data)
    except EditConflict as lost:
        return _both(get_period(village_code, period_code), sheet, typed, lost.message)
    except RuleForbids as forbidden:
        form.form_errors.append(forbidden.message)
        return _page(get_period(village_code, period_code), form, typed), 409
    flash(_("已保存 %(count)s 笔的意见。", count=len(marks)), "success")
    return redirect(_next_url(place_of(period), sheet))


def pass_rest(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Ask once, then mark every line as passed that nobody has marked."""
    period, form = get_period(village_code, period_code), MarksForm()
    if form.validate_on_submit():
        with transaction():
            count = actions.pass_rest(
                by=current_user, period=get_period(village_code, period_code), content_sha256=form.content_sha256.data
            )
        flash(_("其余 %(count)s 笔已记为通过。", count=count), "success")
        return redirect(url_for("finance.review_period", **place_of(period)))
    sheet = get_review_sheet(period)
    rest = [line.row for line in sheet.lines if _is_left_to(current_user.id, line)]
    bare = [row for row in rest if not row.line.receipts and row.line.kind != TRANSFER]
    totals = {kind: sum(row.line.amount_fen for row in rest if row.line.kind == kind) for kind in (INCOME, EXPENSE)}
    form.content_sha256.data = period.content_sha256
    return render_template(
        "finance/pass_rest.html", form=form, rest=rest, totals=totals, bare=bare,
        others=[row for row in rest if row not in bare], **period_words(period),
    )  # fmt: skip


def _is_left_to(person_id: int, line: ReviewedLine) -> bool:
    """Tell whether a line would be passed: nobody marked it, and this person did not step aside from it."""
    return line.item.verdict is None and person_id not in {row.person_id for row in line.item.recusals}


def answer_query(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Answer the objections to one line as the clerk."""
    period, form = get_period(village_code, period_code), AnswerForm()
    line = _line(period, line_id)
    if not form.validate_on_submit():
        form.seen.data = len(line.item.answers)
        return _answer_page(period, line, form), 422 if form.errors else 200
    try:
        with transaction():
            period = get_period(village_code, period_code)
            if str(len(_line(period, line_id).item.answers)) != form.seen.data:
                raise SubmissionChanged
            actions.answer_query(by=current_user, period=period, line_id=line_id, text=form.text.data)
    except EditConflict:
        return _both_answers(get_period(village_code, period_code), line_id, form)
    except RuleForbids as forbidden:
        form.form_errors.append(forbidden.message)
        return _answer_page(get_period(village_code, period_code), line, form), 409
    flash(_("已答复，等提出疑问的人看过后改为“通过”。"), "success")
    return redirect(url_for("finance.review_period", show="queried", **place_of(period)))


def _page(period: FinancePeriod, form: MarksForm, typed: dict[str, TypedMark] | None = None) -> str:
    sheet, code = get_review_sheet(period), period.village.code
    part = _part()
    form.content_sha256.data = period.content_sha256
    why_not = _why_not(period)
    return render_template(
        "finance/review_period.html", form=form, sheet=sheet, part=part, page=sheet.page(part.which, part.number),
        mine=shown_marks([line.item for line in sheet.lines], current_user.id) | (typed or {}),
        is_member=may(FINANCE_REVIEW, code), why_not=why_not, can_mark=may(FINANCE_REVIEW, code) and not why_not,
        can_answer=may(CLERK, code) and period.stage is PeriodState.SUBMITTED, flags=_flags(period),
        **period_words(period),
    )  # fmt: skip


def _part() -> Part:
    which = request.args.get("show", "all")
    return Part(which if which in FILTERS else "all", request.args.get("page", 1, type=int))


def _why_not(period: FinancePeriod) -> str:
    """Return why this member cannot mark now, or an empty string."""
    review = find_group_review(period, RoleKind.FINANCE_REVIEW)
    if period.stage is not PeriodState.SUBMITTED or review is None:
        return _("本期现在是“%(stage)s”，不能逐笔审核。", stage=spoken(period.stage.label))
    if current_user.id in hands_of(period):
        return OneHandOnly().message
    return find_bar(review, current_user.id)


def _flags(period: FinancePeriod) -> Any:
    code = period.village.code
    return list_flags(period, for_township=may(TOWNSHIP, code)) if may(REVIEWERS_AND_TOWNSHIP, code) else ()


def _next_url(place: dict[str, str], sheet: ReviewSheet) -> str:
    part = _part()
    page = sheet.page(part.which, part.number)
    number = page.number + 1 if part.which == "all" and page.number < page.pages else page.number
    wanted: dict[str, Any] = {**place, "show": part.which, "page": number}
    return url_for("finance.review_period", **wanted)


def _line(period: FinancePeriod, line_id: int) -> ReviewedLine:
    found = next((line for line in get_review_sheet(period).lines if line.row.line.id == line_id), None)
    if found is None:
        raise LineNotFound
    return found


def _answer_page(period: FinancePeriod, line: ReviewedLine, form: AnswerForm) -> str:
    return render_template("finance/answer_query.html", form=form, line=line, **period_words(period))


def _both(period: FinancePeriod, before: ReviewSheet, typed: dict[str, TypedMark], message: str) -> ResponseReturnValue:
    now = {line.key: line for line in get_review_sheet(period).lines}
    rows = [
        (line.row.line.summary, words_of(typed[line.key]), _state_of(now.get(line.key)))
        for line in before.lines
        if line.key in typed
    ]
    return conflict_page(rows, url_for("finance.review_period", **place_of(period)), message)


def _state_of(line: ReviewedLine | None) -> str:
    if line is None:
        return _("已撤掉")
    return spoken(line.item.verdict.label) if line.item.verdict else _("还没有意见")


def _both_answers(period: FinancePeriod, line_id: int, form: AnswerForm) -> ResponseReturnValue:
    answers = _line(period, line_id).item.answers
    kept = "；".join(f"{row.person_name}：{row.text}" for row in answers)
    again = url_for("finance.answer_query", line_id=line_id, **place_of(period))
    return conflict_page([(_("答复"), form.text.data, kept)], again, _("您打开页面以后，别人先答复了这一笔。"))
