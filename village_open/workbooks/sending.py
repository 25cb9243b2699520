"""Handing a list out as a file: one mechanism for every room."""

from collections.abc import Callable
from io import BytesIO
from typing import Literal

from flask import Response, send_file

from village_open.workbooks.writing import SheetTable, write_csv, write_xlsx

Ending = Literal["xlsx", "csv"]
ENDINGS = "any(xlsx, csv):ending"
"""The last part of an address that hands out a list, as a converter of the route table."""
_WRITERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "xlsx": (
        lambda table, *more: write_xlsx([table, *more]),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}


def send_table(table: SheetTable, ending: str, name: str, *more: SheetTable) -> Response:
    """Answer with a list as .xlsx or .csv, named for the person who saves it; only an .xlsx has room for more sheets.

    Raises:
        TextTooLongForCell: a text does not fit into a cell.
    """
    write, media_type = _WRITERS[ending]
    answer = send_file(BytesIO(write(table, *more)), media_type, as_attachment=True, download_name=f"{name}.{ending}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
