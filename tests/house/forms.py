"""Filling in the forms of a page as a person would who writes something everywhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

TYPED = {
    "date": "2026-10-08", "number": "1", "text": "测试文字", "search": "测试", "tel": "13900000000",
    "password": "chun-feng-2027", "month": "2026-10",
}  # fmt: skip
"""What is typed into a field of each type, when it is empty."""
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass(frozen=True)
class FilledForm:
    """Where a form goes, and what it says."""

    action: str
    fields: Mapping[str, str]
    offered: frozenset[str]
    """The names of those fields that hold what the page offered: hidden ones and choices."""


def filled_forms(html: str, url: str) -> Iterator[FilledForm]:
    """Yield every form of a page that does something, filled in."""
    for form in BeautifulSoup(html, "html.parser").select("form[method=post]"):
        sent = {str(field["name"]): field for field in form.select("[name]") if field.get("type") not in UNSENT}
        fields = {name: value for name, field in sent.items() if (value := _value(form, field)) is not None}
        offered = {name for name, field in sent.items() if field.name == "select" or field.get("type") in _OFFERED}
        yield FilledForm(urljoin(url, str(form.get("action") or url)), fields, frozenset(offered))


_OFFERED = {"hidden", "radio", "checkbox"}


def _value(form: Tag, field: Tag) -> str | None:
    kind = str(field.get("type", "text"))
    if field.name == "select":
        options = [str(option.get("value", option.text)) for option in field.select("option")]
        return next((value for value in options if value), None)
    if kind == "radio":
        first = form.select_one(f'input[type=radio][name="{field["name"]}"]')
        return str(first["value"]) if first else None
    if kind == "checkbox":
        return str(field.get("value", "y"))
    written = field.text if field.name == "textarea" else str(field.get("value") or "")
    return written or ("" if kind == "hidden" else TYPED.get(kind, TYPED["text"]))
