"""The township's pages of a disclosure, from the preview to the posting register."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.factories import make_person, make_role, sign_in
from tests.published import make_published
from tests.ready_periods import Desk, check_ready, confirm_ready, make_desk, make_ready, submit_ready
from village_open.core import clock
from village_open.db import db, transaction
from village_open.identity.models import Person
from village_open.jobs import work_off
from village_open.notices.actions.issue import fail_issue
from village_open.notices.models import Disclosure, Posting
from village_open.record.queries import list_trail
from village_open.villages.models import NoticeBoard, RoleKind

pytestmark = pytest.mark.usefixtures("sheets_set_once")

ISSUE = "/villages/990101101200/2026Q3/issue"
POSTINGS = "/villages/990101101200/2026Q3/postings"


def prepare(app: Flask, make: Callable[[], Desk] = make_ready, who: str = "陈思远") -> int:
    """Prepare a village with a hand-out board; returns the id of who is to sign in."""
    with app.app_context(), transaction():
        make()
        db.session.query(NoticeBoard).update({"paper": "A4-portrait"})
        return db.session.query(Person).filter_by(name=who).one().id


def published(app: Flask, who: str = "陈思远", **changes: str) -> int:
    """Prepare a village whose quarter is issued, with stand-in sheets."""

    def make() -> Desk:
        desk = make_desk()
        submit_ready(desk)
        today = clock.today()
        make_published(desk.village, issued_on=(today - timedelta(days=20)).isoformat(), **changes)
        return desk

    return prepare(app, make, who)


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_officer_issues_and_the_page_leads_on(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    assert [row.td.text for row in read(client, ISSUE).select("tbody tr")] == ["A4 纵向", "A4 纵向"]
    assert client.post(ISSUE).location == ISSUE
    assert "签发中" in read(client, ISSUE).text
    assert client.get("/village/990101101200/2026Q3/finance").status_code == 404
    with app.app_context():
        work_off()
    page = read(client, ISSUE)
    assert "财公1号" in page.text
    assert [row.td.text for row in page.select("tbody tr")] == ["A4 纵向", "A4 纵向"]
    sheet = client.get(page.select_one("tbody a")["href"])
    assert (sheet.mimetype, sheet.data[:5]) == ("application/pdf", b"%PDF-")
    assert client.get("/village/990101101200/2026Q3/finance").status_code == 200


def test_while_sheets_are_made_the_page_says_the_step_refreshes_itself_and_the_chain_stays_at_the_issue(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, prepare(app))
    button = read(client, ISSUE).select_one("main button.btn-danger")
    assert button["data-waiting"] == "正在试排，请稍候（第 1 步，共 4 步）"
    client.post(ISSUE)
    page = read(client, ISSUE)
    assert "正在制作公示单（第 3 步，共 4 步）" in page.text
    assert client.get(ISSUE).headers["Refresh"] == f"4; url={ISSUE}?unattended=1"
    for address in (ISSUE, ISSUE.removesuffix("/issue")):
        now = read(client, address).select_one(".steps [aria-current=step]")
        assert now.text.split() == ["签发", "签发中"]
    with app.app_context():
        work_off()
    page = read(client, ISSUE)
    assert page.select_one(".steps [aria-current=step] .word").text == "张贴"
    assert "Refresh" not in client.get(ISSUE).headers


def test_a_page_that_waits_for_sheets_by_itself_does_not_keep_an_idle_session_alive(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, prepare(app))
    client.post(ISSUE)
    start, waiting = clock.now(), ""
    for minutes in (10, 20, 29):
        with clock.living_at(start + timedelta(minutes=minutes)):
            again = client.get(waiting or client.get(ISSUE).headers["Refresh"].partition("url=")[2])
            waiting = again.headers["Refresh"].partition("url=")[2]
            assert again.status_code == 200
    with clock.living_at(start + timedelta(minutes=41)):
        assert client.get(waiting).location.startswith("/sign-in?next=")
        assert "没有操作，已自动退出" in client.get("/sign-in").text


def test_whoever_looks_at_the_waiting_page_stays_signed_in(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    client.post(ISSUE)
    start = clock.now()
    for minutes in (20, 40, 60):
        with clock.living_at(start + timedelta(minutes=minutes)):
            assert client.get(ISSUE).status_code == 200


def test_sheets_that_could_not_be_made_show_the_reason_and_can_be_made_again(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    client.post(ISSUE)
    with app.app_context(), transaction():
        fail_issue(disclosure=db.session.query(Disclosure).one(), reason="缺少Noto Serif CJK SC，不能打印。")
    page = read(client, ISSUE)
    assert "公示单没有做成" in page.select_one(".error-summary h2").text
    assert "缺少Noto Serif CJK SC" in page.text
    assert "Refresh" not in client.get(ISSUE).headers
    again = page.select_one("main form")["action"]
    assert client.post(again).location == ISSUE
    assert "正在制作公示单" in read(client, ISSUE).text
    with app.app_context():
        assert list_trail("990101101200").items[0].said.startswith("重新安排制作")


def test_the_lists_of_sheets_say_which_is_for_the_hand_and_which_for_the_board(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    with app.app_context(), transaction():
        db.session.query(NoticeBoard).update({"paper": "A3-landscape", "reading_distance_mm": 2500})
    for_hand, for_board = "供索取，拿在手里看", "贴公开栏，2.5 米处看得清"
    uses = [[cell.text for cell in row.select("td")][:2] for row in read(client, ISSUE).select("tbody tr")]
    assert uses == [["A4 纵向", for_hand], ["A3 横向", for_board]] * 2


def test_after_the_issue_hand_and_board_are_told_apart_and_one_sheet_may_do_for_both(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, published(app, papers="A4-portrait@0 A4-portrait@2000"))
    both = "贴公开栏，2 米处看得清；也供索取"
    assert read(client, ISSUE).select_one("tbody tr").select("td")[1].text == both
    public = BeautifulSoup(client.get("/village/990101101200/2026Q3/finance").text, "html.parser")
    assert public.find("a", string="财务收支逐笔公开表 PDF").find_next("span").text == f"A4 纵向，1 页，{both}"


def test_a_second_press_of_the_button_issues_nothing_more(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    client.post(ISSUE)
    assert client.post(ISSUE).status_code == 409
    with app.app_context():
        assert db.session.query(Disclosure).count() == 1


def test_what_hinders_the_issue_is_told_and_there_is_no_button(app: Flask, client: FlaskClient) -> None:
    def unanswered() -> Desk:
        desk = make_desk()
        period = submit_ready(desk)
        confirm_ready(desk, period, queried={2: "金额和电费单对不上"})
        check_ready(desk, period)
        return desk

    sign_in(client, prepare(app, unanswered))
    page = read(client, ISSUE)
    assert "还有 1 笔疑问没有答复清楚" in page.text
    assert not page.select("main button.btn-danger")
    refused = client.post(ISSUE)
    assert refused.status_code == 409
    assert "什么都没有改动" in refused.text


def test_the_preview_is_the_sheet_with_a_watermark_and_without_number_and_code(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    answer = client.get(f"{ISSUE}/preview/finance_lines/A4-portrait")
    page = BeautifulSoup(answer.text, "html.parser")
    assert "稿" in page.select_one(".watermark").text
    assert "收村东鱼塘承包款" in page.text
    assert "财公" not in page.text
    assert "查验码" not in page.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_draft_pdf_is_made_on_demand_and_never_kept(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    answer = client.get(f"{ISSUE}/draft/finance_summary/A4-portrait.pdf")
    assert answer.data[:5] == b"%PDF-"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not list(app.config["SETTINGS"].files.glob("*/*"))


@pytest.mark.parametrize("paper", ["A9-portrait", "A4-diagonal"])
def test_a_paper_that_does_not_exist_is_refused(app: Flask, client: FlaskClient, paper: str) -> None:
    sign_in(client, prepare(app))
    assert client.get(f"{ISSUE}/preview/finance_lines/{paper}").status_code == 422


def test_another_paper_is_made_at_the_press_of_a_button(app: Flask, client: FlaskClient) -> None:
    sign_in(client, published(app))
    answer = client.post(f"{ISSUE}/sheets", data={"sheet_kind": "finance_summary", "paper": "A3-landscape"})
    assert answer.location == ISSUE
    assert "A3 横向" in read(client, ISSUE).select_one("tbody").text
    assert client.post(f"{ISSUE}/sheets", data={"sheet_kind": "x", "paper": "A3"}).status_code == 422


@pytest.mark.parametrize("who", ["李建国", "王桂兰"])
def test_the_village_sees_how_far_it_is_and_cannot_issue(app: Flask, client: FlaskClient, who: str) -> None:
    sign_in(client, prepare(app, who=who))
    assert "等镇公开办签发" in read(client, ISSUE).text
    for method, address in (
        ("POST", ISSUE), ("POST", f"{ISSUE}/sheets"), ("POST", f"{ISSUE}/again"),
        ("GET", f"{ISSUE}/preview/finance_lines/A4-portrait"),
    ):  # fmt: skip
        assert client.open(address, method=method).status_code == 403


def test_an_officer_of_another_township_is_turned_away(app: Flask, client: FlaskClient) -> None:
    prepare(app)
    with app.app_context(), transaction():
        stranger = make_person("外镇人", login="stranger", must_change_password=False)
        make_role(stranger, RoleKind.TOWNSHIP_OFFICE, "990101102")
        stranger_id = stranger.id
    sign_in(client, stranger_id)
    assert {client.get(ISSUE).status_code, client.post(ISSUE).status_code} == {403}
    assert client.get(POSTINGS).status_code == 403


# The posting register.


def photo() -> tuple[io.BytesIO, str]:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    picture.seek(0)
    return picture, "board.jpg"


def posting(app: Flask, **changes: object) -> dict[str, object]:
    with app.app_context():
        board = db.session.query(NoticeBoard).one().id
    day = (clock.today() - timedelta(days=16)).isoformat()
    return {"sheet_kind": "finance_lines", "board_id": board, "posted_on": day, "posted_by": "李建国", **changes}


def test_a_posting_is_kept_with_its_photo_counted_and_shown_to_everybody(app: Flask, client: FlaskClient) -> None:
    sign_in(client, published(app, "李建国"))
    assert client.post(f"{POSTINGS}/new", data=posting(app, photo=photo())).location == POSTINGS
    page = read(client, POSTINGS)
    assert "16 日，已够" in page.text
    picture = client.get(page.find("a", string="看照片")["href"])
    assert (picture.mimetype, Image.open(io.BytesIO(picture.data)).size) == ("image/jpeg", (40, 30))
    public = BeautifulSoup(app.test_client().get("/village/990101101200/2026Q3/finance").text, "html.parser")
    assert "村委会门前" in public.text
    assert "还在张贴" in public.text


@pytest.mark.parametrize(("days_ago", "served", "told"), [(1, 15, "15 日，已够"), (4, 12, "12 日，少 3 日")])
def test_taking_down_counts_the_days_and_shows_what_is_missing(
    app: Flask, client: FlaskClient, days_ago: int, served: int, told: str
) -> None:
    sign_in(client, published(app))
    client.post(f"{POSTINGS}/new", data=posting(app))
    address = read(client, POSTINGS).find("a", href=lambda href: href and href.endswith("/take-down"))["href"]
    day = (clock.today() - timedelta(days=days_ago)).isoformat()
    assert client.post(address, data={"taken_down_on": day}).status_code == 302
    assert told in read(client, POSTINGS).text
    assert client.post(address, data={"taken_down_on": day}).status_code == 422
    with app.app_context():
        assert f"张贴了 {served} 日" in list_trail("990101101200").items[0].said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"posted_on": "2020-01-01"}, "张贴日期应在签发之日"),
        ({"posted_on": "2099-01-01"}, "张贴日期应在签发之日"),
        ({"posted_on": "昨天"}, "读不懂"),
        ({"posted_by": " "}, "请填写张贴人"),
        ({"board_id": "999"}, "请从列表里选一项"),
        ({"photo": (io.BytesIO(b"not a photo"), "a.jpg")}, "只收照片"),
    ],
)
def test_a_wrong_posting_is_refused_at_its_field_and_what_was_typed_stays(
    app: Flask, client: FlaskClient, changes: dict[str, object], words: str
) -> None:
    sign_in(client, published(app))
    typed = {"posted_by": "王大爷", **changes}
    answer = client.post(f"{POSTINGS}/new", data=posting(app, **typed))
    assert answer.status_code == 422
    assert words in answer.text
    with app.app_context():
        assert db.session.query(Posting).count() == 0


def test_the_same_sheet_hangs_once_on_a_board(app: Flask, client: FlaskClient) -> None:
    sign_in(client, published(app))
    client.post(f"{POSTINGS}/new", data=posting(app))
    again = client.post(f"{POSTINGS}/new", data=posting(app))
    assert again.status_code == 422
    assert "已经张贴在“村委会门前”" in again.text
    assert client.post(f"{POSTINGS}/new", data=posting(app, sheet_kind="finance_summary")).status_code == 302


def test_what_is_not_issued_cannot_be_posted(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    assert "还没有签发" in read(client, POSTINGS).text
    assert client.get(f"{POSTINGS}/new").status_code == 404


def test_reviewers_read_the_register_and_write_nothing(app: Flask, client: FlaskClient) -> None:
    sign_in(client, published(app, "王桂兰"))
    assert client.get(POSTINGS).status_code == 200
    assert client.post(f"{POSTINGS}/new", data=posting(app)).status_code == 403


# Lists to take home.


def told_by(client: FlaskClient, address: str, ending: str) -> list[list[str]]:
    """The rows of a list to take home, as a reader of the file sees them."""
    answer = client.get(f"{address}.{ending}")
    assert answer.status_code == 200
    if ending == "csv":
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_posting_register_goes_home_as_a_table(app: Flask, client: FlaskClient, ending: str) -> None:
    sign_in(client, published(app))
    client.post(f"{POSTINGS}/new", data=posting(app, photo=photo(), posted_by="=张三"))
    day = clock.today() - timedelta(days=16)
    head, row = told_by(client, POSTINGS, ending)
    told = dict(zip(head, row, strict=True))
    assert told["张贴人"].removeprefix("'") == "=张三"
    del told["张贴人"]
    assert told == {
        "公开栏": "村委会门前", "公示单": "财务收支逐笔公开表", "张贴日期": day.isoformat(), "取下日期": "",
        "已张贴（日）": "16", "应张贴（日）": "15", "应贴到": (day + timedelta(days=15)).isoformat(), "还差（日）": "0",
        "照片": "有",
    }  # fmt: skip
    links = [link["href"] for link in read(client, POSTINGS).select(".take-home a")]
    assert f"{POSTINGS}.{ending}" in links


def test_before_the_issue_there_is_no_register_to_take_home(app: Flask, client: FlaskClient) -> None:
    sign_in(client, prepare(app))
    assert client.get(f"{POSTINGS}.csv").status_code == 404
