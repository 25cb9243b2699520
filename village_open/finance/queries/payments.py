"""What the ledger paid for matters that a meeting decided, and whether its payments are decided and approved."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select

from village_open.db import db
from village_open.decisions.decided import list_allowed
from village_open.decisions.rules.order import Paid
from village_open.decisions.rules.payments import Allowed, Measure, Payment
from village_open.finance.models import FinancePeriod, Line, LineKind, PeriodState
from village_open.finance.payments import PaymentCheck, check_lines, exemption_of, payments_in
from village_open.finance.statements import Statement, StatementLine
from village_open.villages.queries import get_profile

_SPENT = (Line.kind == LineKind.EXPENSE.value, Line.is_removed.is_(False))


def list_payments(matter_id: int) -> Sequence[Paid]:
    """List the payments for a matter by day, of every period, also of those that are not published yet."""
    return list_payments_of([matter_id]).get(matter_id, [])


def list_payments_of(matter_ids: Iterable[int]) -> dict[int, list[Paid]]:
    """List the payments for several matters in one query, by matter."""
    query = (
        select(Line, FinancePeriod.code)
        .join(FinancePeriod, FinancePeriod.id == Line.period_id)
        .where(Line.matter_id.in_(list(matter_ids)), *_SPENT)
        .order_by(Line.on, Line.id)
    )
    found: dict[int, list[Paid]] = {}
    for line, code in db.session.execute(query):
        payee = line.payee or line.summary
        paid = Paid("payment", line.on, None, payee, line.amount_fen, period_code=code, line_id=line.id)
        found.setdefault(line.matter_id or 0, []).append(paid)
    return found


def check_payments(period: FinancePeriod, statement: Statement) -> PaymentCheck:
    """Check the payments of a period by its township's profile: four queries, whatever the size."""
    profile = get_profile(period.village.township, period.period)
    measure = Measure(profile.large_payment_fen, profile.split_window_days)
    payments = payments_in(statement.lines)
    named = {payment.matter_id for payment in payments if payment.matter_id is not None}
    matters = list_allowed(named, _sum_paid(named, period, Line.period_id != period.id)) if named else {}
    earlier = _list_earlier(period, measure.days)
    return check_lines(statement.lines, profile, earlier=earlier, matters=matters)


def _list_earlier(period: FinancePeriod, days: int) -> list[Payment]:
    """List what the village paid in the days before the period, whatever became of those periods."""
    first_on = period.period.first_on
    rows = db.session.scalars(
        select(Line).where(
            Line.village_id == period.village_id, Line.on >= first_on - timedelta(days), Line.on < first_on, *_SPENT
        )
    )
    return [
        Payment(row.id, 0, row.on, row.payee, row.amount_fen, row.matter_id, exemption_of(row.exemption_kind))
        for row in rows
    ]


def name_decisions(lines: Iterable[StatementLine]) -> dict[int, str]:
    """Return the decision behind each payment as it prints, by line id: one query, or none where nothing is decided."""
    named = {row.line.id: row.line.matter_id for row in lines if row.line.matter_id is not None}
    matters = list_allowed(set(named.values()), {}) if named else {}
    return {line_id: matters[matter_id].told for line_id, matter_id in named.items()}


def list_rooms(matter_ids: Iterable[int], period: FinancePeriod, line_id: int) -> dict[int, Allowed]:
    """Return what each matter allows for one payment of a period, all other payments counted: two queries."""
    ids = list(matter_ids)
    return list_allowed(ids, _sum_paid(ids, period, Line.id != line_id))


def _sum_paid(matter_ids: Iterable[int], period: FinancePeriod, which: ColumnElement[bool]) -> dict[int, int]:
    """Sum what was paid of matters by id; payments of later periods count from when these are submitted."""
    counts = or_(
        FinancePeriod.state != PeriodState.ENTRY.value, FinancePeriod.id == period.id, Line.on < period.period.first_on
    )
    query = (
        select(Line.matter_id, func.sum(Line.amount_fen))
        .join(FinancePeriod, FinancePeriod.id == Line.period_id)
        .where(Line.matter_id.in_(list(matter_ids)), which, counts, *_SPENT)
        .group_by(Line.matter_id)
    )
    return {matter_id: int(fen) for matter_id, fen in db.session.execute(query) if matter_id is not None}
