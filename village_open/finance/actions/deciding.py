"""A payment names the decision behind it."""

from village_open.core.errors import RuleForbids
from village_open.core.money import format_fen
from village_open.db import db
from village_open.decisions.models import Matter
from village_open.finance.actions.entry import require_entry
from village_open.finance.models import FinancePeriod, LineKind
from village_open.finance.queries.lines import get_line
from village_open.record.actions import Doer, record_deed


class NotAPayment(RuleForbids):
    """Only money that was spent has a decision behind it."""

    def __init__(self) -> None:
        super().__init__("只有支出要写明依据哪件决议，这一笔不是支出。")


class MatterOfAnotherVillage(RuleForbids):
    """The matter belongs to another village."""

    def __init__(self) -> None:
        super().__init__("这件事项不是本村的，请从列表里选。")


def link_matter(*, by: Doer, period: FinancePeriod, line_id: int, matter: Matter | None) -> None:
    """Say which matter a payment belongs to, or that it belongs to none; recorded with what it was.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: the line is not in this period.
        NotAPayment: the line is no expense.
        MatterOfAnotherVillage: the matter is not this village's.
    """
    require_entry(period, "改决议依据")
    line = get_line(period, line_id)
    if line.kind != LineKind.EXPENSE:
        raise NotAPayment
    if matter is not None and matter.village_id != period.village_id:
        raise MatterOfAnotherVillage
    before = line.matter.reference if line.matter else ""
    line.matter_id = matter.id if matter else None
    db.session.flush()
    told = f"依据事项 {matter.reference}“{matter.title}”" if matter else "不依据哪件事项"
    record_deed(
        chain=period.village.code, kind="finance.link_matter", by=by,
        said=f"写明“{line.summary}”{format_fen(line.amount_fen)} 元{told}",
        before={"matter": before}, after={"matter": matter.reference if matter else ""},
    )  # fmt: skip
