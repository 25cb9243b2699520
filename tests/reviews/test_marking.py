"""Members mark, the clerk answers, members step aside; on both engines."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.factories import make_person, make_role
from village_open.core.errors import InputError
from village_open.db import db, transaction
from village_open.reviews.actions import answer_item, mark_item, pass_items, recuse, sign, withdraw_review
from village_open.reviews.errors import (
    AsideAlready,
    HandBarred,
    LeaderNotReplaced,
    NobodyLeft,
    NotAMember,
    NotForThisHand,
    NothingToAnswer,
    OfficeBarred,
    QueryUnanswered,
    ReasonNeeded,
    ReviewEnded,
    SignedAlready,
)
from village_open.reviews.models import ReviewMark
from village_open.reviews.queries import get_summary
from village_open.reviews.rules import Decision, Verdict
from village_open.villages.models import NearRelative, Role, RoleKind

PASSED, QUERIED, REJECTED = Verdict.PASSED, Verdict.QUERIED, Verdict.REJECTED


def mark(group, by, verdict, *, item="7", reason="", **more):
    with transaction():
        return mark_item(review=group.review, by=by, item_key=item, verdict=verdict, reason=reason, **more)


def answer(group, text="收据第 3 号", item="7"):
    with transaction():
        return answer_item(review=group.review, by=group.clerk, item_key=item, text=text)


def test_every_mark_and_answer_stays_in_the_history(group):
    mark(group, group.leader, QUERIED, reason="没有收据")
    answer(group)
    mark(group, group.leader, PASSED)
    item = get_summary(group.review).item("7")
    assert [(row.person_name, row.verdict, row.reason) for row in item.marks] == [
        ("王桂兰", QUERIED, "没有收据"),
        ("王桂兰", PASSED, ""),
    ]
    assert [(row.person_name, row.text) for row in item.answers] == [("周会计", "收据第 3 号")]
    assert item.verdict is PASSED
    assert item.is_settled


def test_an_open_query_is_told_with_its_reason(group):
    mark(group, group.leader, PASSED)
    mark(group, group.second, QUERIED, reason="价钱比市场高")
    summary = get_summary(group.review, item_keys=["7", "8"])
    assert [(item.key, item.objection) for item in summary.open_queries] == [("7", "价钱比市场高")]
    assert [item.key for item in summary.unmarked] == ["8"]
    assert not summary.item("7").is_answered
    answer(group)
    assert get_summary(group.review).item("7").is_answered


def test_a_doubt_is_withdrawn_by_its_author_only_after_the_answer(group):
    mark(group, group.leader, QUERIED, reason="没有收据")
    with pytest.raises(QueryUnanswered):
        mark(group, group.leader, PASSED)
    mark(group, group.second, PASSED)
    assert get_summary(group.review).item("7").verdict is QUERIED
    answer(group)
    mark(group, group.leader, PASSED)
    assert get_summary(group.review).item("7").verdict is PASSED


def test_a_new_doubt_after_the_answer_wants_a_new_answer(group):
    mark(group, group.leader, QUERIED, reason="没有收据")
    answer(group)
    mark(group, group.leader, REJECTED, reason="收据是假的")
    with pytest.raises(QueryUnanswered):
        mark(group, group.leader, PASSED)


@pytest.mark.parametrize("verdict", [QUERIED, REJECTED])
def test_a_doubt_needs_its_reason(group, verdict):
    with pytest.raises(ReasonNeeded, match=verdict.label):
        mark(group, group.leader, verdict, reason="  ")


def test_nobody_answers_what_nobody_asked(group):
    with pytest.raises(NothingToAnswer):
        answer(group)
    mark(group, group.leader, PASSED)
    with pytest.raises(NothingToAnswer):
        answer(group)


def test_an_empty_answer_is_refused(group):
    mark(group, group.leader, QUERIED, reason="没有收据")
    with pytest.raises(InputError, match="写明答复"):
        answer(group, text=" ")


def test_only_a_member_of_today_marks(group):
    with pytest.raises(NotAMember, match="周会计今天不是民主理财小组成员"):
        mark(group, group.clerk, PASSED)


def test_a_member_whose_term_ended_yesterday_no_longer_marks(group):
    with transaction():
        role = db.session.query(Role).filter_by(person_id=group.second.id).one()
        role.ends_on = role.starts_on
    with pytest.raises(NotAMember):
        mark(group, group.second, PASSED)


def test_the_hand_that_entered_does_not_mark(group):
    with pytest.raises(HandBarred, match="一人一手"):
        mark(group, group.second, PASSED, barred=frozenset({group.second.id}))


def test_a_member_who_joined_the_village_committee_meanwhile_is_barred(group):
    with transaction():
        make_role(group.second, RoleKind.COMMITTEE_MEMBER, group.village.code)
    with pytest.raises(OfficeBarred, match="第37条"):
        mark(group, group.second, PASSED)


@pytest.mark.parametrize("declared_by_member", [True, False])
def test_a_near_relative_declared_meanwhile_bars_whoever_declared_it(group, declared_by_member):
    with transaction():
        director = make_person("钱主任")
        make_role(director, RoleKind.COMMITTEE_HEAD, group.village.code)
        pair = (group.second.id, director.id) if declared_by_member else (director.id, group.second.id)
        db.session.add(
            NearRelative(village_id=group.village.id, person_id=pair[0], relative_id=pair[1], relation="兄弟姐妹")
        )
    with pytest.raises(OfficeBarred, match="钱主任的近亲属（兄弟姐妹）"):
        mark(group, group.second, PASSED)
    mark(group, group.leader, PASSED)


def test_a_committee_seat_in_another_village_bars_nobody(group):
    with transaction():
        make_role(group.second, RoleKind.COMMITTEE_MEMBER, "990101101999")
    mark(group, group.second, PASSED)


def test_the_rest_is_passed_at_once_and_nothing_else(group):
    mark(group, group.leader, QUERIED, item="2", reason="贵")
    with transaction():
        recuse(review=group.review, member=group.second, item_key="4", reason="弟弟的工钱")
        keys = pass_items(review=group.review, by=group.second, item_keys=["1", "2", "3", "4"])
    assert keys == ("1", "3")
    summary = get_summary(group.review, item_keys=["1", "2", "3", "4"])
    assert [item.verdict for item in summary.items] == [PASSED, QUERIED, PASSED, None]


def test_who_stepped_aside_from_a_line_does_not_mark_it(group):
    with transaction():
        recuse(review=group.review, member=group.second, item_key="7", reason="弟弟的工钱")
    with pytest.raises(AsideAlready):
        mark(group, group.second, PASSED)
    mark(group, group.second, PASSED, item="8")


def test_a_leader_who_steps_aside_is_replaced_by_the_groups_choice(group):
    with transaction(), pytest.raises(LeaderNotReplaced):
        recuse(review=group.review, member=group.leader, item_key="7", reason="亲属")
    with transaction(), pytest.raises(LeaderNotReplaced):
        recuse(review=group.review, member=group.leader, item_key="7", reason="亲属", replaced_by=group.clerk)
    with transaction():
        recuse(review=group.review, member=group.leader, item_key="7", reason="亲属", replaced_by=group.second)
    summary = get_summary(group.review)
    assert summary.item_quorums["7"].leader_name == "李有田"
    assert summary.quorum.leader_name == "王桂兰"
    assert [(row.person_name, row.replaced_by_name) for row in summary.item("7").recusals] == [("王桂兰", "李有田")]


def test_the_last_able_member_cannot_step_aside(group):
    with transaction():
        recuse(review=group.review, member=group.second, reason="亲属")
        recuse(review=group.review, member=group.paper_only, reason="亲属")
    with transaction(), pytest.raises(NobodyLeft):
        recuse(review=group.review, member=group.leader, reason="亲属", replaced_by=group.second)


def test_nobody_steps_aside_twice_or_after_signing(group):
    with transaction():
        recuse(review=group.review, member=group.second, reason="亲属")
        sign(review=group.review, member=group.leader, decision=Decision.AGREE, what="账目")
    with transaction(), pytest.raises(AsideAlready):
        recuse(review=group.review, member=group.second, reason="亲属")
    with transaction(), pytest.raises(SignedAlready):
        recuse(review=group.review, member=group.leader, reason="亲属", replaced_by=group.paper_only)


def test_another_writes_the_recusal_only_of_a_barred_member(group):
    hands = frozenset({group.leader.id})
    with transaction(), pytest.raises(NotForThisHand):
        recuse(review=group.review, member=group.second, by=group.leader, reason="不来")
    with transaction(), pytest.raises(NotAMember):
        recuse(review=group.review, member=group.leader, by=group.clerk, reason="录入人", barred=hands)
    with transaction():
        recuse(
            review=group.review, member=group.leader, by=group.second, reason="录入过本期账目",
            replaced_by=group.second, barred=hands,
        )  # fmt: skip
    assert get_summary(group.review).quorum.leader_name == "李有田"


def test_a_recusal_can_complete_the_majority(group):
    with transaction():
        make_role(make_person("钱多多"), RoleKind.FINANCE_REVIEW, group.village.code)
        sign(review=group.review, member=group.leader, decision=Decision.AGREE, what="账目")
        sign(review=group.review, member=group.second, decision=Decision.AGREE, what="账目")
    assert group.review.outcome == ""
    with transaction():
        recuse(review=group.review, member=group.paper_only, reason="住院")
    summary = get_summary(group.review)
    assert summary.quorum.words == "4 名成员，1 人回避，应签 3 人，过半数为 2 人；已签 2 人，含组长，通过"
    assert summary.is_complete


def test_a_withdrawn_review_takes_no_more_marks(group):
    with transaction():
        withdraw_review(review=group.review)
    with pytest.raises(ReviewEnded):
        mark(group, group.leader, PASSED)
    with transaction(), pytest.raises(ReviewEnded):
        withdraw_review(review=group.review)


def test_a_mark_cannot_be_changed_or_deleted_in_the_database(group):
    row = mark(group, group.leader, PASSED)
    with pytest.raises(DatabaseError, match="only grows"), transaction():
        db.session.get(ReviewMark, row.id).verdict = "rejected"
    with pytest.raises(DatabaseError, match="only grows"), transaction():
        db.session.delete(db.session.get(ReviewMark, row.id))
    assert get_summary(group.review).item("7").verdict is PASSED
