"""A payment names the decision behind it."""

from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.decisions.matters import NOW, propose
from tests.factories import sign_in
from tests.finance.payment_world import decided, join, spend, submit
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.rules.payments import Exemption
from village_open.finance import actions
from village_open.finance.actions.deciding import MatterOfAnotherVillage, NotAPayment, exempt_payment, link_matter
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.queries import get_statement
from village_open.finance.queries.payments import list_payments
from village_open.finance.rules import LineInput
from village_open.record.queries import find_broken_link, list_trail

PERIOD = Period.parse("2026Q3")


def make_payment(desk: Desk, kind: str = "expense") -> tuple[FinancePeriod, Line]:
    """A quarter with one line."""
    period = actions.join_mid_year(
        by=desk.clerk, village=desk.village, period=PERIOD, openings=dict.fromkeys(desk.accounts, 9_000_000),
        year_so_far={}, paper="科目余额表",
    )  # fmt: skip
    row = LineInput(
        on=date(2026, 9, 20), kind=kind, summary="付道路工程款", amount_fen=800_000, account_id=desk.accounts[1],
        payee="恒达建筑公司", item_key="CW0306" if kind == "expense" else "CW0202",
    )  # fmt: skip
    (line,) = actions.save_lines(by=desk.clerk, period=period, rows=[row])
    return period, line


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def test_a_payment_is_found_under_the_matter_that_it_names_and_no_longer_when_that_is_taken_back(desk: Desk) -> None:
    with transaction():
        matter, (period, line) = propose(desk), make_payment(desk)
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
    (paid,) = list_payments(matter.id)
    assert (paid.on, paid.party, paid.amount_fen) == (date(2026, 9, 20), "恒达建筑公司", 800_000)
    assert (paid.period_code, paid.line_id) == (period.code, line.id)
    assert "写明“付道路工程款”8,000.00 元依据事项 2026-1“修缮三组道路”" in list_trail(desk.village.code).items[0].said
    with transaction():
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=None)
    assert list_payments(matter.id) == []
    assert find_broken_link(desk.village.code) is None


def test_a_line_taken_out_is_no_payment(desk: Desk) -> None:
    with transaction():
        matter, (period, line) = propose(desk), make_payment(desk)
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
        line.is_removed = True
    assert list_payments(matter.id) == []


def test_income_and_another_villages_matter_are_refused(desk: Desk) -> None:
    with transaction():
        other = make_desk(desk.village.township, number=201, name="王家湾村")
        theirs = propose(other)
        period, line = make_payment(desk, "income")
        with pytest.raises(NotAPayment):
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=propose(desk))
        line.kind, line.item_key = "expense", "CW0306"
        db.session.flush()
        with pytest.raises(MatterOfAnotherVillage):
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=theirs)
    assert list_payments(theirs.id) == []


def test_the_clerk_chooses_the_matter_on_the_page_of_the_line(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction():
        desk = make_desk()
        matter, (_period, line) = propose(desk), make_payment(desk)
        clerk_id, matter_id = desk.clerk.id, matter.id
        address = f"/villages/{desk.village.code}/{PERIOD.code}/lines/{line.id}"
    sign_in(client, clerk_id)
    assert "没有写" in client.get(address).text
    assert "修缮三组道路" in client.get(f"{address}/matter").text
    answer = client.post(f"{address}/matter", data={"matter_id": str(matter_id)}, follow_redirects=True)
    assert "已写明依据的决议。" in answer.text
    assert "修缮三组道路" in answer.text
    assert client.post(f"{address}/matter", data={"matter_id": "99999"}).status_code == 422


def optgroups(html: str) -> dict[str, list[str]]:
    """The matters that a page offers, by the heading of their group."""
    page = BeautifulSoup(html, "html.parser")
    return {str(group["label"]): [one.text for one in group.select("option")] for group in page.select("optgroup")}


def test_what_is_missing_stands_at_its_line_with_the_way_to_the_decisions_that_cover_it(
    app: Flask, client: FlaskClient
) -> None:
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            period, road = join(desk), decided(desk)
            propose(desk, title="安装路灯", amount_fen=900_000)
            line = spend(desk, period, 6_000)
            count_as_computed_by(desk, period)
            clerk_id, line_id, road_id = desk.clerk.id, line.id, road.id
            base = f"/villages/{desk.village.code}/{PERIOD.code}"
        sign_in(client, clerk_id)
        refused = client.post(f"{base}/submission")
        told = "6,000.00 元达到大额支出起点 5,000.00 元，第 1 笔还没有选依据的决议。"
        assert (refused.status_code, refused.text.count(told)) == (409, 2)
        address = f"{base}/lines/{line_id}/matter"
        assert f'href="{address}?from=submission"' in refused.text
        page = client.get(address)
        assert told in page.text
        assert optgroups(page.text) == {
            "够付这一笔的决议": ["2026-1 修缮三组道路（决议 8,000.00 元，已付 0.00 元，还可以付 8,000.00 元）"],
            "现在够不上的事项": ["2026-2 安装路灯（还没有表决通过）"],
        }
        answer = client.post(f"{address}?from=submission", data={"matter_id": road_id})
        assert answer.location == f"{base}/submission#payments"
        assert "本镇规定，5,000.00 元起的支出：要有村民会议或者村民代表会议" in client.get(address).text
        assert client.post(f"{base}/submission").status_code == 302


def test_an_exception_is_written_on_the_same_page_and_kept_whole_or_not_at_all(app: Flask, client: FlaskClient) -> None:
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            period, road = join(desk), decided(desk)
            line = spend(desk, period, 9_000)
            clerk_id, line_id, road_id = desk.clerk.id, line.id, road.id
            base = f"/villages/{desk.village.code}/{PERIOD.code}/lines/{line.id}"
        sign_in(client, clerk_id)
        typed = {"matter_id": road_id, "exemption_kind": "disaster", "exemption": ""}
        refused = client.post(f"{base}/matter", data=typed)
        assert (refused.status_code, "请写明理由：出了什么事" in refused.text) == (422, True)
        with app.app_context():
            kept = db.session.get(Line, line_id)
            assert kept is not None
            assert (kept.matter_id, kept.exemption_kind) == (None, "")
        typed["exemption"] = "暴雨冲毁便桥"
        answer = client.post(f"{base}/matter", data=typed, follow_redirects=True)
        assert "已写明例外的理由。" in answer.text
        assert "例外支出：抢险救灾，暴雨冲毁便桥" in answer.text
        page = client.get(f"{base}/matter").text
        assert '<option selected value="disaster">' in page
        assert "暴雨冲毁便桥</textarea>" in page
        assert optgroups(page)["现在够不上的事项"] == [
            "2026-1 修缮三组道路（决议 8,000.00 元，已付 0.00 元，还可以付 8,000.00 元）"
        ]


def test_a_reviewer_sees_the_decision_and_the_exception_at_their_lines(app: Flask, client: FlaskClient) -> None:
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            period, road = join(desk), decided(desk)
            deed = {"by": desk.clerk, "period": period}
            link_matter(**deed, line_id=spend(desk, period, 6_000).id, matter=road)
            flood = spend(desk, period, 7_000, payee="河东机械队").id
            exempt_payment(**deed, line_id=flood, kind=Exemption.DISASTER, reason="暴雨冲毁便桥")
            submit(desk, period)
            reviewer_id, village = desk.reviewers[0].id, f"/villages/{desk.village.code}"
        sign_in(client, reviewer_id)
        page = BeautifulSoup(client.get(f"{village}/{PERIOD.code}/review").text, "html.parser")
        decided_row, excepted_row = page.select("tbody td.summary")
        link = decided_row.find("a", string="依据事项 2026-1")
        assert client.get(str(link["href"])).status_code == 200
        assert "例外支出：抢险救灾，暴雨冲毁便桥" in excepted_row.text
        assert "例外支出" not in decided_row.text


def test_an_empty_column_of_approvers_is_told_before_handing_in(app: Flask, client: FlaskClient) -> None:
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            period = join(desk)
            lines = [spend(desk, period, 2, approver="", payee=f"收款人{number}").id for number in range(14)]
            count_as_computed_by(desk, period)
            clerk_id, base = desk.clerk.id, f"/villages/{desk.village.code}/{PERIOD.code}"
        sign_in(client, clerk_id)
        page = client.get(f"{base}/submission").text
        assert "本镇规定，1,000.00 元及以下的支出：村委会主任。" in page
        assert f'href="{base}/lines/{lines[11]}/edit"' in page
        assert f'href="{base}/lines/{lines[12]}/edit"' not in page
        assert "共 14 笔" in page
        assert client.post(f"{base}/submission").location == f"{base}"


def count_as_computed_by(desk: Desk, period: FinancePeriod) -> None:
    counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
    actions.count_closing(by=desk.clerk, period=period, counted=counted)
