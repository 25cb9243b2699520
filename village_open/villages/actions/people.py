"""Entering a person who takes on something in a village."""

from village_open.core.errors import InputError
from village_open.identity import actions as identity
from village_open.identity.models import Person
from village_open.villages.models import Village
from village_open.villages.queries import list_village_people


class NameKnown(InputError):
    """Somebody of this name is on the village's list; nobody is entered twice by mistake."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"名单里已经有{name}，请直接选；如果是同名的另一个人，请写明，例如“{name}（二组）”。", "new_names"
        )


def enter_person(*, village: Village, name: str, phone: str = "") -> Person:
    """Enter a person by name; the deed that they take part in is what the record tells.

    Raises:
        NameKnown: the village knows somebody of this name.
        InputError: the name is empty.
    """
    if name.strip() in {person.name for person in list_village_people(village.code)}:
        raise NameKnown(name.strip())
    return identity.make_person(name=name, phone=phone)
