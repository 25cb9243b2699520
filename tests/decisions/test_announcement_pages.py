"""The pages of an announcement, from the clerk's draft to the sheet on the board and the resident's phone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.decisions.matters import NOW, bring_to_vote, decide, make_rosters, propose
from tests.factories import sign_in
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.db import transaction
from village_open.decisions.models import Announcement
from village_open.jobs import work_off
from village_open.villages.queries import list_boards

HOME = "/villages/990101101200/matters/2026/1"
ONE = "/villages/990101101200/announcements/1"


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            make_rosters(desk)
            for board in list_boards(desk.village.id):
                board.paper = "A4-portrait"
            decide(desk, bring_to_vote(desk, propose(desk)), agree=24, oppose=3, abstain=2)
            people = (desk.officer, desk.clerk, *desk.overseers)
            ids = [person.id for person in people]
        app.extensions["ids"] = dict(zip(("officer", "clerk", "leader", "second", "third"), ids, strict=True))
        yield desk


def browser(app: Flask, who: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, app.extensions["ids"][who])
    return client


def draft(app: Flask) -> FlaskClient:
    """Begin and submit the resolution as the clerk."""
    clerk = browser(app, "clerk")
    begun = clerk.post(f"{HOME}/announcements/new", data={"kind": "resolution", "note": "无"}, follow_redirects=True)
    assert "24 &gt; 14.5（到会过半），通过" in begun.text
    assert clerk.post(f"{ONE}/submission", follow_redirects=True).status_code == 200
    return clerk


def hash_on(page: str) -> str:
    return page.split('name="content_sha256" type="hidden" value="')[1].split('"', maxsplit=1)[0]


def sign_all(app: Flask, note: str = "") -> None:
    for who in ("leader", "second"):
        member = browser(app, who)
        seen = hash_on(member.get(f"{ONE}/signature").text)
        data = {"decision": "agree", "note": note, "content_sha256": seen}
        assert "已签署。" in member.post(f"{ONE}/signature", data=data, follow_redirects=True).text


def test_who_signs_and_who_checks_reads_what_is_wrong_with_the_days_and_what_signers_wrote(
    app: Flask, desk: Desk
) -> None:
    clerk = draft(app)
    sign_all(app, note="只提前两天通知")
    checking = browser(app, "officer").get(f"{ONE}/check").text
    assert "只提前两天通知" in checking
    assert "次序和日期的" in checking
    assert "次序和日期的" in browser(app, "third").get(f"{ONE}/signature").text
    assert "次序和日期的" not in clerk.get(ONE).text


def test_a_resolution_goes_from_the_draft_to_the_residents_page(app: Flask, desk: Desk) -> None:
    draft(app)
    sign_all(app)
    office = browser(app, "officer")
    assert "请看过以后打勾。" in office.post(f"{ONE}/check", data={}).text
    checked = office.post(f"{ONE}/check", data={"is_checked": "y"}, follow_redirects=True)
    assert "将要制作的公示单" in checked.text
    assert "决议公开" in checked.text
    assert office.get(f"{ONE}/issue/preview/resolution/A4-portrait").status_code == 200
    assert office.get(f"{ONE}/issue/preview/finance_lines/A4-portrait").status_code == 404
    assert office.post(f"{ONE}/issue").status_code == 302
    assert browser(app, "clerk").get("/village/990101101200/affairs/2026/1").status_code == 404
    with app.app_context():
        assert work_off() == 1
    sheet = office.get(f"{ONE}/issue/sheets/resolution/A4-portrait.pdf")
    assert sheet.data.startswith(b"%PDF")
    posted = {"sheet_kind": "resolution", "board_id": "1", "posted_on": "10.8", "posted_by": "李建国"}
    assert "已登记张贴。" in office.post(f"{ONE}/postings/new", data=posted, follow_redirects=True).text
    resident = app.test_client()
    assert "修缮三组道路" in resident.get("/village/990101101200/affairs").text
    page = resident.get("/village/990101101200/affairs/2026/1").text
    assert "应到 42 人，实到 29 人" in page
    assert "铺水泥路面 960 米" in page
    assert "事公1号" in page
    assert "/village/990101101200/affairs/2026/1" in resident.get("/search?q=水泥路面").text
    code = page.split('href="/v/')[-1].split('"')[0]
    assert "没有改动过" in resident.get(f"/v/{code}").text
    assert resident.get(f"/v/{code}/lines.csv").status_code == 404


def test_a_signature_on_other_words_than_those_shown_is_refused(app: Flask, desk: Desk) -> None:
    draft(app)
    member = browser(app, "leader")
    data = {"decision": "agree", "content_sha256": "0" * 64}
    refused = member.post(f"{ONE}/signature", data=data)
    assert refused.status_code == 422
    assert "error-summary" in refused.text
    reasonless = {"decision": "reserve", "content_sha256": hash_on(member.get(f"{ONE}/signature").text)}
    assert member.post(f"{ONE}/signature", data=reasonless).status_code == 422


def test_the_township_returns_it_with_a_reason_that_the_clerk_reads(app: Flask, desk: Desk) -> None:
    clerk = draft(app)
    sign_all(app)
    office = browser(app, "officer")
    assert office.post(f"{ONE}/return", data={"reason": ""}).status_code == 422
    office.post(f"{ONE}/return", data={"reason": "请写明施工期限"})
    assert "请写明施工期限" in clerk.get(ONE).text
    changed = clerk.post(f"{ONE}/note", data={"note": "工期三十天"}, follow_redirects=True)
    assert "工期三十天" in changed.text


def test_the_clerk_takes_it_back_before_the_first_signature_only(app: Flask, desk: Desk) -> None:
    clerk = draft(app)
    assert "已撤回。" in clerk.post(f"{ONE}/take-back", follow_redirects=True).text
    clerk.post(f"{ONE}/submission")
    sign_all(app)
    late = clerk.post(f"{ONE}/take-back")
    assert late.status_code == 409
    assert "没有办成" in late.text


def test_what_has_not_happened_is_not_announced(app: Flask, desk: Desk) -> None:
    clerk = browser(app, "clerk")
    refused = clerk.post(f"{HOME}/announcements/new", data={"kind": "result"})
    assert refused.status_code == 422
    assert "还没有登记验收" in refused.text
    assert "请选一项。" in clerk.post(f"{HOME}/announcements/new", data={}).text
    with app.app_context(), transaction() as session:
        assert session.query(Announcement).count() == 0
