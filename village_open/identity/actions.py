"""Deeds of people and sign-in. Who did them and where is recorded by villages, which knows places."""

import secrets
from datetime import timedelta
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, CursorResult, Update, case, or_, select, update
from sqlalchemy.exc import IntegrityError

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.db import db
from village_open.identity.models import Person, SignInSession
from village_open.identity.passwords import hash_password, password_fits
from village_open.identity.queries import PasswordCheck, find_person_by_login
from village_open.identity.rules import check_new_password, checked_login, make_first_password, token_sha256

FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15


class AccountNote(Protocol):
    """Something that is told of an account, inside the transaction in which it happened."""

    def __call__(self, *, person_id: int) -> object:
        """Write it down."""


class LoginTaken(InputError):
    """Another person already signs in with this name."""

    def __init__(self, login: str) -> None:
        super().__init__(f"登录名“{login}”已经有人用了，请换一个。", "login")


class LoginAlreadyGiven(RuleForbids):
    """The person has an account; it can be reset, not made a second time."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已经有账号，不能再开一个；忘记密码请用“重置密码”。")


class NoLogin(RuleForbids):
    """The person has no account."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}还没有账号，请先开账号。")


class OldPasswordWrong(InputError):
    """The old password does not fit, or the account is locked."""

    def __init__(self) -> None:
        super().__init__("原密码不对。连续输错 5 次，账号锁定 15 分钟。", "old")


def sign_in(*, check: PasswordCheck, at_lock: AccountNote | None = None) -> str | None:
    """Open a session and return its token, or count the failure, as `count_failure` does, and return None.

    A refusal is an answer and no error, because the count must be kept. Both outcomes are one UPDATE that the
    database decides, so that two processes never count the same failure once, nor let a locked account in.
    """
    if check.person_id is None or not check.fits:
        count_failure(person_id=check.person_id, at_lock=at_lock)
        return None
    let_in = (
        update(Person)
        .where(Person.id == check.person_id, Person.password_hash == check.kept_hash, _unlocked())
        .values(failed_sign_ins=0, locked_until=None)
    )
    return _open_session(check.person_id) if _rows_changed(let_in) else None


def count_failure(*, person_id: int | None, at_lock: AccountNote | None = None) -> None:
    """Count one wrong password; the fifth in a row locks the account. Nothing happens for an unknown login.

    While it is locked nothing is counted: nobody can keep another person out for ever.

    Args:
        person_id: whose password it was not; None: no such login name.
        at_lock: called when this failure locked the account, and then only.
    """
    failures = case((Person.locked_until.is_not(None), 1), else_=Person.failed_sign_ins + 1)
    until = clock.now() + timedelta(minutes=LOCK_MINUTES)
    counted = _rows_changed(
        update(Person)
        .where(Person.id == person_id, _unlocked())
        .values(failed_sign_ins=failures, locked_until=case((failures >= FAILURES_BEFORE_LOCK, until), else_=None))
    )
    is_locked = select(Person.id).where(Person.id == person_id, ~_unlocked())
    if counted and person_id and at_lock and db.session.scalar(is_locked):
        at_lock(person_id=person_id)


def sign_out(*, token: str) -> None:
    """End one session on the server; its cookie is worth nothing from now on."""
    _end_sessions(SignInSession.token_sha256 == token_sha256(token))


def change_password(*, person: Person, old: str, new: str) -> str:
    """Change a person's own password, end all their sessions and return the token of a new one.

    Raises:
        OldPasswordWrong: the old one does not fit or the account is locked; the caller counts the failure.
        PasswordUnfit: the new one is easily guessed.
    """
    if person.is_locked(clock.now()) or not password_fits(old, person.password_hash):
        raise OldPasswordWrong
    check_new_password(new, old=old, login=person.login or "")
    _set_password(person, new, must_change=False)
    return _open_session(person.id)


def make_person(*, name: str, phone: str = "") -> Person:
    """Enter a person by name; without a login name they sign on paper only.

    Raises:
        InputError: the name is empty.
    """
    if not name.strip():
        raise InputError("请填写姓名。", "name")
    person = Person(name=name.strip(), phone=phone.strip())
    db.session.add(person)
    db.session.flush()
    return person


def change_person(*, person: Person, name: str, phone: str) -> None:
    """Correct how a person is called and reached; what was signed under the old name keeps the old name.

    Raises:
        InputError: the name is empty.
    """
    if not name.strip():
        raise InputError("请填写姓名。", "name")
    person.name, person.phone = name.strip(), phone.strip()
    db.session.flush()


def give_login(*, person: Person, login: str) -> str:
    """Give a person a login name and return the first password, which is kept nowhere.

    Raises:
        LoginUnfit: the name has a shape that people mistype.
        LoginTaken: another person has it.
        LoginAlreadyGiven: this person has one.
    """
    wanted = checked_login(login)
    if person.login:
        raise LoginAlreadyGiven(person.name)
    if find_person_by_login(wanted):
        raise LoginTaken(wanted)
    person.login = wanted
    first = make_first_password()
    try:
        _set_password(person, first, must_change=True)
    except IntegrityError as taken:  # Another process took the name in the same moment.
        raise LoginTaken(wanted) from taken
    return first


def reset_password(*, person: Person) -> str:
    """Replace a forgotten password, open a locked account, end all sessions and return the new first password.

    Raises:
        NoLogin: the person has no account.
    """
    if not person.login:
        raise NoLogin(person.name)
    first = make_first_password()
    _set_password(person, first, must_change=True)
    return first


def unlock(*, person: Person) -> None:
    """Open an account that five failures have locked."""
    person.failed_sign_ins, person.locked_until = 0, None
    db.session.flush()


def _set_password(person: Person, password: str, *, must_change: bool) -> None:
    person.password_hash = hash_password(password)
    person.must_change_password = must_change
    unlock(person=person)
    _end_sessions(SignInSession.person_id == person.id)


def _end_sessions(of_whom: ColumnElement[bool]) -> None:
    _rows_changed(update(SignInSession).where(of_whom, SignInSession.ended_at.is_(None)).values(ended_at=clock.now()))


def _unlocked() -> ColumnElement[bool]:
    return or_(Person.locked_until.is_(None), Person.locked_until <= clock.now())


def _rows_changed(statement: Update) -> int:
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def _open_session(person_id: int) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(SignInSession(token_sha256=token_sha256(token), person_id=person_id))
    db.session.flush()
    return token
