"""A sheet set at one type size, and at the largest that needs no page more."""

from dataclasses import dataclass, replace
from typing import cast

from village_open.notices.sheets.affairs_content import AffairsContent
from village_open.notices.sheets.affairs_tables import affairs_tables
from village_open.notices.sheets.board_content import BoardContent
from village_open.notices.sheets.board_pages import lay_composite, lay_sections
from village_open.notices.sheets.columns import line_columns
from village_open.notices.sheets.content import FinanceContent
from village_open.notices.sheets.dress import Dress
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.kinds import SheetKind, larger_types_pt
from village_open.notices.sheets.line_table import lines_table
from village_open.notices.sheets.money_table import money_table
from village_open.notices.sheets.pages import Laid, lay_flow, measure
from village_open.notices.sheets.summary_tables import accounts_table, disputed_table, items_table
from village_open.notices.sheets.tables import Table
from village_open.notices.sheets.template import sheet_html
from village_open.printing.layout import SheetUnprintable


@dataclass(frozen=True)
class Setting:
    """A sheet set at one type size; `filled` is how many pages are full, the last counted by its share."""

    html: str
    type_pt: float
    pages: int
    filled: float


def composed(sheet: Frame, dress: Dress, least_pt: float) -> Setting:
    """Set the sheet at the floor, then at the largest type that needs no page more.

    Raises:
        SheetUnprintable: it does not fit at the floor.
    """
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


def _set_at(sheet: Frame, dress: Dress, type_pt: float) -> Setting:
    """Set the sheet at a size: measure every part, plan the pages, write the HTML."""
    laid = _laid(sheet, replace(dress, type_pt=type_pt))
    html = sheet_html(sheet, laid.dress, laid.pages, laid.tables)
    return Setting(html, type_pt, len(laid.pages), laid.filled)


def _laid(sheet: Frame, dress: Dress) -> Laid:
    if isinstance(sheet, BoardContent):
        return lay_sections(sheet, dress) if dress.kind is SheetKind.SECTIONS else lay_composite(sheet, dress)
    return lay_flow(measure(sheet, dress, _tables(sheet, dress)), dress)


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
