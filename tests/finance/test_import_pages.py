"""Importing at the desk: from the file that is handed in to the lines in the books, as the clerk does it."""

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.factories import make_account, make_role, sign_in
from tests.finance.books import Books, enter, line, make_books, october
from tests.finance.import_files import (
    QUARTER,
    QUARTER_ROWS,
    WALL_LIST,
    bank_book,
    cash_book,
    layouts,
    many_rows,
    own_template,
    row,
    sent,
    text_sheet,
)
from tests.workbooks.packages import text_cell, xlsx
from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.db import db, transaction
from village_open.finance.models import Line, PeriodState
from village_open.finance.uploads import WAITS, clear_uploads
from village_open.jobs import work_off
from village_open.record.models import RecordEntry
from village_open.storage import keep_file, read_file
from village_open.villages.models import RoleKind

LAYOUTS = layouts()
CONFIRM = "确认导入"


class Clerk:
    """The clerk at the import's pages of one village."""

    def __init__(self, client: FlaskClient, books: Books) -> None:
        self.client = client
        self.pages = f"/villages/{books.village.code}/2026Q3"
        self.preview = ""

    def hand_in(self, content: bytes, *, account: int | str = "") -> TestResponse:
        """Hand a file in and return the preview, or the page that refuses the file."""
        answer = self.client.post(f"{self.pages}/import", data={**sent(content), "account": str(account)})
        if answer.status_code != 303:
            return answer
        self.preview = answer.location
        return self.client.get(self.preview)

    def confirm(self, **chosen: str) -> TestResponse:
        """Confirm what the preview shows, with these choices."""
        seen = re.search(r'name="seen"[^>]*value="(\w+)"', self.client.get(self.preview).text)
        return self.client.post(self.preview, data={"seen": seen[1] if seen else "", **chosen})

    def sums(self) -> dict[str, int]:
        """Sum the lines of the books by kind."""
        with self.client.application.app_context():
            rows = db.session.execute(select(Line.kind, func.sum(Line.amount_fen)).group_by(Line.kind)).all()
            return {kind: int(fen) for kind, fen in rows}

    def kept(self, *columns: Any) -> list[tuple[Any, ...]]:
        """Return columns of the lines in the books."""
        with self.client.application.app_context():
            return [tuple(found) for found in db.session.execute(select(*columns).order_by(Line.on, Line.position))]

    def bring_in(self, content: bytes, **chosen: str) -> None:
        """Import a file from beginning to end."""
        assert self.hand_in(content).status_code == 200
        assert self.confirm(**{"items": "none", **chosen}).status_code == 303


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books()
            made.village.chart_year = 2004
            db.session.flush()
            for known in (made.village, made.clerk, made.cash, made.bank, made.period):
                db.session.refresh(known)
            db.session.expunge_all()
        yield made


@pytest.fixture
def clerk(client: FlaskClient, books: Books) -> Clerk:
    sign_in(client, books.clerk.id)
    return Clerk(client, books)


def words(page: TestResponse) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.mark.parametrize(("layout", "content"), LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_goes_from_the_file_into_the_books(clerk, layout, content):
    page = clerk.hand_in(content)
    assert page.status_code == 200
    assert "将新增 4 笔" in words(page)
    assert "收入合计（元） 12,500.00 支出合计（元） 400.00" in words(page)
    assert clerk.sums() == {}
    assert clerk.confirm(items="all").status_code == 303
    assert clerk.sums() == QUARTER


def test_preview_with_errors_names_every_cell_and_offers_no_confirmation(clerk):
    rows = [*QUARTER_ROWS, row("2026-10-01", "记-9", "迟了", -100), row("2026-09-01", "记-10", "外面", -1, "邮政")]
    rows.append(row("2026-09-02", "记-11", "没有金额", 0))
    page = clerk.hand_in(own_template(rows))
    for cell in (
        "6 A列（日期） 日期 2026-10-01 不在",
        "7 F列（资金账户） 本村没有资金账户“邮政”",
        "8 D列（收入） “收入/支出”没有填写金额",
    ):
        assert cell in words(page)
    assert CONFIRM not in page.text
    assert clerk.client.post(clerk.preview, data={"items": "all"}).status_code == 200
    assert clerk.sums() == {}


def _typed(*days_and_vouchers: tuple[str, str]) -> bytes:
    """Write rows whose days are text, as people type them."""
    head = ("日期", "凭证字号", "摘要", "收入", "支出", "资金账户")
    return text_sheet(head, *((day, voucher, "卖废品", "100", "", "现金") for day, voucher in days_and_vouchers))


@pytest.mark.parametrize("day", ["9.2", "9/2", "9月2日"])
def test_day_without_a_year_lies_in_the_quarter_that_is_imported(clerk, day):
    page = clerk.hand_in(_typed((day, "记10")))
    assert "2026-09-02" in page.text
    assert clerk.confirm(items="none").status_code == 303
    again = clerk.hand_in(_typed((day, "记-10")))
    assert "账里已经有、一样的 1 笔" in words(again)


def test_short_day_outside_the_quarter_is_refused_and_a_shortened_one_is_pointed_at(clerk):
    page = words(clerk.hand_in(_typed(("6.30", ""), ("9.1", ""))))
    assert "日期 2026-06-30 不在2026年第三季度内" in page
    assert "日期“9.1”按 2026-09-01 读入；表格软件会把 9.10 存成 9.1" in page


def test_suggestions_are_not_taken_unless_somebody_chooses(clerk):
    page = clerk.hand_in(own_template([row("2026-09-02", "", "收租金", 100)]))
    assert re.search(r'<input[^>]*checked[^>]*value="none"', page.text)


def test_all_errors_can_be_reached_page_by_page(clerk):
    clerk.hand_in(own_template([row("2026-10-01", f"记-{n}", f"第 {n} 笔", -n) for n in range(1, 121)]))
    rows = [
        int(found) for number in (1, 2, 3)
        for found in re.findall(r'scope="row">(\d+)<', clerk.client.get(f"{clerk.preview}?page={number}").text)
    ]  # fmt: skip
    assert rows == list(range(2, 122))


def test_list_without_days_shows_its_sum_and_is_refused(clerk, books):
    page = clerk.hand_in(text_sheet(*WALL_LIST), account=books.cash.id)
    assert "支出合计（元） 2,278.00" in words(page)
    assert "有 6 处错误" in words(page)
    assert CONFIRM not in page.text


def test_money_account_is_asked_for_where_the_file_does_not_say_it(clerk, books):
    page = clerk.hand_in(text_sheet(WALL_LIST[0], ("7月5日", "打印", "12")))
    assert "这张表是哪个资金账户的收支？" in page.text
    assert CONFIRM not in page.text
    clerk.preview += f"?account={books.bank.id}"
    assert clerk.confirm(items="all").status_code == 303
    assert clerk.kept(Line.account_id, Line.amount_fen) == [(books.bank.id, 1200)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 nothing", "读不了"),
        (xlsx(text_cell("A1000000", "x")), "太大"),
        (xlsx(more={"xl/vbaProject.bin": b"x"}), "宏"),
        (b"", "空的"),
    ],
)
def test_hostile_file_is_refused_with_its_reason_and_the_server_goes_on(clerk, content, reason):
    page = clerk.hand_in(content)
    assert (page.status_code, reason in words(page)) == (422, True)
    assert clerk.hand_in(own_template(QUARTER_ROWS)).status_code == 200


def test_form_without_a_file_says_so(clerk):
    page = clerk.client.post(f"{clerk.pages}/import", data={"account": ""})
    assert (page.status_code, "请先选择文件" in words(page)) == (422, True)


def test_three_thousand_rows_are_shown_and_imported(clerk):
    page = clerk.hand_in(own_template(many_rows(3000)))
    assert "将新增 3000 笔" in words(page)
    assert "只列出前 500 笔，其余 2500 笔" in words(page)
    assert clerk.confirm(items="all").status_code == 303
    assert clerk.sums() == {"expense": sum(10_000 + n for n in range(3000))}
    assert "一样的 3000 笔" in words(clerk.client.get(clerk.preview))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"items": "all"}, ["CW0304", "CW0304"]),
        ({"items": "ticked", "item-1": "1"}, ["", "CW0304"]),
        ({"items": "none", "item-1": "1"}, ["", ""]),
    ],
)
def test_suggested_items_are_taken_as_the_person_says(clerk, chosen, expected):
    rows = [row("2026-07-05", "记-1", "付电费", -1200), row("2026-07-06", "记-2", "付差旅费", -300)]
    clerk.hand_in(own_template(rows))
    assert clerk.confirm(**chosen).status_code == 303
    assert [key for (key,) in clerk.kept(Line.item_key)] == expected


def test_suggestion_is_never_taken_without_an_answer(clerk):
    clerk.hand_in(own_template(QUARTER_ROWS))
    page = clerk.confirm()
    assert (page.status_code, "请选择怎样处理公开项目的建议" in words(page)) == (422, True)
    assert clerk.sums() == {}


def test_same_file_again_is_already_there(clerk):
    clerk.bring_in(own_template(QUARTER_ROWS))
    page = clerk.hand_in(own_template(QUARTER_ROWS))
    assert "一样的 4 笔，不会重复记" in words(page)
    assert CONFIRM not in page.text
    assert clerk.sums() == QUARTER


def test_equal_lines_count_as_often_as_they_stand_in_the_file(clerk):
    twice = row("2026-07-05", "", "买邮票", -120)
    clerk.bring_in(own_template([twice]))
    assert "将新增 1 笔" in words(clerk.hand_in(own_template([twice, twice])))


def test_move_between_cash_and_bank_in_two_books_is_kept_once(clerk):
    clerk.bring_in(bank_book(("2026-07-08", "银付1", "提现", "", "3000", "")))
    page = clerk.hand_in(cash_book(("2026-07-08", "现收1", "从银行提现", "3000", "", "")))
    assert "将新增 0 笔" in words(page)
    assert clerk.sums() == {"transfer": 300_000}


CHANGED = (*QUARTER_ROWS[:2], row("2026-08-02", "现付-1", "付电费（更正）", -99_900), QUARTER_ROWS[3])


@pytest.mark.parametrize(
    ("chosen", "amounts"),
    [
        ({"change-2": "keep"}, [31_245, 8_755]),
        ({"change-2": "replace"}, [99_900, 8_755]),
        ({"change-2": "add"}, [31_245, 8_755, 99_900]),
        ({"all_changes": "replace"}, [99_900, 8_755]),
        ({"all_changes": "replace", "change-2": "keep"}, [31_245, 8_755]),
    ],
)
def test_line_that_differs_is_shown_beside_the_books_and_the_person_chooses(clerk, chosen, amounts):
    clerk.bring_in(own_template(QUARTER_ROWS))
    page = clerk.hand_in(own_template(CHANGED))
    assert "账里：312.45 文件： 999.00" in words(page)
    assert clerk.confirm(**chosen).status_code == 303
    assert [fen for kind, fen in clerk.kept(Line.kind, Line.amount_fen) if kind == "expense"] == amounts


def test_line_that_differs_is_not_touched_without_a_choice(clerk):
    clerk.bring_in(own_template(QUARTER_ROWS))
    clerk.hand_in(own_template(CHANGED))
    page = clerk.confirm(**{"change-2": "burn"})
    assert (page.status_code, "请逐笔选择留哪一个" in words(page)) == (422, True)
    assert clerk.sums() == QUARTER


def test_cells_filled_in_later_change_the_line_and_blank_ones_leave_it(clerk):
    clerk.bring_in(own_template([row("2026-08-02", "现付-1", "付电费", -31_245, 经手人="王会计")]))
    filled = row("2026-08-02", "现付-1", "付电费", -31_245, 收付对象="供电所", 公开项目="其他支出")
    assert "与账里不一样的 1 笔" in words(clerk.hand_in(own_template([filled])))
    assert clerk.confirm(all_changes="replace").status_code == 303
    assert clerk.kept(Line.payee, Line.item_key, Line.handler) == [("供电所", "CW0310", "王会计")]


def test_books_that_moved_after_the_preview_are_looked_at_again(clerk, books):
    clerk.hand_in(own_template(QUARTER_ROWS))
    stale = re.search(r'name="seen"[^>]*value="(\w+)"', clerk.client.get(clerk.preview).text)
    clerk.bring_in(own_template(QUARTER_ROWS[:1]))
    clerk.hand_in(own_template(QUARTER_ROWS))
    assert stale is not None
    page = clerk.client.post(clerk.preview, data={"seen": stale[1], "items": "none"})
    assert (page.status_code, "请按最新的预览再确认一次" in words(page)) == (409, True)
    assert clerk.sums() == {"income": QUARTER["income"]}
    assert clerk.confirm(items="none").status_code == 303
    assert clerk.sums() == QUARTER


def test_typed_line_without_voucher_is_the_same_line(clerk, books):
    with clerk.client.application.app_context(), transaction():
        enter(books, line(books, voucher="", summary="购打印纸２箱"), period=books.reload())
    page = clerk.hand_in(own_template([row("2026-07-03", "", "购打印纸2箱", -36_000)]))
    assert "一样的 1 笔" in words(page)


def test_upload_of_somebody_else_is_nobody_elses(clerk, books, app):
    clerk.hand_in(own_template(QUARTER_ROWS))
    with app.app_context(), transaction():
        other = make_account("新报账", login="other")
        make_role(other, RoleKind.CLERK, books.village.code)
        other_id = other.id
    stranger = app.test_client()
    sign_in(stranger, other_id)
    assert stranger.get(clerk.preview).status_code == 404
    assert clerk.client.get(clerk.preview[:-3] + "abc").status_code == 404


def test_submitted_period_takes_no_file(clerk, books, app):
    clerk.hand_in(own_template(QUARTER_ROWS))
    with app.app_context(), transaction():
        books.reload().state = PeriodState.SUBMITTED.value
    assert clerk.client.get(f"{clerk.pages}/import").status_code == 302
    assert clerk.client.post(clerk.preview, data={"items": "all"}).status_code == 302
    assert clerk.sums() == {}


def test_trail_names_the_file(clerk, app):
    clerk.bring_in(own_template(QUARTER_ROWS))
    with app.app_context():
        said = db.session.scalars(select(RecordEntry.said).order_by(RecordEntry.seq.desc())).first()
    assert said is not None
    assert "从文件“账.xlsx”" in said
    assert "新增 4 笔" in said
    assert "命令行" not in said


def lay_aside(app: Flask, content: bytes, since: datetime) -> None:
    """Let an upload lie since a moment."""
    os.utime(app.config["SETTINGS"].uploads / sha256_hex(content), (since.timestamp(), since.timestamp()))


def waiting(app: Flask) -> set[str]:
    """Return the names of the uploads that wait."""
    return {path.name for path in app.config["SETTINGS"].uploads.iterdir()}


def test_upload_that_nobody_confirmed_is_removed_after_a_week_and_kept_files_never_are(clerk, app):
    old, young = (own_template(QUARTER_ROWS[:number]) for number in (1, 2))
    clerk.hand_in(young)
    clerk.hand_in(old)
    lay_aside(app, young, clock.now() - WAITS + timedelta(minutes=1))
    lay_aside(app, old, clock.now() - WAITS - timedelta(minutes=1))
    with app.app_context():
        receipt = keep_file(old)
        app.extensions["jobs"].enqueue_daily()
        assert work_off() == 1
        assert read_file(receipt) == old
    assert waiting(app) == {sha256_hex(young)}
    page = clerk.client.get(clerk.preview)
    assert (page.status_code, "请重新选择文件" in words(page)) == (404, True)
    assert clerk.hand_in(old).status_code == 200


def test_file_handed_in_again_waits_anew(clerk, app):
    content = own_template(QUARTER_ROWS)
    clerk.hand_in(content)
    lay_aside(app, content, clock.now() - 2 * WAITS)
    clerk.hand_in(content)
    with app.app_context():
        assert clear_uploads() == 0
    assert waiting(app) == {sha256_hex(content)}


def test_confirmed_file_is_kept_at_once_and_for_good(clerk, app):
    content = own_template(QUARTER_ROWS)
    clerk.bring_in(content)
    with app.app_context():
        assert read_file(sha256_hex(content)) == content


def test_file_that_the_record_names_is_kept_even_if_the_power_failed_behind_the_deed(clerk, app):
    content = own_template(QUARTER_ROWS)
    clerk.bring_in(content)
    sha256 = sha256_hex(content)
    (app.config["SETTINGS"].files / sha256[:2] / sha256).unlink()
    lay_aside(app, content, clock.now() - 2 * WAITS)
    with app.app_context():
        assert clear_uploads() == 1
        assert read_file(sha256) == content
    assert waiting(app) == set()
