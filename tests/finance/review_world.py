"""A submitted quarter and its people, with a browser for each of them; for the pages of review and signing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_person, make_role, make_township, sign_in
from tests.ready_periods import AFTER_QUARTER, Desk, make_desk, submit_ready
from village_open.core import clock
from village_open.db import transaction
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_period, get_statement
from village_open.identity.models import Person
from village_open.villages.models import RoleKind

BASE = "/villages/990101101200/2026Q3"


@dataclass
class ReviewWorld:
    """The app, its people, and what a test asks most."""

    app: Flask
    desk: Desk
    head: Person
    line_ids: list[int]

    def browser(self, person: Person) -> FlaskClient:
        """A browser in which a person is signed in."""
        client = self.app.test_client()
        sign_in(client, person.id)
        return client

    @contextmanager
    def acting(self) -> Iterator[FinancePeriod]:
        """Do deeds directly, without a page."""
        with self.app.app_context(), transaction():
            yield get_period(**self.desk.place)

    @property
    def period(self) -> FinancePeriod:
        """The period as it is kept now."""
        with self.app.app_context():
            return get_period(**self.desk.place)


def make_review_world(app: Flask, **township: str) -> ReviewWorld:
    """Make a village whose quarter was just submitted, in a township of this `jurisdiction`."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction():
        desk = make_desk(make_township(**township))
        desk.reviewers[2].login = None
        period = submit_ready(desk)
        head = make_person("李村长", login="head", must_change_password=False)
        make_role(head, RoleKind.COMMITTEE_HEAD, desk.village.code)
        ids = [row.line.id for row in get_statement(period).lines]
    return ReviewWorld(app, desk, head, ids)


@contextmanager
def in_october() -> Iterator[None]:
    """Live right after the quarter."""
    with clock.living_at(AFTER_QUARTER):
        yield
