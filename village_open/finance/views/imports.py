"""Importing a file: handed in, looked at beside the books, confirmed; nothing is written before."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from village_open.core.errors import EditConflict, InputError, NotFound
from village_open.db import Page, db, transaction
from village_open.finance import actions
from village_open.finance.actions.importing import Imported, ImportSource
from village_open.finance.forms.grid import Ledger, plain_text
from village_open.finance.forms.imports import (
    CHANGE,
    CHANGES,
    ITEM,
    ConfirmImportForm,
    confirm_form,
    import_form,
    is_decided,
    read_answers,
)
from village_open.finance.importing.files import read_file_table
from village_open.finance.importing.plan import ImportPlan, plan_import
from village_open.finance.importing.results import ImportedTable, Layout, Problem
from village_open.finance.items import ITEMS
from village_open.finance.ledgers import ledger_of
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period
from village_open.finance.queries.periods import list_ledger_lines
from village_open.storage import keep_file, keep_upload, read_upload

ROWS_SHOWN = 500
"""Of each list on the preview: an old computer shows no more; errors are turned page by page."""
_ERRORS_A_PAGE = 50
_KEPT_SECONDS = 24 * 60 * 60
_NAME_LENGTH = 80


class UploadUnknown(NotFound):
    """The address names no file that this person handed in for this period today."""

    def __init__(self) -> None:
        super().__init__("没有找到这次上传的文件：可能过了一天，或是别人上传的。请重新选择文件。账目没有变动。")


@dataclass(frozen=True)
class Look:
    """A file beside the books as they are now."""

    content: bytes
    period: FinancePeriod
    ledger: Ledger
    source: ImportSource
    table: ImportedTable
    plan: ImportPlan


def import_file(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Take a file; it is read once before it is kept, so that what cannot be read is said here."""
    period = get_period(village_code, period_code)
    if period.stage is not PeriodState.ENTRY:
        return redirect(url_for("finance.list_lines", **place_of(period)))
    ledger = ledger_of(period)
    form, upload = import_form(ledger.accounts), request.files.get("file")
    if form.validate_on_submit():
        try:
            token = _keep(upload, ledger, village_code)
        except InputError as refused:
            form.file.errors = [refused.message]
        else:
            account = form.account.data or None
            return redirect(url_for("finance.preview_import", upload=token, account=account, **place_of(period)), 303)
        period = get_period(village_code, period_code)
    page = render_template("finance/import_file.html", form=form, **period_words(period))
    return page, 422 if form.errors else 200


def _keep(upload: FileStorage | None, ledger: Ledger, village_code: str) -> str:
    """Keep the bytes and return the name under which this very person may look at them again."""
    if upload is None or not upload.filename:
        raise InputError(_("请先选择文件。"))
    db.session.rollback()  # A read left open would make another clerk's commit wait.
    content = upload.stream.read()
    read_file_table(content, period=ledger.period, chart=ledger.chart, account_names=())
    name = plain_text(upload.filename)[-_NAME_LENGTH:]
    return str(_uploads().dumps([keep_upload(content), name, village_code, ledger.period.code, current_user.id]))


def _uploads() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="finance-import")


def preview_import(*, village_code: str, period_code: str, upload: str) -> ResponseReturnValue:
    """Show what the file would do to the books, and do it when it is confirmed."""
    look = _look(village_code, period_code, upload)
    if look.period.stage is not PeriodState.ENTRY:
        return redirect(url_for("finance.list_lines", **place_of(look.period)))
    form, refused, status = confirm_form(look.plan), "", 200
    if request.method == "POST" and not look.plan.errors and is_decided(form, look.plan):
        try:
            done = _carry_out(look, form)
        except (InputError, EditConflict) as error:
            look, refused, status = _look(village_code, period_code, upload), error.message, error.status
            form.seen.raw_data, form.seen.data = None, look.plan.fingerprint
        else:
            flash(_told(done), "success")
            return redirect(url_for("finance.enter_lines", **place_of(look.period)), 303)
    return _preview_page(look, form, refused), 422 if form.errors and status == 200 else status


def _carry_out(look: Look, form: ConfirmImportForm) -> Imported:
    answers, place = read_answers(form, look.plan, request.form), place_of(look.period)
    with transaction():
        done = actions.import_table(
            by=current_user, period=get_period(**place), table=look.table, answers=answers, source=look.source,
            seen=form.seen.data or "unseen",
        )  # fmt: skip
    keep_file(look.content)  # The record names it from now on.
    return done


def _told(done: Imported) -> str:
    if not done.added and not done.changed:
        return _("文件里的账目账里都有了，没有新增，也没有修改。")
    return _(
        "导入完成：新增 %(added)s 笔，修改 %(changed)s 笔，原来就有的 %(there)s 笔没有动。",
        added=done.added, changed=done.changed, there=done.there,
    )  # fmt: skip


def _look(village_code: str, period_code: str, upload: str) -> Look:
    """Read the very bytes that were handed in, anew, and lay them beside the books."""
    try:
        sha256, name, *place = _uploads().loads(upload, max_age=_KEPT_SECONDS)
    except BadData:
        raise UploadUnknown from None
    period = get_period(village_code, period_code)
    if place != [village_code, period.code, current_user.id]:
        raise UploadUnknown
    ledger, content = ledger_of(period), read_upload(sha256)
    if content is None:
        raise UploadUnknown
    db.session.rollback()  # The read ends before the file is parsed.
    table = read_file_table(
        content, period=ledger.period, chart=ledger.chart, account=_account(ledger),
        account_names=[account.name for account in ledger.accounts],
    )  # fmt: skip
    period = get_period(village_code, period_code)
    plan = plan_import(
        table, period=ledger.period, accounts=ledger.accounts, present=list_ledger_lines(period)
    )  # fmt: skip
    return Look(content, period, ledger, ImportSource(name, sha256, table.format), table, plan)


def _account(ledger: Ledger) -> str:
    wanted = request.args.get("account", type=int)
    return next((account.name for account in ledger.accounts if account.id == wanted), "")


def _preview_page(look: Look, form: ConfirmImportForm, refused: str) -> str:
    plan = look.plan
    return render_template(
        "finance/preview_import.html", look=look, plan=plan, table=look.table, form=form, refused=refused,
        layout=Layout(look.table.format).label, errors=_errors_page(plan.errors), shown=ROWS_SHOWN, items=ITEMS,
        changes=CHANGES, prefixes=(ITEM, CHANGE), accounts={one.id: one.name for one in look.ledger.accounts},
        account=request.args.get("account", type=int),
        asks_account=any(not line.money_account for line in look.table.lines), **period_words(look.period),
    )  # fmt: skip


def _errors_page(errors: tuple[Problem, ...]) -> Page[Problem]:
    wanted = request.args.get("page", 1, type=int)
    number = min(max(1, wanted), max(1, -(-len(errors) // _ERRORS_A_PAGE)))
    first = (number - 1) * _ERRORS_A_PAGE
    return Page(errors[first : first + _ERRORS_A_PAGE], number, len(errors), _ERRORS_A_PAGE)
