"""The deeds of review and signing on both engines: who may, what moves on, what the record says."""

import pytest

from tests.factories import make_person, make_role
from tests.ready_periods import AFTER_QUARTER, confirm_ready, make_desk, submit_ready
from village_open.core import clock
from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.errors import LineNotFound, LinesUnmarked, OneHandOnly, SubmissionChanged, WrongStage
from village_open.finance.models import PeriodState
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.reviewing import find_group_summary, get_review_sheet
from village_open.record.queries import list_trail
from village_open.reviews.errors import ContentChanged, LeaderNotReplaced, NotForThisHand, SignedAlready
from village_open.reviews.rules import Decision, NewMark, Verdict
from village_open.villages.models import RoleKind

FINANCE, SUPERVISION = RoleKind.FINANCE_REVIEW.value, RoleKind.SUPERVISION.value
PASSED, QUERIED = Verdict.PASSED, Verdict.QUERIED
AGREE, REFUSE = Decision.AGREE, Decision.REFUSE


@pytest.fixture
def desk(both_engines):
    """A village whose quarter was just submitted; the test lives right after the quarter."""
    with clock.living_at(AFTER_QUARTER):
        with transaction():
            desk = make_desk()
            submit_ready(desk)
        yield desk


def now(desk):
    return get_period(**desk.place)


def keys(desk):
    return [str(row.line.id) for row in get_statement(now(desk)).lines]


def passes_all(desk):
    with transaction():
        return actions.pass_rest(by=desk.reviewers[0], period=now(desk))


def signs(desk, person, group=FINANCE, decision=AGREE, note=""):
    with transaction():
        actions.sign_period(by=person, period=now(desk), group_kind=group, decision=decision, note=note)


def said(desk):
    return [line.said for line in list_trail(desk.village.code).items]


def test_many_marks_are_one_deed_of_the_record(desk):
    first, second, *_ = keys(desk)
    with transaction():
        actions.mark_lines(
            by=desk.reviewers[1], period=now(desk),
            marks=[NewMark(first, PASSED), NewMark(second, QUERIED, "没有收据")],
        )  # fmt: skip
    assert said(desk)[0] == "审核了 2 笔：1 笔通过；“支付村部电费（7月）”疑问（没有收据）"
    assert passes_all(desk) == 2
    assert said(desk)[0] == "对2026年第三季度其余 2 笔的意见：通过"
    sheet = get_review_sheet(now(desk))
    assert [(which, sheet.count(which)) for which in ("all", "unmarked", "queried", "rejected")] == [
        ("all", 4), ("unmarked", 0), ("queried", 1), ("rejected", 0),
    ]  # fmt: skip
    assert passes_all(desk) == 0
    assert said(desk)[0] == "对2026年第三季度其余 2 笔的意见：通过"


@pytest.mark.parametrize("key", ["999999", "x"])
def test_a_line_of_another_period_is_not_marked(desk, key):
    with transaction(), pytest.raises(LineNotFound):
        actions.mark_lines(by=desk.reviewers[0], period=now(desk), marks=[NewMark(key, PASSED)])


def test_marks_for_lines_submitted_anew_are_refused(desk):
    with transaction(), pytest.raises(SubmissionChanged):
        actions.mark_lines(by=desk.reviewers[0], period=now(desk), marks=[], content_sha256="0" * 64)


def test_the_submitting_clerk_neither_marks_nor_signs_whatever_group_they_sit_in(desk):
    with transaction():
        make_role(desk.clerk, RoleKind.FINANCE_REVIEW, desk.village.code)
    with transaction(), pytest.raises(OneHandOnly):
        actions.pass_rest(by=desk.clerk, period=now(desk))
    passes_all(desk)
    with pytest.raises(OneHandOnly):
        signs(desk, desk.clerk)


def test_nobody_signs_before_every_line_was_looked_at(desk):
    with pytest.raises(LinesUnmarked, match="还有 4 笔"):
        signs(desk, desk.reviewers[0])


def test_the_period_moves_on_at_the_majority_and_the_third_may_still_refuse(desk):
    passes_all(desk)
    signs(desk, desk.reviewers[0])
    assert now(desk).stage is PeriodState.SUBMITTED
    signs(desk, desk.reviewers[1])
    assert now(desk).stage is PeriodState.REVIEWED
    assert "已签 2 人，含组长，通过" in said(desk)[0]
    signs(desk, desk.reviewers[2], decision=REFUSE, note="账目不清")
    assert now(desk).stage is PeriodState.REVIEWED
    assert find_group_summary(now(desk), FINANCE).refusal_reason == "周春梅：账目不清"
    with pytest.raises(SignedAlready):
        signs(desk, desk.reviewers[2])


def test_the_oversight_group_waits_for_the_finance_review_group(desk):
    with pytest.raises(WrongStage):
        signs(desk, desk.overseers[0], SUPERVISION)


def test_after_the_issue_nobody_signs_any_more(desk):
    with transaction():
        confirm_ready(desk, now(desk))
    with transaction():
        now(desk).state = PeriodState.ISSUED.value
    with pytest.raises(WrongStage):
        signs(desk, desk.reviewers[2])


def test_a_signature_belongs_to_the_content_that_was_shown(desk):
    passes_all(desk)
    with transaction(), pytest.raises(ContentChanged, match="2026年第三季度收支的内容变动过"):
        actions.sign_period(
            by=desk.reviewers[0], period=now(desk), group_kind=FINANCE, decision=AGREE, content_sha256="0" * 64
        )


def test_a_changed_content_needs_a_new_round(desk):
    passes_all(desk)
    signs(desk, desk.reviewers[0])
    with transaction():
        actions.return_period(by=desk.officer, period=now(desk), reason="金额写错")
    with transaction():
        period = now(desk)
        actions.remove_line(by=desk.clerk, period=period, line_id=int(keys(desk)[3]))
        counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
        actions.count_closing(by=desk.clerk, period=period, counted=counted)
        actions.submit_period(by=desk.clerk, period=period)
    summary = find_group_summary(now(desk), FINANCE)
    assert summary.signatures == ()
    assert summary.content_sha256 == now(desk).content_sha256
    assert get_review_sheet(now(desk)).lines[0].earlier[0][0] == 1


def test_more_than_half_refusing_sends_the_period_back_to_the_clerk(desk):
    passes_all(desk)
    for person, why in zip(desk.reviewers[:2], ("账目不清", "凭证不全"), strict=True):
        signs(desk, person, decision=REFUSE, note=why)
    assert now(desk).stage is PeriodState.ENTRY
    assert now(desk).return_reason == "民主理财小组不同意：王桂兰：账目不清；赵守田：凭证不全"


def test_a_recusal_that_completes_the_majority_moves_the_period_on(desk):
    with transaction():
        make_role(make_person("钱多多"), RoleKind.FINANCE_REVIEW, desk.village.code)
    passes_all(desk)
    signs(desk, desk.reviewers[0])
    signs(desk, desk.reviewers[1])
    assert now(desk).stage is PeriodState.SUBMITTED
    with transaction():
        actions.recuse_member(by=desk.reviewers[2], period=now(desk), group_kind=FINANCE, reason="住院")
    assert now(desk).stage is PeriodState.REVIEWED
    assert "4 名成员，1 人回避，应签 3 人，过半数为 2 人" in said(desk)[0]


def test_a_leader_steps_aside_from_one_line_and_the_groups_choice_leads_there(desk):
    line_id = int(keys(desk)[3])
    recusal = {"by": desk.reviewers[0], "group_kind": FINANCE, "reason": "是我弟弟", "line_id": line_id}
    with transaction(), pytest.raises(LeaderNotReplaced):
        actions.recuse_member(period=now(desk), **recusal)
    with transaction():
        actions.recuse_member(period=now(desk), replaced_by=desk.reviewers[1], **recusal)
    assert said(desk)[0] == "对“慰问困难户米面油”回避，理由：是我弟弟，由赵守田代行组长"
    summary = find_group_summary(now(desk), FINANCE)
    assert summary.item_quorums[str(line_id)].leader_name == "赵守田"
    assert summary.quorum.leader_name == "王桂兰"


def test_another_member_writes_down_the_recusal_of_a_barred_one_only(desk):
    leader, second, third = desk.reviewers
    recusal = {"by": second, "group_kind": FINANCE, "reason": "当选村委会委员", "replaced_by": third, "member": leader}
    with transaction(), pytest.raises(NotForThisHand):
        actions.recuse_member(period=now(desk), **recusal)
    with transaction():
        make_role(leader, RoleKind.COMMITTEE_MEMBER, desk.village.code)
    with transaction():
        actions.recuse_member(period=now(desk), **recusal)
    assert said(desk)[0] == "记录：王桂兰对2026年第三季度收支回避，理由：当选村委会委员，由周春梅代行组长"


def test_a_signature_on_paper_moves_the_period_on_once_it_is_confirmed(desk):
    passes_all(desk)
    signs(desk, desk.reviewers[0])
    with transaction():
        desk.reviewers[2].login = None
        paper = actions.hand_in_paper_signature(
            by=desk.clerk, period=now(desk), group_kind=FINANCE, member=desk.reviewers[2], decision=AGREE,
            photo_sha256="b" * 64,
        )  # fmt: skip
    assert said(desk)[0] == "上传了周春梅在2026年第三季度签字页上的签字照片：同意，等待他人确认"
    with transaction():
        actions.refuse_paper_signature(
            by=desk.reviewers[1], period=now(desk), group_kind=FINANCE, paper_id=paper.id, reason="看不清"
        )
    assert now(desk).stage is PeriodState.SUBMITTED
    with transaction():
        again = actions.hand_in_paper_signature(
            by=desk.clerk, period=now(desk), group_kind=FINANCE, member=desk.reviewers[2], decision=AGREE,
            photo_sha256="c" * 64,
        )  # fmt: skip
        actions.confirm_paper_signature(by=desk.reviewers[1], period=now(desk), group_kind=FINANCE, paper_id=again.id)
    assert now(desk).stage is PeriodState.REVIEWED
    assert said(desk)[1] == "以民主理财小组成员身份确认了周春梅在2026年第三季度签字页上的签字：同意"
