"""The tables of the board: registers with as many columns as a width takes, and the money of section 一."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from village_open.core.money import format_fen, format_fen_or_blank
from village_open.notices.sheets.board_content import (
    BoardContent,
    BoardMoney,
    Field,
    MoneyRow,
    Register,
    Section,
    Value,
)
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.tables import FIGURE, SHORT, Cell, Table, TableRow

NOTHING = "（无）"
_TEXT_LEAST_EM, _TEXT_MOST_EM = 4.0, 24.0
_PANEL_WORD_MOST_EM = 14.0
_MONTH_OR_DAY_EM = 1.9
_HANDLER_LEAST_EM, _HANDLER_MOST_EM = 3.0, 6.0
_WHOLE_UP_TO = 6
"""A table of so few rows is not broken."""
_LONG_HEAD = 4
"""The word of a column that is so long may stand on two lines."""


@dataclass(frozen=True)
class Place:
    """Where tables stand: how wide it is, and whether the paper is held in the hand."""

    width: float
    for_hand: bool = False


def section_tables(section: Section, key: str, place: Place, *, alone: bool) -> tuple[Table, ...]:
    """Return the tables of a section; one that stands alone on its sheet leaves its name to the title."""
    ends = [("备注", section.note)] if section.registers else []
    if alone:
        ends.append(("公开依据", section.basis))
    if not section.registers:
        return (_words_table(section, key, place, ends, alone=alone),)
    tables = []
    for number, register in enumerate(section.registers):
        is_last = number == len(section.registers) - 1
        told = [("说明", text) for text in register.remarks] + (ends if is_last else [])
        heading, remark = _captions(section, register, number, alone=alone)
        grid = _Grid.of(register, place)
        tables.append(_table(f"{key}-{number}", (section.title, heading, remark), grid, told))
    return tuple(tables)


def _captions(section: Section, register: Register, number: int, *, alone: bool) -> tuple[str, str]:
    if alone:
        return register.heading, ""
    if number == 0:
        return section.title, register.heading
    return f"{section.title}：{register.heading}" if register.heading else section.title, ""


def _words_table(section: Section, key: str, place: Place, ends: Sequence[tuple[str, str]], *, alone: bool) -> Table:
    """Say in words what has no register: nothing, or what the clerk wrote."""
    columns = (Column("text", "内容", place.width, is_flexible=True),)
    paragraphs = [part.strip() for part in section.note.splitlines() if part.strip()]
    rows = [TableRow("line", (Cell("text", part),)) for part in paragraphs]
    if section.is_nothing or not rows:
        rows.insert(0, TableRow("nothing", (Cell("text", NOTHING),)))
    heading = "" if alone else section.title
    return _glued(Table(f"{key}-0", section.title, columns, (*rows, *_told_rows(columns, ends)), heading=heading))


@dataclass(frozen=True)
class _Grid:
    """A register on a width: which fields are columns, which are told below the first, and the texts of its rows."""

    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    kept: tuple[int, ...]
    moved: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]

    @classmethod
    def of(cls, register: Register, place: Place) -> "_Grid":
        """Fit a register: fields that find no room as columns are told below the first one, none is left out.

        The hand-out leaves out those that are not meant for it.
        """
        shown = [index for index, field in enumerate(register.fields) if field.for_hand or not place.for_hand]
        fields = tuple(register.fields[index] for index in shown)
        rows = tuple(_texts(fields, [row[index] for index in shown]) for row in register.rows)
        totals = _texts(fields, [register.totals[index] for index in shown]) if register.totals else ()
        widest = [_widest(index, (*rows, totals) if totals else rows) for index in range(len(fields))]
        least = [_least_em(field, em) for field, em in zip(fields, widest, strict=True)]
        kept, moved = _kept(fields, least, place.width)
        columns = _columns(fields, kept, (widest, least), place.width)
        return cls(fields, columns, kept, moved, rows, totals)


def _texts(fields: Sequence[Field], values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(field.shown(value) for field, value in zip(fields, values, strict=True))


def _widest(index: int, rows: Iterable[Sequence[str]]) -> float:
    return max((width_em(row[index]) for row in rows), default=0.0)


def _least_em(field: Field, widest: float) -> float:
    """Return what a column needs: figures and days stand on one line, texts take more, a long head takes two."""
    size = len(field.label)
    head = float(size if size < _LONG_HEAD else -(-size // 2))
    fixed = field.is_figure or field.kind == "day"
    return max(head, widest if fixed else min(widest, _TEXT_LEAST_EM)) + PADDING_EM


def _kept(fields: Sequence[Field], least: Sequence[float], width: float) -> tuple[tuple[int, ...], tuple[int, ...]]:
    kept = list(range(len(fields)))
    moved: list[int] = []
    while sum(least[index] for index in kept) > width and len(kept) > 1:
        texts = [index for index in kept[1:] if not fields[index].is_figure]
        gone = (texts or kept)[-1]
        kept.remove(gone)
        moved.append(gone)
    return tuple(kept), tuple(sorted(moved))


def _columns(
    fields: Sequence[Field], kept: Sequence[int], ems: tuple[Sequence[float], Sequence[float]], width: float
) -> tuple[Column, ...]:
    """Share a width: texts get what they wish as far as it goes, what is left over goes to all alike."""
    widest, least = ems
    wishes = [max(0.0, min(widest[index], _TEXT_MOST_EM) + PADDING_EM - least[index]) for index in kept]
    free = max(0.0, width - sum(least[index] for index in kept))
    share = min(1.0, free / sum(wishes)) if sum(wishes) else 0.0
    rest = (free - share * sum(wishes)) / len(kept)
    flexible = next((index for index in kept if not fields[index].is_figure), kept[0])
    return tuple(
        Column(_key(fields[index], index), fields[index].label, least[index] + share * wish + rest, index == flexible)
        for index, wish in zip(kept, wishes, strict=True)
    )


def _key(field: Field, index: int) -> str:
    begins = FIGURE if field.is_figure else SHORT if field.kind == "day" else "text"
    return f"{begins}-{index}"


def _table(key: str, words: tuple[str, str, str], grid: _Grid, told: Sequence[tuple[str, str]]) -> Table:
    caption, heading, remark = words
    rows = [_row("line", grid, texts) for texts in grid.rows]
    if not rows:
        first = grid.columns[0].key
        rows = [TableRow("nothing", (Cell(first, NOTHING, span=len(grid.columns)),))]
    if grid.totals:
        rows.append(_row("total", grid, grid.totals))
    printed = (*rows, *_told_rows(grid.columns, told))
    return _glued(Table(key, caption, grid.columns, printed, heading=heading, remark=remark))


def _row(kind: str, grid: _Grid, texts: Sequence[str]) -> TableRow:
    below = tuple((grid.fields[index].label, texts[index]) for index in grid.moved if texts[index])
    cells = [
        Cell(column.key, texts[index], remarks=() if place else below)
        for place, (column, index) in enumerate(zip(grid.columns, grid.kept, strict=True))
    ]
    return TableRow(kind, tuple(cells))


def _told_rows(columns: Sequence[Column], told: Iterable[tuple[str, str]]) -> tuple[TableRow, ...]:
    return tuple(
        TableRow("told", (Cell(columns[0].key, "", span=len(columns), remarks=((word, text),)),))
        for word, text in told
        if text
    )


def _glued(table: Table) -> Table:
    """Keep a short table whole, and of a long one the first two rows, and the sums with a line above them."""
    count = len(table.rows)
    ends = {index for index, row in enumerate(table.rows) if row.kind in ("total", "told") and index}
    glued = set(range(1, count)) if count <= _WHOLE_UP_TO else {1, *ends}
    return Table(
        table.key, table.caption, table.columns, table.rows, frozenset(glued), heading=table.heading,
        remark=table.remark,
    )  # fmt: skip


def money_section(sheet: BoardContent, key: str, place: Place) -> Table:
    """Return section 一: what was brought over, each line, the sums, what is left; or where the money hangs."""
    heading = "一、财务收支"
    if sheet.money is None:
        columns = (Column("text", "内容", place.width, is_flexible=True),)
        words = f"{sheet.period.label}的财务收支另行公开，请看财务收支逐笔公开表和财务公开榜。"
        return Table(key, heading, columns, (TableRow("line", (Cell("text", words),)),), heading=heading)
    money = sheet.money
    last, this = sheet.period.last_word, sheet.period.this_word
    sums = (format_fen(money.income_fen), format_fen(money.expense_fen))
    rows = (
        _across("opening", f"{last}转来", money.opening_fen),
        *_money_rows(money.rows),
        *([_across("line", "以前期更正", money.correction_fen)] if money.correction_fen else []),
        _money_row("total", ("", "", f"{this}合计", *sums, "")),
        _across("total", f"{this}余额", money.closing_fen),
    )
    remark = f"摘自{money.number}"
    glued = frozenset({1, len(rows) - 2, len(rows) - 1})
    return Table(key, heading, _money_columns(money, place.width), rows, glued, heading=heading, remark=remark)


_MONEY_KEYS = ("month", "day", "summary", "income", "expense", "handler")


def _money_columns(money: BoardMoney, width: float) -> tuple[Column, ...]:
    stocks = max(width_em(format_fen(fen)) for fen in (money.opening_fen, money.closing_fen, money.correction_fen))
    income, expense = (
        max(width_em(format_fen(fen)) for fen in fens) + PADDING_EM
        for fens in (
            (money.income_fen, *(row.income_fen for row in money.rows)),
            (money.expense_fen, *(row.expense_fen for row in money.rows)),
        )
    )
    half = (stocks + PADDING_EM) / 2
    longest = max((len(row.handler) for row in money.rows), default=0)
    handler = min(max(longest, _HANDLER_LEAST_EM), _HANDLER_MOST_EM) + PADDING_EM
    fixed = (_MONTH_OR_DAY_EM, _MONTH_OR_DAY_EM, max(income, half), max(expense, half), handler)
    month, day, income, expense, handler = fixed
    widths = (month, day, width - sum(fixed), income, expense, handler)
    words = ("月", "日", "摘要", "收入", "支出", "经手人")
    return tuple(
        Column(key, word, em, key == "summary") for key, word, em in zip(_MONEY_KEYS, words, widths, strict=True)
    )


def _money_rows(rows: Sequence[MoneyRow]) -> tuple[TableRow, ...]:
    """Return the lines; the month stands on the first of its run only."""
    before = ("", *(row.month for row in rows))
    return tuple(
        _money_row(
            "line",
            (
                row.month if row.month != month else "", row.day, row.summary, format_fen_or_blank(row.income_fen),
                format_fen_or_blank(row.expense_fen), row.handler,
            ),
        )
        for row, month in zip(rows, before, strict=False)
    )  # fmt: skip


def _money_row(kind: str, texts: Sequence[str]) -> TableRow:
    return TableRow(kind, tuple(Cell(key, text) for key, text in zip(_MONEY_KEYS, texts, strict=True)))


def _across(kind: str, word: str, fen: int) -> TableRow:
    """Print a stock across both columns: in one it could be read as income or expense."""
    blank = (Cell("month", ""), Cell("day", ""), Cell("summary", word))
    return TableRow(kind, (*blank, Cell("transfer", format_fen(fen), span=2), Cell("handler", "")))


def panel_table(sheet: BoardContent, place: Place) -> Table:
    """Return what stands at the side of a wide sheet as the first table of a narrow one."""
    widest = max((width_em(word) for word, _ in sheet.panel), default=0.0)
    word_em = min(widest + PADDING_EM, _PANEL_WORD_MOST_EM)
    columns = (Column("word", "项目", word_em), Column("text", "内容", place.width - word_em, is_flexible=True))
    rows = tuple(TableRow("line", (Cell("word", word), Cell("text", text))) for word, text in sheet.panel)
    return Table("panel", "基本情况", columns, rows, heading="基本情况")
