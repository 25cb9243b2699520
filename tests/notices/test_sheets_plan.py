"""Rows go to pages in order, none twice, none squeezed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.notices.sheets.plan import Block, Piece, Rooms, free_on_last_page, plan_pages
from village_open.printing.layout import SheetUnprintable

_ROWS = st.lists(st.floats(6, 30), max_size=60).map(tuple)


@given(rows=_ROWS, more=_ROWS, signing=st.floats(0, 90), carry=st.floats(0, 8))
def test_every_row_stands_once_in_order_and_no_page_is_overfull(
    rows: tuple[float, ...], more: tuple[float, ...], signing: float, carry: float
) -> None:
    blocks = [Block("lines", "逐笔", 10, rows, frozenset({1}), carry), Block("money", "账户", 12, more)]
    rooms = Rooms(250, 120, 200, signing)
    plan = plan_pages(blocks, rooms)
    for block in blocks:
        seen = [
            row for page in plan for piece in page if piece.key == block.key for row in range(piece.start, piece.stop)
        ]
        assert seen == list(range(len(block.rows_mm)))
    for number, page in enumerate(plan):
        room = (rooms.next_mm if number else rooms.first_mm) - (signing if number == len(plan) - 1 else 0)
        assert sum(height_of(blocks, piece) for piece in page) <= room + 1e-9
    assert free_on_last_page(blocks, plan, rooms) >= -1e-9


def height_of(blocks: list[Block], piece: Piece) -> float:
    block = next(block for block in blocks if block.key == piece.key)
    turns = (piece.start > 0) + (piece.stop < len(block.rows_mm))
    return block.head_mm + sum(block.rows_mm[piece.start : piece.stop]) + turns * block.carry_mm


@pytest.mark.parametrize(
    ("count", "glued", "pages"),
    [
        (10, frozenset(), [(0, 10)]),
        (12, frozenset(), [(0, 11), (11, 12)]),
        (12, frozenset({11}), [(0, 10), (10, 12)]),
        (12, frozenset({10, 11}), [(0, 9), (9, 12)]),
    ],
)
def test_glued_rows_take_their_neighbours_to_the_next_page(
    count: int, glued: frozenset[int], pages: list[tuple[int, int]]
) -> None:
    plan = plan_pages([Block("lines", "逐笔", 0, (10.0,) * count, glued)], Rooms(110, 110, 110, 0))
    assert [(page[0].start, page[0].stop) for page in plan] == pages


@pytest.mark.parametrize(
    ("second", "cut"),
    [
        (6, [(6, 0), (0, 6)]),
        (9, [(6, 4), (0, 5)]),
        (4, [(6, 4)]),
    ],
)
def test_a_table_that_would_break_goes_whole_to_the_last_page_where_it_fits(
    second: int, cut: list[tuple[int, int]]
) -> None:
    blocks = [Block("items", "项目", 0, (10.0,) * 6), Block("accounts", "科目", 0, (10.0,) * second)]
    plan = plan_pages(blocks, Rooms(120, 100, 80, 0))
    assert [tuple(_rows(page, key) for key in ("items", "accounts")) for page in plan] == cut


def test_a_table_breaks_where_moving_it_whole_would_leave_half_a_page_blank() -> None:
    blocks = [Block("facts", "事项", 0, (10.0,) * 4), Block("meetings", "会议", 0, (10.0,) * 8)]
    plan = plan_pages(blocks, Rooms(120, 100, 80, 0))
    assert [tuple(_rows(page, key) for key in ("facts", "meetings")) for page in plan] == [(4, 6), (0, 2)]


def _rows(page: tuple[Piece, ...], key: str) -> int:
    return sum(piece.stop - piece.start for piece in page if piece.key == key)


def test_the_signing_goes_to_a_page_of_its_own_rather_than_onto_the_lines() -> None:
    plan = plan_pages([Block("lines", "逐笔", 0, (90.0,))], Rooms(100, 100, 100, 50))
    assert [len(page) for page in plan] == [1, 0]


def test_a_row_or_a_signing_higher_than_a_page_is_refused() -> None:
    with pytest.raises(SheetUnprintable, match="“逐笔”第1行太高"):
        plan_pages([Block("lines", "逐笔", 0, (101.0,))], Rooms(100, 100, 100, 0))
    with pytest.raises(SheetUnprintable, match="签署栏太高"):
        plan_pages([Block("lines", "逐笔", 0, (10.0,))], Rooms(100, 100, 100, 101))
