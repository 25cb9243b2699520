"""Which rows stand on which page, from measured heights: nothing is squeezed, more lines give more pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from village_open.printing.layout import Fault, SheetUnprintable

_LEAST_SHARE = 0.6
"""So much of a page is filled before a table that could break moves to the next page as a whole."""


@dataclass(frozen=True)
class Block:
    """A table of the sheet in mm: head (repeated on every page), rows, and its running-total row if it has one."""

    key: str
    caption: str
    head_mm: float
    rows_mm: tuple[float, ...]
    glued: frozenset[int] = frozenset()
    carry_mm: float = 0.0


@dataclass(frozen=True)
class Piece:
    """Rows `start` to before `stop` of a block, on one page."""

    key: str
    start: int
    stop: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Rooms:
    """What a page and its head and foot leave for tables, in mm, and what the signing takes from the last page."""

    page_mm: float
    first_mm: float
    next_mm: float
    signing_mm: float


@dataclass(frozen=True)
class _Flow:
    """All rows of all blocks as one sequence."""

    blocks: tuple[Block, ...]

    @cached_property
    def entries(self) -> tuple[tuple[Block, int], ...]:
        return tuple((block, row) for block in self.blocks for row in range(len(block.rows_mm)))

    def pieces(self, start: int, stop: int) -> tuple[Piece, ...]:
        found: dict[str, tuple[Block, int, int]] = {}
        for block, row in self.entries[start:stop]:
            first = found[block.key][1] if block.key in found else row
            found[block.key] = (block, first, row + 1)
        return tuple(
            Piece(block.key, first, end, first == 0, end == len(block.rows_mm)) for block, first, end in found.values()
        )

    def height_mm(self, start: int, stop: int) -> float:
        by_key = {block.key: block for block in self.blocks}
        return sum(_piece_height(by_key[piece.key], piece) for piece in self.pieces(start, stop))

    def may_break_before(self, index: int) -> bool:
        block, row = self.entries[index]
        return row not in block.glued


def _piece_height(block: Block, piece: Piece) -> float:
    carries = (not piece.is_first) + (not piece.is_last)
    return block.head_mm + sum(block.rows_mm[piece.start : piece.stop]) + carries * block.carry_mm


def plan_pages(blocks: Sequence[Block], rooms: Rooms) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of each page, filled from the top; the last page keeps room for the signing.

    Raises:
        SheetUnprintable: a single row, or the signing, is higher than a page.
    """
    if rooms.signing_mm > rooms.next_mm:
        raise SheetUnprintable([Fault("overflow", "签署栏太高，一页放不下，请换大一号的纸或缩短阅读距离")])
    flow = _Flow(tuple(block for block in blocks if block.rows_mm))
    pages: list[tuple[Piece, ...]] = []
    start, end = 0, len(flow.entries)
    room = rooms.first_mm
    while flow.height_mm(start, end) > room - rooms.signing_mm:
        stop = _whole_table(flow, start, _page_end(flow, start, room), rooms, room)
        pages.append(flow.pieces(start, stop))
        start, room = stop, rooms.next_mm
    return (*pages, flow.pieces(start, end))


def free_on_last_page(blocks: Sequence[Block], plan: Sequence[Sequence[Piece]], rooms: Rooms) -> float:
    """Return what stays blank on the last page, in mm."""
    by_key = {block.key: block for block in blocks}
    room = (rooms.next_mm if len(plan) > 1 else rooms.first_mm) - rooms.signing_mm
    return room - sum(_piece_height(by_key[piece.key], piece) for piece in plan[-1])


def _whole_table(flow: _Flow, start: int, stop: int, rooms: Rooms, room_mm: float) -> int:
    """Take a table that would break over to the next page as a whole, where it and all that follows fit there.

    It breaks all the same where too much of this page would stay blank.
    """
    if stop == len(flow.entries):
        return stop
    block_key = flow.entries[stop][0].key
    first = next(index for index, (block, _) in enumerate(flow.entries) if block.key == block_key)
    fits = flow.height_mm(first, len(flow.entries)) <= rooms.next_mm - rooms.signing_mm
    if not start < first < stop or not fits:
        return stop
    return first if flow.height_mm(start, first) >= _LEAST_SHARE * room_mm else stop


def _page_end(flow: _Flow, start: int, room_mm: float) -> int:
    """Return where a page that is not the last ends: the lowest place that fits and may break."""
    stops = range(start + 1, len(flow.entries) + 1)
    fitting = list(takewhile(lambda stop: flow.height_mm(start, stop) <= room_mm, stops))
    if not fitting:
        block, row = flow.entries[start]
        raise SheetUnprintable([Fault("overflow", f"“{block.caption}”第{row + 1}行太高，一页放不下，请把文字写短些")])
    allowed = [stop for stop in fitting if stop < len(flow.entries) and flow.may_break_before(stop)]
    return (allowed or fitting)[-1]
