"""Every row of the table of decision rules at its bounds: one below, exactly there, one above."""

from datetime import date, timedelta

import pytest

from tests.decisions.decision_rules import ROWS
from village_open.decisions.rules.appraisals import lies_far_enough, office_ends
from village_open.decisions.rules.bodies import Body, Purpose, may_have_it_called, must_be_published, rule_of
from village_open.decisions.rules.matters import (
    BodyMayNotDecide,
    BodyUnfitForPurpose,
    CollectiveItemMissing,
    collective_items,
    matter_types,
    procedures,
    require_body_may_decide,
)
from village_open.decisions.rules.order import Chronicle, HeldMeeting, findings_of
from village_open.decisions.rules.rosters import doubts_of_roster
from village_open.decisions.rules.votes import Outcome, Tally, judge

VILLAGERS, REPRESENTATIVES, GROUP = Body.VILLAGER_ASSEMBLY, Body.REPRESENTATIVE_ASSEMBLY, Body.GROUP_ASSEMBLY
MEMBERS, DELEGATES, BOARD = Body.MEMBER_ASSEMBLY, Body.MEMBER_REPRESENTATIVES, Body.BOARD
PARTY = Body.PARTY_ASSEMBLY
ORDINARY, RECALL, ELECTION = Purpose.ORDINARY, Purpose.RECALL, Purpose.SUPERVISION_ELECTION
APPRAISAL, RIGHTS, LEVY = Purpose.APPRAISAL, Purpose.MEMBER_RIGHTS, Purpose.LEVY
OUTSIDE, PLAN = Purpose.LAND_OUTSIDE, Purpose.LAND_PLAN

# row, body, purpose, place, whom it counts, how many there are, the fewest that are enough
QUORUM = [
    ("村民会议", VILLAGERS, ORDINARY, "", "members", 100, 51),
    ("村民会议", VILLAGERS, ORDINARY, "", "members", 101, 51),
    ("村民会议", VILLAGERS, ORDINARY, "", "households", 60, 40),
    ("村民会议", VILLAGERS, ORDINARY, "", "households", 61, 41),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", "members", 42, 28),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", "members", 43, 29),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "山东", "women", 15, 10),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "山东", "women", 14, 10),
    ("村民小组会议", GROUP, ORDINARY, "", "members", 90, 60),
    ("村民小组会议", GROUP, ORDINARY, "", "households", 32, 22),
    ("罢免村委会成员", VILLAGERS, RECALL, "", "members", 920, 461),
    ("罢免村委会成员", VILLAGERS, RECALL, "", "members", 921, 461),
    ("村务监督委员会推选", VILLAGERS, ELECTION, "", "members", 100, 51),
    ("村务监督委员会推选", REPRESENTATIVES, ELECTION, "", "members", 42, 28),
    ("民主评议", VILLAGERS, APPRAISAL, "", "households", 60, 40),
    ("民主评议", REPRESENTATIVES, APPRAISAL, "", "members", 42, 28),
    ("成员大会", MEMBERS, ORDINARY, "", "members", 300, 200),
    ("成员大会", MEMBERS, ORDINARY, "", "members", 301, 201),
    ("理事会", BOARD, ORDINARY, "", "members", 3, 2),
    ("理事会", BOARD, ORDINARY, "", "members", 7, 5),
    ("非成员享权利", MEMBERS, RIGHTS, "", "members", 300, 200),
    ("一事一议筹资筹劳", VILLAGERS, LEVY, "", "members", 100, 51),
    ("一事一议筹资筹劳", VILLAGERS, LEVY, "", "households", 60, 40),
    ("一事一议筹资筹劳", REPRESENTATIVES, LEVY, "", "members", 42, 28),
    ("一事一议筹资筹劳", REPRESENTATIVES, LEVY, "", "households", 60, 40),
    ("党员大会审议", PARTY, ORDINARY, "", "members", 40, 27),
    ("党员大会审议", PARTY, ORDINARY, "", "members", 42, 28),
]  # fmt: skip

# row, body, purpose, place, how many are due, how many came, the fewest whose yes is enough
PASSING = [
    ("村民会议", VILLAGERS, ORDINARY, "", 100, 60, 31),
    ("村民会议", VILLAGERS, ORDINARY, "", 100, 61, 31),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", 42, 29, 15),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", 42, 30, 16),
    ("村民小组会议", GROUP, ORDINARY, "", 90, 60, 31),
    ("罢免村委会成员", VILLAGERS, RECALL, "", 920, 500, 251),
    ("村务监督委员会推选", REPRESENTATIVES, ELECTION, "", 42, 28, 15),
    ("村务监督委员会推选", VILLAGERS, ELECTION, "", 100, 51, 26),
    ("民主评议", REPRESENTATIVES, APPRAISAL, "", 42, 28, 15),
    ("成员大会", MEMBERS, ORDINARY, "", 300, 260, 200),
    ("成员大会", MEMBERS, ORDINARY, "", 301, 260, 201),
    ("成员代表大会", DELEGATES, ORDINARY, "", 42, 40, 28),
    ("成员代表大会", DELEGATES, ORDINARY, "", 43, 40, 29),
    ("理事会", BOARD, ORDINARY, "", 5, 4, 3),
    ("理事会", BOARD, ORDINARY, "", 7, 6, 4),
    ("非成员享权利", MEMBERS, RIGHTS, "", 300, 260, 225),
    ("非成员享权利", MEMBERS, RIGHTS, "", 301, 260, 226),
    ("土地发包给集体以外", VILLAGERS, OUTSIDE, "", 300, 260, 200),
    ("土地发包给集体以外", REPRESENTATIVES, OUTSIDE, "", 42, 40, 28),
    ("土地发包给集体以外", MEMBERS, OUTSIDE, "四川", 300, 260, 200),
    ("家庭承包方案", VILLAGERS, PLAN, "", 300, 260, 200),
    ("家庭承包方案", REPRESENTATIVES, PLAN, "", 42, 40, 28),
    ("家庭承包方案", GROUP, PLAN, "", 90, 80, 60),
    ("一事一议筹资筹劳", VILLAGERS, LEVY, "", 100, 60, 31),
    ("一事一议筹资筹劳", REPRESENTATIVES, LEVY, "", 42, 29, 15),
    ("党员大会审议", PARTY, ORDINARY, "", 40, 36, 21),
    ("党员大会审议", PARTY, ORDINARY, "", 41, 36, 21),
]  # fmt: skip

# row, body, purpose, place, days
NOTICE = [
    ("村民会议", VILLAGERS, ORDINARY, "", 10),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", 0),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "山东", 5),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "北京", 3),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "重庆", 3),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "浙江", 3),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "上海", 10),
    ("民主评议", REPRESENTATIVES, APPRAISAL, "重庆", 10),
    ("民主评议", VILLAGERS, APPRAISAL, "重庆", 10),
    ("成员大会", MEMBERS, ORDINARY, "", 10),
    ("非成员享权利", MEMBERS, RIGHTS, "", 10),
    ("党员大会审议", PARTY, ORDINARY, "", 3),
]  # fmt: skip

# row, body (None: a request to publish), purpose, place, who asks, how many there are, the fewest that are enough
CALLERS = [
    ("村民会议", VILLAGERS, ORDINARY, "", "villagers", 300, 30),
    ("村民会议", VILLAGERS, ORDINARY, "", "villagers", 301, 31),
    ("村民会议", VILLAGERS, ORDINARY, "", "representatives", 42, 14),
    ("村民会议", VILLAGERS, ORDINARY, "", "representatives", 43, 15),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", "representatives", 40, 8),
    ("村民代表会议", REPRESENTATIVES, ORDINARY, "", "representatives", 42, 9),
    ("罢免村委会成员", VILLAGERS, RECALL, "", "voters", 920, 184),
    ("罢免村委会成员", VILLAGERS, RECALL, "", "representatives", 42, 14),
    ("一事一议筹资筹劳", VILLAGERS, LEVY, "", "villagers", 300, 30),
    ("一事一议筹资筹劳", VILLAGERS, LEVY, "", "representatives", 40, 8),
    ("一事一议筹资筹劳", REPRESENTATIVES, LEVY, "", "villagers", 300, 30),
    ("一事一议筹资筹劳", REPRESENTATIVES, LEVY, "", "representatives", 40, 8),
    ("联名要求公开", None, ORDINARY, "山东", "villagers", 300, 30),
    ("联名要求公开", None, ORDINARY, "山东", "representatives", 40, 8),
    ("联名要求公开", None, ORDINARY, "四川", "villagers", 300, 30),
    ("联名要求公开", None, ORDINARY, "四川", "representatives", 41, 9),
    ("联名要求公开", None, ORDINARY, "重庆", "villagers", 301, 31),
    ("联名要求公开", None, ORDINARY, "重庆", "representatives", 40, 8),
    ("联名要求公开", None, ORDINARY, "海南", "villagers", 300, 30),
    ("联名要求公开", None, ORDINARY, "海南", "representatives", 42, 14),
]  # fmt: skip


@pytest.mark.parametrize("column", ["notice", "quorum", "passing", "callers"])
def test_every_row_that_says_something_is_tested_at_its_bounds(column: str) -> None:
    cases = {"notice": NOTICE, "quorum": QUORUM, "passing": PASSING, "callers": CALLERS}[column]
    assert {case[0] for case in cases} == {name for name, row in ROWS.items() if getattr(row, column)}


@pytest.mark.parametrize(("row", "body", "purpose", "place", "of", "whole", "enough"), QUORUM)
def test_a_meeting_is_valid_from_the_fewest_that_are_enough(row, body, purpose, place, of, whole, enough) -> None:
    rule = rule_of(body, purpose, place=place)
    held = {part: outcome_with(rule, of, whole, part) is not Outcome.NO_QUORUM for part in around(enough)}
    assert held == {enough - 1: False, enough: True, enough + 1: True}, ROWS[row].source


def outcome_with(rule, of, whole, part):
    """Judge a meeting to which so many of one kind of people came, and of every other kind all, or in vain none."""
    due = whole if of == "members" else 9000
    fails_otherwise = len(rule.quorum) > 1
    came = {
        "members": 1 if fails_otherwise and of != "members" else due,
        "households": 0 if fails_otherwise else 60,
        "women": 30,
    }
    came[of] = part
    present = came["members"]
    tally = Tally(
        due=due, present=present, agree=present, oppose=0, abstain=0,
        households_due=whole if of == "households" else 60, households_present=came["households"],
        women_due=whole if of == "women" else 30, women_present=came["women"],
    )  # fmt: skip
    return judge(tally, rule).outcome


@pytest.mark.parametrize(("row", "body", "purpose", "place", "due", "present", "enough"), PASSING)
def test_a_vote_passes_from_the_fewest_whose_yes_is_enough(row, body, purpose, place, due, present, enough) -> None:
    rule = rule_of(body, purpose, place=place)
    passed = {}
    for agree in around(enough):
        tally = Tally(
            due=due, present=present, agree=agree, oppose=present - agree, abstain=0,
            households_due=60, households_present=60,
        )  # fmt: skip
        passed[agree] = judge(tally, rule).has_passed
    assert passed == {enough - 1: False, enough: True, enough + 1: True}, ROWS[row].source


@pytest.mark.parametrize(("row", "body", "purpose", "place", "days"), NOTICE)
def test_a_notice_is_short_until_its_days_are_full(row, body, purpose, place, days) -> None:
    rule = rule_of(body, purpose, place=place)
    assert rule.notice_days == days, ROWS[row].source
    short = {before: is_short(rule, before) for before in (days - 1, days, days + 1)}
    assert short == {days - 1: days > 0, days: False, days + 1: False}, ROWS[row].source


def is_short(rule, before):
    held_on = date(2026, 9, 20)
    meeting = HeldMeeting(
        "decide", rule.body, held_on, has_passed=True, text_version=1, noticed_on=held_on - timedelta(days=before),
        notice_days=rule.notice_days, notice_basis=rule.notice_basis, is_law=rule.is_law,
        paper_kinds=frozenset({"minutes", "attendance"}),
    )  # fmt: skip
    return [found.kind for found in findings_of(Chronicle(today=held_on, meetings=[meeting]))] == ["notice_short"]


@pytest.mark.parametrize(("row", "body", "purpose", "place", "of", "whole", "enough"), CALLERS)
def test_enough_people_may_have_it_called_or_published(row, body, purpose, place, of, whole, enough) -> None:
    def heard(part):
        if body is None:
            return must_be_published(place, of, part, whole)
        return may_have_it_called(rule_of(body, purpose, place=place), of, part, whole)

    assert {part: heard(part) for part in around(enough)} == {enough - 1: False, enough: True, enough + 1: True}, row


def around(number):
    """One below, exactly there, one above."""
    return number - 1, number, number + 1


def test_where_no_rule_names_them_nobody_may_demand_anything() -> None:
    assert not must_be_published("国家", "villagers", 300, 300)
    assert not may_have_it_called(rule_of(REPRESENTATIVES), "villagers", 300, 300)
    assert not may_have_it_called(rule_of(MEMBERS), "villagers", 300, 300)


ROAD = Tally(due=42, present=29, agree=24, oppose=3, abstain=2)


def test_the_sentence_of_the_representatives_tells_the_whole_arithmetic() -> None:
    assert judge(ROAD, rule_of(REPRESENTATIVES)).words == (
        "村民代表会议：应到 42 人，实到 29 人，29 ≥ 28（三分之二），到会有效；"
        "同意 24、反对 3、弃权 2，24 > 14.5（到会过半），通过"
    )


def test_the_same_votes_fail_among_delegates_of_the_economic_organisation() -> None:
    found = judge(ROAD, rule_of(DELEGATES))
    assert found.outcome is Outcome.REJECTED
    assert found.words.endswith("同意 24、反对 3、弃权 2，24 < 28（全体三分之二），未通过")


@pytest.mark.parametrize("body", [VILLAGERS, REPRESENTATIVES, GROUP])
def test_who_acts_for_the_economic_organisation_needs_its_majority(body) -> None:
    rule = rule_of(body, acts_for_collective=True)
    found = judge(ROAD, rule)
    assert found.outcome is Outcome.REJECTED
    assert "24 < 28（全体三分之二），未通过" in found.words
    assert rule.basis.endswith("农村集体经济组织法第64条：代行集体经济组织职能的，依照该法的规定")


def test_a_body_that_acts_for_nobody_keeps_its_rule_when_the_village_acts_for_the_organisation() -> None:
    assert rule_of(PARTY, acts_for_collective=True) == rule_of(PARTY)
    assert rule_of(DELEGATES, acts_for_collective=True) == rule_of(DELEGATES)


@pytest.mark.parametrize(("agree", "passes"), [(224, False), (225, True), (226, True)])
def test_rights_of_non_members_need_three_quarters_whoever_acts(agree, passes) -> None:
    rule = rule_of(VILLAGERS, RIGHTS, acts_for_collective=True)
    tally = Tally(due=300, present=260, agree=agree, oppose=260 - agree, abstain=0)
    assert judge(tally, rule).has_passed is passes
    assert "农村集体经济组织法第15条" in rule.basis


def test_the_assembly_that_acts_for_the_organisation_knows_no_urgent_call() -> None:
    assert rule_of(VILLAGERS).may_be_urgent
    acting = rule_of(VILLAGERS, acts_for_collective=True)
    assert (acting.notice_days, acting.may_be_urgent) == (10, False)
    assert acting.notice_basis.startswith("农村集体经济组织法第27条")


@pytest.mark.parametrize(("women", "valid"), [(9, False), (10, True)])
def test_in_shandong_two_thirds_of_the_women_must_have_come(women, valid) -> None:
    rule = rule_of(REPRESENTATIVES, place="山东")
    found = judge(Tally(42, 30, 30, 0, 0, women_due=15, women_present=women), rule)
    assert found.has_passed is valid
    assert (
        f"30 ≥ 28（三分之二），妇女代表 15 人到会 {women} 人，{women} {'≥' if valid else '<'} 10（三分之二）"
        in found.words
    )
    assert rule.basis.endswith("妇女代表三分之二以上到会")
    assert judge(Tally(42, 30, 30, 0, 0), rule_of(REPRESENTATIVES)).has_passed


def test_the_representatives_of_a_levy_must_speak_for_two_thirds_of_the_households() -> None:
    found = judge(Tally(42, 42, 42, 0, 0, households_due=60, households_present=39), rule_of(REPRESENTATIVES, LEVY))
    assert found.outcome is Outcome.NO_QUORUM
    assert found.words == (
        "村民代表会议：应到 42 人，实到 42 人，42 ≥ 28（三分之二），"
        "到会代表 39 户，共 60 户，39 < 40（三分之二），到会人数不足，会议无效"
    )


def test_an_appraisal_in_chongqing_asks_ten_days_of_those_who_appraise_only() -> None:
    assert rule_of(Body.TWO_COMMITTEES, APPRAISAL, place="重庆") == rule_of(Body.TWO_COMMITTEES, place="重庆")
    assert rule_of(REPRESENTATIVES, place="重庆").notice_days == 3


@pytest.mark.parametrize("body", [DELEGATES, REPRESENTATIVES])
@pytest.mark.parametrize(
    ("item", "words"),
    [
        (1, "“章程”：这是农村集体经济组织法第26条第一项"),
        (3, "“成员确认”：这是农村集体经济组织法第26条第三项"),
        (8, "“土地承包、宅基地使用、收益权份额量化”：这是农村集体经济组织法第26条第八项"),
        (10, "“土地补偿费的分配、使用办法”：这是农村集体经济组织法第26条第十项"),
        (12, "“合并、分立”：这是农村集体经济组织法第26条第十二项"),
    ],
)
def test_what_the_law_keeps_for_the_whole_assembly_is_refused_by_article_and_item(body, item, words) -> None:
    with pytest.raises(BodyMayNotDecide) as refused:
        require_body_may_decide(body, collective_item=item, acts_for_collective=body is REPRESENTATIVES)
    assert refused.value.message == f"{body.label}不能决定{words}，农村集体经济组织法第28条规定只能由成员大会决定。"


@pytest.mark.parametrize("item", [2, 4, 5, 6, 7, 9, 11, 13])
def test_delegates_decide_every_other_item_and_the_assembly_all_of_them(item) -> None:
    require_body_may_decide(DELEGATES, collective_item=item, acts_for_collective=False)
    require_body_may_decide(REPRESENTATIVES, collective_item=item, acts_for_collective=True)
    for every in collective_items():
        require_body_may_decide(MEMBERS, collective_item=every, acts_for_collective=False)
        require_body_may_decide(VILLAGERS, collective_item=every, acts_for_collective=True)


def test_a_village_matter_has_no_item_and_a_matter_of_the_organisation_needs_one() -> None:
    require_body_may_decide(REPRESENTATIVES, collective_item=None, acts_for_collective=False)
    with pytest.raises(CollectiveItemMissing):
        require_body_may_decide(MEMBERS, collective_item=None, acts_for_collective=False)
    with pytest.raises(CollectiveItemMissing):
        require_body_may_decide(VILLAGERS, collective_item=None, acts_for_collective=True)


@pytest.mark.parametrize(
    ("purpose", "body", "named"),
    [
        (RECALL, REPRESENTATIVES, "村民会议表决，村民代表会议不能决定。依据：村民委员会组织法（2025年修订）第19条。"),
        (RIGHTS, DELEGATES, "成员大会表决，成员代表大会不能决定。依据：农村集体经济组织法第15条。"),
        (RIGHTS, REPRESENTATIVES, "成员大会表决，村民代表会议不能决定。依据：农村集体经济组织法第15条。"),
        (ELECTION, GROUP, "村民会议、村民代表会议表决，村民小组会议不能决定。"),
        (APPRAISAL, Body.TWO_COMMITTEES, "村民会议、村民代表会议表决，村“两委”会议不能决定。"),
        (LEVY, MEMBERS, "村民会议、村民代表会议表决，成员大会不能决定。"),
    ],
)
def test_a_vote_that_the_law_gives_to_others_is_refused(purpose, body, named) -> None:
    with pytest.raises(BodyUnfitForPurpose) as refused:
        require_body_may_decide(body, collective_item=13, acts_for_collective=False, purpose=purpose)
    assert named in refused.value.message


@pytest.mark.parametrize(
    ("purpose", "body", "acts"),
    [(RECALL, VILLAGERS, False), (RIGHTS, MEMBERS, False), (RIGHTS, VILLAGERS, True), (LEVY, REPRESENTATIVES, False),
     (OUTSIDE, MEMBERS, False), (ORDINARY, GROUP, False)],
)  # fmt: skip
def test_a_vote_by_those_whom_the_law_names_is_let_through(purpose, body, acts) -> None:
    require_body_may_decide(body, collective_item=13, acts_for_collective=acts, purpose=purpose)


@pytest.mark.parametrize(
    ("purpose", "words"),
    [(OUTSIDE, "报乡镇人民政府批准"), (LEVY, "县级农业农村部门7个工作日内复审"), (ORDINARY, ""), (PLAN, "")],
)
def test_a_higher_office_follows_the_vote_where_the_row_says_so(purpose, words) -> None:
    assert purpose.approval_needed == words


@pytest.mark.parametrize(
    ("results", "ends"),
    [([False], False), ([False, True, False], False), ([True, False, False], True), ([False, False, True], True)],
)
def test_two_bad_appraisals_in_a_row_end_the_office(results, ends) -> None:
    assert office_ends(results) is ends


@pytest.mark.parametrize(("later", "enough"), [((2026, 9, 9), False), ((2026, 9, 10), True), ((2026, 9, 11), True)])
def test_two_appraisals_lie_six_months_apart(later, enough) -> None:
    assert lies_far_enough(date(2026, 3, 10), date(*later)) is enough


@pytest.mark.parametrize(
    ("body", "numbers", "told"),
    [
        (DELEGATES, {"members": 20}, "成员代表 20 人，应当多于 20 人"),
        (DELEGATES, {"members": 21}, None),
        (DELEGATES, {"members": 30, "households": 149}, "149 户推选 30 名代表，应当每 5 至 15 户推选 1 人"),
        (DELEGATES, {"members": 30, "households": 150}, None),
        (DELEGATES, {"members": 30, "households": 450}, None),
        (DELEGATES, {"members": 30, "households": 451}, "451 户推选 30 名代表，应当每 5 至 15 户推选 1 人"),
        (BOARD, {"members": 2}, "理事 2 人，应当是 3 至 7 人的单数"),
        (BOARD, {"members": 3}, None),
        (BOARD, {"members": 4}, "理事 4 人，应当是 3 至 7 人的单数"),
        (BOARD, {"members": 7}, None),
        (BOARD, {"members": 9}, "理事 9 人，应当是 3 至 7 人的单数"),
        (REPRESENTATIVES, {"members": 42, "women": 13}, "妇女代表 13 人，13 < 14，应当占组成人员的三分之一以上"),
        (REPRESENTATIVES, {"members": 42, "women": 14}, None),
        (REPRESENTATIVES, {"members": 42}, None),
        (VILLAGERS, {"members": 900, "women": 1}, None),
    ],
)  # fmt: skip
def test_a_roster_that_the_law_wants_otherwise_is_told(body, numbers, told) -> None:
    assert [doubt.message for doubt in doubts_of_roster(body, **numbers)] == ([told] if told else [])


def test_every_kind_of_matter_names_its_items_and_each_step_a_body_that_meets() -> None:
    assert [kind.label for kind in matter_types().values()] == [
        "村庄规划", "公益事业", "筹资筹劳", "集体资产资源（租赁、转让、入股、抵押）", "土地承包与征地补偿", "宅基地",
        "大额支出", "救助与补贴", "误工补贴", "重点帮扶", "村规民约", "其他",
    ]  # fmt: skip
    assert {item for kind in matter_types().values() for item in kind.collective_items} == set(collective_items())
    for procedure in procedures().values():
        assert procedure.step("decide").is_meeting
        assert procedure.next_after("decide") == "announce"
