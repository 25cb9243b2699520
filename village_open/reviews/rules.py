"""How a group speaks with one voice: verdicts, quorum, leader, recusal; pure, integers only.

A signature with 保留意见 or 不同意 is a signature; only 同意 and 保留意见 consent. A review passes when more than half
of the members who have not stepped aside consent and the leader is among those who signed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WHOLE = ""
"""The item key that stands for the whole thing."""


class Verdict(StrEnum):
    """What a reviewer says of one line."""

    PASSED = "passed"
    QUERIED = "queried"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"passed": "通过", "queried": "疑问", "rejected": "不予认可"}[self.value]

    @property
    def severity(self) -> int:
        """How grave it is; the gravest of a group's verdicts stands."""
        return list(Verdict).index(self)


class Decision(StrEnum):
    """What a signer decides of the whole."""

    AGREE = "agree"
    RESERVE = "reserve"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"agree": "同意", "reserve": "保留意见", "refuse": "不同意"}[self.value]

    @property
    def consents(self) -> bool:
        """Whether it counts towards the majority."""
        return self is not Decision.REFUSE


class Outcome(StrEnum):
    """How a review stands or ended."""

    OPEN = ""
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class GroupMember:
    """One member of the group on the day that counts."""

    id: int
    name: str
    is_leader: bool = False
    has_login: bool = True


@dataclass(frozen=True)
class Mark:
    """One member's word on one item."""

    person_id: int
    person_name: str
    verdict: Verdict
    reason: str = ""
    at: datetime | None = None
    id: int = 0
    """Its place in the order of marking."""


@dataclass(frozen=True)
class NewMark:
    """What a member is about to say of one item."""

    item_key: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class SteppedAside:
    """A member who does not look at one item, or at the whole; a leader names who leads instead."""

    person_id: int
    person_name: str
    item_key: str = WHOLE
    reason: str = ""
    replaced_by_id: int | None = None
    replaced_by_name: str = ""


@dataclass(frozen=True)
class Signed:
    """One member's signature on the whole."""

    person_id: int
    person_name: str
    decision: Decision
    note: str = ""
    is_leader: bool = False
    at: datetime | None = None
    paper_sha256: str = ""
    confirmed_by_name: str = ""


@dataclass(frozen=True)
class Quorum:
    """The arithmetic of one vote: integers, and the same in words."""

    members: int
    recused: int
    signed: int
    reserved: int
    refused: int
    leader_name: str = ""
    leader_signed: bool = False

    @property
    def due(self) -> int:
        """How many may sign."""
        return self.members - self.recused

    @property
    def majority(self) -> int:
        """The smallest number that is more than half of those who may sign."""
        return self.due // 2 + 1

    @property
    def consenting(self) -> int:
        """How many signed 同意 or 保留意见."""
        return self.signed - self.refused

    @property
    def holds(self) -> bool:
        """Whether the vote has passed."""
        return self.due > 0 and self.consenting >= self.majority and self.leader_signed

    @property
    def is_lost(self) -> bool:
        """Whether so many refused that no majority can come about any more."""
        return self.due - self.refused < self.majority

    @property
    def words(self) -> str:
        """The arithmetic as a sentence: `5 名成员，1 人回避，应签 4 人，过半数为 3 人；已签 3 人，含组长，通过`."""
        aside = f"{self.recused} 人回避" if self.recused else "无人回避"
        if self.due <= 0:
            return f"{self.members} 名成员，{aside}，没有人可以签署，须另行推选成员"
        head = f"{self.members} 名成员，{aside}，应签 {self.due} 人，过半数为 {self.majority} 人"
        return f"{head}；{'，'.join(self._said())}"

    def _said(self) -> Iterable[str]:
        yield f"已签 {self.signed} 人" if self.signed else "还没有人签"
        kinds = [(self.reserved, "保留意见"), (self.refused, "不同意")]
        if told := "、".join(f"{word} {count} 人" for count, word in kinds if count):
            yield f"其中{told}"
        if self.leader_signed:
            yield "含组长"
        if self.holds:
            yield "通过"
        elif self.is_lost:
            yield "同意的不能过半数，不通过"
        else:
            yield from self._missing()

    def _missing(self) -> Iterable[str]:
        if (short := self.majority - self.consenting) > 0:
            yield f"还差 {short} 人同意"
        if not self.leader_signed:
            yield f"组长{self.leader_name}还没有签" if self.leader_name else "小组还没有组长"


def standing_verdict(marks: Sequence[Mark]) -> Verdict | None:
    """Return the gravest of the members' latest marks (the sequence is the order of marking), or None without one."""
    latest = {mark.person_id: mark.verdict for mark in marks}
    return max(latest.values(), key=lambda verdict: verdict.severity, default=None)


def latest_mark(marks: Sequence[Mark], person_id: int) -> Mark | None:
    """Return what one member said last."""
    return next((mark for mark in reversed(marks) if mark.person_id == person_id), None)


def is_settled(verdict: Verdict | None) -> bool:
    """Tell whether an item needs no further word: a query is settled by its author's later 通过 or 不予认可."""
    return verdict in (Verdict.PASSED, Verdict.REJECTED)


def aside_ids(recusals: Iterable[SteppedAside], item_key: str = WHOLE) -> frozenset[int]:
    """Return who stepped aside from an item: those of the whole, and those of the item."""
    return frozenset(row.person_id for row in recusals if row.item_key in (WHOLE, item_key))


def leader_of(
    members: Sequence[GroupMember], recusals: Sequence[SteppedAside], item_key: str = WHOLE
) -> GroupMember | None:
    """Return who leads on an item: the leader, or whom the group chose when the leader stepped aside."""
    by_id = {member.id: member for member in members}
    aside = {row.person_id: row for row in recusals if row.item_key == item_key} | {
        row.person_id: row for row in recusals if row.item_key == WHOLE
    }
    leads = next((member for member in members if member.is_leader), None)
    for _ in members:
        if leads is None or leads.id not in aside:
            return leads
        leads = by_id.get(aside[leads.id].replaced_by_id or 0)
    return None


def quorum(
    members: Sequence[GroupMember],
    recusals: Sequence[SteppedAside],
    signatures: Iterable[Signed],
    item_key: str = WHOLE,
) -> Quorum:
    """Count the vote on the whole, or on one item without those who stepped aside from it.

    Only signatures of present members count; one whose term ended stays in the history and is not counted.
    """
    aside = aside_ids(recusals, item_key)
    due = {member.id for member in members} - aside
    counted = [row for row in signatures if row.person_id in due]
    leader = leader_of(members, recusals, item_key)
    return Quorum(
        members=len(members),
        recused=len(members) - len(due),
        signed=len(counted),
        reserved=sum(row.decision is Decision.RESERVE for row in counted),
        refused=sum(row.decision is Decision.REFUSE for row in counted),
        leader_name=leader.name if leader else "",
        leader_signed=leader is not None and leader.id in {row.person_id for row in counted},
    )


def outcome_of(quorums: Sequence[Quorum]) -> Outcome:
    """Return how the votes on the whole and on every item with a recusal stand together."""
    if any(vote.is_lost for vote in quorums):
        return Outcome.REFUSED
    return Outcome.SIGNED if all(vote.holds for vote in quorums) else Outcome.OPEN


def confirmers(
    members: Iterable[GroupMember], recusals: Iterable[SteppedAside], *, signer_id: int, uploader_id: int
) -> tuple[GroupMember, ...]:
    """Return the members with an account who may confirm a paper signature: never the signer, never the uploader."""
    barred = {signer_id, uploader_id} | aside_ids(recusals)
    return tuple(member for member in members if member.has_login and member.id not in barred)
