"""The frozen content of an announcement of a matter as typed, masked data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_open.core.privacy import masked
from village_open.notices.sheets.frame import Frame, read_day, read_frame

UNKNOWN = -1
"""A count that the village's paper does not say."""


@dataclass(frozen=True)
class CalledMeeting:
    """A meeting that is announced before it is held."""

    body: str
    on: date
    place: str
    convener: str
    noticed_on: date | None
    is_urgent: bool


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting with what was counted, and the arithmetic in words."""

    step: str
    body: str
    on: date
    due: int
    present: int
    agree: int
    oppose: int
    abstain: int
    outcome: str
    words: str
    basis: str
    township_witness: str
    recused_names: str


@dataclass(frozen=True)
class Event:
    """A step of the tender or of carrying out."""

    label: str
    on: date
    until: date | None
    party: str
    amount_fen: int
    people: str
    note: str


@dataclass(frozen=True)
class Payment:
    """A payment of the ledger for the matter."""

    on: date
    payee: str
    amount_fen: int


@dataclass(frozen=True)
class Money:
    """Planned, contracted, accepted and paid, side by side."""

    planned_fen: int
    contracted_fen: int
    accepted_fen: int
    paid_fen: int


@dataclass(frozen=True)
class AffairsContent(Frame):
    """Everything that the sheet of an announcement prints."""

    kind: str
    reference: str
    title: str
    type: str
    procedure: str
    origin: str
    group: str
    basis: str
    collective_item: str
    acts_for_collective: bool
    version: int
    text: str
    amount_fen: int
    note: str
    called: tuple[CalledMeeting, ...]
    meetings: tuple[HeldMeeting, ...]
    events: tuple[Event, ...]
    payments: tuple[Payment, ...]
    money: Money | None

    @property
    def subject(self) -> str:
        """What the title says between place and kind."""
        return f"“{self.title}”"

    @property
    def head_middle(self) -> str:
        """What stands in the middle of the line under the title."""
        return f"事项编号：{self.reference}"


def read_affairs(content: Mapping[str, Any]) -> AffairsContent:
    """Read canonical content of an announcement, and mask what no wall may carry."""
    told, matter = content["announcement"], content["announcement"]["matter"]
    open_text = ("title", "type", "procedure", "origin", "group", "basis", "collective_item", "text")
    texts: dict[str, Any] = {name: masked(matter[name]) for name in open_text}
    return AffairsContent(
        **read_frame(content),
        kind=told["kind"],
        reference=matter["reference"],
        **texts,
        acts_for_collective=matter["acts_for_collective"],
        version=matter["version"],
        amount_fen=matter["amount_fen"],
        note=masked(told["note"]),
        called=tuple(_called(row) for row in told["called"]),
        meetings=tuple(_held(row) for row in told["meetings"]),
        events=tuple(_event(row) for row in told["events"]),
        payments=tuple(
            Payment(date.fromisoformat(row["on"]), masked(row["payee"]), row["amount_fen"]) for row in told["payments"]
        ),
        money=Money(**told["money"]) if told["money"] else None,
    )


def _called(row: Mapping[str, Any]) -> CalledMeeting:
    return CalledMeeting(
        body=row["body"],
        on=date.fromisoformat(row["on"]),
        place=masked(row["place"]),
        convener=masked(row["convener"]),
        noticed_on=read_day(row["noticed_on"]),
        is_urgent=row["is_urgent"],
    )


def _held(row: Mapping[str, Any]) -> HeldMeeting:
    counts = {name: row[name] for name in ("due", "present", "agree", "oppose", "abstain")}
    return HeldMeeting(
        step=row["step"],
        body=row["body"],
        on=date.fromisoformat(row["on"]),
        outcome=row["outcome_label"],
        words=row["words"],
        basis=row["basis"],
        township_witness=masked(row["township_witness"]),
        recused_names=masked(row["recused_names"]),
        **counts,
    )


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        label=row["label"],
        on=date.fromisoformat(row["on"]),
        until=read_day(row["until"]),
        party=masked(row["party"]),
        amount_fen=row["amount_fen"],
        people=masked(row["people"]),
        note=masked(row["note"]),
    )
