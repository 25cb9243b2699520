"""What is made public of a matter, on both engines: drafted, signed, refused, returned, checked, issued."""

from datetime import date

import pytest

from tests.decisions.matters import (
    NOW,
    announce,
    bring_to_vote,
    call,
    decide,
    happen,
    hold,
    issue,
    make_rosters,
    paid_by,
    propose,
    sign,
)
from tests.factories import make_role
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.decisions.actions.announcing import (
    check_announcement,
    publish_announcement,
    require_announceable,
    return_announcement,
    sign_announcement,
)
from village_open.decisions.actions.drafting import (
    begin_announcement,
    change_note,
    submit_announcement,
    take_back_announcement,
)
from village_open.decisions.actions.events import strike_event
from village_open.decisions.actions.matters import revise_text, withdraw_matter
from village_open.decisions.actions.meetings import record_meeting, strike_meeting
from village_open.decisions.contents import announcement_sha256, build_announcement
from village_open.decisions.errors import (
    AnnouncedAlready,
    AnnouncementAtWrongStage,
    AnnouncementNotFound,
    EnteredByOwnHand,
    NothingToAnnounce,
    PrivacyNotChecked,
    ReasonMissing,
)
from village_open.decisions.models import AnnouncementKind, AnnouncementState, EventKind
from village_open.decisions.queries import get_announcement, list_announcements, list_meetings
from village_open.decisions.rules.order import Happened
from village_open.decisions.rules.votes import Tally
from village_open.record.queries import find_broken_link, list_trail
from village_open.reviews.errors import ContentChanged, NotAMember, ReasonNeeded, SignedAlready
from village_open.reviews.rules import Decision
from village_open.villages.models import RoleKind

NOTICE, RESOLUTION = AnnouncementKind.MEETING_NOTICE, AnnouncementKind.RESOLUTION
PLAN, RESULT = AnnouncementKind.LEVY_PLAN, AnnouncementKind.RESULT
DRAFT, SUBMITTED = AnnouncementState.DRAFT, AnnouncementState.SUBMITTED
EXAMINED, ISSUED = AnnouncementState.EXAMINED, AnnouncementState.ISSUED
NUMBER = "青山镇李家村〔2026〕决公1号"


@pytest.fixture
def desk(both_engines):
    """A village with a roster of every body; the test lives in October 2026."""
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
            make_rosters(desk, household_count=300)
        yield desk
        assert find_broken_link(desk.village.code) is None


@pytest.fixture
def road(desk):
    """A road that the representatives decided to repair."""
    with transaction():
        matter = bring_to_vote(desk, propose(desk))
        decide(desk, matter, agree=24, oppose=3, abstain=2)
    return matter


def said(desk):
    return [line.said for line in list_trail(desk.village.code).items]


def test_a_resolution_goes_from_the_clerk_by_the_group_and_the_township_to_the_board(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        assert (row.stage, row.round, row.submitted_by_id) == (SUBMITTED, 1, desk.clerk.id)
        sign(desk, row, 0)
        assert row.stage is SUBMITTED
        sign(desk, row, 1)
        assert row.stage is EXAMINED
        sign(desk, row, 2, decision=Decision.RESERVE, note="造价偏高")
        with pytest.raises(PrivacyNotChecked):
            publish_announcement(by=desk.officer, announcement=row, number=NUMBER)
        check_announcement(by=desk.officer, announcement=row)
        publish_announcement(by=desk.officer, announcement=row, number=NUMBER)
    assert (row.stage, row.privacy_checked_by, road.step) == (ISSUED, "陈思远", "carry_out")
    what = "事项 2026-1“修缮三组道路”的决议公开"
    assert said(desk)[:8] == [
        f"签发了{what}，编号 {NUMBER}",
        f"完成了{what}的保密和个人信息审查",
        f"以村务监督小组成员身份签署{what}：保留意见，意见：造价偏高",
        f"村务监督小组签署完成，{what}等镇里审核签发"
        "（3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 2 人，含组长，通过）",
        f"以村务监督小组成员身份签署{what}：同意",
        f"以村务监督小组成员身份签署{what}：同意",
        f"提交了{what}，请监督小组审查",
        "起草了事项 2026-1“修缮三组道路”的决议公开",
    ]


def test_nothing_is_announced_before_it_has_happened(desk) -> None:
    with transaction():
        matter = propose(desk)
        for kind, missing in (
            (NOTICE, "没有安排好、还没有开的会"),
            (RESOLUTION, "还没有登记表决结果"),
            (PLAN, "还没有登记表决结果"),
            (RESULT, "还没有登记验收"),
        ):
            with pytest.raises(NothingToAnnounce, match=missing):
                begin_announcement(by=desk.clerk, matter=matter, kind=kind)
        held = hold(desk, matter)
        for kind in (NOTICE, RESOLUTION):
            with pytest.raises(NothingToAnnounce):
                begin_announcement(by=desk.clerk, matter=matter, kind=kind, meeting=held)


def test_a_thing_is_announced_once_and_another_meeting_by_its_own_announcement(desk) -> None:
    with transaction():
        matter = bring_to_vote(desk, propose(desk))
        lost = decide(desk, matter, agree=10, oppose=20)
        first = announce(desk, matter)
        with pytest.raises(AnnouncedAlready):
            begin_announcement(by=desk.clerk, matter=matter, kind=RESOLUTION)
        passed = decide(desk, matter, on=date(2026, 9, 20), agree=20, oppose=10)
        second = announce(desk, matter)
    assert [row.meeting_id for row in list_announcements(matter)] == [lost.id, passed.id]
    assert [len(build_announcement(row)["meetings"]) for row in (first, second)] == [4, 5]


def test_a_published_failure_after_a_later_success_does_not_stand_for_the_success(desk) -> None:
    with transaction():
        matter = bring_to_vote(desk, propose(desk))
        decide(desk, matter, agree=10, oppose=20)
        failure = announce(desk, matter)
        decide(desk, matter, on=date(2026, 9, 20), agree=20, oppose=10)
        issue(desk, failure)
        assert matter.step == "announce"
        issue(desk, announce(desk, matter))
        assert matter.step == "carry_out"


def test_a_result_published_before_its_resolution_ends_the_matter_with_the_resolution(desk, road) -> None:
    with transaction():
        happen(desk, road, EventKind.ACCEPTANCE)
        issue(desk, announce(desk, road, RESULT))
        assert road.step == "announce"
        issue(desk, announce(desk, road))
        assert road.step == ""


def test_a_levy_plan_is_announced_of_a_levy_that_passed(desk, road) -> None:
    with transaction():
        with pytest.raises(NothingToAnnounce, match="不是一事一议筹资筹劳"):
            begin_announcement(by=desk.clerk, matter=road, kind=PLAN)
        levy = bring_to_vote(desk, propose(desk, type_key="levy"))
        lost = decide(desk, levy, agree=10, oppose=20)
        with pytest.raises(NothingToAnnounce, match="方案没有表决通过"):
            begin_announcement(by=desk.clerk, matter=levy, kind=PLAN, meeting=lost)
        decide(desk, levy, on=date(2026, 9, 20), agree=30)
        issue(desk, announce(desk, levy, PLAN))
        assert levy.step == "carry_out"


def test_a_notice_tells_of_the_call_and_of_what_was_held_before(desk) -> None:
    with transaction():
        matter = propose(desk)
        hold(desk, matter)
        meeting = call(desk, matter, on=date(2026, 10, 20), is_urgent=True)
        row = announce(desk, matter, NOTICE)
    content = build_announcement(row)
    assert content["called"] == [
        {"body": "村“两委”会议", "on": "2026-10-20", "place": "村委会会议室", "convener": "李建国",
         "noticed_on": "2026-10-06", "is_urgent": True}
    ]  # fmt: skip
    assert [told["body"] for told in content["meetings"]] == ["村党组织会议"]
    assert (row.meeting_id, row.label, row.period.code) == (meeting.id, "会议通知", "2026Q4")
    assert (content["events"], content["money"], content["payments"]) == ([], {}, [])


def test_a_notice_of_a_meeting_that_was_held_or_struck_is_not_handed_in(desk) -> None:
    with transaction():
        matter = propose(desk)
        meeting = call(desk, matter)
        row = begin_announcement(by=desk.clerk, matter=matter, kind=NOTICE)
        strike_meeting(by=desk.clerk, meeting=meeting, reason="下雨改期")
        with pytest.raises(NothingToAnnounce):
            submit_announcement(by=desk.clerk, announcement=row)
        held = call(desk, matter)
        other = announce(desk, matter, NOTICE)
        record_meeting(by=desk.clerk, meeting=held, tally=Tally(None, 5, 5, 0, 0))
        with pytest.raises(ContentChanged):
            sign(desk, other, 0)
        take_back_announcement(by=desk.clerk, announcement=other)
        with pytest.raises(NothingToAnnounce):
            submit_announcement(by=desk.clerk, announcement=other)
    assert build_announcement(other)["called"] == []


def test_a_withdrawn_matter_calls_nobody_but_may_tell_how_it_was_voted_down(desk) -> None:
    with transaction():
        matter = bring_to_vote(desk, propose(desk))
        decide(desk, matter, agree=10, oppose=20)
        call(desk, matter, on=date(2026, 10, 20))
        withdraw_matter(by=desk.clerk, matter=matter, reason="村民不同意")
        with pytest.raises(NothingToAnnounce):
            begin_announcement(by=desk.clerk, matter=matter, kind=NOTICE)
        assert issue(desk, announce(desk, matter)).stage is ISSUED


def test_a_resolution_of_a_struck_meeting_goes_no_further(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        strike_meeting(by=desk.clerk, meeting=list_meetings(road)[-1], reason="票数抄错")
        return_announcement(by=desk.officer, announcement=row, reason="会议作废")
        with pytest.raises(NothingToAnnounce, match="还没有登记表决结果"):
            submit_announcement(by=desk.clerk, announcement=row)


def test_a_result_whose_acceptance_is_gone_is_not_handed_in(desk, road) -> None:
    with transaction():
        accepted = happen(desk, road, EventKind.ACCEPTANCE)
        row = begin_announcement(by=desk.clerk, matter=road, kind=RESULT)
        strike_event(by=desk.clerk, matter=road, event=accepted, reason="没有验收")
        with pytest.raises(NothingToAnnounce, match="还没有登记验收"):
            submit_announcement(by=desk.clerk, announcement=row)


def test_a_result_sets_planned_contracted_paid_and_accepted_side_by_side(desk, road) -> None:
    payments = [Happened("payment", date(2026, 9, 29), party="恒达 13812345678", amount_fen=20_000_000)]
    with transaction():
        happen(desk, road, EventKind.CONTRACT, amount_fen=34_000_000)
        wrong = happen(desk, road, EventKind.CONTRACT, amount_fen=99_000_000)
        strike_event(by=desk.clerk, matter=road, event=wrong, reason="写错")
        happen(desk, road, EventKind.ACCEPTANCE, amount_fen=33_500_000, note="宽 3.5 米")
        row = announce(desk, road, RESULT, payments=payments)
    content = build_announcement(row, payments=payments)
    assert content["money"] == {
        "planned_fen": 34_560_000, "contracted_fen": 34_000_000, "accepted_fen": 33_500_000, "paid_fen": 20_000_000,
    }  # fmt: skip
    assert [told["label"] for told in content["events"]] == ["合同", "验收"]
    assert content["payments"] == [{"on": "2026-09-29", "payee": "恒达 138****5678", "amount_fen": 20_000_000}]
    assert announcement_sha256(content) == row.content_sha256
    assert row.meeting_id is None


def test_what_people_wrote_is_masked_before_anybody_signs_it(desk) -> None:
    with transaction():
        matter = bring_to_vote(desk, propose(desk, title="慰问王桂花 110101199003077571", text="电话 13812345678"))
        decide(desk, matter, recused=1, agree=30)
        row = begin_announcement(by=desk.clerk, matter=matter, kind=RESOLUTION, note="卡号 6222021234567890123")
    content = build_announcement(row)
    assert content["matter"]["title"] == "慰问王桂花 110101********7571"
    assert content["matter"]["text"] == "电话 138****5678"
    assert content["note"] == "卡号 6222********0123"


def test_the_announced_text_is_the_version_that_was_voted_on(desk) -> None:
    with transaction():
        matter = propose(desk, type_key="other", procedure_key="appraisal", amount_fen=None)
        decide(desk, matter, agree=10, oppose=20)
        failure = begin_announcement(by=desk.clerk, matter=matter, kind=RESOLUTION)
        revise_text(by=desk.clerk, matter=matter, text="第二稿", amount_fen=100)
        decide(desk, matter, on=date(2026, 9, 20), agree=30)
        success = begin_announcement(by=desk.clerk, matter=matter, kind=RESOLUTION)
    told = [build_announcement(row)["matter"] for row in (failure, success)]
    assert [(one["version"], one["text"], one["amount_fen"]) for one in told] == [
        (1, "铺水泥路面 960 米，宽 3.5 米", 0), (2, "第二稿", 100),
    ]  # fmt: skip


def test_the_item_of_the_law_stands_in_the_announcement(desk) -> None:
    with transaction():
        lease = propose(desk, type_key="collective_assets", acts_for_collective=True, collective_item=11)
        decide(desk, bring_to_vote(desk, lease))
        row = begin_announcement(by=desk.clerk, matter=lease, kind=RESOLUTION)
    told = build_announcement(row)["matter"]
    assert told["collective_item"] == "农村集体经济组织法第26条第十一项（投资等重大事项）"
    assert told["acts_for_collective"] is True


def test_more_than_half_refusing_sends_a_draft_back_with_the_reasons(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        with pytest.raises(ReasonNeeded):
            sign(desk, row, 0, decision=Decision.REFUSE)
        sign(desk, row, 0, decision=Decision.REFUSE, note="造价不实")
        sign(desk, row, 1, decision=Decision.REFUSE, note="没有预算")
        assert (row.stage, row.return_reason) == (DRAFT, "村务监督小组不同意：孙德厚：造价不实；马长顺：没有预算")
        with pytest.raises(AnnouncementAtWrongStage, match="现在是“起草中”，不能签署"):
            sign(desk, row, 2)
        submit_announcement(by=desk.clerk, announcement=row)
        assert (row.round, row.return_reason) == (2, "")
        sign(desk, row)
        assert row.stage is EXAMINED


def test_who_entered_anything_of_the_matter_does_not_sign(desk, road) -> None:
    with transaction():
        for person in (desk.clerk, desk.reviewers[0]):
            make_role(person, RoleKind.SUPERVISION, desk.village.code)
        other = bring_to_vote(desk, propose(desk, title="二组水渠"))
        lost = decide(desk, other, agree=10, oppose=20)
        revise_text(by=desk.reviewers[0], matter=other, text="改线", amount_fen=None)
        for row, hand in ((announce(desk, road), desk.clerk), (announce(desk, other, meeting=lost), desk.reviewers[0])):
            with pytest.raises(EnteredByOwnHand):
                sign_announcement(by=hand, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256)


def test_nobody_outside_the_group_signs_and_nobody_twice_or_what_they_did_not_see(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        shown = {"announcement": row, "decision": Decision.AGREE, "content_sha256": row.content_sha256}
        with pytest.raises(NotAMember):
            sign_announcement(by=desk.officer, **shown)
        with pytest.raises(ContentChanged, match="决议公开的内容变动过"):
            sign_announcement(by=desk.overseers[0], **{**shown, "content_sha256": "0" * 64})
        sign(desk, row, 0)
        with pytest.raises(SignedAlready):
            sign(desk, row, 0)


def test_a_draft_is_taken_back_until_somebody_has_signed(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        take_back_announcement(by=desk.clerk, announcement=row)
        assert row.stage is DRAFT
        change_note(by=desk.clerk, announcement=row, note=" 张贴十五日 ")
        assert (row.note, build_announcement(row)["note"]) == ("张贴十五日", "张贴十五日")
        submit_announcement(by=desk.clerk, announcement=row)
        with pytest.raises(AnnouncementAtWrongStage, match="不能修改"):
            change_note(by=desk.clerk, announcement=row, note="改")
        sign(desk, row, 0)
        with pytest.raises(AnnouncementAtWrongStage, match="已有成员签署"):
            take_back_announcement(by=desk.clerk, announcement=row)
    assert row.stage is SUBMITTED


def test_the_township_returns_a_draft_with_a_reason_and_every_check_begins_anew(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        sign(desk, row)
        check_announcement(by=desk.officer, announcement=row)
        with pytest.raises(ReasonMissing):
            return_announcement(by=desk.officer, announcement=row, reason=" ")
        return_announcement(by=desk.officer, announcement=row, reason=" 缺金额 ")
        assert (row.stage, row.return_reason, row.privacy_checked_by) == (DRAFT, "缺金额", "")
        with pytest.raises(AnnouncementAtWrongStage):
            return_announcement(by=desk.officer, announcement=row, reason="再退")
        submit_announcement(by=desk.clerk, announcement=row)
        assert row.stage is SUBMITTED
        return_announcement(by=desk.officer, announcement=row, reason="再看")
        submit_announcement(by=desk.clerk, announcement=row)
        issue(desk, row)
        with pytest.raises(AnnouncementAtWrongStage, match="现在是“已签发”，不能退回"):
            return_announcement(by=desk.officer, announcement=row, reason="晚了")
        with pytest.raises(AnnouncementAtWrongStage, match="不能签署"):
            sign(desk, row, 2)


def test_the_check_for_personal_data_waits_for_the_group(desk, road) -> None:
    with transaction():
        row = announce(desk, road)
        with pytest.raises(AnnouncementAtWrongStage, match="不能做保密审查"):
            check_announcement(by=desk.officer, announcement=row)
        with pytest.raises(AnnouncementAtWrongStage, match="不能签发"):
            require_announceable(row)


def test_a_change_after_the_signatures_stands_between_them_and_the_sheet(desk, road) -> None:
    with transaction():
        happen(desk, road, EventKind.ACCEPTANCE)
        resolution, result = announce(desk, road), announce(desk, road, RESULT)
        for row in (resolution, result):
            sign(desk, row)
            check_announcement(by=desk.officer, announcement=row)
            require_announceable(row)
        happen(desk, road, EventKind.PROGRESS, note="补做护栏")
        require_announceable(resolution)
        with pytest.raises(ContentChanged, match="实施结果公开的内容变动过"):
            require_announceable(result)
        with pytest.raises(ContentChanged):
            publish_announcement(by=desk.officer, announcement=result, number=NUMBER)
        payment = Happened("payment", date(2026, 9, 29), party="恒达", amount_fen=1)
        require_announceable(resolution, around=paid_by([payment]))
        strike_meeting(by=desk.clerk, meeting=list_meetings(road)[-1], reason="票数抄错")
        with pytest.raises(ContentChanged):
            require_announceable(resolution)
    assert (resolution.stage, result.stage) == (EXAMINED, EXAMINED)


def test_an_announcement_is_found_under_its_own_village(desk, road) -> None:
    with transaction():
        row, other = announce(desk, road), make_desk(desk.village.township, number=201, name="王家湾村")
    assert get_announcement(desk.village.code, row.id) is row
    with pytest.raises(AnnouncementNotFound):
        get_announcement(other.village.code, row.id)
