"""What is frozen: the figures that were signed, who said what, and the planned days; masked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests.decisions.matters import NOW
from tests.finance.payment_world import decided, join, spend, submit
from tests.ready_periods import (
    LINES,
    OPENINGS,
    Desk,
    confirm_ready,
    make_desk,
    make_ready,
    ready_period,
    submit_ready,
)
from village_open.core import clock
from village_open.db import db, transaction
from village_open.decisions.rules.payments import Exemption
from village_open.finance.actions import recuse_member
from village_open.finance.actions.deciding import exempt_payment, link_matter
from village_open.notices.contents import build_content
from village_open.notices.errors import SignatureMissing, SignedContentDiffers
from village_open.notices.sheets.content import read_content
from village_open.reviews.rules import Decision
from village_open.villages.models import RoleKind

ISSUED_ON = date(2026, 10, 12)


def content_of(desk: Desk) -> dict[str, Any]:
    return build_content(ready_period(desk), issued_on=ISSUED_ON)


@pytest.fixture
def desk(both_engines: Flask) -> Desk:
    with transaction():
        return make_ready()


def test_the_figures_are_those_of_the_lines(desk: Desk) -> None:
    content = content_of(desk)
    income = sum(fen for _, fen, *_ in LINES if fen > 0)
    expense = -sum(fen for _, fen, *_ in LINES if fen < 0)
    assert content["totals"] == {
        "opening_fen": sum(OPENINGS), "income_fen": income, "expense_fen": expense,
        "closing_fen": sum(OPENINGS) + income - expense,
    }  # fmt: skip
    assert content["ytd"] == {"income_fen": income + 5_000_000, "expense_fen": expense + 4_000_000}
    assert [line["number"] for line in content["lines"]] == [1, 2, 3, 4]
    assert read_content(content).totals.closing_fen == content["totals"]["closing_fen"]


def test_who_signed_stands_there_and_who_did_not_is_absent(desk: Desk) -> None:
    said = [(row["slot"], row["name"], row["decision"], row["on"]) for row in content_of(desk)["signers"]]
    assert said == [
        ("民主理财小组组长", "王桂兰", "同意", "2026-10-08"),
        ("民主理财小组成员", "赵守田", "同意", "2026-10-08"),
        ("民主理财小组成员", "周春梅", "未签署", ""),
        ("村务监督小组组长", "孙德厚", "同意", "2026-10-08"),
        ("村务监督小组成员", "马长顺", "同意", "2026-10-08"),
        ("村务监督小组成员", "李秋菊", "未签署", ""),
    ]


def test_meeting_secrecy_check_and_opening_basis_stand_there(desk: Desk) -> None:
    content = content_of(desk)
    assert content["confirmed"] == {"body": "村党组织、村民委员会联席会议", "on": "2026-10-08", "note": ""}
    assert content["privacy_check"]["by"] == "陈思远"
    assert content["opening_basis"] == "2026年6月30日科目余额表（确认人：李建国）"


@pytest.mark.parametrize(
    ("issued_on", "from_on", "to_on"),
    [
        (date(2026, 10, 12), "2026-10-12", "2026-10-27"),
        (date(2026, 10, 17), "2026-10-19", "2026-11-03"),
        (date(2026, 10, 1), "2026-10-08", "2026-10-23"),
    ],
    ids=["a Monday", "a Saturday waits for Monday", "the national holiday waits for its end"],
)
def test_the_planned_days_begin_on_a_working_day_and_are_fifteen(
    desk: Desk, issued_on: date, from_on: str, to_on: str
) -> None:
    content = build_content(ready_period(desk), issued_on=issued_on)
    assert content["posting"] == {"from": from_on, "to": to_on, "explained": "不少于15日，起始当日不计入"}
    assert content["objection"]["until"] == to_on
    assert "孙德厚" in content["objection"]["how"]
    assert content["supervision_phone"] == "0999-1234567"


def test_what_may_not_be_published_is_starred_before_it_is_frozen(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        told = "付王某身份证110101199003071234、电话13912345678误工费"
        confirm_ready(desk, submit_ready(desk, [("2026-07-03", -100, told, 0, "CW0302")]))
    frozen = str(content_of(desk))
    assert "19900307" not in frozen
    assert "13912345678" not in frozen
    assert "139****5678" in frozen


def test_an_open_query_stands_at_its_line_and_a_reservation_at_its_signer(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        confirm_ready(
            desk, submit_ready(desk), queried={3: "没有工程量签证"},
            decisions={"赵守田": (Decision.RESERVE, "第3笔请补签证")},
        )  # fmt: skip
    content = content_of(desk)
    assert [(line["mark"], line["objection"]) for line in content["lines"]] == [
        ("passed", ""), ("passed", ""), ("queried", "没有工程量签证"), ("passed", ""),
    ]  # fmt: skip
    reserved = next(row for row in content["signers"] if row["name"] == "赵守田")
    assert (reserved["decision"], reserved["note"]) == ("保留意见", "第3笔请补签证")


def test_who_stepped_aside_stands_there_with_the_reason(both_engines: Flask) -> None:
    at = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)
    with transaction(), clock.living_at(at):
        desk = make_desk()
        period = submit_ready(desk, at=at)
        recuse_member(
            by=desk.reviewers[2], period=period, group_kind=RoleKind.FINANCE_REVIEW.value, reason="施工方是我弟弟"
        )
        confirm_ready(desk, period)
    aside = next(row for row in content_of(desk)["signers"] if row["name"] == "周春梅")
    assert (aside["decision"], aside["note"]) == ("回避", "施工方是我弟弟")


def change_a_line(desk: Desk) -> None:
    db.session.execute(text("UPDATE line SET amount_fen = amount_fen + 1 WHERE voucher = '记-1'"))


def change_a_summary(desk: Desk) -> None:
    db.session.execute(text("UPDATE line SET summary = '改过' WHERE summary LIKE '慰问%'"))


def sign_other_bytes(desk: Desk) -> None:
    db.session.execute(text(f"UPDATE review SET content_sha256 = '{'0' * 64}' WHERE group_kind = 'supervision'"))


@pytest.mark.parametrize("meddle", [change_a_line, change_a_summary, sign_other_bytes])
def test_what_was_not_signed_is_never_frozen(desk: Desk, meddle: Callable[[Desk], None]) -> None:
    with transaction():
        meddle(desk)
    db.session.rollback()
    with pytest.raises(SignedContentDiffers):
        content_of(desk)


def test_a_version_without_signatures_is_never_frozen(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        submit_ready(desk)
    with pytest.raises(SignatureMissing, match="民主理财小组"):
        content_of(desk)


def test_the_decision_and_the_exception_behind_a_payment_are_frozen_at_its_line_and_at_no_other(
    both_engines: Flask,
) -> None:
    with clock.living_at(NOW), transaction():
        desk = make_desk()
        period, road = join(desk), decided(desk)
        link_matter(by=desk.clerk, period=period, line_id=spend(desk, period, 8_000).id, matter=road)
        flood = spend(desk, period, 7_000, payee="河东机械队").id
        reason = "打13812345678报告的险情，当天抢修"
        exempt_payment(by=desk.clerk, period=period, line_id=flood, kind=Exemption.DISASTER, reason=reason)
        spend(desk, period, 100, payee="文具店")
        submit(desk, period)
        confirm_ready(desk, period, at=NOW)
        lines = content_of(desk)["lines"]
    assert [sorted({"decision", "exemption"} & line.keys()) for line in lines] == [["decision"], ["exemption"], []]
    assert lines[0]["decision"] == "事项 2026-1“修缮三组道路”，村民代表会议2026年9月10日通过"
    assert lines[1]["exemption"] == "抢险救灾，打138****5678报告的险情，当天抢修"
