"""Gathering how far the townships of a county are, each in the periods that it publishes by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.periods import Period, PeriodKind
from village_open.desk.queries import count_states
from village_open.desk.rules import due_period, period_of_kind
from village_open.villages.models import Township
from village_open.villages.queries import get_profiles


@dataclass(frozen=True)
class TownshipCounts:
    """How many villages of a township stand at each step in its period."""

    township: Township
    period: Period
    counts: Mapping[str, int]


def count_townships(townships: Sequence[Township], asked: Period | None, today: date) -> list[TownshipCounts]:
    """Count the villages of townships by state in the asked period or the one that is due: at most three queries."""
    profiles = get_profiles(townships, asked)
    periods = {code: _period(asked, today, profile.period_kind) for code, profile in profiles.items()}
    counts: dict[str, dict[str, int]] = {}
    for period in set(periods.values()):
        counts |= count_states([code for code, own in periods.items() if own == period], period)
    return [TownshipCounts(one, periods[one.code], counts[one.code]) for one in townships]


def period_of_all(rows: Sequence[TownshipCounts], asked: Period | None, today: date) -> Period:
    """Return the period that stands above the townships: the asked one, else their month, or the quarter of most."""
    kinds = {row.period.kind for row in rows}
    return asked or due_period(today, "month" if kinds == {"month"} else "quarter")


def _period(asked: Period | None, today: date, kind: PeriodKind) -> Period:
    return period_of_kind(asked, kind) if asked else due_period(today, kind)
