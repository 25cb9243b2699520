"""One quarter of one village from the ledger line to the wall, lived by thirteen people in a real browser.

The lines are those of two published lists; days and people are invented.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, LiveServer, serving
from tests.browser.passers_by import Guest, guest
from tests.finance.importing.test_wall_lists import COLLECTED_IN_DATANG, POSTED_IN_HEPING
from tests.notices.printed import printed_rows, text_of
from village_open.core.money import format_fen
from village_open.jobs import work_off

pytestmark = [pytest.mark.browser, pytest.mark.journey]
PERIOD, PUBLIC = "/villages/990101101200/2026Q3", "/village/990101101200/2026Q3/finance"
OPENING_FEN = 12_868_48 + 375_381_18
"""What the demo's village closed the second quarter with, read from its printed sheet: cash and bank."""
RENT = ("9.20", "收-3", "收村东鱼塘承包款", "12345.67")
TYPED = [
    (f"7.{3 + 4 * at}", f"付-{at + 1}", summary, yuan) for at, (_, summary, yuan) in enumerate(POSTED_IN_HEPING[2:])
]
"""The list without days: one invented day for each line."""
MONTHS = {"2002-09": "2026-07", "2002-10": "2026-07", "2002-12": "2026-07", "2003-01": "2026-08", "2003-04": "2026-09"}
PASTED = [(MONTHS[row[0][:7]] + row[0][7:], *row[1:]) for row in COLLECTED_IN_DATANG[1:]]
"""The list with days, moved into the quarter."""
WITHOUT_AMOUNT = "红鱼、干贝"
SPENT_FEN = int(sum(Decimal(row[3]) for row in [*TYPED, *PASTED] if row[3]) * 100)
GOT_FEN = int(Decimal(RENT[3]) * 100)
CLOSING_FEN = OPENING_FEN + GOT_FEN - SPENT_FEN
HEAD = "李长根"
"""Who approved what was paid; somebody's name must stand there."""
QUESTION, ANSWER = "便餐4桌请的是谁？", "请修路的工人，名单附在凭证后面。"
RESERVATION = "鱼货数量大，以后请附送货单。"
Come = Callable[..., AbstractContextManager[Guest]]


@pytest.fixture
def server(demo: Flask) -> Iterator[LiveServer]:
    """The demo, served on a day in October 2026."""
    with time_machine.travel(datetime(2026, 10, 13, 2, tzinfo=UTC)), serving(demo) as opened:
        yield opened


def test_a_quarter_goes_from_the_ledger_to_the_wall(server: LiveServer, browser: Browser, tmp_path: Path) -> None:
    assert SPENT_FEN == (2_278 + 14_034) * 100  # As the lists were added up when they were published.
    come: Come = partial(guest, browser, server)
    with come(login="clerk200") as clerk, come() as passer_by:
        see_nothing(passer_by)
        enter(clerk)
        see_nothing(passer_by)
        count_and_submit(clerk)
        review(come, clerk)
        see_nothing(passer_by)
        oversee(come)
        meet(come)
        see_nothing(passer_by)
        pdf = issue(come, server, passer_by)
        read_the_sheet(pdf)
        post(clerk, tmp_path)
        leave(clerk)
    code = re.search(r"查验码((?:[0-9A-Z]{5}-?){5}[0-9A-Z]-?[0-9A-Z*~$=U])", text_of(pdf))
    assert code
    with come(is_phone=True) as villager:
        read_on_a_phone(villager, code[1])


def see_nothing(passer_by: Guest) -> None:
    """A draft is never public: no page, no entry in the village's list, no line found by its words."""
    assert passer_by.page.request.get(PUBLIC).status == 404
    assert "2026年第三季度" not in passer_by.page.request.get("/village/990101101200").text()
    assert "2026年第三季度" not in passer_by.page.request.get("/search?q=炕炕馍").text()
    for path in ("", "/review", "/issue", "/issue/draft/finance_lines/A3-landscape.pdf", "/export/lines.csv"):
        answer = passer_by.page.request.get(PERIOD + path, max_redirects=0)
        assert answer.status == 302
        assert "/sign-in" in answer.headers["location"]


def enter(clerk: Guest) -> None:
    clerk.follow("开始录入")
    clerk.follow("2026年第三季度")
    clerk.follow("开始录入")
    expect(clerk.page.locator("#grid-foot")).to_be_visible()
    type_by_keyboard(clerk.page)
    clerk.look()
    refuse_vague_amount(clerk.page)
    paste_rows(clerk.page)
    clerk.look()
    for path in ("/ledger", "/lines/new", "/closing", "/submission", "/review-list", "/blank-grid", "/import"):
        clerk.visit(PERIOD + path)


def type_by_keyboard(page: Page) -> None:
    """Six lines of expense and one of income, cell by cell."""
    for on, voucher, summary, yuan in TYPED:
        type_row(page, on, voucher, summary, "", yuan, "现金", "", "其他支出", "", "", "小卖部", "赵守田", "", HEAD)
    on, voucher, summary, yuan = RENT
    type_row(page, on, voucher, summary, yuan, "", "银行存款", "", "", "", "", "承包户", "赵守田")
    save(page, "已保存 7 笔")


def type_row(page: Page, *cells: str) -> None:
    for text in cells:
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")


def save(page: Page, words: str) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#grid-status")).to_contain_text(words)


def refuse_vague_amount(page: Page) -> None:
    """5.9万多 is no amount: it is refused at its cell, and the row taken out again."""
    type_row(page, "9.25", "付-7", "修路", "", "5.9万多", "银行存款")
    save(page, "有 1 处要改正")
    expect(page.locator("td[data-field=expense].attention .why")).to_contain_text("“万”")
    page.keyboard.press("Control+Delete")
    expect(page.locator("td.attention")).to_have_count(0)


def paste_rows(page: Page) -> None:
    """Thirteen lines out of a spreadsheet; the one without an amount is refused at its cell and taken out."""
    head = ["日期", "凭证字号", "摘要", "支出", "收付对象", "资金账户", "公开项目", "经手人", "审批人"]
    rows = [head, *([*row, "银行存款", "其他支出", "赵守田", HEAD] for row in PASTED)]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join("\t".join(row) for row in rows))
    page.keyboard.press("Control+v")
    save(page, "有 1 处要改正")
    cell = page.locator("td[data-field=expense].attention")
    expect(cell.locator(".why")).to_contain_text("没有填写金额")
    expect(page.locator("tr", has=cell).locator("[data-field=summary]")).to_contain_text(WITHOUT_AMOUNT)
    page.keyboard.press("Control+Delete")
    save(page, "已保存 12 笔")
    expect(page.locator("[data-sum=expense]")).to_have_text(format_fen(SPENT_FEN))


def count_and_submit(clerk: Guest) -> None:
    clerk.visit(f"{PERIOD}/closing")
    cash = 12_868_48 - int(sum(Decimal(row[3]) for row in TYPED) * 100)
    clerk.page.get_by_label("现金").fill(format_fen(cash))
    clerk.page.get_by_label("银行存款").fill(format_fen(CLOSING_FEN - cash - 1))
    clerk.press("保存实有数")
    assert "相差 -0.01 元" in clerk.said()
    clerk.visit(f"{PERIOD}/submission")
    clerk.press("提交民主理财小组")
    assert "没有提交" in clerk.said()
    clerk.visit(f"{PERIOD}/closing")
    clerk.page.get_by_label("银行存款").fill(format_fen(CLOSING_FEN - cash))
    clerk.press("保存实有数")
    clerk.press("提交民主理财小组")
    assert "已提交民主理财小组" in clerk.said()


def review(come: Come, clerk: Guest) -> None:
    """The leader queries a line and passes the rest; once it is answered all three mark and sign."""
    with come(login="review200-1") as leader:
        leader.follow("逐笔审核、签署")
        mark(leader.page, "村支委会便餐4桌", "疑问", QUESTION)
        leader.press("保存本页意见")
        leader.follow("其余全部通过")
        leader.press("其余全部通过")
        answer_the_query(clerk)
        leader.visit(f"{PERIOD}/review?show=queried")
        assert ANSWER in leader.said()
        mark(leader.page, "村支委会便餐4桌", "通过")
        leader.press("保存本页意见")
        sign(leader)
    for login in ("review200-2", "review200-3"):
        with come(login=login) as member:
            if login == "review200-2":
                member.visit(f"{PERIOD}/review")
                mark(member.page, "购衬衣、热水壶", "通过")
                member.press("保存本页意见")
            sign(member)


def mark(page: Page, summary: str, word: str, reason: str = "") -> None:
    row = page.locator("tbody tr", has_text=summary)
    row.get_by_label(word, exact=True).check()
    if reason:
        row.locator("input[name^=reason]").fill(reason)


def answer_the_query(clerk: Guest) -> None:
    clerk.visit(f"{PERIOD}/review?show=queried")
    assert QUESTION in clerk.said()
    clerk.follow("答复")
    clerk.page.get_by_label("答复").fill(ANSWER)
    clerk.press("答复")


def sign(member: Guest, decision: str = "同意", note: str = "") -> None:
    member.visit(f"{PERIOD}/sign")
    member.follow("查看并签署")
    member.page.get_by_label(decision, exact=True).check()
    member.page.get_by_label("说明").fill(note)
    member.page.get_by_role("button", name=re.compile("的名义签署")).click()
    member.page.wait_for_url("**/sign")
    member.look()
    assert f"已签署：{decision}" in member.said()


def oversee(come: Come) -> None:
    for login, decision, note in (
        ("oversight200-1", "同意", ""), ("oversight200-2", "保留意见", RESERVATION), ("oversight200-3", "同意", ""),
    ):  # fmt: skip
        with come(login=login) as member:
            sign(member, decision, note)


def meet(come: Come) -> None:
    with come(login="head200") as head:
        head.follow("记录会议结果")
        head.page.get_by_label("哪一天开的会").fill("10.13")
        head.page.get_by_label("谁参加").fill("村党组织书记、村委会主任和两委成员")
        head.press("记录会议结果")
        assert "已记录" in head.said()


def issue(come: Come, server: LiveServer, passer_by: Guest) -> bytes:
    """File, check for secrets, preview, issue; the sheets are made behind the page's back. Returns the A3 sheet."""
    with come(login="office1") as officer:
        officer.visit("/office/990101101/matrix?period=2026Q3")
        officer.visit(f"{PERIOD}/check")
        officer.press("登记备案")
        officer.follow("保密审查")
        for box in ("没有国家秘密", "没有身份证号码", "没有病情"):
            officer.page.get_by_label(re.compile(box)).check()
        officer.press("审查无误")
        officer.visit(f"{PERIOD}/issue")
        officer.press("签发")
        assert "签发中" in officer.said()
        see_nothing(passer_by)
        with server.app.app_context():
            assert work_off() == 1
        officer.visit(f"{PERIOD}/issue")
        sheet = officer.page.get_by_role("link", name=re.compile("打印.*逐笔.*A3")).get_attribute("href")
        answer = officer.page.request.get(str(sheet))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        return answer.body()


def read_the_sheet(pdf: bytes) -> None:
    """The printed totals are those of an addition by hand, to the fen."""
    words = text_of(pdf)
    for fen in (OPENING_FEN, GOT_FEN, SPENT_FEN, CLOSING_FEN):
        assert format_fen(fen) in words
    rows = printed_rows(pdf)
    lines = [row for row in rows if row.label.isdigit()]
    assert len(lines) == len(TYPED) + len(PASTED)  # One line of income came, one without an amount never did.
    assert sum(row.amounts.get("支出", 0) for row in lines) == SPENT_FEN
    assert sum(row.amounts.get("收入", 0) for row in lines) == GOT_FEN
    assert rows[-1].amounts == {"收入": GOT_FEN, "支出": SPENT_FEN, "余额": CLOSING_FEN}
    for said in (RESERVATION, "保留意见", "购买炕炕馍30个", "大小红鱼"):
        assert said in words
    assert WITHOUT_AMOUNT not in words


def post(clerk: Guest, folder: Path) -> None:
    """Both sheets hang on the board since today; one has its photo."""
    photo = BytesIO()
    Image.new("RGB", (800, 600), "#b0c4b1").save(photo, "JPEG")
    (folder / "board.jpg").write_bytes(photo.getvalue())
    clerk.visit(f"{PERIOD}/postings")
    clerk.follow("登记一次张贴")
    clerk.page.set_input_files("input[type=file]", folder / "board.jpg")
    clerk.press("登记")
    assert "已登记张贴" in clerk.said()
    address = clerk.page.get_by_role("link", name="看照片").get_attribute("href")
    assert clerk.page.request.get(str(address)).headers["content-type"] == "image/jpeg"


def leave(clerk: Guest) -> None:
    """Signed out, the browser's own history opens nothing."""
    clerk.press("退出登录")
    clerk.visit(PERIOD)
    assert "/sign-in" in clerk.page.url


def read_on_a_phone(villager: Guest, code: str) -> None:
    """From the front page to the lines, the sheet itself, and the code copied from paper."""
    page = villager.page
    villager.visit("/")
    villager.follow("李家村")
    villager.follow("2026年第三季度")
    said = villager.said()
    for words in (format_fen(SPENT_FEN), format_fen(CLOSING_FEN), RESERVATION, "大小红鱼", "2026年10月13日"):
        assert words in said
    assert page.viewport_size == PHONE
    for link in page.locator("main a[href^='/v/']").all():
        assert page.request.get(str(link.get_attribute("href"))).status == 200
    villager.visit("/v")
    page.get_by_label("查验码").fill(code.lower())
    villager.press("核对")
    assert "这里保存的内容与签发时一致，没有改动过。" in villager.said()
    assert format_fen(CLOSING_FEN) in villager.said()
    villager.visit("/search?q=大小红鱼")
    assert "2026年第三季度" in villager.said()
