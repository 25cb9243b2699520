"""The oversight group on an announcement's pages: stepping aside, signing on paper, and only what was submitted."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.decisions.matters import NOW, announce, bring_to_vote, decide, happen, make_rosters, propose
from tests.decisions.page_world import errors_of
from tests.factories import sign_in
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.db import db, transaction
from village_open.decisions.models import Announcement, AnnouncementKind, AnnouncementState, EventKind
from village_open.decisions.queries import get_matter
from village_open.notices.affairs import draft_affairs
from village_open.record.queries import find_broken_link, list_trail

VILLAGE = "990101101200"
HOME = f"/villages/{VILLAGE}/matters/2026/1"
ONE = f"/villages/{VILLAGE}/announcements/1"
MEMBERS = ("leader", "second", "third")


@pytest.fixture
def people(app: Flask) -> Iterator[dict[str, tuple[int, str]]]:
    """A resolution before the oversight group; id and name of everybody by what they are."""
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            make_rosters(desk)
            matter = bring_to_vote(desk, propose(desk))
            decide(desk, matter, agree=24, oppose=3, abstain=2)
            happen(desk, matter, EventKind.ACCEPTANCE)
            announce(desk, matter)
            who = dict(zip(("clerk", "officer", *MEMBERS), (desk.clerk, desk.officer, *desk.overseers), strict=True))
            named = {key: (person.id, person.name) for key, person in who.items()}
        yield named
        with app.app_context():
            assert find_broken_link(VILLAGE) is None


@pytest.fixture
def browsers(app: Flask, people: dict[str, tuple[int, str]]) -> dict[str, FlaskClient]:
    """A browser for each of them."""
    found = {who: app.test_client() for who in people}
    for who, client in found.items():
        sign_in(client, people[who][0])
    return found


def read(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def sign(member: FlaskClient, decision: str = "agree") -> TestResponse:
    seen = read(member.get(f"{ONE}/signature")).select_one("[name=content_sha256]")["value"]
    return member.post(f"{ONE}/signature", data={"content_sha256": seen, "decision": decision, "note": ""})


def photo() -> tuple[BytesIO, str]:
    made = BytesIO()
    Image.new("RGB", (40, 60), "white").save(made, "JPEG")
    made.seek(0)
    return made, "签字.jpg"


def change_title(app: Flask) -> None:
    with app.app_context(), transaction():
        get_matter(VILLAGE, 2026, 1).title = "修缮三组、四组道路"


def stage(app: Flask) -> AnnouncementState:
    with app.app_context():
        return db.session.get_one(Announcement, 1).stage


def test_a_recusal_counts_the_votes_anew_names_who_leads_and_prints(app, people, browsers) -> None:
    leader, second, third = (browsers[who] for who in MEMBERS)
    typed = {"member_id": people["leader"][0], "reason": "承包人是我弟弟", "replaced_by": 0}
    unled = leader.post(f"{ONE}/recusal", data=typed)
    assert unled.status_code == 422
    assert "代行组长" in errors_of(unled)["replaced_by"]
    assert read(unled).select_one("textarea").text.strip() == "承包人是我弟弟"
    gone = leader.post(f"{ONE}/recusal", data={**typed, "replaced_by": people["second"][0]})
    assert gone.location == ONE
    page = browsers["officer"].get(ONE).text
    assert "1 人回避，应签 2 人，过半数为 2 人" in page
    assert f"承包人是我弟弟，由{people['second'][1]}代行组长" in page
    assert not read(leader.get(ONE)).select_one(".next-step")
    assert [sign(member).location for member in (second, third)] == [ONE, ONE]
    assert stage(app) is AnnouncementState.EXAMINED
    with app.app_context():
        row = db.session.get_one(Announcement, 1)
        signers = draft_affairs(row, issued_on=clock.today())["signers"]
        assert (signers[0]["decision"], signers[0]["note"]) == ("回避", "承包人是我弟弟")
        said = [line.said for line in list_trail(VILLAGE).items]
    assert f"对事项 2026-1“修缮三组道路”的决议公开回避，理由：承包人是我弟弟，由{people['second'][1]}代行组长" in said


def test_who_signed_or_stepped_aside_is_asked_no_more(people, browsers) -> None:
    second = browsers["second"]
    for page in (ONE, HOME):
        assert read(second.get(page)).select_one(".next-step a")["href"] == f"{ONE}/signature"
    sign(second)
    for page in (ONE, HOME):
        assert not read(second.get(page)).select_one(".next-step")
    assert "我要回避" not in second.get(ONE).text
    late = second.post(f"{ONE}/recusal", data={"member_id": people["second"][0], "reason": "晚了", "replaced_by": 0})
    assert late.status_code == 422


def test_a_member_signs_on_paper_and_another_one_confirms_it(app, people, browsers) -> None:
    sheet = read(browsers["second"].get(f"{ONE}/sign-off")).select_one(".sign-off").text
    third = people["third"][1]
    for words in ("村务监督小组签字页", "铺水泥路面 960 米", "同意 24、反对 3、弃权 2", "内容校验码", third):
        assert words in sheet
    typed = {"member_id": people["third"][0], "decision": "agree", "note": ""}
    clerk, leader = browsers["clerk"], browsers["leader"]
    assert errors_of(clerk.post(f"{ONE}/signatures/new", data=typed))["photo"] == "请选择签字页的照片或扫描件。"
    broken = clerk.post(f"{ONE}/signatures/new", data={**typed, "photo": (BytesIO(b"no picture"), "签字.jpg")})
    assert errors_of(broken)["photo"]
    assert clerk.post(f"{ONE}/signatures/new", data={**typed, "photo": photo()}).location == ONE
    waiting = read(leader.get(ONE)).find("a", string="看照片、确认")["href"]
    assert leader.get(f"{waiting}/photo").mimetype == "image/jpeg"
    assert errors_of(leader.post(waiting, data={"is_genuine": "no", "reason": ""}))["reason"]
    wrong = browsers["officer"].post(waiting, data={"is_genuine": "yes", "reason": ""})
    assert wrong.status_code == 422
    assert leader.post(waiting, data={"is_genuine": "yes", "reason": ""}).location == ONE
    assert f"纸上签字，{people['leader'][1]}确认" in browsers["officer"].get(ONE).text
    sign(leader)
    assert stage(app) is AnnouncementState.EXAMINED


def test_a_signature_that_is_not_the_members_own_counts_for_nothing(app, people, browsers) -> None:
    typed = {"member_id": people["third"][0], "decision": "agree", "note": "", "photo": photo()}
    browsers["clerk"].post(f"{ONE}/signatures/new", data=typed)
    waiting = read(browsers["leader"].get(ONE)).find("a", string="看照片、确认")["href"]
    browsers["leader"].post(waiting, data={"is_genuine": "no", "reason": "不是本人的字"})
    assert browsers["leader"].get(waiting).status_code == 404
    assert read(browsers["third"].get(ONE)).select_one(".next-step a")["href"] == f"{ONE}/signature"
    with app.app_context():
        said = [line.said for line in list_trail(VILLAGE).items]
    assert said[0].endswith("签字页上的签字，理由：不是本人的字")


def test_what_changed_since_it_was_submitted_is_told_and_not_signed(app, people, browsers) -> None:
    leader = browsers["leader"]
    change_title(app)
    assert "和提交时不同" in leader.get(ONE).text
    assert sign(leader).status_code == 422
    sheet = leader.get(f"{ONE}/sign-off")
    assert "和提交时不同" in sheet.text
    assert not read(sheet).select_one(".sign-off")
    assert stage(app) is AnnouncementState.SUBMITTED


def test_the_clerk_is_led_to_what_is_to_be_made_public_next(app, people, browsers) -> None:
    clerk, office = browsers["clerk"], browsers["officer"]
    assert not read(clerk.get(HOME)).select_one(".next-step")
    for who in ("leader", "second"):
        sign(browsers[who])
    assert read(office.get(HOME)).select_one(".next-step a")["href"] == f"{ONE}/check"
    office.post(f"{ONE}/return", data={"reason": "请写明工期"})
    assert read(clerk.get(HOME)).select_one(".next-step a")["href"] == ONE
    assert read(clerk.get(HOME)).select_one(".next-step a").text == "核对并提交公开稿"
    with app.app_context(), transaction():
        db.session.get_one(Announcement, 1).kind = AnnouncementKind.MEETING_NOTICE.value
    assert read(clerk.get(HOME)).select_one(".next-step a").text == "起草公开稿"
