"""The keys of a profile: word, kind, bounds, and how a value is typed, kept and shown; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from village_open.core.errors import InputError
from village_open.core.money import format_fen, parse_fen, plain_yuan
from village_open.villages.approvals import (
    read_tiers,
    tiers_as_typed,
    tiers_from_json,
    tiers_in_words,
    tiers_to_json,
)

POSTING_FLOOR_DAYS = 15
"""村民委员会组织法 (2025) article 35: posted for no fewer than 15 days."""

BARRABLE = {
    "clerk": "村报账员",
    "accountant": "主管会计",
    "cashier": "村出纳",
    "document_clerk": "村文书",
    "collective_head": "集体经济组织负责人",
    "party_secretary": "村党组织书记",
}
"""Roles that a profile may bar from the groups, beside those that the law bars."""


class ProfileValueUnfit(InputError):
    """A typed profile value is outside its bounds or unreadable."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "value")


def _with_tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _with_lists(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class KeyRule:
    """One key: its word, its unit, and how text becomes a value."""

    label: str
    heading: str
    read: Callable[[str], Any]
    written: Callable[[Any], str]
    typed: Callable[[Any], str] = str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    """Whether more than one of the choices may be ticked."""
    has_lines: bool = False
    """Whether it is typed on several lines."""
    restored: Callable[[Any], Any] = _with_tuples
    """A value as code uses it, from how it is kept; lists become tuples."""
    kept: Callable[[Any], Any] = _with_lists
    """A value as JSON keeps it: words, numbers and lists of them."""
    recorded: Callable[[Any], Any] | None = None
    """A value as the record tells it, where that is not as it is kept."""


def _whole(low: int, high: int, *, below: str = "") -> Callable[[str], int]:
    def read(text: str) -> int:
        plain = text.strip()
        if not (plain.isascii() and plain.isdigit()):
            raise ProfileValueUnfit(f"“{text}”读不懂，请填写整数，例如 {low}。")
        number = int(plain)
        if number < low and below:
            raise ProfileValueUnfit(below)
        if not low <= number <= high:
            raise ProfileValueUnfit(f"请填写 {low} 到 {high} 之间的整数。")
        return number

    return read


def _one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ProfileValueUnfit("请从列表里选一项。")
        return text

    return read


def _several_of(choices: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        picked = set(text.split())
        if not picked <= set(choices):
            raise ProfileValueUnfit("请从列表里选。")
        return tuple(key for key in choices if key in picked)

    return read


def _sizes(text: str) -> tuple[int, ...]:
    parts = [part for part in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if part]
    read_size = _whole(3, 9, below="一个小组至少 3 人，否则过半数没有意义。")
    sizes = tuple(sorted({read_size(part) for part in parts}))
    if not sizes:
        raise ProfileValueUnfit("请写出允许的人数，例如“3、5”。")
    return sizes


def _fen(text: str) -> int:
    amount = parse_fen(text)
    if amount <= 0:
        raise ProfileValueUnfit("金额要大于 0。")
    return amount


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.replace("，", "、").replace("\n", "、").split("、") if part.strip())
    if not 1 <= len(names) <= 8 or any(len(name) > 20 for name in names):
        raise ProfileValueUnfit("请写 1 到 8 个签字栏，用“、”隔开，每个不超过 20 个字。")
    return names


YES_NO = {"yes": "是", "no": "否"}
_FILING = {"yes": "公布前备案", "no": "公布后备案"}
_BODIES = {"joint_meeting": "村党组织、村民委员会联席会议", "committee": "村民委员会会议"}
_KINDS = {"quarter": "按季度", "month": "按月"}
_RULES = {"day_of_month": "次月几日前", "days_after_end": "期末后几日内"}
_SPENDING = "大额支出和审批"
_CASH = "现金和备用金"
_DAY_RULES = {"first_day_excluded": "起始当日不计入", "both_ends": "首尾两日都计入"}


def _number(label: str, heading: str, unit: str, low: int, high: int, *, below: str = "", hint: str = "") -> KeyRule:
    return KeyRule(label, heading, _whole(low, high, below=below), lambda value: f"{value} {unit}", hint=hint)


def _choice(label: str, heading: str, choices: Mapping[str, str], *, hint: str = "") -> KeyRule:
    return KeyRule(label, heading, _one_of(choices), lambda value: choices[value], hint=hint, choices=choices)


def _yes_or_no(label: str, heading: str, words: Mapping[str, str]) -> KeyRule:
    def typed(value: bool) -> str:
        return "yes" if value else "no"

    def read(text: str) -> bool:
        return _one_of(words)(text) == "yes"

    return KeyRule(label, heading, read, lambda value: words[typed(value)], typed, choices=words)


def _group(label: str) -> KeyRule:
    return KeyRule(
        label, "两个小组", _sizes, lambda sizes: f"{'、'.join(map(str, sizes))} 人",
        lambda sizes: "、".join(map(str, sizes)), hint="允许的人数，用“、”隔开。",
    )  # fmt: skip


def _slots(label: str) -> KeyRule:
    return KeyRule(label, "公示单", _names, "、".join, "、".join, hint="从左到右，用“、”隔开。")


def _amount(label: str, hint: str = "", *, heading: str = "审核提示") -> KeyRule:
    return KeyRule(label, heading, _fen, lambda fen: f"{format_fen(fen)} 元", plain_yuan, hint=hint)


KEYS: Mapping[str, KeyRule] = {
    "period_kind": _choice("多久公开一次", "什么时候公布", _KINDS),
    "publication_rule": _choice("公布日怎样定", "什么时候公布", _RULES),
    "publication_day": _number("最迟公布日", "什么时候公布", "日", 1, 31),
    "posting_days": _number(
        "张贴天数", "什么时候公布", "天", POSTING_FLOOR_DAYS, 365,
        below=f"不能少于 {POSTING_FLOOR_DAYS} 天：村民委员会组织法第35条规定的全国底线。",
    ),
    "day_rule": _choice("天数怎样数", "什么时候公布", _DAY_RULES),
    "reply_days": _number("答复村民的期限", "村民提问", "天", 1, 60),
    "objection_days": _number("村民提出异议的期限", "村民提问", "天", 1, 365, hint="从张贴之日起算。"),
    "finance_review_sizes": _group("民主理财小组人数"),
    "supervision_sizes": _group("村务监督小组人数"),
    "barred_kinds": KeyRule(
        "还有谁不能进小组", "两个小组", _several_of(BARRABLE),
        lambda kinds: "、".join(BARRABLE[kind] for kind in kinds) or "没有另外规定", " ".join,
        hint="村民委员会成员及其近亲属一律不能，法律已有规定，不在此列。", choices=BARRABLE, several=True,
    ),
    "both_groups_allowed": _yes_or_no("一人可以兼两个小组", "两个小组", YES_NO),
    "confirming_body": _choice("谁来确定公布", "经过哪些步骤", _BODIES),
    "files_before_publication": _yes_or_no("报镇备案", "经过哪些步骤", _FILING),
    "signer_slots_finance_lines": _slots("财务收支逐笔公开表的签字栏"),
    "signer_slots_finance_summary": _slots("财务公开榜的签字栏"),
    "signer_slots_affairs": _slots("决议公开等事务公示单的签字栏"),
    "large_payment_fen": _amount("大额支出起点", "达到这个数的支出，要有通过的决议才能提交。", heading=_SPENDING),
    "approval_tiers": KeyRule(
        "分级审批", _SPENDING, read_tiers, tiers_in_words, tiers_as_typed, has_lines=True,
        restored=tiers_from_json, kept=tiers_to_json, recorded=lambda tiers: tiers_in_words(tiers).split("；"),
        hint="一行一级，从小到大，例如“1000 村委会主任”；最后一行写“以上”。可以写：不用另外审批、村委会主任、"
        "村委会主任和村党组织书记联签、集体经济组织负责人、村民委员会会议、村“两委”会议、理事会、民主理财小组；"
        "会议后面写过半数、三分之二以上、三分之一以上或全体，不写就是过半数。",
    ),
    "split_window_days": _number(
        "拆分支出合并计算", _SPENDING, "天内", 1, 366, hint="这些天里付给同一收款人的，加起来看是否达到大额支出起点。",
    ),
    "round_sum_fen": _amount("整数金额提示", "达到这个数、又是它的整倍数的支出会提示。"),
    "same_payee_days": _number("同额同收款人提示", "审核提示", "天内", 1, 60),
    "rush_days": _number("期末集中支出提示", "审核提示", "天（期末最后）", 1, 31),
    "cash_ceiling_fen": _amount("库存现金限额", "盘点时现金超过这个数会提示，不会拦住。", heading=_CASH),
    "petty_limit_fen": _amount("备用金限额", "在外备用金超过这个数会提示，不会拦住。", heading=_CASH),
}  # fmt: skip
"""Every key, in the order in which the profile page shows them."""
