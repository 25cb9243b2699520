"""The posting register: which sheet hung on which board, from when to when, with a photo."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.finance.models import FinancePeriod
from village_open.finance.pages import may, period_words
from village_open.finance.queries import get_period
from village_open.images import clean_picture
from village_open.notices import actions
from village_open.notices.errors import DisclosureNotFound, PostingNotFound
from village_open.notices.forms import PostingForm, TakeDownForm
from village_open.notices.pages import kind_choices, posting_lines
from village_open.notices.queries import Published, find_published, get_posting
from village_open.notices.take_home import postings_table
from village_open.storage import keep_file, kept_path
from village_open.villages.access import CLERK_OR_TOWNSHIP
from village_open.villages.profile import Profile
from village_open.villages.queries import get_board, get_profile, list_boards
from village_open.web.fields import ChineseForm, choices_of
from village_open.workbooks.sending import send_table


def list_postings(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Where the sheets of a disclosure hang and hung, and whether long enough."""
    period = get_period(village_code, period_code)
    disclosure = find_published(village_code, period_code)
    profile = _profile(period)
    return render_template(
        "notices/list_postings.html", disclosure=disclosure, profile=profile,
        lines=posting_lines(disclosure, profile) if disclosure else (),
        may_post=may(CLERK_OR_TOWNSHIP, village_code), **period_words(period),
    )  # fmt: skip


def export_postings(*, village_code: str, period_code: str, ending: str) -> Response:
    """Hand out the posting register of a disclosure.

    Raises:
        DisclosureNotFound: nothing is issued yet.
    """
    period, disclosure = get_period(village_code, period_code), _issued(village_code, period_code)
    name = f"{disclosure.number}张贴登记"
    return send_table(postings_table(posting_lines(disclosure, _profile(period))), ending, name)


def record_posting(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Write down that a sheet was put up."""
    period, form = get_period(village_code, period_code), PostingForm()
    disclosure, boards = _issued(village_code, period_code), list_boards(period.village_id)
    form.sheet_kind.choices = choices_of(kind_choices())
    form.board_id.choices = [(board.id, board.place) for board in boards]
    if request.method == "GET":
        form.posted_on.data, form.posted_by.data = clock.today(), current_user.name
    if form.validate_on_submit() and _posted(form, disclosure):
        flash(_("已登记张贴。"), "success")
        return redirect(url_for("notices.list_postings", village_code=village_code, period_code=period_code))
    page = render_template(
        "notices/record_posting.html", form=form, disclosure=disclosure, boards=boards, profile=_profile(period),
        **period_words(period),
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


def take_down(*, village_code: str, period_code: str, posting_id: int) -> ResponseReturnValue:
    """Write down that a sheet was taken down."""
    period, form = get_period(village_code, period_code), TakeDownForm()
    disclosure = _issued(village_code, period_code)
    posting = get_posting(disclosure.id, posting_id)
    if request.method == "GET":
        form.taken_down_on.data = clock.today()
    if form.validate_on_submit() and _taken_down(form, disclosure, posting_id, _profile(period)):
        return redirect(url_for("notices.list_postings", village_code=village_code, period_code=period_code))
    lines = [line for line in posting_lines(disclosure, _profile(period)) if line.posting.id == posting.id]
    page = render_template("notices/take_down.html", form=form, line=lines[0], **period_words(period))
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


def show_posting_photo(*, village_code: str, period_code: str, posting_id: int) -> Response:
    """The photo of a sheet on its board."""
    posting = get_posting(_issued(village_code, period_code).id, posting_id)
    if not posting.photo_sha256:
        raise PostingNotFound
    return send_file(kept_path(posting.photo_sha256), mimetype="image/jpeg", max_age=3600)


def _issued(village_code: str, period_code: str) -> Published:
    disclosure = find_published(village_code, period_code)
    if disclosure is None:
        raise DisclosureNotFound
    return disclosure


def _profile(period: FinancePeriod) -> Profile:
    return get_profile(period.village.township, period.period)


def _tell(form: ChineseForm, refused: InputError | RuleForbids) -> None:
    name: Any = getattr(refused, "field", None)
    if name and name in form:
        form[name].errors = [*form[name].errors, refused.message]
    else:
        form.form_errors.append(refused.message)


def _status(form: ChineseForm) -> int:
    return 422 if form.errors or form.form_errors else 200
