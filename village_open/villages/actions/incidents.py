"""What happens to accounts without the township's doing, written into the chain of the place where the person works."""

from village_open.identity.actions import FAILURES_BEFORE_LOCK, LOCK_MINUTES
from village_open.identity.models import Person
from village_open.identity.queries import get_person
from village_open.record.actions import record_deed
from village_open.villages.queries import list_roles_today, list_terms
from village_open.villages.rules import TOWNSHIP_DIGITS


def note_lock(*, person_id: int) -> None:
    """Write down that wrong passwords have locked an account; who typed them nobody knows."""
    said = f"账号连续输错 {FAILURES_BEFORE_LOCK} 次密码，锁定 {LOCK_MINUTES} 分钟；输错的不一定是本人"
    _record("villages.note_lock", get_person(person_id), said)


def note_own_password(*, person_id: int) -> None:
    """Write down that somebody changed their own password."""
    _record("villages.note_own_password", get_person(person_id), "修改了自己的密码，原来的登录全部退出")


def _record(kind: str, person: Person, said: str) -> None:
    for chain in _chains(person.id):
        record_deed(chain=chain, kind=kind, by=person, said=said, after={"person_id": person.id, "login": person.login})


def _chains(person_id: int) -> list[str]:
    """Return the chains of the townships, or counties, in which a person works; of those who left, the last one."""
    running = {role.place_code[:TOWNSHIP_DIGITS] for role in list_roles_today(person_id)}
    return sorted(running or {term.place_code[:TOWNSHIP_DIGITS] for term in list_terms(person_id)[:1]})
