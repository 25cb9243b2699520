"""Sheets read back from paper: words with their places by pdftotext, rows and columns found by eye, not by our code."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.notices.sheet_content import a_content, some_lines
from village_open.notices.rules import need_for
from village_open.notices.sheets.render import RenderedSheet, render_sheet
from village_open.printing.paper import Paper

PUBLIC_URL = "https://cwgk.example.org"
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{2}")
_ENDS = ("过次页", "本季合计、本季余额")
_LABELS = ("上季转来", "承前页", *_ENDS)


def a_sheet(kind: str = "finance_lines", paper: str = "A3", lines: int = 6) -> RenderedSheet:
    """A sheet of sample lines, made once for all tests, by whichever name they call its paper."""
    return _a_sheet(kind, Paper.parse(paper).code, lines)


@cache
def _a_sheet(kind: str, paper: str, lines: int) -> RenderedSheet:
    return made(a_content(some_lines(lines)), kind, paper, public_url=PUBLIC_URL)


def made(content: dict[str, Any], kind: str, paper: str, **how: Any) -> RenderedSheet:
    """A sheet on a paper that no board asked for: A4 is set for the hand, larger paper for a usual board."""
    size = Paper.parse(paper)
    return render_sheet(content=content, kind=kind, paper=size, reading_distance_mm=usual_distance_mm(paper), **how)


def usual_distance_mm(paper: str) -> int:
    """How far away a paper is read that no board asked for."""
    return need_for((), Paper.parse(paper).code).reading_distance_mm


def poppler(pdf: bytes, *command: str) -> str:
    """Run a Poppler command on a PDF (`{}` stands for the file) and return what it prints."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(pdf)
        arguments = [str(path) if part == "{}" else part for part in command]
        return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def text_of(pdf: bytes) -> str:
    """The text of a PDF as pdftotext reads it, without any spaces."""
    return re.sub(r"\s", "", poppler(pdf, "pdftotext", "{}", "-"))


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the top left."""

    page: int
    left: float
    top: float
    width: float
    height: float
    text: str

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


def words_of(pdf: bytes) -> list[Word]:
    """Every word of a PDF."""
    rows = [line.split("\t") for line in poppler(pdf, "pdftotext", "-tsv", "{}", "-").splitlines()[1:]]
    return [Word(int(row[1]), *map(float, row[6:10]), row[11]) for row in rows if row[0] == "5"]


@dataclass
class PrintedRow:
    """A row of the line table as a reader sees it: its label or number, and the amounts under each head."""

    page: int
    label: str
    amounts: dict[str, int] = field(default_factory=dict)
    is_transfer: bool = False


def printed_rows(pdf: bytes) -> list[PrintedRow]:
    """Read the line table of every page from top to bottom."""
    rows: list[PrintedRow] = []
    for page, words in groupby(words_of(pdf), key=lambda word: word.page):
        rows += _rows_of_page(page, list(words))
    return rows


def _rows_of_page(page: int, words: list[Word]) -> Iterator[PrintedRow]:
    first_head = next((word for word in words if word.text == "序号"), None)
    heads = {word.text: word for word in words if first_head and abs(word.middle - first_head.middle) < 2}
    if "余额" not in heads:
        return
    top = heads["余额"].middle
    body = sorted(_unwrapped([word for word in words if word.middle > top + 2]), key=lambda word: word.middle)
    columns = _right_edges(body)
    for anchor in body:
        is_number = anchor.text.isdigit() and abs(anchor.left + anchor.width / 2 - _middle(heads["序号"])) < 8
        is_month_total = bool(re.fullmatch(r"\d+月小计", anchor.text))
        if not (is_number or is_month_total or anchor.text in _LABELS):
            continue
        yield _row(page, anchor, _beside(anchor, body), columns)
        if anchor.text in _ENDS:
            return


def _beside(anchor: Word, body: list[Word]) -> list[Word]:
    return [word for word in body if abs(word.middle - anchor.middle) < anchor.height * 0.3]


def _right_edges(body: list[Word]) -> dict[str, float]:
    """Amounts are set right: the last row of a page has all three, and shows where each column ends."""
    end = next(word for word in body if word.text in _ENDS)
    amounts = sorted((word for word in _beside(end, body) if _AMOUNT.fullmatch(word.text)), key=lambda word: word.left)
    return dict(zip(("收入", "支出", "余额"), (word.right for word in amounts), strict=True))


def _unwrapped(words: list[Word]) -> Iterator[Word]:
    """Read a label that a narrow column breaks in two lines as one word, as high as both."""
    ends: set[Word] = set()
    for word in words:
        below = next((end for end in words if word.text + end.text in _LABELS and _stands_below(end, word)), None)
        if below:
            ends.add(below)
            yield Word(
                word.page, word.left, word.top, word.width, below.top + below.height - word.top, word.text + below.text
            )
        elif word not in ends:
            yield word


def _stands_below(end: Word, word: Word) -> bool:
    return abs(end.left - word.left) < 1 and word.top < end.top < word.top + 2 * word.height


def _row(page: int, anchor: Word, beside: list[Word], columns: dict[str, float]) -> PrintedRow:
    row = PrintedRow(page, anchor.text, is_transfer=any(word.text == "互转" for word in beside))
    for word in beside:
        if _AMOUNT.fullmatch(word.text):
            name = min(columns, key=lambda column: abs(columns[column] - word.right))
            if not (row.is_transfer and name != "余额"):
                row.amounts[name] = _fen(word)
    return row


def _fen(word: Word) -> int:
    return int(re.sub(r"[,.]", "", word.text))


def identity_boxes(pdf: bytes, words: Sequence[str]) -> list[dict[str, int]]:
    """Read the identity of every page: to each of its words the figure that stands under it, or beside it."""
    pages = [list(printed) for _, printed in groupby(words_of(pdf), key=lambda word: word.page)]
    return [{word: _fen(_labelled(word, printed)) for word in words} for printed in pages]


def _labelled(text: str, words: list[Word]) -> Word:
    """Find the figure of a word: right under it and centred as it is, else the first to the right in its row."""
    label = next(word for word in words if word.text == text)
    amounts = [word for word in words if _AMOUNT.fullmatch(word.text)]
    under = [
        word
        for word in amounts
        if 0 < word.top - label.top < 3 * label.height and abs(_middle(word) - _middle(label)) < 2
    ]
    beside = [word for word in amounts if abs(word.middle - label.middle) < 2 and word.left > label.right]
    return min(under, key=lambda word: word.top) if under else min(beside, key=lambda word: word.left)


def labelled_pairs(pdf: bytes, text: str) -> list[tuple[int, int]]:
    """Read, wherever a table of the summary has a row of this name, the figures of the period and of the year.

    A blank figure is nought; there is always one of the year.
    """
    words = words_of(pdf)
    labels = [word for word in words if word.text == text]
    return [_pair(label, words) for label in labels]


def _pair(label: Word, words: list[Word]) -> tuple[int, int]:
    row = [word for word in words if word.page == label.page and abs(word.middle - label.middle) < 2]
    after = sorted((word for word in row if word.left > label.right), key=lambda word: word.left)
    own = takewhile(lambda word: word.text[-2:] != label.text[-2:], after)
    *this, year = (_fen(word) for word in own if _AMOUNT.fullmatch(word.text))
    return sum(this), year


def _middle(word: Word) -> float:
    return word.left + word.width / 2
