"""The first password must be changed before anything else; a change ends every other session."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import GOOD_PASSWORD, make_account, make_role, sign_in
from village_open.db import db, transaction
from village_open.identity.models import Person
from village_open.identity.queries import check_password
from village_open.identity.rules import PasswordUnfit, check_new_password, make_first_password
from village_open.villages.models import RoleKind

NEW = "qiu-shou-2026"


@pytest.fixture
def lin(app: Flask) -> int:
    """林会计, past the first-password change."""
    with app.app_context(), transaction():
        return make_account("林会计", login="lin").id


@pytest.fixture
def newcomer(app: Flask) -> int:
    """何勇 of the township office, still with the password from the slip."""
    with app.app_context(), transaction():
        person = make_account("何勇", login="heyong", must_change_password=True)
        make_role(person, RoleKind.TOWNSHIP_OFFICE, "990101101")
        return person.id


def _change(client: FlaskClient, old: str = GOOD_PASSWORD, new: str = NEW, again: str | None = None):
    return client.post("/change-password", data={"old": old, "new": new, "again": new if again is None else again})


@pytest.mark.parametrize(
    "address", ["/", "/desk", "/office/990101101/people", "/office/990101101/profile", "/sign-in", "/nowhere"]
)
def test_with_a_first_password_every_page_leads_to_changing_it(
    client: FlaskClient, newcomer: int, address: str
) -> None:
    sign_in(client, newcomer)
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (302, "/change-password")


def test_with_a_first_password_no_deed_can_be_done(app: Flask, client: FlaskClient, newcomer: int) -> None:
    sign_in(client, newcomer)
    answer = client.post(f"/office/990101101/people/{newcomer}/unlock-account")
    assert (answer.status_code, answer.location) == (302, "/change-password")


def test_changing_it_signing_out_and_the_look_of_the_page_are_let_through(client: FlaskClient, newcomer: int) -> None:
    sign_in(client, newcomer)
    assert "先改成只有自己知道的密码" in client.get("/change-password").text
    with client.get("/static/village_open.css") as sheet:
        assert sheet.status_code == 200
    assert client.post("/sign-out").location == "/sign-in"


def test_after_the_change_the_newcomer_is_at_work(client: FlaskClient, newcomer: int) -> None:
    sign_in(client, newcomer)
    assert _change(client).location == "/desk"
    assert client.get("/change-password").status_code == 200
    assert "先改成只有自己知道的密码" not in client.get("/change-password").text


def test_a_change_ends_every_other_session_and_keeps_this_browser(app: Flask, client: FlaskClient, lin: int) -> None:
    other = app.test_client()
    for browser in (client, other):
        sign_in(browser, lin)
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    assert _change(client).status_code == 302
    assert client.get("/change-password").status_code == 200
    assert other.get("/change-password").location.startswith("/sign-in")
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    with app.app_context():
        assert check_password("lin", NEW).fits
        assert not check_password("lin", GOOD_PASSWORD).fits


def test_a_wrong_old_password_counts_as_a_failure_and_five_lock(app: Flask, client: FlaskClient, lin: int) -> None:
    sign_in(client, lin)
    for _ in range(5):
        answer = _change(client, old="wrong-password")
        assert answer.status_code == 422
        assert "原密码不对" in answer.text
    assert _change(client).status_code == 422
    with app.app_context():
        person = db.session.get_one(Person, lin)
        assert (person.failed_sign_ins, person.locked_until is not None) == (5, True)
        assert check_password("lin", GOOD_PASSWORD).fits


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("short1", None, "新密码至少要 8 个字符。"),
        (GOOD_PASSWORD, None, "新密码不能与原密码相同。"),
        ("Password1", None, "这个密码太常见"),
        ("aaaaaaaaaa", None, "这个密码太常见"),
        ("my-LIN-2026", None, "密码里不能包含登录名"),
        ("x" * 129, None, "新密码最多 128 个字符。"),
        (NEW, "something else", "两次输入的新密码不一样。"),
    ],
)
def test_an_unfit_new_password_is_refused_at_its_field(
    client: FlaskClient, lin: int, new: str, again: str | None, words: str
) -> None:
    sign_in(client, lin)
    answer = _change(client, new=new, again=again)
    assert answer.status_code == 422
    assert words in answer.text
    assert new not in answer.text


def test_first_passwords_differ_are_readable_and_fit_the_rules() -> None:
    made = {make_first_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01ilo")
    for password in made:
        check_new_password(password, old="", login="lin")


def test_a_password_of_eight_characters_is_long_enough_and_seven_is_not() -> None:
    check_new_password("春风秋雨夏花冬雪", old="", login="lin")
    with pytest.raises(PasswordUnfit):
        check_new_password("abcdef7", old="", login="lin")
