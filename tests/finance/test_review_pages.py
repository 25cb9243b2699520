"""Marking, answering, signing, confirming and filing over the pages, each person in their own browser."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from tests.factories import make_person, make_role
from tests.finance.review_world import BASE, in_october, make_review_world
from village_open.db import db
from village_open.finance import actions
from village_open.finance.models import PeriodState, Receipt
from village_open.finance.queries import get_statement
from village_open.finance.rules import LineInput
from village_open.identity.queries import get_person
from village_open.record.queries import find_broken_link, list_trail
from village_open.reviews.rules import Decision, Verdict
from village_open.villages.models import RoleKind

REVIEW, SIGN = f"{BASE}/review", f"{BASE}/sign"
WAYS = ("", "/confirm", "/review", "/sign")
TICKS = dict.fromkeys(("holds_no_secret", "holds_no_number", "holds_no_privacy"), "y")


@pytest.fixture
def world(app):
    with in_october():
        yield make_review_world(app)


def photo():
    written = BytesIO()
    Image.new("RGB", (400, 600), "white").save(written, "JPEG")
    return written.getvalue()


def mark(world, person, marks, **more):
    form = {"content_sha256": world.period.content_sha256, **more}
    for key, (verdict, reason) in marks.items():
        form |= {f"verdict-{key}": verdict, f"reason-{key}": reason}
    return world.browser(person).post(REVIEW, data=form)


def sign(world, person, group="finance_review", decision="agree", note="", **more):
    form = {"decision": decision, "note": note, "content_sha256": world.period.content_sha256, **more}
    return world.browser(person).post(f"{SIGN}/{group}", data=form)


def pass_all(world):
    first, *_rest = world.desk.reviewers
    world.browser(first).post(f"{REVIEW}/rest", data={"content_sha256": world.period.content_sha256})


def to_confirmed(world, on_the_way=lambda: None):
    """Go on to the meeting's result; `on_the_way` is done before the meeting."""
    pass_all(world)
    for person in world.desk.reviewers[:2]:
        sign(world, person)
    for person in world.desk.overseers[:2]:
        sign(world, person, "supervision")
    on_the_way()
    world.browser(world.head).post(
        f"{BASE}/confirm", data={"version": version(world), "on": "10.8", "attendees": "李村长、支书"}
    )


def version(world):
    return world.period.version_id


def text(response):
    return response.get_data(as_text=True)


def test_a_doubt_is_answered_withdrawn_and_the_rest_passed(world):
    leader, second, _ = world.desk.reviewers
    doubted = world.line_ids[2]
    assert mark(world, leader, {doubted: ("queried", "没有验收单")}).status_code == 302
    clerk = world.browser(world.desk.clerk)
    assert "没有验收单" in text(clerk.get(REVIEW))
    answer = clerk.post(f"{BASE}/lines/{doubted}/answer", data={"seen": "0", "text": "验收单夹在凭证后面"})
    assert answer.status_code == 302
    assert mark(world, leader, {doubted: ("passed", "")}).status_code == 302
    rest = world.browser(second).post(f"{REVIEW}/rest", data={"content_sha256": world.period.content_sha256})
    assert rest.status_code == 302
    page = text(world.browser(leader).get(REVIEW))
    for words in ("没有验收单", "验收单夹在凭证后面", "未审 0", "疑问 0"):
        assert words in page


def test_a_paper_signature_and_a_late_refusal_stand_beside_the_others(world):
    leader, second, _paper_only = world.desk.reviewers
    pass_all(world)
    assert sign(world, leader).status_code == 302
    assert hand_in(world, decision="reserve", note="路灯还没装").status_code == 302
    assert world.period.stage is PeriodState.SUBMITTED
    confirmed = world.browser(second).post(f"{SIGN}/finance_review/papers/1", data={"is_genuine": "yes"})
    assert confirmed.status_code == 302
    assert world.period.stage is PeriodState.REVIEWED
    assert sign(world, second, decision="refuse", note="机耕路没修好").status_code == 302
    page = text(world.browser(world.desk.clerk).get(SIGN))
    for words in ("保留意见", "路灯还没装", "纸上签字，赵守田确认", "机耕路没修好", "不同意"):
        assert words in page
    with world.app.app_context():
        said = [f"{line.actor_name}{line.said}" for line in list_trail(world.desk.village.code).items]
    assert any("过半数为 2 人；已签 2 人，其中保留意见 1 人，含组长，通过" in sentence for sentence in said)


def test_a_quarter_goes_through_both_groups_and_the_meeting_to_the_township(world):
    to_confirmed(world)
    assert (world.period.stage, world.period.confirmed_note) == (PeriodState.CONFIRMED, "参加：李村长、支书")
    office = world.browser(world.desk.officer)
    seen = {"content_sha256": world.period.content_sha256}
    assert f'value="{seen["content_sha256"]}"' in office.get(f"{BASE}/check").text
    assert office.post(f"{BASE}/check/filing", data=seen).status_code == 302
    assert office.post(f"{BASE}/check/privacy", data={"version": version(world), **TICKS}).status_code == 302
    assert (world.period.filed_by, world.period.privacy_checked_by) == ("陈思远", "陈思远")
    with world.app.app_context():
        assert find_broken_link(world.desk.village.code) is None


def test_where_the_committee_alone_confirms_neither_page_nor_record_names_a_joint_meeting(app):
    with in_october():
        world = make_review_world(app, jurisdiction="重庆")
        pages = []
        to_confirmed(world, on_the_way=lambda: pages.extend(world.browser(world.head).get(BASE + at) for at in WAYS))
        pages += [world.browser(world.desk.officer).get(BASE + at) for at in ("", "/check", "/check/privacy")]
    assert "待会议确定" in text(pages[0])
    assert "由村民委员会会议讨论确定，再报镇里签发。" in text(pages[1])
    assert [page.request.path for page in pages if "联席" in text(page)] == []
    with app.app_context():
        said = [entry.said for entry in list_trail(world.desk.village.code).items]
    assert [one for one in said if "联席" in one] == []
    assert [one.split("（")[0] for one in said if "村民委员会会议" in one] == [
        "记录：村民委员会会议于2026-10-08讨论确定2026年第三季度收支公开",
        "村务监督小组签署完成，2026年第三季度收支等村民委员会会议讨论确定",
    ]


def test_a_doubt_without_its_reason_comes_back_with_everything_typed(world):
    leader = world.desk.reviewers[0]
    first, second, *_ = world.line_ids
    answer = mark(world, leader, {first: ("queried", ""), second: ("rejected", "重复报销")})
    assert answer.status_code == 422
    assert "请写明理由" in text(answer)
    assert "重复报销" in text(answer)
    assert text(world.browser(leader).get(f"{REVIEW}?show=unmarked")).count('class="verdicts"') == 4


def test_only_what_changed_is_marked_again(world):
    leader = world.desk.reviewers[0]
    keys = world.line_ids
    mark(world, leader, dict.fromkeys(keys, ("passed", "")))
    mark(world, leader, {**dict.fromkeys(keys[:3], ("passed", "")), keys[3]: ("rejected", "没有名单")})
    with world.app.app_context():
        said = [line.said for line in list_trail(world.desk.village.code).items]
    assert said[0] == "审核了 1 笔：“慰问困难户米面油”不予认可（没有名单）"
    assert said[1] == "审核了 4 笔：4 笔通过"


def test_the_loser_of_a_conflict_keeps_the_typed_marks_and_sees_both(world):
    leader, second, _ = world.desk.reviewers
    stale = world.period.content_sha256
    with world.acting() as period:
        actions.return_period(by=world.desk.officer, period=period, reason="金额写错")
    with world.acting() as period:
        actions.remove_line(by=world.desk.clerk, period=period, line_id=world.line_ids[3])
    with world.acting() as period:
        counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
        actions.count_closing(by=world.desk.clerk, period=period, counted=counted)
        actions.submit_period(by=world.desk.clerk, period=period)
    form = {"content_sha256": stale, f"verdict-{world.line_ids[0]}": "queried", f"reason-{world.line_ids[0]}": "少了"}
    answer = world.browser(leader).post(REVIEW, data=form)
    assert answer.status_code == 409
    assert "疑问：少了" in text(answer)
    assert "还没有意见" in text(answer)
    lost = sign(world, second, content_sha256=stale, note="同意公开")
    assert lost.status_code == 409


def test_two_answers_at_once_keep_the_first_and_show_both(world):
    leader = world.desk.reviewers[0]
    key = world.line_ids[1]
    mark(world, leader, {key: ("queried", "没有收据")})
    with world.acting() as period:
        actions.answer_query(by=world.desk.clerk, period=period, line_id=key, text="收据已补")
    answer = world.browser(world.desk.clerk).post(
        f"{BASE}/lines/{key}/answer", data={"seen": "0", "text": "在会计那里"}
    )
    assert answer.status_code == 409
    assert "在会计那里" in text(answer)
    assert "李建国：收据已补" in text(answer)


def test_two_officers_one_returns_first_the_other_sees_both(world):
    to_confirmed(world)
    stale = version(world)
    office = world.browser(world.desk.officer)
    assert office.post(f"{BASE}/check/return", data={"version": stale, "reason": "缺凭证"}).status_code == 302
    late = office.post(f"{BASE}/check/return", data={"version": stale, "reason": "金额不对"})
    assert late.status_code == 409
    assert "金额不对" in text(late)
    assert "缺凭证" in text(late)
    assert world.period.return_reason == "缺凭证"


def test_the_clerk_who_sits_in_the_group_cannot_mark_or_sign(world):
    with world.acting():
        make_role(world.desk.clerk, RoleKind.FINANCE_REVIEW, world.desk.village.code)
    page = world.browser(world.desk.clerk).get(REVIEW)
    assert "一人一手" in text(page)
    assert 'name="verdict-' not in text(page)
    assert mark(world, world.desk.clerk, {world.line_ids[0]: ("passed", "")}).status_code == 409
    pass_all(world)
    refused = sign(world, world.desk.clerk)
    assert refused.status_code == 409
    assert "一人一手" in text(refused)


def test_who_edited_one_line_is_known_on_the_server_whatever_account_is_used(world):
    second = world.desk.reviewers[1]
    with world.acting() as period:
        period.state = "entry"
    with world.acting() as period:
        actions.remove_line(by=second, period=period, line_id=world.line_ids[0])
        actions.restore_line(by=second, period=period, line_id=world.line_ids[0])
        period.state = "submitted"
    assert mark(world, second, {world.line_ids[0]: ("passed", "")}).status_code == 409
    pass_all(world)
    assert sign(world, second).status_code == 409


def test_a_reviewer_elected_into_the_committee_meanwhile_cannot_sign(world):
    pass_all(world)
    with world.acting():
        make_role(world.desk.reviewers[1], RoleKind.COMMITTEE_MEMBER, world.desk.village.code)
    refused = sign(world, world.desk.reviewers[1])
    assert refused.status_code == 409
    assert "第37条" in text(refused)


def test_nobody_signs_before_every_line_was_looked_at(world):
    mark(world, world.desk.reviewers[0], {world.line_ids[0]: ("passed", "")})
    refused = sign(world, world.desk.reviewers[0])
    assert refused.status_code == 409
    assert "还有 3 笔没有人审核" in text(refused)


def test_a_refusal_by_more_than_half_sends_the_quarter_back_with_the_reasons(world):
    pass_all(world)
    sign(world, world.desk.reviewers[0], decision="refuse", note="账目不清")
    sign(world, world.desk.reviewers[1], decision="refuse", note="凭证不全")
    period = world.period
    assert period.stage is PeriodState.ENTRY
    assert period.return_reason == "民主理财小组不同意：王桂兰：账目不清；赵守田：凭证不全"


def test_a_reservation_without_its_reason_is_told_at_the_field(world):
    pass_all(world)
    answer = sign(world, world.desk.reviewers[0], decision="reserve")
    assert answer.status_code == 422
    assert "选择“保留意见”时，请写明理由" in text(answer)


def test_a_leader_steps_aside_and_the_groups_choice_leads(world):
    leader, second, _third = world.desk.reviewers
    url = f"{SIGN}/finance_review/recusal"
    form = {"member_id": leader.id, "line_id": "0", "reason": "账上有我儿子的工钱"}
    missing = world.browser(leader).post(url, data={**form, "replaced_by": "0"})
    assert missing.status_code == 422
    assert "代行组长" in text(missing)
    assert world.browser(leader).post(url, data={**form, "replaced_by": second.id}).status_code == 302
    page = text(world.browser(world.desk.clerk).get(SIGN))
    assert "3 名成员，1 人回避，应签 2 人，过半数为 2 人" in page
    assert "由赵守田代行组长" in page


def test_flags_are_shown_to_reviewers_and_township_and_never_to_the_clerk(world):
    notice = "先看这"
    assert notice in text(world.browser(world.desk.reviewers[0]).get(REVIEW))
    assert notice in text(world.browser(world.desk.officer).get(f"{BASE}/check"))
    assert notice not in text(world.browser(world.desk.clerk).get(REVIEW))
    assert notice not in text(world.browser(world.head).get(REVIEW))


def test_the_sign_off_page_carries_figures_code_and_a_row_for_each_member(world):
    page = text(world.browser(world.desk.clerk).get(f"{SIGN}/finance_review/paper"))
    code = world.period.content_sha256[:16].upper()
    for words in (
        "24,456.78",
        "12,345.00",
        "3,656.79",
        "33,144.99",
        code,
        "周春梅",
        "□ 保留意见",
        "叁万叁仟壹佰肆拾肆元玖角玖分",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "请选择签字页"), (b"GIF89a....", "只收照片"), (b"\xff\xd8\xff\xe0broken", "损坏")],
)
def test_a_file_that_is_no_photo_is_told_at_the_field(world, content, said):
    pass_all(world)
    form = {"member_id": world.desk.reviewers[2].id, "decision": "agree"}
    if content:
        form["photo"] = (BytesIO(content), "a.jpg")
    answer = world.browser(world.desk.clerk).post(f"{SIGN}/finance_review/papers/new", data=form)
    assert answer.status_code == 422
    assert said in text(answer)


def hand_in(world, **changes):
    pass_all(world)
    usual = {"member_id": world.desk.reviewers[2].id, "decision": "agree", "photo": (BytesIO(photo()), "a.jpg")}
    form = {**usual, **changes}
    return world.browser(world.desk.clerk).post(f"{SIGN}/finance_review/papers/new", data=form)


def test_the_township_cannot_confirm_where_a_member_with_an_account_can(world):
    hand_in(world)
    url = f"{SIGN}/finance_review/papers/1"
    answer = world.browser(world.desk.officer).post(url, data={"is_genuine": "yes"})
    assert answer.status_code == 422
    assert "王桂兰、赵守田" in text(answer)
    assert world.browser(world.desk.clerk).post(url, data={"is_genuine": "yes"}).status_code == 403


def test_the_township_witnesses_by_name_where_nobody_in_the_group_has_an_account(world):
    hand_in(world)
    with world.acting():
        for row in world.desk.reviewers:
            get_person(row.id).login = None
    answer = world.browser(world.desk.officer).post(f"{SIGN}/finance_review/papers/1", data={"is_genuine": "yes"})
    assert answer.status_code == 302
    assert "纸上签字，陈思远确认" in text(world.browser(world.desk.clerk).get(SIGN))


def test_a_photo_that_is_not_confirmed_needs_a_reason_and_counts_for_nothing(world):
    hand_in(world)
    url = f"{SIGN}/finance_review/papers/1"
    second = world.browser(world.desk.reviewers[1])
    assert second.post(url, data={"is_genuine": "no"}).status_code == 422
    assert second.post(url, data={"is_genuine": "no", "reason": "不是本人笔迹"}).status_code == 302
    assert second.get(url).status_code == 404
    assert "已签 1 人" not in text(second.get(SIGN))


def test_the_photo_is_a_jpeg_for_the_village_and_closed_to_strangers(world):
    hand_in(world)
    url = f"{SIGN}/finance_review/papers/1/photo"
    shown = world.browser(world.desk.reviewers[0]).get(url)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    with world.acting():
        stranger = make_person("外村人", login="stranger", must_change_password=False)
        make_role(stranger, RoleKind.CLERK, "990101101999")
    assert world.browser(stranger).get(url).status_code == 403
    assert world.app.test_client().get(url).status_code == 302


def test_the_photo_of_a_confirmed_signature_is_linked_for_the_village_and_never_public(world):
    hand_in(world)
    world.browser(world.desk.reviewers[1]).post(f"{SIGN}/finance_review/papers/1", data={"is_genuine": "yes"})
    photo = f"{SIGN}/finance_review/papers/1/photo"
    for person in (world.desk.clerk, world.desk.officer, world.desk.reviewers[0]):
        assert f'href="{photo}"' in text(world.browser(person).get(SIGN))
        assert world.browser(person).get(photo).status_code == 200
    assert world.app.test_client().get(photo).status_code == 302


def test_before_the_rest_is_passed_its_lines_are_listed_those_without_a_receipt_first(world):
    leader, second, _ = world.desk.reviewers
    mark(world, leader, {world.line_ids[0]: ("passed", "")})
    aside = {"member_id": second.id, "line_id": world.line_ids[1], "reason": "亲戚", "replaced_by": "0"}
    assert world.browser(second).post(f"{SIGN}/finance_review/recusal", data=aside).status_code == 302
    with world.acting() as period:
        lines = [row.line for row in get_statement(period).lines]
        db.session.add(
            Receipt(line_id=lines[2].id, village_id=period.village_id, file_sha256="c" * 64, original_sha256="c" * 64,
                    media_type="image/jpeg", name="收据.jpg", added_by_id=world.desk.clerk.id)
        )  # fmt: skip
    page = text(world.browser(second).get(f"{REVIEW}/rest"))
    assert "没有凭证照片的 1 笔，请先看" in page
    assert page.index(lines[3].summary) < page.index("有凭证照片的和账户互转的 1 笔") < page.index(lines[2].summary)
    for left in lines[:2]:
        assert left.summary not in page
    assert "3,199.99" in page


def test_what_was_just_saved_is_said_above_the_steps(world):
    leader = world.desk.reviewers[0]
    browser = world.browser(leader)
    saved = browser.post(
        REVIEW, data={"content_sha256": world.period.content_sha256, f"verdict-{world.line_ids[0]}": "passed"}
    )
    page = text(browser.get(saved.location))
    assert page.index("已保存 1 笔的意见") < page.index('class="steps"')


def test_the_meeting_cannot_lie_in_the_future(world):
    to_confirmed_but_meeting(world)
    answer = world.browser(world.head).post(
        f"{BASE}/confirm", data={"version": version(world), "on": "2026-12-31", "attendees": "李村长"}
    )
    assert answer.status_code == 422
    assert "（提交那天）到" in text(answer)
    assert "（今天）之间的一天，两头都算" in text(answer)
    assert world.period.stage is PeriodState.EXAMINED


def to_confirmed_but_meeting(world):
    pass_all(world)
    for group, people in (("finance_review", world.desk.reviewers), ("supervision", world.desk.overseers)):
        for person in people[:2]:
            sign(world, person, group)


def test_the_check_for_secrets_wants_all_three_ticks(world):
    to_confirmed(world)
    office = world.browser(world.desk.officer)
    answer = office.post(f"{BASE}/check/privacy", data={"version": version(world), "holds_no_secret": "y"})
    assert answer.status_code == 422
    assert world.period.privacy_checked_by == ""


def test_an_open_doubt_may_be_printed_as_an_objection_by_the_townships_choice(world):
    with world.acting() as period:
        key = world.line_ids[1]
        actions.mark_line(
            by=world.desk.reviewers[0], period=period, line_id=key, verdict=Verdict.QUERIED, reason="太贵"
        )
    to_confirmed(world)
    office = world.browser(world.desk.officer)
    assert "还有 1 笔" in text(office.get(f"{BASE}/check"))
    form = {"version": version(world), "prints_objections": "y", **TICKS}
    assert office.post(f"{BASE}/check/privacy", data=form).status_code == 302
    assert world.period.prints_objections
    assert "带异议公开" in text(office.get(f"{BASE}/check"))


def test_marks_of_an_earlier_round_stay_readable(world):
    mark(world, world.desk.reviewers[0], {world.line_ids[0]: ("queried", "合同呢")})
    with world.acting() as period:
        actions.return_period(by=world.desk.officer, period=period, reason="补合同")
    with world.acting() as period:
        actions.submit_period(by=world.desk.clerk, period=period)
    page = text(world.browser(world.desk.reviewers[0]).get(REVIEW))
    assert "第 1 轮 王桂兰" in page
    assert "合同呢" in page


@pytest.mark.parametrize("path", ["/review", "/sign", "/sign/finance_review/paper"])
def test_the_pages_open_for_everybody_of_the_village(world, path):
    for person in (world.desk.clerk, world.head, *world.desk.overseers[:1], world.desk.officer):
        assert world.browser(person).get(f"{BASE}{path}").status_code == 200


def test_a_member_of_one_group_does_not_sign_for_the_other(world):
    pass_all(world)
    refused = sign(world, world.desk.overseers[0], "finance_review", decision=Decision.AGREE.value)
    assert refused.status_code == 409
    assert "不是民主理财小组成员" in text(refused)


def test_money_moved_between_accounts_is_shown_with_its_amount(world):
    cash, bank = world.desk.accounts
    with world.acting() as period:
        actions.take_back_period(by=world.desk.clerk, period=period)
        moved = LineInput(
            on=date(2026, 8, 3),
            kind="transfer",
            summary="提现备用",
            amount_fen=50_000,
            account_id=bank,
            to_account_id=cash,
        )
        actions.save_lines(by=world.desk.clerk, period=period, rows=[moved])
        counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
        actions.count_closing(by=world.desk.clerk, period=period, counted=counted)
        actions.submit_period(by=world.desk.clerk, period=period)
    assert "互转 500.00 元，银行存款 → 现金" in text(world.browser(world.desk.reviewers[0]).get(REVIEW))
