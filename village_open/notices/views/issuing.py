"""Before and after the issue: previews, the deed, the sheets."""

from io import BytesIO

from flask import Response, flash, make_response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.finance.models import FinancePeriod
from village_open.finance.pages import may, period_words, place_of
from village_open.finance.queries import get_period
from village_open.identity.visitors import UNATTENDED
from village_open.notices import issuing
from village_open.notices.contents import draft_content
from village_open.notices.errors import DisclosureNotFound
from village_open.notices.forms import OtherPaperForm
from village_open.notices.makings import making_of
from village_open.notices.pages import find_hindrance, kind_choices, needs_of, paper_choices, planned_sheets
from village_open.notices.queries import Published, find_disclosure, find_file, list_files
from village_open.notices.rules import need_for
from village_open.notices.sheets.kinds import SheetKind
from village_open.printing.paper import Paper
from village_open.storage import kept_path
from village_open.villages.access import TOWNSHIP
from village_open.villages.queries import list_boards
from village_open.web.fields import choices_of
from village_open.web.words import spoken

_LOOKS_AGAIN_SECONDS = 4
_SHEET_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A sheet carries its style and its QR code in itself, and may load and run nothing."""


def show_issue(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """How far the disclosure is: previews and the button before, number and sheets after."""
    disclosure = find_disclosure(village_code, period_code)
    if disclosure is None:
        return _before(village_code, period_code, refused="")
    period = get_period(village_code, period_code)
    if not disclosure.is_issued:
        return _making(disclosure, period)
    return _after(disclosure, village_code, period_code, refused="")


def _making(disclosure: Published, period: FinancePeriod) -> Response:
    """The page that waits for the sheets, and looks again by itself while they are being made."""
    making = making_of(disclosure, clock.now())
    page = render_template(
        "notices/show_making.html", disclosure=disclosure, may_issue=may(TOWNSHIP, period.village.code),
        making=making, **period_words(period),
    )  # fmt: skip
    response = make_response(page)
    if making.is_at_work:
        again = url_for("notices.show_issue", **place_of(period))
        response.headers["Refresh"] = f"{_LOOKS_AGAIN_SECONDS}; url={again}?{UNATTENDED}=1"
    return response


def _before(village_code: str, period_code: str, *, refused: str) -> str:
    period = get_period(village_code, period_code)
    return render_template(
        "notices/show_issue.html", sheets=planned_sheets(period), hindrance=find_hindrance(period), refused=refused,
        may_issue=may(TOWNSHIP, village_code), public_url=issuing.public_url(), **period_words(period),
    )  # fmt: skip


def _after(disclosure: Published, village_code: str, period_code: str, *, refused: str) -> str:
    form = _paper_form()
    return render_template(
        "notices/show_disclosure.html", disclosure=disclosure, files=list_files(disclosure.id), form=form,
        kinds=SheetKind, paper=Paper.parse, need_for=need_for, refused=refused, may_print=may(TOWNSHIP, village_code),
        **period_words(get_period(village_code, period_code)),
    )  # fmt: skip


def _paper_form() -> OtherPaperForm:
    form = OtherPaperForm()
    form.sheet_kind.choices, form.paper.choices = choices_of(kind_choices()), choices_of(paper_choices())
    return form


def issue_period(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Issue: try every sheet in print, freeze, and let a worker make the sheets."""
    try:
        issuing.issue_period(by=current_user, village_code=village_code, period_code=period_code)
    except (InputError, RuleForbids) as refused:
        return _before(village_code, period_code, refused=refused.message), refused.status
    flash(_("已签发，公示单正在制作，做好后自动公开。"), "success")
    return redirect(url_for("notices.show_issue", village_code=village_code, period_code=period_code))


def resume_issue(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Ask a worker once more for sheets that are still not there."""
    disclosure = find_disclosure(village_code, period_code)
    if disclosure is not None and not disclosure.is_issued:
        issuing.resume_disclosure(by=current_user, disclosure_id=disclosure.id)
        flash(_("已重新安排制作。"), "success")
    return redirect(url_for("notices.show_issue", village_code=village_code, period_code=period_code))


def preview_sheet(*, village_code: str, period_code: str, sheet_kind: str, paper: str) -> Response:
    """The sheet as it would be printed, as a page of its own."""
    period = get_period(village_code, period_code)
    need = need_for(needs_of(list_boards(period.village_id)), Paper.parse(paper).code)
    content = draft_content(period, issued_on=clock.today())
    response = make_response(issuing.preview_sheet(content=content, kind=SheetKind(sheet_kind), need=need))
    response.headers["Content-Security-Policy"] = _SHEET_POLICY
    return response


def draft_sheet(*, village_code: str, period_code: str, sheet_kind: str, paper: str) -> Response:
    """The draft as PDF: with a watermark, without number and code."""
    period = get_period(village_code, period_code)
    need = need_for(needs_of(list_boards(period.village_id)), Paper.parse(paper).code)
    kind, content = SheetKind(sheet_kind), draft_content(period, issued_on=clock.today())
    name = f"草稿-{period.village.name}-{period.code}-{kind.heading}-{need.paper}.pdf"
    pdf = issuing.draft_pdf(content=content, kind=kind, need=need)
    response = send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def make_sheet(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Print on another paper: made once from the frozen bytes, then kept."""
    disclosure, form = _issued(village_code, period_code), _paper_form()
    if not form.validate_on_submit():
        return _after(disclosure, village_code, period_code, refused=_("请选择公示单和纸张。")), 422
    kind, paper = SheetKind(form.sheet_kind.data), Paper.parse(form.paper.data)
    try:
        issuing.find_or_make_file(disclosure=disclosure, kind=kind, paper=paper)
    except RuleForbids as refused:
        return _after(disclosure, village_code, period_code, refused=refused.message), refused.status
    said = {"sheet": spoken(kind.heading), "paper": spoken(paper.label)}
    flash(_("%(sheet)s（%(paper)s）已经做好，见下表。", **said), "success")
    return redirect(url_for("notices.show_issue", **place_of(get_period(village_code, period_code))))


def print_sheet(*, village_code: str, period_code: str, sheet_kind: str, paper: str) -> Response:
    """A stored sheet, opened for the printer: every print is the same file."""
    disclosure = _issued(village_code, period_code)
    file = find_file(disclosure.id, sheet_kind, paper)
    if file is None:
        raise DisclosureNotFound
    name = f"{disclosure.number}-{SheetKind(sheet_kind).heading}-{paper}.pdf"
    return send_file(kept_path(file.file_sha256), mimetype="application/pdf", download_name=name, max_age=0)


def _issued(village_code: str, period_code: str) -> Published:
    disclosure = find_disclosure(village_code, period_code)
    if disclosure is None or not disclosure.is_issued:
        raise DisclosureNotFound
    return disclosure
