"""What of the catalogue is due in a village and a period, and how far it is; many villages in the same few queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from village_open.core.calendars import Calendar, Deadline
from village_open.core.periods import Period
from village_open.decisions.models import AnnouncementState
from village_open.notices.catalogue import FINANCE, Item, Source, due_of
from village_open.notices.models import ItemException
from village_open.notices.queries.catalogue import list_exceptions
from village_open.notices.queries.coverage import (
    Happenings,
    PutOnBoard,
    list_happenings,
    list_put_on_boards,
    list_with_money,
)
from village_open.registers.queries import count_rows_of


class ItemState(StrEnum):
    """How far an item is; the order is from what is worst to what is done."""

    MISSING = "missing"
    FILLED = "filled"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXAMINED = "examined"
    PUBLISHED = "published"
    NOTHING = "nothing"
    EXCEPTED = "excepted"
    RESTS = "rests"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "missing": "没有内容", "filled": "已填写，未公开", "draft": "起草中", "submitted": "待监督小组审查",
            "examined": "待镇里审核签发", "published": "已公开", "nothing": "已公开（本季无）",
            "excepted": "不适用", "rests": "本季不用公开",
        }[self.value]  # fmt: skip

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self in (ItemState.PUBLISHED, ItemState.NOTHING, ItemState.EXCEPTED, ItemState.RESTS)


_OF_STAGE = {
    AnnouncementState.DRAFT.value: ItemState.DRAFT, AnnouncementState.SUBMITTED.value: ItemState.SUBMITTED,
    AnnouncementState.EXAMINED.value: ItemState.EXAMINED, AnnouncementState.ISSUED.value: ItemState.PUBLISHED,
}  # fmt: skip


@dataclass(frozen=True)
class ItemLine:
    """One item of the catalogue for one village and period."""

    item: Item
    state: ItemState
    due: Deadline | None
    late_days: int = 0
    rows: int = 0
    """How many rows of registers, or matters, there are."""
    put: PutOnBoard | None = None
    """On which board it stands."""
    reason: str = ""
    """Why it does not apply."""

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is not public."""
        return self.late_days > 0

    @property
    def may_be_chosen(self) -> bool:
        """Whether the clerk may put it on a board now."""
        is_here = self.state in (ItemState.MISSING, ItemState.FILLED, ItemState.DRAFT, ItemState.RESTS)
        return self.item.source is not Source.FINANCE and is_here


@dataclass(frozen=True)
class Facts:
    """What is known of some villages in a period, each thing in one query."""

    put: Mapping[tuple[int, str], PutOnBoard]
    exceptions: Mapping[tuple[int, str], ItemException]
    rows: Mapping[tuple[int, str], int]
    happenings: Mapping[tuple[int, str], Happenings]
    with_money: Collection[int] = field(default_factory=frozenset)


def read_facts(village_ids: Collection[int], period: Period) -> Facts:
    """Read what is known of some villages: six queries, however many villages and items."""
    return Facts(
        put=list_put_on_boards(village_ids, period),
        exceptions=list_exceptions(village_ids, period),
        rows=count_rows_of(village_ids, period.code),
        happenings=list_happenings(village_ids, period),
        with_money=list_with_money(village_ids, period),
    )


@dataclass(frozen=True)
class Due:
    """By what deadlines are reckoned in a township and period."""

    period: Period
    publication: Deadline
    calendar: Calendar
    today: date


def lines_of(village_id: int, items: Sequence[Item], facts: Facts, due: Due) -> tuple[ItemLine, ...]:
    """Return every item for a village, in the order of the catalogue."""
    return tuple(_line(village_id, item, facts, due) for item in items)


def _line(village_id: int, item: Item, facts: Facts, due: Due) -> ItemLine:
    happened = facts.happenings.get((village_id, item.key), Happenings())
    rows = sum(facts.rows.get((village_id, key), 0) for key in item.registers) + happened.count
    put, exception = facts.put.get((village_id, item.key)), facts.exceptions.get((village_id, item.key))
    until = due_of(
        item, due.period, publication=due.publication, calendar=due.calendar, happened_on=happened.first_on
    ) or (due.publication if rows or put else None)
    state = _state(item, put, exception, rows, is_asked=until is not None, has_money=village_id in facts.with_money)
    late = 0 if state.is_settled or until is None else max(0, (due.today - until.on).days)
    return ItemLine(
        item, state, None if state in (ItemState.EXCEPTED, ItemState.RESTS) else until, late, rows, put,
        exception.reason if exception is not None else "",
    )  # fmt: skip


def _state(
    item: Item, put: PutOnBoard | None, exception: ItemException | None, rows: int, *, is_asked: bool, has_money: bool
) -> ItemState:
    if item.key == FINANCE:
        return ItemState.PUBLISHED if has_money else ItemState.MISSING
    if put is not None:
        state = _OF_STAGE[put.state]
        return ItemState.NOTHING if put.is_nothing and state is ItemState.PUBLISHED else state
    if exception is not None:
        return ItemState.EXCEPTED
    if rows:
        return ItemState.FILLED
    return ItemState.MISSING if is_asked else ItemState.RESTS
