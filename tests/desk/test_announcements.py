"""Announcements on the desk: whose turn it is, and nobody else's."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.decisions.matters import NOW, announce, bring_to_vote, decide, make_rosters, propose, sign
from tests.factories import sign_in
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.decisions.actions.announcing import return_announcement
from village_open.decisions.actions.drafting import begin_announcement
from village_open.decisions.actions.group_signing import recuse_member
from village_open.decisions.models import Announcement, AnnouncementKind
from village_open.desk.announcements import list_waiting_announcements
from village_open.identity.models import Person
from village_open.villages.queries.roles import list_roles_today


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    """A village in October 2026 in which a road was decided."""
    with clock.living_at(NOW), transaction():
        desk = make_desk()
        make_rosters(desk)
        yield desk


def a_resolution(desk: Desk) -> Announcement:
    matter = bring_to_vote(desk, propose(desk))
    decide(desk, matter)
    return announce(desk, matter)


def waiting_for(person: Person) -> list[str]:
    return [f"{one.state} {one.label}" for one in list_waiting_announcements(person.id, list_roles_today(person.id))]


def test_an_announcement_waits_for_one_after_the_other(desk: Desk) -> None:
    row = a_resolution(desk)
    leader, second, third = desk.overseers
    assert [waiting_for(who) for who in (leader, desk.officer, desk.clerk)] == [["submitted 决议公开"], [], []]
    assert waiting_for(desk.reviewers[0]) == []
    sign(desk, row, 0)
    recuse_member(by=third, announcement=row, member=third, reason="承包人是我弟弟")
    assert [waiting_for(who) for who in desk.overseers] == [[], ["submitted 决议公开"], []]
    sign(desk, row, 1)
    assert [waiting_for(who) for who in (second, desk.officer)] == [[], ["examined 决议公开"]]
    return_announcement(by=desk.officer, announcement=row, reason="请写明工期")
    assert [waiting_for(who) for who in (leader, desk.officer, desk.clerk)] == [[], [], ["draft 决议公开"]]


def test_a_draft_that_nobody_returned_waits_for_nobody(desk: Desk) -> None:
    matter = bring_to_vote(desk, propose(desk))
    decide(desk, matter)
    begin_announcement(by=desk.clerk, matter=matter, kind=AnnouncementKind.RESOLUTION)
    assert waiting_for(desk.clerk) == []


def test_the_neighbours_group_is_not_asked(desk: Desk) -> None:
    a_resolution(desk)
    other = make_desk(desk.village.township, number=201, name="王家湾村")
    assert waiting_for(other.overseers[0]) == []


def test_the_desk_leads_to_what_waits(app: Flask) -> None:
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            make_rosters(desk)
            row = a_resolution(desk)
            address, member = f"/announcements/{row.id}", desk.overseers[1].id
        client = app.test_client()
        sign_in(client, member)
        page = client.get("/desk").text
    assert f'href="/villages/990101101200{address}"' in page
    assert "修缮三组道路" in page
    assert "今天没有要您办的事" not in page
