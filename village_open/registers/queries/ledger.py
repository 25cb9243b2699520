"""What the ledger says to the registers: the year so far by item, and what stood in an account on a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.sql.functions import sum as sum_in_sql

from village_open.core.periods import Period
from village_open.db import db
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, JoiningFigure, Line, LineKind, MoneyAccount

Move = tuple[date, int]
"""A day and what came into (or, negative, went out of) an account on it, in fen."""


@dataclass(frozen=True)
class Ledger:
    """The books of one village in one period, as far as they were opened."""

    first_on: date | None = None
    last_on: date | None = None
    actuals: Mapping[str, int] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[str, Sequence[Move]] = field(default_factory=dict)

    def balance_on(self, account: str, on: date) -> int | None:
        """Return what stood in an account on the evening of a day, or None where the ledger does not reach it."""
        if account not in self.openings or not (self.first_on and self.last_on and self.first_on <= on <= self.last_on):
            return None
        return self.openings[account] + sum(fen for day, fen in self.moves.get(account, ()) if day <= on)


def read_ledger(village_id: int, period: Period) -> Ledger:
    """Read the ledger of a quarter or month; of a quarter that is kept by months, the months: five queries."""
    codes = {period.code, *(month.code for month in period.months)}
    query = select(FinancePeriod).where(FinancePeriod.village_id == village_id, FinancePeriod.code.in_(codes))
    opened = sorted(db.session.scalars(query), key=lambda row: row.period.first_on)
    if not opened:
        return Ledger(accounts=_accounts(village_id))
    openings = select(MoneyAccount.name, Balance.opening_fen).join(Balance).where(Balance.period_id == opened[0].id)
    return Ledger(
        first_on=opened[0].period.first_on,
        last_on=opened[-1].period.last_on,
        actuals=_actuals(village_id, opened[-1].period),
        accounts=_accounts(village_id),
        openings=dict(db.session.execute(openings).all()),
        moves=_moves([row.id for row in opened]),
    )


def _accounts(village_id: int) -> dict[str, str]:
    rows = db.session.execute(
        select(MoneyAccount.name, MoneyAccount.kind)
        .where(MoneyAccount.village_id == village_id, MoneyAccount.is_closed.is_(False))
        .order_by(MoneyAccount.kind.desc(), MoneyAccount.id)
    )
    return dict(rows.all())


def _moves(period_ids: Sequence[int]) -> dict[str, list[Move]]:
    rows = db.session.execute(
        select(Line.on, Line.kind, Line.amount_fen, MoneyAccount.name, Line.to_account_id)
        .join(MoneyAccount, MoneyAccount.id == Line.account_id)
        .where(Line.period_id.in_(period_ids), Line.is_removed.is_(False))
    )
    moves: defaultdict[str, list[Move]] = defaultdict(list)
    into: defaultdict[int, list[Move]] = defaultdict(list)
    for on, kind, fen, account, to_account_id in rows:
        adds = kind in (LineKind.INCOME.value, LineKind.CORRECTION.value)
        moves[account].append((on, fen if adds else -fen))
        if to_account_id is not None:
            into[to_account_id].append((on, fen))
    names = db.session.execute(select(MoneyAccount.id, MoneyAccount.name).where(MoneyAccount.id.in_(into)))
    for account_id, name in names:
        moves[name] += into[account_id]
    return moves


def _actuals(village_id: int, last: Period) -> dict[str, int]:
    """Add up the year until the end of a period by the label of the item, what was typed at joining included."""
    first_on = date(last.year, 1, 1)
    sums = db.session.execute(
        select(Line.item_key, sum_in_sql(Line.amount_fen))
        .where(
            Line.village_id == village_id,
            Line.is_removed.is_(False),
            Line.on >= first_on,
            Line.on <= last.last_on,
            Line.kind.in_((LineKind.INCOME.value, LineKind.EXPENSE.value)),
        )
        .group_by(Line.item_key)
    )
    typed = db.session.execute(
        select(JoiningFigure.item_key, JoiningFigure.ytd_fen)
        .join(FinancePeriod, FinancePeriod.id == JoiningFigure.period_id)
        .where(FinancePeriod.village_id == village_id, FinancePeriod.code.startswith(str(last.year)))
    )
    actuals = dict.fromkeys(ITEMS, 0)
    for key, fen in (*sums, *typed):
        actuals[key] = actuals.get(key, 0) + int(fen)
    return {item.label: actuals[key] for key, item in ITEMS.items()}
