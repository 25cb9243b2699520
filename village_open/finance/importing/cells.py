"""Reading single cells: days in all the ways they are written, voucher numbers, amounts, names of columns."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from village_open.core.errors import InputError
from village_open.core.money import parse_fen

_EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's calendar, with its invented 29 February 1900 counted in."""
_SERIALS = range(18_264, 109_574)
"""1950 to 2199."""
_CLOCK = r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.0+)?)?"
_FULL_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?" + _CLOCK)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_LOST_ZERO = re.compile(r"\d{1,2}\.[123]")
"""9.10 typed into a number cell is kept as 9.1; no month has a day 40."""
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?(?:份|期)?")
_MONTH = re.compile(r"(?:\d{4}年)?(\d{1,2})(?:月|月份|期)?")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:日|号)?")
_VOUCHER = re.compile(r"(?P<word>[^\d\-—–−_第字号]{0,10}?)字?[-—–−_]?第?(?P<no>\d[\d\-/]*)(?:号单?|单)?")
_BLANK = re.compile(r"\s+")
_NOTHING = frozenset({"", "-", "--", "—", "–", "无", "/", "平"})


class DayUnreadable(InputError):
    """The text is no day, or one that does not exist."""

    def __init__(self, text: str) -> None:
        super().__init__(f"日期“{text}”读不懂，请写成 2026-07-01。")


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Return the text in its plain width and without any blanks, as labels are compared."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def read_day(text: str, year: int) -> date:
    """Read a day in any of the usual forms; one without a year lies in `year`; one without a day ends the month.

    Raises:
        DayUnreadable: it is no day, or no such day exists.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _BLANK.sub(" " if ":" in plain else "", plain)
    try:
        if match := _FULL_DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _MONTH_AND_DAY.fullmatch(plain):
            return date(year, int(match[1]), int(match[2]))
        if match := _YEAR_AND_MONTH.fullmatch(plain):
            return month_end(int(match[1]), int(match[2]))
    except ValueError:
        raise DayUnreadable(text) from None
    serial = plain.split(".")[0]
    if serial.isdigit() and int(serial) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(serial))
    raise DayUnreadable(text)


def says_day(text: str) -> bool:
    """Tell whether the text names a day and not just a month."""
    return not _YEAR_AND_MONTH.fullmatch(squeezed(text))


def may_have_lost_zero(text: str) -> bool:
    """Tell whether a spreadsheet may have shortened the day, as it makes 9.1 of 9.10."""
    return bool(_LOST_ZERO.fullmatch(squeezed(text)))


def read_month(text: str) -> int:
    """Read `7`, `7月`, `2026年7期` as 7.

    Raises:
        DayUnreadable: it is no month.
    """
    match = _MONTH.fullmatch(squeezed(text).removesuffix(".0"))
    if not match or not 1 <= int(match[1]) <= 12:
        raise DayUnreadable(text)
    return int(match[1])


def read_day_of_month(year: int, month: int, text: str) -> date:
    """Read `5` or `5日` as a day of the month.

    Raises:
        DayUnreadable: the month has no such day.
    """
    match = _DAY_OF_MONTH.fullmatch(squeezed(text).removesuffix(".0"))
    try:
        return date(year, month, int(match[1]) if match else 0)
    except ValueError:
        raise DayUnreadable(f"{month}月{text}日") from None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def read_voucher(text: str) -> tuple[str, str]:
    """Split `记-12`, `记字第12号`, `银付0003`, `24号单` into word and number; the number keeps its zeros."""
    plain = squeezed(text)
    if match := _VOUCHER.fullmatch(plain):
        return match["word"], match["no"]
    return (plain, "") if plain.isalpha() else ("", plain)


def read_amount(text: str) -> int | None:
    """Read an amount in yuan as fen; a blank, a dash and 无 are no amount.

    Raises:
        AmountUnreadable: it is not an exact amount.
    """
    return None if not text or text.strip() in _NOTHING else parse_fen(text)


def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
