"""The process in which a stranger's file is parsed: limits first, then the file, then one JSON answer.

Reads the file from standard input, the limits from its one argument; writes to standard output.
"""

import json
import resource
import sys
from dataclasses import asdict

from village_open.workbooks.cells import Limits, Refusal, SheetCells
from village_open.workbooks.csv_text import read_csv
from village_open.workbooks.html_tables import read_html
from village_open.workbooks.packages import OLE_MAGIC, ZIP_MAGIC, read_package

_OPEN_FILES = 16


def main() -> None:
    """Answer with the sheets, or with the reason why not."""
    limits = Limits(**json.loads(sys.argv[1]))
    _bind(limits)
    try:
        answer: dict[str, object] = {"sheets": [asdict(sheet) for sheet in read(sys.stdin.buffer.read(), limits)]}
    except Refusal as refusal:
        answer = {"refused": refusal.reason, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": "too_heavy", "detail": ""}
    json.dump(answer, sys.stdout, ensure_ascii=True)


def read(content: bytes, limits: Limits) -> list[SheetCells]:
    """Tell the kind of file by its first bytes, never by its name, and read it.

    Raises:
        Refusal: it is no spreadsheet, or a hostile one.
    """
    start = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Refusal("empty")
    if content.startswith((OLE_MAGIC, ZIP_MAGIC)):
        sheets = read_package(content, limits)
    elif start.startswith(b"<"):
        sheets = read_html(content, limits)
    else:
        sheets = read_csv(content, limits)
    if not any(sheet.rows for sheet in sheets):
        raise Refusal("empty")
    return sheets


def _bind(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.answer_bytes, limits.answer_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
