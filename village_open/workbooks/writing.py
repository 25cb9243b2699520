"""Spreadsheets that people take home: .xlsx with real numbers and days, .csv that opens right in Excel and WPS."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Literal

import xlsxwriter

from village_open.core.errors import InputError
from village_open.core.money import FEN_PER_YUAN, plain_yuan
from village_open.workbooks.csv_text import guarded

ColumnKind = Literal["text", "money", "date", "count"]
WrittenCell = str | int | date | None
_NUMBER_FORMATS: dict[ColumnKind, str] = {
    "text": "@",
    "money": "#,##0.00",
    "date": "yyyy-mm-dd",
    "count": "0",
}
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class TextTooLongForCell(InputError):
    """A spreadsheet cell cannot hold the text; cutting it silently would lose words."""

    def __init__(self, column: str) -> None:
        super().__init__(f"“{column}”一列有文字超过 {_LONGEST_TEXT} 个，表格放不下。", field=column)


@dataclass(frozen=True)
class Column:
    """A column: its head, what its cells are, and its width in characters."""

    title: str
    kind: ColumnKind = "text"
    width: int = 14


@dataclass(frozen=True)
class SheetTable:
    """One sheet to write: heads in the first row, then rows; money is int fen, None is an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[WrittenCell]]


def write_xlsx(sheets: Sequence[SheetTable]) -> bytes:
    """Write sheets as an .xlsx file; text stays text, whatever it begins with.

    Raises:
        TextTooLongForCell: a text does not fit into a cell.
    """
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "align": "center"})
        formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _NUMBER_FORMATS.items()}
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name)), sheet, head, formats)
    return buffer.getvalue()


def _write_sheet(
    page: xlsxwriter.worksheet.Worksheet,
    sheet: SheetTable,
    head: xlsxwriter.format.Format,
    formats: dict[ColumnKind, xlsxwriter.format.Format],
) -> None:
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, formats[column.kind])
        page.write_string(0, number, column.title, head)
    for row, cells in enumerate(sheet.rows, 1):
        for number, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            if cell is not None and cell != "":
                _write_cell(page, (row, number), column, cell)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, at: tuple[int, int], column: Column, cell: str | int | date
) -> None:
    if isinstance(cell, date):
        page.write_datetime(*at, cell)
    elif isinstance(cell, int):
        page.write_number(*at, cell / FEN_PER_YUAN if column.kind == "money" else cell)
    elif len(cell) > _LONGEST_TEXT:
        raise TextTooLongForCell(column.title)
    else:
        page.write_string(*at, cell)


def _sheet_name(name: str) -> str:
    return _NOT_IN_NAMES.sub("－", name).strip("'")[:_LONGEST_NAME] or "表"


def write_csv(sheet: SheetTable) -> bytes:
    """Write one sheet as .csv in UTF-8 with its mark; formulas in text are disarmed, numbers stay numbers."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column.title) for column in sheet.columns])
    for cells in sheet.rows:
        writer.writerow([_csv_cell(column, cell) for column, cell in zip(sheet.columns, cells, strict=True)])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(column: Column, cell: WrittenCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return plain_yuan(cell) if column.kind == "money" else str(cell)
    return guarded(cell)
