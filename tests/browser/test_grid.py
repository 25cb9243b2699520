"""The entry grid in a real browser, with the keyboard alone."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, LiveServer
from tests.factories import GOOD_PASSWORD, make_account, make_role
from tests.finance.books import Books, enter, line, make_books, october
from village_open.db import db, transaction
from village_open.finance.models import Line
from village_open.finance.queries import get_period
from village_open.villages.models import RoleKind

pytestmark = pytest.mark.browser
PERIOD = "/villages/990101101200/2026Q3"
GRID = f"{PERIOD}/lines"
Tab = Callable[[Page, str, str], None]


@pytest.fixture
def books(live_server: LiveServer) -> Iterator[Books]:
    with october(), live_server.app.app_context(), transaction():
        made = make_books()
        enter(made, line(made), line(made, on=date(2026, 8, 2), summary="电费", amount_fen=120_00))
    return made


@pytest.fixture
def grid(page: Page, books: Books, sign_in: Tab) -> Page:
    sign_in(page, "clerk200", GOOD_PASSWORD)
    open_grid(page)
    return page


def open_grid(page: Page) -> None:
    page.goto(GRID)
    expect(page.locator("#grid-foot")).to_be_visible()


def type_cells(page: Page, *texts: str) -> None:
    for text in texts:
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")


def status(page: Page) -> str:
    return page.locator("#grid-status").text_content() or ""


def saved(server: LiveServer) -> list[Line]:
    with server.app.app_context():
        return list(db.session.query(Line).filter_by(is_removed=False).order_by(Line.id))


def cell(page: Page, row: int, field: str) -> str:
    td = page.locator(f"#ledger-grid tbody tr:nth-child({row}) td[data-field={field}]")
    return (
        td.locator("input").input_value()
        if td.locator("input").count()
        else td.evaluate("td => td.firstChild?.data ?? ''")
    )


def here(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def save(page: Page, words: str) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("#grid-status")).to_contain_text(words)


def test_a_line_is_typed_and_saved_with_the_keyboard_alone(grid: Page, live_server: LiveServer) -> None:
    assert here(grid) == "第 3 行，日期"
    type_cells(grid, "8.15", "记-9", "订党报")
    grid.keyboard.press("Enter")  # No income.
    type_cells(grid, "288", "2")
    assert cell(grid, 3, "account") == "信用社"
    expect(grid.locator("tr:nth-child(3) td[data-field=item]")).to_have_text("报刊费支出")
    assert grid.locator("[data-sum=closing]").text_content() == "50,232.00"
    save(grid, "已保存 1 笔")
    kept = saved(live_server)[-1]
    assert (kept.summary, kept.amount_fen, kept.item_key, kept.on) == ("订党报", 28_800, "CW0303", date(2026, 8, 15))


def test_arrows_enter_and_tab_walk_and_esc_undoes_the_cell(grid: Page) -> None:
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("ArrowRight")
    assert here(grid) == "第 2 行，摘要"
    grid.keyboard.type("x")
    assert cell(grid, 2, "summary") == "x"
    grid.keyboard.press("Escape")
    assert cell(grid, 2, "summary") == "电费"
    grid.keyboard.press("Tab")
    assert here(grid) == "第 2 行，收入"
    grid.keyboard.press("Shift+Tab")
    grid.keyboard.press("F2")
    grid.keyboard.type("（7月）")
    grid.keyboard.press("ArrowLeft")  # Inside the text now, not to the next cell.
    assert here(grid) == "第 2 行，摘要"
    grid.keyboard.press("ArrowDown")
    assert here(grid) == "第 3 行，摘要"
    assert cell(grid, 2, "summary") == "电费（7月）"


def test_tab_leaves_the_grid_at_its_end(grid: Page) -> None:
    grid.keyboard.press("End")
    grid.keyboard.press("Tab")
    assert here(grid) != "第 3 行，备注"


def test_a_wrong_cell_says_why_beside_it_and_takes_the_cursor(grid: Page, live_server: LiveServer) -> None:
    type_cells(grid, "8.15", "", "买树苗")
    grid.keyboard.press("Enter")
    type_cells(grid, "5.9万", "1")
    save(grid, "有 1 处要改正")
    box = grid.locator("td.attention")
    assert "“万”" in box.locator(".why").text_content()
    assert here(grid) == "第 3 行，支出"
    described = grid.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert "准确的元、角、分" in described
    assert len(saved(live_server)) == 2
    type_cells(grid, "59000")
    save(grid, "已保存 1 笔")


def test_a_line_without_an_amount_is_refused_at_its_cell(grid: Page) -> None:
    type_cells(grid, "8.15", "", "买树苗")
    save(grid, "要改正")
    expect(grid.locator("td[data-field=expense].attention .why")).to_contain_text("没有填写金额")


COPIED = (
    "日期\t凭证号\t摘要\t收入金额\t支出金额\t资金账户\t收款人\r\n"
    '2026/8/20\t记-20\t"买水泥 ""五洲""\n20 袋"\t\t"1,200.00"\t信用社\t建材店\r\n'
    "2026/8/21\t记-21\t承包款\t3000\t\t现金\t\r\n"
)


@pytest.mark.parametrize("has_head", [True, False])
def test_rows_copied_from_a_spreadsheet_are_pasted(grid: Page, live_server: LiveServer, has_head: bool) -> None:
    text = COPIED if has_head else COPIED.split("\r\n", 1)[1].replace("\t建材店", "").replace("\t\r\n", "\r\n")
    grid.evaluate("text => navigator.clipboard.writeText(text)", text)
    grid.keyboard.press("Control+v")
    assert cell(grid, 3, "summary") == '买水泥 "五洲" 20 袋'
    assert cell(grid, 4, "income") == "3,000.00"
    assert here(grid) == "第 5 行，日期"
    save(grid, "已保存 2 笔")
    assert [(one.amount_fen, one.payee) for one in saved(live_server)[-2:]] == [
        (120_000, "建材店" if has_head else ""), (300_000, ""),
    ]  # fmt: skip


def test_a_draft_survives_a_closed_lid_and_is_offered_to_the_same_person_only(
    grid: Page, live_server: LiveServer, sign_in: Tab
) -> None:
    type_cells(grid, "8.15", "", "没存的一行")
    grid.keyboard.insert_text("12")  # Not even left the cell.
    with live_server.app.app_context(), transaction():
        other = make_account("另一个报账员", login="other.clerk")
        make_role(other, RoleKind.CLERK, "990101101200")
    grid.goto("/sign-in")
    grid.context.clear_cookies()
    sign_in(grid, "other.clerk", GOOD_PASSWORD)
    open_grid(grid)
    expect(grid.locator("#draft-offer")).to_be_hidden()
    assert "没存的一行" not in grid.content()
    grid.context.clear_cookies()
    sign_in(grid, "clerk200", GOOD_PASSWORD)
    open_grid(grid)
    expect(grid.locator("#draft-offer")).to_contain_text("上次有 1 行没有保存")
    grid.get_by_role("button", name="恢复草稿").press("Enter")
    assert (cell(grid, 3, "summary"), cell(grid, 3, "income")) == ("没存的一行", "12.00")
    grid.locator("tr:nth-child(3) td[data-field=account]").click()
    type_cells(grid, "现金")
    save(grid, "已保存 1 笔")
    assert grid.evaluate("Object.keys(localStorage).filter(key => key.includes('draft')).length") == 0
    open_grid(grid)
    expect(grid.locator("#draft-offer")).to_be_hidden()


def test_a_discarded_draft_is_gone(grid: Page) -> None:
    type_cells(grid, "8.15", "", "不要了")
    open_grid(grid)
    grid.get_by_role("button", name="放弃").click()
    open_grid(grid)
    expect(grid.locator("#draft-offer")).to_be_hidden()


def test_the_second_of_two_editors_keeps_the_typed_text_and_sees_both(
    grid: Page, live_server: LiveServer, books: Books
) -> None:
    first = saved(live_server)[0]
    with october(), live_server.app.app_context(), transaction():
        period = get_period(books.village.code, "2026Q3")
        enter(books, line(books, id=first.id, version=1, summary="先改的", amount_fen=5), period=period)
    for _up in range(2):
        grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("ArrowRight")
    type_cells(grid, "后改的")
    save(grid, "再按“保存”，就以您的为准")
    assert cell(grid, 1, "summary") == "后改的"
    assert "别人改成：先改的" in grid.locator("tr:nth-child(1) td[data-field=summary] .why").text_content()
    assert saved(live_server)[0].summary == "先改的"
    save(grid, "已保存 1 笔")
    assert saved(live_server)[0].summary == "后改的"


def test_a_save_that_cannot_be_sent_keeps_everything_and_sent_again_is_kept_once(
    grid: Page, live_server: LiveServer
) -> None:
    type_cells(grid, "8.15", "", "坏网络")
    grid.keyboard.press("Enter")
    type_cells(grid, "5", "1")
    answers = iter([lambda route: (route.fetch(), route.abort()), lambda route: route.continue_()])
    grid.route(f"**{GRID}", lambda route: next(answers)(route) if route.request.method == "POST" else route.continue_())
    save(grid, "没有连上服务器")  # The server kept it, the answer was lost.
    save(grid, "已保存 1 笔")
    assert [one.summary for one in saved(live_server)].count("坏网络") == 1


def test_a_session_that_ended_loses_nothing(grid: Page, live_server: LiveServer) -> None:
    type_cells(grid, "8.15", "", "登录过期")
    grid.context.clear_cookies()
    save(grid, "登录已经过期，内容还在本机")
    assert "登录过期" in grid.evaluate("JSON.stringify(localStorage)")


def test_a_row_is_taken_out_and_comes_back(grid: Page, live_server: LiveServer) -> None:
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("Control+Delete")
    assert grid.locator("[data-sum=expense]").text_content() == "360.00"
    grid.keyboard.press("Control+Delete")
    assert grid.locator("[data-sum=expense]").text_content() == "480.00"
    grid.keyboard.press("Control+Delete")
    save(grid, "撤掉 1 笔")
    assert len(saved(live_server)) == 1
    open_grid(grid)
    grid.get_by_role("button", name="恢复电费").press("Enter")
    grid.wait_for_load_state()
    assert len(saved(live_server)) == 2


def test_four_hundred_lines_are_pasted_saved_and_typed_on(grid: Page, live_server: LiveServer, books: Books) -> None:
    rows = "\r\n".join(f"8.{n % 28 + 1}\t记-{n}\t第{n}笔\t\t{n + 1}.50\t现金" for n in range(400))
    grid.evaluate("text => navigator.clipboard.writeText(text)", rows)
    grid.keyboard.press("Control+v")
    save(grid, "已保存 400 笔")
    assert len(saved(live_server)) == 402
    open_grid(grid)
    grid.keyboard.type("9.30")
    grid.keyboard.press("Tab")
    grid.keyboard.type("记-401")
    grid.keyboard.press("Tab")
    grid.keyboard.type("第四百零一笔")
    expect(grid.locator("tbody tr")).to_have_count(403)
    expect(grid.locator("tbody tr").last).to_contain_text("记-401")


def test_the_pieces_read_what_spreadsheets_and_people_write(grid: Page) -> None:
    cases = {
        "1,234.5": 123_450, "￥１２": 1_200, "-3": -300, "12元": 1_200, "": None, "5.9万": None, "1,2": None,
        "1.234": None,
    }  # fmt: skip
    read = "texts => import('/static/js/grid_money.js').then(({parseFen}) => texts.map(parseFen))"
    assert grid.evaluate(read, list(cases)) == list(cases.values())
    table = "text => import('/static/js/grid_paste.js').then(({parseTable}) => parseTable(text))"
    assert grid.evaluate(table, 'a\t"b ""c""\nd"\n\n\te\t') == [["a", 'b "c" d'], ["", "e", ""]]
    names = "['现金', '信用社', '农信社']"
    found = f"typed => import('/static/js/grid_choice.js').then(({{matching}}) => matching({names}, typed))"
    assert [grid.evaluate(found, typed) for typed in ("2", "现", "信", "")] == [
        ["信用社"], ["现金"], ["信用社", "农信社"], ["现金", "信用社", "农信社"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["", "/lines", "/ledger", "/lines/new", "/lines/1", "/closing", "/submission", "/review-list"]
)
def test_axe_finds_nothing(grid: Page, axe_clean: Callable[[Page], None], path: str) -> None:
    grid.goto(PERIOD + path)
    axe_clean(grid)


def test_on_a_phone_the_lines_are_cards_that_lead_to_the_plain_form(
    grid: Page, axe_clean: Callable[[Page], None]
) -> None:
    grid.set_viewport_size(PHONE)
    grid.goto(GRID)
    expect(grid.get_by_role("link", name="添加一笔")).to_be_visible()
    expect(grid.locator("#grid-foot")).to_be_hidden()
    assert grid.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe_clean(grid)


def test_without_scripts_the_page_lists_the_lines_and_leads_to_the_form(grid: Page, live_server: LiveServer) -> None:
    plain = grid.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=grid.context.storage_state()
    )
    tab = plain.new_page()
    tab.goto(GRID)
    tab.get_by_role("link", name="添加一笔").click()
    for name, text in {"on": "8.15", "summary": "手工一笔", "expense": "7"}.items():
        tab.fill(f"#{name}", text)
    tab.select_option("#account", "现金")
    tab.get_by_role("button", name="保存").click()
    assert "已保存：8.15 手工一笔" in tab.content()
    assert saved(live_server)[-1].amount_fen == 700
    plain.close()
