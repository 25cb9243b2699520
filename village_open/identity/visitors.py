"""The signed-in visitor of a request, known by the session row and not by the cookie alone."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.wrappers import Response

from village_open.core import clock
from village_open.identity.models import Person
from village_open.identity.queries import find_open_session
from village_open.identity.rules import token_sha256

login_manager = LoginManager()
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
"""Counts per process; the lock of an account is counted in the database."""
SIGN_INS_FROM_ONE_ADDRESS = "40 per minute; 400 per hour"
"""Wide: a whole township office comes from one address."""
_SEEN = "seen"
UNATTENDED = "unattended"
"""The word in an address that a page asks for by itself: nobody sits there, so the idle clock goes on."""
_BEFORE_PASSWORD_CHANGE = {"identity.change_password", "identity.sign_out", "static", "bootstrap.static"}


@dataclass(frozen=True)
class Visitor(UserMixin):
    """Who is signed in: the person, and the token of this one session."""

    id: int
    name: str
    login: str
    token: str
    must_change_password: bool

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the signed cookie: the session's token."""
        return self.token


def recognise_visitors(app: Flask) -> None:
    """Register the loader and the gates; an ended or idle session is nobody."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    limiter.init_app(app)
    app.before_request(_end_idle_session)
    app.before_request(_ask_for_own_password)
    app.context_processor(_visitor_words)


def let_in(person: Person, token: str) -> None:
    """Begin the session of a token in this browser; nothing of an earlier session is left in the cookie."""
    session.clear()
    login_user(_visitor(person, token))
    session[_SEEN] = int(clock.now().timestamp())


def _load(token: str) -> Visitor | None:
    found = find_open_session(token_sha256(token))
    return _visitor(found.person, token) if found else None


def _visitor(person: Person, token: str) -> Visitor:
    return Visitor(person.id, person.name, person.login or "", token, person.must_change_password)


def _end_idle_session() -> None:
    if "_user_id" not in session:
        return
    now = int(clock.now().timestamp())
    minutes = current_app.config["SETTINGS"].idle_minutes
    if now - session.get(_SEEN, 0) > minutes * 60:
        session.clear()
        flash(_("超过 %(minutes)s 分钟没有操作，已自动退出，请重新登录。", minutes=minutes), "warning")
    elif UNATTENDED not in request.args:
        session[_SEEN] = now


def _ask_for_own_password() -> Response | None:
    if request.endpoint in _BEFORE_PASSWORD_CHANGE or not current_user.is_authenticated:
        return None
    if not current_user.must_change_password:
        return None
    return redirect(url_for("identity.change_password"))


def _visitor_words() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {}
    return {
        "person": current_user.name,
        "person_id": current_user.id,
        "sign_out_url": url_for("identity.sign_out"),
        "own_password_url": url_for("identity.change_password"),
    }
