"""The room of the entry grid on the screens that villages have, and what it says beside the cells."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, LiveServer
from tests.browser.test_grid import GRID, PERIOD, Tab, cell, open_grid, save, saved, type_cells
from tests.factories import GOOD_PASSWORD
from tests.finance.books import Books, enter, line, make_books, october
from village_open.db import transaction

pytestmark = pytest.mark.browser

WIDE = {"width": 1920, "height": 1080}
BOX = "element => element.getBoundingClientRect().toJSON()"


@pytest.fixture
def books(live_server: LiveServer) -> Iterator[Books]:
    with october(), live_server.app.app_context(), transaction():
        made = make_books()
        rows = [line(made, on=date(2026, 7, 1 + number), amount_fen=1_234_500 + number) for number in range(20)]
        enter(made, *rows, line(made, on=date(2026, 7, 30), summary="付张三 410782199001011234 误工"))
    return made


@pytest.fixture
def grid(page: Page, books: Books, sign_in: Tab) -> Page:
    sign_in(page, "clerk200", GOOD_PASSWORD)
    open_grid(page)
    return page


def box(page: Page, selector: str) -> dict[str, float]:
    return page.locator(selector).first.evaluate(BOX)


@pytest.mark.parametrize("size", [LAPTOP, WIDE])
def test_the_scrollbar_the_sums_and_the_receipts_are_in_sight_at_once(grid: Page, size: dict[str, int]) -> None:
    grid.set_viewport_size(size)
    open_grid(grid)
    frame = box(grid, "#grid-frame")
    assert frame["bottom"] - frame["top"] >= 256
    assert frame["bottom"] <= box(grid, "#grid-foot")["top"] + 1
    assert box(grid, "#grid-foot")["bottom"] <= size["height"]
    assert grid.evaluate("scrollY") == 0
    assert box(grid, "tr.here")["bottom"] <= frame["bottom"]
    assert box(grid, "thead .row-links")["right"] <= frame["right"] + 1
    style = grid.locator("#grid-frame").evaluate("frame => getComputedStyle(frame, '::-webkit-scrollbar').height")
    assert style == "16px"


def test_the_columns_out_of_sight_are_named_and_walked_to(grid: Page) -> None:
    more = grid.locator("#grid-more")
    expect(more).to_contain_text("右边还有：")
    expect(more).to_contain_text("收付对象、经手人、证明人、审批人、备注")
    grid.keyboard.press("End")
    expect(more).to_have_text("")
    assert box(grid, "thead th[data-field=note]")["right"] <= box(grid, "thead .row-links")["left"] + 1


def test_a_wide_screen_shows_every_column(grid: Page, live_server: LiveServer) -> None:
    grid.set_viewport_size(WIDE)
    first = saved(live_server)[-1].id
    grid.goto(f"{PERIOD}/lines/{first}/edit")
    grid.fill("#summary", "付张三误工")
    grid.get_by_role("button", name="保存").click()
    open_grid(grid)
    expect(grid.locator("#grid-more")).to_have_text("")


def test_how_to_paste_is_said_without_unfolding_anything(grid: Page) -> None:
    expect(grid.get_by_text("从 Excel、WPS 复制的行")).to_be_visible()
    assert grid.locator("#grid-hints details[open]").count() == 0


def test_amounts_have_thousands_until_they_are_written_in(grid: Page) -> None:
    assert cell(grid, 1, "expense") == "12,345.00"
    grid.locator("tr:nth-child(1) td[data-field=expense]").click()
    assert cell(grid, 1, "expense") == "12345.00"
    assert grid.locator("#grid-status").text_content() == ""
    type_cells(grid, "1234567.8")
    assert cell(grid, 1, "expense") == "1,234,567.80"


def test_what_is_said_at_a_cell_has_room(grid: Page) -> None:
    type_cells(grid, "8.15", "", "买树苗")
    grid.keyboard.press("Enter")
    type_cells(grid, "5.9万", "1")
    save(grid, "有 1 处要改正")
    said = box(grid, "td.attention .why")
    assert said["right"] - said["left"] >= 200
    size = grid.locator("td.attention .why").evaluate("said => getComputedStyle(said).fontSize")
    assert size == "16px"


def test_a_private_number_is_told_when_the_page_opens_and_gone_when_it_is_rewritten(grid: Page) -> None:
    row = grid.locator("tr.doubted")
    expect(row).to_have_count(1)
    expect(row.locator("td.warned .why")).to_contain_text("这里像是身份证号")
    assert cell(grid, 21, "summary") == "付张三 410782199001011234 误工"
    row.locator("td.summary").click()
    type_cells(grid, "付张三误工")
    expect(grid.locator("tr.doubted")).to_have_count(0)
    save(grid, "已保存 1 笔")
    expect(grid.locator("tr.doubted")).to_have_count(0)


def test_a_private_number_is_told_at_the_save_and_saved(grid: Page, live_server: LiveServer) -> None:
    type_cells(grid, "8.15", "", "误工 13812345678")
    grid.keyboard.press("Enter")
    type_cells(grid, "288", "1")
    save(grid, "已保存 1 笔")
    expect(grid.locator("tr:nth-child(22) td.warned .why").first).to_contain_text("这里像是手机号")
    assert saved(live_server)[-1].summary == "误工 13812345678"


def test_a_withdrawal_is_proposed_as_a_transfer_and_taken_back_with_its_summary(
    grid: Page, live_server: LiveServer
) -> None:
    type_cells(grid, "8.15", "", "提现")
    grid.keyboard.press("Enter")
    type_cells(grid, "500")
    proposed = grid.locator("tr:nth-child(22) td[data-field=to_account]")
    expect(proposed).to_have_text("现金")
    assert cell(grid, 22, "account") == "信用社"
    save(grid, "已保存 1 笔")
    kept = saved(live_server)[-1]
    assert (kept.kind, kept.amount_fen, kept.item_key) == ("transfer", 50_000, "")


def test_a_proposal_goes_when_the_summary_no_longer_asks_for_it(grid: Page) -> None:
    type_cells(grid, "8.15", "", "提现")
    grid.keyboard.press("Enter")
    type_cells(grid, "500")
    proposed = grid.locator("tr:nth-child(22) td[data-field=to_account]")
    expect(proposed).to_have_text("现金")
    grid.locator("tr:nth-child(22) td.summary").click()
    type_cells(grid, "订党报")
    expect(proposed).to_have_text("")
    expect(grid.locator("tr:nth-child(22) td[data-field=item]")).to_have_text("报刊费支出")


def test_the_grid_without_scripts_still_says_its_doubts(grid: Page, live_server: LiveServer) -> None:
    plain = grid.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=grid.context.storage_state()
    )
    tab = plain.new_page()
    tab.goto(GRID)
    expect(tab.locator("tr.doubted .why")).to_be_visible()
    plain.close()
