"""更正公示: what a published period said, what it ought to have said, and what that changes; pure.

The frozen paper stays as it is. The correction names the line by its number on that paper, shows both figures and the
reason; what it changes in a money account enters the period that is being entered as 以前期更正.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_open.core.errors import InputError
from village_open.core.money import format_fen

INCOME, EXPENSE = "income", "expense"
LEFT_OUT = 0
"""The number of a line that the paper does not have."""


class CorrectionUnfit(InputError):
    """A typed correction does not fit the paper that it corrects."""


@dataclass(frozen=True)
class Entry:
    """One line, as it was published or as it ought to read."""

    kind: str
    summary: str
    amount_fen: int
    account: str

    @property
    def effect_fen(self) -> int:
        """What it adds to its money account."""
        return self.amount_fen if self.kind == INCOME else -self.amount_fen


@dataclass(frozen=True)
class Correction:
    """One line of the paper, as it was and as it ought to be: None is a line that was not or ought not to be there."""

    number: int
    was: Entry | None
    now: Entry | None
    reason: str

    @property
    def words(self) -> str:
        """The correction as a sentence."""
        if self.was is None or self.now is None:
            told = "漏登的一笔" if self.was is None else f"第 {self.number} 笔应当取消"
            entry = self.now or self.was
            return f"{told}：{entry.summary}，{format_fen(entry.amount_fen)} 元" if entry else told
        return (
            f"第 {self.number} 笔：原为“{self.was.summary}”{format_fen(self.was.amount_fen)} 元，"
            f"更正为“{self.now.summary}”{format_fen(self.now.amount_fen)} 元"
        )


def published_entries(content: Mapping[str, Any]) -> dict[int, Entry]:
    """Read the lines of a frozen finance content that may be corrected: income and expense, by number."""
    return {
        line["number"]: Entry(line["kind"], line["summary"], line["amount_fen"], line["account"])
        for line in content["lines"]
        if line["kind"] in (INCOME, EXPENSE)
    }


def with_corrections(entries: Mapping[int, Entry], earlier: Iterable[Correction]) -> dict[int, Entry]:
    """Return the lines as earlier corrections left them."""
    left = dict(entries)
    for one in earlier:
        if one.number in left and one.now is None:
            del left[one.number]
        elif one.number != LEFT_OUT and one.now is not None:
            left[one.number] = one.now
    return left


def correct(entries: Mapping[int, Entry], *, number: int, now: Entry, reason: str) -> Correction:
    """Hold a typed correction against the paper; an amount of nought takes the line away.

    Raises:
        CorrectionUnfit: there is no such line, nothing changes, or a reason is missing.
    """
    was = entries.get(number)
    if number != LEFT_OUT and was is None:
        message = f"公示单上没有第 {number} 笔收支，请对照公示单填写序号。漏登的一笔，序号留空。"
        raise CorrectionUnfit(message, "line_number")
    if not reason.strip():
        raise CorrectionUnfit("请写明为什么更正，这句话要印在更正公示上。", "reason")
    if was is None and not now.amount_fen:
        raise CorrectionUnfit("漏登的一笔要填金额。", "amount_fen")
    if was == now:
        raise CorrectionUnfit("与公布的完全一样，没有要更正的内容。", "amount_fen")
    return Correction(number, was, now if now.amount_fen else None, reason.strip())


def effects(corrections: Iterable[Correction]) -> dict[str, int]:
    """Return what corrections add to each money account, in fen by its name."""
    changed: dict[str, int] = {}
    for one in corrections:
        for entry, sign in ((one.was, -1), (one.now, 1)):
            if entry is not None:
                changed[entry.account] = changed.get(entry.account, 0) + sign * entry.effect_fen
    return changed


@dataclass(frozen=True)
class BothFigures:
    """One total of the paper: as it was published, and as it ought to be."""

    label: str
    was_fen: int
    now_fen: int


def both_totals(
    content: Mapping[str, Any], earlier: Sequence[Correction], corrections: Sequence[Correction]
) -> tuple[BothFigures, ...]:
    """Return income, expense, closing and the closing of each account, before and after these corrections."""
    rows = []
    for label, kind, published in (
        ("本期收入", INCOME, content["totals"]["income_fen"]),
        ("本期支出", EXPENSE, content["totals"]["expense_fen"]),
    ):
        was = published + _moved(earlier, kind)
        rows.append(BothFigures(label, was, was + _moved(corrections, kind)))
    before, changed = effects(earlier), effects(corrections)
    total = content["totals"]["closing_fen"] + sum(before.values())
    rows.append(BothFigures("期末结存", total, total + sum(changed.values())))
    for account in content["money_accounts"]:
        was = account["closing_fen"] + before.get(account["name"], 0)
        rows.append(BothFigures(f"其中：{account['name']}", was, was + changed.get(account["name"], 0)))
    return tuple(rows)


def _moved(corrections: Iterable[Correction], kind: str) -> int:
    return sum(
        sign * entry.amount_fen
        for one in corrections
        for entry, sign in ((one.was, -1), (one.now, 1))
        if entry is not None and entry.kind == kind
    )
