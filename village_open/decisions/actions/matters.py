"""Opening a matter, changing what is proposed, giving it up."""

from dataclasses import dataclass

from village_open.core import clock
from village_open.core.errors import InputError
from village_open.core.money import format_fen
from village_open.db import db, hold_lock
from village_open.decisions.errors import (
    CollectiveDecides,
    ItemUnfit,
    MatterClosed,
    ReasonMissing,
    TextCalled,
    TextVoted,
)
from village_open.decisions.models import Matter, MatterText, Origin
from village_open.decisions.queries import done_steps, list_meetings, next_seq
from village_open.decisions.rules.bodies import ACTING_BODIES, Purpose
from village_open.decisions.rules.matters import (
    DECIDE,
    CollectiveItemMissing,
    MatterType,
    Procedure,
    in_hanzi,
    matter_types,
    procedures,
)
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Village

COLLECTIVE = "collective"
LAND_PURPOSES = (Purpose.LAND_OUTSIDE, Purpose.LAND_PLAN)


@dataclass(frozen=True)
class NewMatter:
    """A matter as it is entered."""

    title: str
    type_key: str
    procedure_key: str
    origin: Origin
    text: str
    amount_fen: int | None = None
    purpose: Purpose = Purpose.ORDINARY
    acts_for_collective: bool = False
    collective_item: int | None = None
    group_name: str = ""


def open_matter(*, by: Doer, village: Village, matter: NewMatter) -> Matter:
    """Enter a matter with the first version of what is proposed; it gets the village's next number of the year.

    Raises:
        InputError: title, text or amount cannot be.
        CollectiveItemMissing: the economic organisation decides and nobody said under which item of article 26.
        CollectiveDecides: it is the organisation's to decide, and the villagers would.
        ItemUnfit: the kind of matter does not fall under that item.
    """
    kind = matter_types()[matter.type_key]
    procedure = procedures()[kind.procedure or matter.procedure_key]
    purpose = matter.purpose or kind.purpose or procedure.purpose
    _check(matter, procedure)
    _check_collective(matter, kind, procedure, purpose)
    year = clock.today().year
    hold_lock(f"matter:{village.code}:{year}")
    row = Matter(
        village_id=village.id, year=year, seq=next_seq(village.id, year), title=matter.title.strip(),
        type_key=matter.type_key, procedure_key=procedure.key, purpose=purpose.value, origin=matter.origin.value,
        acts_for_collective=matter.acts_for_collective, collective_item=matter.collective_item,
        group_name=matter.group_name.strip(), amount_fen=matter.amount_fen, step=procedure.steps[0].key,
        entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _add_text(row, by, matter.text, matter.amount_fen)
    record_deed(
        chain=village.code, kind="decisions.open_matter", by=by,
        said=f"提出了事项 {row.reference}“{row.title}”{_amount_words(row.amount_fen)}，按{row.procedure.label}办理",
        after={
            "matter": row.reference, "name": row.title, "type": row.type.label, "procedure": row.procedure.label,
            "amount_fen": row.amount_fen or 0, "text": matter.text.strip(), "origin": matter.origin.label,
            "purpose": row.voted_as.label, "acts_for_collective": row.acts_for_collective,
            "collective_item": row.collective_item or 0, "group": row.group_name,
        },
    )  # fmt: skip
    return row


def _check(matter: NewMatter, procedure: Procedure) -> None:
    if not matter.title.strip():
        raise InputError("请写事项名称，例如“修缮三组道路”。", "title")
    if not matter.text.strip():
        raise InputError("请写拟办什么：做什么、花多少、谁来做、什么时候。", "text")
    if matter.amount_fen is not None and matter.amount_fen <= 0:
        raise InputError("金额要大于 0；不花钱的事项请留空。", "amount_fen")
    if procedure.key == "group" and not matter.group_name.strip():
        raise InputError("请选是哪个村民小组。", "group_name")


def _check_collective(matter: NewMatter, kind: MatterType, procedure: Procedure, purpose: Purpose) -> None:
    """The land contract law lets villagers decide on land by their own large majority; all else goes by its owner."""
    of_collective = procedure.key == COLLECTIVE or matter.acts_for_collective
    by_villagers = bool(set(procedure.step(DECIDE).bodies) & set(ACTING_BODIES))
    if kind.is_collective and by_villagers and not of_collective and purpose not in LAND_PURPOSES:
        raise CollectiveDecides(kind.label)
    if of_collective and matter.collective_item is None:
        raise CollectiveItemMissing
    if matter.collective_item is not None and matter.collective_item not in kind.collective_items:
        raise ItemUnfit(kind.label, "、".join(f"第{in_hanzi(item)}项" for item in kind.collective_items))


def revise_text(*, by: Doer, matter: Matter, text: str, amount_fen: int | None) -> MatterText:
    """Change what is proposed: a new version, the earlier ones stay; votes belong to the version they were cast on.

    Raises:
        MatterClosed: it was given up, or is done.
        TextVoted: the deciding body has passed it.
        TextCalled: a meeting is called for the text that holds now.
        InputError: text or amount cannot be.
    """
    require_open(matter)
    meetings = list_meetings(matter)
    if any(meeting.has_passed and meeting.step_key == DECIDE for meeting in meetings):
        raise TextVoted
    if any(meeting.is_awaited for meeting in meetings):
        raise TextCalled(matter.text_version)
    if not text.strip():
        raise InputError("请写拟办什么：做什么、花多少、谁来做、什么时候。", "text")
    if amount_fen is not None and amount_fen <= 0:
        raise InputError("金额要大于 0；不花钱的事项请留空。", "amount_fen")
    before = matter.amount_fen
    matter.text_version += 1
    matter.amount_fen = amount_fen
    row = _add_text(matter, by, text, amount_fen)
    record_deed(
        chain=matter.village.code, kind="decisions.revise_text", by=by,
        said=f"把事项 {matter.reference}“{matter.title}”的方案改为第 {row.version} 稿{_amount_words(amount_fen)}",
        before={"amount_fen": before or 0},
        after={"version": row.version, "text": row.text, "amount_fen": amount_fen or 0},
    )  # fmt: skip
    return row


def withdraw_matter(*, by: Doer, matter: Matter, reason: str) -> None:
    """Give a matter up; everything about it stays.

    Raises:
        ReasonMissing: without a reason.
        MatterClosed: it was given up, or is done.
    """
    if not reason.strip():
        raise ReasonMissing
    require_open(matter)
    matter.withdrawn_reason = reason.strip()
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.withdraw_matter", by=by,
        said=f"终止了事项 {matter.reference}“{matter.title}”，理由：{reason.strip()}",
        before={"step": matter.step_due.label if matter.step_due else ""}, after={"reason": reason.strip()},
    )  # fmt: skip


def require_open(matter: Matter) -> None:
    """Hold that a matter may still be worked on, and keep others from working on it meanwhile.

    Raises:
        MatterClosed: it was given up, or is done.
    """
    hold_lock(f"matter:{matter.id}")
    db.session.refresh(matter, ["step", "withdrawn_reason", "text_version", "version_id"])
    if matter.is_withdrawn or not matter.step:
        raise MatterClosed


def advance(matter: Matter, done_step: str) -> None:
    """Move a matter on when the step that was due is done; a step done later again moves nothing."""
    if matter.step == done_step:
        matter.step = matter.procedure.next_after(done_step)
        db.session.flush()


def settle_steps(matter: Matter) -> None:
    """Move a matter past everything that is done after its vote, in whatever order it was done.

    The work may be accepted before the township has issued the resolution, and a failed vote may be made public after a
    later one has passed: only what was decided and published counts.
    """
    done = done_steps(matter)
    while matter.step in done:
        advance(matter, matter.step)


def _add_text(matter: Matter, by: Doer, text: str, amount_fen: int | None) -> MatterText:
    row = MatterText(
        matter_id=matter.id, version=matter.text_version or 1, text=text.strip(), amount_fen=amount_fen,
        person_id=by.id, person_name=by.name,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _amount_words(fen: int | None) -> str:
    return f"，金额 {format_fen(fen)} 元" if fen else ""
