"""Turning errors into pages that say what happened, what was kept, what to do."""

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from village_open.core.errors import EditConflict, VillageOpenError

_PAGES = {400, 403, 404, 409, 413, 422, 429, 500}


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(VillageOpenError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)


def _told(error: VillageOpenError) -> tuple[str, int]:
    conflict = isinstance(error, EditConflict)
    return _page(409 if conflict else error.status, error.message), error.status


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, ""), error.code


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    return _page(400, "页面停留太久，表单已经过期。请返回上一页，刷新后再提交。"), 400


def _page(code: int, message: str) -> str:
    name = code if code in _PAGES else (400 if code < 500 else 500)
    return render_template(f"errors/{name}.html", message=message)
