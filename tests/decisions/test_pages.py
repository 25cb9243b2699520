"""The pages of a matter: the list, the proposal, and the matter's own page."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.decisions.page_world import HOME, MATTERS, MatterWorld, in_autumn, make_matter_world
from village_open.workbooks.reading import read_workbook


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


def test_an_empty_list_teaches_what_comes_here(world: MatterWorld) -> None:
    page = BeautifulSoup(world.clerk.get(MATTERS).text, "html.parser")
    assert page.select_one(".empty h2").text == "还没有事项"
    assert "村报账员" in page.select_one(".empty").text


def test_the_list_shows_the_step_that_is_due_and_the_latest_matter_first(world: MatterWorld) -> None:
    world.propose(title="村庄绿化")
    world.bring_to_vote()
    page = BeautifulSoup(world.officer.get(MATTERS).text, "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert [row[0] for row in rows] == ["2026-2", "2026-1"]
    assert rows[0][1:5] == ["修缮三组道路", "公益事业", "345,600.00", "● 村民会议或者村民代表会议决议"]
    assert rows[1][4] == "● 村党组织提议"


def test_a_long_list_is_paged(world: MatterWorld) -> None:
    for number in range(51):
        world.propose(title=f"事项{number}")
    first, second = (world.clerk.get(f"{MATTERS}?page={number}").text for number in (1, 2))
    assert "第 1 页，共 2 页，51 条" in first
    assert "事项50" in first
    assert "事项50" not in second
    assert "2026-1<" in second


def test_the_list_is_taken_home_with_amounts_as_numbers(world: MatterWorld) -> None:
    world.propose()
    head, row = read_workbook(world.clerk.get(f"{MATTERS}.xlsx").data)[0].rows
    told = dict(zip(head, row, strict=False))
    assert (told["编号"], told["事项"], told["金额（元）"]) == ("2026-1", "修缮三组道路", "345600")
    assert told["现在该办"] == "村党组织提议"
    csv = world.clerk.get(f"{MATTERS}.csv").data.decode("utf-8-sig")
    assert "修缮三组道路,公益事业,四议两公开,党员群众建议,345600.00" in csv


def test_the_village_page_and_the_main_links_lead_to_the_matters(world: MatterWorld) -> None:
    page = BeautifulSoup(world.clerk.get(HOME).text, "html.parser")
    assert page.select_one(f'.lead a[href="{MATTERS}"]')
    assert page.select_one(f'.main-nav a[href="{MATTERS}"]').text == "议事决策"
