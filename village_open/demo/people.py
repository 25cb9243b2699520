"""Founding the demo's township: places, people with their roles, logins past the first password."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from village_open.db import db
from village_open.demo.lines import Hands
from village_open.demo.roster import (
    COUNTY,
    PASSWORD,
    PLACES,
    SUPERVISION_PHONE,
    TOWNSHIP,
    VILLAGES,
    DemoVillage,
    person_name,
)
from village_open.identity.actions import change_password, give_login, make_person
from village_open.identity.models import Person
from village_open.villages.actions import (
    add_board,
    add_township,
    add_village,
    add_village_group,
    appoint,
    change_profile,
    elect_group,
    make_account,
)
from village_open.villages.models import Department, RoleKind, Township, Village

TERM_STARTS_ON = date(2025, 1, 10)
TERM_ENDS_ON = date(2029, 12, 31)
ELECTED_BY = "2025年第一次村民代表会议"
GROUP_SIZE = 3
SPENDING = {"large_payment_fen": "50000", "approval_tiers": "10000 村委会主任\n以上 村“两委”会议 过半数"}
"""What the township has set for large payments and for those who approve the others."""


@dataclass
class VillagePeople:
    """Who is who in one village of the demo."""

    place: DemoVillage
    village: Village
    clerk: Person
    head: Person
    secretary: Person
    member: Person
    accountant: Person
    finance_review: list[Person] = field(default_factory=list)
    supervision: list[Person] = field(default_factory=list)

    @property
    def hands(self) -> Hands:
        """The names that stand in the columns of the sheet."""
        return Hands((self.clerk.name, self.secretary.name), self.finance_review[-1].name, self.head.name)


@dataclass
class Cast:
    """Everybody of the demo, and the logins to be told."""

    township: Township
    office: list[Person] = field(default_factory=list)
    villages: list[VillagePeople] = field(default_factory=list)
    logins: list[dict[str, str]] = field(default_factory=list)
    _names: "count[int]" = field(default_factory=count)

    def newcomer(self) -> Person:
        """Make the next invented person."""
        return make_person(name=person_name(next(self._names)))

    def give_login(self, person: Person, login: str, role: RoleKind, village: str = "") -> None:
        """Give a login whose first password is already changed to the demo's."""
        if role is RoleKind.COUNTY_LEADER:
            first = give_login(person=person, login=login)
        else:
            first = make_account(by=self.office[0], place=self.township, person=person, login=login)
        change_password(person=person, old=first, new=PASSWORD)
        self.logins.append({"login": login, "password": PASSWORD, "role": role.label, "village": village})


def found() -> Cast:
    """Found the county, the township with its office, and the twelve villages with their people."""
    office = make_person(name=person_name(900))
    township = add_township(
        by=office, code=TOWNSHIP[0], name=TOWNSHIP[1], county_name=COUNTY[1], jurisdiction="国家",
        supervision_phone=SUPERVISION_PHONE,
    )  # fmt: skip
    township.is_demo = True
    for key, text in SPENDING.items():
        change_profile(by=office, township=township, key=key, text=text, basis="青山镇村级财务管理办法（演示用）")
    cast = Cast(township, office=[office, make_person(name=person_name(901))])
    for number, person in enumerate(cast.office, start=1):
        _appoint(cast, person, RoleKind.TOWNSHIP_OFFICE, township.code)
        cast.give_login(person, f"office{number}", RoleKind.TOWNSHIP_OFFICE)
    for place in VILLAGES:
        cast.villages.append(_settle(cast, place))
    _appoint_overseers(cast)
    db.session.flush()
    return cast


def _appoint(cast: Cast, person: Person, kind: RoleKind, place_code: str, department: str = "") -> None:
    appoint(
        by=cast.office[0], person=person, kind=kind, place_code=place_code,
        department=department, starts_on=TERM_STARTS_ON, ends_on=TERM_ENDS_ON,
    )  # fmt: skip


def _appoint_overseers(cast: Cast) -> None:
    for department in Department:
        person = cast.newcomer()
        _appoint(cast, person, RoleKind.INSPECTOR, cast.township.code, department.value)
        cast.give_login(person, f"inspector-{department.value.replace('_', '-')}", RoleKind.INSPECTOR)
    leader = cast.newcomer()
    _appoint(cast, leader, RoleKind.COUNTY_LEADER, COUNTY[0])
    cast.give_login(leader, "county", RoleKind.COUNTY_LEADER)


def _settle(cast: Cast, place: DemoVillage) -> VillagePeople:
    village = add_village(
        by=cast.office[0], township=cast.township, code=place.code, name=place.name,
        households=place.households, residents=place.residents,
    )  # fmt: skip
    for name, households in place.groups_by_name.items():
        add_village_group(by=cast.office[0], village=village, name=name, households=households)
    for spot in PLACES[: 1 + (place.number % 2)]:
        add_board(
            by=cast.office[0], village=village, place=spot, width_mm=2400, height_mm=1200,
            reading_distance_mm=1500, paper="A3-landscape",
        )  # fmt: skip
    people = VillagePeople(
        place, village, cast.newcomer(), cast.newcomer(), cast.newcomer(), cast.newcomer(), cast.newcomer()
    )
    for person, kind in (
        (people.clerk, RoleKind.CLERK),
        (people.head, RoleKind.COMMITTEE_HEAD),
        (people.secretary, RoleKind.PARTY_SECRETARY),
        (people.member, RoleKind.COMMITTEE_MEMBER),
        (people.accountant, RoleKind.ACCOUNTANT),
    ):
        _appoint(cast, person, kind, village.code)
    people.finance_review = _elect(cast, village, RoleKind.FINANCE_REVIEW)
    people.supervision = _elect(cast, village, RoleKind.SUPERVISION)
    _give_logins(cast, people)
    return people


def _elect(cast: Cast, village: Village, kind: RoleKind) -> list[Person]:
    members = [cast.newcomer() for _ in range(GROUP_SIZE)]
    elect_group(
        by=cast.office[0], village=village, kind=kind, members=members, leader=members[0],
        elected_on=TERM_STARTS_ON, elected_by=ELECTED_BY, starts_on=TERM_STARTS_ON, ends_on=TERM_ENDS_ON,
    )  # fmt: skip
    return members


def _give_logins(cast: Cast, people: VillagePeople) -> None:
    """The ordinary village has a login for everybody; elsewhere a third member signs on paper."""
    number, name = people.place.number, people.place.name
    cast.give_login(people.clerk, f"clerk{number}", RoleKind.CLERK, name)
    cast.give_login(people.head, f"head{number}", RoleKind.COMMITTEE_HEAD, name)
    if people.place.habit.is_paper_only:
        return
    everybody = number == VILLAGES[0].number
    reach = GROUP_SIZE if everybody else GROUP_SIZE - 1
    for word, kind, members in (
        ("review", RoleKind.FINANCE_REVIEW, people.finance_review),
        ("oversight", RoleKind.SUPERVISION, people.supervision),
    ):
        for position, person in enumerate(members[:reach], start=1):
            cast.give_login(person, f"{word}{number}-{position}", kind, name)
    if everybody:
        cast.give_login(people.secretary, f"secretary{number}", RoleKind.PARTY_SECRETARY, name)
        cast.give_login(people.member, f"member{number}", RoleKind.COMMITTEE_MEMBER, name)
        cast.give_login(people.accountant, f"accountant{number}", RoleKind.ACCOUNTANT, name)
