"""Who wins again and again, as the township reads it and takes it home."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from python_calamine import CalamineWorkbook

from tests.decisions.matters import happen, propose
from tests.decisions.page_world import MATTERS, MatterWorld, in_autumn, make_matter_world
from tests.house.test_queries import counted
from village_open.db import PER_PAGE, transaction
from village_open.decisions.models import EventKind

LIST = "/office/990101101/repeat-winners"


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


def win(world: MatterWorld, *parties: str, matters: int = 3) -> None:
    """Let each party sign a contract for each of so many matters."""
    with world.app.app_context(), transaction():
        for number in range(matters):
            matter = propose(world.desk, title=f"修路{number + 1}")
            for party in parties:
                on = date(2026, 5, 1 + number)
                happen(world.desk, matter, EventKind.CONTRACT, on, party=party, amount_fen=100_000 * (number + 1))


def table_of(html: str) -> list[list[str]]:
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rows]


def test_the_matrix_leads_to_the_list_and_each_win_to_its_matter(world: MatterWorld) -> None:
    officer = world.officer
    assert f'href="{LIST}"' in officer.get("/office/990101101/matrix").text
    assert "没有反复中标的单位和个人" in officer.get(LIST).text
    win(world, "恒达建筑公司")
    page = officer.get(LIST).text
    assert "从2024年10月8日起" in page
    assert table_of(page) == [
        [
            "恒达建筑公司", "3", "1", "3", "6,000.00", "2026-05-01 2026-05-03",
            "李家村 2026-3 修路3 3,000.00 李家村 2026-2 修路2 2,000.00 李家村 2026-1 修路1 1,000.00",
        ]
    ]  # fmt: skip
    links = [link["href"] for link in BeautifulSoup(page, "html.parser").select(".won a")]
    assert links == [f"{MATTERS}/2026/{seq}#carrying-out" for seq in (3, 2, 1)]


def test_a_long_list_is_paged_and_asks_as_often_as_a_short_one(world: MatterWorld) -> None:
    officer = world.officer
    win(world, "恒达建筑公司")
    with counted(world.app) as few:
        officer.get(LIST)
    win(world, *(f"公司{number:02}" for number in range(PER_PAGE)))
    with counted(world.app) as many:
        first = officer.get(LIST).text
    assert len(many) == len(few)
    assert (len(table_of(first)), len(table_of(officer.get(f"{LIST}?page=2").text))) == (PER_PAGE, 1)
    assert "第 1 页，共 2 页，51 条" in first


def test_the_whole_list_goes_home_with_the_matters_behind_it(world: MatterWorld) -> None:
    win(world, *(f"公司{number:02}" for number in range(PER_PAGE + 1)))
    officer = world.officer
    lines = officer.get(f"{LIST}.csv").data.decode("utf-8-sig").splitlines()
    assert lines[:2] == [
        "中标人,中标几次,在几个村,一个村最多几次,金额合计（元）,最早,最近",
        "公司00,3,1,3,6000.00,2026-05-01,2026-05-03",
    ]
    assert len(lines) == PER_PAGE + 2
    sheets = sheets_of(officer.get(f"{LIST}.xlsx").data)
    assert list(sheets) == ["反复中标", "中标的事项"]
    assert sheets["中标的事项"][:2] == [
        ["中标人", "村", "事项编号", "事项", "金额（元）", "日期"],
        ["公司00", "李家村", "2026-3", "修路3", 3000.0, date(2026, 5, 3)],
    ]
    assert len(sheets["中标的事项"]) == 3 * (PER_PAGE + 1) + 1


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    """Read every sheet of a workbook by an independent reader."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
