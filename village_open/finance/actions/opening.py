"""Opening a period: where its first balance comes from."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from village_open.core import clock
from village_open.core.canonical import Plain
from village_open.core.errors import InputError
from village_open.core.money import format_fen
from village_open.core.periods import Period, PeriodKind
from village_open.db import db, hold_lock
from village_open.finance.actions.correcting import settle_corrections
from village_open.finance.errors import (
    AccountInUse,
    OpeningUnknown,
    PeriodAlreadyOpen,
    PeriodBeforeBooks,
    PeriodInFuture,
    PeriodOfOtherKind,
    PreviousPeriodSkipped,
)
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, JoiningFigure, MoneyAccount, PeriodState
from village_open.finance.queries.periods import (
    find_latest_period,
    find_period,
    get_statement,
    list_money_accounts,
    next_period_to_open,
)
from village_open.record.actions import Doer, record_deed
from village_open.villages.actions import note_period_opened
from village_open.villages.models import Village
from village_open.villages.queries import get_profile


class NameTaken(InputError):
    """The village already has a money account of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"已经有叫“{name}”的资金账户，请换一个名称。", field="name")


class JoiningIncomplete(InputError):
    """The opening of a joining village lacks its money accounts or its paper."""

    def __init__(self, field: str) -> None:
        messages = {
            "paper": "请写明期初数来自哪份凭据，例如“2026年6月30日科目余额表”。",
            "accounts": "请先增加资金账户（现金、各银行账户），再填写期初。",
        }
        super().__init__(messages[field], field=field)


class YearJustBegun(InputError):
    """本年累计 before a period that begins the year can only be nothing."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}从年初开始，以前没有本年累计，请把“本年累计”各栏留空。", field="year_so_far")


def add_money_account(*, by: Doer, village: Village, kind: str, name: str) -> MoneyAccount:
    """Add the cash box (`cash`) or a bank account (`bank`); its opening in running periods is zero.

    Raises:
        NameTaken: the village has an account of this name.
    """
    name = name.strip()
    if db.session.scalar(
        select(MoneyAccount.id).where(MoneyAccount.village_id == village.id, MoneyAccount.name == name)
    ):
        raise NameTaken(name)
    account = MoneyAccount(village_id=village.id, kind=kind, name=name)
    db.session.add(account)
    db.session.flush()
    for period_id in _ids_in_entry(village):
        db.session.add(Balance(period_id=period_id, money_account_id=account.id, opening_fen=0))
    db.session.flush()
    record_deed(
        chain=village.code, kind="finance.add_money_account", by=by,
        said=f"增加了资金账户“{name}”", after={"name": name, "kind": kind},
    )  # fmt: skip
    return account


def _ids_in_entry(village: Village) -> Sequence[int]:
    in_entry = (FinancePeriod.village_id == village.id, FinancePeriod.state == PeriodState.ENTRY.value)
    return db.session.scalars(select(FinancePeriod.id).where(*in_entry)).all()


def close_money_account(*, by: Doer, village: Village, account: MoneyAccount) -> None:
    """Take an empty money account out of use.

    Raises:
        AccountInUse: the running period has a balance or lines on it.
    """
    latest = find_latest_period(village)
    if latest is not None:
        rows = [row for row in get_statement(latest).accounts if row.id == account.id]
        if any(
            row.opening_fen or row.closing_fen or row.income_fen or row.expense_fen or row.transfer_in_fen
            for row in rows
        ):
            raise AccountInUse(account.name)
    account.is_closed = True
    db.session.flush()
    record_deed(
        chain=village.code, kind="finance.close_money_account", by=by,
        said=f"停用了资金账户“{account.name}”", before={"name": account.name},
    )  # fmt: skip


def open_period(*, by: Doer, village: Village, period: Period) -> FinancePeriod:
    """Open a period with the closing of the one before as its opening.

    Raises:
        PeriodAlreadyOpen: it is open.
        PeriodInFuture: it has not begun.
        PeriodOfOtherKind: the profile asks for months, or for quarters.
        PreviousPeriodSkipped: a period between was never opened.
        OpeningUnknown: the village has no earlier period and must join first.
    """
    hold_lock(f"finance_village:{village.id}")
    latest = find_latest_period(village)
    if latest is None:
        raise OpeningUnknown
    expected = next_period_to_open(latest.period, get_profile(village.township, period).period_kind)
    _require_openable(village, period, expected.kind)
    if period.first_on > expected.first_on:
        raise PreviousPeriodSkipped(expected)
    if period.first_on < expected.first_on:
        raise PeriodBeforeBooks(period)
    opened = _open(by, village, period)
    closings = {row.id: row.closing_fen for row in get_statement(latest).accounts}
    _set_balances(opened, closings)
    settle_corrections(by=by, period=opened)
    return opened


def join_mid_year(
    *,
    by: Doer,
    village: Village,
    period: Period,
    openings: Mapping[int, int],
    year_so_far: Mapping[str, int],
    paper: str,
) -> FinancePeriod:
    """Open the first period of a village that joins, with opening and year so far typed from a paper.

    Args:
        by, village, period: who types it and signs it so, the village that joins, its first period here.
        openings: fen by money account id.
        year_so_far: fen by disclosure item key, up to the day before the period.
        paper: where the figures come from.

    Raises:
        PeriodAlreadyOpen: the village has periods already.
        PeriodInFuture, PeriodOfOtherKind: it has not begun; the profile asks for the other kind.
        JoiningIncomplete: a money account or the paper is missing.
        YearJustBegun: the period begins the year and has no sums before it.
    """
    hold_lock(f"finance_village:{village.id}")
    if (latest := find_latest_period(village)) is not None:
        raise PeriodAlreadyOpen(latest.period)
    _require_openable(village, period, get_profile(village.township, period).period_kind)
    require_complete(village, period, paper, year_so_far)
    opened = _open(by, village, period)
    opened.joining_paper, opened.joining_signed_by = paper.strip(), by.name
    _set_balances(opened, openings)
    add_joining_figures(opened, year_so_far)
    record_deed(
        chain=village.code, kind="finance.join_mid_year", by=by,
        said=f"填写并签名确认了期初余额 {format_fen(sum(openings.values()))} 元，来源：{opened.joining_paper}",
        after={
            "openings": _by_name(village, openings), "year_so_far": dict(year_so_far), "basis": opened.joining_paper,
        },
    )  # fmt: skip
    return opened


def add_joining_figures(opened: FinancePeriod, year_so_far: Mapping[str, int]) -> None:
    """Keep 本年累计 of a village that joins, in fen by item key."""
    figures = [(key, year_so_far[key]) for key in ITEMS if year_so_far.get(key)]
    db.session.add_all([JoiningFigure(period_id=opened.id, item_key=key, ytd_fen=fen) for key, fen in figures])
    db.session.flush()


def require_complete(village: Village, period: Period, paper: str, year_so_far: Mapping[str, int]) -> None:
    """Hold what a village that joins must say.

    Raises:
        JoiningIncomplete: a money account or the paper is missing.
        YearJustBegun: the period begins the year and has no sums before it.
    """
    if not list_money_accounts(village):
        raise JoiningIncomplete("accounts")
    if not paper.strip():
        raise JoiningIncomplete("paper")
    if period.first_on.month == 1 and any(year_so_far.values()):
        raise YearJustBegun(period)


def _require_openable(village: Village, period: Period, kind: PeriodKind) -> None:
    if period.kind != kind:
        raise PeriodOfOtherKind("按月" if kind == "month" else "按季度")
    if period.first_on > clock.today():
        raise PeriodInFuture(period)
    if find_period(village.code, period.code) is not None:
        raise PeriodAlreadyOpen(period)


def _by_name(village: Village, openings: Mapping[int, int]) -> dict[str, Plain]:
    return {account.name: openings.get(account.id, 0) for account in list_money_accounts(village)}


def _set_balances(opened: FinancePeriod, openings: Mapping[int, int]) -> None:
    for account in list_money_accounts(opened.village):
        fen = openings.get(account.id, 0)
        db.session.add(Balance(period_id=opened.id, money_account_id=account.id, opening_fen=fen))
    db.session.flush()


def _open(by: Doer, village: Village, period: Period) -> FinancePeriod:
    opened = FinancePeriod(village_id=village.id, code=period.code)
    opened.village = village
    db.session.add(opened)
    db.session.flush()
    note_period_opened(township=village.township, period=period)
    record_deed(
        chain=village.code, kind="finance.open_period", by=by,
        said=f"开始录入{period.label}收支", after={"period": period.code},
    )  # fmt: skip
    return opened
