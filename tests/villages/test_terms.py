"""Terms with an end: given with the role, shortened by the office, never made longer nor ended twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_account, make_person, make_role, make_township, make_village, sign_in
from tests.villages.conftest import Place
from village_open.core import clock
from village_open.db import transaction
from village_open.record.queries import list_trail
from village_open.villages import actions
from village_open.villages.actions.roles import TermEndsTooEarly, TermOver, TermWouldNotShorten
from village_open.villages.models import Role, RoleKind
from village_open.villages.queries import list_members, list_roles_today

OFFICE, VILLAGE = "/office/990101101", "990101101200"
Elect = Callable[..., list[Role]]
DAY = date(2026, 7, 1)


def test_an_elected_member_ends_early_and_may_then_join_the_committee(place: Place, elect: Elect) -> None:
    with transaction():
        people = [make_person(name) for name in ("甲", "乙", "丙")]
    seat = elect(people)[0]
    with transaction():
        actions.end_role(by=place.office, role=seat, on=DAY, reason="当选村委会委员")
        actions.appoint(
            by=place.office, person=people[0], kind=RoleKind.COMMITTEE_MEMBER, place_code=VILLAGE,
            starts_on=DAY + timedelta(days=1),
        )  # fmt: skip
    assert len(list_members(VILLAGE, "supervision", DAY)) == 3
    assert len(list_members(VILLAGE, "supervision", DAY + timedelta(days=1))) == 2
    ended = list_trail(place.township.code).items[1]
    assert "结束了甲的李家村村务监督小组任期，到2026年7月1日止" in ended.said


@pytest.mark.parametrize("day", [date(2030, 12, 31), date(2031, 6, 1)])
def test_a_term_is_not_made_longer_by_ending_it(place: Place, elect: Elect, day: date) -> None:
    with transaction():
        people = [make_person() for _ in range(3)]
    seat = elect(people)[0]
    with pytest.raises(TermWouldNotShorten, match="任期本来就到2030年12月31日为止"), transaction():
        actions.end_role(by=place.office, role=seat, on=day, reason="换届")
    assert seat.ends_on == date(2030, 12, 31)


def test_a_term_that_has_run_out_is_not_ended_again(place: Place) -> None:
    with transaction():
        role = make_role(make_person(), RoleKind.CASHIER, VILLAGE, ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(TermOver), transaction():
        actions.end_role(by=place.office, role=role, on=clock.today() - timedelta(days=9), reason="调离")
    assert role.ends_on == clock.today() - timedelta(days=1)


def test_an_appointment_with_an_end_is_recorded_with_it(place: Place) -> None:
    facts = {"by": place.office, "kind": RoleKind.COMMITTEE_HEAD, "place_code": VILLAGE, "starts_on": DAY}
    with transaction():
        person = make_person("李强")
    with pytest.raises(TermEndsTooEarly) as refused, transaction():
        actions.appoint(person=person, ends_on=DAY - timedelta(days=1), **facts)
    assert refused.value.field == "ends_on"
    with transaction():
        actions.appoint(person=person, ends_on=date(2031, 6, 30), **facts)
    assert list_trail(place.township.code).items[0].said.endswith("自2026年7月1日起至2031年6月30日止")


@pytest.fixture
def office(app: Flask, client: FlaskClient) -> FlaskClient:
    """The browser of the office of 青山镇."""
    with app.app_context(), transaction():
        township = make_township()
        make_village(township)
        person = make_account("周敏", login="zhou")
        make_role(person, RoleKind.TOWNSHIP_OFFICE, township.code)
        person_id = person.id
    sign_in(client, person_id)
    return client


@pytest.mark.parametrize(("days_left", "is_offered"), [(None, True), (400, True), (0, True), (-1, False)])
def test_a_term_can_be_ended_from_the_persons_page_as_long_as_it_runs(
    app: Flask, office: FlaskClient, days_left: int | None, is_offered: bool
) -> None:
    with app.app_context(), transaction():
        ends_on = None if days_left is None else clock.today() + timedelta(days=days_left)
        role = make_role(make_person("甲"), RoleKind.FINANCE_REVIEW, VILLAGE, ends_on=ends_on)
        page, end = f"{OFFICE}/people/{role.person_id}", f"{OFFICE}/roles/{role.id}/end"
    assert (f'href="{end}"' in office.get(page).text) is is_offered


def test_the_office_ends_an_elected_seat_and_gives_a_role_with_a_term(app: Flask, office: FlaskClient) -> None:
    today = clock.today()
    with app.app_context(), transaction():
        seat = make_role(make_person("甲"), RoleKind.FINANCE_REVIEW, VILLAGE, ends_on=today + timedelta(days=400))
        end, person_id = f"{OFFICE}/roles/{seat.id}/end", seat.person_id
    assert "只能提前" in office.get(end).text
    late = office.post(end, data={"on": f"{today + timedelta(days=500)}", "reason": "换届"})
    assert late.status_code == 422
    assert BeautifulSoup(late.text, "html.parser").select_one("#on-error")
    assert office.post(end, data={"on": f"{today}", "reason": "换届"}).location == f"{OFFICE}/people/{person_id}"
    role = {
        "kind": "committee_member", "place_code": VILLAGE, "department": "", "starts_on": f"{today + timedelta(1)}",
        "ends_on": f"{today + timedelta(days=800)}",
    }  # fmt: skip
    assert office.post(f"{OFFICE}/people/{person_id}/appoint", data=role).status_code == 302
    with app.app_context():
        assert [held.kind for held in list_roles_today(person_id)] == ["finance_review"]
        with clock.living_at(clock.now() + timedelta(days=2)):
            assert [held.kind for held in list_roles_today(person_id)] == ["committee_member"]
        with clock.living_at(clock.now() + timedelta(days=803)):
            assert list_roles_today(person_id) == ()
