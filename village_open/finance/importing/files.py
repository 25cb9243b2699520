"""A file's bytes in, its lines and problems out; the bytes are parsed in a limited child process."""

from collections.abc import Sequence

from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.importing.reading import read_table
from village_open.finance.importing.results import ImportedTable
from village_open.workbooks.reading import read_workbook


def read_file_table(
    content: bytes, *, period: Period, chart: Chart, account_names: Sequence[str], account: str = ""
) -> ImportedTable:
    """Read a file against a period; call it outside any transaction, for it takes its time.

    Raises:
        WorkbookRefused: it is no spreadsheet, or a hostile one.
    """
    return read_table(
        read_workbook(content), period=period, chart=chart, money_account=account or None,
        money_accounts=account_names,
    )  # fmt: skip
