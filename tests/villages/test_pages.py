"""The township office at its desk: what its pages show and do, and for whom."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import GOOD_PASSWORD, make_account, make_person, make_role, make_township, make_village, sign_in
from village_open.core import clock
from village_open.db import db, transaction
from village_open.identity.models import Person
from village_open.record.queries import find_broken_link
from village_open.villages.actions import add_village_group
from village_open.villages.models import RoleKind
from village_open.villages.queries import get_profile, get_township, get_village, list_members

OFFICE, VILLAGE = "/office/990101101", "/villages/990101101200"
FIRST_PASSWORD = re.compile(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}")


@dataclass(frozen=True)
class Ids:
    """Who is who."""

    office: int
    second: int
    clerk: int
    head: int
    villagers: tuple[int, int, int]


@pytest.fixture
def ids(app: Flask) -> Ids:
    """青山镇 with 李家村, two people of the office, a clerk, a head and three villagers who once were something."""
    with app.app_context(), transaction():
        township = make_township()
        village = make_village(township)
        make_village(make_township(code="990101102", name="大河镇"), name="河口村")
        people = {
            name: make_account(name, login=login)
            for name, login in (("周敏", "zhou"), ("何勇", "heyong"), ("林秀英", "lin"))
        }
        head, *villagers = [make_person(name) for name in ("李强", "王桂兰", "陈大山", "赵小妹")]
        for name in ("周敏", "何勇"):
            make_role(people[name], RoleKind.TOWNSHIP_OFFICE, township.code)
        make_role(people["林秀英"], RoleKind.CLERK, village.code)
        make_role(head, RoleKind.COMMITTEE_HEAD, village.code)
        for person in villagers:
            make_role(person, RoleKind.CASHIER, village.code, ends_on=clock.today() - timedelta(days=900))
        return Ids(people["周敏"].id, people["何勇"].id, people["林秀英"].id, head.id, tuple(p.id for p in villagers))


@pytest.fixture
def office(client: FlaskClient, ids: Ids) -> FlaskClient:
    """The browser of 周敏."""
    sign_in(client, ids.office)
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/villages", "/villages/new", "/people", "/people/new", "/people/3", "/people/3/appoint", "/profile",
        "/profile/posting_days", "/profile/barred_kinds", "/profile/confirming_body", "/trail",
    ],
)  # fmt: skip
def test_the_office_sees_its_own_pages_and_not_the_neighbours(office: FlaskClient, address: str) -> None:
    page = office.get(OFFICE + address)
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert office.get("/office/990101102" + address).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/about",
        "/boards/new",
        "/boards/1",
        "/village-groups/new",
        "/groups/supervision/elect",
        "/relatives/new",
        "/hand-over",
        "/trail",
    ],
)
def test_the_office_sees_its_villages_and_not_the_neighbours(office: FlaskClient, address: str) -> None:
    assert office.get(VILLAGE + address).status_code == 200
    assert office.get("/villages/990101102200" + address).status_code == 403


def test_a_slip_shows_the_first_password_once_and_no_page_ever_again(app: Flask, office: FlaskClient, ids: Ids) -> None:
    answer = office.post(f"{OFFICE}/people/{ids.head}/make-account", data={"login": "liqiang"})
    (first,) = set(FIRST_PASSWORD.findall(answer.text))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "liqiang" in answer.text
    assert "/sign-in" in answer.text
    assert "第一次登录会要求改密码" in answer.text
    for address in (f"{OFFICE}/people/{ids.head}", f"{OFFICE}/people", f"{OFFICE}/trail"):
        assert first not in office.get(address).text
    newcomer = app.test_client()
    assert newcomer.post("/sign-in", data={"login": "liqiang", "password": first}).location == "/desk"
    assert newcomer.get("/").location == "/change-password"


def test_a_second_office_person_resets_the_first_but_nobody_themself(app: Flask, office: FlaskClient, ids: Ids) -> None:
    assert office.post(f"{OFFICE}/people/{ids.office}/reset-account").status_code == 409
    second = app.test_client()
    sign_in(second, ids.second)
    assert FIRST_PASSWORD.search(second.post(f"{OFFICE}/people/{ids.office}/reset-account").text)
    assert office.get(OFFICE + "/people").location.startswith("/sign-in")


def test_a_locked_account_is_shown_to_the_office_and_unlocked(app: Flask, office: FlaskClient, ids: Ids) -> None:
    guesser = app.test_client()
    for _ in range(5):
        guesser.post("/sign-in", data={"login": "lin", "password": "wrong-password"})
    assert "林秀英的账号连续输错 5 次，锁定到" in office.get(OFFICE + "/people").text
    office.post(f"{OFFICE}/people/{ids.clerk}/unlock-account")
    assert "锁定到" not in office.get(OFFICE + "/people").text
    assert guesser.post("/sign-in", data={"login": "lin", "password": GOOD_PASSWORD}).status_code == 302


def test_a_person_of_another_township_is_not_found(app: Flask, office: FlaskClient) -> None:
    with app.app_context(), transaction():
        stranger = make_account("外镇人", login="stranger")
        make_role(stranger, RoleKind.CLERK, "990101102200")
        stranger_id = stranger.id
    assert office.get(f"{OFFICE}/people/{stranger_id}").status_code == 404
    assert office.post(f"{OFFICE}/people/{stranger_id}/reset-account").status_code == 404


def test_a_township_cannot_give_a_role_outside_itself_or_of_a_county(app: Flask, office: FlaskClient, ids: Ids) -> None:
    for kind, code in (("township_office", "990101102"), ("county_leader", "990101101"), ("clerk", "990101102200")):
        data = {"kind": kind, "place_code": code, "department": "", "starts_on": "2026-07-01"}
        answer = office.post(f"{OFFICE}/people/{ids.head}/appoint", data=data)
        assert answer.status_code == 422
        assert "请从列表里选一项。" in answer.text


def test_a_person_is_entered_with_their_role(app: Flask, office: FlaskClient) -> None:
    data = {
        "name": "孙出纳", "phone": "13900001111", "kind": "cashier", "place_code": "990101101200", "department": "",
        "starts_on": "2026-07-01",
    }  # fmt: skip
    answer = office.post(f"{OFFICE}/people/new", data=data)
    assert answer.status_code == 302
    assert "村出纳" in office.get(answer.location).text


def test_an_election_takes_people_from_the_list_and_new_names(app: Flask, office: FlaskClient, ids: Ids) -> None:
    data = {
        "members": [str(ids.villagers[0]), str(ids.villagers[1])], "new_names": "钱婆婆\n", "leader": "钱婆婆",
        "elected_on": "2026-01-05", "elected_by": "村民代表会议", "starts_on": "2026-01-10", "ends_on": "2030-12-31",
    }  # fmt: skip
    assert office.post(VILLAGE + "/groups/supervision/elect", data=data).location == VILLAGE + "/about"
    with app.app_context():
        members = list_members("990101101200", "supervision", clock.today())
        assert (members[0].name, members[0].is_leader, members[0].has_login) == ("钱婆婆", True, False)
        assert find_broken_link("990101101200") is None
    assert "只在纸上签" in office.get(VILLAGE + "/about").text


def test_a_barred_member_is_told_with_the_article_and_nothing_is_kept(
    app: Flask, office: FlaskClient, ids: Ids
) -> None:
    data = {
        "members": [str(ids.villagers[0]), str(ids.head)], "new_names": "钱婆婆", "leader": "钱婆婆",
        "elected_on": "2026-01-05", "elected_by": "村民代表会议", "starts_on": "2026-01-10", "ends_on": "2030-12-31",
    }  # fmt: skip
    answer = office.post(VILLAGE + "/groups/supervision/elect", data=data)
    assert answer.status_code == 422
    assert "李强是村民委员会成员，依照村民委员会组织法第37条" in answer.text
    assert 'value="村民代表会议"' in answer.text
    with app.app_context():
        assert db.session.query(Person).filter_by(name="钱婆婆").count() == 0


def test_the_floor_is_told_at_the_field_and_the_profile_stays(app: Flask, office: FlaskClient) -> None:
    answer = office.post(OFFICE + "/profile/posting_days", data={"value": "14", "basis": "县文件"})
    assert answer.status_code == 422
    assert 'id="value-error">不能少于 15 天：村民委员会组织法第35条规定的全国底线。' in answer.text
    with app.app_context():
        assert get_profile(get_township("990101101")).posting_days == 15


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("posting_days", "20", "20 天"),
        ("confirming_body", "committee", "村民委员会会议"),
        ("barred_kinds", ["clerk", "document_clerk"], "村报账员、村文书"),
        ("barred_kinds", [], "没有另外规定"),
        ("both_groups_allowed", "yes", "是"),
    ],
)
def test_a_value_is_changed_in_the_form_of_its_kind(office: FlaskClient, key: str, value: object, shown: str) -> None:
    answer = office.post(f"{OFFICE}/profile/{key}", data={"value": value, "basis": "云岭县〔2026〕3号"})
    assert answer.status_code == 302
    page = office.get(OFFICE + "/profile").text
    assert f"<strong>{shown}</strong>" in page
    assert "云岭县〔2026〕3号" in page


@pytest.mark.parametrize("address", ["/profile/colour", "/people/9999", "/roles/9999/end"])
def test_what_does_not_exist_is_not_found(office: FlaskClient, address: str) -> None:
    assert office.get(OFFICE + address).status_code == 404


def test_a_group_of_another_name_and_a_board_of_another_village_are_not_found(office: FlaskClient) -> None:
    assert office.get(VILLAGE + "/groups/football/elect").status_code == 404
    assert office.get(VILLAGE + "/boards/2").status_code == 404


def test_a_hand_over_moves_the_clerk_and_is_told_in_the_trail(app: Flask, office: FlaskClient, ids: Ids) -> None:
    data = {"to_id": "0", "new_name": "吴新会", "on": f"{clock.today()}"}
    assert office.post(VILLAGE + "/hand-over", data=data).status_code == 302
    trail = office.get(VILLAGE + "/trail").text
    assert "办理报账员交接：林秀英交给吴新会" in trail
    assert "<details>" in trail
    old = app.test_client()
    sign_in(old, ids.clerk)
    assert old.get(VILLAGE + "/boards/new").status_code == 403


def test_the_trail_is_paged(app: Flask, office: FlaskClient, ids: Ids) -> None:
    with app.app_context(), transaction():
        village, person = get_village("990101101200"), db.session.get_one(Person, ids.office)
        for number in range(60):
            add_village_group(by=person, village=village, name=f"第{number}组", households=number)
    first, second = (office.get(f"{VILLAGE}/trail?page={number}").text for number in (1, 2))
    assert "第 60 条" in first
    assert "第 10 条" not in first
    assert "第 10 条" in second
    assert "第 1 条" in second


def test_a_name_written_wrongly_is_corrected_on_its_page(office: FlaskClient, ids: Ids) -> None:
    page = f"{OFFICE}/people/{ids.clerk}"
    assert f'href="{page}/correct"' in office.get(page).text
    assert 'value="林秀英"' in office.get(page + "/correct").text
    answer = office.post(page + "/correct", data={"name": "林秀瑛", "phone": "13800001111"}, follow_redirects=True)
    assert "已更正林秀瑛。" in answer.text
    assert "13800001111" in answer.text
    assert "林秀英" in office.get(OFFICE + "/trail").text


@pytest.mark.parametrize(
    ("name", "told"), [("", "请填写这一项。"), ("李强", "同一个地方已经有另一位李强"), ("林秀英", "姓名和电话都没有变")]
)
def test_an_unfit_name_is_told_at_its_field_and_the_old_one_stays(
    office: FlaskClient, ids: Ids, name: str, told: str
) -> None:
    answer = office.post(f"{OFFICE}/people/{ids.clerk}/correct", data={"name": name, "phone": ""})
    assert answer.status_code == 422
    assert f'id="name-error">{told}' in answer.text
    assert "<h1>更正林秀英的姓名或电话" in answer.text or "更正林秀英的姓名或电话</h1>" in answer.text


def test_the_supervision_phone_is_changed_beside_the_profile(office: FlaskClient) -> None:
    page = OFFICE + "/supervision-phone"
    refused = office.post(page, data={"phone": "问村里"})
    assert refused.status_code == 422
    assert 'id="phone-error">请填写能打通的电话' in refused.text
    answer = office.post(page, data={"phone": "0999-8801299"}, follow_redirects=True)
    assert "监督电话已改为0999-8801299。" in answer.text
    assert "<strong>0999-8801299</strong>" in answer.text
    assert f'href="{page}"' in answer.text


@pytest.mark.parametrize(
    ("kind", "settles"),
    [
        (RoleKind.CLERK, True), (RoleKind.TOWNSHIP_OFFICE, True), (RoleKind.FINANCE_REVIEW, False),
        (RoleKind.INSPECTOR, False),
    ],
)  # fmt: skip
def test_boards_and_groups_are_offered_to_those_who_may_enter_them(
    app: Flask, client: FlaskClient, ids: Ids, kind: RoleKind, settles: bool
) -> None:
    with app.app_context(), transaction():
        someone = make_account(login="someone")
        make_role(
            someone, kind, OFFICE[-9:] if kind in (RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR) else VILLAGE[-12:]
        )
        someone_id = someone.id
    sign_in(client, someone_id)
    about = client.get(VILLAGE + "/about").text
    for address in ("/boards/new", "/boards/1", "/village-groups/new"):
        assert (f'href="{VILLAGE}{address}"' in about) is settles
        assert (client.get(VILLAGE + address).status_code == 200) is settles
    assert (f'href="{VILLAGE}/hand-over"' in about) is (kind is RoleKind.TOWNSHIP_OFFICE)
