"""One table of the file: its head, what its title says, and what each row is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

from village_open.core.periods import Period
from village_open.finance.importing.cells import squeezed
from village_open.finance.importing.headers import Header, find_header
from village_open.finance.importing.results import Findings

RowKind = Literal["opening", "closing", "total", "year_to_date", "page", "foot", "line"]

_ROW_LABELS: tuple[tuple[RowKind, re.Pattern[str]], ...] = (
    (
        "opening",
        re.compile(r"(?:上(?:年|季|月|期)度?末?|期初|年初|季初|月初)(?:转来|结转|转入|余额|结余|结存|滚存|数)?"),
    ),
    (
        "closing",
        re.compile(r"(?:(?:本(?:年|季|月|期)|期|年|季|月)度?末?)?(?:余额|结余|结存)|结?转下(?:年|季|月|期)度?|期末数?"),
    ),
    ("total", re.compile(r"(?:本(?:日|月|季|期|页|年)|当[日月]|收入|支出|收支|借方|贷方)?度?(?:合计|总计|小计|共计)")),
    ("year_to_date", re.compile(r"(?:本年|全年)?累计(?:数|发生额)?|自年初累计")),
    ("page", re.compile(r"过次页|承前页|接上页|转下页")),
)
_YEAR_FIRST: frozenset[str] = frozenset({"本年合计", "本年度合计"})
_FOOT = re.compile(
    r"(?:制表|张榜|公布|公示|公开|编制|填报|审核|复核|会计|出纳|报账员|村主任|村委会|负责人|监督|民主理财|理财小组"
    r"|经手人|证明人|审批人|签字|签章|农经站|单位|附件|说明|注|备注)[^:]{0,12}:.*"
)
_TRAILING = re.compile(r"[:(].*$|[:。]$")
_SKIPPED_SHEETS = re.compile(r"说明|目录|封面")
_CHINESE_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_QUARTER = re.compile(r"(\d{4})年度?第?([一二三四1-4])季")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?!\d{1,2}日|底|末)")
_YEAR = re.compile(r"(\d{4})年")
_TITLE_CELLS = 40


class Sheet(Protocol):
    """What the spreadsheet adapter delivers: a name and rows of text."""

    @property
    def name(self) -> str:
        """The name of the sheet."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows, each as long as its last filled cell."""


@dataclass(frozen=True)
class Title:
    """What stands above the head: the period and year it speaks of, if any, and the text itself."""

    text: str
    period: Period | None
    year: int | None


@dataclass(frozen=True)
class Table:
    """A sheet whose head was found."""

    name: str
    header: Header
    title: Title
    rows: Sequence[Sequence[str]]

    def body(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield number (from 1) and cells of each filled row below the head; heads printed again are left out."""
        heads = {tuple(self.rows[number]) for number in range(self.header.first_row, self.header.last_row + 1)}
        for number in range(self.header.last_row + 1, len(self.rows)):
            row = self.rows[number]
            if any(row) and tuple(row) not in heads:
                yield number + 1, row


def find_tables(sheets: Sequence[Sheet]) -> list[Table]:
    """Return the sheets that have a head; covers and explanations are passed over."""
    found = []
    for sheet in sheets:
        header = None if _SKIPPED_SHEETS.search(sheet.name) else find_header(sheet.rows)
        if header:
            above = [cell for row in sheet.rows[: header.last_row + 1] for cell in row if cell][:_TITLE_CELLS]
            found.append(Table(sheet.name, header, read_title([sheet.name, *above]), sheet.rows))
    return found


def read_title(texts: Sequence[str]) -> Title:
    """Read year and period out of the texts above a table."""
    text = " ".join(map(squeezed, texts))
    plain = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)
    year = _YEAR.search(plain)
    if match := _QUARTER.search(plain):
        quarter = int(match[2].translate(_DIGITS))
        return Title(text, Period(int(match[1]), "quarter", quarter), int(match[1]))
    if (match := _MONTH.search(plain)) and 1 <= int(match[2]) <= 12:
        return Title(text, Period(int(match[1]), "month", int(match[2])), int(match[1]))
    return Title(text, None, int(year[1]) if year else None)


def check_title(title: Title, period: Period, findings: Findings) -> None:
    """Refuse a table that says it is about another period; warn of another year."""
    if title.period and title.period.quarter != period.quarter:
        findings.error(None, "", f"表的标题写的是{title.period.label}，与所选的{period.label}不是同一期。")
    elif title.period is None and title.year not in {None, period.year}:
        findings.warn(None, "", f"表的标题写有“{title.year}年”，所选的是{period.label}，请核对。")


def kind_of_row(row: Sequence[str], header: Header) -> RowKind:
    """Tell what a row is by its summary, or by its first filled cell where the summary is empty."""
    summary = squeezed(header.cell(row, "summary"))
    first = squeezed(next((cell for cell in row if cell), ""))
    if kind := _kind_of_label(summary) or _kind_of_label(first):
        return kind
    if ":" in first and _FOOT.fullmatch(first) and not _has_amount(row, header):
        return "foot"
    return "line"


@lru_cache(maxsize=4096)
def _kind_of_label(label: str) -> RowKind | None:
    plain = _TRAILING.sub("", label)
    if not plain or plain[0].isdigit():
        return None
    if plain in _YEAR_FIRST:
        return "year_to_date"
    return next((kind for kind, pattern in _ROW_LABELS if pattern.fullmatch(plain)), None)


def _has_amount(row: Sequence[str], header: Header) -> bool:
    cells = (header.cell(row, name) for name in ("income", "expense", "debit", "credit", "amount"))
    return any(cell and ":" not in squeezed(cell) for cell in cells)
