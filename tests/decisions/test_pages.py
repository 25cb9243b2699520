"""The pages of a matter: the list, the proposal, and the matter's own page."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.decisions.page_world import HOME, MATTERS, MatterWorld, errors_of, in_autumn, make_matter_world, matter_at
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


PROPOSAL = {
    "title": "修缮三组道路", "text": "铺水泥路面 960 米", "amount_fen": "345,600", "type_key": "public_works",
    "origin": "people", "procedure_key": "", "group_name": "", "collective_item": "0", "purpose": "",
}  # fmt: skip


def propose(world: MatterWorld, **changed: str):
    return world.clerk.post(f"{MATTERS}/new", data={**PROPOSAL, **changed})


def kept(world: MatterWorld, url: str):
    with world.app.app_context():
        return matter_at(url)


def test_a_proposal_takes_the_four_steps_unless_somebody_chooses_otherwise(world: MatterWorld) -> None:
    answer = propose(world)
    assert answer.location == f"{MATTERS}/2026/1"
    matter = kept(world, answer.location)
    assert (matter.procedure_key, matter.amount_fen, matter.origin) == ("four", 34_560_000, "people")


@pytest.mark.parametrize(
    ("typed", "procedure", "purpose", "item"),
    [
        ({"type_key": "levy"}, "levy", "levy", None),
        ({"procedure_key": "merged"}, "merged", "", None),
        ({"procedure_key": "appraisal", "type_key": "other"}, "appraisal", "appraisal", None),
        ({"procedure_key": "collective"}, "collective", "", 13),
        ({"procedure_key": "collective", "type_key": "land", "collective_item": "10"}, "collective", "", 10),
        ({"type_key": "homestead", "acts_for_collective": "y"}, "four", "", 8),
        ({"type_key": "land", "purpose": "land_outside"}, "four", "land_outside", None),
    ],
)
def test_the_type_presets_procedure_purpose_and_the_only_item(
    world: MatterWorld, typed: dict[str, str], procedure: str, purpose: str, item: int | None
) -> None:
    matter = kept(world, propose(world, **typed).location)
    assert (matter.procedure_key, matter.purpose, matter.collective_item) == (procedure, purpose, item)


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"title": " "}, "title", "请写事项名称"),
        ({"type_key": ""}, "type_key", "请选一项。"),
        ({"amount_fen": "3.5万"}, "amount_fen", "万"),
        ({"amount_fen": "0"}, "amount_fen", "金额要大于 0；不花钱的事项请留空。"),
        ({"type_key": "levy", "procedure_key": "four"}, "procedure_key", "请选“按事项类型定”"),
        ({"procedure_key": "levy"}, "procedure_key", "“一事一议”只用于筹资筹劳"),
        ({"procedure_key": "group"}, "group_name", "请选是哪个村民小组。"),
        ({"type_key": "homestead"}, "acts_for_collective", "“宅基地”由集体经济组织决定"),
        ({"procedure_key": "collective", "acts_for_collective": "y"}, "acts_for_collective", "请把勾去掉"),
        (
            {"procedure_key": "collective", "type_key": "land"},
            "collective_item",
            "请选农村集体经济组织法第26条的哪一项",
        ),
        (
            {"procedure_key": "collective", "type_key": "land", "collective_item": "7"},
            "collective_item",
            "“土地承包与征地补偿”属于农村集体经济组织法第26条第八项、第十项，请从中选。",
        ),
        ({"collective_item": "7"}, "collective_item", "这件事不由集体经济组织决定"),
    ],
)
def test_a_proposal_that_cannot_be_is_told_at_the_field_and_keeps_what_was_typed(
    world: MatterWorld, typed: dict[str, str], field: str, told: str
) -> None:
    answer = propose(world, **typed)
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    assert "铺水泥路面 960 米</textarea>" in answer.text
    assert BeautifulSoup(world.clerk.get(MATTERS).text, "html.parser").select_one(".empty")


def test_every_choice_of_a_proposal_carries_its_sentence_and_the_items_are_mapped(world: MatterWorld) -> None:
    page = BeautifulSoup(world.clerk.get(f"{MATTERS}/new").text, "html.parser")
    options = page.select(".explained input[type=radio]")
    assert len(options) == 12 + 3 + 9
    assert all(page.select_one(f"#{option['aria-describedby']}").text.strip() for option in options)
    mapping = {row.th.text: row.td.get_text("|") for row in page.select(".mapping tbody tr")}
    assert len(mapping) == 12
    assert mapping["宅基地"] == "第八项：土地承包、宅基地使用、收益权份额量化（只能由成员大会决定）"


def test_the_page_of_a_matter_shows_its_steps_its_text_and_the_vote(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    world.decide(url, agree=3, oppose=3)
    world.decide(url)
    page = BeautifulSoup(world.officer.get(url).text, "html.parser")
    steps = [(step.select_one(".word").text, step["class"][0]) for step in page.select(".steps > li")]
    assert steps[:5] == [
        ("村党组织提议", "done"), ("村“两委”会商议", "done"), ("党员大会审议", "done"),
        ("村民会议或者村民代表会议决议", "done"), ("决议公开", "now"),
    ]  # fmt: skip
    failed, passed = page.select(".meeting")[-2:]
    assert "未通过" in failed.select_one(".badge-word").text
    assert "同意 3、反对 3、弃权 0，3 ≤ 3（到会过半），未通过" in failed.select_one(".vote").text
    assert "应到 6 人，实到 6 人" in passed.select_one(".vote").text
    assert "依据：村民委员会组织法（2025年修订）第30条" in passed.text


def test_a_changed_text_is_a_new_version_and_the_first_stays_readable(world: MatterWorld) -> None:
    url = world.propose()
    form = {"version": "1", "text": "铺沥青路面 960 米", "amount_fen": "400000"}
    assert world.clerk.post(f"{url}/text", data=form).location == url
    page = world.clerk.get(url).text
    assert "方案（第 2 稿）" in page
    assert "铺沥青路面 960 米" in page
    assert "铺水泥路面 960 米，宽 3.5 米" in page
    lost = world.clerk.post(f"{url}/text", data={**form, "text": "改用砂石"})
    assert lost.status_code == 409
    assert "改用砂石" in lost.text
    assert kept(world, url).text_version == 2


def test_a_text_that_was_voted_on_is_no_longer_changed(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    world.decide(url)
    assert "/text" not in world.clerk.get(url).text
    answer = world.clerk.post(f"{url}/text", data={"version": "1", "text": "改了", "amount_fen": ""})
    assert answer.status_code == 422
    assert "方案已经表决通过，不能再改" in answer.text


def test_a_matter_is_given_up_with_a_reason_and_stays_readable(world: MatterWorld) -> None:
    url = world.propose()
    assert errors_of(world.clerk.post(f"{url}/withdrawal", data={"reason": " "}))["reason"]
    assert world.clerk.post(f"{url}/withdrawal", data={"reason": "项目没有批下来"}).location == url
    page = BeautifulSoup(world.clerk.get(url).text, "html.parser")
    assert "项目没有批下来" in page.select_one(".notice.bad").text
    assert page.select_one(".steps .blocked .word").text == "村党组织提议"
    assert not page.select(f'a[href="{url}/text"]')
    assert "已终止" in world.officer.get(MATTERS).text


def test_findings_are_for_the_groups_and_the_township_and_name_their_basis(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    for person in (world.desk.officer, world.desk.overseers[0], world.desk.reviewers[0]):
        found = BeautifulSoup(world.browser(person).get(url).text, "html.parser").select_one(".findings")
        assert "2026年9月11日党员大会没有登记哪天通知，应当提前 3 日" in found.text
        assert "依据：当地程序：方案提前3日送达党员" in found.text
    for person in (world.desk.clerk, world.head):
        assert "没有登记哪天通知" not in world.browser(person).get(url).text


def test_a_matter_of_another_number_is_not_found(world: MatterWorld) -> None:
    assert world.clerk.get(f"{MATTERS}/2026/7").status_code == 404
