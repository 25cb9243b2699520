"""The oversight group steps aside from an announcement, or signs it on paper."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import InputError
from village_open.db import db
from village_open.decisions import queries
from village_open.decisions.actions import group_signing as actions
from village_open.decisions.announced import get_group_view, told_words
from village_open.decisions.models import Announcement
from village_open.decisions.pages import announcement_words, may, place_of_announcement
from village_open.decisions.surroundings import surroundings
from village_open.decisions.views.deeds import done, status
from village_open.identity.queries import get_person
from village_open.images import clean_upload
from village_open.reviews.forms import NOBODY, PaperForm, PaperJudgementForm, RecusalForm
from village_open.reviews.queries import get_paper, get_waiting_paper
from village_open.reviews.rules import Decision
from village_open.storage import keep_file, read_file
from village_open.villages.access import TOWNSHIP
from village_open.web.fields import choices_of


def recuse_member(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Step aside from an announcement."""
    row, form = _row(village_code, announcement_id), RecusalForm()
    group = get_group_view(row)
    others = [(one.id, one.name) for one in group.summary.members if one.id != current_user.id]
    form.offer_members(me=(current_user.id, current_user.name), others=others)

    def deed() -> str:
        chosen = form.replaced_by.data
        actions.recuse_member(
            by=current_user, announcement=row, member=get_person(form.member_id.data), reason=form.reason.data or "",
            replaced_by=None if chosen == NOBODY else get_person(chosen), around=surroundings(),
        )  # fmt: skip
        return _url(row)

    if there := done(form, deed):
        flash(_("已记录回避，法定人数已重新计算。"), "success")
        return redirect(there)
    page = render_template("decisions/recuse_member.html", form=form, summary=group.summary, **announcement_words(row))
    return page, status(form)


def print_sign_off(*, village_code: str, announcement_id: int) -> str:
    """Show the group's sign-off page, ready for the printer: what is signed, by which code, and room for ink."""
    row = _row(village_code, announcement_id)
    return render_template(
        "decisions/print_sign_off.html", summary=get_group_view(row).summary, decisions=tuple(Decision),
        **told_words(row), **announcement_words(row),
    )  # fmt: skip


def hand_in_paper_signature(*, village_code: str, announcement_id: int) -> ResponseReturnValue:
    """Hand in the photo of a page that a member signed in ink."""
    row, form = _row(village_code, announcement_id), PaperForm()
    group = get_group_view(row)
    form.member_id.choices = choices_of((one.id, one.name) for one in group.summary.members if group.awaits(one.id))
    sha256, media_type = _kept(form) if form.validate_on_submit() else ("", "")

    def deed() -> str:
        actions.hand_in_paper_signature(
            by=current_user, announcement=row, member=get_person(form.member_id.data), note=form.note.data or "",
            decision=Decision(form.decision.data), photo_sha256=sha256, media_type=media_type, around=surroundings(),
        )  # fmt: skip
        return _url(row)

    if sha256 and (there := done(form, deed)):
        flash(_("照片已收到，等小组其他成员（或镇见证人）确认。"), "success")
        return redirect(there)
    return render_template("decisions/hand_in_paper_signature.html", form=form, **announcement_words(row)), status(form)


def _kept(form: PaperForm) -> tuple[str, str]:
    """Make the photo anew and keep it before the deed; return its hash and type, or nothing and tell why."""
    sent = form.photo.data
    if sent is None or not sent.filename:
        form.photo.errors = [_("请选择签字页的照片或扫描件。")]
        return "", ""
    db.session.rollback()  # A read left open would make another clerk's commit wait.
    try:
        clean = clean_upload(sent.stream.read(), sent.filename)
    except InputError as refused:
        form.photo.errors = [refused.message]
        return "", ""
    return keep_file(clean.content), clean.media_type


def confirm_paper_signature(*, village_code: str, announcement_id: int, signature_id: int) -> ResponseReturnValue:
    """Look at the photo and say whether it is the member's own signature."""
    row, form = _row(village_code, announcement_id), PaperJudgementForm()
    paper = get_waiting_paper(get_group_view(row).review, signature_id)

    def deed() -> str:
        is_witness = may(TOWNSHIP, village_code)
        said = {"by": current_user, "announcement": row, "paper_id": signature_id, "is_witness": is_witness}
        if form.is_genuine.data == "yes":
            actions.confirm_paper_signature(**said, around=surroundings())
        else:
            actions.refuse_paper_signature(**said, reason=form.reason.data or "")
        return _url(row)

    if there := done(form, deed):
        flash(_("已记录您对%(name)s签字的确认意见。", name=paper.person_name), "success")
        return redirect(there)
    page = render_template(
        "decisions/confirm_paper_signature.html", form=form, paper=paper, decision=Decision(paper.decision),
        **announcement_words(row),
    )  # fmt: skip
    return page, status(form)


def show_paper_photo(*, village_code: str, announcement_id: int, signature_id: int) -> ResponseReturnValue:
    """Give the photo of a signed page to those who may see it."""
    row = _row(village_code, announcement_id)
    paper = get_paper(get_group_view(row).review, signature_id)
    answer = Response(read_file(paper.photo_sha256), mimetype=paper.media_type)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _row(village_code: str, announcement_id: int) -> Announcement:
    return queries.get_announcement(village_code, announcement_id)


def _url(row: Announcement) -> str:
    return url_for("decisions.show_announcement", **place_of_announcement(row))
