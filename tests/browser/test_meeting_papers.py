"""Papers of a meeting as the browser prints them: heads on every page, rows that go on, ballots that fit their page."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Page

from tests.browser.conftest import LiveServer
from tests.decisions.matters import call, make_named_roster, propose
from tests.factories import GOOD_PASSWORD
from tests.notices.printed import poppler
from tests.ready_periods import make_desk
from village_open.db import transaction
from village_open.decisions.rules.bodies import Body
from village_open.identity.passwords import hash_password

pytestmark = pytest.mark.browser
MEMBERS = 60
LONGEST = "阿卜杜热合曼买买提依明江"


def test_a_long_roster_goes_on_under_its_heads_and_every_ballot_stays_whole(
    live_server: LiveServer, page: Page, sign_in
) -> None:
    with time_machine.travel(datetime(2026, 10, 8, 2, tzinfo=UTC)):
        with live_server.app.app_context(), transaction():
            desk = make_desk()
            desk.clerk.password_hash = hash_password(GOOD_PASSWORD)
            names = [LONGEST, *(f"代表{number}" for number in range(2, MEMBERS + 1))]
            make_named_roster(desk, names, body=Body.PARTY_BRANCH)
            matter = propose(desk, title="修缮三组至五组机耕道路" * 7, text="改铺沥青，加盖水泥板。" * 30)
            meeting_id = call(desk, matter, on=date(2026, 10, 20)).id
            meeting, login = f"/villages/{desk.village.code}/matters/2026/1/meetings/{meeting_id}", desk.clerk.login
        sign_in(page, login, GOOD_PASSWORD)
        page.goto(f"{meeting}/sign-in-sheet")
        rosters = pages_of(page.pdf(prefer_css_page_size=True))
        page.goto(f"{meeting}/ballots")
        ballots = pages_of(page.pdf(prefer_css_page_size=True))
    assert len(rosters) == 3
    assert all(
        "李家村村党组织会议签到册2026年10月20日事项2026-1序号姓名" in re.sub(r"\s", "", sheet) for sheet in rosters
    )
    numbers = [int(row) for sheet in rosters for row in re.findall(r"^\s*(\d+)\s+\S+\s+一组", sheet, re.MULTILINE)]
    assert numbers == list(range(1, MEMBERS + 1))
    assert LONGEST in rosters[0]
    assert [sheet.count("计入弃权") for sheet in ballots] == [6] * 10


def pages_of(pdf: bytes) -> list[str]:
    """Return what stands on each page of a PDF, in its columns; every page is A4 upright."""
    sizes = set(re.findall(r"Page +\d+ size: +(.*)", poppler(pdf, "pdfinfo", "-l", "99", "{}")))
    assert sizes == {"594.96 x 841.92 pts (A4)"}
    return poppler(pdf, "pdftotext", "-layout", "{}", "-").split("\f")[:-1]
