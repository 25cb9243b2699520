"""Plain functions that make places, people and lines with sensible defaults; call them inside `transaction()`."""

import secrets
from datetime import date
from functools import cache
from itertools import count

from flask.testing import FlaskClient

from village_open.core import clock
from village_open.db import db, transaction
from village_open.identity.models import Person, SignInSession
from village_open.identity.passwords import hash_password
from village_open.identity.rules import token_sha256
from village_open.villages.models import County, NoticeBoard, Role, RoleKind, Township, Village

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)
GOOD_PASSWORD = "chun-feng-2026"


def make_township(*, code: str = "990101101", name: str = "青山镇", **more: object) -> Township:
    """Make a township and its county."""
    county = db.session.query(County).filter_by(code=code[:6]).one_or_none() or County(code=code[:6], name="云岭县")
    township = Township(county=county, code=code, name=name, supervision_phone="0999-1234567", **more)
    db.session.add(township)
    db.session.flush()
    return township


def make_village(township: Township, *, number: int = 200, name: str = "李家村", **more: object) -> Village:
    """Make a village with one A3 notice board."""
    village = Village(township=township, code=f"{township.code}{number:03d}", name=name, households=120, **more)
    db.session.add(village)
    db.session.flush()
    db.session.add(NoticeBoard(village_id=village.id, place="村委会门前"))
    db.session.flush()
    return village


def make_person(name: str = "", **more: object) -> Person:
    """Make a person; without `login` they sign on paper only."""
    person = Person(name=name or f"村民{next(_numbers)}", **more)
    db.session.add(person)
    db.session.flush()
    return person


def make_role(person: Person, kind: RoleKind, place_code: str, **more: object) -> Role:
    """Give a person a role that began long ago."""
    role = Role(person_id=person.id, kind=kind.value, place_code=place_code, **{"starts_on": LONG_AGO, **more})
    db.session.add(role)
    db.session.flush()
    return role


def make_account(name: str = "", *, login: str, password: str = GOOD_PASSWORD, **more: object) -> Person:
    """Make a person who can sign in and is past the first-password change."""
    more = {"password_hash": _kept_hash(password), "must_change_password": False, **more}
    return make_person(name, login=login, **more)


@cache
def _kept_hash(password: str) -> str:
    """Hash a password once a run: slow on purpose, it takes longer than most tests."""
    return hash_password(password)


def sign_in(client: FlaskClient, person_id: int) -> None:
    """Sign a person in on this browser without typing a password; call it outside `transaction()`."""
    token = secrets.token_urlsafe(16)
    with client.application.app_context(), transaction():
        db.session.add(SignInSession(token_sha256=token_sha256(token), person_id=person_id))
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True, "seen": int(clock.now().timestamp())})
