"""Published decisions entered as they were published: what is computed, and every gap and contradiction in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.decisions.matters import announce, bring_to_vote, call, decide, hold, propose
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.decisions.actions.meetings import record_meeting, strike_meeting
from village_open.decisions.actions.rosters import NewRoster, set_roster
from village_open.decisions.chronicles import list_findings
from village_open.decisions.contents import build_announcement
from village_open.decisions.errors import RosterMissing
from village_open.decisions.models import AnnouncementKind
from village_open.decisions.queries import list_meetings
from village_open.decisions.rules.allowances import AllowanceList, check_allowance
from village_open.decisions.rules.areas import AreaRow, check_areas, uneven_rounding
from village_open.decisions.rules.bodies import Body, rule_of
from village_open.decisions.rules.checks import Check, contradictions
from village_open.decisions.rules.elections import ElectionCount, check_election
from village_open.decisions.rules.levies import LevyPlan, check_levy, check_nature
from village_open.decisions.rules.shares import Share
from village_open.decisions.rules.votes import Tally, TallyUnfit, check_tally, judge
from village_open.decisions.rules.yearly import YearlySum, sum_meetings
from village_open.decisions.yearly import sum_year

# Case 59: 芦沟村一事一议筹资筹劳, https://bbslixin.com/thread-3554-1-1.html
LUGOU = LevyPlan(
    total_fen=34_560_000, sources_fen={"自筹": 7_470_000, "财政奖补": 24_900_000, "其它捐款": 2_190_000},
    payers=4980, per_head_fen=1500, raised_fen=7_470_000, length_m=960,
)  # fmt: skip
# Case 60: 小坝村筹资筹劳项目建设方案表, https://m.taodocs.com/p-346724767.html
XIAOBA = LevyPlan(
    total_fen=75_980_000, sources_fen={"村民投劳折资": 37_980_000, "财政奖补资金": 38_000_000},
    workers=1055, days_each=12, labour_fen=37_980_000, length_m=1500, width_cm=300, thickness_cm=20,
)  # fmt: skip
# Case 61: 杨家坪村第十一届村民委员会换届选举, http://gxsns.yfsoft.com.cn/46595.html
YANGJIAPING = ElectionCount(registered=921, voted=561, issued=561, returned=561)
# Case 65: 南头组二轮土地延包方案, https://www.ahjinzhai.gov.cn/public/6597291/37504921.html
NANTOU = (
    AreaRow("1996年二轮承包", 59, 3804, "0.64"),
    AreaRow("2014年确权", 94, 5722, "0.6"),
    AreaRow("现状", 93, 5722, "0.61"),
)
LEVY = {"type_key": "levy", "title": "修建 960 米水泥路", "amount_fen": 34_560_000}


@pytest.fixture
def desk(both_engines):
    """A village with the rosters that every procedure begins with; the representatives of each case come with it."""
    with clock.living_at(datetime(2026, 10, 8, 2, tzinfo=UTC)):
        with transaction():
            desk = make_desk()
            for body, size in ((Body.PARTY_BRANCH, 5), (Body.TWO_COMMITTEES, 9), (Body.PARTY_ASSEMBLY, 40)):
                enter_roster(desk, body, size)
        yield desk


def enter_roster(desk, body, size, **more):
    roster = NewRoster(body, date(2026, 1, 5), "换届选举结果", member_count=size, **more)
    set_roster(by=desk.clerk, village=desk.village, roster=roster)


def words(checks):
    return [check.words for check in checks]


def test_case_59_its_figures_add_up() -> None:
    assert words(check_levy(LUGOU)) == [
        "筹资 4,980 人 × 15.00 元 ＝ 74,700.00 元，与公布的一致",
        "自筹 74,700.00 ＋ 财政奖补 249,000.00 ＋ 其它捐款 21,900.00 ＝ 345,600.00 元，与公布的一致",
        "总造价 345,600.00 元 ÷ 960 米 ＝ 360.00 元/米",
    ]
    assert contradictions(check_levy(LUGOU)) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"payers": 4981}, "筹资 4,981 人 × 15.00 元 ＝ 74,715.00 元，公布的是 74,700.00 元，不一致"),
        (
            {"total_fen": 34_560_001},
            "自筹 74,700.00 ＋ 财政奖补 249,000.00 ＋ 其它捐款 21,900.00 ＝ 345,600.00 元，"
            "公布的是 345,600.01 元，不一致",
        ),
    ],
)
def test_a_levy_whose_figures_differ_by_the_least_is_told(changed, told) -> None:
    assert contradictions(check_levy(replace(LUGOU, **changed))) == (told,)


def test_case_59_a_resolution_without_counts_cannot_be_called_passed(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk, **LEVY))
        with pytest.raises(RosterMissing) as refused:
            decide(desk, road)
        assert "村民代表会议名册，算不出应到人数" in refused.value.message
        strike_meeting(by=desk.clerk, meeting=last_meeting(road), reason="先登记名册")
        enter_roster(desk, Body.REPRESENTATIVE_ASSEMBLY, 42)
        meeting = call(desk, road, on=date(2026, 9, 10))
        found = record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, None, None, None, None))
        told = build_announcement(announce(desk, road))["meetings"][-1]
    missing = "实到人数、同意人数、反对人数、弃权人数、到会代表的户数、总户数"
    assert found.words == f"村民代表会议：没有写{missing}，不能认定通过"
    assert (road.step, told["outcome_label"], told["agree"]) == ("decide", "缺数，不能认定", -1)
    (gap,) = [row for row in list_findings(road) if row.kind == "counts_missing"]
    assert gap.message == f"2026年9月10日{found.words}"


def last_meeting(matter):
    """The meeting whose record was refused: its call stands."""
    return max(list_meetings(matter), key=lambda row: row.id)


def test_case_60_its_figures_add_up_and_the_rate_is_exact() -> None:
    assert words(check_levy(XIAOBA)) == [
        "筹劳 1,055 人 × 12 个工日 ＝ 12,660 个工日",
        "筹劳折资 379,800.00 元 ÷ 12,660 个工日 ＝ 30.00 元/个工日",
        "村民投劳折资 379,800.00 ＋ 财政奖补资金 380,000.00 ＝ 759,800.00 元，与公布的一致",
        "长 1,500 米 × 宽 3.00 米 × 厚 0.20 米 ＝ 900.0 立方米",
        "总造价 759,800.00 元 ÷ 1,500 米 ＝ 约 506.53 元/米",
    ]
    with_rate = replace(XIAOBA, day_rate_fen=3000)
    assert words(check_levy(with_rate))[1] == "筹劳 12,660 个工日 × 30.00 元 ＝ 379,800.00 元，与公布的一致"
    assert contradictions(check_levy(replace(with_rate, workers=1054))) == (
        "筹劳 12,648 个工日 × 30.00 元 ＝ 379,440.00 元，公布的是 379,800.00 元，不一致",
    )


@pytest.mark.parametrize(
    ("title", "nature", "told"),
    [
        ("村内道路水泥路硬化", "维修", "名称写“硬化”，建设性质却勾“维修”，两处不一致，请核对"),
        ("村内道路水泥路硬化", "新建", ""),
        ("村内道路维修", "维修", ""),
    ],
)
def test_case_60_a_name_and_a_tick_that_contradict_each_other_are_told(title, nature, told) -> None:
    assert check_nature(title, nature) == told


def test_case_60_the_plan_is_voted_on_and_announced_with_the_households_of_the_representatives(desk) -> None:
    with transaction():
        enter_roster(desk, Body.REPRESENTATIVE_ASSEMBLY, 42, household_count=300)
        plan = propose(desk, type_key="levy", title="村内道路水泥路硬化", amount_fen=75_980_000)
        held = decide(desk, bring_to_vote(desk, plan), agree=42, households_present=200)
        told = build_announcement(announce(desk, plan, AnnouncementKind.LEVY_PLAN))
    assert "到会代表 200 户，共 300 户，200 ≥ 200（三分之二），到会有效" in held.words
    assert (told["heading"], told["matter"]["amount_fen"]) == ("一事一议筹资筹劳方案", 75_980_000)


def test_case_61_turnout_is_computed_and_the_missing_figures_are_named() -> None:
    found = check_election(YANGJIAPING)
    assert words(found.checks) == ["参加投票 561 人 ÷ 登记选民 921 人 ＝ 60.91%；561 > 460.5，过半"]
    assert (found.has_majority, found.contradictions) == (True, ())
    assert found.missing == ("有效票", "无效票", "得票数")


@pytest.mark.parametrize(("voted", "enough"), [(460, False), (461, True), (462, True)])
def test_more_than_half_of_the_registered_must_vote(voted, enough) -> None:
    found = check_election(ElectionCount(921, voted, voted, voted))
    assert found.has_majority is enough
    assert found.checks[0].note == f"{voted} {'>' if enough else '≤'} 460.5，{'过半' if enough else '没有过半'}"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"returned": 562}, ["收回选票 562 张，比发出的 561 张还多"]),
        ({"returned": 560}, []),
        ({"issued": 562}, ["发出选票 562 张，与参加投票 561 人不符"]),
        ({"voted": 922, "issued": 922}, ["参加投票 922 人，比登记选民 921 人还多"]),
        ({"valid": 550, "invalid": 10}, ["有效票 550 张、无效票 10 张，合计与收回的 561 张不符"]),
        ({"valid": 550, "invalid": 11}, []),
    ],
)
def test_ballots_that_do_not_add_up_are_told(changed, told) -> None:
    assert list(check_election(replace(YANGJIAPING, **changed)).contradictions) == told


def test_nothing_is_missing_of_an_election_that_says_everything() -> None:
    found = check_election(replace(YANGJIAPING, valid=550, invalid=11, votes_of_elected=480))
    assert found.missing == ()
    assert words(found.checks)[1] == "有效票 550 ＋ 无效票 11 ＝ 561 张，与公布的一致"


# Case 63: two forms of one program (招投标表样.xls, PiBanKa.html) count by different denominators.
@pytest.mark.parametrize(
    ("present", "agree", "of_due", "of_present"), [(40, 22, True, True), (29, 21, False, True), (29, 14, False, False)]
)
def test_case_63_the_denominator_is_the_laws_and_is_written_down(present, agree, of_due, of_present) -> None:
    half, due = Share.parse(">1/2"), 42
    assert (half.is_met(agree, due), half.is_met(agree, present)) == (of_due, of_present)
    found = judge(Tally(due, present, agree, present - agree, 0), rule_of(Body.REPRESENTATIVE_ASSEMBLY))
    assert found.has_passed is of_present
    assert "（到会过半）" in found.words


# Case 64: 农村民主决策情况填报, github A1500/cam
def test_case_64_a_years_meetings_are_summed_before_the_shares_are_taken(desk) -> None:
    with transaction():
        enter_roster(desk, Body.REPRESENTATIVE_ASSEMBLY, 26, women_count=9)
        for title, agree, oppose, women in (("一号", 19, 0, 6), ("二号", 20, 6, 9)):
            matter = bring_to_vote(desk, propose(desk, title=title))
            decide(desk, matter, agree=agree, oppose=oppose, women_present=women)
        hold(desk, propose(desk, title="三号"), on=date(2026, 1, 5), agree=5)
        wrong = hold(desk, propose(desk, title="四号"), on=date(2026, 9, 2), agree=5)
        strike_meeting(by=desk.clerk, meeting=wrong, reason="记错")
        call(desk, propose(desk, title="五号"), on=date(2026, 9, 3))
    year = sum_year(desk.village.id, 2026)
    assert list(year) == [Body.PARTY_BRANCH, Body.TWO_COMMITTEES, Body.PARTY_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY]
    found = year[Body.REPRESENTATIVE_ASSEMBLY]
    assert (found.meetings, found.due, found.present, found.women) == (2, 52, 45, 15)
    assert (found.present_share, found.women_share) == ("86.54", "33.33")
    assert (found.agree_share, found.oppose_share, found.abstain_share) == ("86.67", "13.33", "0.00")
    assert year[Body.PARTY_BRANCH].meetings == 3
    assert sum_year(desk.village.id, 2025) == {}


def test_case_64_its_example_and_a_year_without_meetings() -> None:
    found = sum_meetings([Tally(26, 19, 19, 0, 0)])
    assert (found.present_share, found.agree_share) == ("73.08", "100.00")
    nothing = sum_meetings([])
    assert nothing == YearlySum()
    assert {nothing.present_share, nothing.agree_share, nothing.oppose_share, nothing.women_share} == {"--"}


def test_case_64_shares_are_those_of_the_sums_and_gaps_are_counted_apart() -> None:
    found = sum_meetings([Tally(10, 10, 10, 0, 0), Tally(100, 50, 10, 40, 0), Tally(42, None, None, None, None)])
    assert (found.meetings, found.left_out, found.due) == (3, 1, 110)
    assert (found.agree_share, found.present_share) == ("33.33", "54.55")


@pytest.mark.parametrize(
    ("tally", "field"),
    [
        (Tally(26, 19, 19, 1, 0), "agree"),
        (Tally(26, 19, 19, 0, 0, women_present=20), "women_present"),
        (Tally(26, 27, 27, 0, 0), "present"),
    ],
)
def test_case_64_more_votes_or_women_than_came_are_refused(tally, field) -> None:
    with pytest.raises(TallyUnfit) as refused:
        check_tally(tally)
    assert refused.value.field == field


def test_case_65_each_area_is_computed_to_its_own_decimals_and_the_cut_one_is_told() -> None:
    checks = check_areas(NANTOU)
    assert words(checks) == [
        "1996年二轮承包：38.04 亩 ÷ 59 人 ＝ 0.64，与公布的一致；按 2 位小数四舍五入",
        "2014年确权：57.22 亩 ÷ 94 人 ＝ 0.6，与公布的一致；按 1 位小数四舍五入",
        "现状：57.22 亩 ÷ 93 人 ＝ 0.62，公布的是 0.61，不一致；按 2 位小数四舍五入应为 0.62，印的是去尾的 0.61",
    ]
    assert len(contradictions(checks)) == 1
    assert uneven_rounding(NANTOU) == "同一列的人均亩数取舍不一：小数有 1、2 位的，现状没有四舍五入"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (("0.64", "0.61", "0.62"), ""),
        (("0.6", "0.6", "0.6"), ""),
        (("1", "1", "1"), ""),
        (("0.64", "0.61", "0.61"), "同一列的人均亩数取舍不一：现状没有四舍五入"),
        (("0.64", "0.6", "0.62"), "同一列的人均亩数取舍不一：小数有 1、2 位的"),
        (("0.64", "0.60", "0.61"), "同一列的人均亩数取舍不一：2014年确权、现状没有四舍五入"),
    ],
)
def test_a_column_that_rounds_alike_is_left_alone(printed, told) -> None:
    assert uneven_rounding([replace(row, printed=text) for row, text in zip(NANTOU, printed, strict=True)]) == told


def test_case_65_the_groups_plan_needs_two_thirds_of_all_its_members(desk) -> None:
    with transaction():
        enter_roster(desk, Body.GROUP_ASSEMBLY, 93, household_count=17, group_name="南头组")
        plan = propose(
            desk, type_key="land", title="南头组二轮土地延包方案", procedure_key="group", group_name="南头组",
            acts_for_collective=True, collective_item=8, amount_fen=None,
        )  # fmt: skip
        bring_to_vote(desk, plan)
        lost = decide(desk, plan, agree=61, oppose=10)
        passed = decide(desk, plan, agree=62, oppose=10)
    assert "61 < 62（全体三分之二），未通过" in lost.words
    assert (passed.has_passed, plan.step) == (True, "announce")


# Case 83: a newspaper on a list of 41 names for a meeting of some ten people; arithmetic only.
@pytest.mark.parametrize(
    ("present", "told"),
    [
        (19, ("补助名册 41 人，共 820.00 元，会议实到 19 人，多出 22 人、440.00 元",)),
        (10, ("补助名册 41 人，共 820.00 元，会议实到 10 人，多出 31 人、620.00 元",)),
        (41, ()),
        (42, ("补助名册 41 人，共 820.00 元，会议实到 42 人，少了 1 人",)),
    ],
)
def test_case_83_who_was_paid_for_a_meeting_is_set_against_who_came(present, told) -> None:
    assert check_allowance(AllowanceList(listed=41, paid=41, each_fen=2000, present=present)) == told
    (differs,) = check_allowance(AllowanceList(listed=present, paid=41, each_fen=2000, present=present))[:1] or [None]
    assert differs == (None if present == 41 else f"领款 41 人，与名册 {present} 人不符")


def test_a_comparison_without_a_published_figure_contradicts_nothing() -> None:
    assert Check("1 ＋ 1", "2").agrees
    assert not Check("1 ＋ 1", "2", "3").agrees
