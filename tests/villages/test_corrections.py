"""Correcting what was written down of people and places: both values stay in the record."""

import pytest

from tests.factories import make_person, make_role, make_village
from tests.villages.conftest import Place
from village_open.core.errors import InputError
from village_open.db import db, transaction
from village_open.identity.models import Person
from village_open.record.queries import find_broken_link, list_trail
from village_open.villages import actions, queries
from village_open.villages.actions.accounts import PersonOfAnotherPlace
from village_open.villages.actions.people import NamesakeKnown, PersonUnchanged
from village_open.villages.actions.phones import PhoneUnchanged
from village_open.villages.models import RoleKind
from village_open.villages.rules import PhoneUnfit


@pytest.fixture
def clerk(place: Place) -> Person:
    """The clerk of 李家村, with a phone."""
    with transaction():
        person = make_person("林秀英")
        person.phone = "13800001111"
        make_role(person, RoleKind.CLERK, place.village.code)
    return person


def changes_of(chain: str) -> dict[str, tuple[str, str]]:
    """Return what the latest deed of a chain changed, by its Chinese word."""
    return {change.word: (change.before, change.after) for change in list_trail(chain).items[0].changes}


def test_a_corrected_name_stays_in_the_record_beside_the_new_one(place: Place, clerk: Person) -> None:
    with transaction():
        actions.correct_person(
            by=place.office, township=place.township, person=clerk, name=" 林秀瑛 ", phone=clerk.phone
        )
    assert queries.get_person_of(place.township.code, clerk.id).name == "林秀瑛"
    assert list_trail(place.township.code).items[0].said == ("把姓名“林秀英”更正为“林秀瑛”，以前签过的字仍是原来的姓名")
    assert changes_of(place.township.code)["名称"] == ("林秀英", "林秀瑛")
    assert find_broken_link(place.township.code) is None


def test_a_private_phone_enters_the_record_by_its_last_digits_only(place: Place, clerk: Person) -> None:
    with transaction():
        actions.correct_person(
            by=place.office, township=place.township, person=clerk, name=clerk.name, phone="13900002222"
        )
    assert clerk.phone == "13900002222"
    assert list_trail(place.township.code).items[0].said == "更正了林秀英的电话"
    assert changes_of(place.township.code)["电话"] == ("尾号 1111", "尾号 2222")
    bodies = db.session.connection().exec_driver_sql("SELECT body FROM record_entry").scalars().all()
    assert not [body for body in bodies if "13800001111" in body or "13900002222" in body]


@pytest.mark.parametrize(
    ("name", "phone", "refused"),
    [
        ("林秀英", "13800001111", PersonUnchanged),
        (" 林秀英", "13800001111 ", PersonUnchanged),
        ("   ", "13800001111", InputError),
        ("王桂兰", "13800001111", NamesakeKnown),
    ],
)
def test_an_unfit_correction_of_a_person_is_refused_and_nothing_is_kept(
    place: Place, clerk: Person, name: str, phone: str, refused: type[InputError]
) -> None:
    with transaction():
        make_role(make_person("王桂兰"), RoleKind.CASHIER, place.village.code)
    with pytest.raises(refused) as told, transaction():
        actions.correct_person(by=place.office, township=place.township, person=clerk, name=name, phone=phone)
    assert told.value.field == "name"
    assert list_trail(place.township.code).total == 0
    assert db.session.get_one(Person, clerk.id).name == "林秀英"


def test_the_same_name_in_another_village_is_another_person_and_no_obstacle(place: Place, clerk: Person) -> None:
    with transaction():
        make_role(make_person("王桂兰"), RoleKind.CLERK, make_village(place.township, number=201).code)
        actions.correct_person(by=place.office, township=place.township, person=clerk, name="王桂兰", phone="")
    assert (clerk.name, clerk.phone) == ("王桂兰", "")


def test_a_township_does_not_correct_somebody_who_reaches_further(place: Place, clerk: Person) -> None:
    with transaction():
        make_role(clerk, RoleKind.COUNTY_LEADER, "990101")
    with pytest.raises(PersonOfAnotherPlace), transaction():
        actions.correct_person(by=place.office, township=place.township, person=clerk, name="别人", phone="")


def test_a_changed_supervision_phone_stays_in_the_record_beside_the_new_one(place: Place) -> None:
    for phone in ("0999-8801234", "１２３８８、0999-8801235"):
        with transaction():
            actions.change_supervision_phone(by=place.office, township=place.township, phone=phone)
    assert queries.get_township(place.township.code).supervision_phone == "12388、0999-8801235"
    assert changes_of(place.township.code)["电话"] == ("0999-8801234", "12388、0999-8801235")
    assert find_broken_link(place.township.code) is None


@pytest.mark.parametrize(
    ("phone", "refused"),
    [
        ("0999-8801234 ", PhoneUnchanged),
        ("", PhoneUnfit),
        ("问村里", PhoneUnfit),
        ("1234", PhoneUnfit),
        ("0999-8801234、", PhoneUnfit),
        ("找张三 0999-8801234", PhoneUnfit),
    ],
)
def test_a_phone_that_nobody_could_call_is_refused(place: Place, phone: str, refused: type[InputError]) -> None:
    with transaction():
        place.township.supervision_phone = "0999-8801234"
    with pytest.raises(refused) as told, transaction():
        actions.change_supervision_phone(by=place.office, township=place.township, phone=phone)
    assert told.value.field == "phone"
    assert list_trail(place.township.code).total == 0
