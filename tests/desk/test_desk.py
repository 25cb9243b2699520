"""What is due, for whom, by when; and overviews that start from the roster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories import make_person, make_role, make_township, make_village
from tests.published import make_published
from village_open.core import clock
from village_open.core.calendars import Deadline
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.desk.overviews import count_townships
from village_open.desk.queries import count_states, list_matrix, list_unfinished
from village_open.desk.rules import NEXT_STEPS, STEP_LABELS, STEP_ORDER, VillageState, due_period, tasks_for
from village_open.desk.tasks import township_of
from village_open.finance.models import FinancePeriod, Line, MoneyAccount
from village_open.identity.actions import change_password, give_login
from village_open.record.actions import record_deed
from village_open.villages.models import RoleKind, Township
from village_open.villages.queries import get_township, list_townships
from village_open.villages.rules import RoleAt

Q3 = Period.parse("2026Q3")
VILLAGE = "990101101200"
HOME = f"/villages/{VILLAGE}"
PASSWORD = "green-hills-2026"
DEADLINES = {"2026Q3": Deadline(date(2026, 10, 15), "季末后十五日内"), "2026Q2": Deadline(date(2026, 7, 15), "同上")}


@pytest.mark.parametrize(
    ("state", "kind", "step"),
    [
        ("silent", "clerk", "开始录入"),
        ("entry", "clerk", "录入并提交"),
        ("submitted", "finance_review", "逐笔审核、签署"),
        ("reviewed", "supervision", "审查、签署"),
        ("examined", "committee_head", "记录会议结果"),
        ("examined", "party_secretary", "记录会议结果"),
        ("issued", "clerk", "张贴并登记"),
    ],
)
def test_the_next_step_lies_with_the_one_whose_step_it_is(state: str, kind: str, step: str) -> None:
    states = [VillageState(VILLAGE, "李家村", "2026Q3", state)]
    tasks = tasks_for([RoleAt(kind, VILLAGE)], states, DEADLINES, date(2026, 10, 10))
    assert [(task.step, task.late_days) for task in tasks] == [(step, 0)]
    assert tasks_for([RoleAt("inspector", VILLAGE)], states, DEADLINES, date(2026, 10, 10)) == []


def test_a_question_lies_with_the_clerk_and_the_group_goes_on() -> None:
    states = [VillageState(VILLAGE, "李家村", "2026Q3", "asked")]
    today = date(2026, 10, 10)
    assert [t.step for t in tasks_for([RoleAt("clerk", VILLAGE)], states, DEADLINES, today)] == ["答复疑问"]
    assert [t.step for t in tasks_for([RoleAt("finance_review", VILLAGE)], states, DEADLINES, today)] == [
        "逐笔审核、签署"
    ]


def test_the_township_issues_in_every_village_of_its_own_and_in_no_other() -> None:
    states = [
        VillageState(VILLAGE, "李家村", "2026Q3", "confirmed"),
        VillageState("990101102200", "外村", "2026Q3", "confirmed"),
    ]
    tasks = tasks_for([RoleAt("township_office", "990101101")], states, DEADLINES, date(2026, 10, 20))
    assert [(task.village_name, task.late_days) for task in tasks] == [("李家村", 5)]


def test_a_posted_sheet_and_one_in_the_making_ask_nothing_of_anybody() -> None:
    states = [VillageState(VILLAGE, "李家村", "2026Q3", state) for state in ("posted", "issuing")]
    everybody = [RoleAt(kind, VILLAGE[:9]) for steps in NEXT_STEPS.values() for _step, kinds in steps for kind in kinds]
    assert tasks_for(everybody, states, DEADLINES, date(2026, 10, 20)) == []


def test_the_earliest_deadline_comes_first() -> None:
    states = [VillageState(VILLAGE, "李家村", code, "entry") for code in ("2026Q3", "2026Q2")]
    tasks = tasks_for([RoleAt("clerk", VILLAGE)], states, DEADLINES, date(2026, 10, 20))
    assert [task.period.code for task in tasks] == ["2026Q2", "2026Q3"]


@pytest.mark.parametrize(
    ("today", "kind", "code"),
    [
        (date(2026, 10, 1), "quarter", "2026Q3"),
        (date(2026, 9, 30), "quarter", "2026Q2"),
        (date(2026, 1, 1), "quarter", "2025Q4"),
        (date(2026, 3, 1), "month", "2026M02"),
    ],
)
def test_what_is_due_is_the_period_that_ended_last(today: date, kind: str, code: str) -> None:
    assert due_period(today, kind).code == code


def test_every_state_has_its_word_and_its_place() -> None:
    assert set(STEP_LABELS) == set(STEP_ORDER)
    assert set(NEXT_STEPS) <= set(STEP_ORDER)


def _township_with_three_villages() -> Township:
    """A village that sent nothing, one that opened an empty period, one that has a line."""
    township = make_township()
    make_village(township, number=200, name="李家村")
    empty, busy = make_village(township, number=201, name="空村"), make_village(township, number=202, name="忙村")
    db.session.add(FinancePeriod(village_id=empty.id, code="2026Q3"))
    period = FinancePeriod(village_id=busy.id, code="2026Q3", return_reason="缺凭证")
    db.session.add(period)
    db.session.flush()
    _enter_a_line(period)
    return township


def _enter_a_line(period: FinancePeriod) -> None:
    account = MoneyAccount(village_id=period.village_id, kind="cash", name="现金")
    clerk = make_person()
    db.session.add(account)
    db.session.flush()
    db.session.add(
        Line(
            period_id=period.id, village_id=period.village_id, position=1, on=date(2026, 7, 3), kind="expense",
            summary="电费", amount_fen=100, account_id=account.id, entered_by_id=clerk.id, edited_by_id=clerk.id,
        )
    )  # fmt: skip
    db.session.flush()


def test_silent_villages_stand_on_top_and_an_empty_period_is_silence(both_engines: Flask) -> None:
    with transaction():
        _township_with_three_villages()
    page = list_matrix("990101101", Q3)
    assert [(row.village_name, row.state) for row in page.items] == [
        ("李家村", "silent"), ("空村", "silent"), ("忙村", "entry")
    ]  # fmt: skip
    assert page.items[2].returned_because == "缺凭证"
    assert count_states(["990101101"], Q3)["990101101"]["silent"] == 2
    assert [row.village_name for row in list_unfinished(["990101101202"], [Q3], ["entry"])] == ["忙村"]


@pytest.mark.parametrize(
    ("opened", "asked", "state"),
    [
        ("2026M10", "2026M09", "outside"),
        ("2026M10", "2026M10", "silent"),
        ("2026M10", "2026M11", "silent"),
        ("2026M10", "2026Q3", "outside"),
        ("2026M10", "2026Q4", "silent"),
        ("2026M08", "2026Q3", "silent"),
        ("2026Q3", "2026Q2", "outside"),
        ("2026Q3", "2025Q4", "outside"),
        ("2026Q3", "2026M06", "outside"),
        ("2026Q3", "2026M07", "silent"),
        ("2025Q4", "2026M01", "silent"),
        ("", "2020Q1", "silent"),
    ],
)
def test_what_lies_before_the_first_period_of_a_village_is_not_asked_of_it(
    both_engines: Flask, opened: str, asked: str, state: str
) -> None:
    with transaction():
        village = make_village(make_township())
        if opened:
            db.session.add(FinancePeriod(village_id=village.id, code=opened))
    (row,) = list_matrix("990101101", Period.parse(asked)).items
    assert row.state == state
    assert count_states(["990101101"], Period.parse(asked))["990101101"][state] == 1
    assert len(list_unfinished([VILLAGE], [Period.parse(asked)], list(NEXT_STEPS))) == (state == "silent")


def test_the_matrix_is_paged_from_the_whole_roster(both_engines: Flask) -> None:
    with transaction():
        township = make_township()
        for number in range(120):
            make_village(township, number=number, name=f"{number}号村")
    pages = [list_matrix("990101101", Q3, page=number) for number in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [50, 50, 20]
    assert len({row.village_code for page in pages for row in page.items}) == 120


def _sign_in(app: Flask, client: FlaskClient, kind: RoleKind, place: str) -> None:
    with app.app_context(), transaction():
        person = make_person("张三")
        make_role(person, kind, place)
        change_password(person=person, old=give_login(person=person, login="zhangsan"), new=PASSWORD)
    client.post("/sign-in", data={"login": "zhangsan", "password": PASSWORD})


def test_the_township_sees_every_village_and_is_reminded_of_the_backup(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.TOWNSHIP_OFFICE, "990101101")
    desk = client.get("/desk").get_data(as_text=True)
    assert "village-open backup" in desk
    matrix = client.get("/office/990101101/matrix?period=2026Q3").get_data(as_text=True)
    assert matrix.index("李家村") < matrix.index("忙村")
    assert "缺凭证" in matrix
    assert client.get("/office/990101101/matrix?period=2026Q9").status_code == 422


def test_the_reminder_of_the_backup_comes_after_the_days_that_are_set(app: Flask, client: FlaskClient) -> None:
    settings = app.config["SETTINGS"]
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.TOWNSHIP_OFFICE, "990101101")
    (settings.home / "last_backup.txt").write_text((clock.now() - timedelta(days=3)).isoformat(), encoding="ascii")
    assert "village-open backup" not in client.get("/desk").text
    app.config["SETTINGS"] = replace(settings, backup_reminder_days=2)
    assert "数据已经超过 2 天没有备份" in client.get("/desk").text


def test_a_clerk_sees_the_own_village_only_and_no_reminder(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.CLERK, VILLAGE)
    desk = client.get("/desk").get_data(as_text=True)
    assert "李家村" in desk
    assert "忙村" not in desk
    assert "village-open backup" not in desk


def test_a_county_leader_reads_all_townships_and_comes_there_at_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.COUNTY_LEADER, "990101")
    answer = client.get("/desk", follow_redirects=True)
    assert answer.request.path == "/counties/990101"
    assert "青山镇" in answer.get_data(as_text=True)


def test_health_is_answered_when_database_fonts_and_folder_are_in_order(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_interface_speaks_english_when_asked_and_remembers(client: FlaskClient) -> None:
    client.get("/sign-in?lang=en")
    assert '<html lang="en"' in client.get("/sign-in").get_data(as_text=True)
    client.get("/sign-in?lang=zh")
    assert '<html lang="zh-CN"' in client.get("/sign-in").get_data(as_text=True)


def test_a_clock_that_lies_before_the_latest_deed_is_told(app: Flask, client: FlaskClient) -> None:
    _sign_in(app, client, RoleKind.CLERK, VILLAGE)
    assert "时钟不对" not in client.get("/desk").get_data(as_text=True)
    with app.app_context(), transaction():
        record_deed(chain=VILLAGE, kind="test.deed", by=make_person("李四"), said="做了一件事")
    with clock.living_at(clock.now() - timedelta(minutes=10)):
        assert "时钟不对" in client.get("/desk").get_data(as_text=True)


def test_each_task_leads_to_the_page_where_it_is_done(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.CLERK, "990101101202")
    period = due_period(clock.today(), "quarter").code
    desk = client.get("/desk").get_data(as_text=True)
    expected = "/villages/990101101202/2026Q3/lines" if period == "2026Q3" else "/villages/990101101202"
    assert f'href="{expected}"' in desk


def test_the_tasks_are_cards_on_a_phone_whose_parts_say_what_they_are(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.CLERK, "990101101202")
    page = BeautifulSoup(client.get("/desk").get_data(as_text=True), "html.parser")
    assert page.select_one(".table-frame.cards tbody tr")
    labels = [cell["data-label"] for cell in page.select_one("tbody tr").select("[data-label]")]
    assert labels == ["期间", "最迟公开日"]


@pytest.mark.parametrize(("place", "lands_on"), [("990101", "/counties/990101"), ("990101101", "/desk")])
def test_an_inspector_of_the_county_comes_to_the_county_and_one_of_a_township_to_the_desk(
    app: Flask, client: FlaskClient, place: str, lands_on: str
) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.INSPECTOR, place)
    answer = client.get("/desk", follow_redirects=True)
    assert (answer.request.path, answer.status_code) == (lands_on, 200)
    links = [str(link["href"]) for link in BeautifulSoup(answer.text, "html.parser").select("nav a[href]")]
    assert {client.get(link).status_code for link in links if link.startswith(("/office", "/counties"))} == {200}


def test_a_village_that_joined_in_october_owes_nothing_for_september(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        village = make_village(make_township(jurisdiction="山东"))
        db.session.add(FinancePeriod(village_id=village.id, code="2026M10"))
    with clock.living_at(datetime(2026, 11, 28, 2, tzinfo=UTC)):
        _sign_in(app, client, RoleKind.CLERK, VILLAGE)
        page = BeautifulSoup(client.get("/desk").text, "html.parser")
    assert [row.select_one("[data-label=期间]").text for row in page.select("tbody tr")] == ["2026年10月"]


def test_the_matrix_says_not_included_before_the_first_period(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.TOWNSHIP_OFFICE, "990101101")
    page = BeautifulSoup(client.get("/office/990101101/matrix?period=2026Q1").text, "html.parser")
    rows = {row.th.text.strip(): row for row in page.select("tbody tr")}
    assert list(rows) == ["李家村", "空村", "忙村"]
    assert [cell.text.strip() for cell in rows["空村"].select("td")] == [""] * 7 + ["○未纳入"]
    assert rows["空村"].th.a["href"] == "/villages/990101101201"
    assert rows["李家村"].select("td")[-1].text.strip().endswith("未报送")


def _county_of_two_kinds() -> None:
    """A township of quarters and one of months, each with a village that published what is due in October 2026."""
    for code, place, period in (("990101101", "国家", "2026Q3"), ("990101102", "山东", "2026M09")):
        village = make_village(make_township(code=code, name=f"{place}镇", jurisdiction=place))
        db.session.add(FinancePeriod(village_id=village.id, code=period, state="confirmed"))
    db.session.flush()


@pytest.mark.parametrize(
    ("query", "heading", "periods", "confirmed"),
    [
        ("", "2026年第三季度", ["2026年第三季度", "2026年9月"], ["1", "1"]),
        ("?period=2026Q3", "2026年第三季度", ["2026年第三季度", "2026年9月"], ["1", "1"]),
        ("?period=2026M09", "2026年9月", ["2026年第三季度", "2026年9月"], ["1", "1"]),
        ("?period=2026M07", "2026年7月", ["2026年第三季度", "2026年7月"], ["1", ""]),
    ],
)
def test_the_county_counts_each_township_in_the_periods_that_it_publishes_by(
    app: Flask, client: FlaskClient, query: str, heading: str, periods: list[str], confirmed: list[str]
) -> None:
    with app.app_context(), transaction():
        _county_of_two_kinds()
    with clock.living_at(datetime(2026, 10, 13, 2, tzinfo=UTC)):
        _sign_in(app, client, RoleKind.COUNTY_LEADER, "990101")
        page = BeautifulSoup(client.get("/counties/990101" + query).text, "html.parser")
        taken = client.get("/counties/990101/overview.csv" + query).get_data().decode("utf-8-sig").splitlines()
    assert page.h1.text.startswith(heading)
    column = [cell.text for cell in page.select("thead th")].index(STEP_LABELS["confirmed"]) - 1
    rows = [row.select("td") for row in page.select("tbody tr")]
    assert [row[0].text for row in rows] == periods
    assert [row[column].text for row in rows] == confirmed
    place = taken[0].split(",").index(STEP_LABELS["confirmed"])
    assert [line.split(",")[1] for line in taken[1:]] == periods
    assert [line.split(",")[place] for line in taken[1:]] == [many or "0" for many in confirmed]


def test_a_county_of_months_looks_back_by_months(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        make_township(jurisdiction="山东")
    with clock.living_at(datetime(2026, 11, 28, 2, tzinfo=UTC)):
        _sign_in(app, client, RoleKind.COUNTY_LEADER, "990101")
        page = BeautifulSoup(client.get("/counties/990101").text, "html.parser")
    assert [link["href"] for link in page.select(".period-nav a")] == ["?period=2026M09", "?period=2026M11"]


def test_the_county_asks_as_often_for_twenty_townships_as_for_two(app: Flask) -> None:
    asked = []
    with app.app_context():
        for numbers in (range(2), range(2, 20)):
            with transaction():
                for number in numbers:
                    make_township(code=f"9901012{number:02d}", jurisdiction="山东" if number % 2 else "国家")
            townships = list_townships("990101").items
            with _counted() as statements:
                assert len(count_townships(townships, None, date(2026, 10, 13))) == len(townships)
            asked.append(len(statements))
    assert asked == [3, 3]


OFFICE_CELLS = ("ledger", "review", "sign", "check", "issue", "postings", "postings")
READER_CELLS = ("ledger", "", "", "", "issue", "postings", "postings")
"""Behind each column of the matrix, for those who may enter every page and for those who only read."""


def _villages_at_every_step() -> None:
    """One village at each state that needs no disclosure, by its number."""
    township = make_township()
    for number, state in enumerate(("entry", "submitted", "reviewed", "examined", "confirmed", "issued")):
        village = make_village(township, number=number, name=f"{number}号村")
        period = FinancePeriod(village_id=village.id, code="2026Q3", state=state)
        db.session.add(period)
        db.session.flush()
        _enter_a_line(period)
        if state == "issued":
            make_published(village)


@pytest.mark.parametrize(
    ("kind", "place", "pages"),
    [
        (RoleKind.TOWNSHIP_OFFICE, "990101101", OFFICE_CELLS),
        (RoleKind.INSPECTOR, "990101101", READER_CELLS),
        (RoleKind.COUNTY_LEADER, "990101", READER_CELLS),
    ],
)
def test_each_cell_of_the_matrix_leads_to_the_page_of_its_step_as_far_as_the_visitor_may_go(
    app: Flask, client: FlaskClient, kind: RoleKind, place: str, pages: tuple[str, ...]
) -> None:
    with app.app_context(), transaction():
        _villages_at_every_step()
    _sign_in(app, client, kind, place)
    page = BeautifulSoup(client.get("/office/990101101/matrix?period=2026Q3").text, "html.parser")
    for number, row in enumerate(page.select("tbody tr")):
        base = f"/villages/990101101{number:03d}/2026Q3"
        links = [str(cell.a["href"]) if cell.a else "" for cell in row.select("td")[:-1]]
        assert links[: number + 1] == [f"{base}/{end}".rstrip("/") for end in pages[: number + 1]]
        assert not any(links[number + 1 :])
        assert [client.get(link).status_code for link in links if link] == [200] * (number + 1)


def test_the_counts_above_the_matrix_lead_to_those_villages_page_by_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
        for number in range(60):
            make_village(get_township("990101101"), number=300 + number, name=f"静{number}村")
    _sign_in(app, client, RoleKind.TOWNSHIP_OFFICE, "990101101")
    base = "/office/990101101/matrix?period=2026Q3"
    whole = BeautifulSoup(client.get(base).text, "html.parser")
    counts = [(item.strong.text, item.a and item.a["href"]) for item in whole.select(".state-counts li")]
    assert counts[:3] == [("62", f"{base}&state=silent"), ("1", f"{base}&state=entry"), ("0", None)]
    silent = BeautifulSoup(client.get(f"{base}&state=silent").text, "html.parser")
    assert len(silent.select("tbody tr")) == 50
    following = client.get(f"/office/990101101/matrix{silent.select_one('a[rel=next]')['href']}")
    assert len(BeautifulSoup(following.text, "html.parser").select("tbody tr")) == 12
    assert "忙村" not in following.text
    busy = client.get(f"{base}&state=entry")
    assert [row.th.text.strip() for row in BeautifulSoup(busy.text, "html.parser").select("tbody tr")] == ["忙村"]
    assert "只看“录入中”的村" in busy.text
    taken = client.get("/office/990101101/matrix.csv?period=2026Q3&state=entry").get_data().decode("utf-8-sig")
    assert [line.split(",")[0] for line in taken.splitlines()] == ["村", "忙村"]
    assert len(client.get(f"{base}&state=dancing").text.split("<tr>")) == len(client.get(base).text.split("<tr>"))


def test_a_count_of_the_county_leads_to_those_villages_of_the_township(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, RoleKind.COUNTY_LEADER, "990101")
    page = BeautifulSoup(client.get("/counties/990101?period=2026Q3").text, "html.parser")
    links = {link.text: str(link["href"]) for link in page.select("tbody td a")}
    base = "/office/990101101/matrix?period=2026Q3&state="
    assert links == {"2": base + "silent", "1": base + "entry"}
    assert client.get(links["1"]).text.count("忙村") > 0


DUE = Period.of(clock.today()).previous.code
ROOMS_OF_A_VILLAGE = [
    "/desk", HOME, f"{HOME}/catalogue/{DUE}", f"{HOME}/matters", f"{HOME}/registers", f"{HOME}/about",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "links"),
    [
        (RoleKind.CLERK, ROOMS_OF_A_VILLAGE),
        (RoleKind.SUPERVISION, ROOMS_OF_A_VILLAGE),
        (RoleKind.CASHIER, ["/desk"]),
    ],
)
def test_the_head_of_the_page_leads_to_what_a_role_in_a_village_may_see(
    app: Flask, client: FlaskClient, kind: RoleKind, links: list[str]
) -> None:
    with app.app_context(), transaction():
        _township_with_three_villages()
    _sign_in(app, client, kind, VILLAGE)
    page = BeautifulSoup(client.get("/desk").text, "html.parser")
    assert [link["href"] for link in page.select(".main-nav a")] == links
    assert {client.get(link).status_code for link in links} == {200}


def test_who_works_in_a_township_and_for_the_county_has_the_tasks_of_the_township(both_engines: Flask) -> None:
    with transaction():
        make_township()
    found = township_of([RoleAt("inspector", "990101"), RoleAt("clerk", VILLAGE)])
    assert found is not None
    assert found.code == "990101101"
    assert township_of([RoleAt("county_leader", "990101")]) is None


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Note the statements sent to the database."""
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)
