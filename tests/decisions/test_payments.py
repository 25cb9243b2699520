"""Large payments and the decisions behind them: what is large, what is added up, what there is room for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.payments import (
    Allowed,
    Exemption,
    Measure,
    Payment,
    find_large,
    find_missing,
)

MEASURE = Measure(5_000_00, 30)
JULY = date(2026, 7, 1)
ROAD = Allowed("2026-1", "修缮三组道路", Body.REPRESENTATIVE_ASSEMBLY, date(2026, 6, 20), 8_000_00)


def pay(number: int, yuan: int, *, day: int = 0, payee: str = "恒达公司", **more: object) -> Payment:
    """Make a payment so many days after the first of July."""
    return Payment(number, number, JULY + timedelta(day), payee, yuan * 100, **more)


def missing(*payments: Payment, earlier: tuple[Payment, ...] = (), **matters: Allowed) -> dict[int, str]:
    """Sentences by number; `m7` is the matter of id 7."""
    known = {int(name[1:]): allowed for name, allowed in matters.items()}
    found = find_missing(payments, earlier=earlier, matters=known, measure=MEASURE)
    return {one.number: one.sentence for one in found}


@pytest.mark.parametrize(("fen", "is_large"), [(1, False), (499_999, False), (500_000, True), (10**11, True)])
def test_a_payment_is_large_from_the_threshold_on(fen: int, is_large: bool) -> None:
    payment = replace(pay(1, 1), amount_fen=fen)
    assert (1 in find_large([payment], MEASURE)) == is_large


def test_a_large_payment_without_a_decision_is_told_with_its_amount() -> None:
    assert missing(pay(3, 6_000)) == {
        3: "6,000.00 元达到大额支出起点 5,000.00 元，第 3 笔还没有选依据的决议。"
    }  # fmt: skip


@pytest.mark.parametrize(("apart", "is_added"), [(0, True), (29, True), (30, True), (31, False)])
def test_parts_to_one_payee_are_added_up_within_thirty_days(apart: int, is_added: bool) -> None:
    found = missing(pay(1, 3_000), pay(2, 2_000, day=apart))
    assert set(found) == ({1, 2} if is_added else set())


def test_the_sentence_names_the_parts_that_were_added_up_also_those_of_the_period_before() -> None:
    before = Payment(90, 0, date(2026, 6, 28), "恒达 公司", 2_500_00)
    assert missing(pay(4, 1_500), pay(9, 1_000, day=27), earlier=(before,)) == {
        4: "2026年6月28日 2,500.00 元、第 4 笔 1,500.00 元、第 9 笔 1,000.00 元，30 日内付给同一收款人恒达公司，"
        "合计 5,000.00 元，达到大额支出起点 5,000.00 元，第 4 笔还没有选依据的决议。",
        9: "2026年6月28日 2,500.00 元、第 4 笔 1,500.00 元、第 9 笔 1,000.00 元，30 日内付给同一收款人恒达公司，"
        "合计 5,000.00 元，达到大额支出起点 5,000.00 元，第 9 笔还没有选依据的决议。",
    }


def test_naming_a_decision_behind_one_part_frees_no_other() -> None:
    assert set(missing(pay(1, 3_000, matter_id=7), pay(2, 3_000), m7=ROAD)) == {2}
    assert missing(pay(1, 3_000, matter_id=7), pay(2, 3_000, matter_id=7), m7=ROAD) == {}


@pytest.mark.parametrize(
    "payments",
    [
        (pay(1, 4_000), pay(2, 4_000, payee="王五")),
        (pay(1, 4_000, payee=""), pay(2, 4_000, payee="")),
        (pay(1, 6_000, matter_id=7), pay(2, 4_000)),
        (pay(1, 4_000), pay(2, -4_000, day=1), pay(3, 4_000, day=2)),
        (pay(1, 4_000, exemption=Exemption.UNRELATED), pay(2, 4_000)),
        (pay(1, 6_000, exemption=Exemption.DISASTER),),
    ],
    ids=["two payees", "no payee", "one is large by itself", "one was taken back", "no parts of one thing", "disaster"],
)
def test_what_is_no_split_and_what_is_excepted_is_left_alone(payments: tuple[Payment, ...]) -> None:
    assert missing(*payments, m7=ROAD) == {}


def test_that_it_is_no_part_of_something_else_helps_no_payment_that_is_large_itself() -> None:
    assert missing(pay(1, 6_000, exemption=Exemption.UNRELATED)) == {
        1: "6,000.00 元达到大额支出起点 5,000.00 元，“与同一收款人的其他付款不是一件事”不能代替决议，"
        "第 1 笔还没有选依据的决议。"
    }


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"body": None}, "还没有表决通过。"),
        ({"is_withdrawn": True}, "已经终止。"),
        (
            {"body": Body.DELIBERATION},
            "是民主协商会的结果，不是村民会议、村民代表会议或者成员大会、成员代表大会的决议。",
        ),
        ({"body": Body.TWO_COMMITTEES}, "是村“两委”会议的结果，不是"),
        ({"decided_fen": None}, "没有写金额，算不出还可以付多少。"),
    ],
)
def test_what_is_no_decision_covers_nothing(changed: dict[str, object], words: str) -> None:
    found = missing(pay(2, 5_000, matter_id=7), m7=replace(ROAD, **changed))
    assert f"第 2 笔所选的事项 2026-1“修缮三组道路”{words}" in found[2]


@pytest.mark.parametrize("body", [Body.VILLAGER_ASSEMBLY, Body.GROUP_ASSEMBLY, Body.MEMBER_ASSEMBLY])
def test_each_assembly_may_decide(body: Body) -> None:
    assert missing(pay(1, 8_000, matter_id=7), m7=replace(ROAD, body=body)) == {}


@pytest.mark.parametrize(("paid", "yuan", "fits"), [(0, 8_000, True), (0, 8_001, False), (3_000, 5_000, True)])
def test_a_decision_covers_up_to_what_is_left_of_it(paid: int, yuan: int, fits: bool) -> None:
    found = missing(pay(1, yuan, matter_id=7), m7=replace(ROAD, paid_fen=paid * 100))
    assert (found == {}) == fits


def test_what_is_beyond_the_decision_is_told_with_the_arithmetic() -> None:
    found = missing(pay(1, 1_000, matter_id=7), pay(5, 5_500, day=2, matter_id=7), m7=replace(ROAD, paid_fen=3_000_00))
    assert found == {
        5: "5,500.00 元达到大额支出起点 5,000.00 元，第 5 笔所选的事项 2026-1“修缮三组道路”不够付："
        "决议 8,000.00 元，已付 4,000.00 元，还可以付 4,000.00 元，这一笔 5,500.00 元超出 1,500.00 元。"
    }
    (told,) = missing(pay(1, 5_000, matter_id=7), m7=replace(ROAD, paid_fen=8_000_00)).values()
    assert "决议 8,000.00 元，已付 8,000.00 元，已经付完，这一笔 5,000.00 元超出 5,000.00 元。" in told


def test_what_was_taken_back_leaves_room_again() -> None:
    rows = [pay(1, 8_000, matter_id=7), pay(2, -6_000, day=1, matter_id=7), pay(3, 6_000, day=2, matter_id=7)]
    assert missing(*rows, m7=ROAD) == {}
    assert set(missing(rows[0], rows[2], m7=ROAD)) == {3}


PAYMENTS = st.lists(
    st.tuples(st.integers(-3_000, 5_500), st.integers(0, 70), st.sampled_from("甲乙")), max_size=12
)  # fmt: skip


@given(PAYMENTS)
def test_no_way_of_splitting_falls_through(rows: list[tuple[int, int, str]]) -> None:
    """Every span of days is tried, one after the other, and the sums are taken anew."""
    payments = [pay(number, yuan, day=day, payee=payee) for number, (yuan, day, payee) in enumerate(rows, 1)]
    wanted = {number for number, (yuan, _day, _payee) in enumerate(rows, 1) if yuan >= 5_000}
    for first in range(-30, 71):
        for payee in "甲乙":
            inside = [
                (number, yuan) for number, (yuan, day, whose) in enumerate(rows, 1)
                if whose == payee and first <= day <= first + 30 and yuan < 5_000
            ]  # fmt: skip
            if sum(yuan for _number, yuan in inside) >= 5_000:
                wanted |= {number for number, yuan in inside if yuan > 0}
    assert set(missing(*payments)) == wanted
