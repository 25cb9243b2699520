"""Counting days: which day counts first, what a holiday does, and how to print the way a deadline was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import holidays


class DayRule(StrEnum):
    """How days of a term are counted (Civil Code articles 201 and 203 against local software)."""

    FIRST_DAY_EXCLUDED = "first_day_excluded"
    BOTH_ENDS = "both_ends"

    @property
    def label(self) -> str:
        """The rule in words."""
        return {"first_day_excluded": "起始当日不计入", "both_ends": "首尾两日都计入"}[self.value]


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due, and the sentence that says how it was found."""

    on: date
    explained: str


class Calendar:
    """China's working days from the `holidays` library, with days an office has overridden."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        """Take overrides: day → is it a working day."""
        self._overrides = dict(overrides or {})
        self._holidays = holidays.country_holidays("CN", language="zh_CN")

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is worked, adjusted weekends (调休) included."""
        if day in self._overrides:
            return self._overrides[day]
        return self._holidays.is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """Return the day itself, or the first worked day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def deadline(self, nominal: date, because: str) -> Deadline:
        """Move a nominal last day that is a holiday to the next working day (Civil Code article 203)."""
        actual = self.next_working_day(nominal)
        if actual == nominal:
            return Deadline(actual, f"{because}，即 {nominal:%Y-%m-%d}。")
        return Deadline(
            actual, f"{because}，应为 {nominal:%Y-%m-%d}；当日休息，按民法典第203条顺延至 {actual:%Y-%m-%d}。"
        )


def term_last_day(starts_on: date, days: int, rule: DayRule) -> date:
    """Return the last day of a term of `days` days that starts on a day."""
    return starts_on + timedelta(days=days if rule is DayRule.FIRST_DAY_EXCLUDED else days - 1)


def days_served(starts_on: date, ends_on: date, rule: DayRule) -> int:
    """Return how many days lie between the two by the rule; never negative."""
    return max(0, (ends_on - starts_on).days + (rule is DayRule.BOTH_ENDS))
