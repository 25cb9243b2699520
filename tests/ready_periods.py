"""A village with its people, and a period taken through the real deeds up to the township's desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from tests.factories import make_person, make_role, make_township, make_village
from village_open.core import clock
from village_open.core.periods import Period
from village_open.finance import actions
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_period, get_statement
from village_open.finance.rules import LineInput
from village_open.identity.models import Person
from village_open.reviews.rules import Decision, Verdict
from village_open.villages.models import RoleKind, Township, Village
from village_open.villages.queries import get_profile

PERIOD = Period.parse("2026Q3")
AFTER_QUARTER = datetime(2026, 10, 8, 1, 30, tzinfo=UTC)
OPENINGS = (100_000, 2_345_678)
LINES: Sequence[tuple[str, int, str, int, str]] = (
    ("2026-07-03", 1_234_500, "收村东鱼塘承包款", 0, "CW0202"),
    ("2026-07-20", -45_680, "支付村部电费（7月）", 0, "CW0304"),
    ("2026-08-08", -300_000, "修补二组机耕路，砂石料30立方米", 1, "CW0306"),
    ("2026-09-28", -19_999, "慰问困难户米面油", 0, "CW0305"),
)
_logins = count(1)


@dataclass(frozen=True)
class Desk:
    """The people of one village and the officer of its township."""

    village: Village
    officer: Person
    clerk: Person
    reviewers: tuple[Person, ...]
    overseers: tuple[Person, ...]
    accounts: tuple[int, ...]

    @property
    def place(self) -> dict[str, str]:
        """The place arguments of an address."""
        return {"village_code": self.village.code, "period_code": PERIOD.code}


def make_desk(township: Township | None = None, *, number: int = 200, name: str = "李家村") -> Desk:
    """Make a village, its people and its two money accounts."""
    township = township or make_township()
    village = make_village(township, number=number, name=name)
    officer = _with_login("陈思远")
    make_role(officer, RoleKind.TOWNSHIP_OFFICE, township.code)
    clerk = _with_login("李建国")
    make_role(clerk, RoleKind.CLERK, village.code)
    groups = [
        _group(village, kind, names)
        for kind, names in (
            (RoleKind.FINANCE_REVIEW, ("王桂兰", "赵守田", "周春梅")),
            (RoleKind.SUPERVISION, ("孙德厚", "马长顺", "李秋菊")),
        )
    ]
    accounts = [
        actions.add_money_account(by=clerk, village=village, kind=kind, name=name).id
        for kind, name in (("cash", "现金"), ("bank", "银行存款"))
    ]
    return Desk(village, officer, clerk, groups[0], groups[1], tuple(accounts))


def _with_login(name: str) -> Person:
    return make_person(name, login=f"p{next(_logins)}", must_change_password=False)


def _group(village: Village, kind: RoleKind, names: Sequence[str]) -> tuple[Person, ...]:
    people = tuple(_with_login(name) for name in names)
    for index, person in enumerate(people):
        make_role(person, kind, village.code, is_leader=index == 0)
    return people


def submit_ready(
    desk: Desk, lines: Sequence[tuple[str, int, str, int, str]] = LINES, *, at: datetime = AFTER_QUARTER
) -> FinancePeriod:
    """Enter and submit a quarter; a line is day, signed fen, summary, which account, item."""
    with clock.living_at(at):
        period = actions.join_mid_year(
            by=desk.clerk, village=desk.village, period=PERIOD,
            openings=dict(zip(desk.accounts, OPENINGS, strict=True)),
            year_so_far={"CW0202": 5_000_000, "CW0304": 4_000_000}, paper="2026年6月30日科目余额表",
        )  # fmt: skip
        actions.save_lines(by=desk.clerk, period=period, rows=[_row(desk, line) for line in lines])
        counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
        actions.count_closing(by=desk.clerk, period=period, counted=counted)
        actions.submit_period(by=desk.clerk, period=period)
    return period


def _row(desk: Desk, line: tuple[str, int, str, int, str]) -> LineInput:
    on, fen, summary, account, item = line
    return LineInput(
        on=date.fromisoformat(on), kind="income" if fen > 0 else "expense", summary=summary, amount_fen=abs(fen),
        account_id=desk.accounts[account], item_key=item, voucher="记-1", handler="赵守田", witness="周春梅",
        approver="李建国",
    )  # fmt: skip


def confirm_ready(
    desk: Desk,
    period: FinancePeriod,
    *,
    queried: Mapping[int, str] | None = None,
    decisions: Mapping[str, tuple[Decision, str]] | None = None,
    at: datetime = AFTER_QUARTER,
) -> None:
    """Take a submitted period through both groups and the meeting that the profile names.

    `queried` gives the reason of a 疑问 by the number of the line on the sheet, `decisions` by a signer's name.
    """
    with clock.living_at(at):
        for row in get_statement(period).lines:
            reason = (queried or {}).get(row.number, "")
            verdict = Verdict.QUERIED if reason else Verdict.PASSED
            actions.mark_line(by=desk.reviewers[0], period=period, line_id=row.line.id, verdict=verdict, reason=reason)
        for kind, group in ((RoleKind.FINANCE_REVIEW, desk.reviewers), (RoleKind.SUPERVISION, desk.overseers)):
            for person in group[:2]:
                decision, note = (decisions or {}).get(person.name, (Decision.AGREE, ""))
                actions.sign_period(by=person, period=period, group_kind=kind.value, decision=decision, note=note)
        body = get_profile(desk.village.township, period.period).confirming_body
        actions.confirm_period(by=desk.clerk, period=period, body=body, on=clock.today())


def check_ready(desk: Desk, period: FinancePeriod, *, prints_objections: bool = False) -> None:
    """Do what the township does before it issues: the filing, once, and the check for secrets."""
    if not period.filed_by:
        actions.file_period(by=desk.officer, period=period)
    actions.check_privacy(by=desk.officer, period=period, prints_objections=prints_objections)


def make_ready(township: Township | None = None, *, number: int = 200, name: str = "李家村") -> Desk:
    """Make a village whose quarter only waits for the township to issue it."""
    desk = make_desk(township, number=number, name=name)
    period = submit_ready(desk)
    confirm_ready(desk, period)
    check_ready(desk, period)
    return desk


def ready_period(desk: Desk) -> FinancePeriod:
    """Return the period of a desk."""
    return get_period(desk.village.code, PERIOD.code)
