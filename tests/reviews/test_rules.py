"""The voice of a group: tables of cases first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.reviews.rules import (
    Decision,
    GroupMember,
    Mark,
    Outcome,
    Quorum,
    Signed,
    SteppedAside,
    Verdict,
    aside_ids,
    confirmers,
    is_settled,
    latest_mark,
    leader_of,
    outcome_of,
    quorum,
    standing_verdict,
)

FIVE = tuple(GroupMember(number, f"成员{number}", is_leader=number == 1) for number in range(1, 6))
THREE = FIVE[:3]
AGREE, RESERVE, REFUSE = Decision.AGREE, Decision.RESERVE, Decision.REFUSE
PASSED, QUERIED, REJECTED = Verdict.PASSED, Verdict.QUERIED, Verdict.REJECTED


def signed(*decisions):
    """Members 1, 2, 3 … signed thus; None: has not signed."""
    return tuple(
        Signed(number, f"成员{number}", decision)
        for number, decision in enumerate(decisions, start=1)
        if decision is not None
    )


def aside(person, *, item="", leads=None):
    return SteppedAside(person, f"成员{person}", item, "亲属", leads)


# members, who stepped aside, decisions in order of the members, the words
WORDS = [
    (FIVE, [aside(5)], (AGREE, AGREE, AGREE),
     "5 名成员，1 人回避，应签 4 人，过半数为 3 人；已签 3 人，含组长，通过"),
    (FIVE, [], (), "5 名成员，无人回避，应签 5 人，过半数为 3 人；还没有人签，还差 3 人同意，组长成员1还没有签"),
    (THREE, [], (AGREE, AGREE), "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 2 人，含组长，通过"),
    (THREE, [], (None, AGREE, AGREE),
     "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 2 人，组长成员1还没有签"),
    (THREE, [], (AGREE,), "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 1 人，含组长，还差 1 人同意"),
    (FIVE, [], (RESERVE, AGREE, REFUSE, AGREE),
     "5 名成员，无人回避，应签 5 人，过半数为 3 人；已签 4 人，其中保留意见 1 人、不同意 1 人，含组长，通过"),
    (THREE, [], (REFUSE, AGREE, AGREE),
     "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 3 人，其中不同意 1 人，含组长，通过"),
    (THREE, [], (AGREE, REFUSE, REFUSE),
     "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 3 人，其中不同意 2 人，含组长，同意的不能过半数，不通过"),
    (FIVE[:4], [], (REFUSE, REFUSE),
     "4 名成员，无人回避，应签 4 人，过半数为 3 人；已签 2 人，其中不同意 2 人，含组长，同意的不能过半数，不通过"),
    (THREE, [aside(1, leads=2)], (None, AGREE, AGREE),
     "3 名成员，1 人回避，应签 2 人，过半数为 2 人；已签 2 人，含组长，通过"),
    (THREE, [aside(1), aside(2), aside(3)], (), "3 名成员，3 人回避，没有人可以签署，须另行推选成员"),
    (FIVE[1:4], [], (None, AGREE, AGREE, AGREE),
     "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 3 人，小组还没有组长"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "recusals", "decisions", "words"), WORDS)
def test_the_arithmetic_of_a_quorum_reads_in_words(members, recusals, decisions, words):
    assert quorum(members, recusals, signed(*decisions)).words == words


@pytest.mark.parametrize(("due", "majority"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4), (8, 5), (9, 5)])
def test_a_majority_is_the_smallest_number_above_half(due, majority):
    assert Quorum(due, 0, 0, 0, 0).majority == majority


OUTCOMES = [
    ("more than half consent, the leader among the signers", FIVE, [], (AGREE, AGREE, AGREE), Outcome.SIGNED),
    ("half of four is not more than half", FIVE[:4], [], (AGREE, AGREE), Outcome.OPEN),
    ("a reservation consents", THREE, [], (RESERVE, RESERVE), Outcome.SIGNED),
    ("a refusal is a signature and no consent", THREE, [], (AGREE, REFUSE), Outcome.OPEN),
    ("without the leader nothing passes", FIVE, [], (None, AGREE, AGREE, AGREE, AGREE), Outcome.OPEN),
    ("a leader may be outvoted, having signed", THREE, [], (REFUSE, AGREE, AGREE), Outcome.SIGNED),
    ("more than half refuse", FIVE, [], (AGREE, REFUSE, REFUSE, REFUSE), Outcome.REFUSED),
    ("two of four refuse: three can never consent", FIVE[:4], [], (REFUSE, None, REFUSE), Outcome.REFUSED),
    ("a recusal lowers the number", FIVE, [aside(4), aside(5)], (AGREE, AGREE), Outcome.SIGNED),
    ("a leader who stepped aside without successor", THREE, [aside(1)], (None, AGREE, AGREE), Outcome.OPEN),
    ("the chosen successor leads", THREE, [aside(1, leads=3)], (None, AGREE, AGREE), Outcome.SIGNED),
    ("the signature of one who stepped aside does not count", THREE, [aside(2)], (AGREE, AGREE), Outcome.OPEN),
    ("nobody left", THREE, [aside(1), aside(2), aside(3)], (), Outcome.REFUSED),
]


@pytest.mark.parametrize(("case", "members", "recusals", "decisions", "expected"), OUTCOMES)
def test_a_review_ends_when_the_group_has_spoken(case, members, recusals, decisions, expected):
    assert outcome_of([quorum(members, recusals, signed(*decisions))]) is expected, case


def test_a_line_with_a_recusal_is_voted_by_the_others():
    recusals = [aside(2, item="7")]
    two_signed = signed(AGREE, AGREE)
    whole, line = quorum(THREE, recusals, two_signed), quorum(THREE, recusals, two_signed, "7")
    assert whole.holds
    assert line.words == "3 名成员，1 人回避，应签 2 人，过半数为 2 人；已签 1 人，含组长，还差 1 人同意"
    assert outcome_of([whole, line]) is Outcome.OPEN
    all_signed = signed(AGREE, AGREE, AGREE)
    assert outcome_of([quorum(THREE, recusals, all_signed, key) for key in ("", "7")]) is Outcome.SIGNED


LEADERS = [
    ("the elected leader", [], "", 1),
    ("a successor for one line", [aside(1, item="7", leads=2)], "7", 2),
    ("other lines keep their leader", [aside(1, item="7", leads=2)], "8", 1),
    ("the successor steps aside too and names another", [aside(1, leads=2), aside(2, leads=3)], "", 3),
    ("aside from the whole is aside from every line", [aside(1, leads=4)], "7", 4),
    ("two who name each other lead nobody", [aside(1, leads=2), aside(2, leads=1)], "", None),
    ("no successor was named", [aside(1)], "", None),
]


@pytest.mark.parametrize(("case", "recusals", "item", "expected"), LEADERS)
def test_who_leads(case, recusals, item, expected):
    leader = leader_of(FIVE, recusals, item)
    assert (leader.id if leader else None) == expected, case


def test_one_whose_term_ended_is_not_counted():
    vote = quorum(THREE, [], (*signed(AGREE), Signed(99, "前成员", AGREE)))
    assert vote.signed == 1
    assert not vote.holds


VERDICTS = [
    ("nobody marked", [], None),
    ("one passed", [(1, PASSED)], PASSED),
    ("the gravest stands", [(1, PASSED), (2, QUERIED), (3, PASSED)], QUERIED),
    ("rejected is graver than queried", [(1, QUERIED), (2, REJECTED)], REJECTED),
    ("the author withdrew the query", [(1, QUERIED), (2, PASSED), (1, PASSED)], PASSED),
    ("another's pass withdraws nothing", [(1, QUERIED), (2, PASSED)], QUERIED),
    ("a query hardened", [(1, QUERIED), (1, REJECTED)], REJECTED),
]


@pytest.mark.parametrize(("case", "marks", "expected"), VERDICTS)
def test_the_gravest_of_the_latest_marks_stands(case, marks, expected):
    assert standing_verdict([Mark(person, "某", verdict) for person, verdict in marks]) is expected, case


@pytest.mark.parametrize(("verdict", "settled"), [(None, False), (PASSED, True), (QUERIED, False), (REJECTED, True)])
def test_only_a_query_and_silence_leave_a_line_open(verdict, settled):
    assert is_settled(verdict) is settled


def test_the_latest_mark_of_a_member_is_found():
    marks = [Mark(1, "甲", QUERIED, "贵"), Mark(2, "乙", PASSED), Mark(1, "甲", PASSED)]
    assert latest_mark(marks, 1).verdict is PASSED
    assert latest_mark(marks, 3) is None


def test_only_another_member_with_an_account_confirms_a_paper_signature():
    members = (
        GroupMember(1, "甲", is_leader=True, has_login=False),
        GroupMember(2, "乙"),
        GroupMember(3, "丙"),
        GroupMember(4, "丁"),
    )
    able = confirmers(members, [aside(4)], signer_id=1, uploader_id=3)
    assert [member.id for member in able] == [2]
    assert confirmers(members[:1], [], signer_id=1, uploader_id=9) == ()


def test_stepping_aside_from_the_whole_is_stepping_aside_from_each_item():
    rows = [aside(1), aside(2, item="7")]
    assert aside_ids(rows) == {1}
    assert aside_ids(rows, "7") == {1, 2}
    assert aside_ids(rows, "8") == {1}


DECISIONS = st.lists(st.sampled_from([AGREE, RESERVE, REFUSE, None]), max_size=7)


@given(st.integers(1, 7), DECISIONS, st.sets(st.integers(2, 7)))
def test_passed_means_more_than_half_of_those_who_may_sign(size, decisions, stepped):
    members = tuple(GroupMember(n, f"员{n}", is_leader=n == 1) for n in range(1, size + 1))
    vote = quorum(members, [aside(n) for n in stepped], signed(*decisions))
    able = [n for n in range(1, size + 1) if n not in stepped]
    said = dict(enumerate(decisions, start=1))
    yes = sum(said.get(n) in (AGREE, RESERVE) for n in able)
    assert vote.holds == (2 * yes > len(able) and said.get(1) is not None)
    assert vote.is_lost == (2 * (len(able) - sum(said.get(n) is REFUSE for n in able)) <= len(able))
    assert not (vote.holds and vote.is_lost)
