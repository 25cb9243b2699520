"""What the ledger paid for a matter that a meeting decided."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from village_open.db import db
from village_open.decisions.rules.order import Happened
from village_open.finance.models import Line, LineKind


def list_payments(matter_id: int) -> Sequence[Happened]:
    """List the payments for a matter by day, of every period, also of those that are not published yet."""
    return list_payments_of([matter_id]).get(matter_id, [])


def list_payments_of(matter_ids: Iterable[int]) -> dict[int, list[Happened]]:
    """List the payments for several matters in one query, by matter."""
    query = (
        select(Line)
        .where(Line.matter_id.in_(list(matter_ids)), Line.kind == LineKind.EXPENSE.value, Line.is_removed.is_(False))
        .order_by(Line.on, Line.id)
    )
    found: dict[int, list[Happened]] = {}
    for line in db.session.scalars(query):
        if line.matter_id is not None:
            found.setdefault(line.matter_id, []).append(
                Happened("payment", line.on, party=line.payee or line.summary, amount_fen=line.amount_fen)
            )
    return found
