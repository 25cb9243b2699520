"""A payment names the decision behind it, or why it goes without one."""

from village_open.core.errors import InputError, RuleForbids
from village_open.core.money import format_fen
from village_open.db import db
from village_open.decisions.models import Matter
from village_open.decisions.rules.payments import Exemption
from village_open.finance.actions.entry import require_entry
from village_open.finance.models import FinancePeriod, Line, LineKind
from village_open.finance.queries.lines import get_line
from village_open.finance.queries.periods import ledger_line
from village_open.record.actions import Doer, record_deed

LONGEST_REASON = 200
"""The column's width."""


class NotAPayment(RuleForbids):
    """Only money that was spent has a decision behind it."""

    def __init__(self) -> None:
        super().__init__("只有支出要写明依据哪件决议，这一笔不是支出。")


class MatterOfAnotherVillage(RuleForbids):
    """The matter belongs to another village."""

    def __init__(self) -> None:
        super().__init__("这件事项不是本村的，请从列表里选。")


class ExemptionUnreasoned(InputError):
    """An exception without a reason, a reason without an exception, or one that is too long to print."""


def link_matter(*, by: Doer, period: FinancePeriod, line_id: int, matter: Matter | None) -> None:
    """Say which matter a payment belongs to, or that it belongs to none; recorded with what it was.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: the line is not in this period.
        NotAPayment: the line is no expense.
        MatterOfAnotherVillage: the matter is not this village's.
    """
    line = _get_payment(period, line_id)
    if matter is not None and matter.village_id != period.village_id:
        raise MatterOfAnotherVillage
    before = line.matter.reference if line.matter else ""
    if line.matter_id == (matter.id if matter else None):
        return
    line.matter = matter
    db.session.flush()
    told = f"依据事项 {matter.reference}“{matter.title}”" if matter else "不依据哪件事项"
    record_deed(
        chain=period.village.code, kind="finance.link_matter", by=by,
        said=f"写明“{line.summary}”{format_fen(line.amount_fen)} 元{told}",
        before={"matter": before}, after={"matter": matter.reference if matter else ""},
    )  # fmt: skip


def exempt_payment(*, by: Doer, period: FinancePeriod, line_id: int, kind: Exemption | None, reason: str) -> None:
    """Say why a large payment goes without a decision (救灾 and the like), or that it does not; the reason prints.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: the line is not in this period.
        NotAPayment: the line is no expense.
        ExemptionUnreasoned: kind or reason is missing, or the reason is too long; `field` says which.
    """
    line, text = _get_payment(period, line_id), reason.strip().rstrip("。")
    _require_reason(kind, text)
    before = ledger_line(line).exemption_words
    line.exemption_kind, line.exemption = (kind.value, text) if kind else ("", "")
    after = ledger_line(line).exemption_words
    if after == before:
        return
    db.session.flush()
    told = f"没有决议，按例外办理，{after}" if after else "不再按例外办理"
    record_deed(
        chain=period.village.code, kind="finance.exempt_payment", by=by,
        said=f"写明“{line.summary}”{format_fen(line.amount_fen)} 元{told}",
        before={"exemption": before}, after={"exemption": after},
    )  # fmt: skip


def _get_payment(period: FinancePeriod, line_id: int) -> Line:
    require_entry(period, "改决议依据")
    line = get_line(period, line_id)
    if line.kind != LineKind.EXPENSE:
        raise NotAPayment
    return line


def _require_reason(kind: Exemption | None, reason: str) -> None:
    if kind is not None and not reason:
        raise ExemptionUnreasoned("请写明理由：出了什么事、为什么来不及或者不用决议。理由会印在公示单上。", "exemption")
    if kind is None and reason:
        raise ExemptionUnreasoned("写了理由，请选是哪一种例外；不是例外的，把理由删掉。", "exemption_kind")
    if len(reason) > LONGEST_REASON:
        raise ExemptionUnreasoned(f"理由超过 {LONGEST_REASON} 个字，请写短些。", "exemption")
