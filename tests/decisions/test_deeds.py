"""What people do with matters and their meetings, on both engines: who may, what moves on, what the record says."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.decisions.matters import (
    NAMES,
    NOW,
    announce,
    bring_to_vote,
    call,
    decide,
    happen,
    hold,
    issue,
    make_named_roster,
    make_rosters,
    propose,
)
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.core.errors import InputError
from village_open.db import db, transaction
from village_open.decisions.actions import events as event_deeds
from village_open.decisions.actions.matters import revise_text, withdraw_matter
from village_open.decisions.actions.meetings import Ballot, Minutes, record_meeting, record_votes, strike_meeting
from village_open.decisions.actions.rosters import NewMember, NewRoster, set_roster
from village_open.decisions.errors import (
    CollectiveDecides,
    DayUnfit,
    EventNotFound,
    EventStruck,
    ItemUnfit,
    MatterClosed,
    MatterNotFound,
    MeetingAnnounced,
    MeetingFollowed,
    MeetingHeld,
    MeetingNotFound,
    MeetingStruck,
    PaperNotFound,
    ReasonMissing,
    RosterMissing,
    RosterWithoutNames,
    TextCalled,
    TextVoted,
    WrongStep,
)
from village_open.decisions.models import AnnouncementKind, EventKind, PaperKind
from village_open.decisions.queries import (
    find_roster_on,
    get_event,
    get_matter,
    get_meeting,
    get_paper,
    get_text,
    list_events,
    list_matters,
    list_meetings,
    list_meetings_of,
    list_rosters,
    list_texts,
    list_votes,
)
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.matters import BodyMayNotDecide, BodyUnfitForPurpose, CollectiveItemMissing
from village_open.decisions.rules.votes import Outcome, Tally, TallyUnfit
from village_open.record.queries import find_broken_link, list_trail

REPRESENTATIVES, VILLAGERS, DELEGATES = (
    Body.REPRESENTATIVE_ASSEMBLY,
    Body.VILLAGER_ASSEMBLY,
    Body.MEMBER_REPRESENTATIVES,
)


@pytest.fixture
def desk(both_engines):
    """A village with a roster of every body; the test lives in October 2026."""
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
            make_rosters(desk)
        yield desk
        assert find_broken_link(desk.village.code) is None


def said(desk):
    return [line.said for line in list_trail(desk.village.code).items]


def test_a_road_is_repaired_from_the_proposal_to_the_published_result(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        assert road.step == "decide"
        held = decide(desk, road, agree=24, oppose=3, abstain=2)
        assert (held.has_passed, road.step) == (True, "announce")
        issue(desk, announce(desk, road))
        assert road.step == "carry_out"
        happen(desk, road, EventKind.CONTRACT, date(2026, 9, 26))
        assert road.step == "carry_out"
        happen(desk, road, EventKind.ACCEPTANCE, date(2026, 10, 7))
        assert road.step == "announce_result"
        issue(desk, announce(desk, road, AnnouncementKind.RESULT), "青山镇李家村〔2026〕决公2号")
        assert (road.step, road.step_due) == ("", None)
    assert said(desk)[0] == "签发了事项 2026-1“修缮三组道路”的实施结果公开，编号 青山镇李家村〔2026〕决公2号"
    told = [line for line in said(desk) if "村党组织会议" in line and "名册" not in line]
    assert told == [
        "登记了2026年9月1日村党组织会议：应到 5 人，实到 5 人，5 ≥ 3（半数），到会有效；同意 5、反对 0、弃权 0，"
        "5 > 2.5（到会过半），通过（事项 2026-1“修缮三组道路”）",
        "安排2026年9月1日召开村党组织会议，讨论事项 2026-1“修缮三组道路”第 1 稿",
    ]
    with transaction(), pytest.raises(MatterClosed):
        happen(desk, road, EventKind.PROGRESS)


def test_each_matter_has_its_number_of_the_year_and_is_found_by_it(desk) -> None:
    with transaction():
        first, second = propose(desk), propose(desk, title=" 二组水渠 ", amount_fen=None)
    assert [row.reference for row in list_matters(desk.village.id).items] == ["2026-2", "2026-1"]
    assert get_matter(desk.village.code, 2026, 2).title == "二组水渠"
    assert said(desk)[:2] == [
        "提出了事项 2026-2“二组水渠”，按四议两公开办理",
        "提出了事项 2026-1“修缮三组道路”，金额 345,600.00 元，按四议两公开办理",
    ]
    with pytest.raises(MatterNotFound):
        get_matter(desk.village.code, 2026, 3)
    assert list_meetings_of([first.id, second.id]) == {}


# what is changed of a proposal, the field, the words
UNFIT = [
    ({"title": " "}, "title", "请写事项名称"),
    ({"text": "\n"}, "text", "请写拟办什么"),
    ({"amount_fen": 0}, "amount_fen", "金额要大于 0"),
    ({"procedure_key": "group"}, "group_name", "请选是哪个村民小组。"),
]


def test_a_proposal_that_cannot_be_is_refused_at_its_field(desk) -> None:
    for changed, field, words in UNFIT:
        with transaction(), pytest.raises(InputError, match=words) as refused:
            propose(desk, **changed)
        assert refused.value.field == field


def test_a_levy_follows_its_own_procedure_and_an_appraisal_is_voted_as_one(desk) -> None:
    with transaction():
        levy = propose(desk, type_key="levy", procedure_key="four")
        appraisal = propose(desk, type_key="other", procedure_key="appraisal", amount_fen=None)
    assert (levy.procedure.label, levy.voted_as) == ("一事一议筹资筹劳", Purpose.LEVY)
    assert (appraisal.voted_as, appraisal.step) == (Purpose.APPRAISAL, "decide")


def test_what_the_economic_organisation_owns_is_not_left_to_the_villagers(desk) -> None:
    for type_key in ("collective_assets", "land", "homestead"):
        for procedure_key in ("four", "merged", "five", "group"):
            with transaction(), pytest.raises(CollectiveDecides) as refused:
                propose(desk, type_key=type_key, procedure_key=procedure_key, group_name="一组")
            assert refused.value.field == "acts_for_collective"


def test_land_goes_to_the_villagers_where_the_land_contract_law_says_so(desk) -> None:
    with transaction():
        plan = bring_to_vote(desk, propose(desk, type_key="land", purpose=Purpose.LAND_PLAN))
        held = decide(desk, plan, agree=27, oppose=3)
    assert (held.outcome, held.basis) == (Outcome.REJECTED, "农村土地承包法第19条第三项")
    assert "27 < 28（全体三分之二），未通过" in held.words


def test_a_matter_of_the_organisation_needs_an_item_of_its_kind(desk) -> None:
    with transaction(), pytest.raises(CollectiveItemMissing):
        propose(desk, procedure_key="collective")
    with transaction(), pytest.raises(CollectiveItemMissing):
        propose(desk, acts_for_collective=True)
    with transaction(), pytest.raises(ItemUnfit) as refused:
        propose(desk, type_key="land", procedure_key="collective", collective_item=13)
    assert refused.value.message == "“土地承包与征地补偿”属于农村集体经济组织法第26条第八项、第十项，请从中选。"


def test_delegates_are_not_called_to_what_the_whole_assembly_decides(desk) -> None:
    with transaction():
        land = bring_to_vote(desk, propose(desk, type_key="land", procedure_key="collective", collective_item=8))
        with pytest.raises(BodyMayNotDecide, match="第26条第八项"):
            call(desk, land, DELEGATES)
        assert decide(desk, land, Body.MEMBER_ASSEMBLY, agree=400, oppose=100).has_passed


def test_the_village_that_acts_for_the_organisation_needs_two_thirds_of_all(desk) -> None:
    with transaction():
        lease = bring_to_vote(
            desk, propose(desk, type_key="collective_assets", acts_for_collective=True, collective_item=11)
        )
        held = decide(desk, lease, agree=24, oppose=3, abstain=2)
    assert (held.outcome, lease.step) == (Outcome.REJECTED, "decide")
    assert "24 < 28（全体三分之二），未通过" in held.words
    assert "第64条" in held.basis


def test_a_recall_is_for_the_voters_alone_and_counts_those_on_the_list_of_voters(desk) -> None:
    with transaction():
        recall = bring_to_vote(desk, propose(desk, type_key="other", purpose=Purpose.RECALL, amount_fen=None))
        with pytest.raises(BodyUnfitForPurpose, match="第19条"):
            call(desk, recall, REPRESENTATIVES)
        held = decide(desk, recall, VILLAGERS, due=921, agree=300, oppose=160)
        assert held.words.startswith("村民会议：应到 921 人，实到 460 人，460 ≤ 460.5（过半数）")
        assert held.outcome == Outcome.NO_QUORUM


def test_another_body_is_not_called_to_a_step_and_nobody_to_one_that_is_no_meeting(desk) -> None:
    with transaction():
        road = propose(desk)
        with pytest.raises(WrongStep, match="现在该办的是“村党组织提议”，不能召开村民代表会议。"):
            call(desk, road, REPRESENTATIVES)
        decide(desk, bring_to_vote(desk, road))
        with pytest.raises(WrongStep, match="现在该办的是“决议公开”"):
            call(desk, road, REPRESENTATIVES)


def test_a_notice_is_not_later_than_its_meeting_and_a_meeting_to_come_has_no_result(desk) -> None:
    with transaction():
        road = propose(desk)
        with pytest.raises(DayUnfit) as refused:
            call(desk, road, noticed_on=date(2026, 9, 2))
        assert refused.value.field == "noticed_on"
        assert call(desk, road, noticed_on=date(2026, 9, 1)).noticed_on == date(2026, 9, 1)
        with pytest.raises(DayUnfit, match="会议还没有开"):
            hold(desk, road, on=date(2026, 10, 9))
        assert hold(desk, road, on=date(2026, 10, 8)).has_passed


def test_a_failed_vote_is_kept_and_a_second_meeting_may_pass(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        void = decide(desk, road, agree=27)
        lost = decide(desk, road, on=date(2026, 9, 14), agree=14, oppose=15)
        assert road.step == "decide"
        passed = decide(desk, road, on=date(2026, 9, 18), agree=15, oppose=14)
    assert [row.outcome for row in (void, lost, passed)] == ["no_quorum", "rejected", "passed"]
    assert [row.counts for row in list_meetings(road)] == [True] * 6
    assert (void.outcome_label, lost.outcome_label) == ("到会人数不足，会议无效", "未通过")
    assert road.step == "announce"


def test_counts_that_do_not_fit_the_roster_of_the_day_are_refused(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        with pytest.raises(TallyUnfit) as refused:
            decide(desk, road, agree=43)
        assert (refused.value.field, road.step) == ("present", "decide")


def test_without_a_roster_of_that_day_nothing_is_counted(desk) -> None:
    with transaction():
        road = propose(desk)
        with pytest.raises(RosterMissing, match="还没有登记2026年1月4日的村党组织会议名册"):
            hold(desk, road, on=date(2026, 1, 4), agree=5)


def test_a_gap_in_the_paper_is_kept_as_one_and_brings_nothing_further(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        meeting = call(desk, road, on=date(2026, 9, 10))
        found = record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, None, None, None, None))
    assert found.missing == ("实到人数", "同意人数", "反对人数", "弃权人数")
    assert (meeting.due, meeting.present, meeting.outcome, road.step) == (42, None, "unknown", "decide")


def test_a_result_is_written_once_with_what_was_noted_beside_it(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting = call(desk, road)
        written = Minutes(" 一致同意 ", " 包村干部刘志强 ", "")
        record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, 5, 5, 0, 0), written=written)
        with pytest.raises(MeetingHeld):
            record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, 5, 4, 1, 0))
    assert (meeting.minutes, meeting.township_witness) == ("一致同意", "包村干部刘志强")
    trail = {change.word: change.after for change in list_trail(desk.village.code).items[0].changes}
    assert (trail["会议记录"], trail["乡镇参会人员"], trail["同意"]) == ("一致同意", "包村干部刘志强", "5")


def test_of_two_meetings_called_for_a_step_only_the_first_that_passes_is_recorded(desk) -> None:
    with transaction():
        road = propose(desk)
        one, other = call(desk, road), call(desk, road, on=date(2026, 9, 2))
        record_meeting(by=desk.clerk, meeting=one, tally=Tally(None, 5, 5, 0, 0))
        with pytest.raises(WrongStep, match="现在该办的是“村“两委”会商议”，不能登记村党组织会议的结果"):
            record_meeting(by=desk.clerk, meeting=other, tally=Tally(None, 5, 1, 4, 0))
        strike_meeting(by=desk.clerk, meeting=other, reason="没有开成")


def test_the_text_grows_by_versions_and_stands_while_a_meeting_is_called_for_it(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting = call(desk, road)
        with pytest.raises(TextCalled, match="已经安排会议讨论第 1 稿"):
            revise_text(by=desk.clerk, matter=road, text="改铺沥青", amount_fen=1)
        strike_meeting(by=desk.clerk, meeting=meeting, reason="改稿")
        revise_text(by=desk.clerk, matter=road, text=" 改铺沥青 ", amount_fen=40_000_000)
    assert [(row.version, row.text, row.amount_fen) for row in list_texts(road)] == [
        (1, "铺水泥路面 960 米，宽 3.5 米", 34_560_000), (2, "改铺沥青", 40_000_000),
    ]  # fmt: skip
    assert (road.text_version, road.amount_fen, get_text(road).version, get_text(road, 1).version) == (
        2,
        40_000_000,
        2,
        1,
    )
    assert said(desk)[0] == "把事项 2026-1“修缮三组道路”的方案改为第 2 稿，金额 400,000.00 元"


def test_a_vote_belongs_to_the_version_it_was_cast_on_and_a_passed_text_is_not_touched(desk) -> None:
    with transaction():
        road = propose(desk)
        first = hold(desk, road)
        revise_text(by=desk.clerk, matter=road, text="改铺沥青", amount_fen=None)
        bring_on = [hold(desk, road, on=date(2026, 9, day)) for day in (2, 3, 10)]
        assert [row.text_version for row in (first, *bring_on)] == [1, 2, 2, 2]
        with pytest.raises(TextVoted):
            revise_text(by=desk.clerk, matter=road, text="再改", amount_fen=None)


def test_a_version_that_cannot_be_is_refused_at_its_field(desk) -> None:
    with transaction():
        road = propose(desk)
        for text, amount, field in ((" ", None, "text"), ("改铺沥青", 0, "amount_fen")):
            with pytest.raises(InputError) as refused:
                revise_text(by=desk.clerk, matter=road, text=text, amount_fen=amount)
            assert (refused.value.field, road.text_version) == (field, 1)


def test_a_record_by_mistake_is_struck_with_a_reason_and_the_step_is_due_again(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        wrong = decide(desk, road)
        with pytest.raises(ReasonMissing):
            strike_meeting(by=desk.clerk, meeting=wrong, reason=" ")
        strike_meeting(by=desk.clerk, meeting=wrong, reason="票数抄错")
        assert (road.step, wrong.counts, wrong.has_passed) == ("decide", False, False)
        with pytest.raises(MeetingStruck):
            strike_meeting(by=desk.clerk, meeting=wrong, reason="再来")
        lost = decide(desk, road, on=date(2026, 9, 11), agree=10, oppose=20)
    assert said(desk)[2] == "作废了2026年9月10日村民代表会议的登记（事项 2026-1），理由：票数抄错"
    assert (lost.counts, road.step) == (True, "decide")


def test_a_struck_call_has_no_result(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting = call(desk, road)
        strike_meeting(by=desk.clerk, meeting=meeting, reason="下雨改期")
        with pytest.raises(MeetingStruck):
            record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, 5, 5, 0, 0))


def test_a_meeting_on_which_a_later_step_rests_is_not_struck(desk) -> None:
    for goes_on in (call, lambda *of: hold(*of, agree=1), hold):
        with transaction():
            road = propose(desk)
            first = hold(desk, road)
            goes_on(desk, road)
            with pytest.raises(MeetingFollowed):
                strike_meeting(by=desk.clerk, meeting=first, reason="记错")


def test_a_later_call_that_was_struck_does_not_hold_an_earlier_meeting(desk) -> None:
    with transaction():
        road = propose(desk)
        first = hold(desk, road)
        strike_meeting(by=desk.clerk, meeting=call(desk, road), reason="没有开成")
        strike_meeting(by=desk.clerk, meeting=first, reason="记错")
        assert road.step == "propose"


def test_a_failed_meeting_is_struck_freely_until_its_result_is_public(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        lost, second = decide(desk, road, agree=10, oppose=20), decide(desk, road, agree=11, oppose=20)
        issue(desk, announce(desk, road, meeting=lost))
        with pytest.raises(MeetingAnnounced):
            strike_meeting(by=desk.clerk, meeting=lost, reason="记错")
        strike_meeting(by=desk.clerk, meeting=second, reason="记错")
        assert road.step == "decide"


def test_a_matter_that_was_given_up_stays_and_takes_nothing_more(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting = call(desk, road)
        with pytest.raises(ReasonMissing):
            withdraw_matter(by=desk.clerk, matter=road, reason="")
        withdraw_matter(by=desk.clerk, matter=road, reason=" 村民不愿出钱 ")
        assert (road.is_withdrawn, road.withdrawn_reason) == (True, "村民不愿出钱")
        for deed in (
            lambda: call(desk, road),
            lambda: record_meeting(by=desk.clerk, meeting=meeting, tally=Tally(None, 5, 5, 0, 0)),
            lambda: strike_meeting(by=desk.clerk, meeting=meeting, reason="不开了"),
            lambda: revise_text(by=desk.clerk, matter=road, text="改", amount_fen=None),
            lambda: happen(desk, road, EventKind.BUDGET),
            lambda: withdraw_matter(by=desk.clerk, matter=road, reason="再来"),
        ):
            with pytest.raises(MatterClosed):
                deed()
    assert said(desk)[0] == "终止了事项 2026-1“修缮三组道路”，理由：村民不愿出钱"


def test_named_votes_make_the_counts_with_proxies_recusals_and_absences(desk) -> None:
    with transaction():
        roster = make_named_roster(desk)
        road = bring_to_vote(desk, propose(desk))
        meeting = call(desk, road, on=date(2026, 9, 10))
        chosen = ("agree", "agree", "oppose", "abstain", "absent", "recused")
        ballots = {
            member.id: Ballot(member.id, vote, is_by_proxy=member.number in (2, 5))
            for member, vote in zip(roster.members, chosen, strict=True)
        }
        found = record_votes(by=desk.clerk, meeting=meeting, ballots=ballots, written=Minutes(recused_names="没有"))
    assert found.words == (
        "村民代表会议：应到 6 人，回避 1 人，按 5 人计，实到 4 人（其中委托 1 人），4 ≥ 4（三分之二），到会有效；"
        "同意 2、反对 1、弃权 1，2 ≤ 2（到会过半），未通过"
    )
    assert (meeting.recused_names, meeting.households_present, meeting.women_present) == ("冯长河", 80, 2)
    assert [(vote.name, vote.vote, vote.is_by_proxy) for vote in list_votes(meeting)] == [
        ("王桂花", "agree", False), ("赵铁柱", "agree", True), ("周小满", "oppose", False),
        ("吴大山", "abstain", False), ("郑春兰", "absent", False), ("冯长河", "recused", False),
    ]  # fmt: skip
    trail = {change.word: change.after for change in list_trail(desk.village.code).items[0].changes}
    assert trail["逐人表决"].startswith("王桂花：同意、赵铁柱：同意（委托）、周小满：反对")


def test_somebody_without_a_vote_is_named(desk) -> None:
    with transaction():
        roster = make_named_roster(desk)
        road = bring_to_vote(desk, propose(desk))
        meeting = call(desk, road, on=date(2026, 9, 10))
        voted = {member.id: Ballot(member.id, "agree") for member in roster.members if member.name != "周小满"}
        third = roster.members[2].id
        for ballots in (voted, voted | {third: Ballot(third, "maybe")}, voted | {third: Ballot(third, "")}):
            with pytest.raises(InputError, match="周小满还没有选") as refused:
                record_votes(by=desk.clerk, meeting=meeting, ballots=ballots)
            assert (refused.value.field, meeting.is_held) == ("votes", False)


def test_a_roster_of_numbers_has_nobody_to_vote_by_name(desk) -> None:
    with transaction():
        road = propose(desk)
        with pytest.raises(RosterWithoutNames):
            record_votes(by=desk.clerk, meeting=call(desk, road), ballots={})
        with pytest.raises(RosterMissing):
            record_votes(by=desk.clerk, meeting=call(desk, road, on=date(2026, 1, 4), noticed_on=None), ballots={})


def test_a_meeting_goes_by_the_roster_of_its_day(desk) -> None:
    with transaction():
        make_named_roster(desk)
        road = bring_to_vote(desk, propose(desk))
        before = decide(desk, road, on=date(2026, 3, 4), agree=27)
        assert before.words.startswith("村民代表会议：应到 42 人，实到 27 人，27 < 28")
        after = decide(desk, road, on=date(2026, 3, 5), agree=4)
        assert (after.due, after.households_due, after.women_due) == (6, 120, 3)
    day = date(2026, 3, 4)
    assert find_roster_on(desk.village.id, REPRESENTATIVES, day).member_count == 42
    assert find_roster_on(desk.village.id, REPRESENTATIVES, date(2026, 3, 5)).source == "2026年3月5日各组推选"
    assert find_roster_on(desk.village.id, REPRESENTATIVES, date(2026, 1, 4)) is None


def test_a_group_meets_by_its_own_roster(desk) -> None:
    with transaction():
        for group, size in (("一组", 90), ("二组", 30)):
            roster = NewRoster(Body.GROUP_ASSEMBLY, date(2026, 1, 5), "户口册", member_count=size, group_name=group)
            set_roster(by=desk.clerk, village=desk.village, roster=roster)
        ditch = propose(desk, procedure_key="group", group_name=" 二组 ")
        hold(desk, ditch)
        held = hold(desk, ditch, on=date(2026, 9, 2), agree=20)
    assert held.words.startswith("村民小组会议：应到 30 人，实到 20 人，20 ≥ 20（三分之二），到会有效")


def test_a_deliberation_needs_no_roster_and_no_votes(desk) -> None:
    with transaction():
        talk = propose(desk, procedure_key="consultation", amount_fen=None)
        held = hold(desk, talk, agree=12, present=12)
        assert held.due is None
        again = propose(desk, procedure_key="consultation", amount_fen=None)
        talked = call(desk, again)
        record_meeting(by=desk.clerk, meeting=talked, tally=Tally(None, 9, None, None, None))
    assert (held.has_passed, talked.words) == (True, "民主协商会：实到 9 人，协商形成意见，没有投票")


NAMED = NewRoster(REPRESENTATIVES, date(2026, 4, 1), "各组推选", [NewMember("王桂花"), NewMember("赵铁柱")])
# what is changed of a roster, the field, the words
UNFIT_ROSTERS = [
    ({"source": " "}, "source", "请写明这份名册的依据"),
    ({"members": [NewMember("王桂花"), NewMember(" ")]}, "members", "有一行没有姓名"),
    ({"members": [NewMember("王桂花"), NewMember(" 王桂花 ")]}, "members", "王桂花写了两次"),
    ({"members": [NewMember("长" * 41)]}, "members", "姓名最多 40 个字"),
    ({"members": [], "member_count": 0}, "member_count", "请粘贴名单，或者填写人数。"),
    ({"members": [], "member_count": 20_001}, "member_count", "请粘贴名单，或者填写人数。"),
    ({"members": [], "member_count": 5, "women_count": 6}, "women_count", "妇女 6 人，名册共 5 人，请核对。"),
    ({"members": [], "member_count": 5, "women_count": -1}, "women_count", "妇女 -1 人"),
    ({"household_count": -1}, "household_count", "户数不能是负数。"),
    ({"members": [NewMember("王桂花", household_count=-1)]}, "household_count", "户数不能是负数。"),
    ({"starts_on": date(2026, 10, 9)}, "starts_on", "不能是以后的日子"),
    ({"starts_on": date(2026, 1, 4)}, "starts_on", "已经有2026年1月5日起的名册，新名册不能更早。"),
]


def test_a_roster_that_cannot_be_is_refused_at_its_field(desk) -> None:
    for changed, field, words in UNFIT_ROSTERS:
        with transaction(), pytest.raises(InputError, match=words) as refused:
            set_roster(by=desk.clerk, village=desk.village, roster=replace(NAMED, **changed))
        assert refused.value.field == field


def test_a_roster_of_the_longest_name_and_the_largest_number_is_kept(desk) -> None:
    with transaction():
        named = set_roster(by=desk.clerk, village=desk.village, roster=replace(NAMED, members=[NewMember("长" * 40)]))
        numbers = NewRoster(VILLAGERS, date(2026, 10, 8), "户口册", member_count=20_000, women_count=9_999)
        counted = set_roster(by=desk.clerk, village=desk.village, roster=numbers)
    assert (named.member_count, named.women_count, named.household_count) == (1, None, None)
    assert (counted.member_count, counted.women_count) == (20_000, 9_999)
    assert [row.starts_on for row in list_rosters(desk.village.id).items][:2] == [date(2026, 10, 8), date(2026, 4, 1)]
    assert said(desk)[0] == "登记了村民会议名册，共 20000 人，依据：户口册"


def test_where_nobody_marked_the_women_their_number_is_unknown_and_not_zero(desk) -> None:
    with transaction():
        desk.village.township.jurisdiction = "山东"
        set_roster(by=desk.clerk, village=desk.village, roster=NAMED)
        road = bring_to_vote(desk, propose(desk))
        held = decide(desk, road, agree=2)
    assert held.words == "村民代表会议：没有写到会的妇女代表人数、妇女代表总数，不能认定通过"


# kind, what is changed of an event, the field
UNFIT_EVENTS = [
    (EventKind.CONTRACT, {"on": date(2026, 10, 9)}, "on"),
    (EventKind.PROGRESS, {"until": date(2026, 9, 27)}, "until"),
    (EventKind.BUDGET, {"amount_fen": None}, "amount_fen"),
    (EventKind.BID, {"amount_fen": 0}, "amount_fen"),
    (EventKind.BID, {"party": " "}, "party"),
    (EventKind.AWARD_NOTICE, {"party": ""}, "party"),
    (EventKind.CONTRACT, {"party": ""}, "party"),
]


def test_an_event_that_cannot_be_is_refused_at_its_field(desk) -> None:
    for kind, changed, field in UNFIT_EVENTS:
        with transaction(), pytest.raises(InputError) as refused:
            happen(desk, propose(desk), kind, **changed)
        assert refused.value.field == field, kind


def test_a_notice_may_lie_ahead_and_events_stand_in_the_order_of_their_days(desk) -> None:
    with transaction():
        road = propose(desk)
        happen(desk, road, EventKind.AWARD_NOTICE, date(2026, 10, 9), until=date(2026, 10, 11))
        happen(desk, road, EventKind.BUDGET, date(2026, 9, 2), party="")
    assert [row.kind for row in list_events(road)] == ["budget", "award_notice"]
    assert said(desk)[0] == "登记了事项 2026-1“修缮三组道路”的预算（2026-09-02），340,000.00 元"


def test_work_is_accepted_by_named_people_once_it_is_decided(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        with pytest.raises(WrongStep, match="不能验收"):
            happen(desk, road, EventKind.ACCEPTANCE)
        decide(desk, road)
        with pytest.raises(InputError, match="请写谁参加了验收"):
            happen(desk, road, EventKind.ACCEPTANCE, people=" ")
        happen(desk, road, EventKind.ACCEPTANCE)
        assert road.step == "announce"
        issue(desk, announce(desk, road))
        assert road.step == "announce_result"


def test_what_has_nothing_to_carry_out_is_not_accepted(desk) -> None:
    with transaction():
        appraisal = propose(desk, type_key="other", procedure_key="appraisal", amount_fen=None)
        decide(desk, appraisal)
        with pytest.raises(WrongStep):
            happen(desk, appraisal, EventKind.ACCEPTANCE)


def test_a_struck_acceptance_reopens_the_work_unless_another_one_stands(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        decide(desk, road)
        issue(desk, announce(desk, road))
        first = happen(desk, road, EventKind.ACCEPTANCE)
        second = happen(desk, road, EventKind.ACCEPTANCE, date(2026, 10, 2))
        with pytest.raises(ReasonMissing):
            event_deeds.strike_event(by=desk.clerk, matter=road, event=first, reason="")
        event_deeds.strike_event(by=desk.clerk, matter=road, event=first, reason="日期写错")
        assert road.step == "announce_result"
        event_deeds.strike_event(by=desk.clerk, matter=road, event=second, reason="没有验收")
        assert road.step == "carry_out"
        with pytest.raises(EventStruck):
            event_deeds.strike_event(by=desk.clerk, matter=road, event=second, reason="再来")
    assert said(desk)[0] == "作废了事项 2026-1 的验收（2026-10-02），理由：没有验收"
    assert [row.struck_reason for row in list_events(road)] == ["日期写错", "没有验收"]


PHOTO = event_deeds.KeptPaper(PaperKind.AFTER, "a" * 64, "b" * 64, "c" * 64, "image/jpeg", "施工后.jpg")


def test_the_same_photo_in_the_same_place_is_kept_once(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting, event = call(desk, road), happen(desk, road, EventKind.PROGRESS)
        first = event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO)
        assert event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO) is first
        others = [
            event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO, **where)
            for where in ({"meeting": meeting}, {"event": event})
        ]
    assert len({first.id, *(row.id for row in others)}) == 3
    assert said(desk)[0] == "给事项 2026-1 加了施工后照片“施工后.jpg”"
    assert get_paper(desk.village.code, first.id) is first


def test_a_photo_that_was_taken_out_stays_in_the_record_and_may_come_again(desk) -> None:
    with transaction():
        road = propose(desk)
        first = event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO)
        event_deeds.remove_paper(by=desk.clerk, matter=road, paper=first)
        deeds = len(said(desk))
        event_deeds.remove_paper(by=desk.clerk, matter=road, paper=first)
        assert len(said(desk)) == deeds
        assert event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO) is not first
    assert said(desk)[1] == "撤掉了事项 2026-1 的施工后照片“施工后.jpg”"


def test_a_matter_takes_sixty_papers(desk) -> None:
    with transaction():
        road = propose(desk)
        for number in range(event_deeds.MOST_PAPERS):
            paper = replace(PHOTO, original_sha256=f"{number:064}")
            event_deeds.add_paper(by=desk.clerk, matter=road, paper=paper)
        with pytest.raises(event_deeds.TooManyPapers, match="最多放 60 份材料"):
            event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO)


def test_what_belongs_to_another_matter_is_not_found(desk) -> None:
    with transaction():
        road, ditch = propose(desk), propose(desk, title="二组水渠")
        meeting, event = call(desk, road), happen(desk, road, EventKind.PROGRESS)
        paper = event_deeds.add_paper(by=desk.clerk, matter=road, paper=PHOTO)
    assert (get_meeting(road, meeting.id), get_event(road, event.id)) == (meeting, event)
    with pytest.raises(MeetingNotFound):
        get_meeting(ditch, meeting.id)
    with pytest.raises(EventNotFound):
        get_event(ditch, event.id)
    with pytest.raises(PaperNotFound):
        get_paper("990101101201", paper.id)


def test_votes_texts_and_rosters_only_grow(desk) -> None:
    with transaction():
        roster = make_named_roster(desk, names=NAMES[:1])
        road = bring_to_vote(desk, propose(desk))
        meeting, member = call(desk, road, on=date(2026, 9, 10)), roster.members[0].id
        record_votes(by=desk.clerk, meeting=meeting, ballots={member: Ballot(member, "agree")})
    for table in ("roster", "roster_member", "matter_text", "meeting_vote"):
        for deed in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            with pytest.raises(DBAPIError, match="only grows"), transaction():
                db.session.execute(text(deed))
