"""The route table: a page cannot be added without saying who may see it (default deny)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

View = Callable[..., Any]
_HIDES_A_SLASH = re.compile(r"[\\\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Audience:
    """A group of visitors by name; `admits` looks at the visitor and the place in the address."""

    name: str
    admits: Callable[[Any, Mapping[str, Any]], bool]
    needs_sign_in: bool = True


EVERYONE = Audience("所有人", lambda _visitor, _place: True, needs_sign_in=False)
SIGNED_IN = Audience("已登录人员", lambda visitor, _place: bool(visitor.is_authenticated))


@dataclass(frozen=True)
class Page:
    """One row of the table: address, view, who may see it."""

    rule: str
    view: View
    who: Audience
    methods: tuple[str, ...] = ("GET",)
    name: str = ""
    csrf_exempt: bool = field(default=False)
    also: tuple[str, ...] = ()
    """Other addresses of the same page: what it shows can be reached in more than one way."""

    @property
    def endpoint(self) -> str:
        """The endpoint inside its room: the name of the view."""
        return self.name or self.view.__name__


def room(name: str, pages: Iterable[Page], url_prefix: str = "") -> Blueprint:
    """Make the blueprint of a room from its table."""
    blueprint = Blueprint(name, f"village_open.{name}", url_prefix=url_prefix or None)
    for page in pages:
        view = _guarded(page)
        for rule in (page.rule, *page.also):
            blueprint.add_url_rule(rule, endpoint=page.endpoint, view_func=view, methods=[*page.methods])
    return blueprint


def _guarded(page: Page) -> View:
    @wraps(page.view)
    def guarded(**place: Any) -> Any:
        if not page.who.admits(current_user, place):
            return _turned_away(page)
        return page.view(**place)

    guarded.audience = page.who  # type: ignore[attr-defined] # the house test reads it
    return guarded


def _turned_away(page: Page) -> Response:
    if page.who.needs_sign_in and not current_user.is_authenticated:
        target = request.full_path if request.method == "GET" else None
        return redirect(url_for("identity.sign_in", next=target))
    abort(403)


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """Return who may see an endpoint, or None where nobody said so."""
    return getattr(app.view_functions[endpoint], "audience", None)


def refuse_undeclared_pages(app: Flask) -> None:
    """Stop at start when an endpoint does not say who may see it.

    Raises:
        RuntimeError: naming the endpoints.
    """
    silent = [
        endpoint for endpoint in app.view_functions
        if audience_of(app, endpoint) is None and endpoint not in {"static", "bootstrap.static"}
    ]  # fmt: skip
    if silent:
        raise RuntimeError(f"这些页面没有写明谁可以看：{', '.join(sorted(silent))}")


def safe_next(target: str | None) -> str | None:
    """Return an address inside this site, or None: never follow a stranger's `next`.

    Browsers read a backslash as a slash and drop tabs and line ends, so that either may hide `//`.
    """
    if target and target.startswith("/") and not target.startswith("//") and not _HIDES_A_SLASH.search(target):
        return target
    return None


def own_url(endpoint: str, **values: Any) -> str:
    """Return the address printed on paper: the public base address and the path."""
    base: str = current_app.config["SETTINGS"].public_url
    return f"{base}{url_for(endpoint, **values)}" if base else ""
