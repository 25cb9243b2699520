"""The posting register: which sheet hung on which board, from when to when, with a photo."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.finance.pages import may
from village_open.images import clean_picture
from village_open.notices import actions
from village_open.notices.errors import DisclosureNotFound, PostingNotFound
from village_open.notices.forms import PostingForm, TakeDownForm
from village_open.notices.pages import kind_choices, posting_lines, subject_words
from village_open.notices.queries import Published, get_posted, get_posting, list_outdated
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.subjects import Subject, subject_at
from village_open.notices.take_home import postings_table
from village_open.storage import keep_file, kept_path
from village_open.villages.access import CLERK_OR_TOWNSHIP
from village_open.villages.profile import Profile
from village_open.villages.queries import get_board, get_profile, list_boards
from village_open.web.fields import ChineseForm, choices_of
from village_open.workbooks.sending import send_table


def list_postings(**place: Any) -> ResponseReturnValue:
    """Where the sheets of a disclosure hang and hung, and whether long enough."""
    subject = subject_at(place)
    disclosure, profile = _find_issued(subject), _profile(subject)
    return render_template(
        "notices/list_postings.html", disclosure=disclosure, profile=profile,
        lines=posting_lines(disclosure, profile) if disclosure else (),
        outdated=list_outdated(disclosure) if disclosure else (), kinds=SheetKind,
        may_post=may(CLERK_OR_TOWNSHIP, subject.village.code), **subject_words(subject),
    )  # fmt: skip


def export_postings(*, ending: str, **place: Any) -> Response:
    """Hand out the posting register of a disclosure.

    Raises:
        DisclosureNotFound: nothing is issued yet.
    """
    subject = subject_at(place)
    disclosure = _issued(subject)
    table = postings_table(posting_lines(disclosure, _profile(subject)))
    return send_table(table, ending, f"{disclosure.number}张贴登记")


def record_posting(**place: Any) -> ResponseReturnValue:
    """Write down that a sheet was put up."""
    subject, form = subject_at(place), PostingForm()
    disclosure, boards = _issued(subject), list_boards(subject.village.id)
    form.sheet_kind.choices = choices_of(kind_choices(disclosure))
    form.board_id.choices = [(board.id, board.place) for board in boards]
    if request.method == "GET":
        form.posted_on.data, form.posted_by.data = clock.today(), current_user.name
    if form.validate_on_submit() and _posted(form, disclosure):
        flash(_("已登记张贴。"), "success")
        return redirect(url_for("notices.list_postings", **place))
    page = render_template(
        "notices/record_posting.html", form=form, disclosure=disclosure, boards=boards, profile=_profile(subject),
        **subject_words(subject),
    )  # fmt: skip
    return page, _status(form)


def _posted(form: PostingForm, disclosure: Published) -> bool:
    try:
        photo = _kept_photo(form)
        with transaction():
            actions.record_posting(
                by=current_user, disclosure=disclosure, board=get_board(disclosure.village_code, form.board_id.data),
                sheet_kind=form.sheet_kind.data, posted_on=form.posted_on.data, posted_by=form.posted_by.data,
                photo_sha256=photo,
            )  # fmt: skip
    except (InputError, RuleForbids) as refused:
        _tell(form, refused)
        return False
    return True


def _kept_photo(form: PostingForm) -> str:
    """Clean and keep the photo before the transaction begins: neither belongs inside it."""
    if not form.photo.data:
        return ""
    try:
        return keep_file(clean_picture(form.photo.data.read()).content)
    except InputError as refused:
        refused.field = "photo"
        raise


def take_down(*, posting_id: int, **place: Any) -> ResponseReturnValue:
    """Write down that a sheet was taken down."""
    subject, form = subject_at(place), TakeDownForm()
    disclosure, profile = get_posted(_issued(subject), posting_id), _profile(subject)
    posting = get_posting(disclosure.id, posting_id)
    if request.method == "GET":
        form.taken_down_on.data = clock.today()
    if form.validate_on_submit() and _taken_down(form, disclosure, posting_id, profile):
        return redirect(url_for("notices.list_postings", **place))
    lines = [line for line in posting_lines(disclosure, profile) if line.posting.id == posting.id]
    page = render_template("notices/take_down.html", form=form, line=lines[0], **subject_words(subject))
    return page, _status(form)


def _taken_down(form: TakeDownForm, disclosure: Published, posting_id: int, profile: Profile) -> bool:
    try:
        with transaction():
            count = actions.take_down(
                by=current_user, disclosure=disclosure, posting=get_posting(disclosure.id, posting_id),
                profile=profile, on=form.taken_down_on.data,
            )  # fmt: skip
    except (InputError, RuleForbids) as refused:
        _tell(form, refused)
        return False
    short = _("，比规定少 %(days)s 日", days=count.short_days) if count.fell_short else ""
    flash(
        _("已登记取下，张贴了 %(days)s 日", days=count.served_days) + short + _("。"), "warning" if short else "success"
    )
    return True


def show_posting_photo(*, posting_id: int, **place: Any) -> Response:
    """The photo of a sheet on its board."""
    posting = get_posting(get_posted(_issued(subject_at(place)), posting_id).id, posting_id)
    if not posting.photo_sha256:
        raise PostingNotFound
    return send_file(kept_path(posting.photo_sha256), mimetype="image/jpeg", max_age=3600)


def _find_issued(subject: Subject) -> Published | None:
    disclosure = subject.find_disclosure()
    return disclosure if disclosure is not None and disclosure.is_issued else None


def _issued(subject: Subject) -> Published:
    disclosure = _find_issued(subject)
    if disclosure is None:
        raise DisclosureNotFound
    return disclosure


def _profile(subject: Subject) -> Profile:
    return get_profile(subject.village.township, subject.period)


def _tell(form: ChineseForm, refused: InputError | RuleForbids) -> None:
    name: Any = getattr(refused, "field", None)
    if name and name in form:
        form[name].errors = [*form[name].errors, refused.message]
    else:
        form.form_errors.append(refused.message)


def _status(form: ChineseForm) -> int:
    return 422 if form.errors or form.form_errors else 200
