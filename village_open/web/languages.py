"""The language of the interface: Chinese, and English for who asks; sheets and the record are Chinese always."""

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel

CHINESE, ENGLISH = "zh_CN", "en"
_COOKIE = "lang"
_BY_WORD = {"zh": CHINESE, "en": ENGLISH}


def speak(app: Flask) -> None:
    """Let every page be read in the language that `?lang=en` or `?lang=zh` asked for last."""
    Babel(
        app,
        default_locale=CHINESE,
        default_timezone="Asia/Shanghai",
        default_translation_directories="translations",
        locale_selector=_chosen,
    )
    app.after_request(_remember)


def _chosen() -> str:
    if not has_request_context():
        return CHINESE
    asked = request.args.get("lang") or request.cookies.get(_COOKIE, "")
    return _BY_WORD.get(asked, CHINESE)


def _remember(response: Response) -> Response:
    if (asked := request.args.get("lang")) in _BY_WORD:
        response.set_cookie(_COOKIE, str(asked), max_age=365 * 86400, samesite="Lax", httponly=True)
    return response
