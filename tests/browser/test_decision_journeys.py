"""What a village decides, in a real browser: a road from the proposal to its payment and result, a failed vote."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LiveServer, serving
from tests.browser.passers_by import Guest, guest
from village_open.jobs import work_off

pytestmark = [pytest.mark.browser, pytest.mark.journey]
DECISIONS, PERIOD = "/villages/990101101200/matters", "/villages/990101101200/2026Q3"
ROAD, BENCHES = "修建二组桥涵", "添置文化广场座椅"
TEXT = "二组进村路口修建桥涵一座，长 6 米，宽 4 米。\n资金从村集体经营收入支付。"
BUILDER = "云岭县恒达建筑队"
Come = Callable[..., AbstractContextManager[Guest]]


@pytest.fixture
def server(demo: Flask) -> Iterator[LiveServer]:
    """The demo, served on a day in October 2026."""
    with time_machine.travel(datetime(2026, 10, 13, 2, tzinfo=UTC)), serving(demo) as opened:
        yield opened


@pytest.fixture
def come(server: LiveServer, browser: Browser) -> Come:
    """Let somebody come to this server."""
    return partial(guest, browser, server)


def test_a_road_goes_from_the_proposal_to_its_payment_and_its_result(server: LiveServer, come: Come) -> None:
    with come(login="clerk200") as clerk:
        propose(clerk, ROAD, "86400")
        for day, body, count in ((3, "村党组织会议", 3), (4, "两委", 5), (5, "党员大会", 27)):
            hold(clerk, f"8.{day}", body, count)
        hold(clerk, "8.10", "村民代表会议", 21, agree=19, oppose=1)
        assert "通过" in clerk.said()
        announce(clerk, "决议公开")
    make_public(server, come, ROAD)
    with come(login="clerk200") as clerk:
        pay(clerk)
        carry_out(clerk)
        announce(clerk, "实施结果公开")
    make_public(server, come, ROAD)
    read_the_result(come)


def propose(clerk: Guest, title: str, yuan: str) -> None:
    clerk.visit(DECISIONS)
    clerk.follow("提出事项")
    page = clerk.page
    page.get_by_label("事项名称").fill(title)
    page.locator("input[name=type_key][value=public_works]").check()
    page.get_by_label("拟办什么").fill(TEXT)
    page.get_by_label("预计花多少钱").fill(yuan)
    page.locator("input[name=origin][value=people]").check()
    page.locator("form .btn-primary").click()
    page.wait_for_url("**/matters/2026/*")
    assert title in clerk.page.locator("h1").inner_text()


def hold(clerk: Guest, on: str, body: str, present: int, *, agree: int | None = None, oppose: int = 0) -> None:
    """Call a meeting that is over by now, and write down what was counted."""
    page = clerk.page
    clerk.follow("安排会议")
    page.get_by_label(body).check()
    page.get_by_label("哪天开").fill(on)
    page.get_by_label("在哪里、几点").fill("村委会会议室")
    page.get_by_label("召集人").fill("周国强")
    page.get_by_label("哪天通知").fill("7.20")
    page.locator("form .btn-primary").click()
    page.wait_for_url("**/meetings/*")
    clerk.follow("登记会议结果")
    agree = present if agree is None else agree
    counts = {"present": present, "agree": agree, "oppose": oppose, "abstain": present - agree - oppose}
    for name, count in counts.items():
        page.locator(f"input[name={name}]").fill(str(count))
    page.locator("form .btn-primary").click()
    page.wait_for_url(lambda url: not url.endswith("/result"))
    to_matter(clerk)


def to_matter(clerk: Guest) -> None:
    """Go back to the page of the matter by the trail."""
    clerk.page.locator("nav[aria-label] a[href*='/matters/2026/']").last.click()


def announce(clerk: Guest, kind: str) -> None:
    clerk.follow("起草公开稿")
    clerk.page.get_by_label(kind).check()
    clerk.page.locator("form .btn-primary").click()
    clerk.page.wait_for_url("**/announcements/*")
    clerk.press("提交给监督小组")
    assert "已提交" in clerk.said()


def make_public(server: LiveServer, come: Come, title: str) -> None:
    """Two of the group sign, the township checks and issues, the sheet is made."""
    for login in ("oversight200-1", "oversight200-2"):
        with come(login=login) as member:
            take_up(member, title)
            member.follow("审查并签署")
            member.page.get_by_label("同意", exact=True).check()
            member.page.locator("form .btn-primary").click()
            member.page.wait_for_load_state()
            assert "已签署" in member.said()
    with come(login="office1") as officer:
        take_up(officer, title)
        officer.follow("保密审查")
        officer.page.get_by_label("我逐字看过").check()
        officer.page.locator("form .btn-primary").click()
        officer.press("签发")
        with server.app.app_context():
            assert work_off() == 1


def take_up(someone: Guest, title: str) -> None:
    """Begin from the desk: the row of this matter."""
    with someone.page.expect_navigation():
        someone.page.get_by_role("row", name=title).get_by_role("link").first.click()


def pay(clerk: Guest) -> None:
    """The payment is refused until it names the decision."""
    clerk.visit(f"{PERIOD}/lines")
    for text in (
        "9.20",
        "付-1",
        "付桥涵工程款",
        "",
        "80000",
        "银行存款",
        "",
        "其他支出",
        "",
        "",
        BUILDER,
        "赵守田",
        "",
        "李长根",
    ):
        clerk.page.keyboard.insert_text(text)
        clerk.page.keyboard.press("Enter")
    clerk.page.keyboard.press("Control+s")
    clerk.page.get_by_text("已保存 1 笔").wait_for()
    clerk.visit(f"{PERIOD}/submission")
    clerk.follow("选决议或写例外")
    choose(clerk.page, ROAD)
    clerk.page.locator("form .btn-primary").click()
    clerk.page.wait_for_url("**/submission*")
    assert "选决议或写例外" not in clerk.said()


def choose(page: Page, title: str) -> None:
    """Choose the option that names a matter."""
    option = page.locator("select[name=matter_id] option", has_text=title)
    page.locator("select[name=matter_id]").select_option(str(option.get_attribute("value")))


def carry_out(clerk: Guest) -> None:
    clerk.visit(DECISIONS)
    clerk.follow(ROAD)
    for kind, on, people in (("contract", "9.3", ""), ("acceptance", "9.18", "李长根、孙德厚")):
        clerk.follow("登记招标和实施")
        page = clerk.page
        page.locator(f"input[name=kind][value={kind}]").check()
        page.get_by_label("哪一天").fill(on)
        page.get_by_label("对方是谁").fill(BUILDER)
        page.get_by_label("金额（元）").fill("80000")
        page.get_by_label("参加的人").fill(people)
        page.locator("form .btn-primary").click()
        page.wait_for_url("**/matters/2026/*")


def read_the_result(come: Come) -> None:
    """Planned, contracted, accepted and paid stand side by side on a villager's phone."""
    with come(is_phone=True) as villager:
        villager.visit("/village/990101101200")
        villager.follow("议事决策")
        villager.page.get_by_role("link", name="实施结果公开").filter(has_text=ROAD).or_(
            villager.page.get_by_role("row", name=ROAD).get_by_role("link", name="实施结果")
        ).first.click()
        said = villager.said()
        for words in (ROAD, "86,400.00", "80,000.00", BUILDER, "19", "通过", "二组进村路口修建桥涵一座"):
            assert words in said
        villager.look()


def test_a_vote_that_fails_is_kept_and_told_as_failed(server: LiveServer, come: Come) -> None:
    with come(login="clerk200") as clerk:
        propose(clerk, BENCHES, "60000")
        for day, body, count in ((3, "村党组织会议", 3), (4, "两委", 5), (5, "党员大会", 27)):
            hold(clerk, f"8.{day}", body, count)
        hold(clerk, "8.10", "村民代表会议", 21, agree=8, oppose=11)
        assert "未通过" in clerk.said()
        announce(clerk, "决议公开")
    make_public(server, come, BENCHES)
    with come(login="clerk200") as clerk:
        clerk.visit(DECISIONS)
        clerk.follow(BENCHES)
        assert "未通过" in clerk.said()
    with come(is_phone=True) as villager:
        villager.visit("/village/990101101200")
        villager.follow("议事决策")
        villager.page.get_by_text(BENCHES).first.click()
        assert "未通过" in villager.said()
