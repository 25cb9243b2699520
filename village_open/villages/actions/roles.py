"""Giving and ending roles: a term begins, a term ends, nobody is deleted."""

from datetime import date, timedelta

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.db import db, hold_lock
from village_open.identity.models import Person
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Department, Role, RoleKind, Village
from village_open.villages.queries import (
    find_village,
    get_profile,
    list_candidates,
    list_members,
    list_place_names,
    list_unended_terms,
)
from village_open.villages.rules import (
    GROUP_WORDS,
    TOWNSHIP_DIGITS,
    PersonBarred,
    barred_reason,
    check_place_of_kind,
    in_words,
)

HELD_BY_ONE = (RoleKind.CLERK, RoleKind.COMMITTEE_HEAD, RoleKind.PARTY_SECRETARY, RoleKind.ACCOUNTANT)


class RoleByElectionOnly(RuleForbids):
    """A seat in a group comes from an election, not from the office."""

    def __init__(self, kind: RoleKind) -> None:
        super().__init__(f"{kind.label}成员由会议推选，请从“登记推选结果”录入。")


class RoleTaken(RuleForbids):
    """Somebody else holds a role that one person holds at a time."""

    def __init__(self, holder: str, kind: RoleKind) -> None:
        super().__init__(f"{kind.label}现在是{holder}，请先结束{holder}的任期；报账员请用“报账员交接”。")


class RoleAlreadyHeld(RuleForbids):
    """The person is this here already."""

    def __init__(self, name: str, kind: RoleKind) -> None:
        super().__init__(f"{name}已经是{kind.label}了。")


class DepartmentMissing(InputError):
    """An inspector comes from one of the five departments."""

    def __init__(self) -> None:
        super().__init__("请选择检查人员所属的部门。", "department")


class TermEndsTooEarly(InputError):
    """A term cannot end before it begins."""

    def __init__(self, starts_on: date, field: str = "on") -> None:
        super().__init__(f"任期从{in_words(starts_on)}开始，不能在这之前结束。", field)


class TermOver(RuleForbids):
    """The term has run out; what was done under it stays as it is."""

    def __init__(self, ended_on: date) -> None:
        super().__init__(f"这个任期已经在{in_words(ended_on)}结束了，不用再办。")


class TermWouldNotShorten(InputError):
    """A term that has its end can be shortened, not made longer: that takes an election or an appointment."""

    def __init__(self, ends_on: date) -> None:
        super().__init__(f"任期本来就到{in_words(ends_on)}为止，最后一天要比它早。", "on")


class NoClerkToHandOver(RuleForbids):
    """Nobody is the clerk, so nothing can be handed over."""

    def __init__(self) -> None:
        super().__init__("这个村现在没有报账员，请直接任命新的报账员。")


def appoint(
    *, by: Doer, person: Person, kind: RoleKind, place_code: str, starts_on: date, ends_on: date | None = None,
    department: str = "",
) -> Role:  # fmt: skip
    """Give a person a role at a place; seats in the two groups come from an election instead.

    Raises:
        RoleByElectionOnly: the role is a seat in a group.
        RoleAtWrongPlace: there is no such role at such a place.
        RoleTaken: another person holds it.
        RoleAlreadyHeld: the person holds it.
        PersonBarred: the person sits in a group from which the role bars them.
        DepartmentMissing: an inspector without one of the five departments.
        TermEndsTooEarly: the last day lies before the first.
    """
    kind = RoleKind(kind)
    hold_lock(f"roles:{place_code}")
    if kind in GROUP_WORDS:
        raise RoleByElectionOnly(kind)
    check_place_of_kind(kind, place_code)
    if kind is RoleKind.INSPECTOR and department not in set(Department):
        raise DepartmentMissing
    if ends_on and ends_on < starts_on:
        raise TermEndsTooEarly(starts_on, "ends_on")
    _check_nobody_else(person, kind, place_code, starts_on)
    if village := find_village(place_code):
        _check_not_in_group(person, kind, village, starts_on)
    role = _begin(person, kind, place_code, starts_on, ends_on=ends_on, department=department)
    where, of = (
        list_place_names({place_code}).get(place_code, ""),
        f"（{Department(department).label}）" if department else "",
    )
    record_deed(
        chain=_chain(place_code), kind="villages.appoint", by=by,
        said=f"登记{person.name}为{kind.label_at(where)}{of}，自{in_words(starts_on)}起"
        + (f"至{in_words(ends_on)}止" if ends_on else ""),
        after=_facts(role),
    )  # fmt: skip
    return role


def end_role(*, by: Doer, role: Role, on: date, reason: str) -> Role:
    """End a term on a day, also one that has a later end; the person and what they did stay.

    Raises:
        TermOver: it has run out.
        TermEndsTooEarly: the day lies before the term.
        TermWouldNotShorten: the term ends on that day or earlier anyhow.
        InputError: no reason is given.
    """
    _check_end(role, on)
    if not reason.strip():
        raise InputError("请写明原因，例如“调离”“换届”。", "reason")
    before = _facts(role)
    role.ends_on = on
    db.session.flush()
    where = list_place_names({role.place_code}).get(role.place_code, "")
    record_deed(
        chain=_chain(role.place_code), kind="villages.end_role", by=by,
        said=f"结束了{role.person.name}的{RoleKind(role.kind).label_at(where)}任期，到{in_words(on)}止；原因：{reason.strip()}",
        before=before, after={**_facts(role), "reason": reason.strip()},
    )  # fmt: skip
    return role


def hand_over_clerk(*, by: Doer, village: Village, to: Person, on: date) -> Role:
    """End the clerk's term on the day before and begin another's; what is open in the ledger belongs to the village.

    Raises:
        NoClerkToHandOver: nobody is the clerk.
        RoleAlreadyHeld: the new clerk is the old one.
        PersonBarred: the new clerk sits in a group from which the profile bars clerks.
        TermEndsTooEarly: the old term would end before it begins.
    """
    hold_lock(f"roles:{village.code}")
    sitting = list_unended_terms(village.code, RoleKind.CLERK, on)
    if not sitting:
        raise NoClerkToHandOver
    if any(role.person_id == to.id for role in sitting):
        raise RoleAlreadyHeld(to.name, RoleKind.CLERK)
    _check_not_in_group(to, RoleKind.CLERK, village, on)
    for role in sitting:
        if on <= role.starts_on:
            raise TermEndsTooEarly(role.starts_on + timedelta(days=1))
        role.ends_on = on - timedelta(days=1)
    new = _begin(to, RoleKind.CLERK, village.code, on)
    names = "、".join(role.person.name for role in sitting)
    record_deed(
        chain=village.code, kind="villages.hand_over_clerk", by=by,
        said=f"办理报账员交接：{names}交给{to.name}，自{in_words(on)}起；已保存、还没有提交的账目一并移交",
        before={"clerks": [_facts(role) for role in sitting]}, after=_facts(new),
    )  # fmt: skip
    return new


def _check_end(role: Role, on: date) -> None:
    if role.ends_on and role.ends_on < clock.today():
        raise TermOver(role.ends_on)
    if on < role.starts_on:
        raise TermEndsTooEarly(role.starts_on)
    if role.ends_on and on >= role.ends_on:
        raise TermWouldNotShorten(role.ends_on)


def _check_nobody_else(person: Person, kind: RoleKind, place_code: str, starts_on: date) -> None:
    sitting = list_unended_terms(place_code, kind, starts_on)
    if any(role.person_id == person.id for role in sitting):
        raise RoleAlreadyHeld(person.name, kind)
    if sitting and kind in HELD_BY_ONE:
        raise RoleTaken(sitting[0].person.name, kind)


def _check_not_in_group(person: Person, kind: RoleKind, village: Village, on: date) -> None:
    """The bar of article 37, seen from the other side: a sitting member may not become what bars members."""
    profile = get_profile(village.township)
    (candidate,) = list_candidates(village, [person], on)
    would_be = type(candidate)(candidate.person_id, candidate.name, candidate.kinds | {kind.value})
    for group in GROUP_WORDS:
        if person.id not in {member.person_id for member in list_members(village.code, group, on)}:
            continue
        reason = barred_reason(would_be, group, barred_kinds=profile.barred_kinds, basis=profile.basis("barred_kinds"))
        if reason:
            raise PersonBarred(f"{person.name}现在是{GROUP_WORDS[group]}成员。{reason}请先结束小组任期。")


def _begin(
    person: Person,
    kind: RoleKind,
    place_code: str,
    starts_on: date,
    *,
    ends_on: date | None = None,
    department: str = "",
) -> Role:
    role = Role(
        person_id=person.id, kind=kind.value, place_code=place_code, department=department,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    role.person = person
    db.session.add(role)
    db.session.flush()
    return role


def _chain(place_code: str) -> str:
    """Roles are the township's own deeds; those of a county stand in the county's chain."""
    return place_code[:TOWNSHIP_DIGITS]


def _facts(role: Role) -> dict[str, str | int | None]:
    return {
        "person_id": role.person_id, "person": role.person.name, "kind": role.kind, "place": role.place_code,
        "starts_on": role.starts_on.isoformat(), "ends_on": role.ends_on.isoformat() if role.ends_on else None,
    }  # fmt: skip
