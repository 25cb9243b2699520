"""The signed-in visitor of a request, known by the session row and not by the cookie alone."""

import hashlib
from dataclasses import dataclass

from flask import Flask, session
from flask_login import LoginManager, UserMixin

from village_open.core import clock
from village_open.identity.queries import find_open_session

login_manager = LoginManager()
_SEEN = "seen"


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
    """Register the loader; an ended or idle session is nobody."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    idle_seconds = app.config["SETTINGS"].idle_minutes * 60

    @app.before_request
    def end_idle_sessions() -> None:
        if "_user_id" not in session:
            return
        now = int(clock.now().timestamp())
        if now - session.get(_SEEN, 0) > idle_seconds:
            session.clear()
        else:
            session[_SEEN] = now


def mark_seen() -> None:
    """Start the idle count of a fresh sign-in."""
    session[_SEEN] = int(clock.now().timestamp())


def token_sha256(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _load(token: str) -> Visitor | None:
    found = find_open_session(token_sha256(token))
    if found is None:
        return None
    person = found.person
    return Visitor(person.id, person.name, person.login or "", token, person.must_change_password)
