"""Reading what corrections are reckoned from: a village's chain of periods, and the numbers of their papers."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from village_open.db import db
from village_open.finance.corrections import Link, Seam
from village_open.finance.models import Balance, FinancePeriod, Line, LineKind, PeriodState
from village_open.finance.queries.periods import list_periods
from village_open.record.models import RecordEntry
from village_open.villages.models import Village


def list_chain(village: Village) -> tuple[Sequence[FinancePeriod], tuple[Link, ...]]:
    """List a village's periods, the earliest first, and the same as links: three queries, whatever the length."""
    periods = sorted(list_periods(village), key=lambda row: row.period.first_on)
    balances = _balances([row.id for row in periods])
    corrections = _corrections(village)
    return periods, tuple(_link(row, balances.get(row.id, []), corrections.get(row.id, {})) for row in periods)


def _link(period: FinancePeriod, balances: Sequence[Balance], corrections: dict[Seam, int]) -> Link:
    is_published = period.stage is PeriodState.ISSUED
    return Link(
        code=period.code,
        is_open=period.stage is PeriodState.ENTRY,
        opening_fen={row.money_account_id: row.opening_fen for row in balances},
        closing_fen={row.money_account_id: row.closing_fen or 0 for row in balances} if is_published else None,
        corrections=corrections,
    )


def _balances(period_ids: Sequence[int]) -> dict[int, list[Balance]]:
    found: dict[int, list[Balance]] = {}
    for row in db.session.scalars(select(Balance).where(Balance.period_id.in_(period_ids))):
        found.setdefault(row.period_id, []).append(row)
    return found


def _corrections(village: Village) -> dict[int, dict[Seam, int]]:
    rows = db.session.execute(
        select(Line.period_id, Line.draft_key, Line.amount_fen).where(
            Line.village_id == village.id, Line.kind == LineKind.CORRECTION.value, Line.is_removed.is_(False)
        )
    )
    found: dict[int, dict[Seam, int]] = {}
    for period_id, key, fen in rows:
        found.setdefault(period_id, {})[Seam.of(key or "")] = fen
    return found


def list_numbers(village: Village) -> dict[str, str]:
    """Return the numbers of a village's published periods by period code, as the record keeps them."""
    of_village = (RecordEntry.chain == village.code, RecordEntry.kind == "finance.publish_period")
    bodies = db.session.scalars(select(RecordEntry.body).where(*of_village).order_by(RecordEntry.seq))
    deeds = (json.loads(body)["after"] for body in bodies)
    return {deed["period"]: deed["number"] for deed in deeds if "period" in deed}
