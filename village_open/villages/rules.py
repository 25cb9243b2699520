"""Who is what, and where; places nest by their codes (county 6, township 9, village 12 digits)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from village_open.core.errors import InputError, RuleForbids
from village_open.villages.profile_keys import BARRABLE

TOWNSHIP_DIGITS = 9
COUNTY_DIGITS = 6
VILLAGE_DIGITS = 12
LONGEST_TERM_YEARS = 5
"""村民委员会组织法 (2025) articles 14 and 37: the oversight group's term is the committee's, five years."""
COMMITTEE_KINDS = ("committee_head", "committee_member")
GROUP_WORDS = {"finance_review": "民主理财小组", "supervision": "村务监督小组"}
ARTICLE_37 = "村民委员会组织法第37条"
NEAR_RELATIONS = ("配偶", "父母", "子女", "兄弟姐妹", "祖父母", "外祖父母", "孙子女", "外孙子女")
"""Who is a near relative, as 浙江省实施村民委员会组织法办法 article 30 lists them."""
SHORTEST_PHONE = 5
_PHONES = re.compile(r"[0-9()（）、 转-]+")
_NARROW_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS_OF_KIND = {"county_leader": (6,), "inspector": (6, 9), "township_office": (9,)}


@dataclass(frozen=True)
class RoleAt:
    """A role a person holds today; it covers every place whose code begins with `place_code`."""

    kind: str
    place_code: str
    department: str = ""
    is_leader: bool = False

    @property
    def is_of_county(self) -> bool:
        """Tell whether the role looks at a whole county."""
        return len(self.place_code) == COUNTY_DIGITS

    def covers(self, place_code: str) -> bool:
        """Tell whether the place is this role's place or lies inside it."""
        return bool(place_code) and place_code.startswith(self.place_code)


def holds(roles: Iterable[RoleAt], kinds: Iterable[str], place_code: str) -> bool:
    """Tell whether one of the roles is of one of the kinds and covers the place."""
    wanted = set(kinds)
    return any(role.kind in wanted and role.covers(place_code) for role in roles)


def township_code(village_code: str) -> str:
    """Return the code of the township in which a village lies."""
    return village_code[:TOWNSHIP_DIGITS]


class PlaceCodeUnfit(InputError):
    """A code is no 统计用区划代码 of this place."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "code")


class PhoneUnfit(InputError):
    """Nobody could call this number."""

    def __init__(self) -> None:
        super().__init__("请填写能打通的电话，例如 0999-8801234；有两个号码，用顿号隔开。", "phone")


class PersonBarred(RuleForbids):
    """Law or profile bars the person from the group; the message names the article."""


class GroupUnfit(InputError):
    """The elected group has a wrong size, no leader among its members, or somebody twice."""


class TermUnfit(InputError):
    """A term ends before it begins, is too long, or begins before the sitting one."""


class RoleAtWrongPlace(InputError):
    """A village role at a township, or the other way round."""

    def __init__(self) -> None:
        super().__init__("这个职务和所在的地方对不上，请核对。", "kind")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be elected: what they are in this village, and whose near relative they are."""

    person_id: int
    name: str
    kinds: frozenset[str] = frozenset()
    committee_relatives: tuple[tuple[str, str], ...] = ()
    """Name and relation of each near relative on the village committee, as declared: `("王强", "配偶")`."""


def checked_code(code: str, *, inside: str, digits: int) -> str:
    """Return a place's code when it has its digits and lies inside the place above it.

    Raises:
        PlaceCodeUnfit: it has another length, other characters or another beginning.
    """
    plain = code.strip().translate(_NARROW_DIGITS)
    if len(plain) != digits or not (plain.isascii() and plain.isdigit()):
        raise PlaceCodeUnfit(f"统计用区划代码应为 {digits} 位数字，现在是“{code.strip()}”。")
    if not plain.startswith(inside):
        raise PlaceCodeUnfit(f"代码应以上级的 {inside} 开头，现在是 {plain}，请核对。")
    return plain


def checked_phone(text: str) -> str:
    """Return a phone that is printed for residents when somebody could call it; several are separated by `、`.

    Raises:
        PhoneUnfit: it has fewer digits than a short number, or other characters than phones are written with.
    """
    plain = text.strip().translate(_NARROW_DIGITS)
    if any(len(re.sub(r"\D", "", one)) < SHORTEST_PHONE for one in plain.split("、")) or not _PHONES.fullmatch(plain):
        raise PhoneUnfit
    return plain


def check_place_of_kind(kind: str, place_code: str) -> None:
    """Refuse a role at a place where it does not exist.

    Raises:
        RoleAtWrongPlace: a village role outside a village, a township role outside a township.
    """
    if len(place_code) not in _DIGITS_OF_KIND.get(kind, (VILLAGE_DIGITS,)):
        raise RoleAtWrongPlace


def barred_reason(candidate: Candidate, group: str, *, barred_kinds: Iterable[str], basis: str) -> str | None:
    """Return the sentence that says why a person may not sit in a group, or None.

    Source: 村民委员会组织法 (2025) article 37; `barred_kinds` and `basis` come from the township's profile.
    """
    who, word = candidate.name, GROUP_WORDS[group]
    if candidate.kinds & set(COMMITTEE_KINDS):
        return f"{who}是村民委员会成员，依照{ARTICLE_37}，不能担任{word}成员。"
    for relative, relation in candidate.committee_relatives:
        return f"{who}是村民委员会成员{relative}的近亲属（{relation}），依照{ARTICLE_37}，不能担任{word}成员。"
    if "township_office" in candidate.kinds:
        return f"{who}在镇公开办负责签发，同一个人不能经两道手，不能担任{word}成员。"
    held = [kind for kind in barred_kinds if kind in candidate.kinds]
    if held:
        return f"{who}是{BARRABLE[held[0]]}，不能担任{word}成员。依据：{basis}。"
    return None


def both_groups_reason(names: Iterable[str], other: str, basis: str) -> str:
    """Return the sentence that says that nobody sits in both groups, where the profile wants it so."""
    return f"{'、'.join(names)}已经是{GROUP_WORDS[other]}成员；本镇规定一人不能兼两个小组（{basis}）。"


def check_group_size(group: str, number: int, sizes: tuple[int, ...]) -> None:
    """Refuse a group whose size the profile does not allow.

    Raises:
        GroupUnfit: with `members` as its field.
    """
    if number not in sizes:
        allowed = "、".join(map(str, sizes))
        raise GroupUnfit(f"{GROUP_WORDS[group]}应为 {allowed} 人，现在选了 {number} 人。", "members")


def check_term(group: str, starts_on: date, ends_on: date, *, elected_on: date) -> None:
    """Refuse a term that cannot be.

    Raises:
        TermUnfit: it begins before the election, ends before it begins, or is longer than the committee's.
    """
    if starts_on < elected_on:
        raise TermUnfit("任期不能早于推选的那一天。", "starts_on")
    if ends_on <= starts_on:
        raise TermUnfit("任期的最后一天要晚于第一天。", "ends_on")
    if group == "supervision" and ends_on >= _years_later(starts_on, LONGEST_TERM_YEARS):
        raise TermUnfit(
            f"任期最长 {LONGEST_TERM_YEARS} 年：{ARTICLE_37}规定与村民委员会任期相同（第14条）。", "ends_on"
        )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def in_words(day: date) -> str:
    """Write a day as the record keeps it: `2026年7月1日`."""
    return f"{day.year}年{day.month}月{day.day}日"


PAPER_MM = {
    "A4-portrait": (210, 297), "A4-landscape": (297, 210),
    "A3-portrait": (297, 420), "A3-landscape": (420, 297),
    "A2-portrait": (420, 594), "A2-landscape": (594, 420),
    "A1-portrait": (594, 841), "A1-landscape": (841, 594),
}  # fmt: skip
"""Width and height of each paper that sheets are printed on."""
PAPER_WORDS = {
    "A4-portrait": "A4 纵向", "A4-landscape": "A4 横向", "A3-portrait": "A3 纵向", "A3-landscape": "A3 横向",
    "A2-portrait": "A2 纵向", "A2-landscape": "A2 横向", "A1-portrait": "A1 纵向", "A1-landscape": "A1 横向",
}  # fmt: skip


def fitting_papers(width_mm: int, height_mm: int) -> tuple[str, ...]:
    """List the papers of which one page fits on a board."""
    return tuple(paper for paper, (width, height) in PAPER_MM.items() if width <= width_mm and height <= height_mm)


def pages_that_fit(paper: str, width_mm: int, height_mm: int) -> int:
    """Return how many pages of a paper hang side by side and one above the other on a board."""
    width, height = PAPER_MM[paper]
    return (width_mm // width) * (height_mm // height)
