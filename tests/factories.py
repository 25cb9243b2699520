"""Plain functions that make places, people and lines with sensible defaults; call them inside `transaction()`."""

from datetime import date
from itertools import count

from village_open.db import db
from village_open.identity.models import Person
from village_open.villages.models import County, NoticeBoard, Role, RoleKind, Township, Village

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


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
