"""The lock is counted in the database, so it holds however many processes serve."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import GOOD_PASSWORD, make_account
from village_open.db import db, transaction
from village_open.identity import actions
from village_open.identity.models import Person
from village_open.identity.passwords import _hasher
from village_open.identity.queries import check_password

ROOT = Path(__file__).resolve().parent.parent.parent
GUESS = """
import sys
from pathlib import Path
from village_open.app import create_app
from village_open.db import transaction
from village_open.identity import actions
from village_open.identity.queries import check_password
from village_open.settings import Settings
app = create_app(Settings(home=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="only for tests", testing=True))
with app.app_context():
    for _ in range(2):
        check = check_password("lin", "wrong-password")
        with transaction():
            actions.sign_in(check=check)
"""


def test_failures_of_two_processes_add_up(both_engines: Flask) -> None:
    settings = both_engines.config["SETTINGS"]
    with transaction():
        person = make_account(login="lin")
    db.session.rollback()
    command = [sys.executable, "-c", GUESS, str(settings.home), settings.database_url]
    for process in [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]:
        assert process.wait(timeout=60) == 0
    db.session.expire_all()
    assert (person.failed_sign_ins, person.locked_until) == (4, None)
    check = check_password("lin", "wrong-password")
    with transaction():
        assert actions.sign_in(check=check) is None
    assert db.session.get_one(Person, person.id).locked_until is not None
    right = check_password("lin", GOOD_PASSWORD)
    with transaction():
        assert actions.sign_in(check=right) is None


def test_twenty_guesses_at_once_are_each_counted_until_the_lock(both_engines: Flask) -> None:
    with transaction():
        person_id = make_account(login="lin").id
    db.session.rollback()
    start = threading.Barrier(4)

    def guess() -> None:
        with both_engines.app_context():
            start.wait(timeout=30)
            for _ in range(5):
                with transaction():
                    actions.count_failure(person_id=person_id)

    guessers = [threading.Thread(target=guess) for _ in range(4)]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join()
    db.session.expire_all()
    assert db.session.get_one(Person, person_id).failed_sign_ins == 5


def test_a_password_changed_between_check_and_sign_in_lets_nobody_in(both_engines: Flask) -> None:
    with transaction():
        person = make_account(login="lin")
    check = check_password("lin", GOOD_PASSWORD)
    with transaction():
        actions.reset_password(person=db.session.get_one(Person, person.id))
    with transaction():
        assert actions.sign_in(check=check) is None


def test_an_unknown_login_costs_as_much_work_as_a_known_one(both_engines: Flask) -> None:
    with transaction():
        make_account(login="lin")

    def seconds(login: str) -> float:
        began = time.process_time()
        for _ in range(5):
            check_password(login, "wrong-password")
        return time.process_time() - began

    seconds("lin")
    known, unknown = seconds("lin"), seconds("nobody")
    assert unknown == pytest.approx(known, rel=0.5)


def test_passwords_are_hashed_by_argon2id_with_nineteen_mebibytes_and_two_passes() -> None:
    assert (_hasher.memory_cost, _hasher.time_cost, _hasher.type.name) == (19 * 1024, 2, "ID")
    assert _hasher.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
