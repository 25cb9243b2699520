"""The tender on its matter's page: every step with dates, people and papers, and what is still to be done."""

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.decisions.page_world import MatterWorld, errors_of, in_autumn, make_matter_world
from tests.decisions.test_event_pages import hand_in, picture
from village_open.decisions.actions.events import NewEvent, add_event
from village_open.decisions.models import EventKind

STEPS = ["预算", "招标公告", "报名", "竞价记录", "中标公示", "合同"]


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


def happen(world: MatterWorld, url: str, kind: EventKind, day: int, **more) -> None:
    with world.acting(url) as matter:
        add_event(by=world.desk.clerk, matter=matter, event=NewEvent(kind, date(2026, 9, day), **more))


def rows_of(html: str, caption: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select(f'.table-frame[aria-label="{caption}"] tbody tr')


def words(part: Tag) -> str:
    return part.get_text(" ", strip=True)


def test_every_step_of_the_tender_stands_in_its_order_with_who_and_how_much(world: MatterWorld) -> None:
    url = world.propose()
    happen(world, url, EventKind.CONTRACT, 25, party="顺达建筑队", amount_fen=33_000_000)
    happen(world, url, EventKind.BID, 18, party="恒达建筑公司", amount_fen=34_000_000)
    happen(world, url, EventKind.BID, 18, party="顺达建筑队", amount_fen=33_000_000, people="李建国、孙德厚")
    happen(world, url, EventKind.REGISTRATION, 12, until=date(2026, 9, 16), people="两家")
    happen(world, url, EventKind.PROGRESS, 28, note="路基完工")
    page = world.officer.get(url).text
    rows = rows_of(page, "招标：预算到合同")
    assert [words(row.th) for row in rows] == [*STEPS[:3], *["竞价记录"] * 2, *STEPS[4:]]
    assert [words(row.td) for row in rows if "undone" in row.get("class", [])] == ["还没有登记"] * 3
    assert words(rows[2]) == "报名 2026-09-12 至 2026-09-16 两家"
    assert words(rows[4]) == "竞价记录 2026-09-18 顺达建筑队 330,000.00 李建国、孙德厚"
    assert [words(row) for row in rows_of(page, "实施的经过")] == ["2026-09-28 施工进度 路基完工"]


def test_a_missing_step_leads_the_clerk_to_its_form(world: MatterWorld) -> None:
    url = world.propose()
    rows = rows_of(world.clerk.get(url).text, "招标：预算到合同")
    links = [row.a["href"] for row in rows]
    assert links[:2] == [f"{url}/events/new?kind=budget", f"{url}/events/new?kind=tender_notice"]
    form = BeautifulSoup(world.clerk.get(links[1]).text, "html.parser")
    assert form.select_one("input[checked]")["value"] == "tender_notice"
    assert not [row for row in rows_of(world.officer.get(url).text, "招标：预算到合同") if row.a]


def test_a_matter_that_needs_no_tender_shows_one_as_soon_as_it_is_begun(world: MatterWorld) -> None:
    url = world.propose(type_key="large_spending")
    happen(world, url, EventKind.CONTRACT, 18, party="顺达建筑队", amount_fen=33_000_000)
    page = world.officer.get(url).text
    assert rows_of(page, "招标：预算到合同") == []
    assert len(rows_of(page, "招标和实施的经过")) == 1
    happen(world, url, EventKind.BID, 15, party="顺达建筑队", amount_fen=33_000_000)
    page = world.officer.get(url).text
    assert len(rows_of(page, "招标：预算到合同")) == len(STEPS)
    assert rows_of(page, "招标和实施的经过") == []


def test_a_step_that_was_struck_is_still_to_be_done(world: MatterWorld) -> None:
    url = world.propose()
    happen(world, url, EventKind.BUDGET, 11, amount_fen=100)
    world.clerk.post(f"{url}/events/1/strike", data={"reason": "金额抄错"})
    struck, undone, *_more = rows_of(world.officer.get(url).text, "招标：预算到合同")
    assert (struck["class"], undone["class"]) == (["struck"], ["undone"])
    assert words(struck.th) == words(undone.th) == "预算"


def test_the_papers_of_a_step_stand_beside_it(world: MatterWorld) -> None:
    url = world.propose()
    happen(world, url, EventKind.BID, 15, party="顺达建筑队", amount_fen=33_000_000)
    (bid,) = [row for row in rows_of(world.clerk.get(url).text, "招标：预算到合同") if row.get("id")]
    link = bid.select_one(".links a")
    form = BeautifulSoup(world.clerk.get(link["href"]).text, "html.parser")
    assert [words(option) for option in form.select("option[selected]")] == [
        "报价和竞价记录", "2026年9月15日 竞价记录 顺达建筑队",
    ]  # fmt: skip
    hand_in(world, url, (picture(), "报价.jpg"), kind="bid", place="event-1")
    (bid,) = [row for row in rows_of(world.officer.get(url).text, "招标：预算到合同") if row.get("id")]
    paper = bid.select_one(".won a")
    assert words(paper) == "报价和竞价记录 报价.jpg"
    assert world.officer.get(paper["href"]).mimetype == "image/jpeg"


@pytest.mark.parametrize(
    ("kind", "field", "told"),
    [
        ("tender_notice", "until", "请填写贴到哪天止，公示要写明起止日期。"),
        ("award_notice", "until", "请填写贴到哪天止，公示要写明起止日期。"),
        ("registration", "people", "请写谁报了名。"),
    ],
)
def test_a_notice_needs_its_last_day_and_a_registration_its_people(
    world: MatterWorld, kind: str, field: str, told: str
) -> None:
    url = world.propose()
    typed = {"kind": kind, "on": "9.20", "party": "顺达建筑队", "amount_fen": "100"}
    answer = world.clerk.post(f"{url}/events/new", data=typed)
    assert errors_of(answer) == {field: told}
    answer = world.clerk.post(f"{url}/events/new", data={**typed, "until": "9.22", "people": "顺达建筑队"})
    assert answer.status_code == 302
