"""Reading a register's own template back: a file's bytes in, rows of cells or problems with their cells out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.finance.forms.grid import MOST_ROWS, plain_text
from village_open.finance.rules import CellProblem
from village_open.registers.forms.grid import read_texts
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.reckoning import value_key
from village_open.registers.rules.registers import ROW, TOTAL, Register
from village_open.workbooks.cells import SheetCells
from village_open.workbooks.reading import read_workbook

_SEARCHED_ROWS = 10
_WIDE = str.maketrans("()/", "（）/")


class TemplateUnknown(InputError):
    """No sheet of the file has the heads of the register."""

    def __init__(self, register: Register) -> None:
        heads = "、".join(column.head for column in register.typed if column.is_required)
        super().__init__(f"文件里没有找到“{register.label}”的表头，至少要有：{heads}。请下载模板，填好再导入。")


class TooManyRows(InputError):
    """More rows than any register of a village has."""

    def __init__(self) -> None:
        super().__init__(f"一次最多导入 {MOST_ROWS} 行，请分成几个文件。")


@dataclass(frozen=True)
class FileProblem:
    """What is wrong in a file: the row as the spreadsheet numbers it, the head of the column, and why."""

    row: int
    head: str
    message: str


@dataclass(frozen=True)
class FileRows:
    """What a file says; the cells are only to be saved when there are no problems."""

    cells: tuple[Cells, ...]
    numbers: tuple[int, ...]
    problems: tuple[FileProblem, ...]

    def told(self, register: Register, problems: Sequence[CellProblem]) -> tuple[FileProblem, ...]:
        """Return problems of the rows as problems of the file."""
        return _told(register, self.numbers, problems)


def read_file(content: bytes, *, register: Register, period: Period) -> FileRows:
    """Read a file against a register; call it outside any transaction, for it takes its time.

    Raises:
        WorkbookRefused: it is no spreadsheet, or a hostile one.
        TemplateUnknown: no sheet has the heads of the register.
        TooManyRows: it has more rows than any register.
    """
    return read_sheets(read_workbook(content), register=register, period=period)


def read_sheets(sheets: Sequence[SheetCells], *, register: Register, period: Period) -> FileRows:
    """Read the sheet that is called as the register, or else the first one with its heads.

    Raises:
        TemplateUnknown: none has them.
        TooManyRows: it has more rows than any register.
    """
    for sheet in sorted(sheets, key=lambda sheet: sheet.name != register.label):
        found = _find_head(sheet, register)
        if found:
            return _read_rows(sheet, *found, register=register, period=period)
    raise TemplateUnknown(register)


def _find_head(sheet: SheetCells, register: Register) -> tuple[int, dict[str, int]] | None:
    """Return where the head stands, and the place of each column that it names."""
    required = {column.key for column in register.typed if column.is_required}
    keys = {_plain(head): column.key for column in register.typed for head in (column.head, column.label)}
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        places = {keys[_plain(text)]: place for place, text in enumerate(row) if _plain(text) in keys}
        if len(places) > 1 and required <= places.keys():
            return number, places
    return None


def _plain(head: str) -> str:
    return "".join(head.split()).translate(_WIDE)


def _read_rows(sheet: SheetCells, head: int, places: dict[str, int], *, register: Register, period: Period) -> FileRows:
    texts, numbers = [], []
    for number, row in enumerate(sheet.rows[head + 1 :], head + 2):
        told = {key: plain_text(row[place]) if place < len(row) else "" for key, place in places.items()}
        if any(told.values()) and plain_text(row[0]) != TOTAL:
            texts.append(told)
            numbers.append(number)
    if len(texts) > MOST_ROWS:
        raise TooManyRows
    if register.fixed_rows:
        pairs = list(_fixed(texts, numbers, register))
        texts, numbers = [text for text, _number in pairs], [number for _text, number in pairs]
    reading = read_texts(texts, register, period)
    return FileRows(reading.cells, tuple(numbers), _told(register, numbers, reading.problems))


def _fixed(
    texts: Sequence[dict[str, str]], numbers: Sequence[int], register: Register
) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the lines that somebody fills in, by their keys; a line that is not in the table keeps what it says."""
    keys = {row.label: row.key for row in register.fixed_rows}
    computed = {row.label for row in register.fixed_rows if row.adds}
    for told, number in zip(texts, numbers, strict=True):
        if told[ROW] not in computed and told.get(value_key(register)):
            yield {**told, ROW: keys.get(told[ROW], told[ROW])}, number


def _told(register: Register, numbers: Sequence[int], problems: Sequence[CellProblem]) -> tuple[FileProblem, ...]:
    heads = {column.key: column.head for column in register.columns}
    return tuple(FileProblem(numbers[one.row], heads[one.field], one.message) for one in problems)
