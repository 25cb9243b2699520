"""Reading people and sessions."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from village_open.core.errors import NotFound
from village_open.db import db
from village_open.identity.models import Person, SignInSession


class PersonNotFound(NotFound):
    """No such person."""

    def __init__(self) -> None:
        super().__init__("没有找到这个人，可能名单已经变动，请返回刷新。")


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
    """Return the person of a login name, or None."""
    return db.session.scalar(select(Person).where(Person.login == login))


def find_open_session(token_sha256: str) -> SignInSession | None:
    """Return the session of a token hash unless it has ended."""
    return db.session.scalar(
        select(SignInSession)
        .where(SignInSession.token_sha256 == token_sha256, SignInSession.ended_at.is_(None))
        .options(joinedload(SignInSession.person))
    )
