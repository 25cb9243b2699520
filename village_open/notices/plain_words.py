"""A finance disclosure in plain words: for one sheet of paper, for the loudspeaker, for the chat group; pure.

Everything comes from frozen bytes, so that what people hear is what hangs on the wall. None of it is a disclosure of
its own: each carries the number and the code of the sheet it was made from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.codes import grouped
from village_open.core.money import format_fen, spoken_yuan
from village_open.notices.sheets.content import FinanceContent, StatementRow

_MOST = 3


@dataclass(frozen=True)
class Change:
    """The item whose figure moved most against the period before; `fen` is what it is more."""

    label: str
    side: str
    this_fen: int
    last_fen: int

    @property
    def fen(self) -> int:
        """By how much it is more, or less."""
        return self.this_fen - self.last_fen


@dataclass(frozen=True)
class PlainWords:
    """What a disclosure says in plain words."""

    sheet: FinanceContent
    code: str
    incomes: tuple[StatementRow, ...]
    expenses: tuple[StatementRow, ...]
    change: Change | None
    has_last: bool
    """Whether the period before was published here, so that it can be compared."""

    @property
    def change_words(self) -> str:
        """What changed most, in a sentence without the figures: `集体经营支出比上季多`."""
        last, change = self.sheet.period.last_word, self.change
        if not self.has_last:
            return f"{last}没有在本系统公开，不作比较。"
        if change is None:
            return f"各项收支与{last}相同。"
        return f"{change.label}比{last}{'多' if change.fen > 0 else '少'}"

    @property
    def reason(self) -> str:
        """What the committee says of the change."""
        return self.sheet.plain_reason or "没有另作说明。"


def put_plainly(sheet: FinanceContent, last: FinanceContent | None, *, code: str) -> PlainWords:
    """Put a disclosure into plain words; `last` is what was published of the period before, if anything was."""
    return PlainWords(
        sheet=sheet,
        code=code,
        incomes=_largest(sheet, "income"),
        expenses=_largest(sheet, "expense"),
        change=_greatest_change(sheet, last) if last is not None else None,
        has_last=last is not None,
    )


def _largest(sheet: FinanceContent, side: str) -> tuple[StatementRow, ...]:
    rows = (row for row in sheet.items if row.side == side and row.this_fen > 0)
    return tuple(sorted(rows, key=lambda row: -row.this_fen)[:_MOST])


def _greatest_change(sheet: FinanceContent, last: FinanceContent) -> Change | None:
    before = {row.key: row for row in last.items}
    now = {row.key: row for row in sheet.items}
    changes = [
        Change(row.label, row.side, _fen(now.get(key)), _fen(before.get(key))) for key, row in {**before, **now}.items()
    ]
    found = max(changes, key=lambda change: abs(change.fen), default=None)
    return found if found is not None and found.fen else None


def _fen(row: StatementRow | None) -> int:
    return row.this_fen if row is not None else 0


def broadcast_script(words: PlainWords, *, hangs_at: Sequence[str]) -> str:
    """Write what is read out over the loudspeaker: amounts as people say them; `hangs_at` are the boards' places."""
    sheet, totals = words.sheet, words.sheet.totals
    this, last = sheet.period.this_word, sheet.period.last_word
    corrected = f"，以前期更正{spoken_yuan(totals.correction_fen)}" if totals.correction_fen else ""
    paragraphs = [
        f"各位村民，现在广播{sheet.place}{sheet.period.label}的账。",
        f"{last}结存{spoken_yuan(totals.opening_fen)}{corrected}，{this}收入{spoken_yuan(totals.income_fen)}，"
        f"{this}支出{spoken_yuan(totals.expense_fen)}，{this}结存{spoken_yuan(totals.closing_fen)}。",
        _items_said(f"{this}收入最多的", words.incomes),
        _items_said(f"{this}支出最多的", words.expenses),
        _change_said(words),
        _signers_said(words),
        _posting_said(words, hangs_at),
        f"公示单编号：{sheet.number}。查验码：{grouped(words.code)}。",
        "再播送一遍。",
    ]
    return "\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _items_said(begins: str, rows: Sequence[StatementRow]) -> str:
    if not rows:
        return ""
    return f"{begins}：" + "；".join(f"{row.label}，{spoken_yuan(row.this_fen)}" for row in rows) + "。"


def _change_said(words: PlainWords) -> str:
    if words.change is None:
        return words.change_words
    return (
        f"变化最大的：{words.change_words}{spoken_yuan(abs(words.change.fen))}。村民委员会说明：{_ended(words.reason)}"
    )


def _signers_said(words: PlainWords) -> str:
    signers = words.sheet.signers
    said = [f"{row.name}{row.decision}" + (f"，意见是：{_ended(row.note)}" if row.note else "；") for row in signers]
    return ("审核签署：" + "".join(said)).rstrip("；。") + "。" if said else ""


def _posting_said(words: PlainWords, hangs_at: Sequence[str]) -> str:
    posting = words.sheet.posting
    where = "、".join(hangs_at) or "村务公开栏"
    days = f"从{_said_day(posting.from_on)}到{_said_day(posting.to_on)}" if posting.from_on and posting.to_on else ""
    until = f"，{_said_day(posting.until)}以前" if posting.until else ""
    phone = f"监督电话：{posting.phone}。" if posting.phone else ""
    return f"全部账目{days}张贴在{where}。有疑问或者异议{until}，请{posting.how}。{phone}"


def _said_day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def chat_text(words: PlainWords, *, address: str) -> str:
    """Write a short text for the village's chat group, with the link where there is a public address."""
    sheet, totals = words.sheet, words.sheet.totals
    this, last = sheet.period.this_word, sheet.period.last_word
    corrected = f"，以前期更正{format_fen(totals.correction_fen)}元" if totals.correction_fen else ""
    lines = [
        f"【{sheet.place}】{sheet.period.label}账目公开",
        f"{last}结存{format_fen(totals.opening_fen)}元{corrected}，{this}收入{format_fen(totals.income_fen)}元，"
        f"{this}支出{format_fen(totals.expense_fen)}元，{this}结存{format_fen(totals.closing_fen)}元。",
        _items_written("支出最多", words.expenses),
        _change_written(words),
        f"监督电话：{sheet.posting.phone}" if sheet.posting.phone else "",
        f"逐笔账目：{address}" if address else "逐笔账目见村务公开栏",
        f"编号：{sheet.number}",
        f"查验码：{grouped(words.code)}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _items_written(begins: str, rows: Sequence[StatementRow]) -> str:
    return f"{begins}：" + "；".join(f"{row.label} {format_fen(row.this_fen)}元" for row in rows) + "。" if rows else ""


def _change_written(words: PlainWords) -> str:
    if words.change is None:
        return words.change_words
    return f"变化最大：{words.change_words}{format_fen(abs(words.change.fen))}元。说明：{_ended(words.reason)}"
