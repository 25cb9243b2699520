"""The one clock: moments are UTC, days are China's.

A clock is a claim, never an order: the record's sequence tells what came first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("_told", default=None)


def now() -> datetime:
    """Return the present moment in UTC, or the moment a demo is told to live in."""
    return _told.get() or datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return today's date in China."""
    return china_day(now())


def china_day(moment: datetime) -> date:
    """Return the day in China on which a moment lies; a naive moment is read as UTC."""
    return _aware(moment).astimezone(CHINA).date()


def china_time(moment: datetime) -> str:
    """Write a moment as people in China read it: `2026-10-12 09:30`."""
    return _aware(moment).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """Let the calling context live at another moment; used by the demo, never by a request."""
    token = _told.set(_aware(moment))
    try:
        yield
    finally:
        _told.reset(token)
