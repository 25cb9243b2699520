"""Tender, carrying out, photos and scans over the pages."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from tests.decisions.matters import paid_by
from tests.decisions.page_world import MatterWorld, errors_of, in_autumn, make_matter_world, matter_at
from tests.factories import make_person, make_role, sign_in
from village_open.decisions.models import EventKind
from village_open.decisions.queries import list_events, list_matter_papers
from village_open.decisions.rules.order import Happened, Paid
from village_open.decisions.surroundings import ask_above
from village_open.storage import read_file
from village_open.villages.models import RoleKind

CONTRACT = {
    "kind": "contract", "on": "9.28", "until": "", "party": "顺达建筑队", "amount_fen": "345,000", "people": "",
    "note": "",
}  # fmt: skip


@pytest.fixture
def world(app: Flask):
    with in_autumn():
        yield make_matter_world(app)


@pytest.fixture
def road(world: MatterWorld) -> str:
    """A matter that was decided."""
    url = world.bring_to_vote()
    world.decide(url)
    return url


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def picture(colour: str = "white", exif: bytes = b"") -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (400, 300), colour).save(made, "JPEG", **({"exif": exif} if exif else {}))
    made.seek(0)
    return made


def add(world: MatterWorld, url: str, **changed: str):
    return world.clerk.post(f"{url}/events/new", data={**CONTRACT, **changed})


def hand_in(world: MatterWorld, url: str, *files, **changed: str):
    data = {"kind": "before", "place": "matter", "files": list(files), **changed}
    return world.clerk.post(f"{url}/papers/new", data=data, content_type="multipart/form-data")


def events(world: MatterWorld, url: str):
    with world.app.app_context():
        return list_events(matter_at(url))


def papers(world: MatterWorld, url: str):
    with world.app.app_context():
        return list_matter_papers(matter_at(url))


def test_planned_contracted_paid_and_accepted_stand_side_by_side(world: MatterWorld, road: str) -> None:
    paid = Happened("payment", date(2026, 10, 2), party="顺达建筑队", amount_fen=10_000_000)
    ask_above(world.app, paid_by([paid]))
    assert add(world, road).location == f"{road}#event-1"
    add(world, road, kind="acceptance", on="10.7", party="", people="李建国、孙德厚", amount_fen="344000")
    page = read(world.officer.get(road))
    sums = [cell.text for cell in page.select_one("#carrying-out ~ .table-frame").select("tbody td")]
    assert sums == ["345,600.00", "345,000.00", "100,000.00", "344,000.00"]
    told = [frame.get_text(" ", strip=True) for frame in page.select(".table-frame")]
    assert any("顺达建筑队 100,000.00 合计 100,000.00" in words for words in told)
    assert any("2026-10-07 验收 344,000.00 李建国、孙德厚" in words for words in told)


def test_a_payment_leads_those_who_may_see_it_to_its_line_of_the_ledger(world: MatterWorld, road: str) -> None:
    paid = Paid("payment", date(2026, 10, 2), None, "顺达建筑队", 10_000_000, period_code="2026Q4", line_id=7)
    ask_above(world.app, paid_by([paid]))
    line = 'a[href="/villages/990101101200/2026Q4/lines/7"]'
    assert read(world.officer.get(road)).select_one(line).text == "100,000.00"
    with world.acting_on_village() as village:
        inspector = make_person("王检查", login="inspector", must_change_password=False)
        make_role(inspector, RoleKind.INSPECTOR, village.code[:6])
        visitor = inspector.id
    client = world.app.test_client()
    sign_in(client, visitor)
    page = read(client.get(road))
    assert page.select(line) == []
    assert "顺达建筑队" in page.text


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"kind": ""}, "kind", "请选一项。"),
        ({"on": ""}, "on", "请填写这一项。"),
        ({"on": "2026-12-01"}, "on", "日期不能在今天以后。"),
        ({"until": "9.27"}, "until", "结束日期不能早于开始日期。"),
        ({"party": ""}, "party", "请写对方的名称"),
        ({"amount_fen": ""}, "amount_fen", "请填写金额。"),
        ({"kind": "acceptance"}, "people", "请写谁参加了验收。"),
    ],
)
def test_an_event_that_cannot_be_is_told_at_the_field_and_kept(
    world: MatterWorld, road: str, changed: dict[str, str], field: str, told: str
) -> None:
    answer = add(world, road, **changed)
    assert answer.status_code == 422
    assert told in errors_of(answer)[field]
    assert read(answer).select_one("#amount_fen")["value"] == {**CONTRACT, **changed}["amount_fen"]
    assert events(world, road) == []


def test_an_acceptance_before_the_vote_is_refused(world: MatterWorld) -> None:
    answer = add(world, world.propose(), kind="acceptance", people="李建国")
    assert answer.status_code == 422
    assert "现在该办的是“村党组织提议”，不能验收。" in answer.text


def test_a_struck_event_is_crossed_out_and_leaves_the_sums(world: MatterWorld, road: str) -> None:
    add(world, road)
    assert errors_of(world.clerk.post(f"{road}/events/1/strike", data={"reason": ""}))["reason"]
    assert world.clerk.post(f"{road}/events/1/strike", data={"reason": "金额抄错"}).status_code == 302
    page = read(world.officer.get(road))
    assert "已作废，理由：金额抄错" in page.select_one("tr.struck").text
    assert page.select_one("#carrying-out ~ .table-frame").select("tbody td")[1].text == "0.00"


def test_photos_are_made_anew_and_shown_before_during_and_after(world: MatterWorld, road: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "王家门口 13912345678"
    assert hand_in(world, road, (picture(exif=exif.tobytes()), "施工前.jpg")).location == f"{road}#papers"
    hand_in(world, road, (picture("red"), "a.jpg"), (picture("blue"), "b.jpg"), kind="after")
    page = read(world.browser(world.head).get(road))
    stages = [len(stage.select("img")) for stage in page.select(".stages > div")]
    assert stages == [1, 0, 2]
    first = page.select_one(".stages img")
    assert first["alt"] == "施工前照片 施工前.jpg"
    thumb = world.browser(world.desk.overseers[0]).get(first["src"])
    assert (thumb.status_code, thumb.mimetype) == (200, "image/jpeg")
    file = world.officer.get(first.parent["href"])
    assert b"13912345678" not in file.data
    assert "sandbox" in file.headers["Content-Security-Policy"]
    with world.app.app_context():
        assert b"13912345678" not in read_file(papers(world, road)[0].file_sha256)


def test_minutes_belong_to_their_meeting_and_the_finding_goes(world: MatterWorld) -> None:
    url = world.bring_to_vote()
    missing = "2026年9月11日党员大会缺会议记录"
    assert missing in world.officer.get(url).text
    meeting = read(world.clerk.get(url)).select(".meeting")[-1]["id"]
    form = read(world.clerk.get(f"{url}/papers/new?place={meeting}"))
    assert form.select_one("#place option[selected]").text == "2026年9月11日 党员大会"
    hand_in(world, url, (picture(), "记录.jpg"), kind="minutes", place=meeting)
    hand_in(world, url, (picture("red"), "签到.jpg"), kind="attendance", place=meeting)
    assert missing not in world.officer.get(url).text
    page = read(world.officer.get(f"{url}/meetings/{meeting.removeprefix('meeting-')}"))
    assert [image["alt"] for image in page.select(".thumbs img")] == ["会议记录 记录.jpg", "签到表 签到.jpg"]


def test_a_file_that_is_no_photo_is_told_and_the_others_are_kept(world: MatterWorld, road: str) -> None:
    answer = hand_in(world, road, (BytesIO(b"not a picture"), "坏.jpg"))
    assert answer.status_code == 422
    assert "坏.jpg：只收照片" in errors_of(answer)["files"]
    assert papers(world, road) == []
    clerk = world.clerk
    files = [(picture(), "好.jpg"), (BytesIO(b"x"), "坏.jpg")]
    data = {"kind": "before", "place": "matter", "files": files}
    page = clerk.post(f"{road}/papers/new", data=data, content_type="multipart/form-data", follow_redirects=True).text
    assert "已收到 1 份材料。" in page
    assert "坏.jpg：只收照片" in page
    assert len(papers(world, road)) == 1


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"kind": ""}, "kind", "请选一项。"),
        ({"place": "meeting-999"}, "place", "请从列表里选一项。"),
    ],
)
def test_papers_need_a_kind_and_a_place_of_this_matter(
    world: MatterWorld, road: str, changed: dict[str, str], field: str, told: str
) -> None:
    assert told in errors_of(hand_in(world, road, (picture(), "a.jpg"), **changed))[field]
    assert "请先选择照片或 PDF。" in errors_of(hand_in(world, road))["files"]
    assert papers(world, road) == []


def test_a_paper_is_taken_out_by_the_clerk_and_its_file_stays(world: MatterWorld, road: str) -> None:
    hand_in(world, road, (picture(), "施工前.jpg"))
    (paper,) = papers(world, road)
    assert not read(world.officer.get(road)).select('form[action$="/remove"]')
    assert world.clerk.post(f"{road}/papers/{paper.id}/remove").status_code == 302
    assert papers(world, road) == []
    with world.app.app_context():
        assert read_file(paper.file_sha256)


def test_a_paper_of_another_matter_is_not_found(world: MatterWorld, road: str) -> None:
    other = world.propose()
    hand_in(world, road, (picture(), "施工前.jpg"))
    (paper,) = papers(world, road)
    assert world.clerk.post(f"{other}/papers/{paper.id}/remove").status_code == 404
    assert len(papers(world, road)) == 1


def test_every_kind_of_event_has_its_sentence_on_the_form(world: MatterWorld, road: str) -> None:
    page = read(world.clerk.get(f"{road}/events/new?kind=acceptance"))
    assert len(page.select(".explained .hint")) == len(EventKind)
    assert page.select_one("input[checked]")["value"] == "acceptance"
