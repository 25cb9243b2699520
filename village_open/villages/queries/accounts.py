"""Reading the township's people and their accounts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from village_open.core import clock
from village_open.core.errors import NotFound
from village_open.db import Page, db, list_page
from village_open.identity.models import Person
from village_open.identity.queries import PersonNotFound, find_person_by_login
from village_open.villages.models import County, Role, RoleKind
from village_open.villages.queries.places import list_place_names
from village_open.villages.queries.roles import list_roles_today, runs_on


class CountyAccountNotFound(NotFound):
    """Nobody who works for the county signs in with this name."""

    def __init__(self, county: str, login: str) -> None:
        super().__init__(f"{county}没有登录名为“{login}”的区县人员，请核对；乡镇和村里的账号由镇公开办重置。")


@dataclass(frozen=True)
class Account:
    """A person of the township as the list of people shows them."""

    person_id: int
    name: str
    login: str
    roles: tuple[str, ...]
    """What they are today, with the place: `李家村村报账员`."""
    must_change_password: bool
    failed_sign_ins: int
    locked_until: datetime | None


def list_accounts(township_code: str, *, wanted: str = "", page: int = 1) -> Page[Account]:
    """List everybody who has or had a role in the township, the locked accounts first; `wanted` is part of a name."""
    locked_first = func.coalesce(Person.locked_until, clock.now()) > clock.now()
    query = _people_of(township_code).order_by(locked_first.desc(), Person.name, Person.id)
    if wanted.strip():
        query = query.where(
            or_(Person.name.contains(wanted.strip(), autoescape=True), Person.login == wanted.strip().lower())
        )
    found = list_page(query, number=page)
    return Page(_accounts(found.items), found.number, found.total, found.per_page)


def list_locked(township_code: str) -> list[Account]:
    """List the accounts of the township that five failures have locked at this moment, at most fifty."""
    return _accounts(
        db.session.scalars(_people_of(township_code).where(Person.locked_until > clock.now()).limit(50)).all()
    )


def get_person_of(township_code: str, person_id: int) -> Person:
    """Return a person who has or had a role in this township.

    Raises:
        PersonNotFound: there is none of this id, or only elsewhere.
    """
    found = db.session.scalar(_people_of(township_code).where(Person.id == person_id))
    if found is None:
        raise PersonNotFound
    return found


def get_county_account(county: County, login: str) -> Person:
    """Return who signs in with a name and works for the county itself today.

    Raises:
        CountyAccountNotFound: there is none, or they work for a township or village only.
    """
    found = find_person_by_login(login)
    if found is None or not any(role.place_code == county.code for role in list_roles_today(found.id)):
        raise CountyAccountNotFound(county.name, login)
    return found


def find_role_elsewhere(person_id: int, township_code: str) -> Role | None:
    """Return a running role of a person outside this township, or None."""
    return db.session.scalars(
        select(Role)
        .where(Role.person_id == person_id, ~Role.place_code.startswith(township_code), *runs_on(clock.today()))
        .limit(1)
    ).first()


def find_namesake(person_id: int, name: str) -> Person | None:
    """Return another person of a name who has or had a role at one of this person's places, or None."""
    places = select(Role.place_code).where(Role.person_id == person_id)
    return db.session.scalars(
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Person.id != person_id, Person.name == name, Role.place_code.in_(places))
        .limit(1)
    ).first()


def _people_of(township_code: str) -> Select[Person]:
    return select(Person).where(Person.id.in_(select(Role.person_id).where(Role.place_code.startswith(township_code))))


def _accounts(people: Sequence[Person]) -> list[Account]:
    now, words = clock.now(), _role_words([person.id for person in people])
    return [
        Account(
            person.id, person.name, person.login or "", tuple(words[person.id]), person.must_change_password,
            person.failed_sign_ins, person.locked_until if person.is_locked(now) else None,
        )
        for person in people
    ]  # fmt: skip


def _role_words(person_ids: list[int]) -> defaultdict[int, list[str]]:
    query = select(Role).where(Role.person_id.in_(person_ids), *runs_on(clock.today())).order_by(Role.id)
    roles = db.session.scalars(query).all()
    names = list_place_names({role.place_code for role in roles})
    words: defaultdict[int, list[str]] = defaultdict(list)
    for role in roles:
        words[role.person_id].append(RoleKind(role.kind).label_at(names.get(role.place_code, "")))
    return words
