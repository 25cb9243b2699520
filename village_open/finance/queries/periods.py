"""Reading periods, lines and statements."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from village_open.core.periods import Period, PeriodKind
from village_open.db import Page, db, list_page
from village_open.finance.errors import AccountNotFound, PeriodNotFound
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, JoiningFigure, Line, LineKind, MoneyAccount, Receipt
from village_open.finance.rules import AccountChoice
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
    return db.session.scalars(_periods_of(village)).all()


def list_periods_page(village: Village, *, number: int = 1) -> Page[FinancePeriod]:
    """List one page of the village's periods, the latest first."""
    return list_page(_periods_of(village), number=number)


def _periods_of(village: Village) -> Select[FinancePeriod]:
    return select(FinancePeriod).where(FinancePeriod.village_id == village.id).order_by(FinancePeriod.code.desc())


def find_latest_period(village: Village) -> FinancePeriod | None:
    """Return the village's latest opened period, or None."""
    # Codes sort by time within one kind and one year; a village that changed from quarters to months has both.
    newest = db.session.scalar(select(func.max(func.substr(FinancePeriod.code, 1, 4))).where(_of(village)))
    of_year = db.session.scalars(select(FinancePeriod).where(_of(village), FinancePeriod.code.startswith(newest or "")))
    return max(of_year, key=lambda row: row.period.first_on, default=None)


def _of(village: Village) -> ColumnElement[bool]:
    return FinancePeriod.village_id == village.id


def find_following_period(period: FinancePeriod) -> FinancePeriod | None:
    """Return the opened period that begins the day after this one ends, quarter or month, or None."""
    return _find_neighbour(period, period.period.next.first_on, lambda row: row.period.first_on)


def find_preceding_period(period: FinancePeriod) -> FinancePeriod | None:
    """Return the opened period that ends the day before this one begins, quarter or month, or None."""
    day_before = period.period.first_on - timedelta(days=1)
    return _find_neighbour(period, day_before, lambda row: row.period.last_on)


def _find_neighbour(period: FinancePeriod, day: date, edge: Callable[[FinancePeriod], date]) -> FinancePeriod | None:
    codes = [Period.of(day, "quarter").code, Period.of(day, "month").code]
    rows = db.session.scalars(
        select(FinancePeriod).where(FinancePeriod.village_id == period.village_id, FinancePeriod.code.in_(codes))
    )
    return next((row for row in rows if edge(row) == day), None)


def next_period_to_open(latest: Period, kind: PeriodKind) -> Period:
    """Return the period that comes after the latest one; months begun inside a quarter go on to its end."""
    first_on = latest.next.first_on
    wanted = Period.of(first_on, kind)
    return wanted if wanted.first_on == first_on else latest.next


def list_money_accounts(village: Village) -> Sequence[MoneyAccount]:
    """List the village's money accounts that are in use: the cash box first."""
    return db.session.scalars(
        select(MoneyAccount)
        .where(MoneyAccount.village_id == village.id, MoneyAccount.is_closed.is_(False))
        .order_by(MoneyAccount.kind.desc(), MoneyAccount.id)
    ).all()


def list_choices(village: Village) -> tuple[AccountChoice, ...]:
    """List the money accounts in use as a form offers them."""
    return tuple(AccountChoice(row.id, row.name, row.kind) for row in list_money_accounts(village))


def list_choices_of_period(period: FinancePeriod) -> tuple[AccountChoice, ...]:
    """List the money accounts of a period as the grid offers them."""
    return tuple(AccountChoice(stock.id, stock.name, stock.kind) for stock in list_stocks(period))


def get_money_account(village: Village, account_id: int) -> MoneyAccount:
    """Return a money account of this very village.

    Raises:
        AccountNotFound: the village has none of this id.
    """
    found = db.session.get(MoneyAccount, account_id)
    if found is None or found.village_id != village.id:
        raise AccountNotFound
    return found


def list_stocks(period: FinancePeriod) -> tuple[MoneyStock, ...]:
    """List the money accounts of a period with opening and counted closing: the cash box first."""
    rows = db.session.execute(
        select(MoneyAccount, Balance)
        .join(Balance, Balance.money_account_id == MoneyAccount.id)
        .where(Balance.period_id == period.id)
        .order_by(MoneyAccount.kind.desc(), MoneyAccount.id)
    )
    return tuple(MoneyStock(a.id, a.name, a.kind, b.opening_fen, b.counted_fen) for a, b in rows)


def get_joining_figures(period: FinancePeriod) -> dict[str, int]:
    """Return 本年累计 as it was typed when the village joined in this period, in fen by item key."""
    rows = db.session.execute(
        select(JoiningFigure.item_key, JoiningFigure.ytd_fen)
        .where(JoiningFigure.period_id == period.id)
        .order_by(JoiningFigure.item_key)
    )
    return {key: int(fen) for key, fen in rows}


def list_ledger_lines(period: FinancePeriod, *, removed: bool = False) -> tuple[LedgerLine, ...]:
    """List the lines of a period, or those taken out, in the order of the sheet, with the receipts of each counted."""
    receipts = (
        select(Receipt.line_id, func.count().label("n"))
        .join(Line, Line.id == Receipt.line_id)
        .where(Line.period_id == period.id, Receipt.is_removed.is_(False))
        .group_by(Receipt.line_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Line, receipts.c.n)
        .outerjoin(receipts, receipts.c.line_id == Line.id)
        .where(Line.period_id == period.id, Line.is_removed.is_(removed), *_put_back(removed))
        .options(joinedload(Line.matter))
        .order_by(Line.on, Line.position, Line.id)
    )
    return tuple(ledger_line(line, count or 0) for line, count in rows)


def _put_back(removed: bool) -> list[ColumnElement[bool]]:
    """Corrections that are not due any more are no lines that somebody took out."""
    return [Line.kind != LineKind.CORRECTION.value] if removed else []


def ledger_line(line: Line, receipts: int = 0) -> LedgerLine:
    """Return a line's row as the plain rules read it."""
    return LedgerLine(
        id=line.id, on=line.on, kind=line.kind, summary=line.summary, amount_fen=line.amount_fen,
        account_id=line.account_id, to_account_id=line.to_account_id, voucher=line.voucher,
        item=line.item_key, code=line.account_code, code_name=line.account_name, payee=line.payee,
        handler=line.handler, witness=line.witness, approver=line.approver, note=line.note, receipts=receipts,
        version=line.version_id, matter_id=line.matter_id, matter=line.matter.reference if line.matter else "",
        exemption_kind=line.exemption_kind, exemption=line.exemption,
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
