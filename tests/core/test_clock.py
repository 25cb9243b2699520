"""The clock: moments are UTC, days are China's, and only the demo lives at another time."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from village_open.core import clock


@pytest.mark.parametrize(
    ("moment", "day", "written"),
    [
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), date(2026, 9, 30), "2026-09-30 23:59"),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), date(2026, 10, 1), "2026-10-01 00:00"),
        (datetime(2026, 9, 30, 16, 0), date(2026, 10, 1), "2026-10-01 00:00"),
        (datetime(2026, 9, 30, 23, 30, tzinfo=timezone(timedelta(hours=8))), date(2026, 9, 30), "2026-09-30 23:30"),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), date(2027, 1, 1), "2027-01-01 04:00"),
    ],
)
def test_a_moment_lies_on_chinas_day(moment: datetime, day: date, written: str) -> None:
    assert (clock.china_day(moment), clock.china_time(moment)) == (day, written)


def test_now_is_utc_to_the_second() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    now = clock.now()
    assert now.utcoffset() == timedelta(0)
    assert now.microsecond == 0
    assert before <= now <= datetime.now(UTC)


def test_a_demo_lives_at_the_moment_it_is_told_and_comes_back() -> None:
    with clock.living_at(datetime(2025, 4, 2, 1, 0, tzinfo=UTC)):
        assert clock.today() == date(2025, 4, 2)
        with clock.living_at(datetime(2026, 9, 30, 16, 0)):
            assert clock.now() == datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
            assert clock.today() == date(2026, 10, 1)
        assert clock.today() == date(2025, 4, 2)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def live_and_fail() -> None:
    """End a life at another moment by an error."""
    with clock.living_at(datetime(2025, 4, 2, tzinfo=UTC)):
        raise LookupError


def test_the_clock_comes_back_after_an_error() -> None:
    with pytest.raises(LookupError):
        live_and_fail()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_another_thread_keeps_its_own_time() -> None:
    seen: list[datetime] = []
    with clock.living_at(datetime(2025, 4, 2, tzinfo=UTC)):
        other = threading.Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert abs(seen[0] - datetime.now(UTC)) < timedelta(seconds=5)
