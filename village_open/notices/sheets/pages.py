"""Tables measured once and laid on the pages of a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_open.notices.sheets.dress import Dress, Page, Part
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.heights import block_of, trial_of
from village_open.notices.sheets.plan import Block, Piece, Rooms, free_on_last_page, plan_pages
from village_open.notices.sheets.tables import Table
from village_open.notices.sheets.template import measuring_html
from village_open.printing.render import SheetSource, measured_heights

SLACK_MM = 0.5
"""Sums of rounded heights must not tip a row over the edge."""


@dataclass(frozen=True)
class Measured:
    """Tables with what the trial found: their blocks in mm, and every other part by its id."""

    tables: tuple[Table, ...]
    blocks: tuple[Block, ...]
    heights: Mapping[str, float]

    def part(self, piece: Piece) -> Part:
        """Return the rows of a piece, with the running totals where it carries over."""
        table = next(table for table in self.tables if table.key == piece.key)
        return _part(table, piece)


@dataclass(frozen=True)
class Laid:
    """A sheet on its pages; `filled` is how many of them are full, the last counted by its share."""

    dress: Dress
    tables: tuple[Table, ...]
    pages: tuple[Page, ...]
    filled: float


def measure(sheet: Frame, dress: Dress, tables: Sequence[Table], headings: Sequence[str] = ()) -> Measured:
    """Lay every part out once; of several headings the longest stands for all."""
    trials = [trial_of(table) for table in tables]
    heights = measured_heights(SheetSource(measuring_html(sheet, dress, trials, headings), licensed=dress.licensed))
    return Measured(tuple(tables), tuple(block_of(trial, heights) for trial in trials), heights)


def lay_flow(measured: Measured, dress: Dress) -> Laid:
    """Lay tables one below the other from page to page, with room for the signing on the last.

    Raises:
        SheetUnprintable: a single row, or the signing, is higher than a page.
    """
    rooms = rooms_of(measured, dress)
    plan = plan_pages(measured.blocks, rooms)
    free_mm = free_on_last_page(measured.blocks, plan, rooms)
    pages = [
        Page(
            number=number,
            total=len(plan),
            is_first=number == 1,
            is_last=number == len(plan),
            parts=tuple(map(measured.part, pieces)),
            blank_below=number == len(plan) and free_mm > measured.heights["blank-below"],
        )
        for number, pieces in enumerate(plan, start=1)
    ]
    return Laid(dress, measured.tables, tuple(pages), len(plan) - free_mm / rooms.page_mm)


def rooms_of(measured: Measured, dress: Dress) -> Rooms:
    """Return what head and foot leave for tables."""
    heights = measured.heights
    page = dress.paper.content_height_mm - SLACK_MM
    rest = page - heights["foot-0"]
    return Rooms(
        page_mm=page,
        first_mm=rest - heights["head-first"],
        next_mm=rest - heights["head-next"],
        signing_mm=heights["foot-1"] - heights["foot-0"],
    )


def _part(table: Table, piece: Piece) -> Part:
    rows = table.rows[piece.start : piece.stop]
    if table.carried and not piece.is_first:
        rows = (table.brought[piece.start - 1], table.opened[piece.start], *rows[1:])
    if table.carried and not piece.is_last:
        rows = (*rows, table.carried[piece.stop - 1])
    return Part(table, rows, piece.is_first)
