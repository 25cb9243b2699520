"""Reading periods, lines and statements."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from village_open.core.periods import Period
from village_open.db import db
from village_open.finance.errors import PeriodNotFound
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, JoiningFigure, Line, MoneyAccount, Receipt
from village_open.finance.statements import (
    EXPENSE,
    INCOME,
    LedgerLine,
    MoneyStock,
    Statement,
    YearBefore,
    build_statement,
)
from village_open.villages.models import Village
from village_open.villages.queries import get_village


def find_period(village_code: str, period_code: str) -> FinancePeriod | None:
    """Return the village's period, or None when it was not opened; its village comes along."""
    return db.session.scalar(
        select(FinancePeriod)
        .join(FinancePeriod.village)
        .where(Village.code == village_code, FinancePeriod.code == Period.parse(period_code).code)
        .options(contains_eager(FinancePeriod.village))
    )


def get_period(village_code: str, period_code: str) -> FinancePeriod:
    """Return the village's period.

    Raises:
        PeriodUnreadable: the code is no period.
        VillageNotFound: no village has this code.
        PeriodNotFound: the village has not opened it.
    """
    found = find_period(village_code, period_code)
    if found is None:
        raise PeriodNotFound(get_village(village_code).name, Period.parse(period_code))
    return found


def list_periods(village: Village) -> Sequence[FinancePeriod]:
    """List the village's periods, the latest first."""
    return db.session.scalars(
        select(FinancePeriod).where(FinancePeriod.village_id == village.id).order_by(FinancePeriod.code.desc())
    ).all()


def find_latest_period(village: Village) -> FinancePeriod | None:
    """Return the village's latest opened period, or None."""
    periods = list_periods(village)
    return max(periods, key=lambda row: row.period.first_on, default=None)


def list_money_accounts(village: Village) -> Sequence[MoneyAccount]:
    """List the village's money accounts that are in use: the cash box first."""
    return db.session.scalars(
        select(MoneyAccount)
        .where(MoneyAccount.village_id == village.id, MoneyAccount.is_closed.is_(False))
        .order_by(MoneyAccount.kind.desc(), MoneyAccount.id)
    ).all()


def list_stocks(period: FinancePeriod) -> tuple[MoneyStock, ...]:
    """List the money accounts of a period with opening and counted closing: the cash box first."""
    rows = db.session.execute(
        select(MoneyAccount, Balance)
        .join(Balance, Balance.money_account_id == MoneyAccount.id)
        .where(Balance.period_id == period.id)
        .order_by(MoneyAccount.kind.desc(), MoneyAccount.id)
    )
    return tuple(MoneyStock(a.id, a.name, a.kind, b.opening_fen, b.counted_fen) for a, b in rows)


def list_ledger_lines(period: FinancePeriod) -> tuple[LedgerLine, ...]:
    """List the lines of a period in the order of the sheet, with the number of receipts of each."""
    receipts = (
        select(Receipt.line_id, func.count().label("n"))
        .where(Receipt.is_removed.is_(False))
        .group_by(Receipt.line_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Line, receipts.c.n)
        .outerjoin(receipts, receipts.c.line_id == Line.id)
        .where(Line.period_id == period.id, Line.is_removed.is_(False))
        .order_by(Line.on, Line.position, Line.id)
    )
    return tuple(_ledger_line(line, count or 0) for line, count in rows)


def _ledger_line(line: Line, receipts: int) -> LedgerLine:
    return LedgerLine(
        id=line.id, on=line.on, kind=line.kind, summary=line.summary, amount_fen=line.amount_fen,
        account_id=line.account_id, to_account_id=line.to_account_id, voucher=line.voucher,
        item=line.item_key, code=line.account_code, code_name=line.account_name, payee=line.payee,
        handler=line.handler, witness=line.witness, approver=line.approver, note=line.note, receipts=receipts,
    )  # fmt: skip


def get_statement(period: FinancePeriod) -> Statement:
    """Compute the statement of a period from its rows: five queries, whatever the size."""
    return build_statement(
        stocks=list_stocks(period),
        lines=list_ledger_lines(period),
        items=ITEMS.values(),
        before=_year_before(period),
    )


def _year_before(period: FinancePeriod) -> YearBefore:
    """Sum the year up to the day before the period, by item and by accounting account, in SQL."""
    first_on = period.period.first_on
    rows = db.session.execute(
        select(Line.kind, Line.item_key, Line.account_code, Line.account_name, func.sum(Line.amount_fen))
        .where(
            Line.village_id == period.village_id,
            Line.is_removed.is_(False),
            Line.on >= date(first_on.year, 1, 1),
            Line.on < first_on,
            Line.kind.in_((INCOME, EXPENSE)),
        )
        .group_by(Line.kind, Line.item_key, Line.account_code, Line.account_name)
    ).all()
    items = _joining_items(period)
    totals = {side: sum(fen for key, fen in items.items() if ITEMS[key].side == side) for side in (INCOME, EXPENSE)}
    accounts: dict[tuple[str, str, str], int] = {}
    for kind, item, code, name, fen in rows:
        items[item] = items.get(item, 0) + int(fen)
        totals[kind] += int(fen)
        if code:
            accounts[kind, code, name] = accounts.get((kind, code, name), 0) + int(fen)
    return YearBefore(items, accounts, totals[INCOME], totals[EXPENSE])


def _joining_items(period: FinancePeriod) -> dict[str, int]:
    """Return what the village typed as the year so far when it joined, if it joined in this year."""
    year = str(period.period.year)
    rows = db.session.execute(
        select(JoiningFigure.item_key, JoiningFigure.ytd_fen)
        .join(FinancePeriod, FinancePeriod.id == JoiningFigure.period_id)
        .where(FinancePeriod.village_id == period.village_id, FinancePeriod.code.startswith(year))
    )
    return {key: int(fen) for key, fen in rows}
