"""The trial rendering: what WeasyPrint passes over in silence becomes one error that names every fault."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Literal

import weasyprint

from village_open.core.errors import RuleForbids
from village_open.printing.fonts import FontFace, missing_characters
from village_open.printing.paper import PX_PER_MM

FaultKind = Literal["picture", "glyph", "overflow", "overlap", "layout"]
_UNSEEN_TAGS = frozenset({"style", "script", "title"})
_TOLERANCE_PX = 0.5
"""Rounding of sums of fractional heights; a tenth of a millimetre is no overflow."""
_SHOWN_CHARACTERS = 24
_ROUTE = "weasyprint"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a sheet, in words a clerk understands."""

    kind: FaultKind
    message: str


class SheetUnprintable(RuleForbids):
    """The sheet cannot be printed as it is; `faults` names each reason."""

    def __init__(self, faults: Sequence[Fault], sheet: str = "公示单") -> None:
        self.faults = tuple(faults)
        super().__init__(f"{sheet}不能打印：" + "；".join(fault.message for fault in faults) + "。")


class Listener(logging.Handler):
    """Collects what WeasyPrint only logs, of the thread that made the listener: other sheets are made meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        if record.thread == self._thread:
            self.heard.append(record)


@contextmanager
def listening() -> Iterator[Listener]:
    """Collect WeasyPrint's log while a sheet is made, and keep it off the screen.

    A server's or a library's own logging setup may have silenced it: a fault that nobody hears would be printed. So the
    log is opened, and stays open: to close it again would deafen a listener in another thread.
    """
    logger = logging.getLogger(_ROUTE)
    logger.propagate, logger.disabled = False, False
    logger.setLevel(logging.WARNING)
    listener = Listener()
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)


def glyph_faults(html: str, faces: Iterable[FontFace]) -> tuple[Fault, ...]:
    """Name each character of the visible text that the fonts of the sheet cannot draw."""
    missing = missing_characters(visible_text(html), faces)
    return tuple(
        Fault("glyph", f"字体里没有“{char}”（U+{ord(char):04X}）这个字，请改用规范字或别的写法") for char in missing
    )


def visible_text(html: str) -> str:
    """Return the text of an HTML page that ends up on paper."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return "".join(reader.texts)


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN_TAGS

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN_TAGS

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(data)


def picture_faults(refused: Iterable[str], heard: Iterable[logging.LogRecord]) -> tuple[Fault, ...]:
    """Name each picture that was not handed in or cannot be read, and each error of the layout engine."""
    asked = list(dict.fromkeys(refused))
    faults = [Fault("picture", f"图片“{_end_of(url)}”没有随公示单提供") for url in asked]
    for record in heard:
        if record.levelno < logging.ERROR or any(url in record.getMessage() for url in asked):
            continue
        url = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if "image" in str(record.msg):
            faults.append(Fault("picture", f"图片“{_end_of(url)}”读不出来，请换一张"))
        else:
            faults.append(Fault("layout", f"排版出错：{_shortened(record.getMessage())}"))
    return tuple(faults)


def font_faults(document: weasyprint.Document, faces: Iterable[FontFace]) -> tuple[Fault, ...]:
    """Name each font that slipped in for a sheet's own: another machine would print it otherwise."""
    allowed = {face.family for face in faces}
    strangers = sorted({font.family for font in document.fonts.values()} - allowed)
    return tuple(Fault("glyph", f"有文字换成了字体“{family}”，请检查字体安装") for family in strangers)


def box_faults(document: weasyprint.Document, keep_apart: tuple[str, str] | None = None) -> tuple[Fault, ...]:
    """Name each text or picture that leaves its cell or the page, and each page whose flow runs into its foot.

    `keep_apart` names two classes of elements: the first must end above the second on every page.
    """
    faults: list[Fault] = []
    for number, page in enumerate(document.pages, start=1):
        boxes = list(page_boxes(page))
        spilled = [box for box in boxes if _leaves_page(box, page) or _leaves_cell(box)]
        faults += [
            Fault("overflow", f"第{number}页“{what}”放不下，超出了版面") for what in dict.fromkeys(map(_named, spilled))
        ]
        if keep_apart and _overlap(boxes, *keep_apart):
            faults.append(Fault("overlap", f"第{number}页的内容压到了页脚"))
    return tuple(faults)


def page_boxes(page: weasyprint.Page) -> Iterator[Any]:
    """Yield every box of a page; WeasyPrint has no public way to them."""
    yield from page._page_box.descendants()


def classes_of(box: Any) -> frozenset[str]:
    """Return the classes of the element that a box stands for; none for anonymous and generated boxes."""
    element = getattr(box, "element", None)
    if element is None or getattr(box, "element_tag", None) != getattr(element, "tag", None):
        return frozenset()
    return frozenset((element.get("class") or "").split())


def _leaves_page(box: Any, page: weasyprint.Page) -> bool:
    if not _draws(box):
        return False
    sheet = page._page_box
    left, top = sheet.content_box_x(), sheet.content_box_y()
    return bool(
        box.position_x < left - _TOLERANCE_PX
        or box.position_y < top - _TOLERANCE_PX
        or box.position_x + box.width > left + sheet.width + _TOLERANCE_PX
        or box.position_y + box.height > top + sheet.height + _TOLERANCE_PX
    )


def _leaves_cell(box: Any) -> bool:
    """Tell whether a table cell holds a line wider than itself: it would print over its neighbour."""
    if type(box).__name__ != "TableCellBox":
        return False
    right = box.content_box_x() + box.width + _TOLERANCE_PX
    return any(inner.position_x + inner.width > right for inner in box.descendants() if _draws(inner))


def _draws(box: Any) -> bool:
    """Tell whether a box leaves ink that must stay in bounds; the turned watermark may touch the margin."""
    if type(box).__name__ not in ("TextBox", "InlineReplacedBox", "BlockReplacedBox"):
        return False
    return box.element is None or "watermark" not in (box.element.get("class") or "")


def _named(box: Any) -> str:
    inside = box.descendants() if hasattr(box, "descendants") else (box,)
    text = "".join(inner.text for inner in inside if hasattr(inner, "text"))
    return _shortened(text.strip() or "图片")


def _overlap(boxes: Sequence[Any], upper: str, lower: str) -> bool:
    ends = [box.position_y + box.margin_height() for box in boxes if upper in classes_of(box)]
    starts = [box.position_y for box in boxes if lower in classes_of(box)]
    return bool(ends and starts) and max(ends) > min(starts) + _TOLERANCE_PX


def _end_of(url: str) -> str:
    """The end of an address tells more than its beginning."""
    return url if len(url) <= _SHOWN_CHARACTERS else "…" + url[-_SHOWN_CHARACTERS:]


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


def height_mm(box: Any) -> float:
    """Return the margin height of a box."""
    return float(box.margin_height() / PX_PER_MM)
