"""A column of a register: what its cells hold, how a typed text becomes a value and a value a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from village_open.core.days import parse_day
from village_open.core.errors import InputError
from village_open.core.money import LARGEST_FEN, format_fen, parse_fen, plain_yuan
from village_open.core.periods import Period

Value = int | str
"""Money in fen and numbers in thousandths are int; texts, choices and days (ISO) are str; nothing is an empty str."""
Cells = Mapping[str, Value]
Kind = Literal["text", "money", "number", "day", "choice"]
THOUSAND = 1_000
NAME, SHORT, LONG = 40, 80, 300
"""How many characters a name, a word or two, and a sentence or two may have."""
_NUMBER = re.compile(r"(?P<whole>\d{1,9})(?:\.(?P<rest>\d+))?")


class Mask(StrEnum):
    """What of a cell is hidden where the public reads it; ID numbers, phones and cards always are."""

    PLAIN = "plain"
    MINOR = "minor"
    """A name of which only the surname shows where the row says that the person is a minor."""
    REASON = "reason"
    """A reason that does not tell an illness or a disability: they are health data (PIPL article 28)."""


class NumberUnreadable(InputError):
    """The text is no plain number with at most three decimals."""


class ChoiceUnknown(InputError):
    """The text is none of the choices of its column."""


@dataclass(frozen=True)
class Column:
    """One column; a computed one has its formula in the register and is never typed."""

    key: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    is_required: bool = False
    longest: int = SHORT
    choices: tuple[str, ...] = ()
    """In the order in which a number typed for one counts."""
    mask: Mask = Mask.PLAIN
    is_printed: bool = True
    on_hand_out: bool = True
    """Whether it stays on a narrow hand-out."""
    is_kept: bool = False
    """Whether a row that goes on takes the value along into the next period."""
    is_total: bool = False
    may_be_negative: bool = False

    @property
    def head(self) -> str:
        """The label with its unit: `面积（亩）`."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


def read_cell(column: Column, text: str, period: Period) -> Value:
    """Read what was typed or imported; an empty text is an empty cell.

    Raises:
        InputError: the text is none of what the column holds; says so in words.
    """
    if not text:
        return ""
    if column.kind == "money":
        return parse_fen(text)
    if column.kind == "number":
        return parse_number(text)
    if column.kind == "day":
        return parse_day(text, default_year=period.year).isoformat()
    return _choice(column, text) if column.kind == "choice" else text


def parse_number(text: str) -> int:
    """Read `1,200`, `3.5` or `１２` as thousandths: 3500 for 3.5.

    Raises:
        NumberUnreadable: it is no plain number, or has more than three decimals.
    """
    narrow = text.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)} | {ord("．"): ".", ord("，"): ","})
    match = _NUMBER.fullmatch(narrow.replace(",", "").replace(" ", ""))
    if not match:
        raise NumberUnreadable(f"“{text}”不是数字，请只写数字，例如 12 或 3.5。")
    rest = (match["rest"] or "").rstrip("0")
    if len(rest) > 3:
        raise NumberUnreadable(f"“{text}”的小数超过三位。")
    return int(match["whole"]) * THOUSAND + int(rest.ljust(3, "0"))


def _choice(column: Column, text: str) -> str:
    if text in column.choices:
        return text
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(column.choices):
        return column.choices[int(text[:4]) - 1]
    begun = [choice for choice in column.choices if choice.startswith(text)]
    if len(begun) != 1:
        raise ChoiceUnknown(f"“{text}”不在可选的内容里，请填：{'、'.join(column.choices)}。")
    return begun[0]


def typed_text(column: Column, value: Value) -> str:
    """Return a value as it is typed again and read back exactly."""
    if value == "" or isinstance(value, str):
        return str(value)
    return plain_yuan(value) if column.kind == "money" else format_number(value).replace(",", "")


def shown_text(column: Column, value: Value) -> str:
    """Return a value as a table shows it: amounts and numbers with their thousands."""
    if isinstance(value, str):
        return value
    return format_fen(value) if column.kind == "money" else format_number(value)


def format_number(thousandths: int) -> str:
    """Write thousandths: `1,200`, `3.5`."""
    whole, rest = divmod(abs(thousandths), THOUSAND)
    decimals = f"{rest:03d}".rstrip("0")
    return f"{'-' if thousandths < 0 else ''}{whole:,}{'.' if decimals else ''}{decimals}"


def value_fault(column: Column, value: Value) -> str:
    """Say what is wrong with a value by itself, whoever brings it; nothing where nothing is."""
    if value == "":
        return f"请填写{column.label}。" if column.is_required else ""
    if column.kind in ("money", "number"):
        return _number_fault(column, value)
    if not isinstance(value, str):
        return f"{column.label}要写文字。"
    if column.kind == "choice":
        return "" if value in column.choices else f"“{value}”不在可选的内容里。"
    if column.kind == "day":
        return "" if _is_day(value) else f"日期“{value}”读不懂，请写成 2026-07-15。"
    return f"{column.label}太长，最多 {column.longest} 个字。" if len(value) > column.longest else ""


def _number_fault(column: Column, value: Value) -> str:
    if not isinstance(value, int):
        return f"{column.label}要写数字。"
    if value < 0 and not column.may_be_negative:
        return f"{column.label}不能是负数。"
    return f"{column.label}太大，请核对。" if abs(value) > LARGEST_FEN * THOUSAND else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def number_of(cells: Cells, key: str) -> int:
    """Return a figure of a row; an empty cell counts nothing."""
    value = cells.get(key, "")
    return value if isinstance(value, int) else 0


def text_of(cells: Cells, key: str) -> str:
    """Return a text of a row."""
    return str(cells.get(key, ""))


def day_of(cells: Cells, key: str) -> date | None:
    """Return a day of a row, or None where it is empty."""
    text = text_of(cells, key)
    return date.fromisoformat(text) if _is_day(text) else None
