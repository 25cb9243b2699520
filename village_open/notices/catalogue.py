"""The disclosure catalogue: what a village must make public, how often, on which basis, and by when; pure.

The national part is `data/catalogue.csv`; a township adds items of its own.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from village_open.core.calendars import Calendar, Deadline
from village_open.core.periods import Period

VERSION = "2026.1"
"""Of the national part; a board freezes it with what it says."""
FINANCE = "CW01"
"""The village's money: it has disclosures of its own."""
_DATA = Path(__file__).parent / "data" / "catalogue.csv"
_NUMBERS = ("", *"一二三四五六七八九", "十", *(f"十{one}" for one in "一二三四五六七八九"))


class Frequency(StrEnum):
    """How often an item is made public."""

    QUARTERLY = "quarterly"
    EVENT = "event"
    YEARLY = "yearly"
    CHANGE = "change"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"quarterly": "每季度", "event": "有事随时", "yearly": "每年一次", "change": "有变动时"}[self.value]


class Source(StrEnum):
    """Where the words of an item come from."""

    FINANCE = "finance"
    REGISTERS = "registers"
    MATTERS = "matters"
    OTHER = "other"


@dataclass(frozen=True)
class Item:
    """One item of the catalogue."""

    key: str
    group: str
    """政务, 事务, 财务 or 党务."""
    label: str
    frequency: Frequency
    basis: str
    """Where a text was read that asks for it; nothing recalled."""
    days: int = 0
    """Of what is told after an event: within how many days."""
    month: int = 0
    """Of what is told once a year: in which month its quarter ends or lies."""
    posting_days: int = 0
    """0: as long as the profile says."""
    role: str = "村民委员会"
    """Who answers for it."""
    source: Source = Source.OTHER
    registers: tuple[str, ...] = ()
    order: int = 0
    """The number of its section on the three composite sheets; 0: it has no place there."""
    sheet: int = 0
    is_local: bool = False

    @property
    def number(self) -> str:
        """The number of its section in words; empty where it has none."""
        return _NUMBERS[self.order]

    @property
    def rhythm(self) -> str:
        """How often, in words: `有事随时（10 日内）`."""
        if self.frequency is Frequency.YEARLY:
            return f"{self.frequency.label}（{self.month}月）"
        after = self.frequency in (Frequency.EVENT, Frequency.CHANGE)
        return f"{self.frequency.label}（{self.days} 日内）" if after and self.days else self.frequency.label

    def asks_in(self, period: Period) -> bool:
        """Tell whether every village must tell of it in a period, whatever has happened."""
        if self.frequency is Frequency.YEARLY:
            return date(period.year, self.month, 1) in period
        return self.frequency is Frequency.QUARTERLY


def due_of(
    item: Item, period: Period, *, publication: Deadline, calendar: Calendar, happened_on: date | None = None
) -> Deadline | None:
    """Return by when an item of a period must be public, with how it was found; None: nothing is due.

    Args:
        item: of the catalogue.
        period: the quarter.
        publication: the deadline of the profile for the period.
        calendar: for days off.
        happened_on: of what is told after an event: when the first one of the period happened.
    """
    if item.asks_in(period):
        return publication
    if happened_on is None or item.frequency is Frequency.YEARLY:
        return None
    nominal = happened_on + timedelta(days=item.days)
    return calendar.deadline(nominal, f"{happened_on:%Y-%m-%d} 发生，{item.days} 日内公布")


def board_order(item: Item) -> tuple[int, int]:
    """Sort items as a board shows them: the numbered sections of the sheets first."""
    return (0, item.order) if item.order else (1, 0)


@cache
def national_items() -> tuple[Item, ...]:
    """Return the national part, in the order of the board."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return tuple(sorted((_read(row) for row in csv.DictReader(file)), key=board_order))


def _read(row: Mapping[str, str]) -> Item:
    return Item(
        key=row["key"], group=row["group"], label=row["label"], frequency=Frequency(row["frequency"]),
        basis=row["basis"], role=row["role"], source=Source(row["source"]), registers=tuple(row["registers"].split()),
        days=int(row["days"] or 0), month=int(row["month"] or 0), posting_days=int(row["posting_days"] or 0),
        order=int(row["order"]), sheet=int(row["sheet"]),
    )  # fmt: skip


def whole_catalogue(local: Iterable[Item]) -> tuple[Item, ...]:
    """Return the national items and after them those of a township."""
    return (*national_items(), *local)
