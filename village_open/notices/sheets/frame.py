"""What every sheet carries around its content: place, signers, the check for secrets, the days on the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_open.core.periods import Period
from village_open.core.privacy import masked

_APPROVALS = frozenset({"同意", "通过"})
_NOT_TAKEN = frozenset({"回避", "未签署"})


@dataclass(frozen=True)
class Signer:
    """Who signed in which place, and what they decided."""

    slot: str
    name: str
    decision: str
    note: str
    on: date | None

    @property
    def seat(self) -> str:
        """The place alone."""
        return self.slot.partition("（")[0]

    @property
    def also(self) -> str:
        """Where else this person sits: 兼民主理财小组; mostly nowhere."""
        return self.slot.partition("（")[2].removesuffix("）")

    @property
    def dissents(self) -> bool:
        """Whether the decision is neither a plain approval nor a seat left empty."""
        return self.decision not in _APPROVALS | _NOT_TAKEN


@dataclass(frozen=True)
class SignOff:
    """A body or person who confirmed something, when, and what they remarked."""

    by: str
    on: date | None
    note: str = ""


@dataclass(frozen=True)
class Posting:
    """The planned days on the board, and how a villager may object."""

    from_on: date | None
    to_on: date | None
    explained: str
    phone: str
    how: str
    until: date | None


@dataclass(frozen=True)
class Frame:
    """What every sheet has, whatever it tells."""

    number: str
    county: str
    place: str
    period: Period
    prepared_by: str
    signers: tuple[Signer, ...]
    slots: Mapping[str, tuple[str, ...]]
    """Where each kind of sheet is signed in ink and sealed."""
    confirmed: SignOff
    privacy_check: SignOff
    posting: Posting
    issued_on: date | None

    @property
    def subject(self) -> str:
        """What the title says between place and kind."""
        return self.period.label

    @property
    def head_middle(self) -> str:
        """What stands in the middle of the line under the title."""
        return f"期间：{self.period.label}"


def read_frame(content: Mapping[str, Any]) -> dict[str, Any]:
    """Read what every sheet has from canonical content, and mask what no wall may carry."""
    confirmed, privacy_check = content["confirmed"], content["privacy_check"]
    return {
        "number": content["number"],
        "county": content["county"],
        "place": content["township"]["name"] + content["village"]["name"],
        "period": Period.parse(content["period"]),
        "prepared_by": content["prepared_by"],
        "signers": tuple(_signer(row) for row in content["signers"]),
        "slots": {kind: tuple(slots) for kind, slots in content["slots"].items()},
        "confirmed": SignOff(confirmed["body"], read_day(confirmed["on"]), masked(confirmed["note"])),
        "privacy_check": SignOff(privacy_check["by"], read_day(privacy_check["on"])),
        "posting": _posting(content),
        "issued_on": read_day(content["issued_on"]),
    }


def _posting(content: Mapping[str, Any]) -> Posting:
    """Phone and way to object are the office's own, meant to be read: they are not masked."""
    posting, objection = content["posting"], content["objection"]
    return Posting(
        from_on=read_day(posting["from"]),
        to_on=read_day(posting["to"]),
        explained=posting["explained"],
        phone=content["supervision_phone"],
        how=objection["how"],
        until=read_day(objection["until"]),
    )


def read_day(text: str) -> date | None:
    """Read a frozen day; an empty one is none."""
    return date.fromisoformat(text) if text else None


def _signer(row: Mapping[str, Any]) -> Signer:
    return Signer(row["slot"], row["name"], row["decision"], masked(row["note"]), read_day(row["on"]))
