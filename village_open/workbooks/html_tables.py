"""The HTML page that calls itself .xls, as accounting software exports it."""

import re
from html.parser import HTMLParser

from village_open.workbooks.cells import Counter, Limits, Refusal, SheetCells, sheet_of
from village_open.workbooks.csv_text import decoded

_BLANKS = re.compile(r"[\s\u00a0]+")
_SKIPPED = frozenset({"script", "style", "title"})
_DEEPEST_TABLE = 20


def read_html(content: bytes, limits: Limits) -> list[SheetCells]:
    """Read every table of the page; text above a table becomes its first rows, as in Excel.

    Raises:
        Refusal: it has no table, or more cells than allowed.
    """
    page = decoded(content)
    if "<table" not in page.lower():
        raise Refusal("unreadable", "网页里没有表格")
    reader = _TableReader(limits)
    reader.feed(page)
    reader.close()
    reader.leave_all()
    return [sheet_of(f"表{number}", table.rows, limits) for number, table in enumerate(reader.tables, 1) if table.rows]


class _Table:
    """A table being read: finished rows, the open row, the open cell."""

    def __init__(self, counter: Counter, above: list[str]) -> None:
        self.rows: list[list[str]] = [[line] for line in above]
        self._counter = counter
        self._row: list[str] | None = None
        self._words: list[str] | None = None
        self._spans = (1, 1)
        self._hanging: dict[int, int] = {}

    def start_row(self) -> None:
        self.end_row()
        self._row = []

    def start_cell(self, columns: int, rows: int) -> None:
        if self._row is None:
            self.start_row()
        self.end_cell()
        self._words = []
        self._spans = (columns, rows)

    def hear(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def end_cell(self) -> None:
        if self._words is None or self._row is None:
            return
        self._leave_room()
        columns, rows = self._spans
        if rows > 1:
            # One more than the rows below: the end of this row takes one off.
            self._hanging.update(dict.fromkeys(range(len(self._row), len(self._row) + columns), rows))
        self._row += [_BLANKS.sub(" ", "".join(self._words)).strip(), *[""] * (columns - 1)]
        self._words = None
        self._counter.row(len(self._row))

    def end_row(self) -> None:
        self.end_cell()
        if self._row is None:
            return
        self.rows.append(self._row)
        self._counter.rows(len(self.rows))
        self._counter.row(len(self._row))
        self._row = None
        self._hanging = {column: left - 1 for column, left in self._hanging.items() if left > 1}

    def _leave_room(self) -> None:
        row = self._row if self._row is not None else []
        while self._hangs_over(len(row)):
            row.append("")

    def _hangs_over(self, column: int) -> bool:
        return self._hanging.get(column, 0) > 0


class _TableReader(HTMLParser):
    """Collects tables in document order; a table inside a cell is a table of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._limits = limits
        self._counter = Counter(limits)
        self._open: list[_Table] = []
        self._above: list[str] = []
        self._skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in _SKIPPED:
            self._skipping = tag
        elif tag == "table":
            self._start_table()
        elif self._open and tag == "tr":
            self._open[-1].start_row()
        elif self._open and tag in {"td", "th"}:
            self._open[-1].start_cell(self._span(attrs, "colspan"), self._span(attrs, "rowspan"))
        elif self._open and tag == "br":
            self._open[-1].hear(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == self._skipping:
            self._skipping = ""
        elif not self._open:
            return
        elif tag == "table":
            self._open.pop().end_row()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag in {"td", "th"}:
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        """Take text into the open cell, or as a line above the next table."""
        if self._skipping:
            return
        if self._open:
            self._open[-1].hear(data)
        elif line := _BLANKS.sub(" ", data).strip():
            self._above.append(line)
            self._counter.row(1)

    def leave_all(self) -> None:
        """Close the tables that the page forgot to close."""
        while self._open:
            self._open.pop().end_row()

    def _start_table(self) -> None:
        if len(self._open) >= _DEEPEST_TABLE or len(self.tables) >= self._limits.sheets:
            raise Refusal("too_large", "网页里的表格太多")
        table = _Table(self._counter, self._above)
        self._above = []
        self.tables.append(table)
        self._open.append(table)

    def _span(self, attrs: list[tuple[str, str | None]], name: str) -> int:
        text = (dict(attrs).get(name) or "1").strip()
        span = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
        if span > self._limits.rows or (name == "colspan" and span > self._limits.columns):
            raise Refusal("too_large", "合并的单元格跨度不正常")
        return max(span, 1)
