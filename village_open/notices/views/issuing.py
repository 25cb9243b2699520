"""Before and after the issue: previews, the deed, the sheets."""

from io import BytesIO
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.finance.pages import may
from village_open.identity.visitors import UNATTENDED
from village_open.notices import issuing
from village_open.notices.contents import Content
from village_open.notices.errors import DisclosureNotFound
from village_open.notices.forms import OtherPaperForm
from village_open.notices.makings import making_of
from village_open.notices.pages import (
    find_hindrance,
    kind_choices,
    needs_of,
    paper_choices,
    planned_sheets,
    public_url_of,
    subject_words,
)
from village_open.notices.queries import Published, find_file, list_files
from village_open.notices.rules import need_for
from village_open.notices.sheets.kinds import SheetKind, kinds_of
from village_open.notices.subjects import Subject, subject_at
from village_open.printing.paper import Paper
from village_open.storage import kept_path
from village_open.villages.access import CLERK_OR_TOWNSHIP, TOWNSHIP
from village_open.villages.queries import list_boards
from village_open.web.fields import choices_of
from village_open.web.words import spoken

_LOOKS_AGAIN_SECONDS = 4
_SHEET_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A sheet carries its style and its QR code in itself, and may load and run nothing."""


def show_issue(**place: Any) -> ResponseReturnValue:
    """How far the disclosure is: previews and the button before, number and sheets after."""
    subject = subject_at(place)
    disclosure = subject.find_disclosure()
    if disclosure is None:
        return _before(subject, refused="")
    return _after(subject, disclosure, refused="") if disclosure.is_issued else _making(subject, disclosure)


def _making(subject: Subject, disclosure: Published) -> Response:
    """The page that waits for the sheets, and looks again by itself while they are being made."""
    making, words = making_of(disclosure, clock.now()), subject_words(subject)
    page = render_template(
        "notices/show_making.html", disclosure=disclosure, may_issue=may(TOWNSHIP, subject.village.code),
        making=making, **words,
    )  # fmt: skip
    response = make_response(page)
    if making.is_at_work:
        again = url_for("notices.show_issue", **words["place_args"])
        response.headers["Refresh"] = f"{_LOOKS_AGAIN_SECONDS}; url={again}?{UNATTENDED}=1"
    return response


def _before(subject: Subject, *, refused: str) -> str:
    return render_template(
        "notices/show_issue.html", sheets=planned_sheets(subject), hindrance=find_hindrance(subject), refused=refused,
        may_issue=may(TOWNSHIP, subject.village.code), public_url=issuing.public_url(), **subject_words(subject),
    )  # fmt: skip


def _after(subject: Subject, disclosure: Published, *, refused: str) -> str:
    form = _paper_form(disclosure)
    return render_template(
        "notices/show_disclosure.html", disclosure=disclosure, files=list_files(disclosure.id), form=form,
        kinds=SheetKind, paper=Paper.parse, need_for=need_for, refused=refused,
        may_print=may(TOWNSHIP, subject.village.code), may_hand_out=may(CLERK_OR_TOWNSHIP, subject.village.code),
        read_at=public_url_of(disclosure), **subject_words(subject),
    )  # fmt: skip


def _paper_form(disclosure: Published) -> OtherPaperForm:
    form = OtherPaperForm()
    form.sheet_kind.choices = choices_of(kind_choices(disclosure))
    form.paper.choices = choices_of(paper_choices())
    return form


def issue_disclosure(**place: Any) -> ResponseReturnValue:
    """Issue: try every sheet in print, freeze, and let a worker make the sheets."""
    try:
        issuing.issue_disclosure(by=current_user, **place)
    except (InputError, RuleForbids) as refused:
        return _before(subject_at(place), refused=refused.message), refused.status
    flash(_("已签发，公示单正在制作，做好后自动公开。"), "success")
    return redirect(url_for("notices.show_issue", **place))


def resume_issue(**place: Any) -> ResponseReturnValue:
    """Ask a worker once more for sheets that are still not there."""
    disclosure = subject_at(place).find_disclosure()
    if disclosure is not None and not disclosure.is_issued:
        issuing.resume_disclosure(by=current_user, disclosure_id=disclosure.id)
        flash(_("已重新安排制作。"), "success")
    return redirect(url_for("notices.show_issue", **place))


def preview_sheet(*, sheet_kind: str, paper: str, **place: Any) -> Response:
    """The sheet as it would be printed, as a page of its own."""
    subject = subject_at(place)
    need = need_for(needs_of(list_boards(subject.village.id)), Paper.parse(paper).code)
    content = subject.draft(clock.today())
    response = make_response(issuing.preview_sheet(content=content, kind=_kind(content, sheet_kind), need=need))
    response.headers["Content-Security-Policy"] = _SHEET_POLICY
    return response


def draft_sheet(*, sheet_kind: str, paper: str, **place: Any) -> Response:
    """The draft as PDF: with a watermark, without number and code."""
    subject = subject_at(place)
    need = need_for(needs_of(list_boards(subject.village.id)), Paper.parse(paper).code)
    content = subject.draft(clock.today())
    kind = _kind(content, sheet_kind)
    name = f"草稿-{subject.village.name}-{subject.period.code}-{kind.heading}-{need.paper}.pdf"
    pdf = issuing.draft_pdf(content=content, kind=kind, need=need)
    response = send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _kind(content: Content, sheet_kind: str) -> SheetKind:
    """Return the kind of sheet, when the content is printed as one."""
    if sheet_kind not in kinds_of(content):
        raise DisclosureNotFound
    return SheetKind(sheet_kind)


def make_sheet(**place: Any) -> ResponseReturnValue:
    """Print on another paper: made once from the frozen bytes, then kept."""
    subject = subject_at(place)
    disclosure = _issued(subject)
    form = _paper_form(disclosure)
    if not form.validate_on_submit():
        return _after(subject, disclosure, refused=_("请选择公示单和纸张。")), 422
    kind, paper = SheetKind(form.sheet_kind.data), Paper.parse(form.paper.data)
    try:
        issuing.find_or_make_file(disclosure=disclosure, kind=kind, paper=paper)
    except RuleForbids as refused:
        return _after(subject_at(place), disclosure, refused=refused.message), refused.status
    said = {"sheet": spoken(kind.heading), "paper": spoken(paper.label)}
    flash(_("%(sheet)s（%(paper)s）已经做好，见下表。", **said), "success")
    return redirect(url_for("notices.show_issue", **place))


def print_sheet(*, sheet_kind: str, paper: str, **place: Any) -> Response:
    """A stored sheet, opened for the printer: every print is the same file."""
    disclosure = _issued(subject_at(place))
    file = find_file(disclosure.id, sheet_kind, paper)
    if file is None:
        raise DisclosureNotFound
    name = f"{disclosure.number}-{SheetKind(sheet_kind).heading}-{paper}.pdf"
    return send_file(kept_path(file.file_sha256), mimetype="application/pdf", download_name=name, max_age=0)


def _issued(subject: Subject) -> Published:
    disclosure = subject.find_disclosure()
    if disclosure is None or not disclosure.is_issued:
        raise DisclosureNotFound
    return disclosure
