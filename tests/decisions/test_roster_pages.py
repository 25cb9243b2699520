"""Rosters: pasted, shown as understood, kept; nothing typed is lost on the way."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.decisions.page_world import ROSTERS, MatterWorld, errors_of, in_autumn, make_matter_world
from village_open.decisions.queries import list_rosters
from village_open.villages.actions import add_village_group

PASTED = "1\t王桂花\t一组\t女\t12\n2\t赵铁柱\t二组\t男\t15\n3\t周小满\t二组\t女\t13"
TYPED = {
    "body": "representative_assembly", "group_name": "", "starts_on": "10.1", "source": "2026年10月1日各组推选",
    "members": PASTED, "member_count": "", "household_count": "", "women_count": "",
}  # fmt: skip


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


def look(world: MatterWorld, **changed: str):
    return world.clerk.post(f"{ROSTERS}/new", data={**TYPED, **changed})


def keep(world: MatterWorld, shown, **changed: str):
    seen = BeautifulSoup(shown.text, "html.parser").select_one("[name=seen]")["value"]
    return world.clerk.post(f"{ROSTERS}/new", data={**TYPED, "seen": seen, "keep": "yes", **changed})


def count(world: MatterWorld) -> int:
    with world.app.app_context():
        return list_rosters(world.desk.village.id).total


def test_what_was_pasted_is_shown_before_it_is_kept(world: MatterWorld) -> None:
    before = count(world)
    shown = look(world)
    page = BeautifulSoup(shown.text, "html.parser")
    assert "名单 3 人，其中妇女 2 人，共代表 40 户。" in page.select_one(".notice").text
    assert [cell.text for cell in page.select("tbody tr:first-child > *")] == ["1", "王桂花", "一组", "女", "12"]
    assert page.select_one("textarea").text.strip() == PASTED
    assert count(world) == before
    kept = world.clerk.get(keep(world, shown).location)
    assert "周小满" in kept.text
    assert "40 户" in kept.text
    assert "2026年10月1日各组推选" in world.officer.get(ROSTERS).text


def test_what_was_changed_after_the_look_is_shown_again_and_not_kept(world: MatterWorld) -> None:
    before, shown = count(world), look(world)
    again = keep(world, shown, members=PASTED + "\n4\t吴大山\t三组")
    assert again.status_code == 200
    assert "名单 4 人" in again.text
    assert count(world) == before
    assert keep(world, again, members=PASTED + "\n4\t吴大山\t三组").status_code == 302


def test_looking_twice_keeps_nothing(world: MatterWorld) -> None:
    before, shown = count(world), look(world)
    seen = BeautifulSoup(shown.text, "html.parser").select_one("[name=seen]")["value"]
    assert look(world, seen=seen).status_code == 200
    assert count(world) == before


def test_numbers_alone_make_a_roster(world: MatterWorld) -> None:
    numbers = {"body": "villager_assembly", "members": "", "member_count": "1260", "household_count": "430"}
    shown = look(world, **numbers)
    assert "没有名单，只登记人数：1260 人。" in shown.text
    page = world.clerk.get(keep(world, shown, **numbers).location).text
    assert "1260 人" in page
    assert "430 户" in page
    assert "不能逐人登记" in page


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"members": "", "member_count": ""}, "members", "请粘贴名单；没有名单的，在下面填总人数。"),
        ({"members": "王桂花 一组 汉族"}, "members", "第 1 行的“汉族”读不懂"),
        ({"member_count": "4"}, "member_count", "名单里有 3 人，与总人数不同"),
        ({"body": "group_assembly"}, "group_name", "村民小组会议的名册要选小组"),
        ({"starts_on": "不知道"}, "starts_on", "读不懂"),
        ({"source": ""}, "source", "请填写这一项。"),
        ({"women_count": "-1"}, "women_count", "请填写 0 到 20000 之间的整数。"),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_nothing_is_lost(
    world: MatterWorld, changed: dict[str, str], field: str, told: str
) -> None:
    answer = look(world, **changed)
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("textarea").text.strip() == {**TYPED, **changed}["members"]
    assert page.select_one("#source")["value"] == {**TYPED, **changed}["source"]
    assert not page.select_one("[name=keep]")


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"members": "王桂花\n王桂花"}, "members", "王桂花写了两次"),
        ({"starts_on": "2026-12-01"}, "starts_on", "不能是以后的日子"),
        ({"starts_on": "2026-01-01"}, "starts_on", "新名册不能更早"),
    ],
)
def test_what_the_rules_refuse_comes_back_with_everything_typed(
    world: MatterWorld, changed: dict[str, str], field: str, told: str
) -> None:
    answer = keep(world, look(world, **changed), **changed)
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    assert {**TYPED, **changed}["members"] in answer.text


def test_a_group_has_its_own_roster(world: MatterWorld) -> None:
    with world.acting_on_village() as village:
        add_village_group(by=world.desk.clerk, village=village, name="三组", households=40)
    group = {"body": "group_assembly", "group_name": "三组"}
    page = world.clerk.get(keep(world, look(world, **group), **group).location)
    assert BeautifulSoup(page.text, "html.parser").h1.text == "李家村 三组 村民小组会议名册"


def test_too_few_women_are_told_with_the_article_and_do_not_stop_the_roster(world: MatterWorld) -> None:
    few = "王桂花 女\n赵铁柱\n吴大山\n冯长河"
    shown = look(world, members=few)
    assert "应当占组成人员的三分之一以上（村民委员会组织法（2025年修订）第29条）" in shown.text
    kept = keep(world, shown, members=few)
    assert "应当占组成人员的三分之一以上" in world.officer.get(kept.location).text


def test_a_roster_of_another_village_is_not_found(world: MatterWorld) -> None:
    assert world.clerk.get(f"{ROSTERS}/999").status_code == 404
