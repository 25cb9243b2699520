"""The one door: frozen content in, a finished sheet out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import grouped, sheet_code
from village_open.notices.sheets.affairs_content import AffairsContent, read_affairs
from village_open.notices.sheets.balance import check_affairs, check_board, check_figures
from village_open.notices.sheets.board_content import BoardContent, read_board
from village_open.notices.sheets.content import FinanceContent, read_content
from village_open.notices.sheets.dress import Dress
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.kinds import BOARD, FLOOR_DISTANCE_MM, SheetKind, is_hand_out, least_type_pt
from village_open.notices.sheets.setting import Setting, composed
from village_open.printing.fonts import licensed_faces
from village_open.printing.layout import Fault, SheetUnprintable
from village_open.printing.paper import Paper
from village_open.printing.pictures import qr_data_uri
from village_open.printing.render import AttachedFile, SheetSource, check_source, render_pdf

ATTACHMENT_NAME = "disclosure.json"
_KEEP_APART = ("flow", "foot")
_TRIAL_NUMBER = "（试排）〔0000〕财公000号"
_NO_DAY = date(2000, 1, 1)
"""A draft has no day of issue; its PDF still wants a fixed one."""


@dataclass(frozen=True)
class RenderedSheet:
    """A finished sheet: `pdf` is empty for a trial, `html` is what the preview shows."""

    pdf: bytes
    pages: int
    html: str
    type_pt: float


def render_sheet(
    *,
    content: Mapping[str, Any],
    kind: SheetKind | str,
    paper: Paper,
    reading_distance_mm: int = FLOOR_DISTANCE_MM,
    public_url: str | None = None,
    draft: bool = False,
    trial: bool = False,
    licensed_fonts: Path | None = None,
) -> RenderedSheet:
    """Print frozen content on one paper; call it outside any transaction.

    `reading_distance_mm` is nought for a hand-out. `public_url` is the public base address for the QR code, without one
    the code is printed alone; a draft has neither and a watermark. `licensed_fonts` is the folder with the office's own
    fonts. A trial lays out with a stand-in number and code and raises what would be wrong.

    Raises:
        SheetUnbalanced: the figures contradict one another.
        SheetUnprintable: names each missing glyph, missing picture and overflow.
        FontsMissing: a font or library is not installed.
    """
    frozen = canonical_bytes(content)
    sheet = read_sheet(content)
    check_sheet(sheet)
    if trial and not draft:
        sheet = replace(sheet, number=sheet.number or _TRIAL_NUMBER)
    dress = _dress(frozen, SheetKind(kind), paper, public_url, draft=draft)
    dress = replace(dress, licensed=licensed_faces(licensed_fonts), hand_out=is_hand_out(reading_distance_mm))
    setting = composed(sheet, dress, least_type_pt(reading_distance_mm))
    source = SheetSource(setting.html, licensed=dress.licensed, keep_apart=_KEEP_APART)
    if trial:
        _check_pages(check_source(source), setting)
        return RenderedSheet(b"", setting.pages, setting.html, setting.type_pt)
    attachments = [] if draft else [AttachedFile(ATTACHMENT_NAME, frozen, "本公示单的规范内容（RFC 8785）")]
    pdf = render_pdf(source=source, created_at=_moment(sheet), attachments=attachments)
    _check_pages(pdf.pages, setting)
    return RenderedSheet(pdf.content, pdf.pages, setting.html, setting.type_pt)


def read_sheet(content: Mapping[str, Any]) -> FinanceContent | AffairsContent | BoardContent:
    """Read canonical content of any kind."""
    told = content.get("announcement")
    if told is None:
        return read_content(content)
    return read_board(content) if told["kind"] == BOARD else read_affairs(content)


def check_sheet(sheet: Frame) -> None:
    """Prove that the figures of a sheet agree with one another.

    Raises:
        SheetUnbalanced: they contradict one another.
    """
    if isinstance(sheet, FinanceContent):
        check_figures(sheet)
    elif isinstance(sheet, AffairsContent):
        check_affairs(sheet)
    elif isinstance(sheet, BoardContent):
        check_board(sheet)


def _check_pages(pages: int, setting: Setting) -> None:
    """The paper must turn where the plan says, or 过次页 would stand on the wrong page."""
    if pages != setting.pages:
        raise SheetUnprintable([Fault("overlap", f"应有{setting.pages}页，却排成了{pages}页")])


def _dress(frozen: bytes, kind: SheetKind, paper: Paper, public_url: str | None, *, draft: bool) -> Dress:
    code = "" if draft else sheet_code(sha256_hex(frozen))
    typed_address = f"{public_url.rstrip('/')}/v" if public_url and code else ""
    address = f"{typed_address}/{code}" if typed_address else ""
    return Dress(
        kind=kind,
        paper=paper,
        type_pt=0.0,
        draft=draft,
        address=address,
        typed_address=typed_address,
        qr=qr_data_uri(address) if address else "",
        code_groups=grouped(code) if code else "",
    )


def _moment(sheet: Frame) -> datetime:
    return datetime.combine(sheet.issued_on or _NO_DAY, time(), UTC)
