"""Pictures of paper for the demo: a receipt, a signed page, a board. Drawn, never photographed."""

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from village_open.printing.fonts import find_face

_PAPER = (252, 250, 244)
_INK = (40, 44, 52)


def drawn_page(title: str, rows: Sequence[str], *, size: tuple[int, int] = (900, 1200)) -> bytes:
    """Return a JPEG of a page with a title and rows of text."""
    picture = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((30, 30, size[0] - 30, size[1] - 30), outline=_INK, width=3)
    draw.text((size[0] // 2, 80), title, font=_font(44), fill=_INK, anchor="mt")
    for number, row in enumerate(rows):
        draw.text((80, 190 + 64 * number), row, font=_font(32), fill=_INK)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    face = find_face("Noto Serif CJK SC", bold=False)
    if face is None:
        raise FileNotFoundError("Noto Serif CJK SC")
    return ImageFont.truetype(str(face.path), size, index=face.index)
