"""The stylesheet of a sheet, and how large figures, places to sign and the code can be on its paper."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from village_open.core.money import format_fen
from village_open.notices.sheets.board_content import BoardContent, BoardMoney
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.content import FinanceContent, Totals
from village_open.notices.sheets.dress import NEXT_TITLE_EM, TITLE_EM, Dress, Title
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.kinds import BOARD, SheetKind
from village_open.notices.sheets.tables import Table
from village_open.printing.fonts import SERIF
from village_open.printing.paper import MARGIN_MM, MM_PER_PT

TEMPLATES = Path(__file__).parents[3] / "templates"
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
FIGURE_LEAST_EM, SHORT_FIGURE_LEAST_EM = 1.3, 1.0
_FIGURE_MOST_EM, _OPERATOR_EM, _BOX_EM = 2.4, 3.0, 1.6
_SHORT_FIGURE_MOST_EM = 1.4
Identity: TypeAlias = tuple[tuple[str, str, int], ...]
"""The four figures in fen, with the sign before each and the word above."""


def style_of(sheet: Frame, dress: Dress, tables: Iterable[Table], page_height_mm: int, titles: Iterable[Title]) -> str:
    """Return the stylesheet of a sheet: our own, and what paper, type and tables ask for."""
    paper = dress.paper
    rules = [
        f"@page {{ size: {paper.width_mm}mm {page_height_mm}mm; margin: {MARGIN_MM}mm; }}",
        f"html {{ font-size: {dress.type_pt}pt; }}",
        f".page {{ width: {paper.content_width_mm}mm; height: {paper.content_height_mm - _ROUNDING_MM}mm; }}",
        f".figures {{ font-size: {max(figure_em(identity_of(sheet, dress), dress), FIGURE_LEAST_EM):.2f}em; }}",
        f".identity-short .figures {{ font-size: {short_figure_em(identity_of(sheet, dress), dress):.2f}em; }}",
        f".watermark {{ font-size: {paper.content_width_mm / 4}mm; }}",
        f".strip td.strip-qr {{ width: {_QR_MM[paper.name] + 1}mm; }}",
        f".qr {{ width: {_QR_MM[paper.name]}mm; height: {_QR_MM[paper.name]}mm; }}",
        f".strip td.strip-code {{ width: {min(_CODE_EM, _CODE_SHARE * dress.width_em):.2f}em; }}",
        f".ink {{ height: {_INK_MM[paper.name]}mm; }}",
        f".t-slots-short .ink, .t-slots-beside td {{ height: {_SHORT_INK_MM[paper.name]}mm; }}",
        f".board-columns td.panel {{ width: {dress.panel_em:.2f}em; }}",
        *_title_rules(dress, titles),
        *(_width_rule(table.key, column) for table in tables for column in table.columns if not column.is_flexible),
        *_signer_rules(dress),
    ]
    return (TEMPLATES / "notices/sheets/sheet.css").read_text(encoding="utf-8") + "\n".join(rules)


def _title_rules(dress: Dress, titles: Iterable[Title]) -> Iterable[str]:
    """Set the titles in the office's own 小标宋, where it has one; Serif Bold stands in for it elsewhere.

    Where a title stands on two lines and the second would break once more, it is only twice as large as the body.
    """
    if any(width_em(title.second) * TITLE_EM > dress.width_em for title in titles):
        yield f".title {{ font-size: {NEXT_TITLE_EM}em; }}"
    for face in dress.licensed:
        weight = 700 if face.bold else 400
        yield f'.title {{ font-family: "{face.family}", "{SERIF}"; font-weight: {weight}; }}'


def _width_rule(table: str, column: Column) -> str:
    return f".t-{table} th.c-{column.key} {{ width: {column.width_em:.3f}em; }}"


def _signer_rules(dress: Dress) -> Iterable[str]:
    share = (dress.width_em - _SIDE_EM) / signers_in_row(dress)
    for part, least_em in (("name", 4.0), ("decision", 4.8), ("signed-on", 5.1)):
        yield f".t-signers td.{part} {{ width: {max(least_em, 0.2 * share):.2f}em; }}"


def code_lines(dress: Dress) -> str:
    """Return the grouped code on one line or broken between groups: a line that breaks by itself loses a hyphen."""
    room = _CODE_SHARE * dress.width_em
    if not dress.code_groups or room >= _CODE_EM:
        return dress.code_groups
    groups = dress.code_groups.split("-")
    cuts = ((0, 3, None), (0, 2, 4, None))
    broken = [["-".join(groups[start:end]) for start, end in pairwise(cut)] for cut in cuts]
    fitting = (lines for lines in broken if max(map(width_em, lines)) <= room - _STRIP_PADDING_EM)
    return "\n".join(next(fitting, broken[-1]))


def signers_in_row(dress: Dress) -> int:
    """Return how many signers stand beside one another."""
    return max(1, int((dress.width_em - _SIDE_EM) // _SIGNER_EM))


def identity_of(sheet: Frame, dress: Dress) -> Identity:
    """Return the figures of the identity; a sheet that is no account has none."""
    if isinstance(sheet, FinanceContent):
        return _identity(sheet, sheet.totals, has_correction=sheet.has_corrections)
    if isinstance(sheet, BoardContent) and sheet.money and dress.kind is SheetKind.BOARD_1:
        return _identity(sheet, sheet.money, has_correction=bool(sheet.money.correction_fen))
    return ()


def _identity(sheet: Frame, figures: Totals | BoardMoney, *, has_correction: bool) -> Identity:
    this, sign = sheet.period.this_word, "－" if figures.correction_fen < 0 else "＋"
    return (
        ("", f"{sheet.period.last_word}结存", figures.opening_fen),
        *([(sign, "以前期更正", abs(figures.correction_fen))] if has_correction else []),
        ("＋", f"{this}收入", figures.income_fen),
        ("－", f"{this}支出", figures.expense_fen),
        ("＝", f"{this}结存", figures.closing_fen),
    )


def slot_rows(sheet: Frame, dress: Dress) -> list[list[str]]:
    """Return the places to sign and, as an empty word, the place of the seal, in rows of like length."""
    slots = [*sheet.slots.get(dress.kind, sheet.slots.get(BOARD, ())), ""]
    rows = -(-len(slots) // max(1, int(dress.width_em // _SLOT_EM)))
    in_row = -(-len(slots) // rows)
    return [slots[start : start + in_row] for start in range(0, len(slots), in_row)]


def has_ink_beside(sheet: Frame, dress: Dress) -> bool:
    """Tell whether a place to sign is so wide that one signs beside its word."""
    rows = slot_rows(sheet, dress)
    words_em = max(width_em(slot) for row in rows for slot in row) + PADDING_EM
    return (dress.width_em / len(rows[0]) - words_em) * dress.type_pt * MM_PER_PT >= _INK_WIDTH_MM[dress.paper.name]


def short_figure_em(identity: Identity, dress: Dress) -> float:
    """Return the type of the four figures on the pages after the first."""
    return min(_SHORT_FIGURE_MOST_EM, max(SHORT_FIGURE_LEAST_EM, figure_em(identity, dress)))


def figure_em(identity: Identity, dress: Dress) -> float:
    """Return the type of the four figures: large, but the widest of them on one line; else one below the other."""
    if not identity:
        return _FIGURE_MOST_EM
    room = dress.width_em - _BOX_EM - _OPERATOR_EM * (len(identity) - 1)
    widest = max(width_em(format_fen(fen)) + 0.2 for _, _, fen in identity)
    return min(_FIGURE_MOST_EM, room / (len(identity) * widest))
