"""Photos of signed sign-off pages: handed in by the clerk, confirmed by another hand."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.pages import may, period_words, place_of
from village_open.finance.queries import get_period
from village_open.finance.queries.reviewing import get_group_review
from village_open.identity.queries import get_person
from village_open.images import CleanFile, clean_upload
from village_open.reviews.forms import PaperForm, PaperJudgementForm
from village_open.reviews.models import PaperSignature
from village_open.reviews.queries import get_paper, get_summary, get_waiting_paper
from village_open.reviews.rules import Decision
from village_open.storage import keep_file, read_file
from village_open.villages.access import TOWNSHIP
from village_open.villages.models import RoleKind
from village_open.web.fields import choices_of


def hand_in_paper_signature(*, village_code: str, period_code: str, group_kind: str) -> ResponseReturnValue:
    """Hand in the photo of a page that a member signed in ink."""
    period, form = get_period(village_code, period_code), PaperForm()
    summary = get_summary(get_group_review(period, group_kind))
    unsigned = [row for row in summary.members if not summary.signature_of(row.id)]
    form.member_id.choices = choices_of((str(row.id), row.name) for row in unsigned)
    if form.validate_on_submit():
        try:
            _hand_in(form, _cleaned(), village_code=village_code, period_code=period_code, group_kind=group_kind)
        except InputError as wrong:
            (form.note if wrong.field == "note" else form.photo).errors = [wrong.message]
        except RuleForbids as forbidden:
            form.form_errors.append(forbidden.message)
        else:
            flash(_("照片已收到，等小组其他成员（或镇见证人）确认。"), "success")
            return redirect(url_for("finance.sign_page", **place_of(period)))
    page = render_template(
        "finance/hand_in_paper_signature.html", form=form, word=RoleKind(group_kind).label, **period_words(period)
    )
    return page, 422 if form.errors or form.form_errors else 200


def confirm_paper_signature(
    *, village_code: str, period_code: str, group_kind: str, paper_id: int
) -> ResponseReturnValue:
    """Look at the photo and say whether it is the member's own signature."""
    period, form = get_period(village_code, period_code), PaperJudgementForm()
    paper = get_waiting_paper(get_group_review(period, group_kind), paper_id)
    if form.validate_on_submit():
        try:
            _judge(form, village_code=village_code, period_code=period_code, group_kind=group_kind, paper=paper)
        except InputError as missing:
            form.reason.errors = [missing.message]
        except RuleForbids as forbidden:
            form.form_errors.append(forbidden.message)
        else:
            flash(_("已记录您对%(name)s签字的确认意见。", name=paper.person_name), "success")
            return redirect(url_for("finance.sign_page", **place_of(period)))
    page = render_template(
        "finance/confirm_paper_signature.html", form=form, paper=paper, decision=Decision(paper.decision),
        word=RoleKind(group_kind).label, group_kind=group_kind, **period_words(period),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def show_paper_photo(*, village_code: str, period_code: str, group_kind: str, paper_id: int) -> ResponseReturnValue:
    """Give the photo of a signed page to those who may see it."""
    review = get_group_review(get_period(village_code, period_code), group_kind)
    paper = get_paper(review, paper_id)
    answer = Response(read_file(paper.photo_sha256), mimetype=paper.media_type)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _cleaned() -> CleanFile:
    sent = request.files.get("photo")
    if sent is None or not sent.filename:
        raise InputError(_("请选择签字页的照片或扫描件。"), field="photo")
    return clean_upload(sent.read(), sent.filename)


def _hand_in(form: PaperForm, photo: CleanFile, *, village_code: str, period_code: str, group_kind: str) -> None:
    """Keep the clean file first: no file is written inside the transaction."""
    sha256 = keep_file(photo.content)
    with transaction():
        actions.hand_in_paper_signature(
            by=current_user, period=get_period(village_code, period_code), group_kind=group_kind,
            member=get_person(form.member_id.data), decision=Decision(form.decision.data),
            photo_sha256=sha256, media_type=photo.media_type, note=form.note.data or "",
        )  # fmt: skip


def _judge(
    form: PaperJudgementForm, *, village_code: str, period_code: str, group_kind: str, paper: PaperSignature
) -> None:
    is_witness, paper_id = may(TOWNSHIP, village_code), paper.id
    with transaction():
        period = get_period(village_code, period_code)
        if form.is_genuine.data == "yes":
            actions.confirm_paper_signature(
                by=current_user, period=period, group_kind=group_kind, paper_id=paper_id, is_witness=is_witness
            )
        else:
            actions.refuse_paper_signature(
                by=current_user, period=period, group_kind=group_kind, paper_id=paper_id,
                reason=form.reason.data or "", is_witness=is_witness,
            )  # fmt: skip
