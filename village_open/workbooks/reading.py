"""Reading a stranger's spreadsheet: parsed in a child process with limits, so that the server goes on."""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from village_open.workbooks.cells import Limits, SheetCells
from village_open.workbooks.errors import REFUSALS, WorkbookTooHeavy, WorkbookTooLarge, WorkbookUnreadable

DEFAULT_LIMITS = Limits()
_HOUSE = Path(__file__).parents[2]
_KILLED_BY_LIMIT = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}
"""Out of CPU time; killed by the system; and how Rust ends when memory is refused."""


def read_workbook(source: Path | bytes, *, limits: Limits = DEFAULT_LIMITS) -> tuple[SheetCells, ...]:
    """Read an .xlsx, .xls, .ods or .csv file, or the HTML table that calls itself .xls, as text cells.

    The kind is told by content, not by name. Numbers come as exact text (`1200.5`), days as `2026-07-01`.

    Raises:
        WorkbookRefused: one of its kinds in `workbooks.errors` says why the file is not read.
        OSError: there is no such file.
    """
    with TemporaryFile() as handed_in, TemporaryFile() as answer:
        if isinstance(source, bytes):
            handed_in.write(source)
            handed_in.seek(0)
            return _ask(handed_in, answer, len(source), limits)
        with Path(source).open("rb") as stream:
            return _ask(stream, answer, Path(source).stat().st_size, limits)


def _ask(stream: IO[bytes], answer: IO[bytes], size: int, limits: Limits) -> tuple[SheetCells, ...]:
    if size > limits.file_bytes:
        raise WorkbookTooLarge(f"{size / 2**20:.0f} MB，最大 {limits.file_bytes // 2**20} MB")
    exit_code = _run_child(stream, answer, limits)
    answer.seek(0)
    try:
        told = json.load(answer)
    except ValueError:
        raise (WorkbookTooHeavy() if exit_code in _KILLED_BY_LIMIT else WorkbookUnreadable()) from None
    if reason := told.get("refused"):
        raise REFUSALS[reason](told["detail"])
    return tuple(SheetCells(sheet["name"], tuple(map(tuple, sheet["rows"]))) for sheet in told["sheets"])


def _run_child(stream: IO[bytes], answer: IO[bytes], limits: Limits) -> int:
    # A fresh interpreter, not a fork: the server has threads, and a fork would copy their locks.
    try:
        return subprocess.run(
            [sys.executable, "-s", "-E", "-m", "village_open.workbooks.child", json.dumps(asdict(limits))],
            stdin=stream,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=_HOUSE,
            env={"PATH": ""},
            timeout=limits.wall_seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise WorkbookTooHeavy(f"超过 {limits.wall_seconds} 秒") from None
