"""Reading a day as people write it in a ledger: one parser for forms and for imported files."""

import re
import unicodedata
from datetime import date

from village_open.core.errors import InputError

_EARLIEST_YEAR, _LATEST_YEAR = 1949, 2200
_PART = r"[.\-/]"
_SHAPES = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(rf"(?P<year>\d{{4}}){_PART}(?P<month>\d{{1,2}}){_PART}(?P<day>\d{{1,2}})"),
    re.compile(rf"(?P<month>\d{{1,2}}){_PART}(?P<day>\d{{1,2}})"),
)


class DayUnreadable(InputError):
    """The text is no day, or a day that no calendar has."""


def parse_day(text: str, *, default_year: int) -> date:
    """Read `7.15`, `7-15`, `7/15`, `7月15日`, `2026-07-15`, `20260715` or `2026年7月15日`, full-width digits too.

    A day without a year falls in `default_year`.

    Raises:
        DayUnreadable: the text has another shape, or there is no such day.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text)))
    plain = re.sub(r"[日号]$", "", re.sub(r"[年月。、]", ".", plain))
    match = next((found for shape in _SHAPES if (found := shape.fullmatch(plain))), None)
    if not match:
        raise DayUnreadable(f"日期“{text}”读不懂，请写成 7.15 或 2026-07-15。")
    year, month, day = int(match.groupdict().get("year") or default_year), int(match["month"]), int(match["day"])
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise DayUnreadable(f"日期“{text}”的年份不对，请核对。")
    try:
        return date(year, month, day)
    except ValueError:
        raise DayUnreadable(f"没有 {year} 年 {month} 月 {day} 日这一天，请核对。") from None
