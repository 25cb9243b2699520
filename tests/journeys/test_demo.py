"""The demo holds every rule of the house, because it was lived and not written."""

import json
from collections import Counter
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image
from sqlalchemy import delete

from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.codes import sheet_code
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.models import Announcement
from village_open.demo import NotADemo, drop_demo, find_demo, make_demo
from village_open.demo.lines import Hands, quarter_lines
from village_open.demo.roster import PASSWORD, QUARTERS, VILLAGES, person_name
from village_open.demo.story import leave_to_worker
from village_open.desk.queries import count_states, list_unfinished
from village_open.desk.rules import STEP_ORDER
from village_open.finance.actions import answer_query, mark_line
from village_open.finance.models import FinancePeriod, Line, MoneyAccount, Receipt
from village_open.finance.queries import get_period, get_statement
from village_open.identity.passwords import password_fits
from village_open.identity.queries import find_person_by_login
from village_open.notices.models import Disclosure, DisclosureIssue, Posting
from village_open.record.queries import find_broken_link, list_chains
from village_open.reviews.rules import Verdict
from village_open.storage import kept_path
from village_open.villages.models import Role, Township, Village
from village_open.villages.queries import list_village_groups

ORDINARY = VILLAGES[0].code


def test_the_demo_has_twelve_villages_six_quarters_and_logins_past_the_first_password(demo: Flask) -> None:
    with demo.app_context():
        made = find_demo()
        assert made is not None
        assert (len(made.villages), made.quarters, made.township) == (12, list(QUARTERS), "青山镇")
        assert made.villages[0] == {"code": ORDINARY, "name": "李家村"}
        for login in made.logins:
            person = find_person_by_login(login["login"])
            assert person is not None
            assert not person.must_change_password
        assert password_fits(PASSWORD, person.password_hash)


def test_the_ordinary_village_has_cash_and_bank_and_an_open_last_quarter(demo: Flask) -> None:
    with demo.app_context():
        village = db.session.query(Village).filter_by(code=ORDINARY).one()
        names = [name for (name,) in db.session.query(MoneyAccount.name).filter_by(village_id=village.id)]
        assert names == ["现金", "银行存款"]
        period = get_period(ORDINARY, QUARTERS[-1])
        assert period.state == "entry"
        assert get_statement(period).lines == ()


def test_every_village_has_its_groups_of_villagers_a_committee_member_and_an_accountant(demo: Flask) -> None:
    with demo.app_context():
        for place in VILLAGES:
            village = db.session.query(Village).filter_by(code=place.code).one()
            groups = list_village_groups(village.id)
            assert len(groups) == place.groups
            assert sum(group.households for group in groups) == village.households
            roles = db.session.query(Role).filter_by(place_code=place.code).all()
            kinds = Counter(role.kind for role in roles)
            assert kinds["committee_member"] == kinds["accountant"] == 1
        assert [role.kind for role in list_roles("member200")] == ["committee_member"]
        assert [role.kind for role in list_roles("accountant200")] == ["accountant"]


def list_roles(login: str) -> list[Role]:
    person = find_person_by_login(login)
    assert person is not None
    return db.session.query(Role).filter_by(person_id=person.id, place_code=ORDINARY).all()


def test_every_chain_of_the_demo_holds(demo: Flask) -> None:
    with demo.app_context():
        chains = list_chains()
        assert len(chains) >= 13
        assert [find_broken_link(chain) for chain in chains] == [None] * len(chains)


def test_every_opening_is_the_closing_before_and_every_count_agrees(demo: Flask) -> None:
    """Recomputed from the rows, line by line, for all villages and quarters."""
    with demo.app_context():
        for village in VILLAGES:
            closing = None
            for code in QUARTERS:
                row = db.session.query(FinancePeriod).join(Village).filter(
                    Village.code == village.code, FinancePeriod.code == code
                ).one_or_none()  # fmt: skip
                if row is None:
                    continue
                statement = get_statement(row)
                assert closing in (None, statement.opening_fen)
                lines = db.session.query(Line).filter_by(period_id=row.id, is_removed=False).all()
                signs = {"income": 1, "expense": -1, "transfer": 0}
                closing = statement.opening_fen + sum(signs[line.kind] * line.amount_fen for line in lines)
                assert closing == statement.closing_fen
                assert all(account.closing_fen >= 0 for account in statement.accounts)


def test_what_was_frozen_is_what_its_hash_and_code_say(demo: Flask) -> None:
    with demo.app_context():
        disclosures = db.session.query(Disclosure).all()
        assert Counter(row.kind for row in disclosures) == {"finance": 59, "affairs": 2}
        for row in disclosures:
            assert sha256_hex(row.content.encode()) == row.sha256
            assert sheet_code(row.sha256) == row.code
        for row in (row for row in disclosures if row.kind == "finance"):
            totals = json.loads(row.content)["totals"]
            assert totals["opening_fen"] + totals["income_fen"] - totals["expense_fen"] == totals["closing_fen"]


def test_each_habit_shows(demo: Flask) -> None:
    with demo.app_context():
        states = count_states(["990101101"], Period.parse(QUARTERS[-1]))["990101101"]
        assert states["silent"] == 3
        assert {name for name, count in states.items() if count} >= {
            "entry",
            "submitted",
            "reviewed",
            "examined",
            "confirmed",
        }
        content = {
            row.village.name: json.loads(row.content)
            for row in db.session.query(Disclosure).filter_by(period_code="2026Q2")
        }
        assert len(content["柳树坪村"]["lines"]) == 300
        assert "保留意见" in {signer["decision"] for signer in content["石桥村"]["signers"]}
        assert [line["objection"] for line in content["黄泥岗村"]["lines"] if line["objection"]]
        assert "马塘村" not in content
        assert get_period("990101101210", QUARTERS[-1]).return_reason
        hanging = db.session.query(Posting).join(Disclosure, Disclosure.id == Posting.disclosure_id)
        assert Counter(row.sheet_kind for row in hanging.filter(Disclosure.period_code == "2026Q2")) == {
            "finance_lines": 2, "finance_summary": 2,
        }  # fmt: skip
        issued = db.session.query(Disclosure.kind).join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id)
        assert Counter(kind for (kind,) in issued) == {"finance": 2, "affairs": 1}


def test_the_first_village_has_a_board_on_its_way_to_the_wall_and_one_begun(demo: Flask) -> None:
    with demo.app_context():
        boards = db.session.query(Announcement).filter_by(kind="board").order_by(Announcement.id).all()
        assert [(row.village.code, row.period_code, row.state) for row in boards] == [
            (ORDINARY, "2026Q2", "issued"), (ORDINARY, "2026Q3", "draft")
        ]  # fmt: skip
        (content,) = [
            json.loads(row.content) for row in db.session.query(Disclosure).filter_by(announcement_id=boards[0].id)
        ]
        told = content["announcement"]
        assert len(told["sections"]) >= 30
        assert any(one["nothing"] for one in told["sections"])
        assert any(table["rows"] for one in told["sections"] for table in one["tables"])
        money = told["finance"]
        assert money["number"] == "青山镇李家村〔2026〕财公3号"
        assert money["opening_fen"] + money["income_fen"] - money["expense_fen"] == money["closing_fen"]


def test_the_sheets_that_wait_are_made_the_board_first_and_then_the_newest_quarter(demo: Flask) -> None:
    with demo.app_context():
        leave_to_worker()
        asked = [task.args[0] for task in demo.extensions["jobs"].huey.pending()]
        periods = {row.id: row.period_code for row in db.session.query(Disclosure)}
        kinds = {row.id: row.kind for row in db.session.query(Disclosure)}
        issued = {row.disclosure_id for row in db.session.query(DisclosureIssue)}
    assert sorted(asked) == sorted(periods.keys() - issued)
    assert kinds[asked[0]] == "affairs"
    rest = [periods[number] for number in asked[1:]]
    assert rest == sorted(rest, reverse=True)


def test_a_village_has_the_same_lines_every_time() -> None:
    hands = Hands(("甲", "乙"), "丙", "丁")
    period, accounts = Period.parse("2026Q2"), {"现金": 1, "银行存款": 2}
    for village in VILLAGES:
        assert quarter_lines(village, period, hands, accounts) == quarter_lines(village, period, hands, accounts)
    assert quarter_lines(VILLAGES[0], period, hands, accounts) != quarter_lines(VILLAGES[1], period, hands, accounts)


def test_no_two_people_of_the_demo_share_a_name() -> None:
    assert len({person_name(number) for number in range(400)}) == 400


def test_a_second_demo_is_told_and_not_made(demo: Flask) -> None:
    with demo.app_context():
        before = db.session.query(Disclosure).count()
        assert make_demo() == find_demo()
        assert db.session.query(Disclosure).count() == before


def test_a_reset_throws_a_demo_away_and_nothing_else(demo: Flask, app: Flask) -> None:
    with demo.app_context():
        drop_demo()
        assert find_demo() is None
    with app.app_context(), pytest.raises(NotADemo):
        drop_demo()
    with app.app_context():
        assert db.session.query(Township).count() == 0


def test_a_village_whose_line_is_queried_stands_as_asked_until_the_clerk_answers(demo: Flask) -> None:
    with demo.app_context():
        village, period = "990101101202", QUARTERS[-1]
        reviewer, clerk = (find_person_by_login(login) for login in ("review202-1", "clerk202"))
        assert reviewer is not None
        assert clerk is not None
        with transaction():
            row = get_period(village, period)
            line_id = get_statement(row).lines[0].line.id
            mark_line(by=reviewer, period=row, line_id=line_id, verdict=Verdict.QUERIED, reason="数量对吗")
        assert _state(village, period) == "asked"
        with transaction():
            answer_query(by=clerk, period=get_period(village, period), line_id=line_id, text="已核对")
        assert _state(village, period) == "submitted"


def test_a_village_is_posted_only_when_every_sheet_hangs(demo: Flask) -> None:
    with demo.app_context():
        assert _state(VILLAGES[0].code, "2026Q2") == "posted"
        with transaction() as session:
            session.execute(delete(Posting).where(Posting.sheet_kind == "finance_summary"))
        assert _state(VILLAGES[0].code, "2026Q2") == "issued"


def _state(village: str, period: str) -> str:
    found = list_unfinished([village], [Period.parse(period)], STEP_ORDER)
    return found[0].state


def test_what_belongs_to_a_season_happens_in_it() -> None:
    """重阳节 lies in October 2025 and 2026, 端午节 in June of 2026, 春节 in January or February."""
    hands, accounts = Hands(("甲", "乙"), "丙", "丁"), {"现金": 1, "银行存款": 2}
    months = {"重阳": {10}, "端午": {5, 6}, "春节": {1, 2}, "助学": {8, 9}, "下一年党报": {10, 11, 12}}
    seen = set()
    for village in VILLAGES:
        for code in QUARTERS:
            for line in quarter_lines(village, Period.parse(code), hands, accounts):
                for word in (word for word in months if word in line.summary):
                    seen.add(word)
                    assert line.on.month in months[word], (line.on, line.summary)
    assert seen == set(months)


def test_some_villages_have_receipts_behind_most_of_their_lines_and_each_picture_is_its_own(demo: Flask) -> None:
    with demo.app_context():
        receipts = db.session.query(Receipt).all()
        assert len(receipts) > 50
        assert len({row.original_sha256 for row in receipts}) == len(receipts)
        for row in receipts[::20]:
            with Image.open(kept_path(row.file_sha256)) as picture, Image.open(kept_path(row.thumb_sha256)) as thumb:
                assert picture.format == thumb.format == "JPEG"
                assert thumb.width < picture.width
        period = get_period(ORDINARY, "2026Q2")
        assert 0 < sum(not row.line.receipts for row in get_statement(period).lines if row.line.kind != "transfer") < 10


def test_the_public_list_shows_the_day_of_issuing_that_the_sheets_print_whenever_they_were_finished(
    demo: Flask,
) -> None:
    with demo.app_context():
        money = db.session.query(Disclosure).filter_by(period_code="2026Q2", kind="finance")
        row = money.join(Village).filter_by(code=ORDINARY).one()
        printed = json.loads(row.content)["issued_on"]
        assert row.issue is not None
        assert clock.china_day(row.issue.issued_at).isoformat() != printed
    page = BeautifulSoup(demo.test_client().get(f"/village/{ORDINARY}").text, "html.parser")
    assert page.select_one("tbody tr [data-label=签发日期]").text == in_words(date.fromisoformat(printed))
    front = BeautifulSoup(demo.test_client().get("/").text, "html.parser")
    dates = [cell.text for cell in front.select("tbody [data-label=签发日期]")]
    assert in_words(date.fromisoformat(printed)) in dates


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
