"""Small builders of sheets and readings for the tests of the import."""

from collections.abc import Sequence
from typing import Any

from village_open.core.periods import Period
from village_open.finance.charts import Chart, ChartYear
from village_open.finance.importing.reading import read_table
from village_open.finance.importing.results import ImportedTable
from village_open.workbooks.cells import SheetCells
from village_open.workbooks.reading import read_workbook

ACCOUNTS = ("现金", "银行存款")


def sheet(*rows: Sequence[str], name: str = "Sheet1") -> SheetCells:
    return SheetCells(name, tuple(tuple(row) for row in rows))


def read_sheets(
    *sheets: SheetCells,
    period: str = "2026Q3",
    chart: ChartYear = 2004,
    money_account: str | None = None,
    money_accounts: Sequence[str] = ACCOUNTS,
) -> ImportedTable:
    return read_table(
        sheets,
        period=Period.parse(period),
        chart=Chart.load(chart),
        money_account=money_account,
        money_accounts=money_accounts,
    )


def read_rows(*rows: Sequence[str], **options: Any) -> ImportedTable:
    return read_sheets(sheet(*rows), **options)


def read_bytes(content: bytes, **options: Any) -> ImportedTable:
    return read_sheets(*read_workbook(content), **options)


def html_table(*rows: Sequence[str], title: str = "") -> bytes:
    """Write rows as accounting software does: an HTML table with a UTF-8 meta tag, every cell as text."""
    cells = ("".join(f"<td style='mso-number-format:\"\\@\"'>{cell or '&nbsp;'}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>x</title></head>'
    return f"{head}<body><div>{title}</div><table border=1>{table}</table></body></html>".encode()
