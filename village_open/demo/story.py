"""Six quarters of the demo, lived through the same deeds as real use; a broken rule breaks the demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.demo.lines import BANK, CASH, opening_fen, quarter_lines
from village_open.demo.paper import drawn_page
from village_open.demo.payments import pay_much
from village_open.demo.people import Cast, VillagePeople
from village_open.demo.receipts import add_receipts
from village_open.demo.roster import QUARTERS
from village_open.finance import actions as ledger
from village_open.finance.items import ITEMS
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import find_period, get_period, get_statement, list_money_accounts
from village_open.identity.models import Person
from village_open.jobs import enqueue
from village_open.notices.actions.issue import begin_issue, rehearsal_sha256
from village_open.notices.actions.posting import record_posting
from village_open.notices.contents import build_content
from village_open.notices.issuing import finish_disclosure, list_undone
from village_open.notices.queries import Published, find_disclosure, get_disclosure
from village_open.notices.sheets.kinds import FINANCE_KINDS
from village_open.notices.subjects import PeriodSubject
from village_open.reviews.rules import Decision, Verdict
from village_open.storage import keep_file
from village_open.villages.models import RoleKind
from village_open.villages.queries import get_profile, list_boards

STATES = ("open", "entry", "submitted", "reviewed", "examined", "confirmed", "issued")
RESERVATION = "第 5 笔只有收据没有清单，请补充明细后归档。"
OBJECTION = "数量与验收单不一致，请说明。"
ANSWER = "验收单后来补过一次，以补充单为准。"
HANGING, POSTED = "2026Q2", ("李家村", "石桥村")
"""The latest quarter of which sheets hang, and where; these are made at once, all others are left to the worker."""
WITH_RECEIPTS, RECEIPTS_IN = ("李家村", "王家湾村", "石桥村", "黄泥岗村"), ("2026Q2", "2026Q3")
"""Whose clerks photograph their receipts, and since when."""
RETURN_REASON = "第 3 笔缺少经办人签字的凭证照片，请补齐后再提交。"


def tell(cast: Cast) -> None:
    """Live through every quarter of every village."""
    for code in QUARTERS:
        period = Period.parse(code)
        for people in cast.villages:
            if code >= people.place.habit.joins_in:
                _live(cast, people, period)


def _live(cast: Cast, people: VillagePeople, period: Period) -> None:
    """Take one village through one quarter as far as its habit goes."""
    goal = dict(people.place.habit.stops_at).get(period.code, "issued")
    if goal == "silent":
        return
    reached = STATES.index("confirmed" if goal == "returned" else goal)
    deeds = (_enter, _submit, _review, _examine, _confirm, _issue)
    _open(people, period)
    for day, deed in zip((0, 3, 5, 7, 8, 10), deeds[:reached], strict=False):
        with _on(period.last_on + timedelta(days=day)):
            deed(cast, people, period)
    if goal == "returned":
        with _on(period.last_on + timedelta(days=10)), transaction():
            ledger.return_period(by=cast.office[0], period=_period(people, period), reason=RETURN_REASON)


@contextmanager
def _on(day: date) -> Iterator[None]:
    """Live on a day, at half past nine in the morning in China."""
    with clock.living_at(datetime.combine(day, time(1, 30), tzinfo=UTC)):
        yield


def _period(people: VillagePeople, period: Period) -> FinancePeriod:
    return get_period(people.village.code, period.code)


def _open(people: VillagePeople, period: Period) -> None:
    with _on(period.first_on + timedelta(days=1)), transaction():
        if period.code != people.place.habit.joins_in:
            ledger.open_period(by=people.clerk, village=people.village, period=period)
            return
        fen = opening_fen(people.place)
        accounts = {
            name: ledger.add_money_account(by=people.clerk, village=people.village, kind=kind, name=name).id
            for name, kind in ((CASH, "cash"), (BANK, "bank"))
        }
        ledger.join_mid_year(
            by=people.clerk, village=people.village, period=period,
            openings={accounts[name]: fen[name] for name in fen}, year_so_far=_year_so_far(period),
            paper=f"{period.previous.last_on:%Y年%-m月%-d日}科目余额表",
        )  # fmt: skip


def _year_so_far(period: Period) -> dict[str, int]:
    """A village that joins after January has had income and expense this year."""
    quarters = period.number - 1
    return {key: quarters * (3_000_00 + index * 411_00) for index, key in enumerate(ITEMS)}


def _enter(_cast: Cast, people: VillagePeople, period: Period) -> None:
    with transaction():
        accounts = {account.name: account.id for account in list_money_accounts(people.village)}
        lines = quarter_lines(people.place, period, people.hands, accounts)
        ledger.save_lines(by=people.clerk, period=_period(people, period), rows=lines)
        pay_much(people, _period(people, period), accounts[BANK])
    if people.place.name in WITH_RECEIPTS and period.code in RECEIPTS_IN:
        add_receipts(people, _period(people, period))


def _submit(cast: Cast, people: VillagePeople, period: Period) -> None:
    with transaction():
        row = _period(people, period)
        counted = {account.id: account.closing_fen for account in get_statement(row).accounts}
        ledger.count_closing(by=people.clerk, period=row, counted=counted)
        before = find_period(people.village.code, period.previous.code)
        if before is not None and before.state != "issued":
            ledger.allow_provisional(by=cast.office[0], period=row, reason="上季公开延误，先录入本季，以免再误。")
        ledger.submit_period(by=people.clerk, period=row)


def _review(cast: Cast, people: VillagePeople, period: Period) -> None:
    """The leader passes the lines; in one village a query stays open and goes out as an objection."""
    with transaction():
        row = _period(people, period)
        leader = people.finance_review[0]
        if people.place.habit.objects_in == period.code:
            line_id = get_statement(row).lines[3].line.id
            ledger.mark_line(by=leader, period=row, line_id=line_id, verdict=Verdict.QUERIED, reason=OBJECTION)
            ledger.answer_query(by=people.clerk, period=row, line_id=line_id, text=ANSWER)
        ledger.pass_rest(by=leader, period=row)
    _sign(cast, people, period, RoleKind.FINANCE_REVIEW)


def _examine(cast: Cast, people: VillagePeople, period: Period) -> None:
    _sign(cast, people, period, RoleKind.SUPERVISION)


def _sign(cast: Cast, people: VillagePeople, period: Period, kind: RoleKind) -> None:
    members = people.finance_review if kind is RoleKind.FINANCE_REVIEW else people.supervision
    reserves = kind is RoleKind.SUPERVISION and people.place.habit.reserves_in == period.code
    for member in members[:2]:
        with transaction():
            row = _period(people, period)
            decision = Decision.RESERVE if reserves and member is members[0] else Decision.AGREE
            note = RESERVATION if decision is Decision.RESERVE else ""
            if people.place.habit.is_paper_only:
                _sign_on_paper(cast, people, row, kind, member)
            else:
                ledger.sign_period(by=member, period=row, group_kind=kind.value, decision=decision, note=note)


def _sign_on_paper(cast: Cast, people: VillagePeople, row: FinancePeriod, kind: RoleKind, member: Person) -> None:
    """The member signs a printed page, the clerk hands in its photo, the township witnesses it."""
    rows = (f"{row.period.label} 收支", f"{kind.label}成员：{member.name}", "意见：同意")
    photo = keep_file(drawn_page("签字页（演示用图）", rows))
    paper = ledger.hand_in_paper_signature(
        by=people.clerk, period=row, group_kind=kind.value, member=member, decision=Decision.AGREE, photo_sha256=photo
    )
    ledger.confirm_paper_signature(
        by=cast.office[1], period=row, group_kind=kind.value, paper_id=paper.id, is_witness=True
    )


def _confirm(_cast: Cast, people: VillagePeople, period: Period) -> None:
    with transaction():
        body = get_profile(people.village.township, period).confirming_body
        ledger.confirm_period(by=people.head, period=_period(people, period), body=body, on=clock.today())


def _issue(cast: Cast, people: VillagePeople, period: Period) -> None:
    with transaction():
        row = _period(people, period)
        objects = people.place.habit.objects_in == period.code
        ledger.file_period(by=cast.office[0], period=row)
        ledger.check_privacy(by=cast.office[0], period=row, prints_objections=objects)
    with transaction():
        row = _period(people, period)
        rehearsed = rehearsal_sha256(build_content(row, issued_on=clock.today()))
        begin_issue(by=cast.office[0], subject=PeriodSubject(row), rehearsed=rehearsed)


def post_sheets(cast: Cast) -> None:
    """Finish the sheets that hang and hang them up: a fact with a photo."""
    period = Period.parse(HANGING)
    for people in cast.villages:
        found = find_disclosure(people.village.code, period.code)
        if found is None or people.place.name not in POSTED:
            continue
        finish_disclosure(found.id)
        with _on(period.last_on + timedelta(days=12)):
            _post(people, get_disclosure(found.id))


def leave_to_worker() -> None:
    """Ask a worker for the sheets of everything else that is issued, the newest quarter first."""
    for name, disclosure_id in reversed(list_undone()):
        enqueue(name, disclosure_id)


def _post(people: VillagePeople, disclosure: Published) -> None:
    photo = keep_file(drawn_page(disclosure.number, ("公开栏照片（演示用图）", f"{clock.today():%Y-%m-%d} 张贴")))
    boards = list_boards(people.village.id)
    with transaction():
        for kind in FINANCE_KINDS:
            record_posting(
                by=people.clerk, disclosure=disclosure, board=boards[0], sheet_kind=kind.value,
                posted_on=clock.today(), posted_by=people.clerk.name, photo_sha256=photo,
            )  # fmt: skip
