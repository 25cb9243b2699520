"""A register in a real browser, with the keyboard alone: the same grid as the ledger's, with other columns."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveServer
from tests.factories import GOOD_PASSWORD
from tests.finance.books import make_books, october
from village_open.db import transaction

pytestmark = pytest.mark.browser
DEBTS = "/villages/990101101200/registers/2026Q2/debts"
Tab = Callable[[Page, str, str], None]
CELL = "#register-grid tbody tr:nth-child(1) td[data-field=%s]"


def test_a_debt_is_typed_saved_and_reckoned_without_a_mouse(page: Page, live_server: LiveServer, sign_in: Tab) -> None:
    with october(), live_server.app.app_context(), transaction():
        make_books()
    sign_in(page, "clerk200", GOOD_PASSWORD)
    page.goto(DEBTS)
    expect(page.locator("#grid-foot")).to_be_visible()
    for text in ("王某", "修路", "2025-3-1", "2", "5000"):
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator("#grid-status")).to_contain_text("已保存 1 行")
    expect(page.locator(CELL % "kind")).to_have_text("欠单位和个人款")
    expect(page.locator(CELL % "closing")).to_have_text("5,000.00")
    page.locator(CELL % "paid").click()
    page.keyboard.insert_text("一千")
    page.keyboard.press("Control+s")
    expect(page.locator(CELL % "paid").locator(".why")).to_contain_text("一千")
    page.keyboard.press("Escape")
    page.keyboard.insert_text("1000")
    page.keyboard.press("Control+s")
    expect(page.locator(CELL % "closing")).to_have_text("4,000.00")
    page.reload()
    expect(page.locator("#grid-foot")).to_be_visible()
    expect(page.locator("#draft-offer")).to_be_hidden()
