"""Meetings over the pages: called, counted by numbers or by names, struck; the arithmetic is told."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.decisions.page_world import (
    NAMES,
    ROSTERS,
    MatterWorld,
    errors_of,
    in_autumn,
    make_matter_world,
    matter_at,
    meeting_of,
)
from village_open.decisions.queries import find_roster, list_meetings
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.votes import Tally
from village_open.record.queries import list_trail
from village_open.villages.actions import add_village_group

COUNTS = {
    "present": "6", "agree": "5", "oppose": "1", "abstain": "0", "recused": "", "by_proxy": "", "recused_names": "",
    "minutes": "大家都说早该修了", "township_witness": "王立新（副镇长）",
}  # fmt: skip


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


def call(world: MatterWorld, url: str, **changed: str):
    typed = {"body": "party_branch", "held_on": "9.30", "place": "会议室", "convener": "李建国", "noticed_on": "9.25"}
    return world.clerk.post(f"{url}/meetings/new", data={**typed, **changed})


def vote_on(world: MatterWorld, url: str, body: Body = Body.REPRESENTATIVE_ASSEMBLY) -> str:
    return f"{url}/meetings/{world.call(url, body)}"


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def meetings(world: MatterWorld, url: str):
    with world.app.app_context():
        return list_meetings(matter_at(url))


def test_the_whole_way_to_a_passed_vote_goes_over_the_pages(world: MatterWorld) -> None:
    url, clerk = world.propose(), world.clerk
    for body, present in (
        ("party_branch", 5),
        ("two_committees", 8),
        ("party_assembly", 30),
        ("representative_assembly", 6),
    ):
        next_page = read(clerk.get(url)).select_one(".next-step a")["href"]
        assert next_page == f"{url}/meetings/new"
        call(world, url, body=body)
        result = read(clerk.get(url)).select_one(".next-step a")["href"]
        counts = {**COUNTS, "present": str(present), "agree": str(present), "oppose": "0"}
        assert clerk.post(result, data=counts).location == result.removesuffix("/result")
    page = read(clerk.get(url))
    assert [badge.text for badge in page.select(".meeting .badge-word")] == ["√通过"] * 4
    assert page.select_one(".steps .now .word").text == "决议公开"


def test_calling_offers_the_bodies_of_the_step_with_roster_and_notice(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    page = read(world.clerk.get(f"{url}/meetings/new"))
    told = [option.get_text(" ", strip=True) for option in page.select(".options .form-check")]
    assert len(told) == 2
    assert "应到 6 人（名册依据：2026年3月5日各组推选）" in told[0]
    assert "应当提前 10 日通知。依据：村民委员会组织法（2025年修订）第25条" in told[1]
    assert page.select_one("#is_urgent")
    first = read(world.clerk.get(f"{world.propose()}/meetings/new"))
    assert first.select_one("input[value=party_branch]").has_attr("checked")
    assert not first.select_one("#is_urgent")


def test_a_body_without_a_roster_says_where_to_enter_it(world: MatterWorld) -> None:
    with world.acting_on_village() as village:
        add_village_group(by=world.desk.clerk, village=village, name="三组", households=40)
    url = world.propose(procedure_key="group", group_name="三组")
    world.hold(url, Body.PARTY_BRANCH, Tally(None, 5, 5, 0, 0))
    page = read(world.clerk.get(f"{url}/meetings/new"))
    link = page.select_one(".options a")["href"]
    assert link.startswith(f"{ROSTERS}/new?")
    form = read(world.clerk.get(link))
    assert form.select_one("input[value=group_assembly]").has_attr("checked")
    assert form.select_one("#group_name option[selected]")["value"] == "三组"
    meeting = vote_on(world, url, Body.GROUP_ASSEMBLY)
    answer = world.clerk.post(f"{meeting}/result", data=COUNTS)
    assert answer.status_code == 422
    assert "还没有登记2026年9月20日的村民小组会议名册" in answer.text


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"body": ""}, "body", "请选一项。"),
        ({"body": "representative_assembly"}, "body", "请从列表里选一项。"),
        ({"held_on": ""}, "held_on", "请填写这一项。"),
        ({"held_on": "9.31"}, "held_on", "没有 2026 年 9 月 31 日这一天"),
        ({"noticed_on": "10.1"}, "noticed_on", "通知日期不能晚于开会日期。"),
    ],
)
def test_a_call_that_cannot_be_is_told_at_the_field(
    world: MatterWorld, changed: dict[str, str], field: str, told: str
) -> None:
    url = world.propose()
    answer = call(world, url, **changed)
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    assert 'value="会议室"' in answer.text
    assert meetings(world, url) == []


def test_how_many_are_due_is_shown_and_cannot_be_typed(world: MatterWorld) -> None:
    meeting = vote_on(world, world.bring_to_vote())
    page = read(world.clerk.get(f"{meeting}/result"))
    assert "应到 6 人，120 户，按2026年3月5日起的名册" in page.select_one(".notice").text
    assert not page.select_one("[name=due]")
    assert "可不填" not in page.select_one("label[for=present]").text
    world.clerk.post(f"{meeting}/result", data={**COUNTS, "due": "9"})
    assert "应到 6 人，实到 6 人" in world.clerk.get(meeting).text


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"agree": "3"}, "agree", "同意 3、反对 1、弃权 0，合计 4 人，与实到 6 人不符"),
        ({"present": "7", "agree": "6"}, "present", "实到 7 人，比应到的"),
        ({"recused": "7"}, "recused", "回避 7 人，没有人可以表决"),
        ({"present": "-1"}, "present", "请填写不小于 0 的整数。"),
        ({"present": "六"}, "present", "请填写整数，例如 12。"),
        ({"by_proxy": "7"}, "by_proxy", "委托 7 人，比实到的 6 人还多，请核对。"),
    ],
)
def test_counts_that_do_not_add_up_are_told_at_the_field_and_kept(
    world: MatterWorld, changed: dict[str, str], field: str, told: str
) -> None:
    url = world.bring_to_vote()
    meeting = vote_on(world, url)
    answer = world.clerk.post(f"{meeting}/result", data={**COUNTS, **changed})
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    assert read(answer).select_one("#minutes").text.strip() == "大家都说早该修了"
    assert not meetings(world, url)[-1].is_held


def test_a_count_left_empty_is_told_as_missing_and_never_as_passed(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    meeting = vote_on(world, url)
    assert world.clerk.post(f"{meeting}/result", data={**COUNTS, "abstain": ""}).status_code == 302
    page = read(world.clerk.get(meeting))
    assert "缺数，不能认定" in page.select_one(".badge-word").text
    assert "没有写弃权人数" in page.select_one(".vote").text


def test_what_was_written_beside_the_counts_stands_on_the_page(world: MatterWorld) -> None:
    meeting = vote_on(world, world.bring_to_vote())
    counts = {**COUNTS, "present": "5", "agree": "5", "oppose": "0", "recused": "1", "recused_names": "冯长河"}
    world.clerk.post(f"{meeting}/result", data=counts)
    page = world.officer.get(meeting).text
    for words in ("1 人：冯长河", "回避 1 人，按 5 人计", "大家都说早该修了", "王立新（副镇长）"):
        assert words in page


def test_a_recall_asks_how_many_voters_there_are(world: MatterWorld) -> None:
    url = world.bring_to_vote(purpose=Purpose.RECALL, type_key="other")
    meeting = vote_on(world, url, Body.VILLAGER_ASSEMBLY)
    assert read(world.clerk.get(f"{meeting}/result")).select_one("[name=due]")


def members(world: MatterWorld, url: str):
    with world.app.app_context():
        roster = find_roster(matter_at(url).village_id, Body.REPRESENTATIVE_ASSEMBLY, date(2026, 9, 20))
        return [member.id for member in roster.members]


def test_named_votes_are_counted_and_stand_by_name(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    meeting, ids = vote_on(world, url), members(world, url)
    assert f"{meeting}/votes" in world.clerk.get(f"{meeting}/result").text
    page = read(world.clerk.get(f"{meeting}/votes"))
    assert [legend.text for legend in page.select(".ballot legend")] == list(NAMES)
    votes = ["agree", "agree", "agree", "oppose", "absent", "recused"]
    chosen = {f"vote-{key}": vote for key, vote in zip(ids, votes, strict=True)} | {f"proxy-{ids[1]}": "y"}
    assert world.clerk.post(f"{meeting}/votes", data=chosen).location == meeting
    page = read(world.officer.get(meeting))
    assert "回避 1 人，按 5 人计，实到 4 人（其中委托 1 人）" in page.select_one(".vote").text
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert rows[:2] == ["1 王桂花 同意", "2 赵铁柱 同意 （委托）"] or rows[:2] == [
        "1 王桂花 同意",
        "2 赵铁柱 同意（委托）",
    ]
    assert rows[5] == "6 冯长河 回避"


def test_a_member_without_a_vote_is_marked_and_the_others_keep_theirs(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    meeting, ids = vote_on(world, url), members(world, url)
    chosen = {f"vote-{key}": "agree" for key in ids[:-1]} | {"minutes": "举手表决"}
    answer = world.clerk.post(f"{meeting}/votes", data=chosen)
    page = read(answer)
    assert answer.status_code == 422
    assert "冯长河还没有选" in page.select_one(".error-summary").text
    assert len(page.select("td.attention")) == 1
    assert len(page.select("input[type=radio][checked]")) == 5
    assert page.select_one("#minutes").text.strip() == "举手表决"
    assert not meetings(world, url)[-1].is_held


def test_a_roster_of_numbers_leads_from_names_back_to_counts(world: MatterWorld) -> None:
    meeting = vote_on(world, world.propose(), Body.PARTY_BRANCH)
    assert "/votes" not in world.clerk.get(f"{meeting}/result").text
    assert f'href="{meeting}/result"' in world.clerk.get(f"{meeting}/votes").text


def test_a_struck_meeting_stays_crossed_out_with_its_reason(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    meeting = f"{url}/meetings/{world.decide(url)}"
    assert errors_of(world.clerk.post(f"{meeting}/strike", data={"reason": ""}))["reason"]
    assert world.clerk.post(f"{meeting}/strike", data={"reason": "人数抄错"}).location == url
    struck = read(world.officer.get(url)).select_one(".meeting.struck")
    assert struck.s.select_one(".vote")
    assert "已作废，理由：人数抄错" in struck.text
    assert read(world.clerk.get(url)).select_one(".next-step a").text == "安排会议"
    with world.app.app_context():
        assert "理由：人数抄错" in list_trail("990101101200").items[0].said


def test_a_meeting_to_come_is_prepared_before_it_is_recorded(world: MatterWorld) -> None:
    url = world.propose()
    answer = call(world, url, held_on="10.12", noticed_on="")
    step = read(world.clerk.get(url)).select_one(".next-step")
    assert step.a["href"] == answer.location
    assert "2026年10月12日 村党组织会议" in step.text
    early = world.clerk.post(f"{answer.location}/result", data=COUNTS)
    assert early.status_code == 422
    assert "会议还没有开，开完会再登记结果。" in early.text


def test_nobody_is_offered_a_deed_of_the_clerk(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    meeting = vote_on(world, url)
    for person in (world.head, world.desk.officer, world.desk.overseers[0]):
        page = read(world.browser(person).get(url))
        assert not page.select_one(".next-step")
        assert not page.select(f'a[href="{meeting}/result"], a[href="{meeting}/strike"], a[href="{url}/withdrawal"]')


def test_a_meeting_of_another_matter_is_not_found(world: MatterWorld) -> None:
    first, second = world.propose(), world.propose()
    meeting_id = world.call(first, Body.PARTY_BRANCH)
    assert world.clerk.get(f"{second}/meetings/{meeting_id}").status_code == 404
    with world.acting(first) as matter:
        assert meeting_of(matter, meeting_id).id == meeting_id
