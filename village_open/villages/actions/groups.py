"""The two groups: who was elected, by which meeting, for which term, and whom the law bars."""

from collections.abc import Sequence
from datetime import date, timedelta

from village_open.core.errors import InputError
from village_open.db import db, hold_lock
from village_open.identity.models import Person
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import NearRelative, Role, RoleKind, Village
from village_open.villages.profile import Profile
from village_open.villages.queries import get_profile, list_candidates, list_members, list_unended_terms
from village_open.villages.queries.roles import find_relationship
from village_open.villages.rules import (
    GROUP_WORDS,
    NEAR_RELATIONS,
    GroupUnfit,
    PersonBarred,
    TermUnfit,
    barred_reason,
    both_groups_reason,
    check_group_size,
    check_term,
    in_words,
)


def elect_group(
    *, by: Doer, village: Village, kind: RoleKind, members: Sequence[Person], leader: Person, elected_on: date,
    elected_by: str, starts_on: date, ends_on: date,
) -> list[Role]:  # fmt: skip
    """Enter who was elected into a group; the sitting group's term ends on the day before.

    Raises:
        GroupUnfit: a size that the profile does not allow, a person twice, a leader from outside, no meeting named.
        TermUnfit: a term that cannot be, or that begins before the sitting group's.
        PersonBarred: law or profile bars a member; the message names the article.
    """
    hold_lock(f"roles:{village.code}")
    group, profile = RoleKind(kind).value, get_profile(village.township)
    _check_seats(members, leader)
    check_group_size(group, len(members), profile.group_sizes(group))
    if not elected_by.strip():
        raise GroupUnfit("请写明由哪次会议推选，例如“村民代表会议”。", "elected_by")
    check_term(group, starts_on, ends_on, elected_on=elected_on)
    _check_members(village, group, members, profile, starts_on)
    before = _end_sitting(village, group, starts_on)
    roles = [
        Role(
            person=person, kind=group, place_code=village.code, starts_on=starts_on, ends_on=ends_on,
            is_leader=person.id == leader.id, elected_on=elected_on, elected_by=elected_by.strip(),
        )
        for person in members
    ]  # fmt: skip
    db.session.add_all(roles)
    db.session.flush()
    names = "、".join(person.name for person in members)
    record_deed(
        chain=village.code, kind="villages.elect_group", by=by,
        said=f"登记了{in_words(elected_on)}{elected_by.strip()}推选的{GROUP_WORDS[group]}：{names}，组长{leader.name}，"
        f"任期{in_words(starts_on)}至{in_words(ends_on)}",
        before={"members": before},
        after={"members": [[person.id, person.name] for person in members], "leader": leader.id, **_term(roles[0])},
    )  # fmt: skip
    return roles


def declare_relative(*, by: Doer, village: Village, person: Person, relative: Person, relation: str) -> NearRelative:
    """Write down that two people of a village are near relatives; it bars the one where the other is on the committee.

    Raises:
        InputError: the relation is none of the near ones, both are the same person, or it is declared already.
    """
    if relation not in NEAR_RELATIONS:
        raise InputError(f"近亲属指{'、'.join(NEAR_RELATIONS)}，请从中选一项。", "relation")
    if person.id == relative.id:
        raise InputError("请选两个不同的人。", "relative")
    if find_relationship(person.id, relative.id):
        raise InputError(f"{person.name}和{relative.name}的关系已经登记过了。", "relative")
    row = NearRelative(village_id=village.id, person_id=person.id, relative_id=relative.id, relation=relation)
    db.session.add(row)
    db.session.flush()
    record_deed(
        chain=village.code, kind="villages.declare_relative", by=by,
        said=f"登记了近亲属关系：{person.name}与{relative.name}（{relation}）",
        after={"person": [person.id, person.name], "relative": [relative.id, relative.name], "relation": relation},
    )  # fmt: skip
    return row


def _check_seats(members: Sequence[Person], leader: Person) -> None:
    ids = [person.id for person in members]
    if len(set(ids)) < len(ids):
        raise GroupUnfit("同一个人选了两次，请核对。", "members")
    if leader.id not in ids:
        raise GroupUnfit("组长必须是小组成员。", "leader")


def _check_members(village: Village, group: str, members: Sequence[Person], profile: Profile, on: date) -> None:
    basis = profile.basis("barred_kinds")
    for candidate in list_candidates(village, members, on):
        if reason := barred_reason(candidate, group, barred_kinds=profile.barred_kinds, basis=basis):
            raise PersonBarred(reason)
    if profile.both_groups_allowed:
        return
    (other,) = GROUP_WORDS.keys() - {group}
    already = {member.person_id for member in list_members(village.code, other, on)}
    if twice := [person.name for person in members if person.id in already]:
        raise PersonBarred(both_groups_reason(twice, other, profile.basis("both_groups_allowed")))


def _term(role: Role) -> dict[str, str]:
    return {"starts_on": role.starts_on.isoformat(), "ends_on": role.ends_on.isoformat() if role.ends_on else ""}


def _end_sitting(village: Village, group: str, starts_on: date) -> list[list[int | str]]:
    sitting = list_unended_terms(village.code, group, starts_on)
    if any(role.starts_on >= starts_on for role in sitting):
        raise TermUnfit("新一届的任期要晚于现任这一届的开始日期。", "starts_on")
    for role in sitting:
        role.ends_on = starts_on - timedelta(days=1)
    return [[role.person_id, role.person.name] for role in sitting]
