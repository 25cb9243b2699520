"""A quarter in plain words, for those who do not read tables, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from village_open.core.money import format_fen
from village_open.notices.sheets.content import FinanceContent, StatementRow
from village_open.web.words import spoken


@dataclass(frozen=True)
class Share:
    """One item of income or expense and its share of the side, in whole percent."""

    key: str
    label: str
    fen: int
    percent: int


def shares_of(rows: Iterable[StatementRow], side: str) -> tuple[Share, ...]:
    """Return the items of one side that are not zero, the largest first."""
    own = [row for row in rows if row.side == side and row.this_fen]
    total = sum(row.this_fen for row in own)
    largest_first = sorted(own, key=lambda row: -row.this_fen)
    return tuple(Share(row.key, row.label, row.this_fen, _percent(row.this_fen, total)) for row in largest_first)


def _percent(part: int, whole: int) -> int:
    return (2 * 100 * part + whole) // (2 * whole) if whole > 0 else 0


def in_plain_words(sheet: FinanceContent) -> tuple[str, ...]:
    """Say what came in, what went out, what is left and where, and what the groups said, a sentence each."""
    return (*_money(sheet), *_largest(sheet), _review(sheet))


def _money(sheet: FinanceContent) -> Iterable[str]:
    totals, this = sheet.totals, spoken(sheet.period.this_word)
    yield _(
        "%(this)s收入 %(income)s 元，支出 %(expense)s 元，%(more)s。", this=this, income=format_fen(totals.income_fen),
        expense=format_fen(totals.expense_fen), more=_difference(totals.income_fen - totals.expense_fen),
    )  # fmt: skip
    closing = _("%(this)s末结存 %(yuan)s 元", this=this, yuan=format_fen(totals.closing_fen))
    rows = sheet.money_accounts
    where = _("，").join(_("%(name)s %(yuan)s 元", name=row.name, yuan=format_fen(row.closing_fen)) for row in rows)
    yield closing + (_("，其中%(where)s", where=where) if where else "") + _("。")


def _difference(fen: int) -> str:
    if not fen:
        return _("收支相等")
    yuan = format_fen(abs(fen))
    return _("收入比支出多 %(yuan)s 元", yuan=yuan) if fen > 0 else _("支出比收入多 %(yuan)s 元", yuan=yuan)


def _largest(sheet: FinanceContent) -> Iterable[str]:
    for side, word in (("income", _("收入")), ("expense", _("支出"))):
        shares = shares_of(sheet.items, side)
        if shares:
            first = shares[0]
            yield _(
                "%(side)s最多的一项是“%(item)s”，%(yuan)s 元，占 %(percent)s%%。",
                side=word, item=spoken(first.label), yuan=format_fen(first.fen), percent=first.percent,
            )  # fmt: skip


def _review(sheet: FinanceContent) -> str:
    disputed = len(sheet.disputed_lines)
    doubt = _("其中 %(count)s 笔有异议，见下", count=disputed) if disputed else _("没有留下异议")
    checked = _("共 %(count)s 笔账，民主理财小组逐笔审核，%(doubt)s。", count=len(sheet.lines), doubt=doubt)
    decided = _("两个小组 %(count)s 人：%(decisions)s。", count=len(sheet.signers), decisions=_decisions(sheet))
    return checked + decided


def _decisions(sheet: FinanceContent) -> str:
    counted: dict[str, int] = {}
    for signer in sheet.signers:
        counted[signer.decision] = counted.get(signer.decision, 0) + 1
    said = (_("%(decision)s %(count)s 人", decision=spoken(word), count=count) for word, count in counted.items())
    return _("，").join(said)
