"""Every link that anybody is shown opens; every kind of page is clean on a laptop and on a phone."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, LiveServer, serving
from tests.browser.passers_by import guest
from tests.browser.walks import DEEPEST, MOST_PAGES, Walk, walk
from tests.demo_homes import close, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.journey]
WALKERS = {
    "resident": "", "clerk": "clerk203", "clerk-of-an-open-quarter": "clerk200", "head": "head207",
    "secretary": "secretary200", "finance-review": "review202-1", "supervision": "oversight206-1",
    "township": "office1", "inspector": "inspector-finance", "county": "county",
}  # fmt: skip
"""Who walks: each in a village where something waits for them."""
SHEETS = {"notices.preview_sheet"}
"""A page of paper in a sandbox: it runs no script, not even axe's; how it looks is held in tests/notices."""


NOT_LINKED = {
    "desk.show_health": "asked by machines",
    "decisions.call_meeting": "every matter of the demo that a clerk comes to has its meeting called",
    "decisions.record_votes": "the representatives of the demo have voted; the result that waits is a branch's",
    "decisions.revise_text": "no text of the demo may change: somebody is called to talk about it, or it is decided",
    "decisions.hand_in_paper_signature": "linked where a group signs; the clerk who walks comes to a draft first",
    "decisions.export_repeat_winners": "nobody of the demo wins three times; tests/decisions/test_winner_pages has it",
    "finance.suggest_cells": "asked by the grid",
    "public.search": "a form that residents fill in; test_journey does",
    "finance.preview_import": "comes after a file was handed in",
    "finance.allow_provisional": "only while a village is late twice",
    "finance.join_mid_year": "only before the first period",
    "finance.correct_joining": "only in the first period before it is submitted; no village of the demo stands there",
    "finance.answer_query": "no query waits in the demo; test_journey asks one",
    "finance.confirm_paper_signature": "no signature on paper waits in the demo",
    "finance.show_paper_photo": "linked where members sign on paper; nobody of such a village walks here",
    "notices.download_print_run": "a button of the print run's page; tests/notices/test_print_runs presses it",
    "finance.take_back_period": "only until the group's first mark; no clerk of such a quarter walks here",
    "public.show_quarter": "no village of the demo publishes by month",
    "public.download_quarter": "no village of the demo publishes by month",
}
"""Pages to which no link of the demo leads, and why; test_rooms_without_links comes to them."""


@dataclass(frozen=True)
class Street:
    """The demo behind a live server, and everybody's walk through it."""

    server: LiveServer
    walks: dict[str, Walk]

    def looks(self, walker: str) -> list[str]:
        """Return the pages at which this walker looks in the browser: the first one of each kind nobody before had."""
        taken: set[str] = set(SHEETS)
        for name, walked in self.walks.items():
            own: dict[str, str] = {}
            for path, endpoint in walked.pages.items():
                own.setdefault(endpoint, path)
            if name == walker:
                return [path for endpoint, path in own.items() if endpoint not in taken or endpoint == "desk.show_desk"]
            taken |= own.keys()
        raise KeyError(walker)


@pytest.fixture(scope="module")
def street(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """The demo on a day in October 2026; nobody writes, so that one copy is enough."""
    home = tmp_path_factory.mktemp("street") / "home"
    shutil.copytree(demo_home, home)
    app = demo_app(home)
    with time_machine.travel(datetime(2026, 10, 13, 2, tzinfo=UTC)), serving(app) as server:
        yield Street(server, {name: walk(app, login=login, start=start_of(login)) for name, login in WALKERS.items()})
    close(app)


def start_of(login: str) -> str:
    return "/desk" if login else "/"


@pytest.mark.parametrize("walker", WALKERS)
def test_every_link_that_somebody_is_shown_opens(street: Street, walker: str) -> None:
    walked = street.walks[walker]
    assert walked.faults == []
    assert MOST_PAGES >= len(walked.pages) + len(walked.files) > DEEPEST


@pytest.mark.parametrize("walker", WALKERS)
def test_every_kind_of_page_is_clean_on_a_laptop_and_on_a_phone(street: Street, browser: Browser, walker: str) -> None:
    with guest(browser, street.server, login=WALKERS[walker]) as someone:
        for path in street.looks(walker):
            someone.visit(path)
            someone.fits(PHONE)


def test_the_walks_come_to_every_page_but_those_written_here(street: Street) -> None:
    adapter = street.server.app.url_map.bind("localhost")
    paths = {path.partition("?")[0] for walked in street.walks.values() for path in [*walked.pages, *walked.files]}
    reached = {adapter.match(path)[0] for path in paths if not path.startswith("/static/")}
    rules = street.server.app.url_map.iter_rules()
    offered = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())} - {"static", "bootstrap.static"}
    assert offered - reached == set(NOT_LINKED)


def test_a_phone_shows_every_button_of_the_bar_under_the_lines(street: Street, browser: Browser) -> None:
    with guest(browser, street.server, login="review202-1") as someone:
        someone.page.set_viewport_size(PHONE)
        someone.page.goto("/villages/990101101202/2026Q3/review")
        buttons = someone.page.locator(".sticky-buttons .btn").all()
        assert [button.inner_text() for button in buttons] == ["保存本页意见", "其余全部通过", "我要回避"]
        for button in buttons:
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]


def test_a_guest_hears_what_the_browser_refuses(street: Street, browser: Browser) -> None:
    with guest(browser, street.server) as someone:
        someone.visit("/")
        someone.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
        with pytest.raises(AssertionError, match="Content Security Policy"):
            someone.look()
        someone.complaints.clear()
        someone.page.evaluate("document.querySelector('h1').style.width = '3000px'")
        with pytest.raises(AssertionError, match="sideways"):
            someone.look()
