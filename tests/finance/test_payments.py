"""Payments and decisions: what is handed in only with a decision that has room, or with an exception."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from tests.decisions.matters import NOW, bring_to_vote, decide, make_rosters, propose
from tests.finance.payment_world import decided, join, spend, submit
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.actions.matters import revise_text
from village_open.decisions.actions.meetings import strike_meeting
from village_open.decisions.decided import list_allowed
from village_open.decisions.models import Meeting
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.payments import Exemption
from village_open.finance import actions
from village_open.finance.actions.deciding import ExemptionUnreasoned, exempt_payment, link_matter
from village_open.finance.errors import DecisionMissing
from village_open.finance.flags import FlagKind
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.finance.payments import check_lines, flags_of_payments
from village_open.finance.queries import get_statement
from village_open.finance.queries.flags import list_flags
from village_open.finance.queries.payments import check_payments
from village_open.finance.statements import LedgerLine, StatementLine
from village_open.record.queries import find_broken_link, list_trail
from village_open.villages.actions import change_profile
from village_open.villages.approvals import Approver, Tier
from village_open.villages.profile import Setting, StoredSetting, build_profile

Q4 = Period.parse("2026Q4")


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def sentences(period: FinancePeriod) -> list[str]:
    return [one.sentence for one in check_payments(period, get_statement(period)).missing]


def test_a_large_payment_is_handed_in_with_a_decision_that_covers_it_and_not_before(desk: Desk) -> None:
    with transaction():
        period, matter = join(desk), decided(desk)
        line = spend(desk, period, 8_000)
    with pytest.raises(DecisionMissing) as refused, transaction():
        submit(desk, period)
    assert refused.value.message == (
        "有 1 笔大额支出没有办齐，不能提交。8,000.00 元达到大额支出起点 5,000.00 元，第 1 笔还没有选依据的决议。"
        "选好依据的决议，或者写明例外的理由，再提交。"
    )
    db.session.refresh(period)
    assert (period.stage, period.content_sha256) == (PeriodState.ENTRY, "")
    with transaction():
        link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
        submit(desk, period)
    assert period.stage is PeriodState.SUBMITTED


def test_the_threshold_is_that_of_the_townships_profile(desk: Desk) -> None:
    with transaction():
        change_profile(
            by=desk.officer, township=desk.village.township, key="large_payment_fen", text="9000", basis="镇办发9号"
        )
        period = join(desk)
        spend(desk, period, 8_999)
        submit(desk, period)
    assert period.stage is PeriodState.SUBMITTED


def test_what_other_periods_paid_leaves_less_room_and_what_is_still_being_entered_later_does_not(desk: Desk) -> None:
    with transaction():
        third, matter = join(desk), decided(desk)
        first = spend(desk, third, 5_000)
        link_matter(by=desk.clerk, period=third, line_id=first.id, matter=matter)
        fourth = actions.open_period(by=desk.clerk, village=desk.village, period=Q4)
        second = spend(desk, fourth, 6_000, on=date(2026, 10, 5), payee="另一家")
        link_matter(by=desk.clerk, period=fourth, line_id=second.id, matter=matter)
    assert sentences(third) == []
    assert sentences(fourth) == [
        "6,000.00 元达到大额支出起点 5,000.00 元，第 1 笔所选的事项 2026-1“修缮三组道路”不够付："
        "决议 8,000.00 元，已付 5,000.00 元，还可以付 3,000.00 元，这一笔 6,000.00 元超出 3,000.00 元。"
    ]
    with transaction():
        fourth.state = PeriodState.SUBMITTED.value
    assert "决议 8,000.00 元，已付 6,000.00 元" in sentences(third)[0]


def test_parts_are_added_up_across_the_turn_of_the_quarter(desk: Desk) -> None:
    with transaction():
        third = join(desk)
        spend(desk, third, 3_000, on=date(2026, 9, 5))
        fourth = actions.open_period(by=desk.clerk, village=desk.village, period=Q4)
        spend(desk, fourth, 2_000, on=date(2026, 10, 5))
    assert sentences(third) == []
    assert sentences(fourth) == [
        "2026年9月5日 3,000.00 元、第 1 笔 2,000.00 元，30 日内付给同一收款人恒达建筑公司，合计 5,000.00 元，"
        "达到大额支出起点 5,000.00 元，第 1 笔还没有选依据的决议。"
    ]
    with transaction():
        spend(desk, third, 1, on=date(2026, 9, 4))
    assert "2026年9月4日" not in sentences(fourth)[0]


def test_an_exception_with_its_reason_is_recorded_and_lets_the_payment_through(desk: Desk) -> None:
    with transaction():
        period = join(desk)
        line = spend(desk, period, 8_000)
        exempt_payment(
            by=desk.clerk, period=period, line_id=line.id, kind=Exemption.DISASTER, reason=" 9月19日暴雨冲毁便桥。 "
        )
        submit(desk, period)
    said = [line.said for line in list_trail(desk.village.code).items]
    assert "写明“付道路工程款”8,000.00 元没有决议，按例外办理，抢险救灾，9月19日暴雨冲毁便桥" in said
    assert find_broken_link(desk.village.code) is None


def test_an_exception_is_taken_back_and_what_changes_nothing_is_not_recorded(desk: Desk) -> None:
    with transaction():
        period = join(desk)
        line = spend(desk, period, 8_000)
        deed = {"by": desk.clerk, "period": period, "line_id": line.id}
        exempt_payment(**deed, kind=Exemption.REPAIR, reason="水管爆裂")
        count = len(list_trail(desk.village.code).items)
        exempt_payment(**deed, kind=Exemption.REPAIR, reason="水管爆裂")
        link_matter(**deed, matter=None)
        assert len(list_trail(desk.village.code).items) == count
        exempt_payment(**deed, kind=None, reason="")
    assert list_trail(desk.village.code).items[0].said == "写明“付道路工程款”8,000.00 元不再按例外办理"
    assert len(sentences(period)) == 1


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [
        (Exemption.DISASTER, "  ", "exemption"), (None, "没有来得及", "exemption_kind"),
        (Exemption.OTHER, "多" * 201, "exemption"),
    ],
)  # fmt: skip
def test_an_exception_needs_its_kind_and_its_reason(
    desk: Desk, kind: Exemption | None, reason: str, field: str
) -> None:
    with transaction():
        period = join(desk)
        line = spend(desk, period, 8_000)
        with pytest.raises(ExemptionUnreasoned) as refused:
            exempt_payment(by=desk.clerk, period=period, line_id=line.id, kind=kind, reason=reason)
    assert refused.value.field == field
    assert (line.exemption_kind, line.exemption) == ("", "")


def test_what_was_signed_changes_with_the_decision_and_with_the_exception(desk: Desk) -> None:
    with transaction():
        period, matter = join(desk), decided(desk)
        line = spend(desk, period, 4_000)
        hashes = []
        for matter_of, kind, reason in ((None, None, ""), (matter, None, ""), (None, Exemption.OTHER, "一"),
                                        (None, Exemption.OTHER, "二")):  # fmt: skip
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter_of)
            exempt_payment(by=desk.clerk, period=period, line_id=line.id, kind=kind, reason=reason)
            submit(desk, period)
            hashes.append(period.content_sha256)
            actions.take_back_period(by=desk.clerk, period=period)
    assert len(set(hashes)) == 4


def test_payments_that_nobody_approved_are_handed_in_and_told_with_the_rule_of_their_tier(desk: Desk) -> None:
    with transaction():
        period = join(desk)
        spend(desk, period, 200, approver=" ")
        spend(desk, period, 900)
        spend(desk, period, 2_000, approver="", payee="李四")
        submit(desk, period)
    check = check_payments(period, get_statement(period))
    assert [row.number for row in check.unapproved] == [1, 3]
    assert check.rules_of_unapproved == (
        "1,000.00 元及以下的支出：村委会主任", "超过 1,000.00 元、不到 5,000.00 元的支出：村“两委”会议过半数同意",
    )  # fmt: skip


def test_no_approver_is_asked_for_where_the_tier_wants_none_or_an_assembly_has_decided(desk: Desk) -> None:
    with transaction():
        change_profile(
            by=desk.officer, township=desk.village.township, key="approval_tiers",
            text="200 不用另外审批\n以上 村委会主任", basis="镇办发9号",
        )  # fmt: skip
        period, matter = join(desk), decided(desk)
        spend(desk, period, 200, approver="", payee="银行")
        for yuan in (300, 8_000):
            line = spend(desk, period, yuan, approver="", payee=f"收款人{yuan}")
            link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter if yuan > 300 else decided(desk))
        submit(desk, period)
    assert period.stage is PeriodState.SUBMITTED
    check = check_payments(period, get_statement(period))
    assert check.unapproved == ()
    assert [row.number for row in check.blank] == [2, 3]
    told = [flag.sentence for flag in flags_of_payments(check, get_statement(period).lines, {})]
    assert "第 2、3 笔是大额或者有决议的支出，没有写审批人，请对照会议记录和签字。" in told


def test_only_what_passed_on_the_text_that_was_voted_on_is_a_decision(desk: Desk) -> None:
    with transaction():
        make_rosters(desk)
        matter = propose(desk, amount_fen=700_000)
        decide(desk, bring_to_vote(desk, matter), agree=1, oppose=41)
        assert list_allowed([matter.id], {})[matter.id].why_not == "还没有表决通过"
        revise_text(by=desk.clerk, matter=matter, text="只铺水泥路面 300 米", amount_fen=600_000)
        meeting = decide(desk, matter, on=date(2026, 9, 20))
        allowed = list_allowed([matter.id], {matter.id: 100_000})[matter.id]
        assert (allowed.body, allowed.passed_on) == (Body.REPRESENTATIVE_ASSEMBLY, date(2026, 9, 20))
        assert allowed.arithmetic == "决议 6,000.00 元，已付 1,000.00 元，还可以付 5,000.00 元"
        strike_meeting(by=desk.clerk, meeting=meeting, reason="重复登记")
        assert list_allowed([matter.id], {})[matter.id].why_not == "还没有表决通过"
    assert db.session.query(Meeting).filter_by(matter_id=matter.id).count() == 5


def test_the_check_asks_the_database_as_often_for_thirty_payments_as_for_one(desk: Desk) -> None:
    with transaction():
        period = join(desk)
        link_matter(by=desk.clerk, period=period, line_id=spend(desk, period, 6_000).id, matter=decided(desk))
    few = _queries_of_check(period)
    with transaction():
        for number in range(5):
            matter = decided(desk, title=f"修缮{number}组道路")
            for _ in range(5):
                line = spend(desk, period, 6_000)
                link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)
    assert _queries_of_check(period) == few <= 10


def _queries_of_check(period: FinancePeriod) -> int:
    db.session.rollback()
    period.village.township.code  # noqa: B018 - what every page has read before
    asked: list[object] = []

    def hear(*told: object) -> None:
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", hear)
    assert check_payments(period, get_statement(period)).profile.large_payment_fen
    event.remove(db.engine, "before_cursor_execute", hear)
    return len(asked)


def flags_for(*lines: LedgerLine, **holders: tuple[str, ...]) -> dict[str, list[str]]:
    """Sentences by kind of flag, of lines numbered from 1."""
    rows = [StatementLine(number, line, "", "", 0) for number, line in enumerate(lines, 1)]
    check = check_lines(rows, build_profile("国家", (), None), earlier=(), matters={})
    found: dict[str, list[str]] = {}
    for flag in flags_of_payments(check, rows, holders):
        found.setdefault(flag.kind.value, []).append(flag.sentence)
    return found


def paid(yuan: int, approver: str = "", **more: str) -> LedgerLine:
    return LedgerLine(yuan, date(2026, 7, 3), "expense", "购料", yuan * 100, 1, approver=approver, **more)


HEAD_RULE = "本镇规定，1,000.00 元及以下的支出：村委会主任。"
BODY_RULE = "本镇规定，超过 1,000.00 元、不到 5,000.00 元的支出：村“两委”会议过半数同意。"


@pytest.mark.parametrize(
    ("lines", "holders", "sentences"),
    [
        ([paid(900, "赵铁柱"), paid(2_000, "村两委会议")], {"committee_head": ("赵铁柱",)}, []),
        ([paid(900, "赵铁柱（主任）")], {"committee_head": ("钱书记", "赵铁柱")}, []),
        ([paid(900, "谁都行")], {}, []),
        ([paid(900), paid(800)], {}, [f"{HEAD_RULE}第 1、2 笔没有写审批人，请对照会议记录和签字。"]),
        (
            [paid(900, "孙会计"), paid(901, "赵铁柱"), paid(902, "李四")], {"committee_head": ("赵铁柱",)},
            [f"{HEAD_RULE}第 1、3 笔的审批人写的是孙会计、李四，请对照会议记录和签字。"],
        ),
        (
            [paid(2_000, "赵铁柱")], {"committee_head": ("赵铁柱",)},
            [f"{BODY_RULE}第 1 笔的审批人写的是赵铁柱，请对照会议记录和签字。"],
        ),
    ],
)  # fmt: skip
def test_reviewers_are_told_where_nobody_or_somebody_else_approved_than_the_tier_names(
    lines: list[LedgerLine], holders: dict[str, tuple[str, ...]], sentences: list[str]
) -> None:
    assert flags_for(*lines, **holders).get("approval", []) == sentences


def test_both_who_sign_together_are_looked_for() -> None:
    tiers = (Tier(None, Approver.HEAD_AND_SECRETARY),)
    profile = build_profile("国家", [StoredSetting("approval_tiers", Setting(tiers, "镇办发9号"), "")], None)
    names = ("赵铁柱", "赵铁柱、钱书记", "钱书记")
    rows = [StatementLine(number, paid(900 + number, name), "", "", 0) for number, name in enumerate(names, 1)]
    check = check_lines(rows, profile, earlier=(), matters={})
    holders = {"committee_head": ("赵铁柱",), "party_secretary": ("钱书记",)}
    (flag,) = flags_of_payments(check, rows, holders)
    assert "第 1、3 笔的审批人写的是赵铁柱、钱书记，" in flag.sentence


def test_reviewers_are_told_what_has_no_decision_and_what_was_excepted_and_nobody_is_accused() -> None:
    found = flags_for(paid(6_000), paid(7_000, exemption_kind="disaster", exemption="暴雨冲毁便桥"))
    assert found == {
        "undecided": ["6,000.00 元达到大额支出起点 5,000.00 元，第 1 笔还没有选依据的决议。"],
        "exempt": ["第 2 笔 7,000.00 元没有决议，按例外办理，抢险救灾，暴雨冲毁便桥。请看是否属实。"],
        "approval": ["第 1、2 笔是大额或者有决议的支出，没有写审批人，请对照会议记录和签字。"],
    }


def test_a_decision_that_no_longer_holds_is_told_to_the_reviewers(desk: Desk) -> None:
    with transaction():
        period, matter = join(desk), decided(desk)
        link_matter(by=desk.clerk, period=period, line_id=spend(desk, period, 6_000).id, matter=matter)
        submit(desk, period)
        assert FlagKind.UNDECIDED not in {flag.kind for flag in list_flags(period, for_township=False)}
        meeting = db.session.query(Meeting).filter_by(matter_id=matter.id, step_key="decide").one()
        strike_meeting(by=desk.clerk, meeting=meeting, reason="重复登记")
    (flag,) = [one for one in list_flags(period, for_township=False) if one.kind is FlagKind.UNDECIDED]
    assert "第 1 笔所选的事项 2026-1“修缮三组道路”还没有表决通过。" in flag.sentence
