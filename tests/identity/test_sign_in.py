"""Signing in, being locked out, idling, signing out: as a browser meets them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import GOOD_PASSWORD, make_account, sign_in
from village_open.core import clock
from village_open.db import db, transaction
from village_open.identity import actions
from village_open.identity.models import Person, SignInSession


@pytest.fixture
def lin(app: Flask) -> int:
    """林会计, who can sign in."""
    with app.app_context(), transaction():
        return make_account("林会计", login="lin").id


def _type(client: FlaskClient, password: str = GOOD_PASSWORD, login: str = "lin", **query: str):
    return client.post("/sign-in", query_string=query, data={"login": login, "password": password})


def _person(app: Flask, person_id: int) -> Person:
    with app.app_context():
        return db.session.get_one(Person, person_id)


def test_right_password_leads_to_the_desk(client: FlaskClient, lin: int) -> None:
    answer = _type(client, login=" ＬＩＮ ")
    assert (answer.status_code, answer.location) == (302, "/desk")
    assert client.get("/change-password").status_code == 200


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/villages/990101101200/trail?page=2", "/villages/990101101200/trail?page=2"),
        ("https://evil.example/", "/desk"),
        ("//evil.example/", "/desk"),
        ("/\\evil.example/", "/desk"),
        ("/\t/evil.example/", "/desk"),
        ("/\n/evil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("", "/desk"),
    ],
)
def test_sign_in_follows_next_only_inside_the_site(client: FlaskClient, lin: int, target: str, goes_to: str) -> None:
    assert _type(client, next=target).location == goes_to


@pytest.mark.parametrize(("login", "password"), [("lin", "wrong-password"), ("nobody", GOOD_PASSWORD)])
def test_a_refusal_says_the_same_for_a_wrong_password_and_an_unknown_login(
    client: FlaskClient, lin: int, login: str, password: str
) -> None:
    answer = _type(client, password, login)
    assert answer.status_code == 422
    assert "登录名或密码不对。连续输错 5 次，账号锁定 15 分钟" in answer.text
    assert "登录没有成功" in answer.text
    assert "填写的内容都保留着" not in answer.text
    assert password not in answer.text


def test_five_failures_lock_for_fifteen_minutes_even_with_the_right_password(
    app: Flask, client: FlaskClient, lin: int
) -> None:
    for _ in range(5):
        assert _type(client, "wrong-password").status_code == 422
    person = _person(app, lin)
    assert person.failed_sign_ins == 5
    assert person.locked_until is not None
    assert timedelta(minutes=14) < person.locked_until - clock.now() <= timedelta(minutes=15)
    assert _type(client).status_code == 422


def test_four_failures_do_not_lock_and_a_success_forgets_them(app: Flask, client: FlaskClient, lin: int) -> None:
    for _ in range(4):
        _type(client, "wrong-password")
    assert _type(client).status_code == 302
    assert _person(app, lin).failed_sign_ins == 0


def test_a_lock_that_is_over_lets_in_and_counts_from_one(app: Flask, client: FlaskClient, lin: int) -> None:
    with app.app_context(), transaction():
        person = db.session.get_one(Person, lin)
        person.failed_sign_ins, person.locked_until = 5, clock.now() - timedelta(seconds=1)
    _type(client, "wrong-password")
    assert (_person(app, lin).failed_sign_ins, _person(app, lin).locked_until) == (1, None)
    assert _type(client).status_code == 302


def test_sign_in_makes_a_new_token_and_keeps_nothing_of_the_earlier_cookie(client: FlaskClient, lin: int) -> None:
    with client.session_transaction() as planted:
        planted["_user_id"] = "planted by somebody else"
        planted["trap"] = "open"
    _type(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted by somebody else"
        assert "trap" not in cookie
        first = cookie["_user_id"]
    client.post("/sign-out")
    _type(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first


def test_a_new_sign_in_on_the_same_browser_ends_the_earlier_session(app: Flask, client: FlaskClient, lin: int) -> None:
    _type(client)
    _type(client)
    with app.app_context():
        assert len(db.session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all()) == 1


def test_sign_out_ends_the_session_on_the_server_so_that_a_kept_cookie_is_worth_nothing(
    client: FlaskClient, lin: int
) -> None:
    _type(client)
    with client.session_transaction() as cookie:
        stolen = dict(cookie)
    assert client.post("/sign-out").location == "/sign-in"
    with client.session_transaction() as cookie:
        cookie.update(stolen)
    assert client.get("/change-password").location.startswith("/sign-in?next=")


def test_sign_out_takes_a_post_only(client: FlaskClient, lin: int) -> None:
    _type(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/change-password").status_code == 200


def test_thirty_idle_minutes_sign_out_and_say_so(client: FlaskClient, lin: int) -> None:
    _type(client)
    _stay_idle(client, 29 * 60)
    assert client.get("/change-password").status_code == 200
    _stay_idle(client, 30 * 60 + 5)
    assert client.get("/change-password").location.startswith("/sign-in?next=")
    assert "超过 30 分钟没有操作，已自动退出" in client.get("/sign-in").text


def _stay_idle(client: FlaskClient, seconds: int) -> None:
    with client.session_transaction() as cookie:
        cookie["seen"] = int(clock.now().timestamp()) - seconds


def test_the_page_carries_the_person_for_drafts_and_a_sign_out_form(client: FlaskClient, lin: int) -> None:
    sign_in(client, lin)
    page = client.get("/change-password").text
    assert f'<body data-person="{lin}">' in page
    assert re.search(r'<form id="sign-out" method="post" action="/sign-out">', page)


def test_one_address_is_slowed_down_after_forty_tries_a_minute(client: FlaskClient, lin: int) -> None:
    answers = [_type(client, "x", "nobody").status_code for _ in range(41)]
    assert answers == [422] * 40 + [429]
    assert client.get("/sign-in").status_code == 200


def test_a_hundred_wrong_guesses_never_leave_the_account_locked_for_longer(both_engines: Flask) -> None:
    with transaction():
        person_id = make_account(login="lin").id
    for _ in range(12):
        with transaction():
            actions.count_failure(person_id=person_id)
    person = db.session.get_one(Person, person_id)
    assert person.failed_sign_ins == 5
    assert person.locked_until is not None
    assert person.locked_until <= clock.now() + timedelta(minutes=15)
