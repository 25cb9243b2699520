"""The language of the interface: Chinese, and English for who asks; sheets and the record are Chinese always."""

from typing import NamedTuple
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, get_locale

CHINESE, ENGLISH = "zh_CN", "en"
_COOKIE = "lang"
_BY_WORD = {"zh": CHINESE, "en": ENGLISH}
_NAMES = {"zh": "中文", "en": "English"}
_LOCALES = {name: Locale.parse(name) for name in (CHINESE, ENGLISH)}
"""Read once: Babel goes through the names of all its locales each time it is given a name."""


class LanguageLink(NamedTuple):
    """One language that this page can be read in; `name` is its own name, `query` the address from `?` on."""

    word: str
    name: str
    query: str
    is_chosen: bool


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
    app.jinja_env.globals["language_links"] = language_links


def language_links() -> list[LanguageLink]:
    """List the languages of this very page; none for the answer to a form, which cannot be fetched again.

    The addresses are relative: a path that comes from the visitor is never written into a link.
    """
    if not has_request_context() or request.method != "GET":
        return []
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    chosen = str(get_locale())
    return [
        LanguageLink(word, _NAMES[word], f"?{urlencode([*kept, ('lang', word)])}", chosen == locale)
        for word, locale in _BY_WORD.items()
    ]


def _chosen() -> Locale:
    if not has_request_context():
        return _LOCALES[CHINESE]
    asked = request.args.get("lang") or request.cookies.get(_COOKIE, "")
    return _LOCALES[_BY_WORD.get(asked, CHINESE)]


def _remember(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    if (asked := request.args.get("lang")) in _BY_WORD:
        response.set_cookie(_COOKIE, str(asked), max_age=365 * 86400, samesite="Lax", httponly=True)
    return response
