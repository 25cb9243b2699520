"""Comma- or tab-separated text, in UTF-8 or in the national encoding; and the guard against formulas in it."""

import csv
import re
from io import StringIO

from village_open.workbooks.cells import Counter, Limits, Refusal, SheetCells, sheet_of

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RISKY = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")


def guarded(text: str) -> str:
    """Write text so that a spreadsheet opens it as text and never as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Take the guard off again, so that what was written is what is read."""
    return text[1:] if _GUARDED.match(text) else text


def decoded(content: bytes) -> str:
    """Decode UTF-8 with or without its mark, else GB 18030, strictly.

    Raises:
        Refusal: it is neither, or holds control characters as no text does.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Refusal("unreadable", "既不是表格，也不是 UTF-8 或 GB18030 编码的文字")


def read_csv(content: bytes, limits: Limits) -> list[SheetCells]:
    """Read separated text as one sheet.

    Raises:
        Refusal: it is no text, has a broken quotation, or is too large.
    """
    text = decoded(content)
    csv.field_size_limit(limits.cell_chars)
    counter = Counter(limits)
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True):
            counter.row(len(row))
            rows.append([unguarded(cell.strip(" \u3000\u00a0")) for cell in row])
    except csv.Error as error:
        raise Refusal("too_large" if "field limit" in str(error) else "unreadable", "引号不成对") from None
    counter.rows(len(rows))
    return [sheet_of("CSV", rows, limits)]


def _separator(text: str) -> str:
    head = text[:4096]
    return "\t" if head.count("\t") > head.count(",") else ","
