"""Two people on the same quarter: one wins, the other keeps the typed text and sees both; nothing is done twice."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_account, make_role, sign_in
from tests.finance.books import Books, enter, line, make_books, october
from tests.finance.review_world import BASE, ReviewWorld, in_october, make_review_world
from tests.ready_periods import confirm_ready, make_desk, submit_ready
from village_open.db import db, transaction
from village_open.finance.actions import allow_provisional, count_closing, file_period, return_period, save_lines
from village_open.finance.errors import AlreadyFiled, PeriodChanged, SubmissionChanged
from village_open.finance.models import Line
from village_open.finance.queries import get_period
from village_open.finance.queries.periods import list_stocks
from village_open.record.models import RecordEntry
from village_open.villages.models import RoleKind

PERIOD = "/villages/990101101200/2026Q3"


@pytest.fixture
def engine_books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books()
        yield made


@pytest.fixture
def books(app: Flask) -> Iterator[Books]:
    app.config["WTF_CSRF_ENABLED"] = False
    with october():
        with app.app_context(), transaction():
            made = make_books()
            enter(made, line(made, voucher="记-1"))
        yield made


@pytest.fixture
def world(app: Flask) -> Iterator[ReviewWorld]:
    with in_october():
        yield make_review_world(app)


def hidden(page: str, name: str) -> str:
    """What a browser would send back of a hidden field."""
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def browser(app: Flask, person_id: int) -> FlaskClient:
    client = app.test_client()
    sign_in(client, person_id)
    return client


def second_officer(books: Books) -> int:
    officer = make_account("马主任", login="second.officer")
    make_role(officer, RoleKind.TOWNSHIP_OFFICE, books.township.code)
    return officer.id


def entries(kind: str) -> int:
    return db.session.query(RecordEntry).filter_by(kind=kind).count()


def test_of_two_reasons_for_a_provisional_quarter_the_first_stands(engine_books: Books) -> None:
    seen = engine_books.reload().version_id
    with transaction():
        allow_provisional(by=engine_books.office, period=engine_books.reload(), reason="等审计", version=seen)
    with pytest.raises(PeriodChanged), transaction():
        allow_provisional(by=engine_books.office, period=engine_books.reload(), reason="票据丢失", version=seen)
    assert engine_books.reload().provisional_reason == "等审计"
    assert entries("finance.allow_provisional") == 1


def test_the_second_officer_keeps_the_typed_reason_and_sees_both(app: Flask, books: Books) -> None:
    with app.app_context(), transaction():
        other = second_officer(books)
    first, second, page = browser(app, books.office.id), browser(app, other), f"{PERIOD}/provisional"
    seen = {name: hidden(one.get(page).text, "version") for name, one in (("first", first), ("second", second))}
    assert first.post(page, data={"reason": "票据在审计局", "version": seen["first"]}).status_code == 302
    lost = second.post(page, data={"reason": "会计住院", "version": seen["second"]})
    assert lost.status_code == 409
    for words in ("刚才有别人先改过这一期", "会计住院", "票据在审计局", f'href="{PERIOD}"'):
        assert words in lost.text
    with app.app_context():
        assert get_period(books.village.code, "2026Q3").provisional_reason == "票据在审计局"


def test_a_quarter_is_filed_once(both_engines: Flask) -> None:
    with in_october():
        with transaction():
            desk = make_desk()
            period = submit_ready(desk)
            confirm_ready(desk, period)
            file_period(by=desk.officer, period=period, content_sha256=period.content_sha256)
        filed_at = get_period(**desk.place).filed_at
        with pytest.raises(AlreadyFiled, match="陈思远已经登记过本期的备案"), transaction():
            file_period(by=desk.clerk, period=get_period(**desk.place))
    period = get_period(**desk.place)
    assert (period.filed_by, period.filed_at) == ("陈思远", filed_at)
    assert entries("finance.file_period") == 1


def test_a_filing_of_what_was_handed_in_anew_is_refused(both_engines: Flask) -> None:
    with in_october():
        with transaction():
            desk = make_desk()
            period = submit_ready(desk)
            confirm_ready(desk, period)
        with pytest.raises(SubmissionChanged), transaction():
            file_period(by=desk.officer, period=get_period(**desk.place), content_sha256="0" * 64)
    assert get_period(**desk.place).filed_by == ""


def test_the_second_press_of_filing_says_who_filed(world: ReviewWorld) -> None:
    with world.acting() as period:
        confirm_ready(world.desk, period)
        other = make_account("马主任", login="second.officer")
        make_role(other, RoleKind.TOWNSHIP_OFFICE, period.village.township.code)
    office, second = world.browser(world.desk.officer), world.browser(other)
    seen = {"content_sha256": hidden(second.get(f"{BASE}/check").text, "content_sha256")}
    assert office.post(f"{BASE}/check/filing", data=seen).status_code == 302
    refused = second.post(f"{BASE}/check/filing", data=seen)
    assert refused.status_code == 409
    assert "陈思远已经登记过本期的备案，不用再登记。" in refused.text
    assert world.period.filed_by == "陈思远"


def test_a_returned_quarter_is_filed_anew(world: ReviewWorld) -> None:
    with world.acting() as period:
        confirm_ready(world.desk, period)
        file_period(by=world.desk.officer, period=period)
        return_period(by=world.desk.officer, period=period, reason="缺签收单")
        assert (period.filed_by, period.filed_at) == ("", None)


def only_line(app: Flask) -> Line:
    with app.app_context():
        return db.session.query(Line).one()


def counted(books: Books) -> dict[str, int | None]:
    return {stock.name: stock.counted_fen for stock in list_stocks(books.reload())}


def test_of_two_counts_of_one_account_the_first_stands_and_nothing_of_the_second_is_saved(engine_books: Books) -> None:
    books = engine_books
    cash, bank = books.cash.id, books.bank.id
    blank = {cash: None, bank: None}
    with transaction():
        count_closing(by=books.clerk, period=books.reload(), counted={cash: 5, bank: None}, seen=blank)
    with pytest.raises(PeriodChanged), transaction():
        count_closing(by=books.clerk, period=books.reload(), counted={cash: 6, bank: 7}, seen=blank)
    assert counted(books) == {"现金": 5, "信用社": None}
    assert entries("finance.count_closing") == 1


def test_two_people_may_count_one_account_each_or_the_same_alike(engine_books: Books) -> None:
    books = engine_books
    cash, bank = books.cash.id, books.bank.id
    blank = {cash: None, bank: None}
    for typed in ({cash: 5, bank: None}, {cash: None, bank: 7}, {cash: 5, bank: 7}):
        with transaction():
            count_closing(by=books.clerk, period=books.reload(), counted=typed, seen=blank)
    assert counted(books) == {"现金": 5, "信用社": 7}
    assert entries("finance.count_closing") == 2


def test_the_second_to_count_keeps_the_typed_figures_and_sees_both(app: Flask, books: Books) -> None:
    clerk, page = browser(app, books.clerk.id), f"{PERIOD}/closing"
    cash, bank = f"counted-{books.cash.id}", f"counted-{books.bank.id}"
    first = clerk.get(page).text
    old = {name: hidden(first, name) for name in (f"seen-{books.cash.id}", f"seen-{books.bank.id}")}
    assert clerk.post(page, data={**old, cash: "0", bank: "50,000"}).status_code == 302
    lost = clerk.post(page, data={**old, cash: "640", bank: "50000"})
    assert lost.status_code == 409
    for words in ("刚才有别人先改过这一期", "640.00", ">0.00<", "50,000.00", f'href="{page}"'):
        assert words in lost.text
    with app.app_context():
        assert counted(books) == {"现金": 0, "信用社": 5_000_000}
    fresh = clerk.get(page).text
    again = {name: hidden(fresh, name) for name in old}
    assert clerk.post(page, data={**again, cash: "640", bank: "50000"}).status_code == 302
    with app.app_context():
        assert counted(books) == {"现金": 64_000, "信用社": 5_000_000}


def test_a_line_that_somebody_changed_is_not_removed_from_the_old_page(app: Flask, books: Books) -> None:
    clerk, address = browser(app, books.clerk.id), f"{PERIOD}/lines/{only_line(app).id}"
    seen = hidden(clerk.get(address).text.split(f'action="{address}/remove"')[1], "version")
    with app.app_context(), transaction():
        old = only_line(app)
        row = line(books, on=date(2026, 7, 5), amount_fen=54_000, id=old.id, version=old.version_id)
        save_lines(by=books.clerk, period=get_period(books.village.code, "2026Q3"), rows=[row])
    lost = clerk.post(f"{address}/remove", data={"version": seen})
    assert lost.status_code == 409
    for words in ("别人刚刚改过同一项内容", "7.5 购打印纸 2 箱，540.00 元", f'href="{address}"'):
        assert words in lost.text
    assert not only_line(app).is_removed
    fresh = hidden(clerk.get(address).text.split(f'action="{address}/remove"')[1], "version")
    assert clerk.post(f"{address}/remove", data={"version": fresh}).status_code == 302
    assert only_line(app).is_removed
    assert "已撤掉" in clerk.post(f"{address}/remove", data={"version": fresh}).text


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "x"}, {"version": "9" * 30}])
def test_a_removal_that_does_not_say_what_it_saw_removes_nothing(
    app: Flask, books: Books, version: dict[str, str]
) -> None:
    answer = browser(app, books.clerk.id).post(f"{PERIOD}/lines/{only_line(app).id}/remove", data=version)
    assert answer.status_code == 409
    assert not only_line(app).is_removed
