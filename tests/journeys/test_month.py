"""One month of a township that publishes by month (山东), from the first line to the frozen disclosure."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.factories import make_township, sign_in
from tests.ready_periods import Desk, check_ready, confirm_ready, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.finance.errors import PeriodOfOtherKind
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.queries import get_period, get_statement
from village_open.finance.rules import LineInput
from village_open.notices.actions.issue import begin_issue, rehearsal_sha256
from village_open.notices.contents import build_content
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.sheets.render import render_sheet
from village_open.notices.subjects import PeriodSubject
from village_open.printing.paper import Paper
from village_open.record.models import RecordEntry
from village_open.record.queries import find_broken_link

SEPTEMBER, OCTOBER = Period.parse("2026M09"), Period.parse("2026M10")
EARLY_OCTOBER = datetime(2026, 10, 9, 1, tzinfo=UTC)
EARLY_NOVEMBER = datetime(2026, 11, 3, 1, tzinfo=UTC)
OPENINGS = (100_000, 2_000_000)
SPENT_IN_SEPTEMBER, EARNED_IN_OCTOBER, SPENT_IN_OCTOBER = 30_000, 500_000, 45_680


def live_september(desk: Desk) -> None:
    """The month in which the village joins, issued."""
    with clock.living_at(EARLY_OCTOBER), transaction():
        period = actions.join_mid_year(
            by=desk.clerk, village=desk.village, period=SEPTEMBER, paper="2026年8月31日科目余额表",
            openings=dict(zip(desk.accounts, OPENINGS, strict=True)), year_so_far={"CW0304": 7_000},
        )  # fmt: skip
        enter_and_submit(desk, period, row(desk, "2026-09-15", -SPENT_IN_SEPTEMBER, "购打印纸"))
    issue(desk, SEPTEMBER, at=EARLY_OCTOBER)


def live_october(desk: Desk) -> None:
    """The month that follows, up to the submission."""
    with clock.living_at(EARLY_NOVEMBER), transaction():
        period = actions.open_period(by=desk.clerk, village=desk.village, period=OCTOBER)
        enter_and_submit(
            desk, period, row(desk, "2026-10-08", EARNED_IN_OCTOBER, "收鱼塘承包款"),
            row(desk, "2026-10-31", -SPENT_IN_OCTOBER, "付电费"),
        )  # fmt: skip


def row(desk: Desk, on: str, fen: int, summary: str) -> LineInput:
    kind, item = ("income", "CW0202") if fen > 0 else ("expense", "CW0304")
    return LineInput(
        date.fromisoformat(on), kind, summary, abs(fen), desk.accounts[0], item_key=item, voucher="记-1",
        approver="赵铁柱",
    )  # fmt: skip


def enter_and_submit(desk: Desk, period: FinancePeriod, *rows: LineInput) -> None:
    actions.save_lines(by=desk.clerk, period=period, rows=rows)
    counted = {account.id: account.closing_fen for account in get_statement(period).accounts}
    actions.count_closing(by=desk.clerk, period=period, counted=counted)
    actions.submit_period(by=desk.clerk, period=period)


def issue(desk: Desk, month: Period, *, at: datetime) -> dict[str, object]:
    """Mark, sign, confirm, check and begin the issue; returns the frozen content."""
    with transaction():
        period = get_period(desk.village.code, month.code)
        confirm_ready(desk, period, at=at)
        with clock.living_at(at):
            check_ready(desk, period)
            rehearsed = rehearsal_sha256(build_content(period, issued_on=clock.today()))
            disclosure = begin_issue(by=desk.officer, subject=PeriodSubject(period), rehearsed=rehearsed)
        return json.loads(disclosure.content)


@pytest.fixture
def desk(both_engines: Flask) -> Desk:
    with transaction():
        made = make_desk(make_township(jurisdiction="山东"))
    live_september(made)
    live_october(made)
    return made


def test_a_month_goes_from_its_lines_to_a_frozen_disclosure(desk: Desk) -> None:
    content = issue(desk, OCTOBER, at=EARLY_NOVEMBER)
    opening = sum(OPENINGS) - SPENT_IN_SEPTEMBER
    assert (content["period"], content["number"]) == ("2026M10", "青山镇李家村〔2026〕财公2号")
    assert content["totals"] == {
        "opening_fen": opening, "income_fen": EARNED_IN_OCTOBER, "expense_fen": SPENT_IN_OCTOBER,
        "closing_fen": opening + EARNED_IN_OCTOBER - SPENT_IN_OCTOBER,
    }  # fmt: skip
    assert content["ytd"] == {
        "income_fen": EARNED_IN_OCTOBER, "expense_fen": 7_000 + SPENT_IN_SEPTEMBER + SPENT_IN_OCTOBER,
    }  # fmt: skip
    assert content["posting"] == {"from": "2026-11-03", "to": "2026-11-18", "explained": "不少于15日，起始当日不计入"}
    assert content["confirmed"] == {"body": "村党组织、村民委员会联席会议", "on": "2026-11-03", "note": ""}
    period = get_period(desk.village.code, "2026M10")
    assert (period.stage, period.period.label) == (PeriodState.ISSUED, "2026年10月")
    assert find_broken_link(desk.village.code) is None


def test_the_sheets_of_a_month_speak_of_months(desk: Desk) -> None:
    content = issue(desk, OCTOBER, at=EARLY_NOVEMBER)
    for kind in SheetKind:
        html = render_sheet(content=content, kind=kind, paper=Paper.parse("A3"), trial=True).html
        assert "2026年10月" in html
        assert "上月" in html
        assert "本月" in html
        assert re.findall(".{0,8}季.{0,8}", re.sub("(?s)<style.*?</style>", "", html)) == []


def test_the_record_of_a_month_names_the_month(desk: Desk) -> None:
    issue(desk, OCTOBER, at=EARLY_NOVEMBER)
    said = [one.said for one in db.session.query(RecordEntry).filter_by(chain=desk.village.code)]
    for words in (
        "开始录入2026年10月收支", "提交了2026年10月收支，共 2 笔", "2026年10月收支转村务监督小组审查",
        "讨论确定2026年10月收支公开", "将2026年10月收支备案", "签发了2026年10月收支，编号 青山镇李家村〔2026〕财公2号",
    ):  # fmt: skip
        assert [one for one in said if words in one], words
    assert [one for one in said if "季" in one] == []


def test_a_quarter_is_not_opened_where_months_are_asked_for(desk: Desk) -> None:
    with clock.living_at(EARLY_NOVEMBER), pytest.raises(PeriodOfOtherKind, match="按月"), transaction():
        actions.open_period(by=desk.clerk, village=desk.village, period=Period.parse("2026Q4"))


def test_the_pages_of_a_month_speak_of_months(app: Flask) -> None:
    with app.app_context():
        with transaction():
            desk = make_desk(make_township(jurisdiction="山东"))
        live_september(desk)
        live_october(desk)
    client, office = app.test_client(), app.test_client()
    with clock.living_at(EARLY_NOVEMBER):
        sign_in(client, desk.clerk.id)
        sign_in(office, desk.officer.id)
        place = f"/villages/{desk.village.code}/2026M10"
        pages = [client.get(place + at) for at in ("", "/ledger", "/review", "/sign", "/review-list", "/blank-grid")]
        pages.append(client.get(f"/villages/{desk.village.code}"))
        pages += [office.get(place + at) for at in ("/check", "/flags", "/provisional")]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [page.request.path for page in pages if "2026年10月" not in page.text] == []
    assert "上月结存" in pages[0].text
    assert "本月收入" in pages[0].text
    told = {page.request.path: re.findall(".{0,10}季.{0,10}", page.text) for page in pages}
    assert {path: words for path, words in told.items() if words} == {}
