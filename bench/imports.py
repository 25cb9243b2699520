"""Rows per second of the import, against calamine alone on the same file."""

from datetime import timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook

from bench.stopwatch import median_seconds, show
from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.importing.files import read_file_table
from village_open.finance.importing.results import ImportedTable
from village_open.finance.importing.template import TEMPLATE_COLUMNS
from village_open.workbooks.writing import Column, SheetTable, write_xlsx

ROWS, TIMES = 20_000, 3
QUARTER = Period.parse("2026Q3")


def run() -> None:
    """Read a file of twenty thousand rows both ways and print the table."""
    content = a_file()
    table = read(content)
    assert (len(table.lines), table.errors) == (ROWS, ()), table.errors[:3]
    ours = median_seconds(lambda: read(content), times=TIMES)
    bare = median_seconds(lambda: read_bare(content), times=TIMES)
    rows = [
        (name, f"{ROWS / seconds:,.0f}", f"{seconds:.2f}", f"{seconds / bare:.1f}")
        for name, seconds in (("import, in its child process", ours), ("calamine alone", bare))
    ]
    show(f"Import of {ROWS:,} rows, {len(content) / 1e6:.1f} MB of .xlsx", ("", "rows/s", "seconds", "× bare"), rows)


def read(content: bytes) -> ImportedTable:
    """Read the file as the import does: cells in the child process, then lines and problems."""
    return read_file_table(
        content, period=QUARTER, chart=Chart.load(2023), account_names=("现金", "银行存款"), account="现金"
    )


def read_bare(content: bytes) -> list[list[object]]:
    """Read the same cells and do nothing with them."""
    rows: list[list[object]] = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return rows


def a_file() -> bytes:
    """Write invented lines into our own template."""
    columns = tuple(Column(title, kind) for title, kind in TEMPLATE_COLUMNS)
    rows = [
        (
            QUARTER.first_on + timedelta(days=number % 90), f"记-{number}", f"购办公用品第{number}笔",
            None if number % 3 else 10_000 + number, 10_000 + number if number % 3 else None, "现金", "",
            "其他支出" if number % 3 else "其他收入", "", "", f"商店{number % 40}", "赵守田", "周春梅", "李建国", "",
        )
        for number in range(ROWS)
    ]  # fmt: skip
    return write_xlsx([SheetTable("流水", columns, rows)])
