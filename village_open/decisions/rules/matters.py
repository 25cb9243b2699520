"""What a village decides on, by which steps, and which body may not decide it (`data/matters.json`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from village_open.core.errors import InputError, RuleForbids
from village_open.decisions.rules.bodies import Body, Purpose, rule_of

_DATA = Path(__file__).parents[1] / "data" / "matters.json"
RESERVED_BASIS = "农村集体经济组织法第28条"
ANNOUNCE, CARRY_OUT, ANNOUNCE_RESULT, DECIDE = "announce", "carry_out", "announce_result", "decide"


class BodyMayNotDecide(RuleForbids):
    """The law keeps the matter for the whole assembly; the message names the article and the item."""

    def __init__(self, body: Body, item: int) -> None:
        super().__init__(
            f"{body.label}不能决定“{collective_item_label(item)}”：这是农村集体经济组织法第26条第{in_hanzi(item)}项，"
            f"{RESERVED_BASIS}规定只能由成员大会决定。"
        )


class BodyUnfitForPurpose(RuleForbids):
    """The law names who votes on this, and it is somebody else."""

    def __init__(self, body: Body, purpose: Purpose) -> None:
        named = "、".join(one.label for one in purpose.only_bodies)
        bases = dict.fromkeys(rule_of(one, purpose).basis for one in purpose.only_bodies)
        super().__init__(f"{purpose.label}应当由{named}表决，{body.label}不能决定。依据：{'；'.join(bases)}。")


class CollectiveItemMissing(InputError):
    """A matter of the economic organisation without its item of article 26."""

    def __init__(self) -> None:
        super().__init__(
            "由集体经济组织决定（或者村委会代行）的事项，请选农村集体经济组织法第26条的哪一项。", "collective_item"
        )


@dataclass(frozen=True)
class MatterType:
    """One kind of matter."""

    key: str
    label: str
    collective_items: tuple[int, ...]
    """The items of 农村集体经济组织法 article 26 that it may fall under."""
    is_collective: bool
    """Whether it is always the economic organisation's to decide."""
    needs_tender: bool
    procedure: str
    """The procedure it always follows, or nothing: then the township's."""
    purpose: Purpose
    posting_days: int
    """So many days its resolution hangs at least; 0: as the profile says."""
    posting_basis: str
    basis: str


@dataclass(frozen=True)
class Step:
    """One step of a procedure; without bodies it is no meeting."""

    key: str
    label: str
    bodies: tuple[Body, ...]

    @property
    def is_meeting(self) -> bool:
        """Whether somebody meets."""
        return bool(self.bodies)


@dataclass(frozen=True)
class Procedure:
    """The steps that a matter runs through."""

    key: str
    label: str
    steps: tuple[Step, ...]
    purpose: Purpose = Purpose.ORDINARY
    """What the law calls the vote of every matter that runs through it."""

    def step(self, key: str) -> Step:
        """Return a step by its key.

        Raises:
            KeyError: the procedure has none of this key.
        """
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def has(self, key: str) -> bool:
        """Tell whether the procedure has a step."""
        return any(step.key == key for step in self.steps)

    def next_after(self, key: str) -> str:
        """Return the key of the step after one; empty after the last."""
        keys = [step.key for step in self.steps]
        following = keys[keys.index(key) + 1 :]
        return following[0] if following else ""


@cache
def matter_types() -> Mapping[str, MatterType]:
    """Return every kind of matter by its key, in the order of the lists."""
    return {key: _matter_type(key, row) for key, row in _read()["types"].items()}


def _matter_type(key: str, row: Mapping[str, Any]) -> MatterType:
    return MatterType(
        key=key,
        label=row["label"],
        collective_items=tuple(row["collective_items"]),
        is_collective=row.get("is_collective", False),
        needs_tender=row.get("needs_tender", False),
        procedure=row.get("procedure", ""),
        purpose=Purpose(row.get("purpose", "")),
        posting_days=row.get("posting_days", 0),
        posting_basis=row.get("posting_basis", ""),
        basis=row["basis"],
    )


@cache
def procedures() -> Mapping[str, Procedure]:
    """Return every procedure by its key."""
    return {
        key: Procedure(key, row["label"], tuple(map(_step, row["steps"])), Purpose(row.get("purpose", "")))
        for key, row in _read()["procedures"].items()
    }


def _step(row: Mapping[str, Any]) -> Step:
    return Step(row["key"], row["label"], tuple(Body(body) for body in row.get("bodies", ())))


def collective_item_label(item: int) -> str:
    """Return the words of an item of 农村集体经济组织法 article 26."""
    return str(_read()["collective_items"][str(item)])


def collective_items() -> Mapping[int, str]:
    """Return every item of 农村集体经济组织法 article 26 with its words."""
    return {int(item): label for item, label in _read()["collective_items"].items()}


def reserved_items() -> frozenset[int]:
    """Return the items of article 26 that only the whole assembly decides (article 28)."""
    return frozenset(_read()["reserved_items"])


def in_hanzi(number: int) -> str:
    """Write 1 to 13 as an article counts its items."""
    digits = "零一二三四五六七八九十"
    return digits[number] if number <= 10 else f"十{digits[number - 10]}"


def require_body_may_decide(
    body: Body, *, collective_item: int | None, acts_for_collective: bool, purpose: Purpose = Purpose.ORDINARY
) -> None:
    """Refuse a body that the law does not let decide a matter.

    Where the village committee acts for the economic organisation (代行), the assembly of representatives stands in for
    成员代表大会, and 村民会议 for 成员大会.

    Raises:
        BodyUnfitForPurpose: the law gives the vote to another body: a recall to the voters, rights of non-members to
            成员大会, a levy, an appraisal or the election of the oversight group to the village's two assemblies.
        CollectiveItemMissing: it is the organisation's matter and nobody said under which item it falls.
        BodyMayNotDecide: items 1, 3, 8, 10 and 12 belong to the whole assembly (农村集体经济组织法 article 28).
    """
    as_whole = Body.MEMBER_ASSEMBLY if acts_for_collective and body is Body.VILLAGER_ASSEMBLY else body
    if purpose.only_bodies and not {body, as_whole} & set(purpose.only_bodies):
        raise BodyUnfitForPurpose(body, purpose)
    stands_in = acts_for_collective and body is Body.REPRESENTATIVE_ASSEMBLY
    of_collective = body in (Body.MEMBER_ASSEMBLY, Body.MEMBER_REPRESENTATIVES)
    if not (of_collective or acts_for_collective):
        return
    if collective_item is None:
        raise CollectiveItemMissing
    if (stands_in or body is Body.MEMBER_REPRESENTATIVES) and collective_item in _read()["reserved_items"]:
        raise BodyMayNotDecide(body, collective_item)


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return loaded
