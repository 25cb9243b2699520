"""A village that decides something, and a browser for each of its people; for the pages of the decisions room."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import make_person, make_role, sign_in
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.decisions.actions.matters import NewMatter, open_matter
from village_open.decisions.actions.meetings import Call, call_meeting, record_meeting
from village_open.decisions.actions.rosters import NewMember, NewRoster, set_roster
from village_open.decisions.models import Matter, Meeting, Origin
from village_open.decisions.queries import get_matter, list_meetings
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.votes import Tally
from village_open.identity.models import Person
from village_open.villages.models import RoleKind, Village
from village_open.villages.queries import get_village

NOW = datetime(2026, 10, 8, 2, tzinfo=UTC)
HOME = "/villages/990101101200"
MATTERS, ROSTERS = f"{HOME}/matters", f"{HOME}/rosters"
ROAD = NewMatter(
    title="修缮三组道路", type_key="public_works", procedure_key="four", origin=Origin.PEOPLE,
    text="铺水泥路面 960 米，宽 3.5 米", amount_fen=34_560_000,
)  # fmt: skip
SIZES = {Body.PARTY_BRANCH: 5, Body.TWO_COMMITTEES: 9, Body.PARTY_ASSEMBLY: 40, Body.VILLAGER_ASSEMBLY: 900}
NAMES = ("王桂花", "赵铁柱", "周小满", "吴大山", "郑春兰", "冯长河")


@dataclass
class MatterWorld:
    """The app, its people, and what a test asks most."""

    app: Flask
    desk: Desk
    head: Person

    def browser(self, person: Person) -> FlaskClient:
        """A browser in which a person is signed in."""
        client = self.app.test_client()
        sign_in(client, person.id)
        return client

    @property
    def clerk(self) -> FlaskClient:
        """The clerk's browser."""
        return self.browser(self.desk.clerk)

    @property
    def officer(self) -> FlaskClient:
        """The township's browser."""
        return self.browser(self.desk.officer)

    def propose(self, **changed: object) -> str:
        """Propose a matter and return its address."""
        with self.app.app_context(), transaction():
            row = open_matter(by=self.desk.clerk, village=self.desk.village, matter=replace(ROAD, **changed))
            return f"{MATTERS}/{row.year}/{row.seq}"

    @contextmanager
    def acting(self, url: str) -> Iterator[Matter]:
        """Do deeds on a matter directly, without a page."""
        with self.app.app_context(), transaction():
            yield matter_at(url)

    @contextmanager
    def acting_on_village(self) -> Iterator[Village]:
        """Do deeds on the village directly, without a page."""
        with self.app.app_context(), transaction():
            yield get_village(self.desk.village.code)

    def call(self, url: str, body: Body, on: date = date(2026, 9, 20), noticed_on: date | None = None) -> int:
        """Call a meeting and return its id."""
        with self.acting(url) as matter:
            call = Call(body, on, place="村委会会议室", convener="李建国", noticed_on=noticed_on)
            return call_meeting(by=self.desk.clerk, matter=matter, call=call).id

    def hold(self, url: str, body: Body, tally: Tally, on: date = date(2026, 9, 20)) -> int:
        """Call a meeting, record its result, and return its id."""
        meeting_id = self.call(url, body, on)
        with self.acting(url) as matter:
            record_meeting(by=self.desk.clerk, meeting=meeting_of(matter, meeting_id), tally=tally)
        return meeting_id

    def bring_to_vote(self, **changed: object) -> str:
        """Propose a matter and take it through everything before the deciding body."""
        url = self.propose(**changed)
        for number, (body, present) in enumerate(
            ((Body.PARTY_BRANCH, 5), (Body.TWO_COMMITTEES, 8), (Body.PARTY_ASSEMBLY, 36))
        ):
            tally = Tally(due=None, present=present, agree=present, oppose=0, abstain=0)
            self.hold(url, body, tally, date(2026, 9, 1 + 5 * number))
        return url

    def decide(self, url: str, agree: int = 5, oppose: int = 1) -> int:
        """Let the six representatives vote."""
        tally = Tally(due=None, present=agree + oppose, agree=agree, oppose=oppose, abstain=0)
        return self.hold(url, Body.REPRESENTATIVE_ASSEMBLY, tally)


def matter_at(url: str) -> Matter:
    """Return the matter of an address; needs an app context."""
    _matters, year, seq = url.rsplit("/", 2)
    return get_matter(HOME.rsplit("/", 1)[1], int(year), int(seq))


def meeting_of(matter: Matter, meeting_id: int) -> Meeting:
    """Return a meeting of a matter."""
    return next(row for row in list_meetings(matter) if row.id == meeting_id)


def make_matter_world(app: Flask) -> MatterWorld:
    """Make a village with a roster of every body that decides by 四议两公开; the representatives by name."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction():
        desk = make_desk()
        head = make_person("李村长", login="head", must_change_password=False)
        make_role(head, RoleKind.COMMITTEE_HEAD, desk.village.code)
        rosters = [NewRoster(body, date(2026, 1, 5), "换届选举结果", member_count=n) for body, n in SIZES.items()]
        members = [
            NewMember(name, "一组", is_woman=number % 2 == 0, household_count=20) for number, name in enumerate(NAMES)
        ]
        rosters.append(NewRoster(Body.REPRESENTATIVE_ASSEMBLY, date(2026, 3, 5), "2026年3月5日各组推选", members))
        for roster in rosters:
            set_roster(by=desk.clerk, village=desk.village, roster=roster)
    return MatterWorld(app, desk, head)


@contextmanager
def in_autumn() -> Iterator[None]:
    """Live in October 2026."""
    with clock.living_at(NOW):
        yield


def errors_of(answer: TestResponse) -> dict[str, str]:
    """Return what stands at the fields of a page that came back."""
    page = BeautifulSoup(answer.text, "html.parser")
    return {str(error["id"]).removesuffix("-error"): error.text for error in page.select(".field-error")}
