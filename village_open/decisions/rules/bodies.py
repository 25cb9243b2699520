"""Which body decides by which quorum and majority, each with its article (`data/bodies.json`)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from village_open.decisions.rules.shares import Share

_DATA = Path(__file__).parents[1] / "data" / "bodies.json"
ACTING_BASIS = "农村集体经济组织法第64条：代行集体经济组织职能的，依照该法的规定"


class Body(StrEnum):
    """Who meets."""

    PARTY_BRANCH = "party_branch"
    TWO_COMMITTEES = "two_committees"
    JOINT_MEETING = "joint_meeting"
    PARTY_ASSEMBLY = "party_assembly"
    VILLAGER_ASSEMBLY = "villager_assembly"
    REPRESENTATIVE_ASSEMBLY = "representative_assembly"
    GROUP_ASSEMBLY = "group_assembly"
    MEMBER_ASSEMBLY = "member_assembly"
    MEMBER_REPRESENTATIVES = "member_representatives"
    BOARD = "board"
    DELIBERATION = "deliberation"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return str(_read()["bodies"][self.value]["label"])

    @property
    def member_word(self) -> str:
        """Who counts as a member of it."""
        return str(_read()["bodies"][self.value]["member"])


class Purpose(StrEnum):
    """What is decided, where the law asks for more than of an ordinary matter."""

    ORDINARY = ""
    RECALL = "recall"
    SUPERVISION_ELECTION = "supervision_election"
    APPRAISAL = "appraisal"
    MEMBER_RIGHTS = "member_rights"
    LAND_OUTSIDE = "land_outside"
    LAND_PLAN = "land_plan"
    LEVY = "levy"

    @property
    def label(self) -> str:
        """The Chinese word; an ordinary matter has none."""
        return str(_read()["purposes"][self.value]["label"]) if self.value else ""

    @property
    def approval_needed(self) -> str:
        """What a higher office must do after the vote, or nothing."""
        row = _read()["purposes"].get(self.value, {})
        return str(row.get("needs_township") or row.get("needs_county") or "")

    @property
    def only_bodies(self) -> tuple[Body, ...]:
        """The bodies that alone may vote on it; none: whichever the procedure names."""
        return tuple(map(Body, _read()["purposes"].get(self.value, {}).get("only", ())))


@dataclass(frozen=True)
class Condition:
    """A share of one kind of people: `members`, `households`, `women`."""

    of: str
    share: Share


@dataclass(frozen=True)
class BodyRule:
    """How one body decides one kind of matter at one place."""

    body: Body
    member_word: str
    quorum: tuple[tuple[Condition, ...], ...]
    """Alternatives: one of them must hold, each with all of its conditions; none at all: no quorum is asked."""
    majority_of: str
    """`present`: of those present; `all`: of all members."""
    majority: Share
    notice_days: int
    """So many days between notice and meeting; 0: nothing is fixed."""
    notice_basis: str
    may_be_urgent: bool
    callers: tuple[Condition, ...]
    """Who may have it called: one of these is enough."""
    basis: str
    is_law: bool


ACTING_BODIES = (Body.VILLAGER_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY, Body.GROUP_ASSEMBLY)
"""Who may act for the economic organisation: the village, or one of its groups (农村集体经济组织法 article 64)."""
_TWO_THIRDS = ["all", ">=2/3"]


def rule_of(
    body: Body, purpose: Purpose = Purpose.ORDINARY, *, place: str = "", acts_for_collective: bool = False
) -> BodyRule:
    """Return how a body decides.

    Args:
        body: who meets.
        purpose: what is decided, where the law asks for more.
        place: the jurisdiction of the township; some add days of notice or a quorum of women.
        acts_for_collective: the village committee acts for the economic organisation (代行): that law's majority of
            all members holds (农村集体经济组织法 article 64).
    """
    data = _read()
    row: dict[str, Any] = {**data["bodies"][body.value], **data["purposes"].get(purpose.value, {}).get(body.value, {})}
    local = data["places"].get(place, {})
    row |= local.get(body.value, {})
    row |= _of_purpose(local.get(purpose.value, {}), purpose, body)
    if acts_for_collective and body in ACTING_BODIES:
        row |= _acting(row, body, purpose)
    return _rule(body, row)


def _of_purpose(local: Mapping[str, Any], purpose: Purpose, body: Body) -> dict[str, Any]:
    """What a place asks for one purpose: of every body that votes on it, or of this one."""
    if any(key in local for key in Body):
        return dict(local.get(body.value, {}))
    return dict(local) if body in purpose.only_bodies else {}


def _acting(row: Mapping[str, Any], body: Body, purpose: Purpose) -> dict[str, Any]:
    """What changes where a village body stands in for one of the economic organisation (代行).

    Its majority of all members holds, or the larger one of its assembly for this purpose; the whole assembly is called
    ten days ahead, without the village law's exception for urgent cases.
    """
    whole = _read()["purposes"].get(purpose.value, {}).get(Body.MEMBER_ASSEMBLY.value, {})
    _, bound = whole.get("majority", _TWO_THIRDS)
    bases = filter(None, (row["basis"], whole.get("basis"), ACTING_BASIS))
    change = {"majority": ["all", _stricter(row["majority"], bound)], "basis": "；".join(bases)}
    if body is not Body.VILLAGER_ASSEMBLY:
        return change
    called = _read()["bodies"][Body.MEMBER_ASSEMBLY.value]
    return change | {
        "notice_days": max(row["notice_days"], called["notice_days"]), "may_be_urgent": False,
        "notice_basis": f"{called['notice_basis']}；{ACTING_BASIS}",
    }  # fmt: skip


def _stricter(majority: list[str], bound: str) -> str:
    of, share = majority
    one, other = Share.parse(share), Share.parse(bound)
    return share if of == "all" and one.over * other.under >= other.over * one.under else bound


def _rule(body: Body, row: Mapping[str, Any]) -> BodyRule:
    also = (_condition(row["also"]),) if "also" in row else ()
    of, share = row["majority"]
    basis = "；".join(filter(None, (row["basis"], row.get("also_basis", ""))))
    return BodyRule(
        body=body,
        member_word=row["member"],
        quorum=tuple(tuple(map(_condition, alternative)) + also for alternative in row["quorum"]),
        majority_of=of,
        majority=Share.parse(share),
        notice_days=row.get("notice_days", 0),
        notice_basis=row.get("notice_basis", ""),
        may_be_urgent=row.get("may_be_urgent", False),
        callers=tuple(map(_condition, row.get("callers", ()))),
        basis=basis,
        is_law=bool(row["law"]),
    )


def _condition(pair: list[str]) -> Condition:
    return Condition(pair[0], Share.parse(pair[1]))


def may_have_it_called(rule: BodyRule, of: str, part: int, whole: int) -> bool:
    """Tell whether so many villagers, representatives or voters may have the body called."""
    return any(caller.of == of and caller.share.is_met(part, whole) for caller in rule.callers)


def must_be_published(place: str, of: str, part: int, whole: int) -> bool:
    """Tell whether a joint request of so many villagers or representatives must be answered by publishing.

    The national law fixes no number; 山东, 四川, 重庆 and 海南 do (`data/bodies.json`, requests).
    """
    shares: Iterator[Condition] = map(_condition, _read()["requests"].get(place, {}).get("shares", ()))
    return any(condition.of == of and condition.share.is_met(part, whole) for condition in shares)


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return loaded
