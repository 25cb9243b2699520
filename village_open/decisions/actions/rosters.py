"""Who belongs to a body from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core import clock
from village_open.core.errors import InputError
from village_open.db import db, hold_lock
from village_open.decisions.errors import DayUnfit
from village_open.decisions.models import Roster, RosterMember
from village_open.decisions.queries import find_roster
from village_open.decisions.rules.bodies import Body
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Village

LARGEST = 20_000
LONGEST_NAME = 40


@dataclass(frozen=True)
class NewMember:
    """One name as it is typed or pasted."""

    name: str
    group_name: str = ""
    is_woman: bool = False
    household_count: int = 0


@dataclass(frozen=True)
class NewRoster:
    """A roster as it is entered: names, or nothing but numbers."""

    body: Body
    starts_on: date
    source: str
    members: Sequence[NewMember] = ()
    member_count: int = 0
    """Where no names are given."""
    household_count: int | None = None
    women_count: int | None = None
    group_name: str = ""


def set_roster(*, by: Doer, village: Village, roster: NewRoster) -> Roster:
    """Enter who belongs to a body from a day on; earlier meetings keep the roster of their day.

    Raises:
        InputError: nobody is on it, a name stands twice or is too long, more women than members, or nobody said where
            it comes from.
        DayUnfit: a later roster of the body is known already.
    """
    hold_lock(f"roster:{village.code}")
    _check(village, roster)
    named = bool(roster.members)
    row = Roster(
        village_id=village.id, body=roster.body.value, group_name=roster.group_name, starts_on=roster.starts_on,
        source=roster.source.strip(), member_count=len(roster.members) if named else roster.member_count,
        household_count=_households(roster),
        women_count=sum(member.is_woman for member in roster.members) or roster.women_count or None,
        entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        RosterMember(
            roster_id=row.id, number=number, name=member.name.strip(), group_name=member.group_name.strip(),
            is_woman=member.is_woman, household_count=member.household_count,
        )
        for number, member in enumerate(roster.members, 1)
    )  # fmt: skip
    db.session.flush()
    record_deed(
        chain=village.code, kind="decisions.set_roster", by=by,
        said=f"登记了{roster.group_name}{roster.body.label}名册，共 {row.member_count} 人，依据：{row.source}",
        after={
            "body": roster.body.label, "starts_on": row.starts_on.isoformat(), "members": row.member_count,
            "names": [member.name.strip() for member in roster.members], "group": row.group_name, "source": row.source,
            "households": row.household_count or 0, "women": row.women_count or 0,
        },
    )  # fmt: skip
    return row


def _check(village: Village, roster: NewRoster) -> None:
    if not roster.source.strip():
        raise InputError("请写明这份名册的依据，例如“2026年3月5日各组推选”。", "source")
    names = [member.name.strip() for member in roster.members]
    if any(not name for name in names):
        raise InputError("有一行没有姓名，请补上或删掉这一行。", "members")
    if long := [name for name in names if len(name) > LONGEST_NAME]:
        raise InputError(f"姓名最多 {LONGEST_NAME} 个字，“{long[0][:12]}…”太长，请核对是不是粘到了一行里。", "members")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"{'、'.join(twice)}写了两次；是同名的两个人，请写明，例如“{twice[0]}（二组）”。", "members")
    count = len(names) or roster.member_count
    if not 1 <= count <= LARGEST:
        raise InputError("请粘贴名单，或者填写人数。", "member_count")
    _check_parts(roster, count)
    if roster.starts_on > clock.today():
        raise DayUnfit("名册从哪一天起算，不能是以后的日子。", "starts_on")
    known = find_roster(village.id, roster.body, date.max, group_name=roster.group_name)
    if known is not None and known.starts_on > roster.starts_on:
        raise DayUnfit(f"已经有{_day(known.starts_on)}起的名册，新名册不能更早。", "starts_on")


def _check_parts(roster: NewRoster, count: int) -> None:
    """How many women and households: never negative, and no more women than members."""
    women = sum(member.is_woman for member in roster.members) or roster.women_count or 0
    if not 0 <= women <= count:
        raise InputError(f"妇女 {women} 人，名册共 {count} 人，请核对。", "women_count")
    if (roster.household_count or 0) < 0 or any(member.household_count < 0 for member in roster.members):
        raise InputError("户数不能是负数。", "household_count")


def _households(roster: NewRoster) -> int | None:
    """Nobody counted is nobody known: a named roster without households holds no number of them."""
    return roster.household_count or sum(member.household_count for member in roster.members) or None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
