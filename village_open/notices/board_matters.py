"""The sections of the board that nobody types: what the matters of a village say of a period."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from village_open.core.canonical import Plain
from village_open.core.periods import Period
from village_open.core.privacy import masked
from village_open.db import db
from village_open.decisions.models import EventKind, Matter, MatterEvent, Meeting
from village_open.decisions.queries import list_texts_of
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.matters import DECIDE

Table = dict[str, Plain]
TOGETHER = (
    Body.VILLAGER_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY, Body.MEMBER_ASSEMBLY, Body.MEMBER_REPRESENTATIVES,
)  # fmt: skip
"""Whose decisions section 三 tells, each in a table of its own."""
_ALWAYS = TOGETHER[:2]
"""The two tables that the section always has."""
_NOT_YET = "尚未实施"


@dataclass(frozen=True)
class MattersOfPeriod:
    """What was decided and contracted in a period; `latest` is how far each matter had come at its end."""

    decided: Sequence[tuple[Meeting, Matter]]
    happened: Sequence[tuple[MatterEvent, Matter]]
    latest: Mapping[int, str]
    texts: Mapping[tuple[int, int], str]

    @property
    def hands(self) -> frozenset[int]:
        """The ids of those who typed them."""
        meetings = {by for row, matter in self.decided for by in (row.entered_by_id, matter.entered_by_id)}
        events = {by for row, matter in self.happened for by in (row.entered_by_id, matter.entered_by_id)}
        return frozenset(meetings | events)


def read_matters(village_id: int, period: Period) -> MattersOfPeriod:
    """Read what the board of a period tells of a village's matters: four queries at most."""
    decided = db.session.execute(
        select(Meeting, Matter)
        .join(Matter, Matter.id == Meeting.matter_id)
        .where(Matter.village_id == village_id, Meeting.is_held, Meeting.struck_reason == "")
        .where(Meeting.step_key == DECIDE, Meeting.held_on.between(period.first_on, period.last_on))
        .order_by(Meeting.held_on, Meeting.id)
    )
    happened = db.session.execute(
        select(MatterEvent, Matter)
        .join(Matter, Matter.id == MatterEvent.matter_id)
        .where(MatterEvent.village_id == village_id, MatterEvent.struck_reason == "")
        .where(MatterEvent.kind.in_((EventKind.CONTRACT.value, EventKind.AWARD_NOTICE.value)))
        .where(MatterEvent.on.between(period.first_on, period.last_on))
        .order_by(MatterEvent.on, MatterEvent.id)
    )
    rows, events = [(row, matter) for row, matter in decided], [(row, matter) for row, matter in happened]
    matter_ids = {matter.id for _row, matter in rows}
    return MattersOfPeriod(rows, events, _latest(matter_ids, period.last_on), list_texts_of(matter_ids))


def _latest(matter_ids: Iterable[int], until: date) -> dict[int, str]:
    """Say how far each matter had come on a day: what is written down later moves no signed board."""
    query = select(MatterEvent).where(MatterEvent.matter_id.in_(list(matter_ids)), MatterEvent.struck_reason == "")
    rows = db.session.scalars(query.where(MatterEvent.on <= until).order_by(MatterEvent.on, MatterEvent.id))
    return {row.matter_id: f"{row.on.month}月{row.on.day}日{EventKind(row.kind).label}" for row in rows}


def tables_of_matters(item_key: str, found: MattersOfPeriod) -> list[Table]:
    """Return the tables of an item that comes from matters, with their heads where nothing of the kind happened."""
    build = _TABLES.get(item_key)
    return build(found) if build is not None else []


def _decisions(found: MattersOfPeriod) -> list[Table]:
    return [
        _table(body.value, body.label, ("日期 day", "事项", "表决结果", "实施情况"), rows)
        for body in TOGETHER
        if (rows := [_decision(found, row, matter) for row, matter in found.decided if row.body == body.value])
        or body in _ALWAYS
    ]


def _decision(found: MattersOfPeriod, row: Meeting, matter: Matter) -> list[Plain]:
    return [row.held_on.isoformat(), masked(matter.title), _result(row), found.latest.get(matter.id, _NOT_YET)]


def _levies(found: MattersOfPeriod) -> list[Table]:
    rows: list[list[Plain]] = [
        [masked(matter.title), masked(found.texts.get((matter.id, row.text_version), "")), _result(row),
         found.latest.get(matter.id, _NOT_YET)]
        for row, matter in found.decided
        if matter.voted_as is Purpose.LEVY
    ]  # fmt: skip
    return [_table("levies", "", ("事由", "方案", "村民代表会议表决情况", "落实情况"), rows)]


def _appraisals(found: MattersOfPeriod) -> list[Table]:
    rows: list[list[Plain]] = [
        [row.held_on.isoformat(), masked(matter.title), row.outcome_label, masked(row.minutes)]
        for row, matter in found.decided
        if matter.voted_as is Purpose.APPRAISAL
    ]
    return [_table("appraisals", "", ("日期 day", "评议对象", "结果", "评价档次"), rows)]


def _contracts(found: MattersOfPeriod) -> list[Table]:
    rows: list[list[Plain]] = [
        [row.on.isoformat(), masked(matter.title), masked(row.party), row.amount_fen or 0, masked(row.note)]
        for row, matter in found.happened
        if row.kind == EventKind.CONTRACT.value
    ]
    heads = ("签订日期 day", "项目", "承包人", "承包金额（元） money", "备注")
    return [_table("contracts", "本期签订的合同", heads, rows)] if rows else []


def _awards(found: MattersOfPeriod) -> list[Table]:
    rows: list[list[Plain]] = [
        [row.on.isoformat(), masked(matter.title), masked(row.party), row.amount_fen or 0]
        for row, matter in found.happened
        if row.kind == EventKind.AWARD_NOTICE.value
    ]
    return [_table("awards", "", ("中标公示 day", "项目", "中标人", "中标金额（元） money"), rows)]


def _result(row: Meeting) -> str:
    counts = (("同意", row.agree), ("反对", row.oppose), ("弃权", row.abstain))
    told = "、".join(f"{word} {count}" for word, count in counts if count is not None)
    return f"{row.outcome_label}（{told}）" if told else row.outcome_label


def _table(key: str, heading: str, heads: Sequence[str], rows: Sequence[list[Plain]]) -> Table:
    """Write a table as the registers do; a head may end with the kind of its column."""
    parts = [head.partition(" ") for head in heads]
    columns: list[Plain] = [
        {"key": f"{key}_{number}", "label": label, "kind": kind or "text", "hand_out": True}
        for number, (label, _blank, kind) in enumerate(parts)
    ]
    return {"key": key, "heading": heading, "columns": columns, "rows": [*rows], "totals": [], "remarks": []}


_TABLES: Mapping[str, Callable[[MattersOfPeriod], list[Table]]] = {
    "SW01": _decisions, "SW10": _levies, "SW07": _appraisals, "SW09": _contracts, "CW07": _awards,
}  # fmt: skip
