"""A finance disclosure in plain words on paper: one A4, or more pages in large print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from markupsafe import Markup

from village_open.core.codes import grouped
from village_open.notices.plain_words import PlainWords
from village_open.notices.sheets.render import ATTACHMENT_NAME
from village_open.notices.sheets.style import TEMPLATES
from village_open.notices.sheets.template import environment
from village_open.printing.layout import Fault, SheetUnprintable
from village_open.printing.paper import MARGIN_MM, Paper
from village_open.printing.pictures import qr_data_uri
from village_open.printing.render import AttachedFile, RenderedPdf, SheetSource, render_pdf

USUAL, LARGE = "usual", "large"
SIZES = (USUAL, LARGE)
LARGE_PT = 22.0
_TYPES_PT = (16.0, 14.0, 12.0, 10.5)
"""The largest with which everything stands on one page."""
_PAPER = Paper("A4", "portrait")


@dataclass(frozen=True)
class PlainSheet:
    """What the sheet is made of besides its words: the frozen bytes, the boards' places, the address of the code."""

    words: PlainWords
    frozen: bytes
    places: Sequence[str]
    address: str


def render_plain(plain: PlainSheet, size: str) -> RenderedPdf:
    """Print the words; call it outside any transaction.

    Raises:
        SheetUnprintable: a character has no glyph, or not even the smallest type leaves it on one page.
    """
    if size == LARGE:
        return _rendered(plain, LARGE_PT, is_large=True)
    for type_pt in _TYPES_PT:
        pdf = _rendered(plain, type_pt, is_large=False)
        if pdf.pages == 1:
            return pdf
    raise SheetUnprintable([Fault("overflow", "一张 A4 放不下，请打印大字版")], "明白纸")


def _rendered(plain: PlainSheet, type_pt: float, *, is_large: bool) -> RenderedPdf:
    sheet = plain.words.sheet
    template = environment().get_template("notices/sheets/plain.html")
    html = template.render(
        words=plain.words, sheet=sheet, places=plain.places, is_large=is_large, address=plain.address,
        qr=qr_data_uri(plain.address) if plain.address else "", code_groups=grouped(plain.words.code),
        style=_style(type_pt),
    )  # fmt: skip
    moment = datetime.combine(sheet.issued_on, time(), UTC) if sheet.issued_on else datetime(2000, 1, 1, tzinfo=UTC)
    attached = AttachedFile(ATTACHMENT_NAME, plain.frozen, "原公示单的规范内容（RFC 8785）")
    return render_pdf(source=SheetSource(html), created_at=moment, attachments=[attached])


def _style(type_pt: float) -> Markup:
    page = f"@page {{ size: {_PAPER.width_mm}mm {_PAPER.height_mm}mm; margin: {MARGIN_MM}mm; }}"
    css = (TEMPLATES / "notices/sheets/plain.css").read_text(encoding="utf-8")
    return Markup(f"{css}\n{page}\nhtml {{ font-size: {type_pt}pt; }}")  # noqa: S704  # our own stylesheet and numbers
