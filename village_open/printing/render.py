"""HTML to archival PDF: PDF/A-3u, tagged, fonts embedded, the same bytes for the same input.

Takes plain data only and keeps no database open. Pango's font map is shared by all threads of a process,
so one sheet is made at a time in each process; more sheets at once want more workers.
"""

import gc
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from village_open.printing.fetcher import SCHEME, ClosedFetcher, Picture
from village_open.printing.fonts import FontFace, sheet_faces
from village_open.printing.layout import (
    SheetUnprintable,
    box_faults,
    font_faults,
    glyph_faults,
    height_mm,
    listening,
    page_boxes,
    picture_faults,
)

_one_at_a_time = threading.RLock()
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class AttachedFile:
    """A file carried inside the PDF: the canonical bytes that the sheet was made from."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class SheetSource:
    """Everything a sheet is made of; nothing else is read while it is rendered."""

    html: str
    stylesheets: Sequence[str] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    licensed: Sequence[FontFace] = ()
    keep_apart: tuple[str, str] | None = None


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF."""

    content: bytes
    pages: int


def check_source(source: SheetSource) -> int:
    """Make the sheet on trial, throw the PDF away, and return its number of pages.

    Raises:
        SheetUnprintable: names each missing glyph, missing picture and overflow.
        FontsMissing: a font or library is not installed.
    """
    return _made(source, _NO_MOMENT, ()).pages


def render_pdf(*, source: SheetSource, created_at: datetime, attachments: Sequence[AttachedFile] = ()) -> RenderedPdf:
    """Make the PDF; the moment is the sheet's own, so that the same input gives the same bytes.

    Raises:
        SheetUnprintable: names each missing glyph, missing picture and overflow.
        FontsMissing: a font or library is not installed.
    """
    return _made(source, created_at.astimezone(UTC), attachments)


def measured_heights(source: SheetSource) -> dict[str, float]:
    """Lay the sheet out, and return the height in mm of every element that has an id.

    Raises:
        FontsMissing: a font or library is not installed.
    """
    with _one_at_a_time, _unswept(), listening():
        document = _document(source, _fetcher(source))
        boxes = [box for page in document.pages for box in page_boxes(page)]
    outermost_last = [box for box in reversed(boxes) if _stands_for_id(box)]
    return {str(box.element.get("id")): height_mm(box) for box in outermost_last}


def _stands_for_id(box: object) -> bool:
    element = getattr(box, "element", None)
    return element is not None and bool(element.get("id")) and hasattr(box, "margin_height")


def _made(source: SheetSource, moment: datetime, attachments: Sequence[AttachedFile]) -> RenderedPdf:
    """Lay out, write, and only then judge: some pictures and fonts are looked for as late as the writing."""
    faces = sheet_faces()
    fetcher = _fetcher(source)
    with _one_at_a_time, _unswept(), listening() as listener:
        document = _document(source, fetcher)
        document.metadata.created = document.metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        content = document.write_pdf(
            pdf_variant="pdf/a-3u",
            pdf_tags=True,
            attachments=[_attachment(file, moment) for file in attachments],
        )
    faults = (
        *glyph_faults(source.html, faces),
        *picture_faults(fetcher.refused, listener.heard),
        *font_faults(document, (*faces, *source.licensed)),
        *box_faults(document, source.keep_apart),
    )
    if faults:
        raise SheetUnprintable(faults)
    return RenderedPdf(content, len(document.pages))


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the garbage collector out: it walks the growing tree of boxes again and again, a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _document(source: SheetSource, fetcher: ClosedFetcher) -> weasyprint.Document:
    fonts = _font_configuration()
    css = [*(_font_rule(face, index) for index, face in enumerate(source.licensed)), *source.stylesheets]
    sheets = [weasyprint.CSS(string=rule, font_config=fonts, url_fetcher=fetcher) for rule in css]
    page = weasyprint.HTML(string=source.html, base_url=SCHEME, url_fetcher=fetcher)
    return page.render(font_config=fonts, stylesheets=sheets)


def _font_rule(face: FontFace, index: int) -> str:
    weight = "bold" if face.bold else "normal"
    return f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; src: url("{_font_address(index)}") }}'


def _font_address(index: int) -> str:
    return f"{SCHEME}font-{index}"


def _fetcher(source: SheetSource) -> ClosedFetcher:
    """Hand in the pictures, and the licensed fonts as if they were pictures."""
    fonts = {
        _font_address(index).removeprefix(SCHEME): Picture(face.path.read_bytes(), "font/otf")
        for index, face in enumerate(source.licensed)
    }
    return ClosedFetcher({**source.pictures, **fonts})


@lru_cache(maxsize=1)
def _font_configuration() -> FontConfiguration:
    """Build Pango's font map once: cold it costs more than a sheet."""
    return FontConfiguration()


def _attachment(file: AttachedFile, moment: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=moment,
        modified=moment,
        relationship="Source",
    )
