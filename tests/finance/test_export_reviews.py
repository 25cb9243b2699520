"""Hints, marks, objections and signatures to take home: as the page shows them, to those whom it shows them."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from flask import Flask

from tests.factories import make_village
from tests.finance.review_world import BASE, ReviewWorld, in_october, make_review_world
from village_open.db import db
from village_open.finance.actions import answer_query, mark_line, pass_rest, recuse_member, sign_period
from village_open.finance.models import FinancePeriod, Line, MoneyAccount, Receipt
from village_open.identity.models import Person
from village_open.reviews.rules import Decision, Verdict
from village_open.villages.models import RoleKind
from village_open.workbooks.reading import read_workbook

SUMMARIES = ["收村东鱼塘承包款", "支付村部电费（7月）", "修补二组机耕路，砂石料30立方米", "慰问困难户米面油"]


@pytest.fixture
def world(app: Flask) -> Iterator[ReviewWorld]:
    with in_october():
        yield make_review_world(app)


def taken(world: ReviewWorld, person: Person, address: str) -> list[tuple[str, ...]]:
    """The rows of a list as a person downloads it, each as long as the head."""
    answer = world.browser(person).get(address)
    assert answer.status_code == 200
    rows = read_workbook(answer.data)[0].rows
    return [row + ("",) * (len(rows[0]) - len(row)) for row in rows]


def linked(world: ReviewWorld, person: Person, page: str, name: str) -> list[tuple[str, ...]]:
    """The rows of the list that a page links to."""
    (address,) = re.findall(rf'href="([^"]*/{name}\.csv[^"]*)"', world.browser(person).get(page).text)
    return taken(world, person, unescape(address))


def share_a_receipt_with_another_village(world: ReviewWorld) -> None:
    with world.acting() as period:
        other = make_village(period.village.township, number=201, name="王家村")
        elsewhere = FinancePeriod(village_id=other.id, code=period.code)
        box = MoneyAccount(village_id=other.id, kind="cash", name="现金")
        db.session.add_all((elsewhere, box))
        db.session.flush()
        paid = Line(
            period_id=elsewhere.id, village_id=other.id, position=1, on=date(2026, 7, 4), kind="expense",
            summary="买砂石", amount_fen=100, account_id=box.id, entered_by_id=1, edited_by_id=1,
        )  # fmt: skip
        db.session.add(paid)
        db.session.flush()
        for line_id, village_id in ((world.line_ids[2], period.village_id), (paid.id, other.id)):
            db.session.add(
                Receipt(line_id=line_id, village_id=village_id, file_sha256="c" * 64, original_sha256="c" * 64,
                        media_type="image/jpeg", name="收据.jpg", added_by_id=1)
            )  # fmt: skip


def test_hints_go_home_with_every_line_they_are_about(world: ReviewWorld) -> None:
    heads, *rows = linked(world, world.desk.reviewers[0], f"{BASE}/flags", "flags")
    assert heads[:5] == ("提醒", "说明", "第几笔", "日期", "摘要")
    bare = [row for row in rows if row[0] == "没有凭证"]
    assert [(row[2], row[4]) for row in bare] == [(str(n), text) for n, text in enumerate(SUMMARIES, 1)]
    assert {row[1] for row in bare} == {"第 1、2、3、4 笔还没有上传凭证，请看纸质原件。"}
    assert [(row[5], row[6]) for row in bare] == [("12345.00", ""), ("", "456.80"), ("", "3000.00"), ("", "199.99")]


def test_hints_about_another_village_go_home_with_the_township_only(world: ReviewWorld) -> None:
    share_a_receipt_with_another_village(world)
    kinds = {
        person.name: {row[0] for row in taken(world, person, f"{BASE}/flags.xlsx")}
        for person in (world.desk.officer, world.desk.reviewers[0])
    }
    assert ["凭证与别村相同" in found for found in kinds.values()] == [True, False]
    assert world.browser(world.desk.clerk).get(f"{BASE}/flags.xlsx").status_code == 403


def mark_and_sign(world: ReviewWorld) -> None:
    """One line doubted and answered, one not acknowledged, one stepped aside from, the rest passed; one signature."""
    leader, second, third = world.desk.reviewers
    ids = world.line_ids
    with world.acting() as period:
        recuse_member(
            by=second, period=period, group_kind=RoleKind.FINANCE_REVIEW, reason="施工方是我弟弟", line_id=ids[2]
        )
        mark_line(by=leader, period=period, line_id=ids[1], verdict=Verdict.QUERIED, reason="没有电表读数")
        answer_query(by=world.desk.clerk, period=period, line_id=ids[1], text="已补抄表单")
        mark_line(by=leader, period=period, line_id=ids[3], verdict=Verdict.REJECTED, reason="没有名单")
        pass_rest(by=third, period=period)
        sign_period(
            by=leader, period=period, group_kind=RoleKind.FINANCE_REVIEW, decision=Decision.RESERVE, note="见第2笔"
        )


def test_marks_go_home_with_reasons_answers_and_who_stepped_aside(world: ReviewWorld) -> None:
    mark_and_sign(world)
    heads, *rows = linked(world, world.desk.clerk, f"{BASE}/review", "review")
    assert heads[-5:] == ("小组意见", "各人意见", "答复", "回避", "前几轮的意见")
    assert [row[2] for row in rows] == SUMMARIES
    assert [row[9:13] for row in rows] == [
        ("通过", "周春梅：通过", "", ""),
        ("疑问", "王桂兰：疑问，没有电表读数", "李建国：已补抄表单", ""),
        ("通过", "周春梅：通过", "", "赵守田：施工方是我弟弟"),
        ("不予认可", "王桂兰：不予认可，没有名单", "", ""),
    ]


@pytest.mark.parametrize(
    ("page", "numbers"),
    [("review?show=queried", ["2"]), ("review?show=rejected", ["4"]), ("check", ["2", "4"])],
)
def test_the_part_that_a_page_shows_goes_home(world: ReviewWorld, page: str, numbers: list[str]) -> None:
    mark_and_sign(world)
    assert [row[0] for row in linked(world, world.desk.officer, f"{BASE}/{page}", "review")[1:]] == numbers


def test_signatures_go_home_with_decision_and_remark_and_with_those_who_have_not_signed(world: ReviewWorld) -> None:
    mark_and_sign(world)
    _heads, *rows = linked(world, world.desk.clerk, f"{BASE}/sign", "sign")
    assert rows == [
        ("民主理财小组", "王桂兰", "组长", "保留意见", "见第2笔", "2026-10-08 09:30", "账号"),
        ("民主理财小组", "赵守田", "", "还没有签", "", "", ""),
        ("民主理财小组", "周春梅", "", "还没有签", "", "", ""),
    ]
