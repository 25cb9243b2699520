"""How what a group said is written on a sheet: who decided what, and what stands against a line; pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from village_open.core import clock
from village_open.core.privacy import masked
from village_open.reviews.rules import WHOLE, GroupMember
from village_open.reviews.summary import ItemSummary, ReviewSummary
from village_open.villages.rules import GROUP_WORDS

UNSIGNED = "未签署"
ASIDE = "回避"


def group_signers(
    summary: ReviewSummary, numbers: Mapping[str, int], in_both: Collection[int] = ()
) -> Iterator[dict[str, str]]:
    """Yield every member of a group with the decision, also who stepped aside and who has not signed.

    `numbers` gives the number on the sheet of each line by its item key, `in_both` who sits in the other group too.
    """
    signed = {row.person_id: row for row in summary.signatures}
    aside = {row.person_id: row for row in summary.recusals if row.item_key == WHOLE}
    for member in summary.members:
        decision, note, at = UNSIGNED, "", None
        if member.id in aside:
            decision, note = ASIDE, aside[member.id].reason
        elif member.id in signed:
            row = signed[member.id]
            decision, note, at = row.decision.label, row.note, row.at
        yield {
            "slot": _seat(summary.group_kind, member, in_both),
            "name": member.name,
            "decision": decision,
            "note": masked("；".join(filter(None, (note, _aside_from_lines(summary, member.id, numbers))))),
            "on": _day(at),
        }


def _seat(group_kind: str, member: GroupMember, in_both: Collection[int]) -> str:
    """Name a member's seat; whoever has one in the other group too is seen as such: one hand signs twice."""
    (other,) = GROUP_WORDS.keys() - {group_kind}
    also = f"（兼{GROUP_WORDS[other]}）" if member.id in in_both else ""
    return f"{GROUP_WORDS[group_kind]}{'组长' if member.is_leader else '成员'}{also}"


def _aside_from_lines(summary: ReviewSummary, person_id: int, numbers: Mapping[str, int]) -> str:
    rows = [row for row in summary.recusals if row.person_id == person_id and row.item_key in numbers]
    return "；".join(f"第{numbers[row.item_key]}笔回避（{row.reason}）" for row in rows)


def _day(at: datetime | None) -> str:
    return clock.china_day(at).isoformat() if at else ""


def line_notes(summary: ReviewSummary | None, key: str) -> Mapping[str, str]:
    """Return a line's standing mark, the objection behind it and the clerk's last answer."""
    item = summary.item(key) if summary else ItemSummary(key)
    return {
        "mark": item.verdict.value if item.verdict else "",
        "objection": item.objection,
        "answer": item.reply,
    }
