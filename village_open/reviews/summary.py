"""What a group has said, summed up: plain frozen data for pages and sheets, no database."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from village_open.reviews.rules import (
    WHOLE,
    Decision,
    GroupMember,
    Mark,
    Outcome,
    Quorum,
    Signed,
    SteppedAside,
    Verdict,
    is_settled,
    latest_mark,
    leader_of,
    outcome_of,
    quorum,
    standing_verdict,
)


@dataclass(frozen=True)
class Answer:
    """What was answered to the marks of one item."""

    person_name: str
    text: str
    at: datetime
    mark_id: int
    """The latest mark that it answers."""


@dataclass(frozen=True)
class ItemSummary:
    """What was said of one item: all marks and answers in order, and the verdict that stands."""

    key: str
    marks: tuple[Mark, ...] = ()
    answers: tuple[Answer, ...] = ()
    recusals: tuple[SteppedAside, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The gravest of the members' latest marks."""
        return standing_verdict(self.marks)

    @property
    def is_settled(self) -> bool:
        """Whether no query is open and somebody marked it."""
        return is_settled(self.verdict)

    @property
    def is_answered(self) -> bool:
        """Whether an answer came after the latest objection."""
        objections = [mark.id for mark in self.marks if mark.verdict is not Verdict.PASSED]
        return bool(objections and self.answers) and self.answers[-1].mark_id >= objections[-1]

    def awaits_answer_to(self, person_id: int) -> bool:
        """Tell whether a member's own objection stands and was not answered: they may not call it passed yet."""
        own = latest_mark(self.marks, person_id)
        if own is None or own.verdict is Verdict.PASSED:
            return False
        return not any(answer.mark_id >= own.id for answer in self.answers)

    @property
    def objection(self) -> str:
        """The reasons of the marks that make the verdict stand, as they print."""
        latest = {mark.person_id: mark for mark in self.marks}.values()
        if self.verdict in (None, Verdict.PASSED):
            return ""
        return "；".join(mark.reason for mark in latest if mark.verdict is self.verdict)

    @property
    def reply(self) -> str:
        """The last answer to an objection that stands, as it prints."""
        return self.answers[-1].text if self.answers and self.objection else ""


@dataclass(frozen=True)
class ReviewSummary:
    """Everything a group has said, as pages and sheets show it; plain data."""

    review_id: int
    group_kind: str
    content_sha256: str
    ended: Outcome
    members: tuple[GroupMember, ...]
    items: tuple[ItemSummary, ...]
    recusals: tuple[SteppedAside, ...]
    signatures: tuple[Signed, ...]

    @cached_property
    def quorum(self) -> Quorum:
        """The vote on the whole."""
        return quorum(self.members, self.recusals, self.signatures)

    @cached_property
    def item_quorums(self) -> dict[str, Quorum]:
        """The votes on the items from which somebody stepped aside."""
        keys = dict.fromkeys(row.item_key for row in self.recusals if row.item_key != WHOLE)
        return {key: quorum(self.members, self.recusals, self.signatures, key) for key in keys}

    @property
    def outcome(self) -> Outcome:
        """How the review ended, or would end now."""
        return self.ended or outcome_of([self.quorum, *self.item_quorums.values()])

    @property
    def is_complete(self) -> bool:
        """Whether the group has signed."""
        return self.outcome is Outcome.SIGNED

    @property
    def leader(self) -> GroupMember | None:
        """Who leads on the whole."""
        return leader_of(self.members, self.recusals)

    @property
    def has_marks(self) -> bool:
        """Whether any member has marked any item."""
        return any(item.marks for item in self.items)

    @property
    def open_queries(self) -> tuple[ItemSummary, ...]:
        """The items whose query still stands."""
        return tuple(item for item in self.items if item.verdict is Verdict.QUERIED)

    @property
    def rejected(self) -> tuple[ItemSummary, ...]:
        """The items that the group does not acknowledge."""
        return tuple(item for item in self.items if item.verdict is Verdict.REJECTED)

    @property
    def unmarked(self) -> tuple[ItemSummary, ...]:
        """The items nobody has marked, of those asked for."""
        return tuple(item for item in self.items if item.verdict is None)

    @property
    def refusal_reason(self) -> str:
        """The reasons of those who refused, with their names."""
        refused = [row for row in self.signatures if row.decision is Decision.REFUSE]
        return "；".join(f"{row.person_name}：{row.note}" for row in refused)

    def item(self, key: str) -> ItemSummary:
        """Return one item; an item nobody spoke of is empty."""
        return next((item for item in self.items if item.key == key), ItemSummary(key))

    def signature_of(self, person_id: int) -> Signed | None:
        """Return a member's signature, or None."""
        return next((row for row in self.signatures if row.person_id == person_id), None)

    def recusal_of(self, person_id: int, item_key: str = WHOLE) -> SteppedAside | None:
        """Return a member's recusal from the whole or from one item, or None."""
        return next((row for row in self.recusals if (row.person_id, row.item_key) == (person_id, item_key)), None)
