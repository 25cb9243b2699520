"""Order and dates: every breach with its words and its basis, and the neighbouring day on which there is none."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.decisions.matters import NOW, bring_to_vote, call, decide, happen, hold, make_rosters, propose
from tests.ready_periods import make_desk
from village_open.core import clock
from village_open.core.calendars import DayRule
from village_open.db import transaction
from village_open.decisions.actions.events import KeptPaper, add_paper, strike_event
from village_open.decisions.actions.meetings import Minutes, record_meeting, strike_meeting
from village_open.decisions.chronicles import chronicle_of, list_findings
from village_open.decisions.models import EventKind, PaperKind
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.order import (
    LOCAL_PRACTICE,
    RECORD_BASIS,
    TENDER_BASIS,
    Chronicle,
    Finding,
    Happened,
    HeldMeeting,
    Hung,
    findings_of,
)
from village_open.decisions.rules.votes import Tally

TODAY = date(2026, 12, 1)
BOTH, EXCLUDED = DayRule.BOTH_ENDS, DayRule.FIRST_DAY_EXCLUDED
FLOOR = "村民委员会组织法（2025年修订）第35条"
ALL_PAPERS = frozenset({"minutes", "attendance"})
STEPS = ("propose", "consult", "review", "decide")
BODIES = (Body.PARTY_BRANCH, Body.TWO_COMMITTEES, Body.PARTY_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY)


def september(day):
    return date(2026, 9, day)


def meeting(step="decide", on=10, **more):
    about = {
        "step_key": step, "body": BODIES[STEPS.index(step)], "held_on": september(on), "has_passed": True,
        "text_version": 1, "paper_kinds": ALL_PAPERS, "basis": "村民委员会组织法（2025年修订）第30条",
        "is_law": step == "decide", **more,
    }  # fmt: skip
    return HeldMeeting(**about)


def resolution(on=10, to=None, **more):
    hung = Hung("resolution", "决议公开", september(on), to and september(to), 7, BOTH, FLOOR, is_law=True)
    return replace(hung, **more)


def result(on):
    return replace(resolution(on), kind="result", label="实施结果公开")


def event(kind, on, **more):
    return Happened(kind, september(on), **{"party": "恒达建筑公司", "amount_fen": 34_000_000, **more})


def paid(on, fen=100):
    return Happened("payment", september(on), party="恒达建筑公司", amount_fen=fen)


def found(**known):
    return findings_of(Chronicle(today=TODAY, **{"meetings": [meeting()], "steps": STEPS, **known}))


def of_kind(kind, findings):
    assert all(row.kind == kind for row in findings), findings
    return findings


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (8, "2026年9月20日村民会议只提前 8 日通知，应当提前 10 日"),
        (9, "2026年9月20日村民会议只提前 9 日通知，应当提前 10 日"),
        (10, None),
    ],
)
def test_a_notice_is_short_until_ten_days_lie_between(days, told) -> None:
    held = meeting(
        on=20, body=Body.VILLAGER_ASSEMBLY, noticed_on=september(20) - timedelta(days=days), notice_days=10,
        notice_basis="第25条", may_be_urgent=True,
    )  # fmt: skip
    assert found(meetings=[held]) == ((Finding("notice_short", told, "第25条", is_law=True),) if told else ())
    assert found(meetings=[replace(held, is_urgent=True)]) == ()
    not_urgent = found(meetings=[replace(held, is_urgent=True, may_be_urgent=False)])
    assert bool(not_urgent) is bool(told)


def test_a_notice_whose_day_nobody_wrote_down_is_asked_for_where_days_are_fixed() -> None:
    held = meeting(notice_days=5, notice_basis="山东")
    told = "2026年9月10日村民代表会议没有登记哪天通知，应当提前 5 日"
    assert found(meetings=[held]) == (Finding("notice_unknown", told, "山东", is_law=True),)
    assert found(meetings=[replace(held, notice_days=0)]) == ()


@pytest.mark.parametrize(("decided", "is_reversed"), [(8, True), (9, False), (10, False)])
def test_steps_are_held_in_their_order_or_on_one_day(decided, is_reversed) -> None:
    told = "村民代表会议（2026年9月8日）早于党员大会（2026年9月9日），次序颠倒"
    expected = (Finding("steps_reversed", told, LOCAL_PRACTICE),) if is_reversed else ()
    assert found(meetings=[meeting("review", 9), meeting("decide", decided)]) == expected
    lost = meeting("review", 9, has_passed=False)
    assert found(meetings=[lost, meeting("review", 7), meeting("decide", decided)]) == ()


def test_every_step_votes_on_one_version() -> None:
    told = "党员大会讨论的是第 1 稿，村民代表会议表决的是第 2 稿，不是同一份方案"
    changed = [meeting("review", 9), meeting(text_version=2)]
    assert found(meetings=changed) == (Finding("versions_differ", told, LOCAL_PRACTICE),)
    assert found(meetings=[meeting("review", 9), meeting()]) == ()
    assert (
        found(meetings=[replace(changed[0], has_passed=False), meeting("review", 9, text_version=2), changed[1]]) == ()
    )


@pytest.mark.parametrize(
    ("there", "findings"),
    [
        (set(), [("2026年9月10日村民代表会议缺会议记录", RECORD_BASIS, True),
                 ("2026年9月10日村民代表会议缺签到表或会场照片", LOCAL_PRACTICE, False)]),
        ({"attendance"}, [("2026年9月10日村民代表会议缺会议记录", RECORD_BASIS, True)]),
        ({"minutes"}, [("2026年9月10日村民代表会议缺签到表或会场照片", LOCAL_PRACTICE, False)]),
        ({"minutes", "attendance"}, []),
    ],
)  # fmt: skip
def test_minutes_are_the_law_and_a_sheet_of_signatures_is_custom(there, findings) -> None:
    held = meeting(paper_kinds=frozenset(there))
    assert [
        (row.message, row.basis, row.is_law) for row in of_kind("papers_missing", found(meetings=[held]))
    ] == findings


def test_no_law_asks_for_the_minutes_of_a_party_meeting() -> None:
    (missing,) = found(meetings=[meeting("review", 9, paper_kinds=frozenset({"attendance"}))])
    assert (missing.basis, missing.is_law) == (LOCAL_PRACTICE, False)


def test_a_vote_with_gaps_is_told_with_what_is_missing() -> None:
    gaps = "村民代表会议：没有写同意人数，不能认定通过"
    held = meeting(has_passed=False, gaps=gaps)
    assert found(meetings=[held]) == (Finding("counts_missing", f"2026年9月10日{gaps}", RECORD_BASIS, is_law=True),)
    assert found(meetings=[meeting()]) == ()


@pytest.mark.parametrize(("posted", "is_early"), [(9, True), (10, False), (11, False)])
def test_a_resolution_hangs_from_the_day_of_the_vote_on(posted, is_early) -> None:
    told = "决议公开2026年9月9日张贴，早于村民代表会议（2026年9月10日）"
    expected = (Finding("posted_before_vote", told, LOCAL_PRACTICE),) if is_early else ()
    assert found(hung=[resolution(posted)]) == expected


def test_the_sheet_of_a_failed_vote_is_measured_by_that_vote() -> None:
    lost = meeting(on=5, has_passed=False)
    sheets = [resolution(5, meeting_on=september(5)), resolution(10, meeting_on=september(10))]
    assert found(meetings=[lost, meeting()], hung=sheets, events=[event("contract", 17)]) == ()
    (early,) = found(meetings=[lost, meeting()], hung=[resolution(4, meeting_on=september(5))])
    assert early.message == "决议公开2026年9月4日张贴，早于村民代表会议（2026年9月5日）"


@pytest.mark.parametrize(("posted", "is_early"), [(19, True), (20, True), (21, False)])
def test_a_result_hangs_from_the_day_after_the_acceptance_on(posted, is_early) -> None:
    told = f"实施结果公开2026年9月{posted}日张贴，应当从验收（2026年9月20日）的第二天起"
    expected = (Finding("result_too_early", told, LOCAL_PRACTICE),) if is_early else ()
    assert found(events=[event("acceptance", 18), event("acceptance", 20)], hung=[result(posted)]) == expected
    assert found(hung=[result(posted)]) == ()


@pytest.mark.parametrize(
    ("rule", "taken_down", "told"),
    [
        (BOTH, 15, "决议公开自2026年9月10日至2026年9月15日只张贴 6 日，不足 7 日（首尾两日都计入）"),
        (BOTH, 16, None),
        (EXCLUDED, 16, "决议公开自2026年9月10日至2026年9月16日只张贴 6 日，不足 7 日（起始当日不计入）"),
        (EXCLUDED, 17, None),
    ],
)
def test_a_sheet_hangs_for_its_days_by_the_rule_of_counting(rule, taken_down, told) -> None:
    hung = [resolution(10, taken_down, day_rule=rule)]
    assert found(hung=hung) == ((Finding("posted_too_short", told, FLOOR, is_law=True),) if told else ())
    assert found(hung=[resolution(10, day_rule=rule)]) == ()


def test_a_day_that_is_only_planned_for_taking_down_is_no_breach_yet() -> None:
    sheets = {"hung": [resolution(10, 12)], "meetings": [meeting()]}
    assert findings_of(Chronicle(today=september(11), **sheets)) == ()
    assert len(findings_of(Chronicle(today=september(12), **sheets))) == 1


@pytest.mark.parametrize("what", ["contract", "award_notice", "payment"])
@pytest.mark.parametrize(
    ("rule", "day", "told"),
    [
        (BOTH, 10, "在决议公开张贴期内（2026年9月10日至2026年9月16日），公示还没有结束"),
        (BOTH, 16, "在决议公开张贴期内（2026年9月10日至2026年9月16日），公示还没有结束"),
        (BOTH, 17, None),
        (EXCLUDED, 17, "在决议公开张贴期内（2026年9月10日至2026年9月17日），公示还没有结束"),
        (EXCLUDED, 18, None),
    ],
)
def test_nothing_is_awarded_signed_or_paid_while_the_resolution_hangs(what, rule, day, told) -> None:
    done = {"payments": [paid(day)]} if what == "payment" else {"events": [event(what, day)]}
    word = {"contract": "合同", "award_notice": "中标公示", "payment": "付款"}[what]
    expected = (Finding("done_while_posted", f"{word}（2026年9月{day}日）{told}", LOCAL_PRACTICE),) if told else ()
    assert found(hung=[resolution(day_rule=rule)], **done) == expected


def test_a_sheet_that_was_taken_down_early_holds_nobody_up_afterwards() -> None:
    early = {"hung": [resolution(10, 12)], "events": [event("contract", 13)]}
    assert [row.kind for row in found(**early)] == ["posted_too_short"]
    assert [row.kind for row in found(**{**early, "events": [event("contract", 12)]})] == [
        "posted_too_short", "done_while_posted",
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "kinds"), [(11, ["done_before_posting"]), (12, ["done_while_posted"]), (19, [])])
def test_a_contract_waits_for_the_sheet_to_be_put_up(day, kinds) -> None:
    findings = found(hung=[resolution(12)], events=[event("contract", day)])
    assert [row.kind for row in findings] == kinds
    if day == 11:
        told = "合同（2026年9月11日）早于决议公开张贴（2026年9月12日），还没有公示"
        assert findings[0] == Finding("done_before_posting", told, LOCAL_PRACTICE)


@pytest.mark.parametrize(("day", "is_early"), [(20, True), (22, True), (23, False)])
def test_a_contract_waits_until_the_award_has_been_public(day, is_early) -> None:
    events = [event("award_notice", 20, until=september(22)), event("contract", day)]
    told = f"合同（2026年9月{day}日）在中标公示期内（2026年9月20日至2026年9月22日），公示还没有结束"
    assert found(events=events) == ((Finding("contract_while_awarding", told, TENDER_BASIS),) if is_early else ())
    assert found(events=[event("award_notice", 20), event("contract", 21)]) == ()


TENDER = [
    event("budget", 11), event("tender_notice", 12), event("registration", 13), event("registration", 14),
    event("bid", 15), event("bid", 17), event("award_notice", 18), event("contract", 22),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        ("award_notice", 16, "中标公示（2026年9月16日）早于竞价（2026年9月17日），次序颠倒"),
        ("award_notice", 17, None),
        ("tender_notice", 10, "招标公告（2026年9月10日）早于预算（2026年9月11日），次序颠倒"),
        ("tender_notice", 11, None),
        ("contract", 17, "合同（2026年9月17日）早于中标公示（2026年9月18日），次序颠倒"),
        ("contract", 18, None),
    ],
)
def test_a_tender_goes_forward_and_its_steps_may_share_a_day(kind, day, told) -> None:
    events = [row for row in TENDER if row.kind != kind] + [event(kind, day)]
    expected = (Finding("tender_reversed", told, TENDER_BASIS),) if told else ()
    assert found(events=events, needs_tender=True) == expected


def test_a_contract_without_its_tender_is_told_where_one_is_needed() -> None:
    told = "签了合同，却没有登记预算、招标公告、报名、竞价、中标公示"
    events = [event("contract", 22)]
    assert found(events=events, needs_tender=True) == (Finding("tender_incomplete", told, TENDER_BASIS),)
    assert found(events=events) == ()
    assert found(events=TENDER, needs_tender=True) == ()
    assert found(events=TENDER[:-1][3:], needs_tender=True) == ()
    (missing,) = found(events=[row for row in TENDER if row.kind != "bid"], needs_tender=True)
    assert missing.message == "签了合同，却没有登记竞价"


def of(kind, party, fen=100, day=18):
    return event(kind, day, party=party, amount_fen=fen)


@pytest.mark.parametrize(
    ("events", "kind", "told"),
    [
        ([of("bid", "甲", day=15), of("award_notice", "乙")], "winner_without_bid", "中标的是乙，却没有登记它的报价"),
        ([of("bid", "甲", day=15), of("award_notice", "甲")], "", ""),
        ([of("award_notice", "乙")], "", ""),
        ([of("award_notice", "甲"), of("contract", "乙")], "contract_with_another", "合同签给乙，中标的却是甲"),
        ([of("contract", "乙")], "", ""),
        (
            [of("award_notice", "甲"), of("contract", "甲", 60), of("contract", "甲", 41)],
            "contract_off_award", "甲的合同 1.01 元，与中标价 1.00 元不一致",
        ),
        ([of("award_notice", "甲"), of("contract", "甲", 60), of("contract", "甲", 40)], "", ""),
        (
            [of("award_notice", "甲"), of("contract", "甲", 99)],
            "contract_off_award", "甲的合同 0.99 元，与中标价 1.00 元不一致",
        ),
        ([of("award_notice", "甲"), of("award_notice", "乙"), of("contract", "甲"), of("contract", "乙")], "", ""),
    ],
)  # fmt: skip
def test_who_signs_has_won_and_who_won_has_bid(events, kind, told) -> None:
    assert found(events=events) == ((Finding(kind, told, TENDER_BASIS),) if kind else ())


@pytest.mark.parametrize(
    ("day", "told"), [(9, "2026年9月9日签了合同，早于村民代表会议（2026年9月10日）"), (10, None), (11, None)]
)
def test_a_contract_is_signed_after_the_vote(day, told) -> None:
    expected = (Finding("contract_before_vote", told, LOCAL_PRACTICE),) if told else ()
    assert found(events=[event("contract", day)]) == expected


def test_a_contract_without_any_vote_is_told() -> None:
    (early,) = found(events=[event("contract", 11)], meetings=[meeting(has_passed=False)])
    assert early == Finding("contract_before_vote", "2026年9月11日签了合同，此时还没有表决通过", LOCAL_PRACTICE)


@pytest.mark.parametrize(("day", "is_early"), [(19, True), (20, False), (21, False)])
def test_work_is_accepted_after_the_contract(day, is_early) -> None:
    events = [event("contract", 20), event("acceptance", day)]
    told = "验收（2026年9月19日）早于合同（2026年9月20日）"
    assert found(events=events) == ((Finding("accepted_before_contract", told, LOCAL_PRACTICE),) if is_early else ())


@pytest.mark.parametrize(
    ("reviewed", "told"),
    [
        (None, "合同（2026年9月20日）时还没有登记上级复审或批准，按规定须报乡镇人民政府批准"),
        (21, "合同（2026年9月20日）早于上级复审或批准（2026年9月21日），按规定须报乡镇人民政府批准"),
        (20, None),
        (19, None),
    ],
)
def test_where_a_higher_office_approves_nothing_is_signed_before(reviewed, told) -> None:
    events = [event("contract", 20)] + ([event("county_review", reviewed)] if reviewed else [])
    basis = "村民委员会组织法（2025年修订）第30条"
    expected = (Finding("approval_missing", told, basis, is_law=True),) if told else ()
    assert found(events=events, approval_needed="报乡镇人民政府批准") == expected
    assert found(events=events) == ()


@pytest.mark.parametrize(("day", "is_early"), [(9, True), (10, False)])
def test_nothing_is_paid_before_the_vote(day, is_early) -> None:
    told = "2026年9月9日付给恒达建筑公司 1.00 元，此时还没有表决通过"
    assert found(payments=[paid(day)]) == ((Finding("paid_before_vote", told, LOCAL_PRACTICE),) if is_early else ())


def test_a_payment_without_any_vote_is_told_and_its_payee_may_be_unknown() -> None:
    (early,) = found(payments=[replace(paid(11), party="")], meetings=[])
    assert early.message == "2026年9月11日付给对方 1.00 元，此时还没有表决通过"


@pytest.mark.parametrize(("amount", "is_over"), [(199, True), (200, False), (201, False), (None, False)])
def test_no_more_is_paid_than_was_decided(amount, is_over) -> None:
    expected = (Finding("paid_over_decision", "已付 2.00 元，超过决议的 1.99 元", LOCAL_PRACTICE),) if is_over else ()
    assert found(payments=[paid(20), paid(21)], amount_fen=amount) == expected


@pytest.mark.parametrize(("amount", "is_over"), [(199, True), (200, False), (201, False), (None, False)])
def test_no_more_is_contracted_than_was_decided(amount, is_over) -> None:
    events = [event("contract", 18, amount_fen=100), event("contract", 19, amount_fen=100)]
    over = Finding("contract_over_decision", "合同共 2.00 元，超过决议的 1.99 元", LOCAL_PRACTICE)
    assert (over in found(events=events, amount_fen=amount)) is is_over


@pytest.mark.parametrize(("contracted", "is_over"), [((100, 99), True), ((100, 100), False)])
def test_no_more_is_paid_than_all_contracts_say(contracted, is_over) -> None:
    events = [event("contract", 18, amount_fen=fen) for fen in contracted]
    expected = (Finding("paid_over_contract", "已付 2.00 元，超过合同的 1.99 元", LOCAL_PRACTICE),) if is_over else ()
    assert found(payments=[paid(20), paid(21)], events=events) == expected
    assert found(payments=[paid(20)]) == ()


@pytest.fixture
def desk(both_engines):
    """A village with a roster of every body; the test lives in October 2026."""
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
            make_rosters(desk, household_count=300)
        yield desk


def paper_of(kind, number):
    return KeptPaper(kind, "a" * 64, "b" * 64, f"{number:064}", "image/jpeg", "照片.jpg")


def test_the_chronicle_of_a_matter_holds_what_counts_and_finds_what_is_wrong(desk) -> None:
    with transaction():
        road = bring_to_vote(desk, propose(desk))
        lost = decide(desk, road, agree=10, oppose=20)
        strike_meeting(by=desk.clerk, meeting=lost, reason="记错")
        held = decide(desk, road, on=date(2026, 9, 12), agree=40)
        call(desk, propose(desk, title="二组水渠"))
        for kind, number in ((PaperKind.MINUTES, 1), (PaperKind.MEETING, 2)):
            add_paper(by=desk.clerk, matter=road, paper=paper_of(kind, number), meeting=held)
        wrong = happen(desk, road, EventKind.CONTRACT, date(2026, 9, 13))
        strike_event(by=desk.clerk, matter=road, event=wrong, reason="写错")
        happen(desk, road, EventKind.CONTRACT, date(2026, 9, 14))
    hung = [Hung("resolution", "决议公开", date(2026, 9, 12), None, 7, BOTH, FLOOR, is_law=True)]
    chronicle = chronicle_of(road, payments=[paid(11)], hung=hung)
    assert [row.held_on.day for row in chronicle.meetings] == [1, 2, 3, 12]
    assert (chronicle.steps, chronicle.needs_tender, chronicle.amount_fen) == (list(STEPS), True, 34_560_000)
    kinds = [row.kind for row in list_findings(road, payments=[paid(11)], hung=hung)]
    assert kinds == ["papers_missing"] * 6 + ["done_while_posted", "tender_incomplete", "paid_before_vote"]


def test_minutes_that_were_typed_are_minutes(desk) -> None:
    with transaction():
        road = propose(desk)
        meeting_now = call(desk, road)
        record_meeting(
            by=desk.clerk, meeting=meeting_now, tally=Tally(None, 5, 5, 0, 0), written=Minutes(minutes="一致同意")
        )
    assert [row.message for row in list_findings(road)] == ["2026年9月1日村党组织会议缺签到表或会场照片"]


def test_a_levy_waits_for_the_county_and_names_its_rule(desk) -> None:
    with transaction():
        levy = bring_to_vote(desk, propose(desk, type_key="levy"))
        decide(desk, levy)
        happen(desk, levy, EventKind.CONTRACT, date(2026, 9, 20))
    (missing,) = [row for row in list_findings(levy) if row.kind == "approval_missing"]
    assert missing.message.endswith("按规定须县级农业农村部门7个工作日内复审")
    assert missing.basis.startswith("村民一事一议筹资筹劳管理办法")
    assert levy.voted_as is Purpose.LEVY


def test_a_gap_in_the_counts_of_a_meeting_is_a_finding(desk) -> None:
    with transaction():
        road = propose(desk)
        hold(desk, road, agree=5, abstain=0, oppose=0, present=None)
    (gap,) = [row for row in list_findings(road) if row.kind == "counts_missing"]
    assert gap.message == "2026年9月1日村党组织会议：没有写实到人数，不能认定通过"
