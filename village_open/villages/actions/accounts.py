"""Accounts are made, reset and unlocked; the first password goes on a slip and is kept nowhere."""

from village_open.core.canonical import Plain
from village_open.core.errors import RuleForbids
from village_open.identity import actions as identity
from village_open.identity.models import Person
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import County, Township
from village_open.villages.queries import find_role_elsewhere


class OwnPasswordByOneself(RuleForbids):
    """Nobody resets their own password; they change it."""

    def __init__(self) -> None:
        super().__init__("自己的密码请用“修改密码”；忘记了，请另一位镇公开办人员重置。")


class PersonOfAnotherPlace(RuleForbids):
    """The account reaches further than this township."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}还有本镇以外的职务，姓名、电话和账号由上级办理。")


def make_account(*, by: Doer, place: Township | County, person: Person, login: str) -> str:
    """Give somebody who works within a township, or for a county, a login name and return the first password.

    Raises:
        LoginUnfit: the login name has a shape that people mistype.
        LoginTaken: somebody has it.
        LoginAlreadyGiven: the person has an account.
        PersonOfAnotherPlace: the person also works outside this place.
    """
    _check_within(place, person)
    first = identity.give_login(person=person, login=login)
    _record(by, place, "villages.make_account", f"给{person.name}开了账号，登录名 {person.login}", person)
    return first


def reset_account(*, by: Doer, township: Township, person: Person) -> str:
    """Replace a forgotten password, unlock the account, end its sessions and return the new first password.

    Raises:
        OwnPasswordByOneself: the doer asks for their own account.
        PersonOfAnotherPlace: the person also works outside this township.
        NoLogin: the person has no account.
    """
    if by.id == person.id:
        raise OwnPasswordByOneself
    _check_within(township, person)
    first = identity.reset_password(person=person)
    _record(by, township, "villages.reset_account", f"重置了{person.name}的密码，原来的登录全部退出", person)
    return first


def reset_at_the_shell(*, county: County, person: Person) -> str:
    """Replace the forgotten password of somebody who works for a county and return the new first password.

    Nobody is signed in at the shell: the record says so, in the name of the one whose password it is.

    Raises:
        PersonOfAnotherPlace: the person also works outside this county.
        NoLogin: the person has no account.
    """
    _check_within(county, person)
    first = identity.reset_password(person=person)
    said = "账号的密码在服务器的命令行上重置了，原来的登录全部退出；办理的不一定是本人"
    _record(person, county, "villages.reset_account", said, person)
    return first


def unlock_account(*, by: Doer, township: Township, person: Person) -> None:
    """Open an account that five failures have locked; the password stays.

    Raises:
        OwnPasswordByOneself: the doer asks for their own account.
        PersonOfAnotherPlace: the person also works outside this township.
    """
    if by.id == person.id:
        raise OwnPasswordByOneself
    _check_within(township, person)
    identity.unlock(person=person)
    _record(by, township, "villages.unlock_account", f"解除了{person.name}账号的锁定", person)


def _check_within(place: Township | County, person: Person) -> None:
    """Without this a township could take over the account of a county leader who also works here."""
    if find_role_elsewhere(person.id, place.code):
        raise PersonOfAnotherPlace(person.name)


def _record(by: Doer, place: Township | County, kind: str, said: str, person: Person) -> None:
    after: dict[str, Plain] = {"person_id": person.id, "person": person.name, "login": person.login}
    record_deed(chain=place.code, kind=kind, by=by, said=said, after=after)
