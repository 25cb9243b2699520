"""Members sign, through an account or on paper; on both engines."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from tests.factories import make_person, make_role
from village_open.db import db, transaction
from village_open.reviews.actions import (
    confirm_paper_signature,
    hand_in_paper_signature,
    mark_item,
    open_review,
    pass_items,
    recuse,
    refuse_paper_signature,
    sign,
)
from village_open.reviews.errors import (
    AsideAlready,
    ConfirmedByWrongHand,
    ContentChanged,
    HandBarred,
    NotAMember,
    OfficeBarred,
    PaperSignatureNotFound,
    ReasonNeeded,
    ReviewEnded,
    SignedAlready,
    WitnessNeeded,
)
from village_open.reviews.models import ReviewSignature
from village_open.reviews.queries import (
    find_review,
    get_summary,
    get_waiting_paper,
    list_reviews,
    list_waiting_papers,
)
from village_open.reviews.rules import Decision, Verdict
from village_open.villages.models import Role, RoleKind

AGREE, RESERVE, REFUSE = Decision.AGREE, Decision.RESERVE, Decision.REFUSE
PHOTO = "b" * 64


def signs(group, member, decision=AGREE, note="", **more):
    with transaction():
        return sign(review=group.review, member=member, decision=decision, what="账目", note=note, **more)


def hand_in(group, *, by=None, member=None, decision=AGREE, note=""):
    with transaction():
        return hand_in_paper_signature(
            review=group.review, by=by or group.clerk, member=member or group.paper_only, decision=decision, note=note,
            photo_sha256=PHOTO,
        )  # fmt: skip


def confirm(group, paper, by, **more):
    with transaction():
        return confirm_paper_signature(review=group.review, paper=paper, by=by, **more)


def test_the_group_has_signed_when_more_than_half_and_the_leader_have(group):
    signs(group, group.second)
    assert not get_summary(group.review).is_complete
    signs(group, group.leader)
    summary = get_summary(group.review)
    assert summary.is_complete
    assert summary.quorum.words == "3 名成员，无人回避，应签 3 人，过半数为 2 人；已签 2 人，含组长，通过"
    assert [(row.person_name, row.is_leader) for row in summary.signatures] == [("李有田", False), ("王桂兰", True)]


def test_a_member_may_still_refuse_after_the_majority_and_it_stays_visible(group):
    with transaction():
        make_account_of(group.paper_only)
    signs(group, group.leader)
    signs(group, group.second)
    signs(group, group.paper_only, REFUSE, "差旅费不实")
    summary = get_summary(group.review)
    assert summary.is_complete
    assert summary.refusal_reason == "赵大山：差旅费不实"
    assert "其中不同意 1 人" in summary.quorum.words


def make_account_of(person):
    person.login = "zhao"


def test_more_than_half_refusing_ends_the_review_with_their_reasons(group):
    signs(group, group.leader, REFUSE, "账目不清")
    signs(group, group.second, REFUSE, "收据不全")
    summary = get_summary(group.review)
    assert summary.outcome == "refused"
    assert summary.refusal_reason == "王桂兰：账目不清；李有田：收据不全"
    with pytest.raises(ReviewEnded):
        hand_in(group)


@pytest.mark.parametrize("decision", [RESERVE, REFUSE])
def test_a_reservation_or_refusal_needs_its_reason(group, decision):
    with pytest.raises(ReasonNeeded, match=decision.label):
        signs(group, group.leader, decision)


def test_nobody_signs_twice(group):
    signs(group, group.leader)
    with pytest.raises(SignedAlready):
        signs(group, group.leader, REFUSE, "改主意了")


def test_a_signature_belongs_to_the_bytes_that_the_page_showed(group):
    with pytest.raises(ContentChanged):
        signs(group, group.leader, content_sha256="c" * 64)
    signs(group, group.leader, content_sha256="a" * 64)


def test_a_changed_content_is_signed_anew(group):
    signs(group, group.leader)
    with transaction():
        second = open_review(
            village_id=group.village.id, subject="thing:1", content_sha256="d" * 64, group_kind="finance_review",
            round=2,
        )  # fmt: skip
    assert get_summary(second).signatures == ()
    assert find_review("thing:1", "finance_review", 2).id == second.id
    assert [row.round for row in list_reviews("thing:1")] == [1, 2]


def test_hand_office_term_and_recusal_bar_a_signature(group):
    with pytest.raises(HandBarred):
        signs(group, group.second, barred=frozenset({group.second.id}))
    with pytest.raises(NotAMember):
        signs(group, group.clerk)
    with transaction():
        make_role(group.second, RoleKind.COMMITTEE_MEMBER, group.village.code)
    with pytest.raises(OfficeBarred):
        signs(group, group.second)
    with transaction():
        recuse(review=group.review, member=group.second, reason="当选村委会委员")
    with pytest.raises(OfficeBarred):
        signs(group, group.second)


def test_who_stepped_aside_does_not_sign(group):
    with transaction():
        recuse(review=group.review, member=group.second, reason="亲属")
    with pytest.raises(AsideAlready):
        signs(group, group.second)


def test_a_line_with_a_recusal_waits_for_a_majority_of_the_others(group):
    with transaction():
        mark_item(review=group.review, by=group.leader, item_key="7", verdict=Verdict.PASSED)
        recuse(review=group.review, member=group.second, item_key="7", reason="弟弟的工钱")
    signs(group, group.leader)
    signs(group, group.second)
    summary = get_summary(group.review)
    assert summary.quorum.holds
    assert not summary.is_complete
    paper = hand_in(group)
    confirm(group, paper, group.leader)
    assert get_summary(group.review).is_complete


def test_a_paper_signature_counts_once_another_member_has_confirmed_it(group):
    paper = hand_in(group, decision=RESERVE, note="路灯还没装")
    assert get_summary(group.review).signatures == ()
    assert [row.person_name for row in list_waiting_papers(group.review)] == ["赵大山"]
    confirm(group, paper, group.second)
    (signed,) = get_summary(group.review).signatures
    assert (signed.person_name, signed.decision, signed.note) == ("赵大山", RESERVE, "路灯还没装")
    assert (signed.paper_sha256, signed.confirmed_by_name) == (PHOTO, "李有田")
    assert list_waiting_papers(group.review) == []
    with pytest.raises(PaperSignatureNotFound):
        confirm(group, paper, group.leader)
    with pytest.raises(PaperSignatureNotFound):
        get_waiting_paper(group.review, paper.id)


def test_neither_uploader_nor_signer_confirms(group):
    by_member = hand_in(group, by=group.second)
    with pytest.raises(ConfirmedByWrongHand, match="王桂兰"):
        confirm(group, by_member, group.second)
    with pytest.raises(ConfirmedByWrongHand):
        confirm(group, by_member, group.clerk)
    with pytest.raises(ConfirmedByWrongHand):
        confirm(group, by_member, group.clerk, is_witness=True)
    own = hand_in(group, member=group.leader)
    with pytest.raises(ConfirmedByWrongHand):
        confirm(group, own, group.leader)


def test_the_township_witnesses_where_nobody_in_the_group_has_an_account(group):
    with transaction():
        group.leader.login = group.second.login = None
        office = make_person("镇公开办小陈", login="chen")
    paper = hand_in(group)
    with pytest.raises(WitnessNeeded):
        confirm(group, paper, group.clerk, is_witness=True)
    with pytest.raises(WitnessNeeded):
        confirm(group, paper, office)
    signed = confirm(group, paper, office, is_witness=True)
    assert signed.confirmed_by_name == "镇公开办小陈"


def test_a_paper_refused_with_a_reason_counts_for_nothing_and_may_be_handed_in_again(group):
    paper = hand_in(group)
    with pytest.raises(SignedAlready):
        hand_in(group)
    with transaction(), pytest.raises(ReasonNeeded):
        refuse_paper_signature(review=group.review, paper=paper, by=group.leader, reason="")
    with transaction():
        refuse_paper_signature(review=group.review, paper=paper, by=group.leader, reason="不是本人笔迹")
    assert get_summary(group.review).signatures == ()
    assert (paper.settled, paper.settled_reason) == ("refused", "不是本人笔迹")
    confirm(group, hand_in(group), group.second)


def test_a_signer_barred_between_hand_in_and_confirmation_does_not_count(group):
    paper = hand_in(group)
    with pytest.raises(HandBarred):
        confirm(group, paper, group.leader, barred=frozenset({group.paper_only.id}))
    with transaction():
        make_role(group.paper_only, RoleKind.COMMITTEE_MEMBER, group.village.code)
    with pytest.raises(OfficeBarred):
        confirm(group, paper, group.leader)


def test_later_elections_change_nothing_in_an_ended_review(group):
    signs(group, group.leader)
    signs(group, group.second)
    words = get_summary(group.review).quorum.words
    with transaction():
        for role in db.session.query(Role).filter_by(kind="finance_review"):
            role.ends_on = role.starts_on
        make_role(make_person("新组长"), RoleKind.FINANCE_REVIEW, group.village.code, is_leader=True)
        group.leader.name = "王桂兰（改名）"
    summary = get_summary(group.review)
    assert summary.quorum.words == words
    assert [member.name for member in summary.members] == ["王桂兰", "李有田", "赵大山"]


def test_a_signature_cannot_be_changed_or_deleted_in_the_database(group):
    signs(group, group.leader)
    with pytest.raises(DatabaseError, match="only grows"), transaction():
        db.session.query(ReviewSignature).update({"decision": "refuse"})
    with pytest.raises(DatabaseError, match="only grows"), transaction():
        db.session.query(ReviewSignature).delete()


def test_a_summary_costs_the_same_for_one_line_and_for_300(group):
    with transaction():
        pass_items(review=group.review, by=group.leader, item_keys=["1"])
    one = count_queries(group)
    with transaction():
        pass_items(review=group.review, by=group.leader, item_keys=[str(key) for key in range(2, 301)])
    assert count_queries(group) == one <= 8


def count_queries(group):
    seen = []
    engine = db.engine
    db.session.rollback()
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    get_summary(db.session.merge(group.review))
    return len(seen)


@pytest.mark.parametrize(("jurisdiction", "allowed"), [("国家", False), ("四川", True)])
def test_who_sits_in_both_groups_signs_only_where_the_profile_allows_it(group, jurisdiction, allowed):
    with transaction():
        make_role(group.second, RoleKind.SUPERVISION, group.village.code)
        group.village.township.jurisdiction = jurisdiction
    if not allowed:
        with pytest.raises(OfficeBarred, match="李有田已经是村务监督小组成员；本镇规定一人不能兼两个小组"):
            signs(group, group.second)
        return
    assert signs(group, group.second).person_id == group.second.id
