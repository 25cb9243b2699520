"""The one door: frozen content in, a finished sheet out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, cast

from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import grouped, sheet_code
from village_open.notices.sheets.affairs_content import AffairsContent, read_affairs
from village_open.notices.sheets.affairs_tables import affairs_tables
from village_open.notices.sheets.balance import check_affairs, check_figures
from village_open.notices.sheets.columns import line_columns
from village_open.notices.sheets.content import FinanceContent, read_content
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.heights import block_of, trial_of
from village_open.notices.sheets.kinds import (
    FLOOR_DISTANCE_MM,
    SheetKind,
    is_hand_out,
    larger_types_pt,
    least_type_pt,
)
from village_open.notices.sheets.line_table import lines_table
from village_open.notices.sheets.money_table import money_table
from village_open.notices.sheets.plan import Piece, Rooms, free_on_last_page, plan_pages
from village_open.notices.sheets.summary_tables import accounts_table, disputed_table, items_table
from village_open.notices.sheets.tables import Table
from village_open.notices.sheets.template import Dress, Page, Part, measuring_html, sheet_html
from village_open.printing.fonts import licensed_faces
from village_open.printing.layout import Fault, SheetUnprintable
from village_open.printing.paper import Paper
from village_open.printing.pictures import qr_data_uri
from village_open.printing.render import AttachedFile, SheetSource, check_source, measured_heights, render_pdf

ATTACHMENT_NAME = "disclosure.json"
_KEEP_APART = ("flow", "foot")
_TRIAL_NUMBER = "（试排）〔0000〕财公000号"
_SLACK_MM = 0.5
"""Sums of rounded heights must not tip a row over the edge."""
_NO_DAY = date(2000, 1, 1)
"""A draft has no day of issue; its PDF still wants a fixed one."""


@dataclass(frozen=True)
class RenderedSheet:
    """A finished sheet: `pdf` is empty for a trial, `html` is what the preview shows."""

    pdf: bytes
    pages: int
    html: str
    type_pt: float


@dataclass(frozen=True)
class _Setting:
    """A sheet set at one type size; `filled` is how many pages are full, the last counted by its share."""

    html: str
    type_pt: float
    pages: int
    filled: float


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
    setting = _composed(sheet, dress, least_type_pt(reading_distance_mm))
    source = SheetSource(setting.html, licensed=dress.licensed, keep_apart=_KEEP_APART)
    if trial:
        _check_pages(check_source(source), setting)
        return RenderedSheet(b"", setting.pages, setting.html, setting.type_pt)
    attachments = [] if draft else [AttachedFile(ATTACHMENT_NAME, frozen, "本公示单的规范内容（RFC 8785）")]
    pdf = render_pdf(source=source, created_at=_moment(sheet), attachments=attachments)
    _check_pages(pdf.pages, setting)
    return RenderedSheet(pdf.content, pdf.pages, setting.html, setting.type_pt)


def read_sheet(content: Mapping[str, Any]) -> FinanceContent | AffairsContent:
    """Read canonical content of either kind."""
    return read_affairs(content) if "announcement" in content else read_content(content)


def check_sheet(sheet: Frame) -> None:
    """Prove that the figures of a sheet agree with one another.

    Raises:
        SheetUnbalanced: they contradict one another.
    """
    if isinstance(sheet, FinanceContent):
        check_figures(sheet)
    elif isinstance(sheet, AffairsContent):
        check_affairs(sheet)


def _check_pages(pages: int, setting: _Setting) -> None:
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


def _composed(sheet: Frame, dress: Dress, least_pt: float) -> _Setting:
    """Set the sheet at the floor, then at the largest type that needs no page more."""
    setting = _set_at(sheet, dress, least_pt)
    for larger_pt in larger_types_pt(least_pt):
        if setting.filled * larger_pt > setting.pages * least_pt:
            continue
        try:
            larger = _set_at(sheet, dress, larger_pt)
        except SheetUnprintable:
            continue
        if larger.pages == setting.pages:
            return larger
    return setting


def _set_at(sheet: Frame, dress: Dress, type_pt: float) -> _Setting:
    """Set the sheet at a size: measure every part, plan the pages, write the HTML."""
    dress = replace(dress, type_pt=type_pt)
    tables = _tables(sheet, dress)
    trials = [trial_of(table) for table in tables]
    heights = measured_heights(SheetSource(measuring_html(sheet, dress, trials), licensed=dress.licensed))
    blocks = [block_of(trial, heights) for trial in trials]
    rooms = _rooms(dress, heights)
    plan = plan_pages(blocks, rooms)
    by_key = {table.key: table for table in tables}
    free_mm = free_on_last_page(blocks, plan, rooms)
    pages = [
        Page(
            number=number,
            total=len(plan),
            parts=tuple(_part(by_key[piece.key], piece) for piece in pieces),
            blank_below=number == len(plan) and free_mm > heights["blank-below"],
        )
        for number, pieces in enumerate(plan, start=1)
    ]
    return _Setting(sheet_html(sheet, dress, pages, tables), type_pt, len(plan), len(plan) - free_mm / rooms.page_mm)


def _rooms(dress: Dress, heights: Mapping[str, float]) -> Rooms:
    page = dress.paper.content_height_mm - _SLACK_MM
    rest = page - heights["foot-0"]
    return Rooms(
        page_mm=page,
        first_mm=rest - heights["head-first"],
        next_mm=rest - heights["head-next"],
        signing_mm=heights["foot-1"] - heights["foot-0"],
    )


def _tables(sheet: Frame, dress: Dress) -> tuple[Table, ...]:
    if isinstance(sheet, AffairsContent):
        return affairs_tables(sheet, dress.width_em)
    return _finance_tables(cast(FinanceContent, sheet), dress)


def _finance_tables(sheet: FinanceContent, dress: Dress) -> tuple[Table, ...]:
    if dress.kind is SheetKind.FINANCE_LINES:
        columns = line_columns(sheet, dress.width_em, hand_out=dress.hand_out)
        return lines_table(sheet, columns), money_table(sheet, dress.width_em)
    width = dress.width_em
    tables = (
        items_table(sheet, width),
        accounts_table(sheet, width),
        money_table(sheet, width),
        disputed_table(sheet, width),
    )
    return tuple(table for table in tables if table.rows)


def _part(table: Table, piece: Piece) -> Part:
    rows = table.rows[piece.start : piece.stop]
    if table.carried and not piece.is_first:
        rows = (table.brought[piece.start - 1], table.opened[piece.start], *rows[1:])
    if table.carried and not piece.is_last:
        rows = (*rows, table.carried[piece.stop - 1])
    return Part(table, rows, piece.is_first)
