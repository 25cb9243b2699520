"""Finding the head of a table: which row names the columns, and what each of them means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from village_open.finance.importing.cells import column_letter, squeezed

_ROWS_LOOKED_AT = 10
_FEWEST_HITS = 3
_FEWEST_IN_UPPER_ROW = 2
_GROUP_TITLES = frozenset({"amount", "opening", "closing"})
"""发生额, 期初余额 and 期末余额 may stand over a pair of columns that says it more exactly."""
_ASIDE = re.compile(r"\([^()]*\)|[:*]")
"""Units and explanations: 借方(元), 摘要(购买物品、数量)."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "date": (
        "日期", "凭证日期", "记账日期", "制单日期", "业务日期", "发生日期", "收支日期", "时间", "年月日",
        "dbill_date", "fdate", "date",
    ),
    "month": ("月",),
    "day": ("日",),
    "period": ("会计期间", "会计月份", "凭证月份", "月份", "期间", "iperiod", "fperiod"),
    "voucher": ("凭证字号", "凭证号字", "记账凭证字号"),
    "voucher_word": ("凭证字", "凭证类型", "凭证类别", "凭证类别字", "字", "csign", "fgroup"),
    "voucher_no": (
        "凭证号", "凭证编号", "凭证号数", "记账凭证号", "号", "号数", "单号", "单据号", "票据号", "ino_id", "fnum",
    ),
    "entry_seq": ("分录序号", "序号", "行号", "分录行号", "分录号", "当日序号", "inid", "fentryid"),
    "summary": ("摘要", "收支内容", "事由", "用途", "内容", "项目内容", "收支事项", "cdigest", "fexp"),
    "account_code": ("科目编码", "科目代码", "科目编号", "会计科目编码", "编码", "科目号", "ccode", "facctid"),
    "account_name": ("科目名称", "会计科目", "会计科目名称", "科目全称", "科目全名", "ccode_name", "facctname"),
    "account": ("科目",),
    "counterpart": ("对方科目", "对应科目", "对方科目名称"),
    "debit": (
        "借方", "借方金额", "借方发生额", "本期借方", "本期借方发生额", "借方本期", "发生额借方", "金额借方",
        "查询期间借方发生额", "md", "fdebit",
    ),
    "credit": (
        "贷方", "贷方金额", "贷方发生额", "本期贷方", "本期贷方发生额", "贷方本期", "发生额贷方", "金额贷方",
        "查询期间贷方发生额", "mc", "fcredit",
    ),
    "ytd": (
        "累计借方", "累计贷方", "借方累计", "贷方累计", "累计借方发生额", "累计贷方发生额", "本年累计借方",
        "本年累计贷方", "本年累计借方发生额", "本年累计贷方发生额", "本年累计",
    ),
    "income": ("收入", "收入金额", "本期收入", "收方", "进账", "收款", "收款金额", "金额收入", "发生额收入"),
    "expense": ("支出", "支出金额", "本期支出", "付方", "付出", "付款", "付款金额", "金额支出", "发生额支出"),
    "amount": ("金额", "发生额", "发生金额", "收支金额", "原币", "原币金额", "ffcyamt"),
    "direction": ("方向", "借贷方向", "余额方向", "科目方向", "借贷", "借或贷", "余额借或贷", "fdc"),
    "side": ("收支", "收/支", "收支类别", "收支类型", "收支方向"),
    "balance": ("余额", "结存", "结余", "余额金额", "期末结存"),
    "opening": (
        "期初余额", "期初金额", "期初数", "年初余额", "年初金额", "年初数", "期初借方", "期初贷方", "期初借方余额",
        "期初贷方余额", "年初借方", "年初贷方", "期初", "期初余额方向", "期初余额金额",
    ),
    "closing": (
        "期末余额", "期末金额", "期末数", "期末", "期末借方", "期末贷方", "期末借方余额", "期末贷方余额",
        "期末余额方向", "期末余额金额",
    ),
    "money_account": ("资金账户", "账户", "结算账户", "收付账户"),
    "to_account": ("转入账户", "对方账户"),
    "item": ("公开项目", "公开科目"),
    "payee": ("收付对象", "对象", "送达对象", "收款人", "对方单位", "往来单位", "收付款单位", "单位或姓名"),
    "handler": ("经手人", "经办人", "报账人"),
    "witness": ("证明人", "验收人"),
    "approver": ("审批人", "批准人"),
    "note": ("备注",),
    "preparer": (
        "制单人", "编制人", "录入人", "操作员", "填制人", "审核人", "记账人", "cbill", "ccheck", "cbook", "fprepare",
    ),
}  # fmt: skip
"""The field's words for each column, from the tables of the accounting software that villages use.

`借方累计` is the year to date: taken for 借方 it would overstate the quarter.
"""


@cache
def _by_header() -> dict[str, str]:
    return {word: name for name, words in SYNONYMS.items() for word in words}


@dataclass(frozen=True)
class Header:
    """The head of a table: where it ends, and at which place each meaning stands (both counted from 0)."""

    first_row: int
    last_row: int
    columns: dict[str, int]
    titles: tuple[str, ...]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def has(self, *names: str) -> bool:
        """Tell whether all these columns are there."""
        return all(name in self.columns for name in names)

    def cell(self, row: Sequence[str], name: str) -> str:
        """Return the text under a column, empty when the row is shorter or the column missing."""
        at = self.columns.get(name, -1)
        return row[at] if 0 <= at < len(row) else ""

    def letter(self, *names: str) -> str:
        """Return the letter of the first of these columns that is there."""
        return next((column_letter(self.columns[name]) for name in names if name in self.columns), "")

    @property
    def heads(self) -> dict[str, str]:
        """The words over each column that has a meaning, by its letter."""
        return {column_letter(at): self.titles[at] for at in self.columns.values()}

    def title(self, name: str) -> str:
        """Return how the table itself calls a column."""
        at = self.columns.get(name, -1)
        return self.titles[at] if at >= 0 else ""


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the head with the most known words among the first ten rows, or None when none has three."""
    best: Header | None = None
    for number in range(min(_ROWS_LOOKED_AT, len(rows))):
        for height in (1, 2):
            found = _header_at(rows, number, height)
            if found and len(found.columns) > (len(best.columns) if best else _FEWEST_HITS - 1):
                best = found
    return best


def _header_at(rows: Sequence[Sequence[str]], number: int, height: int) -> Header | None:
    upper = [_word(cell) for cell in rows[number]]
    if height == 1:
        return _header(number, number, upper, [[word] for word in upper])
    if number + 1 >= len(rows):
        return None
    lower = [_word(cell) for cell in rows[number + 1]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    joined = [[over + under, under or over] for over, under in zip(_spread(upper, lower), lower, strict=True)]
    known = {name for words in joined if (name := _meaning(words))}
    alone = {name for word in upper if (name := _meaning([word]))}
    # A second row that hides what the first one says is data; a first row that says nothing is the table's title.
    if len(alone) < _FEWEST_IN_UPPER_ROW or not alone - _GROUP_TITLES <= known:
        return None
    return _header(number, number + 1, [words[0] for words in joined], joined)


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """Let a group's title (发生额) stand over each of its columns (借方, 贷方)."""
    spread: list[str] = []
    for over, under in zip(upper, lower, strict=True):
        spread.append(over or (spread[-1] if spread and under else ""))
    return spread


def _header(first: int, last: int, titles: list[str], words: list[list[str]]) -> Header | None:
    columns: dict[str, int] = {}
    for at, alternatives in enumerate(words):
        if name := _meaning(alternatives):
            columns.setdefault(name, at)
    if len(columns) < _FEWEST_HITS:
        return None
    if "summary" not in columns and "note" in columns:
        columns["summary"] = columns.pop("note")
    return Header(first, last, columns, tuple(titles))


def _meaning(alternatives: list[str]) -> str | None:
    return next((name for word in alternatives if (name := _by_header().get(word))), None)


def _word(cell: str) -> str:
    return _ASIDE.sub("", squeezed(cell)).lower()
