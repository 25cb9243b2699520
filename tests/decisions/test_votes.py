"""Counting a meeting: what does not add up is refused at its field, gaps are named, the rest is computed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.decisions.rules.bodies import Body, Purpose, rule_of
from village_open.decisions.rules.shares import Share
from village_open.decisions.rules.votes import Outcome, Tally, TallyUnfit, check_tally, judge

FITTING = {"due": 42, "present": 29, "agree": 24, "oppose": 3, "abstain": 2}
REPRESENTATIVES = rule_of(Body.REPRESENTATIVE_ASSEMBLY)
VILLAGERS = rule_of(Body.VILLAGER_ASSEMBLY)
LEVY = rule_of(Body.REPRESENTATIVE_ASSEMBLY, Purpose.LEVY)
TALK = rule_of(Body.DELIBERATION)
NOTHING = Tally(due=None, present=None, agree=None, oppose=None, abstain=None)


def tally(**changed):
    return Tally(**{**FITTING, **changed})


# what is changed of a tally that fits, the field, and what is said there
UNFIT = [
    ({"due": -1}, "due", "人数不能是负数。"),
    ({"present": -1}, "present", "人数不能是负数。"),
    ({"agree": -24}, "agree", "人数不能是负数。"),
    ({"by_proxy": -1}, "by_proxy", "人数不能是负数。"),
    ({"households_present": -1}, "households_present", "人数不能是负数。"),
    ({"women_present": -1}, "women_present", "人数不能是负数。"),
    ({"present": 43}, "present", "实到 43 人，比应到的 42 人还多，请核对。"),
    ({"recused": 14}, "present", "实到 29 人，比应到的 42 人减去回避的 14 人还多，请核对。"),
    ({"recused": 42}, "recused", "应到 42 人，回避 42 人，没有人可以表决，请核对。"),
    ({"recused": 43}, "recused", "应到 42 人，回避 43 人，没有人可以表决，请核对。"),
    ({"agree": 23}, "agree", "同意 23、反对 3、弃权 2，合计 28 人，与实到 29 人不符；到会没有投票的，计入弃权。"),
    ({"abstain": 3}, "agree", "同意 24、反对 3、弃权 3，合计 30 人，比实到 29 人还多，请核对。"),
    ({"agree": 30, "oppose": None, "abstain": None}, "agree", "同意 30，合计 30 人，比实到 29 人还多，请核对。"),
    ({"agree": None, "oppose": 30}, "oppose", "反对 30、弃权 2，合计 32 人，比实到 29 人还多，请核对。"),
    ({"agree": None, "oppose": None, "abstain": 30}, "abstain", "弃权 30，合计 30 人，比实到 29 人还多，请核对。"),
    ({"present": None, "agree": 40}, "agree", "票数合计 45，比应到的 42 人还多，请核对。"),
    ({"present": None, "agree": 35, "recused": 3}, "agree", "票数合计 40，比应到的 42 人减去回避的 3 人还多，请核对。"),
    ({"by_proxy": 30}, "by_proxy", "委托 30 人，比实到的 29 人还多，请核对。"),
    ({"women_due": 14, "women_present": 15}, "women_present", "妇女到会 15 人，比名册上的 14 人还多，请核对。"),
    ({"women_due": 40, "women_present": 30}, "women_present", "妇女到会 30 人，比实到的 29 人还多，请核对。"),
    (
        {"households_due": 60, "households_present": 61},
        "households_present",
        "到会代表 61 户，比全部 60 户还多，请核对。",
    ),
]


@pytest.mark.parametrize(("changed", "field", "said"), UNFIT)
def test_counts_that_do_not_add_up_are_refused_at_their_field(changed, field, said) -> None:
    with pytest.raises(TallyUnfit) as refused:
        check_tally(tally(**changed))
    assert (refused.value.field, refused.value.message) == (field, said)


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"present": 42, "agree": 37}, {"recused": 13}, {"oppose": None}, {"oppose": None, "abstain": None},
        {"agree": None, "oppose": None, "abstain": None}, {"present": None, "agree": 37}, {"by_proxy": 29},
        {"women_due": 14, "women_present": 14}, {"households_due": 60, "households_present": 60}, {"due": None},
    ],
)  # fmt: skip
def test_counts_that_fit_pass_and_so_do_gaps(changed) -> None:
    check_tally(tally(**changed))


# the tally, the rule, what is named as missing
GAPS = [
    (NOTHING, REPRESENTATIVES, ("应到人数", "实到人数", "同意人数", "反对人数", "弃权人数")),
    (NOTHING, LEVY, ("应到人数", "实到人数", "同意人数", "反对人数", "弃权人数", "到会代表的户数", "总户数")),
    (tally(oppose=None), REPRESENTATIVES, ("反对人数",)),
    (tally(agree=None, abstain=None), REPRESENTATIVES, ("同意人数", "弃权人数")),
    (tally(present=None), REPRESENTATIVES, ("实到人数",)),
    (tally(due=None), REPRESENTATIVES, ("应到人数",)),
    (tally(), LEVY, ("到会代表的户数", "总户数")),
    (tally(households_due=60), LEVY, ("到会代表的户数",)),
    (tally(households_due=0, households_present=0), LEVY, ("总户数",)),
    (tally(), rule_of(Body.REPRESENTATIVE_ASSEMBLY, place="山东"), ("到会的妇女代表人数", "妇女代表总数")),
    (tally(women_present=0), rule_of(Body.REPRESENTATIVE_ASSEMBLY, place="山东"), ("妇女代表总数",)),
    (tally(due=100), VILLAGERS, ("到会代表的户数", "总户数")),
    (tally(due=100, households_due=60), VILLAGERS, ("到会代表的户数",)),
    (NOTHING, TALK, ("实到人数",)),
    (tally(oppose=None), TALK, ("反对人数",)),
]


@pytest.mark.parametrize(("counted", "rule", "missing"), GAPS)
def test_what_the_paper_does_not_say_is_named_and_nothing_is_made_of_it(counted, rule, missing) -> None:
    found = judge(counted, rule)
    assert (found.outcome, found.missing) == (Outcome.UNKNOWN, missing)
    assert found.words == f"{rule.body.label}：没有写{'、'.join(missing)}，不能认定通过"
    assert found.outcome.label == "缺数，不能认定"


def test_a_meeting_without_enough_people_is_void_although_nobody_voted() -> None:
    found = judge(Tally(42, 27, None, None, None), REPRESENTATIVES)
    assert found.outcome is Outcome.NO_QUORUM
    assert found.words == "村民代表会议：应到 42 人，实到 27 人，27 < 28（三分之二），到会人数不足，会议无效"


@pytest.mark.parametrize("body", [Body.PARTY_BRANCH, Body.TWO_COMMITTEES, Body.JOINT_MEETING])
@pytest.mark.parametrize(("present", "holds"), [(1, False), (2, True), (3, True)])
def test_half_of_a_committee_is_enough_because_its_rule_says_half_or_more(body, present, holds) -> None:
    counted = Tally(due=4, present=present, agree=present, oppose=0, abstain=0)
    assert "半数以上到会" in rule_of(body).basis
    assert (judge(counted, rule_of(body)).outcome is Outcome.PASSED) is holds


def test_both_ways_to_a_quorum_are_told_when_both_fail() -> None:
    found = judge(Tally(300, 120, 120, 0, 0, households_due=100, households_present=66), VILLAGERS)
    assert found.words == (
        "村民会议：应到 300 人，实到 120 人，120 ≤ 150（过半数）；"
        "到会代表 66 户，共 100 户，66 < 67（三分之二），到会人数不足，会议无效"
    )


def test_one_way_to_a_quorum_is_enough() -> None:
    found = judge(Tally(300, 120, 61, 59, 0, households_due=100, households_present=67), VILLAGERS)
    assert found.words == (
        "村民会议：应到 300 人，实到 120 人，到会代表 67 户，共 100 户，67 ≥ 67（三分之二），到会有效；"
        "同意 61、反对 59、弃权 0，61 > 60（到会过半），通过"
    )


def test_who_stepped_aside_counts_neither_as_due_nor_as_present() -> None:
    found = judge(tally(recused=3, present=26, agree=14, oppose=12, abstain=0, by_proxy=2), REPRESENTATIVES)
    assert found.words == (
        "村民代表会议：应到 42 人，回避 3 人，按 39 人计，实到 26 人（其中委托 2 人），26 ≥ 26（三分之二），到会有效；"
        "同意 14、反对 12、弃权 0，14 > 13（到会过半），通过"
    )
    of_all = judge(tally(recused=3, present=30, agree=26, oppose=4, abstain=0), rule_of(Body.MEMBER_ASSEMBLY))
    assert "26 ≥ 26（全体三分之二），通过" in of_all.words


def test_exactly_half_of_those_present_is_not_more_than_half() -> None:
    found = judge(tally(present=30, agree=15, oppose=15, abstain=0), REPRESENTATIVES)
    assert (found.outcome, found.has_passed) == (Outcome.REJECTED, False)
    assert found.words.endswith("15 ≤ 15（到会过半），未通过")


def test_a_deliberation_agrees_by_talking_or_by_votes_and_needs_somebody_there() -> None:
    talked = judge(Tally(None, 12, None, None, None), TALK)
    assert (talked.outcome, talked.words) == (Outcome.PASSED, "民主协商会：实到 12 人，协商形成意见，没有投票")
    assert judge(Tally(None, 12, 6, 6, 0), TALK).outcome is Outcome.REJECTED
    assert judge(Tally(None, 12, 7, 5, 0), TALK).has_passed
    assert judge(Tally(None, 0, None, None, None), TALK).words == "民主协商会：实到 0 人，没有人到会，会议无效"
    assert not TALK.is_law


def test_only_a_deliberation_may_leave_the_votes_open() -> None:
    assert judge(tally(agree=None, oppose=None, abstain=None), REPRESENTATIVES).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("share", "part", "whole", "written", "bound"),
    [
        (">1/2", 24, 29, "24 > 14.5", "过半数"), (">1/2", 14, 29, "14 ≤ 14.5", "过半数"),
        (">1/2", 13, 26, "13 ≤ 13", "过半数"),
        (">=2/3", 28, 42, "28 ≥ 28", "三分之二以上"), (">=2/3", 28, 43, "28 < 29", "三分之二以上"),
        (">=3/4", 225, 300, "225 ≥ 225", "四分之三以上"), (">1/3", 14, 42, "14 ≤ 14", "超过三分之一"),
        (">1/3", 15, 43, "15 > 14", "超过三分之一"),
    ],
)  # fmt: skip
def test_a_comparison_is_written_as_people_count(share, part, whole, written, bound) -> None:
    found = Share.parse(share)
    assert (found.compared(part, whole), found.bound_words) == (written, bound)


def test_a_share_of_nobody_is_reached_by_nobody_and_another_shape_is_refused() -> None:
    assert not Share.parse(">=2/3").is_met(0, 0)
    with pytest.raises(ValueError, match="no share"):
        Share.parse("2/3")


@given(
    st.sampled_from([(1, 2), (2, 3), (3, 4), (1, 3), (1, 5), (1, 10)]), st.booleans(), st.integers(1, 20_000),
    st.integers(0, 20_000),
)  # fmt: skip
def test_a_share_agrees_with_fractions(over, is_strict, whole, part) -> None:
    share = Share(*over, is_strict)
    met = Fraction(part) > Fraction(*over) * whole if is_strict else Fraction(part) >= Fraction(*over) * whole
    assert share.is_met(part, whole) is met
    least = share.least(whole)
    assert share.is_met(least, whole)
    assert not share.is_met(least - 1, whole)


HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
REPS = Body.REPRESENTATIVE_ASSEMBLY
# body, purpose, who acts; quorum of members, of households instead, of households too; whose majority, which
EXPECTED = [
    (Body.VILLAGER_ASSEMBLY, Purpose.ORDINARY, False, (HALF, True), (TWO_THIRDS, "or"), "present", (HALF, True)),
    (Body.VILLAGER_ASSEMBLY, Purpose.LAND_PLAN, False, (HALF, True), (TWO_THIRDS, "or"), "all", (TWO_THIRDS, False)),
    (REPS, Purpose.ORDINARY, False, (TWO_THIRDS, False), None, "present", (HALF, True)),
    (REPS, Purpose.LEVY, False, (TWO_THIRDS, False), (TWO_THIRDS, "and"), "present", (HALF, True)),
    (REPS, Purpose.ORDINARY, True, (TWO_THIRDS, False), None, "all", (TWO_THIRDS, False)),
    (Body.GROUP_ASSEMBLY, Purpose.ORDINARY, False, (TWO_THIRDS, False), (TWO_THIRDS, "or"), "present", (HALF, True)),
    (Body.PARTY_ASSEMBLY, Purpose.ORDINARY, False, (TWO_THIRDS, False), None, "all", (HALF, True)),
    (Body.MEMBER_ASSEMBLY, Purpose.MEMBER_RIGHTS, False, (TWO_THIRDS, False), None, "all", (THREE_QUARTERS, False)),
    (Body.BOARD, Purpose.ORDINARY, False, (TWO_THIRDS, False), None, "all", (HALF, True)),
]  # fmt: skip


@st.composite
def counted_meetings(draw):
    due = draw(st.integers(1, 400))
    recused = draw(st.integers(0, due - 1))
    present = draw(st.integers(0, due - recused))
    agree = draw(st.integers(0, present))
    oppose = draw(st.integers(0, present - agree))
    households = draw(st.integers(1, 200))
    return Tally(
        due, present, agree, oppose, present - agree - oppose, recused=recused,
        households_due=households, households_present=draw(st.integers(0, households)),
    )  # fmt: skip


@given(st.sampled_from(EXPECTED), counted_meetings())
def test_the_judgement_of_any_counts_agrees_with_a_computation_by_fractions(expected, counted) -> None:
    body, purpose, acts, of_members, of_households, whose, majority = expected
    check_tally(counted)
    enough = reaches(counted.present, counted.counting, *of_members)
    if of_households is not None:
        share, how = of_households
        households = reaches(counted.households_present, counted.households_due, share, False)
        enough = enough or households if how == "or" else enough and households
    whole = counted.counting if whose == "all" else counted.present
    passes = enough and counted.present > 0 and reaches(counted.agree, whole, *majority)
    found = judge(counted, rule_of(body, purpose, acts_for_collective=acts))
    assert found.has_passed is passes
    assert (found.outcome is Outcome.NO_QUORUM) is (not enough or counted.present == 0)
    assert found.outcome is not Outcome.UNKNOWN


@given(counted_meetings(), st.sampled_from(["agree", "oppose", "abstain"]), st.integers(1, 9))
def test_one_vote_more_or_fewer_than_came_is_refused(counted, field, number) -> None:
    for other in {getattr(counted, field) + number, getattr(counted, field) - number}:
        with pytest.raises(TallyUnfit):
            check_tally(Tally(**{**vars(counted), field: other}))


def reaches(part, whole, share, is_strict):
    """Tell by fractions whether a part of a whole reaches a share."""
    return whole > 0 and (Fraction(part, whole) > share if is_strict else Fraction(part, whole) >= share)


@given(counted_meetings(), st.sets(st.sampled_from(["agree", "oppose", "abstain"]), min_size=1))
def test_no_gap_in_the_votes_ever_passes(counted, gaps) -> None:
    with_gaps = Tally(**{**vars(counted), **dict.fromkeys(gaps)})
    assert judge(with_gaps, REPRESENTATIVES).outcome in (Outcome.UNKNOWN, Outcome.NO_QUORUM)
