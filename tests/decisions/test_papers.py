"""The paper for a meeting, and the register of a matter's steps with the fields of the six sheets of case 62."""

from datetime import date

import pytest

from tests.decisions.matters import (
    NAMES,
    NOW,
    announce,
    bring_to_vote,
    call,
    decide,
    happen,
    issue,
    make_named_roster,
    make_rosters,
    propose,
    sign,
)
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.core.calendars import DayRule
from village_open.db import transaction
from village_open.decisions.actions.matters import revise_text
from village_open.decisions.actions.meetings import Minutes, record_meeting
from village_open.decisions.errors import RosterMissing
from village_open.decisions.models import AnnouncementKind, EventKind, Origin
from village_open.decisions.papers import SignInRow, ballots, meeting_notice, sign_in_sheet
from village_open.decisions.register import MinutesForm, PublicationForm, Tick, minutes_form, register_of
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.order import Hung
from village_open.decisions.rules.shares import percent
from village_open.decisions.rules.votes import Tally
from village_open.reviews.rules import Decision


@pytest.fixture
def desk(both_engines):
    """A village with a roster of every body; the test lives in October 2026."""
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
            make_rosters(desk, household_count=300)
        yield desk


def test_a_notice_says_who_meets_when_where_and_on_which_text(desk) -> None:
    with transaction():
        road = propose(desk, title="修路 13812345678")
        revise_text(by=desk.clerk, matter=road, text="改铺沥青，电话 13812345678", amount_fen=100)
        meeting = call(desk, road, on=date(2026, 10, 20), is_urgent=True)
        notice = meeting_notice(meeting)
    assert (notice.head.township, notice.head.village, notice.head.reference) == ("青山镇", "李家村", "2026-1")
    assert (notice.head.title, notice.text) == ("修路 138****5678", "改铺沥青，电话 138****5678")
    assert (notice.head.body, notice.who, notice.agenda) == ("村党组织会议", "委员", "村党组织提议")
    assert (notice.head.held_on, notice.noticed_on) == (date(2026, 10, 20), date(2026, 10, 6))
    assert (notice.head.place, notice.head.convener) == ("村委会会议室", "李建国")
    assert (notice.text_version, notice.amount_fen, notice.is_urgent, notice.notice_days) == (2, 100, True, 0)


def test_a_notice_tells_the_days_that_the_law_of_the_place_asks(desk) -> None:
    with transaction():
        desk.village.township.jurisdiction = "山东"
        road = bring_to_vote(desk, propose(desk))
        notice = meeting_notice(call(desk, road, on=date(2026, 10, 20)))
    assert (notice.notice_days, notice.is_law) == (5, True)
    assert notice.notice_basis == "山东省实施村民委员会组织法办法：提前5日通知"


def test_a_sheet_to_sign_in_has_the_names_of_that_days_roster(desk) -> None:
    with transaction():
        make_named_roster(desk)
        road = bring_to_vote(desk, propose(desk))
        meeting = call(desk, road, on=date(2026, 9, 20))
        sheet = sign_in_sheet(meeting)
        earlier = sign_in_sheet(call(desk, road, on=date(2026, 3, 4)))
    assert [row.name for row in sheet.rows] == list(NAMES)
    assert sheet.rows[0] == SignInRow(1, "王桂花", "一组", 20)
    assert (sheet.has_names, sheet.due, sheet.households_due, sheet.women_due) == (True, 6, 120, 3)
    assert sheet.source == "2026年3月5日各组推选"
    assert (earlier.has_names, len(earlier.rows), earlier.rows[41]) == (False, 42, SignInRow(42))
    assert ballots(meeting).count == 6


def test_blank_rows_stand_where_only_a_number_or_nothing_is_known(desk) -> None:
    with transaction():
        talk = propose(desk, procedure_key="consultation", amount_fen=None)
        open_to_all = call(desk, talk)
        unknown = call(desk, propose(desk), on=date(2026, 1, 4))
    sheet = sign_in_sheet(open_to_all)
    assert (len(sheet.rows), sheet.due, sheet.households_due, sheet.source) == (20, None, None, "")
    assert ballots(open_to_all).count == 20
    for paper in (sign_in_sheet, ballots):
        with pytest.raises(RosterMissing):
            paper(unknown)


def test_ballots_are_as_many_as_may_come_and_name_the_version(desk) -> None:
    with transaction():
        road = propose(desk)
        revise_text(by=desk.clerk, matter=road, text="改铺沥青", amount_fen=100)
        paper = ballots(call(desk, road))
    assert (paper.count, paper.text_version, paper.text, paper.amount_fen) == (5, 2, "改铺沥青", 100)
    assert paper.choices == ("同意", "反对", "弃权")


def test_an_unused_register_has_the_six_sheets_with_their_fields_open(desk) -> None:
    with transaction():
        road = propose(desk, origin=Origin.CADRES)
    forms = register_of(road)
    assert [(form.head.number, form.head.label) for form in forms] == [
        ("（一）", "村党组织提议"), ("（二）", "村“两委”会商议"), ("（三）", "党员大会审议"),
        ("（四）", "村民会议或者村民代表会议决议"), ("（五）", "决议公开"), ("（六）", "实施结果公开"),
    ]  # fmt: skip
    ticks = (Tick("党员群众建议", False), Tick("村干部提议", True), Tick("上级安排", False))
    assert {form.head.origins for form in forms} == {ticks}
    assert [form.asks_township for form in forms[:4]] == [False, False, True, True]
    assert forms[3].bodies == (Tick("村民代表会议", False), Tick("村民会议", False))
    assert [(form.held_on, form.due, form.share, form.content) for form in forms[:4]] == [(None, None, "", "")] * 4
    assert (forms[4].publication, forms[4].opinion, forms[5].result) == ("", "", "决议金额 345,600.00 元")
    assert [form.tells_result for form in forms[4:]] == [False, True]


def test_a_meeting_fills_its_sheet_and_the_share_is_computed(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        decide(desk, road, agree=10, oppose=20)
        meeting = call(desk, road, on=date(2026, 9, 12))
        written = Minutes("逐户算账，多数同意", "包村干部刘志强", "")
        record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, 29, 24, 3, 2), written=written)
    form = register_of(road)[3]
    assert isinstance(form, MinutesForm)
    assert form == minutes_form(meeting)
    assert (form.held_on, form.place, form.due, form.present, form.share) == (
        date(2026, 9, 12), "村委会会议室", 42, 29, "69.05%",
    )  # fmt: skip
    assert (form.content, form.township_witness) == ("逐户算账，多数同意", "包村干部刘志强")
    assert form.bodies == (Tick("村民代表会议", True), Tick("村民会议", False))
    assert form.outcome.endswith("24 > 14.5（到会过半），通过")


def test_before_minutes_are_written_the_proposal_stands_in_their_place_and_a_failed_vote_in_its_sheet(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        awaited = minutes_form(call(desk, road, on=date(2026, 10, 20)))
        decide(desk, road, agree=10, oppose=20)
    assert (awaited.content, awaited.due, awaited.share, awaited.outcome) == (
        "铺水泥路面 960 米，宽 3.5 米",
        None,
        "",
        "",
    )
    assert register_of(road)[3].outcome.endswith("10 ≤ 15（到会过半），未通过")


def test_the_last_sheets_tell_what_hung_and_what_the_oversight_group_said(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        decide(desk, road)
        row = announce(desk, road)
        sign(desk, row, 0)
        sign(desk, row, 1, decision=Decision.RESERVE, note="造价偏高")
        waiting = register_of(road)[4]
        happen(desk, road, EventKind.CONTRACT, amount_fen=34_000_000)
        happen(desk, road, EventKind.ACCEPTANCE, date(2026, 10, 7), amount_fen=33_500_000, note="宽 3.5 米")
        issue(desk, announce(desk, road, AnnouncementKind.RESULT))
    hung = [
        Hung("resolution", "决议公开", date(2026, 9, 12), date(2026, 9, 27), 15, DayRule.BOTH_ENDS, "", is_law=True),
        Hung("resolution", "决议公开", date(2026, 9, 13), None, 15, DayRule.BOTH_ENDS, "", is_law=True),
    ]
    *_, resolution, result = register_of(road, hung=hung)
    assert isinstance(resolution, PublicationForm)
    assert (waiting.publication, waiting.opinion) == (
        "决议公开待镇里审核签发", "孙德厚：同意；马长顺：保留意见（造价偏高）",
    )  # fmt: skip
    assert resolution.publication == "决议公开2026年9月12日起张贴，2026年9月27日取下；决议公开2026年9月13日起张贴"
    assert (result.publication, result.opinion) == ("实施结果公开已签发", "孙德厚：同意；马长顺：同意")
    assert result.result == (
        "2026年10月7日验收，参加验收：李建国、王桂花，宽 3.5 米；"
        "决议金额 345,600.00 元；合同金额 340,000.00 元；验收金额 335,000.00 元"
    )


def test_a_group_writes_its_own_name_on_its_papers(desk) -> None:
    with transaction():
        make_named_roster(desk, body=Body.GROUP_ASSEMBLY, group_name="二组")
        ditch = bring_to_vote(desk, propose(desk, procedure_key="group", group_name="二组"))
        sheet = sign_in_sheet(call(desk, ditch, on=date(2026, 9, 20)))
    assert (sheet.head.group, len(sheet.rows)) == ("二组", 6)


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (19, 26, "73.08"), (19, 19, "100.00"), (0, 19, "0.00"), (0, 0, "--"), (1, 3, "33.33"), (2, 3, "66.67"),
        (1, 800, "0.13"), (1, 20_001, "0.00"), (3, 20_000, "0.02"), (561, 921, "60.91"),
    ],
)  # fmt: skip
def test_a_share_in_per_cent_is_rounded_half_up(part, whole, written) -> None:
    assert percent(part, whole) == written
