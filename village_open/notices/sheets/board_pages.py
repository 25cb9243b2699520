"""The board on its pages: every section a sheet of its own, or the sections of a composite sheet in columns."""

from collections.abc import Sequence
from dataclasses import replace

from village_open.notices.sheets.board_content import BoardContent
from village_open.notices.sheets.board_tables import Place, money_section, panel_table, section_tables
from village_open.notices.sheets.columns import PADDING_EM
from village_open.notices.sheets.dress import Dress, Page, Part
from village_open.notices.sheets.kinds import COMPOSITES
from village_open.notices.sheets.pages import SLACK_MM, Laid, Measured, lay_flow, measure
from village_open.notices.sheets.plan import Piece, Rooms, plan_pages
from village_open.notices.sheets.tables import Table
from village_open.printing.layout import SheetUnprintable

_PANEL_EM = 16.0
_COLUMN_LEAST_EM = 40.0
"""So wide is a column at least: the widest sections of the template keep their columns on it."""
_COLUMN_PADDING_MM = 3.0
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""How high columns may be, of the page: the lowest that holds all makes them alike."""


def lay_sections(sheet: BoardContent, dress: Dress) -> Laid:
    """Lay every section on pages of its own, each with the places to sign, and number them through."""
    place = Place(dress.width_em, for_hand=dress.hand_out)
    by_section = [
        section_tables(section, f"s{number}", place, alone=True) for number, section in enumerate(sheet.sections)
    ]
    headings = [section.heading for section in sheet.sections]
    every = measure(sheet, dress, [table for tables in by_section for table in tables], headings)
    laid = [lay_flow(_only(every, tables), dress) for tables in by_section]
    total = sum(len(one.pages) for one in laid)
    named = [replace(page, heading=heading) for one, heading in zip(laid, headings, strict=True) for page in one.pages]
    pages = tuple(replace(page, number=number, total=total) for number, page in enumerate(named, start=1))
    fullest = max(one.filled / len(one.pages) for one in laid)
    return Laid(dress, every.tables, pages, fullest * total)


def _only(measured: Measured, tables: Sequence[Table]) -> Measured:
    keys = {table.key for table in tables}
    return Measured(tuple(tables), tuple(row for row in measured.blocks if row.key in keys), measured.heights)


def lay_composite(sheet: BoardContent, dress: Dress) -> Laid:
    """Lay a composite sheet: on wide paper a panel at the side and columns, on narrow paper one below the other."""
    columns = int((dress.width_em - _PANEL_EM) // (_COLUMN_LEAST_EM + PADDING_EM))
    if columns:
        wide = replace(dress, panel_em=_PANEL_EM, columns=columns)
        place = Place((dress.width_em - _PANEL_EM) / columns - PADDING_EM, for_hand=dress.hand_out)
        try:
            return _in_columns(measure(sheet, wide, _tables(sheet, wide, place)), wide)
        except SheetUnprintable:
            pass
    place = Place(dress.width_em, for_hand=dress.hand_out)
    return lay_flow(measure(sheet, dress, (panel_table(sheet, place), *_tables(sheet, dress, place))), dress)


def _tables(sheet: BoardContent, dress: Dress, place: Place) -> tuple[Table, ...]:
    number = COMPOSITES[dress.kind]
    sections = [
        table
        for index, section in enumerate(sheet.on_sheet(number))
        for table in section_tables(section, f"s{index}", place, alone=False)
    ]
    return (*([money_section(sheet, "money", place)] if number == 1 else []), *sections)


def _in_columns(measured: Measured, dress: Dress) -> Laid:
    """Fill column after column, page after page; where one page holds all its columns are made alike.

    Raises:
        SheetUnprintable: a row, or the panel, is higher than the page.
    """
    heights = measured.heights
    head = max(heights["board-head-0"], heights["board-head-1"])
    room = dress.paper.content_height_mm - SLACK_MM - head - heights["board-foot-0"] - _COLUMN_PADDING_MM
    if heights["panel"] > room:
        raise SheetUnprintable([])
    plan = _planned(measured, room)
    filled = len(plan) / dress.columns
    if len(plan) <= dress.columns:
        plan, filled = _alike(measured, room, dress.columns)
    total = -(-len(plan) // dress.columns)
    pages = tuple(
        Page(
            number=number + 1,
            total=total,
            is_first=number == 0,
            is_last=number == total - 1,
            columns=_page_columns(measured, plan[number * dress.columns : (number + 1) * dress.columns], dress),
        )
        for number in range(total)
    )
    return Laid(dress, measured.tables, pages, filled)


_Plan = Sequence[Sequence[Piece]]


def _page_columns(measured: Measured, plan: _Plan, dress: Dress) -> tuple[tuple[Part, ...], ...]:
    columns = [tuple(map(measured.part, pieces)) for pieces in plan]
    return (*columns, *[()] * (dress.columns - len(columns)))


def _planned(measured: Measured, room_mm: float) -> _Plan:
    return plan_pages(measured.blocks, Rooms(room_mm, room_mm, room_mm, 0.0))


def _alike(measured: Measured, room_mm: float, columns: int) -> tuple[_Plan, float]:
    """Return the plan of the lowest columns that hold all, and how much of the page they fill."""
    for share in _SHARES:
        try:
            plan = _planned(measured, share * room_mm)
        except SheetUnprintable:
            continue
        if len(plan) <= columns:
            return plan, share
    return _planned(measured, room_mm), 1.0
