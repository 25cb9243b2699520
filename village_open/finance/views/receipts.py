"""Receipts behind a line: handed in, looked at, taken out."""

from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from village_open.core.canonical import sha256_hex
from village_open.core.errors import InputError
from village_open.db import db, transaction
from village_open.finance.actions.receipts import KeptFile
from village_open.finance.actions.receipts import add_receipt as add
from village_open.finance.actions.receipts import remove_receipt as remove
from village_open.finance.forms.books import ReceiptForm
from village_open.finance.forms.grid import plain_text
from village_open.finance.queries import get_period
from village_open.finance.queries.lines import get_line
from village_open.finance.queries.receipts import get_receipt
from village_open.images import clean_upload
from village_open.storage import keep_file, read_file

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}


def add_receipt(*, village_code: str, period_code: str, line_id: int) -> ResponseReturnValue:
    """Keep a photo or PDF behind a line."""
    form, back = ReceiptForm(), _line_url(village_code, period_code, line_id)
    uploads = [upload for upload in request.files.getlist("file") if upload.filename]
    if not form.validate_on_submit() or not uploads:
        flash(_("请先选择凭证照片或 PDF。") if not uploads else " ".join(form.invoice_number.errors), "error")
        return redirect(back)
    get_line(get_period(village_code, period_code), line_id)
    kept = [upload for upload in uploads[:_MOST_AT_ONCE] if _is_taken(upload, form, village_code, period_code, line_id)]
    if kept:
        flash(_("已收到 %(count)s 份凭证。", count=len(kept)), "success")
    return redirect(back)


def _is_taken(upload: FileStorage, form: ReceiptForm, village_code: str, period_code: str, line_id: int) -> bool:
    """Keep one file, or tell why not; the others are kept all the same."""
    try:
        file = _kept(upload)
    except InputError as refused:
        flash(f"{plain_text(upload.filename or '')}：{refused.message}", "error")
        return False
    with transaction():
        period, number = get_period(village_code, period_code), form.invoice_number.data or ""
        add(by=current_user, period=period, line_id=line_id, file=file, invoice_number=number)
    return True


_MOST_AT_ONCE = 10


def _kept(upload: FileStorage) -> KeptFile:
    """Check a file, make it anew and keep it: before the deed, so that nobody waits for a picture."""
    db.session.rollback()  # A read left open would make another clerk's commit wait.
    content = upload.stream.read()
    clean = clean_upload(content, upload.filename or "")
    return KeptFile(
        keep_file(clean.content), keep_file(clean.thumb), sha256_hex(content), clean.media_type,
        plain_text(upload.filename or "")[:120],
    )  # fmt: skip


def remove_receipt(*, village_code: str, period_code: str, line_id: int, receipt_id: int) -> ResponseReturnValue:
    """Take a receipt out."""
    with transaction():
        remove(by=current_user, period=get_period(village_code, period_code), line_id=line_id, receipt_id=receipt_id)
    flash(_("已撤掉这张凭证。"), "success")
    return redirect(_line_url(village_code, period_code, line_id))


def show_receipt(*, village_code: str, receipt_id: int) -> ResponseReturnValue:
    """Hand out a receipt as a file: a picture or a PDF, never a page."""
    receipt = get_receipt(village_code, receipt_id)
    return _sent(receipt.file_sha256, receipt.media_type, f"receipt-{receipt.id}.{_ENDINGS[receipt.media_type]}")


def show_receipt_thumb(*, village_code: str, receipt_id: int) -> ResponseReturnValue:
    """Hand out the small picture of a receipt."""
    return _sent(get_receipt(village_code, receipt_id).thumb_sha256, "image/jpeg", "thumb.jpg")


def _sent(sha256: str, media_type: str, name: str) -> ResponseReturnValue:
    content = read_file(sha256)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    answer = send_file(
        BytesIO(content), mimetype=media_type, download_name=name, as_attachment=media_type != "image/jpeg"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _line_url(village_code: str, period_code: str, line_id: int) -> str:
    return url_for("finance.show_line", village_code=village_code, period_code=period_code, line_id=line_id)
