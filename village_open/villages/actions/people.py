"""Entering a person who takes on something in a village, and correcting a name or a phone."""

from village_open.core.errors import InputError
from village_open.identity import actions as identity
from village_open.identity.models import Person
from village_open.record.actions import Doer, record_deed
from village_open.villages.actions.accounts import PersonOfAnotherPlace
from village_open.villages.models import Township, Village
from village_open.villages.queries import find_namesake, find_role_elsewhere, list_village_people

SHOWN_DIGITS = 4


class NameKnown(InputError):
    """Somebody of this name is on the village's list; nobody is entered twice by mistake."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"名单里已经有{name}，请直接选；如果是同名的另一个人，请写明，例如“{name}（二组）”。", "new_names"
        )


class NamesakeKnown(InputError):
    """Another person is called so at the same place; an election goes by names and must tell them apart."""

    def __init__(self, name: str) -> None:
        super().__init__(f"同一个地方已经有另一位{name}；是同名的两个人，请写明，例如“{name}（二组）”。", "name")


class PersonUnchanged(InputError):
    """Name and phone are what they were."""

    def __init__(self) -> None:
        super().__init__("姓名和电话都没有变，不用更正。", "name")


def enter_person(*, village: Village, name: str, phone: str = "") -> Person:
    """Enter a person by name; the deed that they take part in is what the record tells.

    Raises:
        NameKnown: the village knows somebody of this name.
        InputError: the name is empty.
    """
    if name.strip() in {person.name for person in list_village_people(village.code)}:
        raise NameKnown(name.strip())
    return identity.make_person(name=name, phone=phone)


def correct_person(*, by: Doer, township: Township, person: Person, name: str, phone: str) -> Person:
    """Correct the name or the phone of somebody of the township; the record keeps both, of a phone only its end.

    Raises:
        PersonOfAnotherPlace: the person also works outside this township.
        NamesakeKnown: another person at one of their places is called so.
        PersonUnchanged: there is nothing to correct.
        InputError: the name is empty.
    """
    name, phone = name.strip(), phone.strip()
    if find_role_elsewhere(person.id, township.code):
        raise PersonOfAnotherPlace(person.name)
    if (name, phone) == (person.name, person.phone):
        raise PersonUnchanged
    if name != person.name and find_namesake(person.id, name):
        raise NamesakeKnown(name)
    before, said = _facts(person), _said(person, name, phone)
    identity.change_person(person=person, name=name, phone=phone)
    record_deed(
        chain=township.code, kind="villages.correct_person", by=by, said=said, before=before, after=_facts(person)
    )
    return person


def _said(person: Person, name: str, phone: str) -> str:
    renamed = f"把姓名“{person.name}”更正为“{name}”，以前签过的字仍是原来的姓名" if name != person.name else ""
    reached = f"更正了{name}的电话" if phone != person.phone else ""
    return "；".join(filter(None, (renamed, reached)))


def _facts(person: Person) -> dict[str, str | int]:
    """The record is read by inspectors and never forgets: a private phone goes into it by its last digits only."""
    end = f"尾号 {person.phone[-SHOWN_DIGITS:]}" if len(person.phone) > SHOWN_DIGITS else ""
    return {"person_id": person.id, "name": person.name, "phone": end}
