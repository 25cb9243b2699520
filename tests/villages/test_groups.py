"""Elections, bars, relatives and the clerk's hand-over as deeds, on both engines."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories import make_person, make_role
from tests.villages.conftest import Place
from village_open.db import transaction
from village_open.identity.models import Person
from village_open.record.queries import find_broken_link, list_trail
from village_open.villages import actions
from village_open.villages.actions.roles import NoClerkToHandOver, RoleAlreadyHeld, RoleByElectionOnly, RoleTaken
from village_open.villages.models import Role, RoleKind
from village_open.villages.queries import (
    find_barred_members,
    find_person_in_role,
    list_groups,
    list_members,
    list_roles_today,
)
from village_open.villages.rules import GroupUnfit, PersonBarred, TermUnfit

Elect = Callable[..., list[Role]]
DAY = date(2026, 7, 1)


def _people(*names: str) -> list[Person]:
    with transaction():
        return [make_person(name) for name in names]


def test_an_elected_group_lists_its_leader_first_with_the_meeting_and_who_signs_on_paper(
    place: Place, elect: Elect
) -> None:
    people = _people("王桂兰", "陈大山", "赵小妹")
    elect(people, leader=people[1])
    members = list_members(place.village.code, "supervision", DAY)
    assert [(m.name, m.is_leader, m.has_login) for m in members] == [
        ("陈大山", True, False), ("王桂兰", False, False), ("赵小妹", False, False),
    ]  # fmt: skip
    assert {(m.elected_by, m.elected_on, m.until) for m in members} == {
        ("村民代表会议", date(2026, 1, 5), date(2030, 12, 31))
    }
    assert list_members(place.village.code, "supervision", date(2026, 1, 9)) == ()
    assert "王桂兰、陈大山、赵小妹，组长陈大山" in list_trail(place.village.code).items[0].said
    assert find_broken_link(place.village.code) is None


def test_a_new_group_ends_the_sitting_one_on_the_day_before_and_deletes_nobody(place: Place, elect: Elect) -> None:
    old, new = _people("甲", "乙", "丙"), _people("丁", "戊", "己")
    elect(old)
    elect(new, elected_on=date(2027, 1, 5), starts_on=date(2027, 2, 1))
    code = place.village.code
    assert {m.name for m in list_members(code, "supervision", date(2027, 1, 31))} == {"甲", "乙", "丙"}
    assert {m.name for m in list_members(code, "supervision", date(2027, 2, 1))} == {"丁", "戊", "己"}


@pytest.mark.parametrize(
    ("change", "refused", "field"),
    [
        ({"names": ("甲", "乙")}, GroupUnfit, "members"),
        ({"names": ("甲", "乙", "丙", "丁", "戊", "己")}, GroupUnfit, "members"),
        ({"names": ("甲", "乙", "丙"), "twice": True}, GroupUnfit, "members"),
        ({"names": ("甲", "乙", "丙"), "leader_from_outside": True}, GroupUnfit, "leader"),
        ({"names": ("甲", "乙", "丙"), "elected_by": "  "}, GroupUnfit, "elected_by"),
        ({"names": ("甲", "乙", "丙"), "ends_on": date(2031, 6, 1)}, TermUnfit, "ends_on"),
    ],
)
def test_an_unfit_election_is_refused_at_its_field(
    elect: Elect, change: dict[str, object], refused: type[GroupUnfit], field: str
) -> None:
    more = dict(change)
    people = _people(*more.pop("names"))  # type: ignore[misc] # a tuple of names
    if more.pop("twice", False):
        people.append(people[0])
    if more.pop("leader_from_outside", False):
        more["leader"] = _people("外人")[0]
    with pytest.raises(refused) as told:
        elect(people, **more)
    assert told.value.field == field


@pytest.mark.parametrize("kind", [RoleKind.COMMITTEE_HEAD, RoleKind.COMMITTEE_MEMBER])
@pytest.mark.parametrize("group", [RoleKind.SUPERVISION, RoleKind.FINANCE_REVIEW])
def test_a_committee_member_cannot_be_elected(place: Place, elect: Elect, kind: RoleKind, group: RoleKind) -> None:
    people = _people("甲", "乙", "丙")
    with transaction():
        make_role(people[2], kind, place.village.code)
    with pytest.raises(PersonBarred, match="丙是村民委员会成员，依照村民委员会组织法第37条"):
        elect(people, group)


@pytest.mark.parametrize("declared_by_candidate", [True, False])
def test_a_near_relative_of_the_committee_cannot_be_elected_whoever_declared_it(
    place: Place, elect: Elect, declared_by_candidate: bool
) -> None:
    people, (head,) = _people("甲", "乙", "丙"), _people("李强")
    with transaction():
        make_role(head, RoleKind.COMMITTEE_HEAD, place.village.code)
        one, other = (people[0], head) if declared_by_candidate else (head, people[0])
        actions.declare_relative(by=place.office, village=place.village, person=one, relative=other, relation="配偶")
    with pytest.raises(PersonBarred, match=r"甲是村民委员会成员李强的近亲属（配偶），依照村民委员会组织法第37条"):
        elect(people)


def test_a_relative_of_a_former_committee_member_may_be_elected(place: Place, elect: Elect) -> None:
    people, (head,) = _people("甲", "乙", "丙"), _people("李强")
    with transaction():
        make_role(head, RoleKind.COMMITTEE_HEAD, place.village.code, ends_on=date(2025, 12, 31))
        actions.declare_relative(
            by=place.office, village=place.village, person=people[0], relative=head, relation="兄弟姐妹"
        )
    assert len(elect(people)) == 3


def test_the_profile_bars_more_and_its_basis_is_named(place: Place, elect: Elect) -> None:
    people = _people("甲", "乙", "丙")
    with transaction():
        make_role(people[0], RoleKind.DOCUMENT_CLERK, place.village.code)
    elect(people)
    with transaction():
        place.township.jurisdiction = "山东"
    with pytest.raises(PersonBarred, match="甲是村文书，不能担任民主理财小组成员。依据：山东省村务公开条例"):
        elect(people, RoleKind.FINANCE_REVIEW)


@pytest.mark.parametrize(("jurisdiction", "allowed"), [("国家", False), ("四川", True)])
def test_one_person_sits_in_both_groups_only_where_the_profile_says_so_and_it_shows(
    place: Place, elect: Elect, jurisdiction: str, allowed: bool
) -> None:
    first, second = _people("甲", "乙", "丙"), _people("丁", "戊")
    with transaction():
        place.township.jurisdiction = jurisdiction
    elect(first)
    if not allowed:
        with pytest.raises(PersonBarred, match="甲已经是村务监督小组成员；本镇规定一人不能兼两个小组"):
            elect([first[0], *second], RoleKind.FINANCE_REVIEW)
        return
    elect([first[0], *second], RoleKind.FINANCE_REVIEW)
    shown = {
        (group.kind, seat.member.name)
        for group in list_groups(place.village, DAY)
        for seat in group.seats
        if seat.in_both_groups
    }
    assert shown == {("supervision", "甲"), ("finance_review", "甲")}


def test_a_sitting_member_cannot_become_what_bars_members(place: Place, elect: Elect) -> None:
    people = _people("甲", "乙", "丙")
    elect(people)
    with pytest.raises(PersonBarred, match="请先结束小组任期"), transaction():
        actions.appoint(
            by=place.office,
            person=people[0],
            kind=RoleKind.COMMITTEE_MEMBER,
            place_code=place.village.code,
            starts_on=DAY,
        )
    assert [role.kind for role in list_roles_today(people[0].id)] == ["supervision"]


def test_a_member_whose_relative_joins_the_committee_later_is_shown_as_barred(place: Place, elect: Elect) -> None:
    people, (head,) = _people("甲", "乙", "丙"), _people("李强")
    elect(people)
    with transaction():
        actions.declare_relative(
            by=place.office, village=place.village, person=people[1], relative=head, relation="父母"
        )
        assert find_barred_members(place.village, DAY) == {}
        actions.appoint(
            by=place.office, person=head, kind=RoleKind.COMMITTEE_HEAD, place_code=place.village.code, starts_on=DAY
        )
    assert list(find_barred_members(place.village, DAY)) == [people[1].id]


def test_seats_are_not_given_by_the_office(place: Place) -> None:
    (person,) = _people("甲")
    with pytest.raises(RoleByElectionOnly), transaction():
        actions.appoint(
            by=place.office, person=person, kind=RoleKind.SUPERVISION, place_code=place.village.code, starts_on=DAY
        )


def test_a_village_has_one_clerk_at_a_time_and_the_hand_over_is_recorded(place: Place) -> None:
    old, new = _people("林秀英", "何勇")
    facts = {"by": place.office, "kind": RoleKind.CLERK, "place_code": place.village.code}
    with transaction():
        actions.appoint(person=old, starts_on=date(2025, 1, 1), **facts)
    with pytest.raises(RoleTaken, match="村报账员现在是林秀英"), transaction():
        actions.appoint(person=new, starts_on=DAY, **facts)
    with transaction():
        actions.hand_over_clerk(by=place.office, village=place.village, to=new, on=DAY)
    held = [find_person_in_role(place.village.code, "clerk", day) for day in (date(2026, 6, 30), DAY)]
    assert [member.name for member in held if member] == ["林秀英", "何勇"]
    line = list_trail(place.village.code).items[0]
    assert line.said == "办理报账员交接：林秀英交给何勇，自2026年7月1日起；已保存、还没有提交的账目一并移交"


def test_a_hand_over_needs_a_clerk_and_another_person(place: Place) -> None:
    (person,) = _people("林秀英")
    with pytest.raises(NoClerkToHandOver), transaction():
        actions.hand_over_clerk(by=place.office, village=place.village, to=person, on=DAY)
    with transaction():
        make_role(person, RoleKind.CLERK, place.village.code)
    with pytest.raises(RoleAlreadyHeld), transaction():
        actions.hand_over_clerk(by=place.office, village=place.village, to=person, on=DAY)


def test_a_term_ends_with_a_reason_and_the_person_stays(place: Place, elect: Elect) -> None:
    people = _people("甲", "乙", "丙")
    roles = elect(people)
    with transaction():
        actions.end_role(by=place.office, role=roles[2], on=date(2026, 6, 30), reason="外出务工")
    assert len(list_members(place.village.code, "supervision", date(2026, 6, 30))) == 3
    assert len(list_members(place.village.code, "supervision", DAY)) == 2
    assert "丙" in list_trail(place.township.code).items[0].said
    (group,) = (group for group in list_groups(place.village, DAY) if group.kind == "supervision")
    assert not group.has_right_size
