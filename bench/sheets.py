"""Seconds per sheet, cold and warm, against WeasyPrint alone on the same HTML."""

import os
import subprocess
import sys
import time

import weasyprint

from bench.stopwatch import median_seconds, show
from tests.notices.sheet_content import a_content, some_lines
from village_open.notices.sheets.kinds import FINANCE_KINDS
from village_open.notices.sheets.render import RenderedSheet, render_sheet
from village_open.printing.paper import Paper

CASES = tuple((kind, lines) for kind in FINANCE_KINDS for lines in (30, 300))
PAPER = "A3-landscape"
TIMES = 3
CHILD = "bench.sheets"


def render(kind: str, lines: int) -> RenderedSheet:
    """Print a sheet of so many invented lines on A3, everything checked and embedded."""
    return render_sheet(content=a_content(some_lines(lines)), kind=kind, paper=Paper.parse(PAPER))


def plain(html: str) -> bytes:
    """Let WeasyPrint alone make a PDF of the same HTML."""
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made


def run() -> None:
    """Print the table of all cases."""
    rows = []
    for kind, lines in CASES:
        sheet = render(kind.value, lines)
        warm = median_seconds(lambda kind=kind, lines=lines: render(kind.value, lines), times=TIMES)
        plain(sheet.html)
        bare = median_seconds(lambda html=sheet.html: plain(html), times=TIMES)
        cold, bare_cold = cold_seconds("ours", kind.value, lines), cold_seconds("plain", kind.value, lines)
        rows.append((
            f"{kind.value}, {lines} lines, {sheet.pages} pages", f"{cold:.2f}", f"{bare_cold:.2f}", f"{warm:.2f}",
            f"{bare:.2f}", f"{warm / bare:.2f}",
        ))  # fmt: skip
    heads = (f"sheet ({PAPER})", "cold s", "plain cold s", "warm s", "plain warm s", "warm ratio")
    show("Sheets: ours (laid out, checked, PDF/A-3u) against HTML(string).write_pdf()", heads, rows)


def cold_seconds(how: str, kind: str, lines: int) -> float:
    """Time the first sheet of a fresh process, imports aside; the plain one is given the finished HTML."""
    html = render(kind, lines).html if how == "plain" else ""
    done = subprocess.run(
        [sys.executable, "-m", CHILD, how, kind, str(lines)], input=html, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def first_sheet(how: str, kind: str, lines: int, html: str) -> float:
    """Make the one sheet of this process and return the seconds."""
    began = time.perf_counter()
    if how == "plain":
        plain(html)
    else:
        render(kind, lines)
    return time.perf_counter() - began


if __name__ == "__main__":
    how, kind, lines = sys.argv[1:]
    print(first_sheet(how, kind, int(lines), sys.stdin.read()))
