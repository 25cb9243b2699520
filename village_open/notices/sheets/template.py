"""The HTML of a sheet: a small Jinja environment of its own, so that a worker needs no request."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from village_open.core.money import format_fen, in_words, spoken_yuan
from village_open.notices.sheets.dress import Dress, Page, longest_heading, title_of
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.heights import Trial
from village_open.notices.sheets.style import (
    FIGURE_LEAST_EM,
    SHORT_FIGURE_LEAST_EM,
    TEMPLATES,
    code_lines,
    figure_em,
    has_ink_beside,
    identity_of,
    signers_in_row,
    slot_rows,
    style_of,
)
from village_open.notices.sheets.tables import Table

_ENDLESS_MM = 500_000
"""The trial page: longer than any sheet, so that nothing breaks while it is measured."""


def sheet_html(sheet: Frame, dress: Dress, pages: Sequence[Page], tables: Sequence[Table]) -> str:
    """Return the finished sheet, the same for the printer and the preview."""
    titles = [title_of(sheet, dress, heading) for heading in {page.heading for page in pages}]
    style = style_of(sheet, dress, tables, dress.paper.height_mm, titles)
    return _rendered("sheet.html", sheet, dress, pages=pages, style=style)


def measuring_html(sheet: Frame, dress: Dress, trials: Sequence[Trial], headings: Sequence[str] = ()) -> str:
    """Return every part of a sheet once, for the trial that measures their heights."""
    heading = longest_heading(headings)
    samples = (Page(88, 99, is_first=True, is_last=False), Page(99, 99, is_first=False, is_last=True))
    title = title_of(sheet, dress, heading)
    style = style_of(sheet, dress, [trial.table for trial in trials], _ENDLESS_MM, [title])
    return _rendered("measure.html", sheet, dress, pages=samples, style=style, trials=trials, heading=heading)


def _rendered(name: str, sheet: Frame, dress: Dress, **parts: Any) -> str:
    identity = identity_of(sheet, dress)
    return (
        environment()
        .get_template(f"notices/sheets/{name}")
        .render(
            sheet=sheet,
            title_of=partial(title_of, sheet, dress),
            is_composite=bool(dress.panel_em),
            columns=dress.columns,
            draft=dress.draft,
            qr=dress.qr,
            address=dress.address,
            typed_address=_address_pieces(dress.typed_address),
            identity=identity,
            figures_on_one_line=figure_em(identity, dress) >= FIGURE_LEAST_EM,
            short_figures_on_one_line=figure_em(identity, dress) >= SHORT_FIGURE_LEAST_EM,
            number_parts=_number_parts(sheet.number),
            code_lines=code_lines(dress),
            style=Markup(parts.pop("style")),  # noqa: S704  # our own stylesheet and numbers, no word of a user's
            signers_in_row=signers_in_row(dress),
            slot_rows=slot_rows(sheet, dress),
            ink_beside=has_ink_beside(sheet, dress),
            decisions=_names_by_decision(sheet),
            confirmations=_confirmations(sheet),
            **parts,
        )
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the small environment in which sheets are written: no request, every missing name an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(
        yuan=format_fen, in_words=in_words, spoken_yuan=spoken_yuan, day=_day, month_day=_month_day
    )
    return environment


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _month_day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _address_pieces(address: str) -> list[str]:
    """Part an address after its dots and slashes: a line that ends with a hyphen could be copied without it."""
    return re.findall(r"\w+://|[^./]+[./]?(?:v$)?", address)


def _number_parts(number: str) -> tuple[str, str]:
    """Part a document number before its bracket, where it may turn to a second line."""
    place, bracket, rest = number.partition("〔")
    return place, bracket + rest


def _names_by_decision(sheet: Frame) -> list[tuple[str, list[str]]]:
    names: dict[str, list[str]] = {}
    for signer in sheet.signers:
        names.setdefault(signer.decision, []).append(signer.name)
    return list(names.items())


def _confirmations(sheet: Frame) -> list[str]:
    confirmed, privacy = sheet.confirmed, sheet.privacy_check
    texts = []
    if confirmed.by and confirmed.on:
        note = f"（{confirmed.note}）" if confirmed.note else ""
        texts.append(f"确认：{confirmed.by}，{_day(confirmed.on)}{note}")
    if privacy.by and privacy.on:
        texts.append(f"保密审查：{privacy.by}，{_day(privacy.on)}")
    return texts
