"""How figures, days and periods are written on a page: the Jinja filters."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Flask
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from village_open.core import clock, money
from village_open.core.codes import grouped
from village_open.core.periods import Period
from village_open.web.words import spoken

NOTHING = "—"
"""What stands where a day or moment has not come yet."""
_QUARTERS = (
    _l("%(year)d年第一季度"), _l("%(year)d年第二季度"), _l("%(year)d年第三季度"), _l("%(year)d年第四季度"),
)  # fmt: skip


def yuan(fen: int | None) -> str:
    """Write fen as yuan, zero as `0.00`, nothing as blank."""
    return "" if fen is None else money.format_fen(fen)


def yuan_or_blank(fen: int | None) -> str:
    """Write fen as yuan for a table cell: zero and nothing stay blank."""
    return money.format_fen_or_blank(fen)


def in_words(fen: int | None) -> str:
    """Write fen in capital numerals: `壹万贰仟叁佰元整`."""
    return "" if fen is None else money.in_words(fen)


def day(value: date | datetime | None) -> str:
    """Write a day as `2026年7月15日`; a moment is taken to its day in China."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = clock.china_day(value)
    return gettext("%(year)d年%(month)d月%(day)d日", year=value.year, month=value.month, day=value.day)


def moment(value: datetime | None) -> str:
    """Write a moment as China's clock shows it: `2026-10-12 09:30`."""
    return NOTHING if value is None else clock.china_time(value)


def period_label(value: Period | str) -> str:
    """Write a period, or its code, as `2026年第三季度`, `Q3 2026` or `2026-07`.

    Raises:
        PeriodUnreadable: the code is no period.
    """
    period = Period.parse(value) if isinstance(value, str) else value
    if period.kind == "month":
        return gettext("%(year)d年%(month)d月", year=period.year, month=period.number)
    return str(_QUARTERS[period.number - 1]) % {"year": period.year}


def page_language() -> str:
    """Return the language of the page for `<html lang>`: `zh-CN` or `en`."""
    locale = get_locale()
    if locale is None or locale.language == "zh":
        return "zh-CN"
    return str(locale.language)


FILTERS: dict[str, Callable[..., str]] = {
    "yuan": yuan,
    "yuan_or_blank": yuan_or_blank,
    "in_words": in_words,
    "day": day,
    "moment": moment,
    "period_label": period_label,
    "grouped_code": grouped,
    "spoken": spoken,
}


def add_filters(app: Flask) -> None:
    """Give every template of the app these filters and `page_language()`."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["page_language"] = page_language
