"""Which columns fit: widths in em of the body type, so that one rule serves every paper and reading distance."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from village_open.core.money import format_fen
from village_open.notices.sheets.content import FinanceContent, Line
from village_open.printing.fonts import SANS, find_face, text_width_em
from village_open.printing.layout import Fault, SheetUnprintable

PADDING_EM = 0.9
"""What a cell keeps free left and right together; the stylesheet says the same."""
_MONTH_OR_DAY_EM = 1.9
_PERSON_LEAST_EM, _PERSON_MOST_EM = 3.0, 12.0
_NUMBER_LEAST_EM = 2.5
_VOUCHER_LEAST_EM, _VOUCHER_MOST_EM = 4.2, 5.5
_SUMMARY_LEAST_EM = 6.0
_DIGIT_EM = 0.6
_HEAD_PADDING_EM = 0.3
_VOUCHER_TIGHT_EM = 2.7 + PADDING_EM
_PEOPLE = ("handler", "witness", "approver")
_WITHOUT_PAIR = {"witness": 0.0, "approver": 0.0}
_WHEN_NARROW: tuple[tuple[float, Mapping[str, float]], ...] = (
    (26.0, dict.fromkeys(_PEOPLE, 6.0 + PADDING_EM)),
    (14.0, {"voucher": _VOUCHER_TIGHT_EM}),
    (11.0, dict.fromkeys(_PEOPLE, 4.0 + PADDING_EM)),
    (11.0, _WITHOUT_PAIR),
    (9.0, {"handler": 0.0}),
    (9.0, {"voucher": 0.0}),
)
"""What gives way in turn while the summary has less than so many em: long names take more lines, then columns go."""


@dataclass(frozen=True)
class Column:
    """One column: `key` is its class, `head` its word; a flexible one takes what the others leave."""

    key: str
    head: str
    width_em: float
    is_flexible: bool = False


def line_columns(sheet: FinanceContent, width_em: float, *, hand_out: bool) -> tuple[Column, ...]:
    """Return the columns that fit a width, the summary taking what is left.

    Raises:
        SheetUnprintable: not even the least columns leave room for a summary.
    """
    widths = _wished(sheet)
    if hand_out:
        _take(widths, _WITHOUT_PAIR)
    for summary_em, step in _WHEN_NARROW:
        if _left(widths, width_em) < summary_em:
            _take(widths, step)
    if _left(widths, width_em) < _SUMMARY_LEAST_EM:
        raise SheetUnprintable([Fault("overflow", "纸张太窄，摘要放不下，请换大一号的纸或缩短阅读距离")])
    widths["summary"] = _left(widths, width_em)
    return tuple(Column(key, _head(key, width), width, key == "summary") for key, width in widths.items())


def _take(widths: dict[str, float], step: Mapping[str, float]) -> None:
    """Narrow columns to the widths of a step; nought takes the column away."""
    for key, width in step.items():
        if key in widths:
            widths[key] = min(widths[key], width)
            if not width:
                del widths[key]


def _head(key: str, width: float) -> str:
    """Return the word of a column, broken evenly where it stands on two lines."""
    word = _HEADS[key]
    return word if len(word) < 4 or width >= len(word) + _HEAD_PADDING_EM else f"{word[:2]}\n{word[2:]}"


_HEADS = {
    "number": "序号",
    "month": "月",
    "day": "日",
    "voucher": "凭证字号",
    "summary": "摘要",
    "income": "收入",
    "expense": "支出",
    "balance": "余额",
    "handler": "经手人",
    "witness": "证明人",
    "approver": "审批人",
}


def _wished(sheet: FinanceContent) -> dict[str, float]:
    vouchers = _widest(line.voucher for line in sheet.lines)
    half_em = _across_width(sheet.lines) / 2
    balances = [sheet.totals.opening_fen, sheet.totals.closing_fen, *(line.balance_fen for line in sheet.lines)]
    return {
        "number": max(_NUMBER_LEAST_EM, len(str(len(sheet.lines))) * _DIGIT_EM + PADDING_EM),
        "month": _MONTH_OR_DAY_EM,
        "day": _MONTH_OR_DAY_EM,
        "voucher": min(max(vouchers, _VOUCHER_LEAST_EM), _VOUCHER_MOST_EM) + PADDING_EM,
        "summary": 0.0,
        "income": max(half_em, _money_width(sheet.lines, sheet.totals.income_fen, lambda line: line.income_fen)),
        "expense": max(half_em, _money_width(sheet.lines, sheet.totals.expense_fen, lambda line: line.expense_fen)),
        "balance": _widest(format_fen(fen) for fen in balances) + PADDING_EM,
        "handler": _person_width(line.handler for line in sheet.lines),
        "witness": _person_width(line.witness for line in sheet.lines),
        "approver": _person_width(line.approver for line in sheet.lines),
    }


def _person_width(names: Iterable[str]) -> float:
    longest = max((len(name) for name in names), default=0)
    return min(max(longest, _PERSON_LEAST_EM), _PERSON_MOST_EM) + PADDING_EM


def _money_width(lines: Iterable[Line], total_fen: int, amount: Callable[[Line], int]) -> float:
    """Return the width of the widest amount; a negative line can be wider than the total."""
    return _widest(format_fen(fen) for fen in (total_fen, 0, *(amount(line) for line in lines))) + PADDING_EM


ACROSS = {"transfer": "互转", "correct": "更正"}
"""Lines that are neither income nor expense, with the word before their amount."""


def text_across(line: Line) -> str:
    """Return how an amount that is neither is printed across the columns of income and expense."""
    return f"{ACROSS[line.kind]} {format_fen(line.amount_fen)}"


def _across_width(lines: Iterable[Line]) -> float:
    return _widest(text_across(line) for line in lines if line.kind in ACROSS) + PADDING_EM


def _widest(texts: Iterable[str]) -> float:
    return max((width_em(text) for text in texts), default=0.0)


def width_em(text: str) -> float:
    """Return the width of a text in the bold of the figures, in em."""
    face = find_face(SANS, True)
    return text_width_em(text, face) if face else len(text) * 1.0


def _left(widths: dict[str, float], width_em: float) -> float:
    return width_em - sum(width for key, width in widths.items() if key != "summary")
