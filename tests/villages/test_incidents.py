"""Locked accounts and changed passwords stand in the chain of the place where the person works."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import GOOD_PASSWORD, make_account, make_role, make_township, make_village, sign_in
from village_open.core import clock
from village_open.db import transaction
from village_open.identity.actions import LOCK_MINUTES, count_failure
from village_open.record.queries import find_broken_link, list_trail
from village_open.villages.actions import note_lock, note_own_password
from village_open.villages.models import RoleKind

TOWNSHIP, OTHER, COUNTY = "990101101", "990101102", "990101"
LOCKED = "账号连续输错 5 次密码，锁定 15 分钟；输错的不一定是本人"
CHANGED = "修改了自己的密码，原来的登录全部退出"


@pytest.fixture
def lin(app: Flask) -> int:
    """林秀英, the clerk of 李家村."""
    with app.app_context(), transaction():
        person = make_account("林秀英", login="lin")
        make_role(person, RoleKind.CLERK, make_village(make_township()).code)
        return person.id


def told(app: Flask, chain: str = TOWNSHIP) -> list[tuple[str, str]]:
    """Return who and what of a chain, the latest first."""
    with app.app_context():
        assert find_broken_link(chain) is None
        return [(line.actor_name, line.said) for line in list_trail(chain).items]


def guess(client: FlaskClient, times: int) -> None:
    """Try to sign in with a wrong password."""
    for _time in range(times):
        client.post("/sign-in", data={"login": "lin", "password": "wrong-password"})


@pytest.mark.usefixtures("lin")
def test_a_lock_is_recorded_once_when_it_falls_and_again_with_the_next(app: Flask, client: FlaskClient) -> None:
    guess(client, 4)
    assert told(app) == []
    guess(client, 3)
    assert told(app) == [("林秀英", LOCKED)]
    with clock.living_at(clock.now() + timedelta(minutes=LOCK_MINUTES + 1)):
        guess(client, 5)
    assert told(app) == [("林秀英", LOCKED)] * 2


def test_failures_at_the_change_of_the_password_lock_and_are_recorded_too(
    app: Flask, client: FlaskClient, lin: int
) -> None:
    sign_in(client, lin)
    for _time in range(6):
        client.post(
            "/change-password", data={"old": "wrong-password", "new": "qiu-shou-2026", "again": "qiu-shou-2026"}
        )
    assert told(app) == [("林秀英", LOCKED)]


def test_a_change_of_the_own_password_is_recorded_and_a_refused_one_is_not(
    app: Flask, client: FlaskClient, lin: int
) -> None:
    sign_in(client, lin)
    client.post("/change-password", data={"old": GOOD_PASSWORD, "new": "lin", "again": "lin"})
    assert told(app) == []
    client.post("/change-password", data={"old": GOOD_PASSWORD, "new": "qiu-shou-2026", "again": "qiu-shou-2026"})
    assert told(app) == [("林秀英", CHANGED)]


@pytest.mark.parametrize(
    ("roles", "chains"),
    [
        ([(TOWNSHIP + "200", None)], [TOWNSHIP]),
        ([(TOWNSHIP + "200", None), (TOWNSHIP, None)], [TOWNSHIP]),
        ([(TOWNSHIP + "200", None), (OTHER, None)], [TOWNSHIP, OTHER]),
        ([(TOWNSHIP + "200", date(2021, 1, 1)), (OTHER, None)], [OTHER]),
        ([(OTHER, date(2021, 1, 1)), (TOWNSHIP, date(2020, 6, 1))], [TOWNSHIP]),
        ([(COUNTY, None)], [COUNTY]),
        ([], []),
    ],
)
def test_it_stands_in_the_chain_of_each_place_where_the_person_works_or_worked_last(
    both_engines: Flask, roles: list[tuple[str, date | None]], chains: list[str]
) -> None:
    with transaction():
        person = make_account("林秀英", login="lin")
        for place, ends_on in roles:
            make_role(person, RoleKind.INSPECTOR, place, ends_on=ends_on)
        note_lock(person_id=person.id)
        note_own_password(person_id=person.id)
    for chain in (TOWNSHIP, OTHER, COUNTY):
        expected = [CHANGED, LOCKED] if chain in chains else []
        assert [line.said for line in list_trail(chain).items] == expected


def test_the_failure_that_locks_is_told_and_no_other(both_engines: Flask) -> None:
    heard: list[int] = []
    with transaction():
        person_id = make_account(login="lin").id
    for _time in range(7):
        with transaction():
            count_failure(person_id=person_id, at_lock=lambda *, person_id: heard.append(person_id))
    with transaction():
        count_failure(person_id=None, at_lock=lambda *, person_id: heard.append(person_id))
    assert heard == [person_id]
