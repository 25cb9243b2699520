"""The HTML of a sheet: a small Jinja environment of its own, so that a worker needs no request."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from village_open.core.money import format_fen, in_words
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.heights import Trial
from village_open.notices.sheets.kinds import SheetKind, width_in_em
from village_open.notices.sheets.tables import Table, TableRow
from village_open.printing.fonts import SERIF, FontFace
from village_open.printing.paper import MARGIN_MM, MM_PER_PT, Paper

_TEMPLATES = Path(__file__).parents[3] / "templates"
_ENDLESS_MM = 500_000
"""The trial page: longer than any sheet, so that nothing breaks while it is measured."""
_ROUNDING_MM = 0.2
_QR_MM = {"A4": 24, "A3": 30, "A2": 40, "A1": 50}
_INK_MM, _SHORT_INK_MM = {"A4": 11, "A3": 15, "A2": 20, "A1": 25}, {"A4": 8, "A3": 9, "A2": 12, "A1": 16}
"""Room below the word of a place to sign: on the last page, and on those before it."""
_INK_WIDTH_MM = {"A4": 28, "A3": 32, "A2": 40, "A1": 50}
"""Where so much is left beside the word, a short place needs no second line."""
_SLOT_EM = 7.0
_SIDE_EM = 3.0
_SIGNER_EM = 22.5
"""Slot, name, decision and day of one signer on one line."""
_CODE_EM, _CODE_SHARE = 22.0, 0.28
"""The grouped code on one line, or on as many as a narrow sheet leaves it."""
_STRIP_PADDING_EM = 0.6
_TITLE_EM, _NEXT_TITLE_EM = 2.3, 2.0
_FIGURE_MOST_EM, _FIGURE_LEAST_EM, _OPERATOR_EM, _BOX_EM = 2.4, 1.3, 3.0, 1.6
_SHORT_FIGURE_MOST_EM, _SHORT_FIGURE_LEAST_EM = 1.4, 1.0


@dataclass(frozen=True)
class Part:
    """The rows of one table that stand on one page."""

    table: Table
    rows: tuple[TableRow, ...]
    is_first: bool


@dataclass(frozen=True)
class Page:
    """One page as the template sees it."""

    number: int
    total: int
    parts: tuple[Part, ...] = ()
    blank_below: bool = False

    @property
    def is_first(self) -> bool:
        """Whether the large head stands here."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether the signing stands here."""
        return self.number == self.total


@dataclass(frozen=True)
class Dress:
    """How a sheet is set: paper, type, and what identifies it."""

    kind: SheetKind
    paper: Paper
    type_pt: float
    draft: bool
    address: str
    typed_address: str
    """Where the code can be typed in, short enough to be read from paper; empty without a public address."""
    qr: str
    code_groups: str
    licensed: tuple[FontFace, ...] = ()
    hand_out: bool = False
    """Whether it is held in the hand: fewer columns do."""

    @property
    def width_em(self) -> float:
        """The width between the margins."""
        return width_in_em(self.paper, self.type_pt)


def sheet_html(sheet: Frame, dress: Dress, pages: Sequence[Page], tables: Sequence[Table]) -> str:
    """Return the finished sheet, the same for the printer and the preview."""
    style = _style(sheet, dress, tables, dress.paper.height_mm)
    return _rendered("sheet.html", sheet, dress, pages=pages, style=style)


def measuring_html(sheet: Frame, dress: Dress, trials: Sequence[Trial]) -> str:
    """Return every part of a sheet once, for the trial that measures their heights."""
    samples = (Page(88, 99), Page(99, 99))
    style = _style(sheet, dress, [trial.table for trial in trials], _ENDLESS_MM)
    return _rendered("measure.html", sheet, dress, pages=samples, style=style, trials=trials)


def _rendered(name: str, sheet: Frame, dress: Dress, **parts: Any) -> str:
    title = f"{sheet.place} {sheet.subject} {dress.kind.heading}"
    return (
        _environment()
        .get_template(f"notices/sheets/{name}")
        .render(
            sheet=sheet,
            kind=dress.kind,
            draft=dress.draft,
            qr=dress.qr,
            address=dress.address,
            typed_address=_address_pieces(dress.typed_address),
            identity=_identity(sheet),
            figures_on_one_line=_figure_em(sheet, dress) >= _FIGURE_LEAST_EM,
            short_figures_on_one_line=_figure_em(sheet, dress) >= _SHORT_FIGURE_LEAST_EM,
            number_parts=_number_parts(sheet.number),
            code_lines=_code_lines(dress),
            style=Markup(parts.pop("style")),  # noqa: S704  # our own stylesheet and numbers, no word of a user's
            title=title,
            title_on_one_line=width_em(title) * _TITLE_EM <= dress.width_em,
            next_title_on_one_line=width_em(f"{title}（续）") * _NEXT_TITLE_EM <= dress.width_em,
            signers_in_row=_signers_in_row(dress),
            slot_rows=_slot_rows(sheet, dress),
            ink_beside=_has_ink_beside(sheet, dress),
            decisions=_names_by_decision(sheet),
            confirmations=_confirmations(sheet),
            **parts,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(yuan=format_fen, in_words=in_words, day=_day, month_day=_month_day)
    return environment


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _month_day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _code_lines(dress: Dress) -> str:
    """Return the grouped code on one line or broken between groups: a line that breaks by itself loses a hyphen."""
    room = _CODE_SHARE * dress.width_em
    if not dress.code_groups or room >= _CODE_EM:
        return dress.code_groups
    groups = dress.code_groups.split("-")
    cuts = ((0, 3, None), (0, 2, 4, None))
    broken = [["-".join(groups[start:end]) for start, end in pairwise(cut)] for cut in cuts]
    fitting = (lines for lines in broken if max(map(width_em, lines)) <= room - _STRIP_PADDING_EM)
    return "\n".join(next(fitting, broken[-1]))


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


def _style(sheet: Frame, dress: Dress, tables: Iterable[Table], page_height_mm: int) -> str:
    paper = dress.paper
    rules = [
        f"@page {{ size: {paper.width_mm}mm {page_height_mm}mm; margin: {MARGIN_MM}mm; }}",
        f"html {{ font-size: {dress.type_pt}pt; }}",
        f".page {{ width: {paper.content_width_mm}mm; height: {paper.content_height_mm - _ROUNDING_MM}mm; }}",
        f".figures {{ font-size: {max(_figure_em(sheet, dress), _FIGURE_LEAST_EM):.2f}em; }}",
        f".identity-short .figures {{ font-size: {_short_figure_em(sheet, dress):.2f}em; }}",
        f".watermark {{ font-size: {paper.content_width_mm / 4}mm; }}",
        f".strip td.strip-qr {{ width: {_QR_MM[paper.name] + 1}mm; }}",
        f".qr {{ width: {_QR_MM[paper.name]}mm; height: {_QR_MM[paper.name]}mm; }}",
        f".strip td.strip-code {{ width: {min(_CODE_EM, _CODE_SHARE * dress.width_em):.2f}em; }}",
        f".ink {{ height: {_INK_MM[paper.name]}mm; }}",
        f".t-slots-short .ink, .t-slots-beside td {{ height: {_SHORT_INK_MM[paper.name]}mm; }}",
        *_title_rules(sheet, dress),
        *(_width_rule(table.key, column) for table in tables for column in table.columns if not column.is_flexible),
        *_signer_rules(dress),
    ]
    return (_TEMPLATES / "notices/sheets/sheet.css").read_text(encoding="utf-8") + "\n".join(rules)


def _title_rules(sheet: Frame, dress: Dress) -> Iterable[str]:
    """Set the titles in the office's own 小标宋, where it has one; Serif Bold stands in for it elsewhere.

    Where a title stands on two lines and the second would break once more, it is only twice as large as the body.
    """
    if width_em(sheet.period.label + dress.kind.heading) * _TITLE_EM > dress.width_em:
        yield f".title {{ font-size: {_NEXT_TITLE_EM}em; }}"
    for face in dress.licensed:
        weight = 700 if face.bold else 400
        yield f'.title {{ font-family: "{face.family}", "{SERIF}"; font-weight: {weight}; }}'


def _width_rule(table: str, column: Column) -> str:
    return f".t-{table} th.c-{column.key} {{ width: {column.width_em:.3f}em; }}"


def _signer_rules(dress: Dress) -> Iterable[str]:
    share = (dress.width_em - _SIDE_EM) / _signers_in_row(dress)
    for part, least_em in (("name", 4.0), ("decision", 4.8), ("signed-on", 5.1)):
        yield f".t-signers td.{part} {{ width: {max(least_em, 0.2 * share):.2f}em; }}"


def _signers_in_row(dress: Dress) -> int:
    return max(1, int((dress.width_em - _SIDE_EM) // _SIGNER_EM))


def _identity(sheet: Frame) -> tuple[tuple[str, str, int], ...]:
    """Return the four figures with the sign before each and the word above; a sheet that is no account has none."""
    if not isinstance(sheet, FinanceContent):
        return ()
    this, figures = sheet.period.this_word, sheet.totals
    sign = "－" if figures.correction_fen < 0 else "＋"
    return (
        ("", f"{sheet.period.last_word}结存", figures.opening_fen),
        *([(sign, "以前期更正", abs(figures.correction_fen))] if sheet.has_corrections else []),
        ("＋", f"{this}收入", figures.income_fen),
        ("－", f"{this}支出", figures.expense_fen),
        ("＝", f"{this}结存", figures.closing_fen),
    )


def _slot_rows(sheet: Frame, dress: Dress) -> list[list[str]]:
    """Return the places to sign and, as an empty word, the place of the seal, in rows of like length."""
    slots = [*sheet.slots.get(dress.kind, ()), ""]
    rows = -(-len(slots) // max(1, int(dress.width_em // _SLOT_EM)))
    in_row = -(-len(slots) // rows)
    return [slots[start : start + in_row] for start in range(0, len(slots), in_row)]


def _has_ink_beside(sheet: Frame, dress: Dress) -> bool:
    """Tell whether a place to sign is so wide that one signs beside its word."""
    rows = _slot_rows(sheet, dress)
    words_em = max(width_em(slot) for row in rows for slot in row) + PADDING_EM
    return (dress.width_em / len(rows[0]) - words_em) * dress.type_pt * MM_PER_PT >= _INK_WIDTH_MM[dress.paper.name]


def _short_figure_em(sheet: Frame, dress: Dress) -> float:
    return min(_SHORT_FIGURE_MOST_EM, max(_SHORT_FIGURE_LEAST_EM, _figure_em(sheet, dress)))


def _figure_em(sheet: Frame, dress: Dress) -> float:
    """Return the type of the four figures: large, but the widest of them on one line; else one below the other."""
    identity = _identity(sheet)
    if not identity:
        return _FIGURE_MOST_EM
    room = dress.width_em - _BOX_EM - _OPERATOR_EM * (len(identity) - 1)
    widest = max(width_em(format_fen(fen)) + 0.2 for _, _, fen in identity)
    return min(_FIGURE_MOST_EM, room / (len(identity) * widest))
