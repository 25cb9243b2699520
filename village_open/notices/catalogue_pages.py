"""What pages of the catalogue show: the due list of a village, the coverage of a township."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from village_open.core import clock
from village_open.core.calendars import Calendar
from village_open.core.periods import Period
from village_open.db import Page
from village_open.notices.catalogue import Item
from village_open.notices.due_lists import Due, ItemLine, ItemState, lines_of, read_facts
from village_open.notices.queries.catalogue import list_items
from village_open.notices.queries.coverage import list_worst_first
from village_open.registers.rules.every import REGISTERS
from village_open.villages.models import Township, Village
from village_open.villages.queries import get_profile


@dataclass(frozen=True)
class Coverage:
    """One village of the matrix."""

    village: Village
    lines: tuple[ItemLine, ...]

    @property
    def asked(self) -> int:
        """How many items are due."""
        return sum(line.state not in (ItemState.RESTS, ItemState.EXCEPTED) for line in self.lines)

    @property
    def published(self) -> int:
        """How many are public."""
        return sum(line.state in (ItemState.PUBLISHED, ItemState.NOTHING) for line in self.lines)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(line.is_late for line in self.lines)


def due_in(township: Township, period: Period) -> Due:
    """Return by what the deadlines of a period are reckoned."""
    calendar = Calendar()
    publication = get_profile(township, period).publication_deadline(period, calendar)
    return Due(period, publication, calendar, clock.today())


def list_due(village: Village, period: Period) -> tuple[ItemLine, ...]:
    """Return every item of the catalogue for a village and period."""
    items = list_items(village.township_id, period)
    return lines_of(village.id, items, read_facts([village.id], period), due_in(village.township, period))


def due_words(village: Village, period: Period) -> dict[str, Any]:
    """Return what the page of the due list needs."""
    lines = list_due(village, period)
    return {
        "village": village,
        "period": period,
        "lines": lines,
        "publication": due_in(village.township, period).publication,
        "missing": sum(line.state is ItemState.MISSING and line.due is not None for line in lines),
        "late": sum(line.is_late for line in lines),
        "kinds": BADGES,
        "registers": REGISTERS,
        "trail_places": [(village.name, url_for("finance.show_village", village_code=village.code))],
    }


BADGES = {
    ItemState.MISSING: "wait", ItemState.FILLED: "now", ItemState.DRAFT: "draft", ItemState.SUBMITTED: "now",
    ItemState.EXAMINED: "now", ItemState.PUBLISHED: "done", ItemState.NOTHING: "done", ItemState.EXCEPTED: "wait",
    ItemState.RESTS: "wait",
}  # fmt: skip
"""The shape of each state; what is late has its own."""
SHORT = {
    ItemState.MISSING: "缺", ItemState.FILLED: "已填", ItemState.DRAFT: "起草", ItemState.SUBMITTED: "待签",
    ItemState.EXAMINED: "待发", ItemState.PUBLISHED: "公开", ItemState.NOTHING: "无", ItemState.EXCEPTED: "不适用",
    ItemState.RESTS: "不用",
}  # fmt: skip
"""The state in a cell of the matrix."""


def list_coverage(township: Township, period: Period, *, page: int = 1) -> tuple[tuple[Item, ...], Page[Coverage]]:
    """Return the items of a township, and its villages with how far each is, the worst first; constant queries."""
    items, due = list_items(township.id, period), due_in(township, period)
    asked = [item.key for item in items if item.asks_in(period)]
    found = list_worst_first(township.id, period, asked, page=page)
    facts = read_facts([village.id for village in found.items], period)
    rows: Sequence[Coverage] = [Coverage(village, lines_of(village.id, items, facts, due)) for village in found.items]
    return items, Page(rows, found.number, found.total, found.per_page)
