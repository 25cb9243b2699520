"""A township with a village, as the actions make them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from tests.factories import make_person, make_role, make_township, make_village
from village_open.db import db, transaction
from village_open.identity.models import Person
from village_open.villages.actions import elect_group
from village_open.villages.models import Role, RoleKind, Township, Village

OFFICE_CODE = "990101101"


@dataclass(frozen=True)
class Place:
    """What most tests need at hand."""

    township: Township
    village: Village
    office: Person


@pytest.fixture
def place(both_engines: Any) -> Place:
    """青山镇 with 李家村 and one person of the office, on both engines."""
    with transaction():
        township = make_township(code=OFFICE_CODE)
        village = make_village(township)
        office = make_person("周敏", login="zhoumin")
        make_role(office, RoleKind.TOWNSHIP_OFFICE, township.code)
    return Place(township, village, office)


@pytest.fixture
def elect(place: Place) -> Callable[..., list[Role]]:
    """Elect people into a group with sensible defaults, in a transaction of its own."""

    def elect(people: list[Person], kind: RoleKind = RoleKind.SUPERVISION, **more: Any) -> list[Role]:
        facts = {
            "leader": people[0], "elected_on": date(2026, 1, 5), "elected_by": "村民代表会议",
            "starts_on": date(2026, 1, 10), "ends_on": date(2030, 12, 31), **more,
        }  # fmt: skip
        with transaction():
            return elect_group(by=place.office, village=place.village, kind=kind, members=people, **facts)

    return elect


@pytest.fixture
def count_queries() -> Callable[[], Any]:
    """Give a context manager that lists the statements sent to the database inside it."""

    @contextmanager
    def seen() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield statements
        event.remove(db.engine, "before_cursor_execute", note)

    return seen
