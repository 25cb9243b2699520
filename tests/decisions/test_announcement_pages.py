"""Announcements over the pages: begun, submitted, signed, returned, checked; each person in their own browser."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from tests.decisions.page_world import MatterWorld, errors_of, in_autumn, make_matter_world, matter_at
from village_open.decisions.actions.events import NewEvent, add_event
from village_open.decisions.models import AnnouncementState, EventKind
from village_open.decisions.queries import list_announcements
from village_open.decisions.rules.bodies import Body
from village_open.record.queries import find_broken_link, list_trail

TICKS = dict.fromkeys(("holds_no_secret", "holds_no_number", "holds_no_privacy"), "y")


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


@pytest.fixture
def road(world: MatterWorld) -> str:
    """A matter that was decided, after a vote that failed."""
    url = world.bring_to_vote()
    world.decide(url, agree=3, oppose=3)
    world.decide(url)
    return url


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def begin(world: MatterWorld, road: str, note: str = "") -> str:
    """Begin the announcement that stands first on the form, and return its address."""
    form = read(world.clerk.get(f"{road}/announcements/new"))
    what = form.select_one("[name=what]")["value"]
    return world.clerk.post(f"{road}/announcements/new", data={"what": what, "note": note}).location


def submit(world: MatterWorld, url: str):
    seen = read(world.clerk.get(f"{url}/submission")).select_one("[name=content_sha256]")["value"]
    return world.clerk.post(f"{url}/submission", data={"content_sha256": seen})


def sign(world: MatterWorld, url: str, person, decision: str = "agree", note: str = ""):
    browser = world.browser(person)
    seen = read(browser.get(f"{url}/sign")).select_one("[name=content_sha256]")["value"]
    return browser.post(f"{url}/sign", data={"content_sha256": seen, "decision": decision, "note": note})


def check(world: MatterWorld, url: str, **ticks: str):
    seen = read(world.officer.get(f"{url}/check")).select_one("[name=content_sha256]")["value"]
    return world.officer.post(f"{url}/check", data={"content_sha256": seen, **(ticks or TICKS)})


def stage(world: MatterWorld, road: str) -> AnnouncementState:
    with world.app.app_context():
        return list_announcements(matter_at(road))[-1].stage


def picture() -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (400, 600), "white").save(made, "JPEG")
    made.seek(0)
    return made


def test_a_resolution_goes_from_the_clerk_over_the_group_to_the_township(world: MatterWorld, road: str) -> None:
    clerk, officer = world.clerk, world.officer
    assert read(clerk.get(road)).select_one(".next-step a").text == "起草公开稿"
    url = begin(world, road, "资金从集体账户支出")
    assert read(clerk.get(road)).select_one(".next-step a")["href"] == f"{url}/submission"
    page = read(clerk.get(f"{url}/submission"))
    for words in ("铺水泥路面 960 米", "同意 5、反对 1、弃权 0", "同意 3、反对 3、弃权 0", "资金从集体账户支出"):
        assert words in page.select_one(".announced").text
    assert submit(world, url).location == url
    first, second, _third = world.desk.overseers
    assert read(world.browser(first).get(road)).select_one(".next-step a")["href"] == f"{url}/sign"
    page = read(world.browser(first).get(f"{url}/sign"))
    assert "3 名成员，无人回避，应签 3 人，过半数为 2 人" in page.select(".vote")[-1].text
    assert page.select_one(".findings")
    assert sign(world, url, first).location == url
    assert sign(world, url, second, "reserve", "照片要补齐").location == url
    assert stage(world, road) is AnnouncementState.EXAMINED
    shown = officer.get(url).text
    assert "保留意见" in shown
    assert "照片要补齐" in shown
    assert read(officer.get(road)).select_one(".next-step a")["href"] == f"{url}/check"
    assert check(world, url).location == url
    assert "保密审查由陈思远于" in officer.get(url).text
    assert "等镇里签发" in officer.get(url).text
    assert not read(officer.get(road)).select_one(".next-step")
    with world.app.app_context():
        assert find_broken_link("990101101200") is None


def test_only_what_has_happened_is_offered_and_nothing_twice(world: MatterWorld) -> None:
    url = world.propose()
    empty = world.clerk.get(f"{url}/announcements/new")
    assert "现在没有可以起草的" in empty.text
    meeting = world.call(url, Body.PARTY_BRANCH)
    labels = [label.text for label in read(world.clerk.get(f"{url}/announcements/new")).select(".options label")]
    assert labels == ["会议通知（2026年9月20日 村党组织会议）"]
    begin(world, url)
    assert "现在没有可以起草的" in world.clerk.get(f"{url}/announcements/new").text
    again = world.clerk.post(f"{url}/announcements/new", data={"what": f"meeting_notice-{meeting}", "note": ""})
    assert again.status_code == 422


def test_a_failed_vote_is_announced_too_and_the_result_after_acceptance(world: MatterWorld, road: str) -> None:
    def offered() -> list[str]:
        page = read(world.clerk.get(f"{road}/announcements/new"))
        return [option["value"].partition("-")[0] for option in page.select("[name=what]")]

    assert offered() == ["resolution", "resolution"]
    with world.acting(road) as matter:
        done = NewEvent(EventKind.ACCEPTANCE, matter.opened_at.date(), amount_fen=34_000_000, people="孙德厚")
        add_event(by=world.desk.clerk, matter=matter, event=done)
    assert offered() == ["resolution", "resolution", "result"]


def test_a_note_is_changed_before_and_not_after_the_submission(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    version = read(world.clerk.get(f"{url}/note")).select_one("[name=version]")["value"]
    assert world.clerk.post(f"{url}/note", data={"version": version, "note": "十五日内可以提意见"}).location == url
    assert "十五日内可以提意见" in world.clerk.get(url).text
    lost = world.clerk.post(f"{url}/note", data={"version": version, "note": "别的话"})
    assert lost.status_code == 409
    assert "别的话" in lost.text
    submit(world, url)
    version = read(world.clerk.get(f"{url}/note")).select_one("[name=version]")["value"]
    late = world.clerk.post(f"{url}/note", data={"version": version, "note": "晚了"})
    assert late.status_code == 422
    assert "公开稿现在是“待监督小组审查”，不能修改。" in late.text


def test_what_changed_after_the_page_was_opened_is_not_submitted(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    seen = read(world.clerk.get(f"{url}/submission")).select_one("[name=content_sha256]")["value"]
    version = read(world.clerk.get(f"{url}/note")).select_one("[name=version]")["value"]
    world.clerk.post(f"{url}/note", data={"version": version, "note": "刚加的话"})
    assert world.clerk.post(f"{url}/submission", data={"content_sha256": seen}).status_code == 409
    assert stage(world, road) is AnnouncementState.DRAFT


def test_a_submission_is_taken_back_before_the_first_signature_only(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    assert f"{url}/take-back" in world.clerk.get(url).text
    assert world.clerk.post(f"{url}/take-back").location == url
    assert stage(world, road) is AnnouncementState.DRAFT
    submit(world, url)
    sign(world, url, world.desk.overseers[0])
    assert f"{url}/take-back" not in world.clerk.get(url).text
    late = world.clerk.post(f"{url}/take-back")
    assert late.status_code == 422
    assert "已有成员签署" in late.text


def test_a_signature_needs_a_choice_a_reason_and_another_hand(world: MatterWorld, road: str) -> None:
    url, leader = begin(world, road), world.desk.overseers[0]
    submit(world, url)
    assert errors_of(sign(world, url, leader, decision=""))["decision"] == "请选一项。"
    refused = sign(world, url, leader, "refuse")
    assert "请写明理由" in errors_of(refused)["note"]
    assert read(refused).select_one("[name=decision][checked]")["value"] == "refuse"
    with world.acting(road) as matter:
        matter.entered_by_id = leader.id
    own = sign(world, url, leader)
    assert own.status_code == 422
    assert "不能再由您审查签署" in own.text


def test_a_group_that_refuses_sends_it_back_with_its_reasons(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    for person in world.desk.overseers[:2]:
        sign(world, url, person, "refuse", "票数没有公开唱票")
    page = read(world.clerk.get(url))
    assert "村务监督小组不同意：孙德厚：票数没有公开唱票" in page.select_one(".notice.bad").text
    assert page.select_one(".next-step a").text == "核对并提交"


def test_what_changes_while_it_is_signed_is_told_and_not_signed(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    with world.acting(road) as matter:
        matter.title = "修缮三组、四组道路"
    first = world.desk.overseers[0]
    assert "下面的内容和提交时不同" in world.browser(first).get(url).text
    assert sign(world, url, first).status_code == 409
    assert "不能打印签字页" in world.browser(first).get(f"{url}/paper").text


def test_a_recusal_counts_the_votes_anew_and_names_who_leads(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    leader, second, third = world.desk.overseers
    typed = {"member_id": str(leader.id), "reason": "承包人是我弟弟", "replaced_by": "0"}
    unled = world.browser(leader).post(f"{url}/recusal", data=typed)
    assert "请选择小组推选的代行组长" in errors_of(unled)["replaced_by"]
    assert "承包人是我弟弟" in unled.text
    typed["replaced_by"] = str(second.id)
    assert world.browser(leader).post(f"{url}/recusal", data=typed).location == url
    page = world.officer.get(url).text
    for words in ("1 人回避，应签 2 人，过半数为 2 人", "承包人是我弟弟，由马长顺代行组长"):
        assert words in page
    for person in (second, third):
        sign(world, url, person)
    assert stage(world, road) is AnnouncementState.EXAMINED
    with world.app.app_context():
        said = [line.said for line in list_trail("990101101200").items]
    assert any("回避，理由：承包人是我弟弟，由马长顺代行组长" in sentence for sentence in said)


def test_a_member_signs_on_paper_and_another_one_confirms_it(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    leader, second, third = world.desk.overseers
    sheet = world.browser(second).get(f"{url}/paper").text
    assert "村务监督小组签字页" in sheet
    assert "内容校验码" in sheet
    typed = {"member_id": str(third.id), "decision": "agree", "note": ""}
    missing = world.clerk.post(f"{url}/signatures/new", data=typed)
    assert errors_of(missing)["photo"] == "请选择签字页的照片或扫描件。"
    sent = world.clerk.post(f"{url}/signatures/new", data={**typed, "photo": (picture(), "签字.jpg")})
    assert sent.location == url
    waiting = read(world.browser(leader).get(url)).find("a", string="看照片、确认")["href"]
    assert world.browser(leader).get(f"{waiting}/photo").mimetype == "image/jpeg"
    assert errors_of(world.browser(leader).post(waiting, data={"is_genuine": "no", "reason": ""}))["reason"]
    assert world.browser(leader).post(waiting, data={"is_genuine": "yes", "reason": ""}).location == url
    assert "纸上签字，孙德厚确认" in world.officer.get(url).text
    sign(world, url, leader)
    assert stage(world, road) is AnnouncementState.EXAMINED


def test_the_township_sees_every_word_masked_and_ticks_three_times(world: MatterWorld, road: str) -> None:
    url = begin(world, road, "有事找李建国 13912345678")
    submit(world, url)
    for person in world.desk.overseers[:2]:
        sign(world, url, person)
    page = world.officer.get(f"{url}/check")
    assert "13912345678" not in page.text
    assert "有 1 处写了个人号码" in page.text
    assert "有事找李建国 139****5678" in read(page).select_one(".notice.warn").text
    few = check(world, url, holds_no_secret="y")
    assert few.status_code == 422
    assert set(errors_of(few)) == {"holds_no_number", "holds_no_privacy"}
    assert stage(world, road) is AnnouncementState.EXAMINED


def test_the_township_returns_it_with_a_reason_and_the_round_begins_anew(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    for person in world.desk.overseers[:2]:
        sign(world, url, person)
    check(world, url)
    assert errors_of(world.officer.post(f"{url}/return", data={"reason": ""}))["reason"]
    assert world.officer.post(f"{url}/return", data={"reason": "补充说明写了小名"}).location == url
    page = read(world.clerk.get(url))
    assert "补充说明写了小名" in page.select_one(".notice.bad").text
    assert "已退回" in read(world.clerk.get(road)).select_one("#announcements ~ .table-frame").text
    submit(world, url)
    assert "第 2 次" in world.officer.get(url).text
    assert "还没有人签" in world.officer.get(url).text


def test_a_check_before_the_group_has_signed_is_refused(world: MatterWorld, road: str) -> None:
    url = begin(world, road)
    submit(world, url)
    early = check(world, url)
    assert early.status_code == 422
    assert "公开稿现在是“待监督小组审查”，不能做保密审查。" in early.text
