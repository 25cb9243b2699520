"""The frozen content of a board announcement as typed, masked data: the sections of the village's board."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from village_open.core.money import format_fen
from village_open.core.privacy import masked
from village_open.notices.sheets.frame import Frame, read_frame

_THOUSANDTHS = 1000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""Where a register adds up, the word for it stands in the column of days."""
Value: TypeAlias = str | int
"""A cell as it is frozen: money in fen, a number in thousandths, a day as ISO text; an empty text says nothing."""


@dataclass(frozen=True)
class Field:
    """One column of a register: `kind` is text, money, number or day."""

    label: str
    kind: str
    for_hand: bool

    @property
    def is_figure(self) -> bool:
        """Whether it holds amounts or numbers: set right and added up."""
        return self.kind in ("money", "number")

    def shown(self, value: Value) -> str:
        """Write a value as it is printed."""
        if self.kind == "money" and isinstance(value, int):
            return format_fen(value)
        if self.kind == "number" and isinstance(value, int):
            return _number(value)
        if self.kind == "day" and _ISO_DAY.fullmatch(str(value)):
            day = date.fromisoformat(str(value))
            return f"{day.year}.{day.month}.{day.day}"
        return masked(str(value))


@dataclass(frozen=True)
class Register:
    """One table of a section."""

    heading: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One section of the board; `order` is its number in the template of nineteen, 0 where it has none."""

    order: int
    sheet: int
    heading: str
    basis: str
    is_nothing: bool
    note: str
    registers: tuple[Register, ...]

    @property
    def title(self) -> str:
        """The heading with its number: 六、集体资产资源处置、变更情况."""
        return f"{numeral(self.order)}、{self.heading}" if self.order else self.heading


@dataclass(frozen=True)
class MoneyRow:
    """One ledger line as section 一 tells it."""

    month: str
    day: str
    summary: str
    income_fen: int
    expense_fen: int
    handler: str


@dataclass(frozen=True)
class BoardMoney:
    """Section 一: the money of the same period, copied from its own disclosure."""

    number: str
    opening_fen: int
    income_fen: int
    expense_fen: int
    closing_fen: int
    rows: tuple[MoneyRow, ...]
    correction_fen: int = 0


@dataclass(frozen=True)
class BoardContent(Frame):
    """Everything that the sheets of the board print."""

    note: str
    panel: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    money: BoardMoney | None

    @property
    def title(self) -> str:
        """What it is called in lists."""
        return f"{self.period.label} 村务公开栏"

    @property
    def provisional(self) -> str:
        """Nothing: whether the money is settled stands on its own sheet."""
        return ""

    @property
    def opening_basis(self) -> str:
        """Nothing: it stands on the sheet of the money."""
        return ""

    @property
    def totals(self) -> "BoardMoney | None":
        """The figures of the identity, where the money is told."""
        return self.money

    def on_sheet(self, sheet: int) -> tuple[Section, ...]:
        """Return the sections of one composite sheet, in the order of the template; local ones come last."""
        found = (section for section in self.sections if section.sheet == sheet)
        return tuple(sorted(found, key=lambda section: (section.order == 0, section.order)))


def read_board(content: Mapping[str, Any]) -> BoardContent:
    """Read canonical content of a board announcement, and mask what no wall may carry."""
    told = content["announcement"]
    return BoardContent(
        **read_frame(content),
        note=masked(told["note"]),
        panel=tuple((word, text) for word, text in told["panel"]["rows"]),
        sections=tuple(_section(row) for row in told["sections"]),
        money=_money(told["finance"]) if told["finance"] else None,
    )


def numeral(number: int) -> str:
    """Write 1 to 19 as the template counts its sections: 一 to 十九."""
    units = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
    return f"十{units[number - 10]}" if number >= len(units) else units[number]


def _number(thousandths: int) -> str:
    whole, rest = divmod(abs(thousandths), _THOUSANDTHS)
    decimals = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{'-' if thousandths < 0 else ''}{whole:,}{decimals}"


def _section(row: Mapping[str, Any]) -> Section:
    return Section(
        order=row["order"],
        sheet=row["sheet"],
        heading=row["heading"],
        basis=row["basis"],
        is_nothing=row["nothing"],
        note=masked(row["note"]),
        registers=tuple(_register(table) for table in row["tables"]),
    )


def _register(table: Mapping[str, Any]) -> Register:
    return Register(
        heading=table["heading"],
        fields=tuple(Field(row["label"], row["kind"], row["hand_out"]) for row in table["columns"]),
        rows=tuple(tuple(values) for values in table["rows"]),
        totals=tuple(table["totals"]),
        remarks=tuple(masked(text) for text in table["remarks"]),
    )


def _money(told: Mapping[str, Any]) -> BoardMoney:
    return BoardMoney(
        number=told["number"],
        **{name: told[name] for name in ("opening_fen", "income_fen", "expense_fen", "closing_fen")},
        rows=tuple(_money_row(*row) for row in told["rows"]),
        correction_fen=told.get("correction_fen", 0),
    )


def _money_row(month: str, day: str, summary: str, *figures: Any) -> MoneyRow:
    income_fen, expense_fen, handler = figures
    on = (month.lstrip("0"), day.lstrip("0"))
    return MoneyRow(*on, masked(summary), income_fen, expense_fen, masked(handler))
