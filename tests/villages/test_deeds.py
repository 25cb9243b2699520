"""Places, accounts and the profile as recorded deeds, on both engines."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import make_account, make_person, make_role
from tests.villages.conftest import Place
from village_open.core import clock
from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.identity import actions as identity
from village_open.identity.actions import LoginAlreadyGiven, LoginTaken, NoLogin
from village_open.identity.models import SignInSession
from village_open.identity.queries import check_password, get_person
from village_open.record.queries import find_broken_link, list_trail
from village_open.villages import actions, queries
from village_open.villages.actions.accounts import OwnPasswordByOneself, PersonOfAnotherPlace
from village_open.villages.actions.places import PaperTooLarge, PlaceAlreadyEntered, VillageGroupAlreadyEntered
from village_open.villages.actions.profiles import BasisMissing, ProfileKeyUnknown, ProfileUnchanged
from village_open.villages.models import ProfileValue, RoleKind
from village_open.villages.rules import PlaceCodeUnfit

DAY = date(2026, 7, 1)


def test_a_township_begins_with_its_places_rules_written_down(both_engines: Flask) -> None:
    with transaction():
        by = make_person("系统管理员")
        township = actions.add_township(
            by=by, code="990102101", name="大河镇", county_name="云岭县", jurisdiction="山东"
        )
    assert queries.get_profile(township).period_kind == "month"
    kept = db.session.scalars(select(ProfileValue.key).where(ProfileValue.township_id == township.id)).all()
    assert sorted(kept) == sorted(queries.get_profile(township).settings)
    assert "云岭县大河镇（990102101），按山东的规定起步" in list_trail("990102101").items[0].said


def test_a_village_lies_in_its_township_and_is_entered_once(place: Place) -> None:
    facts = {"by": place.office, "township": place.township, "name": "石桥村"}
    with transaction():
        village = actions.add_village(code="990101101201", **facts)
    assert [v.name for v in queries.list_villages(place.township.code).items] == ["李家村", "石桥村"]
    assert list_trail(village.code).items[0].said == "登记了青山镇石桥村（990101101201）"
    with pytest.raises(PlaceAlreadyEntered), transaction():
        actions.add_village(code="990101101201", **facts)
    with pytest.raises(PlaceCodeUnfit), transaction():
        actions.add_village(code="990101102201", **facts)


def test_a_group_of_villagers_has_a_name_of_its_own(place: Place) -> None:
    with transaction():
        actions.add_village_group(by=place.office, village=place.village, name="上湾组", households=40)
    with pytest.raises(VillageGroupAlreadyEntered), transaction():
        actions.add_village_group(by=place.office, village=place.village, name=" 上湾组 ")
    assert [group.households for group in queries.list_village_groups(place.village.id)] == [40]


def test_a_board_takes_only_paper_that_fits_and_its_correction_is_recorded(place: Place) -> None:
    size = {"width_mm": 400, "height_mm": 300, "reading_distance_mm": 1500}
    with pytest.raises(PaperTooLarge, match="A3 横向一页也贴不下；这块栏贴得下的纸：A4 纵向、A4 横向。"), transaction():
        actions.add_board(by=place.office, village=place.village, place="路口", paper="A3-landscape", **size)
    with transaction():
        board = actions.add_board(by=place.office, village=place.village, place="路口", paper="A4-portrait", **size)
        actions.change_board(
            by=place.office, village=place.village, board=board, place="路口东", paper="A4-landscape", **size
        )
    changes = {change.word: (change.before, change.after) for change in list_trail(place.village.code).items[0].changes}
    assert changes["地点"] == ("路口", "路口东")
    assert changes["用纸"] == ("A4 纵向", "A4 横向")


def test_an_account_is_made_once_with_a_password_that_is_kept_nowhere(place: Place) -> None:
    with transaction():
        clerk = make_person("林秀英")
        make_role(clerk, RoleKind.CLERK, place.village.code)
        first = actions.make_account(by=place.office, place=place.township, person=clerk, login="LinXiuying")
    assert clerk.login == "linxiuying"
    assert clerk.must_change_password
    assert check_password("linxiuying", first).fits
    told = db.session.connection().exec_driver_sql("SELECT body FROM record_entry").scalars().all()
    assert not [body for body in told if first in body]
    with pytest.raises(LoginAlreadyGiven), transaction():
        actions.make_account(by=place.office, place=place.township, person=clerk, login="lin2")


@pytest.mark.parametrize("login", ["ab", "1lin", "lin xiu", "林秀英", "a" * 41, "lin/..", ""])
def test_an_unfit_login_name_is_refused(place: Place, login: str) -> None:
    with transaction():
        clerk = make_person("林秀英")
    with pytest.raises(InputError) as refused, transaction():
        actions.make_account(by=place.office, place=place.township, person=clerk, login=login)
    assert refused.value.field == "login"


def test_a_login_name_belongs_to_one_person(place: Place) -> None:
    with transaction():
        someone = make_person("另一人")
    with pytest.raises(LoginTaken), transaction():
        actions.make_account(by=place.office, place=place.township, person=someone, login="ZHOUMIN")


def test_a_second_office_person_resets_and_every_session_of_the_account_ends(place: Place) -> None:
    with transaction():
        second = make_person("何勇")
        person = make_account("林秀英", login="lin", failed_sign_ins=5, locked_until=clock.now() + timedelta(minutes=9))
        db.session.add(SignInSession(token_sha256="a" * 64, person_id=person.id))
    with transaction():
        first = actions.reset_account(by=second, township=place.township, person=get_person(person.id))
    assert check_password("lin", first).fits
    assert (person.failed_sign_ins, person.locked_until, person.must_change_password) == (0, None, True)
    assert db.session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []
    assert list_trail(place.township.code).items[0].said == "重置了林秀英的密码，原来的登录全部退出"


def test_nobody_resets_or_unlocks_their_own_account(place: Place) -> None:
    for deed in (actions.reset_account, actions.unlock_account):
        with pytest.raises(OwnPasswordByOneself), transaction():
            deed(by=place.office, township=place.township, person=place.office)


def test_an_account_without_login_cannot_be_reset(place: Place) -> None:
    with transaction():
        someone = make_person("王桂兰")
    with pytest.raises(NoLogin), transaction():
        actions.reset_account(by=place.office, township=place.township, person=someone)


@pytest.mark.parametrize(
    ("kind", "code"), [(RoleKind.COUNTY_LEADER, "990101"), (RoleKind.TOWNSHIP_OFFICE, "990101102")]
)
def test_a_township_cannot_take_over_an_account_that_reaches_further(place: Place, kind: RoleKind, code: str) -> None:
    with transaction():
        leader = make_account("区县领导", login="leader")
        make_role(leader, RoleKind.CLERK, place.village.code)
        make_role(leader, kind, code)
    for deed in (actions.reset_account, actions.unlock_account):
        with pytest.raises(PersonOfAnotherPlace), transaction():
            deed(by=place.office, township=place.township, person=leader)


def test_an_unlocked_account_keeps_its_password(place: Place) -> None:
    with transaction():
        person = make_account("林秀英", login="lin")
        make_role(person, RoleKind.CLERK, place.village.code)
    kept = person.password_hash
    for _ in range(5):
        with transaction():
            identity.count_failure(person_id=person.id)
    assert [account.name for account in queries.list_locked(place.township.code)] == ["林秀英"]
    assert queries.list_accounts(place.township.code).items[0].name == "林秀英"
    with transaction():
        actions.unlock_account(by=place.office, township=place.township, person=get_person(person.id))
    assert queries.list_locked(place.township.code) == []
    assert person.password_hash == kept


def test_accounts_show_what_people_are_today_and_are_found_by_name(place: Place) -> None:
    with transaction():
        person = make_person("林秀英")
        make_role(person, RoleKind.CLERK, place.village.code)
        make_role(person, RoleKind.ACCOUNTANT, place.village.code, ends_on=date(2021, 1, 1))
        elsewhere = make_person("林外人")
        make_role(elsewhere, RoleKind.CLERK, "990101102200")
    found = queries.list_accounts(place.township.code, wanted="林").items
    assert [(account.name, account.roles) for account in found] == [("林秀英", ("李家村报账员",))]


def test_before_the_first_period_a_change_holds_at_once_and_is_recorded(place: Place) -> None:
    with transaction():
        actions.change_profile(
            by=place.office, township=place.township, key="posting_days", text="20", basis="云岭县〔2026〕3号"
        )
    profile = queries.get_profile(place.township)
    assert (profile.posting_days, profile.basis("posting_days")) == (20, "云岭县〔2026〕3号")
    assert list_trail(place.township.code).items[0].said == (
        "把“张贴天数”由“15 天”改为“20 天”，立即执行；依据：云岭县〔2026〕3号"
    )
    assert find_broken_link(place.township.code) is None


def test_once_a_period_is_opened_a_change_holds_from_the_next_and_the_old_keep_theirs(place: Place) -> None:
    with transaction():
        for code in ("2026Q3", "2026Q2"):
            actions.note_period_opened(township=place.township, period=Period.parse(code))
    assert place.township.latest_period == "2026Q3"
    with transaction():
        actions.change_profile(by=place.office, township=place.township, key="posting_days", text="20", basis="县文件")
    days = [
        queries.get_profile(place.township, Period.parse(code)).posting_days for code in ("2026Q2", "2026Q3", "2026Q4")
    ]
    assert days == [15, 15, 20]
    assert queries.get_profile(place.township).posting_days == 15
    assert [(s.key, s.setting.value, s.starts_with) for s in queries.list_coming_settings(place.township)] == [
        ("posting_days", 20, "2026Q4")
    ]
    assert "自2026年第四季度起执行" in list_trail(place.township.code).items[0].said


@pytest.mark.parametrize(
    ("key", "text", "basis", "refused"),
    [
        ("posting_days", "14", "县文件", InputError),
        ("posting_days", "20", "   ", BasisMissing),
        ("colour", "red", "县文件", ProfileKeyUnknown),
    ],
)
def test_an_unfit_change_is_refused_and_nothing_is_kept(
    place: Place, key: str, text: str, basis: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused), transaction():
        actions.change_profile(by=place.office, township=place.township, key=key, text=text, basis=basis)
    assert list_trail(place.township.code).total == 0


def test_the_same_value_on_the_same_basis_is_no_change(place: Place) -> None:
    facts = {"by": place.office, "township": place.township, "key": "reply_days", "text": "7", "basis": "县文件"}
    with transaction():
        actions.change_profile(**facts)
    with pytest.raises(ProfileUnchanged), transaction():
        actions.change_profile(**facts)


def test_reading_a_profile_takes_one_query(place: Place, count_queries: object) -> None:
    with transaction():
        actions.seed_profile(township=place.township)
    township = place.township
    with count_queries() as seen:  # type: ignore[operator] # a fixture that makes context managers
        queries.get_profile(township, Period.parse("2026Q3"))
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1
