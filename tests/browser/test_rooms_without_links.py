"""Pages to which no link of the demo leads: each in a state in which it is there, clean on a laptop and on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, LiveServer, serving
from tests.browser.passers_by import Guest, guest
from tests.browser.test_walks import NOT_LINKED
from tests.factories import make_township, make_village, sign_in
from tests.finance.import_files import own_template, row
from tests.published import a_line, make_published
from tests.ready_matters import ids_of_matters
from tests.ready_periods import Desk, make_desk
from tests.world import FEW_STATES, NOW, after, make_village_at_work
from village_open.core import clock
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_period, get_statement
from village_open.reviews.models import PaperSignature, Review
from village_open.villages.models import Township

pytestmark = [pytest.mark.browser, pytest.mark.journey]
NO_PAGES = {
    "desk.show_health", "finance.suggest_cells", "finance.show_paper_photo", "notices.download_print_run",
    "public.download_quarter", "decisions.export_repeat_winners",
}  # fmt: skip
"""Among what no link leads to: answers to machines, pictures and files."""
OFFICER, CLERK, REVIEWER, RESIDENT = "officer", "clerk", "reviewer", "resident"
SIGNED = "/villages/990101101200/matters/{year}/{seq}"
ROOMS = {
    "decisions.call_meeting": (CLERK, "/villages/990101101200/matters/2026/4/meetings/new", "安排会议"),
    "decisions.hand_in_paper_signature": (
        CLERK,
        "/villages/990101101200/announcements/{announcement_id}/signatures/new",
        "签字页照片",
    ),
    "decisions.record_votes": (CLERK, f"{SIGNED}/meetings/{{meeting_id}}/votes", "代表0"),
    "decisions.revise_text": (CLERK, "/villages/990101101200/matters/2026/4/text", "保存以后是第 2 稿"),
    "finance.allow_provisional": (OFFICER, "/villages/990101101200/2025Q4/provisional", "暂计"),
    "finance.answer_query": (CLERK, "/villages/990101101200/2025Q3/lines/{line}/answer", "单价偏高"),
    "finance.confirm_paper_signature": (
        REVIEWER,
        "/villages/990101101200/2025Q3/sign/finance_review/papers/{paper}",
        "周春梅",
    ),
    "finance.correct_joining": (CLERK, "/villages/990101101201/2025Q2/joining", "期初余额"),
    "finance.join_mid_year": (CLERK, "/villages/990101101202/joining", "期初余额"),
    "finance.take_back_period": (CLERK, "/villages/990101101203/2025Q2/take-back", "撤回"),
    "public.search": (RESIDENT, "/search?q=鱼塘", "鱼塘"),
    "public.show_quarter": (RESIDENT, "/village/990101101204/2026Q3/months", "2026年7月"),
}
"""Who comes, where to, and a word that stands there and nowhere else; the import's preview comes by handing in."""


@dataclass(frozen=True)
class Town:
    """A served township with everything that waits, and who works there: person ids by village and by what they are."""

    server: LiveServer
    people: dict[tuple[str, str], int]
    ids: dict[str, int]

    @contextmanager
    def visited_by(self, browser: Browser, who: str, path: str) -> Iterator[Guest]:
        """Let somebody of the village in the path come, signed in already."""
        with guest(browser, self.server) as someone:
            if who != RESIDENT:
                client = self.server.app.test_client()
                sign_in(client, self.people[path.split("/")[2], who])
                cookie = client.get_cookie(self.server.app.config["SESSION_COOKIE_NAME"])
                assert cookie is not None
                kept = {"name": cookie.key, "value": cookie.value, "url": self.server.url}
                someone.page.context.add_cookies([kept])
            yield someone


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    """A township on the first working day after the holidays of October 2026."""
    with time_machine.travel(NOW), serving(app) as server:
        with app.app_context(), transaction():
            people, ids = _settle()
        yield Town(server, people, ids)


def _settle() -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    township = make_township()
    desks = [
        make_village_at_work(township, 200, states=FEW_STATES, lines=4),
        make_village_at_work(township, 201, states={"2025Q2": "entry"}, lines=2),
        make_desk(township, number=202, name="202村"),
        make_village_at_work(township, 203, states={"2025Q2": "entry"}, lines=2),
    ]
    _submit(desks[3], get_period("990101101203", "2025Q2"))
    _publish_months(township)
    line = get_statement(get_period("990101101200", "2025Q3")).lines[0].line
    paper = db.session.query(PaperSignature).join(Review).filter(Review.subject.startswith("finance_period:")).one()
    ids = {"line": line.id, "paper": paper.id, **ids_of_matters(desks[0].village)["2025Q3"]}
    people = {
        (desk.village.code, who): person.id
        for desk in desks
        for who, person in ((OFFICER, desk.officer), (CLERK, desk.clerk), (REVIEWER, desk.reviewers[0]))
    }
    return people, ids


def _submit(desk: Desk, period: FinancePeriod) -> None:
    """Submit a quarter that nobody has looked at yet."""
    with clock.living_at(after(period)):
        counted = {account.id: account.closing_fen for account in get_statement(period).accounts}
        actions.count_closing(by=desk.clerk, period=period, counted=counted)
        actions.submit_period(by=desk.clerk, period=period)


def _publish_months(township: Township) -> None:
    village = make_village(township, number=204, name="204村")
    for number, code in enumerate(("2026M07", "2026M08", "2026M09"), 1):
        lines = [a_line(1, "income", 100 * number, item="CW0202", on=f"2026-{code[-2:]}-03", summary="鱼塘承包款")]
        make_published(village, period_code=code, seq=number, lines=lines)


def test_every_page_without_a_link_is_visited_here() -> None:
    assert {*ROOMS, "finance.preview_import"} == NOT_LINKED.keys() - NO_PAGES


def test_pages_without_links_are_clean_on_a_laptop_and_on_a_phone(town: Town, browser: Browser) -> None:
    adapter = town.server.app.url_map.bind("localhost")
    for endpoint, (who, address, word) in ROOMS.items():
        path = address.format(**town.ids)
        assert adapter.match(path.partition("?")[0])[0] == endpoint
        with town.visited_by(browser, who, path) as someone:
            someone.visit(path)
            assert word in someone.said(), path
            someone.fits(PHONE)


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (row("2025-04-03", "记-9", "付水费", -5), "要请您选择留哪一个"),
        (row("2026-08-02", "记-9", "付水费", -5), "2026-08-02"),
    ],
)
def test_the_preview_of_an_import_is_clean_with_choices_and_with_errors(
    town: Town, browser: Browser, last: tuple[object, ...], word: str
) -> None:
    rows = [row("2025-04-01", "记-1", "事项1", 20_000, "银行存款"), row("2025-04-02", "记-8", "付电费", -31_245), last]
    with town.visited_by(browser, CLERK, "/villages/990101101201/2025Q2/import") as someone:
        someone.visit("/villages/990101101201/2025Q2/import")
        file = {"name": "账.xlsx", "mimeType": "application/octet-stream", "buffer": own_template(rows)}
        someone.page.set_input_files("input[type=file]", file)
        someone.press("读取并预览")
        assert "/import/" in someone.page.url
        assert word in someone.said()
        someone.fits(PHONE)
