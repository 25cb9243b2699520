"""Reading people and sessions."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from village_open.core.errors import NotFound
from village_open.db import db
from village_open.identity.models import Person, SignInSession
from village_open.identity.passwords import password_fits
from village_open.identity.rules import plain_login


class PersonNotFound(NotFound):
    """No such person."""

    def __init__(self) -> None:
        super().__init__("没有找到这个人，可能名单已经变动，请返回刷新。")


@dataclass(frozen=True)
class PasswordCheck:
    """What came of comparing a typed password with the kept one; the password itself is forgotten."""

    person_id: int | None
    """None: no such login name."""
    fits: bool
    kept_hash: str = field(default="", repr=False)
    """The hash it was compared with: a sign-in counts only while that is still the kept one."""


def get_person(person_id: int) -> Person:
    """Return a person.

    Raises:
        PersonNotFound: there is none of this id.
    """
    found = db.session.get(Person, person_id)
    if found is None:
        raise PersonNotFound
    return found


def find_person_by_login(login: str) -> Person | None:
    """Return the person of a login name, typed in any case or width, or None."""
    return db.session.scalar(select(Person).where(Person.login == plain_login(login)))


def check_password(login: str, password: str) -> PasswordCheck:
    """Compare a typed password with the kept one; as much work for an unknown login as for a known one.

    Call it outside `transaction()`: it takes tens of milliseconds, in which nobody else could write.
    """
    person = find_person_by_login(login)
    kept = person.password_hash if person else None
    fits = password_fits(password, kept)
    return PasswordCheck(person.id if person else None, fits, kept or "")


def find_open_session(token_sha256: str) -> SignInSession | None:
    """Return the session of a token hash unless it has ended."""
    return db.session.scalar(
        select(SignInSession)
        .where(SignInSession.token_sha256 == token_sha256, SignInSession.ended_at.is_(None))
        .options(joinedload(SignInSession.person))
    )
