"""A village's quarter with payments, and matters that were decided; call inside `transaction()`."""

from datetime import date

from tests.decisions.matters import bring_to_vote, decide, make_rosters, propose
from tests.ready_periods import PERIOD, Desk
from village_open.db import db
from village_open.decisions.models import Matter, Roster
from village_open.finance import actions
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.queries import get_statement
from village_open.finance.rules import LineInput


def join(desk: Desk) -> FinancePeriod:
    """Open the third quarter of 2026 with enough money for everything."""
    return actions.join_mid_year(
        by=desk.clerk, village=desk.village, period=PERIOD, openings=dict.fromkeys(desk.accounts, 90_000_000),
        year_so_far={}, paper="科目余额表",
    )  # fmt: skip


def spend(desk: Desk, period: FinancePeriod, yuan: int, *, on: date = date(2026, 9, 20), **more: object) -> Line:
    """Enter a payment to the builders."""
    usual = {"summary": "付道路工程款", "payee": "恒达建筑公司", "item_key": "CW0306", "approver": "赵铁柱"}
    row = LineInput(
        **{"on": on, "kind": "expense", "amount_fen": yuan * 100, "account_id": desk.accounts[1], **usual, **more}
    )
    (line,) = actions.save_lines(by=desk.clerk, period=period, rows=[row])
    return line


def decided(desk: Desk, yuan: int | None = 8_000, **changed: object) -> Matter:
    """Let the assembly of representatives pass a matter of so much."""
    if db.session.query(Roster).filter_by(village_id=desk.village.id).first() is None:
        make_rosters(desk)
    matter = propose(desk, amount_fen=yuan and yuan * 100, **changed)
    decide(desk, bring_to_vote(desk, matter))
    return matter


def submit(desk: Desk, period: FinancePeriod) -> None:
    """Count what the books say and hand in."""
    counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
    actions.count_closing(by=desk.clerk, period=period, counted=counted)
    actions.submit_period(by=desk.clerk, period=period)
