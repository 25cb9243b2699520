"""Disclosure periods: quarters, and months where the profile or the traffic asks for them.

One convention, written once: a period starts on `first_on` and ends on `last_on`, both inside.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from village_open.core.errors import InputError

PeriodKind = Literal["quarter", "month"]
_PER_YEAR: dict[PeriodKind, int] = {"quarter": 4, "month": 12}
_QUARTER_WORDS = "一二三四"
_CODE = re.compile(r"(?P<year>\d{4})(?P<letter>[QM])(?P<number>\d{1,2})")


class PeriodUnreadable(InputError):
    """The text is not a period such as 2026Q3 or 2026M07."""


@dataclass(frozen=True, order=True)
class Period:
    """A quarter or a month of a year; `number` counts from 1."""

    year: int
    kind: PeriodKind
    number: int

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read `2026Q3` or `2026M07`.

        Raises:
            PeriodUnreadable: the code has another shape or no such quarter or month exists.
        """
        match = _CODE.fullmatch(code.strip().upper())
        kind: PeriodKind = "month" if match and match["letter"] == "M" else "quarter"
        if not match or not 1 <= int(match["number"]) <= _PER_YEAR[kind] or not 1949 <= int(match["year"]) <= 2200:
            raise PeriodUnreadable(f"期间“{code}”读不懂，请写成 2026Q3（季度）或 2026M07（月）。")
        return cls(int(match["year"]), kind, int(match["number"]))

    @classmethod
    def of(cls, day: date, kind: PeriodKind = "quarter") -> Self:
        """Return the period of the given kind in which the day lies."""
        months = 12 // _PER_YEAR[kind]
        return cls(day.year, kind, (day.month - 1) // months + 1)

    @property
    def code(self) -> str:
        """`2026Q3` or `2026M07`: sorts by time within one kind."""
        return f"{self.year}Q{self.number}" if self.kind == "quarter" else f"{self.year}M{self.number:02d}"

    @property
    def label(self) -> str:
        """`2026年第三季度` or `2026年7月`."""
        if self.kind == "quarter":
            return f"{self.year}年第{_QUARTER_WORDS[self.number - 1]}季度"
        return f"{self.year}年{self.number}月"

    @property
    def this_word(self) -> str:
        """`本季` or `本月`, as table heads say it."""
        return "本季" if self.kind == "quarter" else "本月"

    @property
    def last_word(self) -> str:
        """`上季` or `上月`."""
        return "上季" if self.kind == "quarter" else "上月"

    @property
    def first_on(self) -> date:
        """The first day of the period."""
        return date(self.year, (self.number - 1) * (12 // _PER_YEAR[self.kind]) + 1, 1)

    @property
    def last_on(self) -> date:
        """The last day of the period."""
        return self.next.first_on - timedelta(days=1)

    @property
    def next(self) -> Self:
        """The period that follows."""
        last = self.number == _PER_YEAR[self.kind]
        return type(self)(self.year + last, self.kind, 1 if last else self.number + 1)

    @property
    def previous(self) -> Self:
        """The period before."""
        first = self.number == 1
        return type(self)(self.year - first, self.kind, _PER_YEAR[self.kind] if first else self.number - 1)

    @property
    def quarter(self) -> "Period":
        """The quarter in which this period lies (itself, if it is one)."""
        return Period.of(self.first_on)

    @property
    def months(self) -> "tuple[Period, ...]":
        """The three months of a quarter, or the month itself."""
        if self.kind == "month":
            return (self,)
        return tuple(Period(self.year, "month", 3 * self.number - 2 + i) for i in range(3))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first_on <= day <= self.last_on
