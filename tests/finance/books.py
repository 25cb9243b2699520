"""A village with money accounts and its first period, made by the deeds themselves; call inside `transaction()`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.factories import make_account, make_role, make_township, make_village
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db
from village_open.finance.actions import add_money_account, count_closing, join_mid_year, publish_period, save_lines
from village_open.finance.models import FinancePeriod, Line, MoneyAccount, PeriodState
from village_open.finance.queries import get_period, get_statement
from village_open.finance.rules import LineInput
from village_open.identity.models import Person
from village_open.villages.models import RoleKind, Township, Village

Q2, Q3, Q4 = (Period.parse(code) for code in ("2026Q2", "2026Q3", "2026Q4"))
OCTOBER = datetime(2026, 10, 8, 2, tzinfo=UTC)
"""When most of these stories play: the third quarter is over, the fourth has begun."""


@dataclass(frozen=True)
class Books:
    """A village and what its clerk works with."""

    township: Township
    village: Village
    clerk: Person
    office: Person
    cash: MoneyAccount
    bank: MoneyAccount
    period: FinancePeriod

    def reload(self, code: str = "") -> FinancePeriod:
        """Read a period again, as another request would."""
        return get_period(self.village.code, code or self.period.code)


@contextmanager
def october() -> Iterator[None]:
    """Live in October 2026, whatever the day of the test."""
    with clock.living_at(OCTOBER):
        yield


def make_books(
    *,
    period: Period = Q3,
    opening_fen: tuple[int, int] = (100_000, 5_000_000),
    year_so_far: Mapping[str, int] | None = None,
    number: int = 200,
    name: str = "李家村",
    township: Township | None = None,
) -> Books:
    """Make a village that joined in `period`, with cash and bank; its clerk signs in as `clerk<number>`."""
    township = township or make_township()
    village = make_village(township, number=number, name=name)
    clerk = make_account("陈报账", login=f"clerk{number}")
    make_role(clerk, RoleKind.CLERK, village.code)
    office = make_account("镇公开办", login=f"office{number}")
    make_role(office, RoleKind.TOWNSHIP_OFFICE, township.code)
    cash = add_money_account(by=clerk, village=village, kind="cash", name="现金")
    bank = add_money_account(by=clerk, village=village, kind="bank", name="信用社")
    joined = join_mid_year(
        by=clerk, village=village, period=period, openings={cash.id: opening_fen[0], bank.id: opening_fen[1]},
        year_so_far=year_so_far or {}, paper="2026年6月30日科目余额表",
    )  # fmt: skip
    return Books(township, village, clerk, office, cash, bank, joined)


def line(books: Books, **changes: object) -> LineInput:
    """Make a row of 360.00 yuan spent from cash."""
    usual = {
        "on": date(2026, 7, 3), "kind": "expense", "summary": "购打印纸 2 箱", "amount_fen": 36_000,
        "account_id": books.cash.id, "item_key": "CW0304", "payee": "县文具店", "approver": "赵铁柱",
    }  # fmt: skip
    return LineInput(**{**usual, **changes})


def enter(books: Books, *rows: LineInput, period: FinancePeriod | None = None) -> list[Line]:
    """Save rows as the clerk."""
    return save_lines(by=books.clerk, period=period or books.period, rows=rows)


def count_as_computed(books: Books, period: FinancePeriod | None = None) -> None:
    """Count exactly what the books say, so that the period may be submitted."""
    period = period or books.period
    counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
    count_closing(by=books.clerk, period=period, counted=counted)


def publish(books: Books, period: FinancePeriod | None = None) -> None:
    """Bring a period past everybody's signature at once and publish it."""
    period = period or books.period
    period.state = PeriodState.CONFIRMED.value
    period.privacy_checked_by = "镇公开办"
    db.session.flush()
    publish_period(by=books.office, period=period, number="青山镇李家村〔2026〕财公1号")
