"""Form fields that read what village people type, and say in Chinese what they could not read.

A field whose text cannot be read keeps that text, so that it comes back on the page to be mended.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from flask import has_request_context, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.i18n import translations
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextArea, TextInput

from village_open.core import clock
from village_open.core.codes import grouped, parse_code
from village_open.core.days import parse_day
from village_open.core.errors import InputError
from village_open.core.money import parse_fen, plain_yuan
from village_open.core.periods import Period
from village_open.web.words import spoken_later

WORDING = {
    "This field is required.": _l("请填写这一项。"),
    "Not a valid choice.": _l("请从列表里选一项。"),
    "Invalid Choice: could not coerce.": _l("请从列表里选一项。"),
    "Not a valid integer value.": _l("请填写整数，例如 12。"),
    "Not a valid date value.": _l("日期读不懂，请写成 7.15 或 2026-07-15。"),
}
"""Our words where those of WTForms' own Chinese catalogue are stiff or missing."""


class _Wording:
    """WTForms' catalogue of the page's language, with our words first."""

    def gettext(self, string: str) -> str:
        return str(WORDING[string]) if string in WORDING else str(translations.gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(translations.ngettext(singular, plural, n))


class ChineseForm(FlaskForm):
    """A form whose messages are Chinese and whose short dates (7.15) fall in `default_year`."""

    class Meta(FlaskForm.Meta):
        """The year is an attribute of Meta because fields read their text while the form is being made."""

        default_year: int | None = None

        def get_translations(self, form: Any) -> Any:
            """Return our wording in front of WTForms' catalogue."""
            return _Wording()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read what a page sends; a JSON body is no form, and one that is a list would break Flask-WTF."""
            if has_request_context() and request.is_json:
                return formdata if isinstance(formdata, MultiDict) else None
            return super().wrap_formdata(form, formdata)

    def __init__(self, *args: Any, default_year: int | None = None, **kwargs: Any) -> None:
        """Take the year of days typed without one; this year when it is not given."""
        meta = {**(kwargs.pop("meta", None) or {}), "default_year": default_year}
        super().__init__(*args, meta=meta, **kwargs)


class ChineseSubform(ChineseForm):
    """A form inside a form (FormField, FieldList): without a CSRF token of its own."""

    class Meta(ChineseForm.Meta):
        """The outer form carries the token."""

        csrf = False


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return (value, wording) pairs as the choices of a select or radio field, said in the language of the page."""
    return [SelectChoice(value, spoken_later(wording)) for value, wording in pairs]


class _TypedField(Field):
    """A text input read by a parser of core; `data` is the value, or None when blank or unreadable."""

    data: Any
    widget = TextInput()
    typing_hints: ClassVar[dict[str, str]] = {}

    def __init__(
        self, label: Any = None, validators: Sequence[Callable[..., Any]] | None = None, **kwargs: Any
    ) -> None:
        kwargs["render_kw"] = {"autocomplete": "off", **self.typing_hints, **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)

    def read(self, text: str) -> Any:
        """Turn typed text into the value; an InputError's message is shown at the field."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """Write a value as it would be typed."""
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, keeping the text for the page.

        Raises:
            ValueError: the text cannot be read; WTForms shows the message at the field.
        """
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        try:
            self.data = self.read(valuelist[0])
        except InputError as unreadable:
            raise ValueError(unreadable.message) from unreadable

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)


class FenField(_TypedField):
    """An amount typed in yuan; `data` is fen. Use InputRequired with it: zero is an amount."""

    typing_hints: ClassVar[dict[str, str]] = {"inputmode": "decimal"}

    def read(self, text: str) -> int:
        """Read an amount in yuan as fen."""
        return parse_fen(text)

    def written(self, value: int) -> str:
        """Write fen as plain yuan."""
        return plain_yuan(value)


class DayField(_TypedField):
    """A day typed as 7.15, 7-15, 2026-07-15, 20260715 or 2026年7月15日."""

    def read(self, text: str) -> date:
        """Read a day; one without a year falls in the form's default year."""
        year = getattr(self.meta, "default_year", None)
        return parse_day(text, default_year=year or clock.today().year)


class PeriodField(_TypedField):
    """A quarter or month typed as its code, 2026Q3 or 2026M07; `data` is a Period."""

    def read(self, text: str) -> Period:
        """Read the code of a period."""
        return Period.parse(text)

    def written(self, value: Period) -> str:
        """Write the code."""
        return value.code


class CodeField(_TypedField):
    """The code printed on a sheet, in any case and grouping; `data` is its 27 characters."""

    widget = TextArea()
    """Two lines, so that a phone shows the whole code while it is compared with the paper."""
    typing_hints: ClassVar[dict[str, str]] = {"autocapitalize": "characters", "spellcheck": "false", "rows": "2"}

    def read(self, text: str) -> str:
        """Read a sheet code."""
        return parse_code(text)

    def written(self, value: str) -> str:
        """Write the code in its groups."""
        return grouped(value)
