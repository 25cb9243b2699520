"""The papers for a meeting as pages for the printer: what stands on each, and what they do without a roster."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.decisions.page_world import (
    NAMES,
    MatterWorld,
    in_autumn,
    make_matter_world,
    meeting_of,
)
from village_open.decisions.actions.matters import revise_text
from village_open.decisions.actions.meetings import strike_meeting
from village_open.decisions.actions.rosters import NewRoster, set_roster
from village_open.decisions.papers import BALLOTS_A_PAGE, MOST_PAGES, Ballots, PaperHead
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.matters import CARRY_OUT, DECIDE, procedures

PAPERS = ("notice", "sign-in-sheet", "ballots", "minutes-form", "result-form")
ON = date(2026, 10, 20)


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


@pytest.fixture
def vote(world: MatterWorld) -> str:
    """The address of the representatives' meeting that is called for the end of October."""
    return call(world, world.propose(), Body.REPRESENTATIVE_ASSEMBLY)


def call(world: MatterWorld, url: str, body: Body, step: str = DECIDE) -> str:
    """Call a body to a step, as if everything before it were done, and return the meeting's address."""
    with world.acting(url) as matter:
        matter.step = step
    return f"{url}/meetings/{world.call(url, body, ON, date(2026, 10, 7))}"


def paper_of(world: MatterWorld, meeting: str, paper: str) -> Tag:
    found = BeautifulSoup(world.clerk.get(f"{meeting}/{paper}").text, "html.parser").select_one(".meeting-paper")
    assert found is not None
    return found


def words(part: Tag) -> str:
    return re.sub(r"\s+", " ", part.get_text(" ", strip=True))


def facts(paper: Tag) -> dict[str, str]:
    """What stands beside each word of the table of facts; words in several rows keep the first."""
    rows = [row.find_all(["th", "td"]) for row in paper.select(".facts tr")]
    pairs = [(cells[number], cells[number + 1]) for cells in rows for number in range(0, len(cells), 2)]
    return {words(word): words(value) for word, value in pairs}


def test_the_meeting_leads_those_of_the_village_and_the_township_to_its_papers(world: MatterWorld, vote: str) -> None:
    for browser in (world.clerk, world.browser(world.desk.overseers[0]), world.officer):
        page = BeautifulSoup(browser.get(vote).text, "html.parser")
        links = [link["href"] for link in page.select("#prints + .ways a")]
        assert links == [f"{vote}/{paper}" for paper in PAPERS]
        assert {browser.get(link).status_code for link in links} == {200}
    assert f"{vote.partition('/meetings')[0]}/register" in world.clerk.get(vote.partition("/meetings")[0]).text


def test_a_notice_calls_the_members_to_the_text_that_they_will_vote_on(world: MatterWorld) -> None:
    url = world.propose(amount_fen=None)
    with world.acting(url) as matter:
        revise_text(by=world.desk.clerk, matter=matter, text="改铺沥青，电话 13812345678", amount_fen=12_345_600)
    paper = paper_of(world, call(world, url, Body.PARTY_BRANCH, "propose"), "notice")
    assert words(paper.select_one(".title")) == "李家村村党组织会议 会议通知"
    told = facts(paper)
    assert (told["时间"], told["地点"], told["召集人"]) == ("2026年10月20日", "村委会会议室", "李建国")
    assert (told["议程"], told["事项"]) == ("村党组织提议", "修缮三组道路")
    assert told["方案 （第 2 稿）"] == "改铺沥青，电话 138****5678"
    assert told["预计金额"] == "123,456.00 元（壹拾贰万叁仟肆佰伍拾陆元整）"
    assert "各位委员：" in words(paper)
    assert words(paper).endswith("通知日期：2026年10月7日")
    assert "依据" not in words(paper)


def test_only_days_of_notice_that_a_law_asks_for_are_printed_with_their_article(world: MatterWorld, vote: str) -> None:
    url = vote.partition("/meetings")[0]
    whole = call(world, url, Body.VILLAGER_ASSEMBLY)
    law = "应当提前 10 日通知。依据：村民委员会组织法（2025年修订）第25条"
    assert law in words(paper_of(world, whole, "notice"))
    assert "应当提前" not in words(paper_of(world, vote, "notice"))
    custom = call(world, url, Body.PARTY_ASSEMBLY, "review")
    assert "应当提前" not in words(paper_of(world, custom, "notice"))


def test_a_sign_in_sheet_numbers_the_roster_of_its_day(world: MatterWorld, vote: str) -> None:
    paper = paper_of(world, vote, "sign-in-sheet")
    heads = [words(head) for head in paper.select("thead tr:last-child th")]
    assert heads == ["序号", "姓名", "组", "户数", "签名", "委托、回避"]
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in paper.select("tbody tr")]
    assert rows == [[str(number), name, "一组", "20", "", ""] for number, name in enumerate(NAMES, 1)]
    assert words(paper.select_one(".of-page")) == "李家村村民代表会议签到册 2026年10月20日 事项 2026-1"
    assert paper.select_one(".of-page")["colspan"] == str(len(heads))
    assert "应到 6 人，共 120 户" in words(paper)
    assert "名册依据：2026年3月5日各组推选" in words(paper)


def test_a_roster_of_numbers_leaves_so_many_rows_for_names(world: MatterWorld) -> None:
    meeting = call(world, world.propose(), Body.PARTY_BRANCH, "propose")
    paper = paper_of(world, meeting, "sign-in-sheet")
    assert [words(head) for head in paper.select("thead tr:last-child th")] == ["序号", "姓名", "签名", "委托、回避"]
    assert [words(row) for row in paper.select("tbody tr")] == ["1", "2", "3", "4", "5"]
    assert "姓名由到会的人自己写" in world.clerk.get(f"{meeting}/sign-in-sheet").text


def test_there_is_a_ballot_for_everybody_and_nobody_is_named(world: MatterWorld, vote: str) -> None:
    with world.acting_on_village() as village:
        set_roster(
            by=world.desk.clerk, village=village,
            roster=NewRoster(Body.REPRESENTATIVE_ASSEMBLY, date(2026, 9, 30), "补选", member_count=8),
        )  # fmt: skip
    paper = paper_of(world, vote, "ballots")
    assert [len(page.select(".cut")) for page in paper.select(".cut-page")] == [6, 2]
    (ballot,) = {words(one) for one in paper.select(".cut")}
    assert ballot == (
        "李家村村民代表会议表决票 2026年10月20日 事项 2026-1 方案第 1 稿 修缮三组道路 345,600.00 元 "
        "铺水泥路面 960 米，宽 3.5 米 同意 反对 弃权 只选一项，打√；没有选、多选的，计入弃权。"
    )


@pytest.mark.parametrize(
    ("count", "pages", "copies"),
    [
        (1, (1,), 1), (6, (6,), 1), (7, (6, 1), 1),
        (BALLOTS_A_PAGE * MOST_PAGES, (BALLOTS_A_PAGE,) * MOST_PAGES, 1),
        (BALLOTS_A_PAGE * MOST_PAGES + 1, (BALLOTS_A_PAGE,), MOST_PAGES + 1),
    ],
)  # fmt: skip
def test_very_many_ballots_are_one_page_to_print_often(count: int, pages: tuple[int, ...], copies: int) -> None:
    head = PaperHead("青山镇", "李家村", "2026-1", "修路", "", "村民会议", ON, "", "")
    made = Ballots(head, count, "字" * 67, 1, None)
    assert (made.pages, made.copies) == (pages, copies)
    assert made.excerpt == "字" * 66 + "……"
    assert Ballots(head, 1, f" {'字' * 32}\n{'字' * 33}", 1, None).excerpt == f"{'字' * 32} {'字' * 33}"


def test_the_page_says_how_often_a_page_of_ballots_is_printed(world: MatterWorld, vote: str) -> None:
    url = vote.partition("/meetings")[0]
    whole = call(world, url, Body.VILLAGER_ASSEMBLY)
    with world.acting_on_village() as village:
        roster = NewRoster(Body.VILLAGER_ASSEMBLY, date(2026, 9, 30), "户籍", member_count=1201)
        set_roster(by=world.desk.clerk, village=village, roster=roster)
    page = world.clerk.get(f"{whole}/ballots").text
    assert "共要 1201 张" in page
    assert "打印份数请填 201" in page
    assert page.count('class="cut"') == 6


def test_the_minutes_form_knows_who_is_due_and_leaves_the_rest_open(world: MatterWorld, vote: str) -> None:
    paper = paper_of(world, vote, "minutes-form")
    assert words(paper.select_one(".title")) == "李家村会议记录 （四）村民会议或者村民代表会议决议"
    told = facts(paper)
    assert told["会议形式"] == "√ 村民代表会议 村民会议"
    assert (told["时间"], told["地点"]) == ("2026年10月20日", "村委会会议室")
    assert told["参会人员"] == "应到 6 人，实到 人，比例 %"
    assert told["内容"] == "铺水泥路面 960 米，宽 3.5 米"
    assert told["结果"] == "同意 人，反对 人，弃权 人；回避 人，是："
    assert {"讨论的主要意见", "参会人员签字", "乡镇参会人员签字（含职务）"} <= told.keys()
    assert "√ 党员群众建议" in words(paper.select_one(".under"))


def test_the_result_form_asks_what_the_page_asks_afterwards_in_its_order(world: MatterWorld, vote: str) -> None:
    url = vote.partition("/meetings")[0]
    whole = call(world, url, Body.VILLAGER_ASSEMBLY)
    for meeting, due in ((vote, "6 人"), (whole, "900 人")):
        paper = paper_of(world, meeting, "result-form")
        rows = {words(row.th): words(row.td) for row in paper.select(".counted tbody tr")}
        assert rows.pop("发出表决票") == "张"
        assert rows.pop("应到人数") == due
        page = BeautifulSoup(world.clerk.get(f"{meeting}/result").text, "html.parser")
        assert list(rows) == [words(label).removesuffix(" （可不填）") for label in page.select(".counts label")]
        assert set(rows.values()) == {"人", "票"} | ({"户"} if meeting == whole else set())
    assert "依据：村民委员会组织法（2025年修订）第26条" in words(paper)


def test_a_recall_leaves_the_number_of_voters_open(world: MatterWorld) -> None:
    meeting = call(world, world.propose(purpose=Purpose.RECALL), Body.VILLAGER_ASSEMBLY)
    row = paper_of(world, meeting, "result-form").select(".counted tbody tr")[1]
    assert words(row) == "应到人数 人"
    assert "应到 人，" in facts(paper_of(world, meeting, "minutes-form"))["参会人员"]


def test_a_paper_that_needs_a_roster_leads_to_where_it_is_entered(world: MatterWorld) -> None:
    meeting = call(world, world.propose(procedure_key="five"), Body.JOINT_MEETING, "consult")
    for paper in ("sign-in-sheet", "ballots", "result-form"):
        page = BeautifulSoup(world.clerk.get(f"{meeting}/{paper}").text, "html.parser")
        assert not page.select(".meeting-paper")
        assert page.select_one(".notice.bad a")["href"].endswith("/rosters/new?body=joint_meeting")
    assert "应到 人，" in facts(paper_of(world, meeting, "minutes-form"))["参会人员"]


def test_a_struck_meeting_has_no_papers(world: MatterWorld, vote: str) -> None:
    with world.acting(vote.partition("/meetings")[0]) as matter:
        meeting = meeting_of(matter, int(vote.rsplit("/", 1)[1]))
        strike_meeting(by=world.desk.clerk, meeting=meeting, reason="改期")
    assert 'id="prints"' not in world.clerk.get(vote).text
    for paper in PAPERS:
        answer = world.clerk.get(f"{vote}/{paper}")
        assert answer.status_code == 409
        assert "这次会议已经作废。" in answer.text


def test_the_register_has_a_sheet_for_every_step_and_knows_what_was_recorded(world: MatterWorld) -> None:
    url = world.propose()
    with world.acting(url) as matter:
        matter.step = DECIDE
    world.decide(url)
    page = BeautifulSoup(world.clerk.get(f"{url}/register").text, "html.parser")
    sheets = page.select(".of-register")
    assert [words(sheet.select_one(".title")) for sheet in sheets[2:4]] == [
        "李家村重大事务“四议两公开”决策实施登记表 （三）党员大会审议",
        "李家村重大事务“四议两公开”决策实施登记表 （四）村民会议或者村民代表会议决议",
    ]
    assert {words(sheet.select_one(".under")) for sheet in sheets} == {
        "事项编号：2026-1 动议事由（打√）： √ 党员群众建议 村干部提议 上级安排"
    }
    voted, open_still = facts(sheets[3]), facts(sheets[0])
    assert voted["参会人员"] == "应到 6 人，实到 6 人，比例 100.00%"
    assert voted["结果"].endswith("5 > 3（到会过半），通过。")
    assert "讨论的主要意见" not in voted
    assert (open_still["时间"], open_still["结果"][:4]) == ("年 月 日", "同意 人")
    assert list(facts(sheets[5])) == ["事项", "实施结果", "公开情况", "监督意见"]


def test_every_procedure_has_a_register_that_prints(world: MatterWorld) -> None:
    url, clerk = world.propose(), world.clerk
    for key, procedure in procedures().items():
        with world.acting(url) as matter:
            matter.procedure_key, matter.step = key, DECIDE
        sheets = clerk.get(f"{url}/register").text.count('class="of-register"')
        assert sheets == len([step for step in procedure.steps if step.key != CARRY_OUT]), key
