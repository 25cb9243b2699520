"""A quarter in plain words, for those who do not read tables; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from village_open.core.money import format_fen
from village_open.notices.sheets.content import FinanceContent, StatementRow


@dataclass(frozen=True)
class Share:
    """One item of income or expense and its share of the side, in whole percent."""

    label: str
    fen: int
    percent: int

    @property
    def pair(self) -> tuple[str, int]:
        """Label and fen, as the table beside the chart takes them."""
        return self.label, self.fen


def shares_of(rows: Iterable[StatementRow], side: str) -> tuple[Share, ...]:
    """Return the items of one side that are not zero, the largest first."""
    own = [row for row in rows if row.side == side and row.this_fen]
    total = sum(row.this_fen for row in own)
    largest_first = sorted(own, key=lambda row: -row.this_fen)
    return tuple(Share(row.label, row.this_fen, _percent(row.this_fen, total)) for row in largest_first)


def _percent(part: int, whole: int) -> int:
    return (2 * 100 * part + whole) // (2 * whole) if whole > 0 else 0


def in_plain_words(sheet: FinanceContent) -> tuple[str, ...]:
    """Say what came in, what went out, what is left and where, and what the groups said, a sentence each."""
    return (*_money(sheet), *_largest(sheet), _review(sheet))


def _money(sheet: FinanceContent) -> Iterable[str]:
    totals, this = sheet.totals, sheet.period.this_word
    difference = totals.income_fen - totals.expense_fen
    which = "收入比支出多" if difference > 0 else "支出比收入多"
    more = f"{which} {format_fen(abs(difference))} 元" if difference else "收支相等"
    yield f"{this}收入 {format_fen(totals.income_fen)} 元，支出 {format_fen(totals.expense_fen)} 元，{more}。"
    where = "，".join(f"{row.name} {format_fen(row.closing_fen)} 元" for row in sheet.money_accounts)
    yield f"{this[1]}末结存 {format_fen(totals.closing_fen)} 元{f'，其中{where}' if where else ''}。"


def _largest(sheet: FinanceContent) -> Iterable[str]:
    for side, word in (("income", "收入"), ("expense", "支出")):
        shares = shares_of(sheet.items, side)
        if shares:
            first = shares[0]
            yield f"{word}最多的一项是“{first.label}”，{format_fen(first.fen)} 元，占 {first.percent}%。"


def _review(sheet: FinanceContent) -> str:
    disputed = len(sheet.disputed_lines)
    doubt = f"其中 {disputed} 笔有异议，见下" if disputed else "没有留下异议"
    checked = f"共 {len(sheet.lines)} 笔账，民主理财小组逐笔审核，{doubt}。"
    return f"{checked}两个小组 {len(sheet.signers)} 人：{_decisions(sheet)}。"


def _decisions(sheet: FinanceContent) -> str:
    counted: dict[str, int] = {}
    for signer in sheet.signers:
        counted[signer.decision] = counted.get(signer.decision, 0) + 1
    return "，".join(f"{decision} {count} 人" for decision, count in counted.items())
