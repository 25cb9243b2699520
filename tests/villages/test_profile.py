"""The profile: seeds against the published rules, the national floor, deadlines, changes in time."""

from datetime import date

import pytest

from village_open.core.calendars import Calendar
from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.villages.approvals import Approver, Tier
from village_open.villages.profile import Profile, Setting, StoredSetting, build_profile, list_jurisdictions
from village_open.villages.profile_keys import KEYS

Q3 = Period.parse("2026Q3")


def _profile(place: str) -> Profile:
    return build_profile(place, (), Q3)


@pytest.mark.parametrize(
    ("place", "kind", "posting", "reply", "objection", "sizes", "body"),
    [
        ("国家", "quarter", 15, 15, 15, (3, 4, 5), "村党组织、村民委员会联席会议"),
        ("山东", "month", 15, 5, 5, (3, 5), "村党组织、村民委员会联席会议"),
        ("四川", "quarter", 15, 10, 15, (3, 4, 5, 6, 7, 8, 9), "村党组织、村民委员会联席会议"),
        ("重庆", "quarter", 15, 3, 15, (3, 4, 5), "村民委员会会议"),
    ],
)
def test_each_place_begins_with_its_own_rules(
    place: str, kind: str, posting: int, reply: int, objection: int, sizes: tuple[int, ...], body: str
) -> None:
    profile = _profile(place)
    assert (profile.period_kind, profile.posting_days, profile.reply_days) == (kind, posting, reply)
    assert (profile.objection_days, profile.group_sizes("supervision")) == (objection, sizes)
    assert (profile.group_size_min("supervision"), profile.group_size_max("supervision")) == (sizes[0], sizes[-1])
    assert profile.confirming_body == body


@pytest.mark.parametrize(("place", "days"), [("山东", 5), ("四川", 10), ("重庆", 10)])
def test_where_a_province_lies_under_the_national_floor_the_floor_holds_and_both_bases_show(
    place: str, days: int
) -> None:
    basis = _profile(place).basis("posting_days")
    assert "村民委员会组织法（2025年修订）第35条：公布的期限不得少于15日" in basis
    assert f"规定不少于{days}日，低于全国底线，按 15 日执行" in basis


@pytest.mark.parametrize("place", list_jurisdictions())
def test_every_value_has_a_basis_and_only_what_was_read_is_called_law(place: str) -> None:
    for key, setting in _profile(place).settings.items():
        assert setting.basis, key
        assert setting.is_law != setting.basis.startswith("默认值，可改"), key


def test_an_unknown_place_begins_with_the_national_rules() -> None:
    assert _profile("河南").settings == _profile("国家").settings


@pytest.mark.parametrize(
    ("place", "period", "due", "words"),
    [
        # 四川: ten days after the quarter's end. 10 October 2026 is a Saturday that is worked (调休).
        ("四川", "2026Q2", date(2026, 7, 10), "2026年第二季度结束后 10 日内公布，即 2026-07-10。"),
        # 重庆: by the 15th of the quarter's first month; for a month by the 15th of the next.
        ("重庆", "2026Q3", date(2026, 10, 15), "2026年第三季度结束后次月 15 日前公布，即 2026-10-15。"),
        ("重庆", "2026M07", date(2026, 8, 17), "应为 2026-08-15；当日休息，按民法典第203条顺延至 2026-08-17"),
        ("山东", "2025M12", date(2026, 1, 15), "2025年12月结束后次月 15 日前公布"),
    ],
)
def test_the_publication_deadline_says_how_it_was_found(place: str, period: str, due: date, words: str) -> None:
    deadline = _profile(place).publication_deadline(Period.parse(period), Calendar())
    assert deadline.on == due
    assert words in deadline.explained


def test_the_thirty_first_of_a_short_month_is_its_last_day() -> None:
    late = StoredSetting("publication_day", Setting(31, "县文件"), "")
    profile = build_profile("国家", [late], Q3)
    assert profile.publication_deadline(Period.parse("2026M01"), Calendar({date(2026, 2, 28): True})).on == date(
        2026, 2, 28
    )


def test_posting_fifteen_days_leaves_out_the_first_day() -> None:
    assert _profile("国家").posting_last_day(date(2026, 10, 12)) == date(2026, 10, 27)
    assert _profile("国家").objection_last_day(date(2026, 10, 12)) == date(2026, 10, 27)


@pytest.mark.parametrize(
    ("period", "days"),
    [("2026Q2", 15), ("2026Q3", 20), ("2026M07", 20), ("2026M06", 15), ("2026Q4", 25), (None, 15)],
)
def test_a_change_holds_from_its_first_period_on_whatever_kind_the_periods_are(period: str | None, days: int) -> None:
    stored = [
        StoredSetting("posting_days", Setting(20, "县文件一"), "2026Q3"),
        StoredSetting("posting_days", Setting(24, "县文件二"), "2026Q4"),
        StoredSetting("posting_days", Setting(25, "县文件三"), "2026Q4"),
    ]
    assert build_profile("国家", stored, Period.parse(period) if period else None).posting_days == days


def test_a_stored_value_under_the_floor_is_lifted_to_it() -> None:
    profile = build_profile("国家", [StoredSetting("posting_days", Setting(7, "镇里的老规定"), "")], Q3)
    assert profile.posting_days == 15
    assert "镇里的老规定，低于全国底线" in profile.basis("posting_days")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("posting_days", " 20 ", 20),
        ("supervision_sizes", "5、3", (3, 5)),
        ("barred_kinds", "document_clerk clerk", ("clerk", "document_clerk")),
        ("barred_kinds", "", ()),
        ("both_groups_allowed", "yes", True),
        ("large_payment_fen", "5,000.50", 500050),
        (
            "approval_tiers",
            "500.50元 村委会主任\n 2000 村两委会议 三分之二以上\n\n以上 “村民委员会会议”",
            (
                Tier(50_050, Approver.HEAD),
                Tier(200_000, Approver.TWO_COMMITTEES, ">=2/3"),
                Tier(None, Approver.COMMITTEE, ">1/2"),
            ),
        ),
        ("signer_slots_finance_lines", "村委会主任， 主管会计", ("村委会主任", "主管会计")),
        ("period_kind", "month", "month"),
    ],
)
def test_a_typed_value_is_read_by_its_kind_and_typed_back(key: str, text: str, value: object) -> None:
    rule = KEYS[key]
    assert rule.read(text) == value
    assert rule.read(rule.typed(value)) == value
    assert rule.written(value)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("posting_days", "14", "不能少于 15 天：村民委员会组织法第35条规定的全国底线。"),
        ("posting_days", "十五", "读不懂，请填写整数"),
        ("posting_days", "366", "请填写 15 到 365 之间的整数。"),
        ("publication_day", "0", "请填写 1 到 31 之间的整数。"),
        ("supervision_sizes", "2、3", "一个小组至少 3 人"),
        ("supervision_sizes", "", "请写出允许的人数"),
        ("barred_kinds", "clerk mayor", "请从列表里选。"),
        ("period_kind", "week", "请从列表里选一项。"),
        ("both_groups_allowed", "maybe", "请从列表里选一项。"),
        ("large_payment_fen", "5千", "里有“千”，请写成准确的元"),
        ("large_payment_fen", "-5", "金额要大于 0。"),
        ("signer_slots_finance_lines", "、、", "请写 1 到 8 个签字栏"),
        ("approval_tiers", " \n", "请至少写一行，最后一行写“以上”。"),
        ("approval_tiers", "1000", "第 1 行“1000”读不懂，请照这样写：1000 村委会主任。"),
        ("approval_tiers", "1000 村长\n以上 理事会", "第 1 行的“村长”不在可写的词里：不用另外审批、村委会主任、"),
        ("approval_tiers", "1000 理事会 一半\n以上 理事会", "第 1 行的“一半”不在可写的词里：过半数、"),
        ("approval_tiers", "以上 村委会主任 过半数", "第 1 行的“村委会主任”不是会议，后面不写多少人同意。"),
        ("approval_tiers", "1千 村委会主任\n以上 理事会", "里有“千”，请写成准确的元"),
        ("approval_tiers", "0 村委会主任\n以上 理事会", "第 1 行的金额要大于 0。"),
        (
            "approval_tiers",
            "2000 村委会主任\n2000 理事会\n以上 理事会",
            "第 2 行的 2,000.00 元不比第 1 行的 2,000.00 元高，金额要一行比一行高。",
        ),
        ("approval_tiers", "以上 村委会主任\n2000 理事会", "“以上”只能写在最后一行，第 2 行永远用不上。"),
        (
            "approval_tiers",
            "1000 村委会主任\n2000 理事会",
            "最后一行要写“以上”，否则超过 2,000.00 元的支出没有人审批。",
        ),
    ],
)
def test_an_unfit_value_is_refused_in_words(key: str, text: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        KEYS[key].read(text)
    assert words in refused.value.message
