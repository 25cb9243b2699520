"""How long a visitor's browser may keep an answer."""

from io import BytesIO

from flask import Response, make_response, send_file
from flask_login import current_user

_YEAR_SECONDS = 365 * 24 * 3600


def kept_briefly(body: str, *, seconds: int = 60) -> Response:
    """Answer with a page that may change: a correction must be seen within a minute.

    For those who are signed in nothing is kept: their answer carries a cookie.
    """
    return _briefly(make_response(body), seconds)


def sent_briefly(body: bytes, *, media_type: str, name: str, seconds: int = 60) -> Response:
    """Answer with a file that may change, as `kept_briefly`."""
    return _briefly(send_file(BytesIO(body), media_type, as_attachment=True, download_name=name), seconds)


def _briefly(response: Response, seconds: int) -> Response:
    if not current_user.is_authenticated:
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def kept_for_good(body: bytes, *, media_type: str, name: str = "") -> Response:
    """Answer with something whose address holds its hash: it never changes. `name` makes it a download."""
    # send_file writes a Chinese name as RFC 5987 asks; raw in the header it breaks every real server.
    response = send_file(BytesIO(body), media_type, as_attachment=bool(name), download_name=name or None)
    response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
    return response
