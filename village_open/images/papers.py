"""A PDF made anew: its pages as they look, without script, form, attachment or link. Runs in the child."""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf import Name

from village_open.images.limits import Limits, Stopped
from village_open.images.pictures import THUMB_PX, thumbnail

_PAGE_KEYS = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
"""What a page needs to look as it looks; every other key goes."""
_NEVER = (
    "/A", "/AA", "/AF", "/Alternates", "/EF", "/JS", "/JavaScript", "/Launch", "/Metadata", "/OPI", "/OpenAction",
    "/PieceInfo", "/Ref", "/URI", "/XFA",
)  # fmt: skip
"""Swept from every object that is left, should one have been reached by a way nobody thought of."""
_OUTSIDE_DATA = ("/F", "/FFilter", "/FDecodeParms")
"""A stream whose bytes lie in a file outside the PDF."""


def remake_pdf(content: bytes, *, limits: Limits) -> tuple[bytes, bytes]:
    """Return the PDF with nothing but its pages, and a thumbnail of the first one as JPEG.

    Raises:
        Stopped: it is locked, too long, too large or broken.
    """
    try:
        with pikepdf.open(BytesIO(content)) as handed_in:
            _require_size(handed_in, limits)
            clean = _pages_only(handed_in)
    except pikepdf.PasswordError as locked:
        raise Stopped("locked") from locked
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as broken:
        raise Stopped("broken") from broken
    return clean, _first_page(clean)


def _require_size(pdf: pikepdf.Pdf, limits: Limits) -> None:
    if not len(pdf.pages):
        raise Stopped("broken")
    if len(pdf.pages) > limits.pdf_pages:
        raise Stopped("too_long", f"有 {len(pdf.pages)} 页，最多 {limits.pdf_pages} 页")
    if len(pdf.objects) > limits.pdf_objects:
        raise Stopped("too_long", f"内容过于复杂（{len(pdf.objects)} 个对象）")
    for stream in _streams(pdf):
        if stream.get("/Subtype") == Name.Image:
            width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
            if width * height > limits.jpeg_pixels:
                raise Stopped("too_many_pixels", f"{width}×{height} 像素")


def _pages_only(handed_in: pikepdf.Pdf) -> bytes:
    """Copy the pages to a new PDF; stamps and seals that lie on a page as annotations are drawn into it first."""
    handed_in.flatten_annotations("all")
    clean = pikepdf.new()
    clean.pages.extend(handed_in.pages)
    for page in clean.pages:
        for key in set(page.obj.keys()) - _PAGE_KEYS:
            del page.obj[key]
    _sweep(clean)
    written = BytesIO()
    clean.save(
        written,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return written.getvalue()


def _sweep(pdf: pikepdf.Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            for key in (*_NEVER, *(_OUTSIDE_DATA if isinstance(found, pikepdf.Stream) else ())):
                if key in found:
                    del found[key]


def _streams(pdf: pikepdf.Pdf) -> Iterable[pikepdf.Stream]:
    return (found for found in pdf.objects if isinstance(found, pikepdf.Stream))


def _first_page(content: bytes) -> bytes:
    try:
        with pypdfium2.PdfDocument(content) as document:
            page = document[0]
            scale = 2 * THUMB_PX / max(*page.get_size(), 1)
            return thumbnail(page.render(scale=scale).to_pil())
    except (pypdfium2.PdfiumError, ValueError, OSError) as broken:
        raise Stopped("broken") from broken
