"""The township's profile: what law and local rule ask of a disclosure, each value with its basis; pure."""

import calendar as months
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from village_open.core.calendars import Calendar, DayRule, Deadline, term_last_day
from village_open.core.periods import Period, PeriodKind
from village_open.villages.approvals import Approval, Tier, approval_of, limits_of
from village_open.villages.profile_keys import KEYS, POSTING_FLOOR_DAYS, KeyRule

_SEEDS = Path(__file__).parent / "data" / "profiles.json"
NATIONAL = "国家"
FLOOR_BASIS = f"村民委员会组织法（2025年修订）第35条：公布的期限不得少于{POSTING_FLOOR_DAYS}日"
EDITABLE_DEFAULT = "默认值，可改"


@dataclass(frozen=True)
class Setting:
    """One value with the sentence it rests on; `is_law` only where an article was read."""

    value: Any
    basis: str
    is_law: bool = False


@dataclass(frozen=True)
class StoredSetting:
    """A setting that a township has set, and the first period it holds for (empty: from the beginning)."""

    key: str
    setting: Setting
    starts_with: str


@dataclass(frozen=True)
class Profile:
    """The rules one township follows in one period."""

    jurisdiction: str
    settings: Mapping[str, Setting]

    def basis(self, key: str) -> str:
        """Return the sentence that a value rests on; where a floor holds, both bases."""
        return self.settings[key].basis

    def label(self, key: str) -> str:
        """Return the Chinese word of a value's key."""
        return KEYS[key].label

    def written(self, key: str) -> str:
        """Return a value as the profile page shows it."""
        return KEYS[key].written(self.settings[key].value)

    def _value(self, key: str) -> Any:
        return self.settings[key].value

    @property
    def period_kind(self) -> PeriodKind:
        """`quarter` or `month`: what is entered, signed and disclosed."""
        return "month" if self._value("period_kind") == "month" else "quarter"

    @property
    def publication_day(self) -> int:
        """The day of the month after a period, or the number of days after its end, by `publication_rule`."""
        return int(self._value("publication_day"))

    @property
    def posting_days(self) -> int:
        """For how many days a sheet hangs; never under the national floor of 15."""
        return int(self._value("posting_days"))

    @property
    def day_rule(self) -> DayRule:
        """How the days of posting are counted."""
        return DayRule(self._value("day_rule"))

    @property
    def reply_days(self) -> int:
        """Within how many days a villager's question is answered."""
        return int(self._value("reply_days"))

    @property
    def objection_days(self) -> int:
        """For how many days after posting a villager may object."""
        return int(self._value("objection_days"))

    def group_sizes(self, group_kind: str) -> tuple[int, ...]:
        """Return how many members a group may have, ascending: `(3, 4, 5)`, in 山东 `(3, 5)`."""
        return tuple(self._value(f"{group_kind}_sizes"))

    def group_size_min(self, group_kind: str) -> int:
        """Return the smallest number of members of a group."""
        return min(self.group_sizes(group_kind))

    def group_size_max(self, group_kind: str) -> int:
        """Return the largest number of members of a group."""
        return max(self.group_sizes(group_kind))

    @property
    def barred_kinds(self) -> tuple[str, ...]:
        """The role kinds that the profile bars from the groups, beside the village committee, whom the law bars."""
        return tuple(self._value("barred_kinds"))

    @property
    def both_groups_allowed(self) -> bool:
        """Whether one person may sit in both groups."""
        return bool(self._value("both_groups_allowed"))

    @property
    def confirming_body(self) -> str:
        """Who confirms a signed period, as it prints: `村党组织、村民委员会联席会议` or `村民委员会会议`."""
        return self.written("confirming_body")

    @property
    def signer_slots(self) -> Mapping[str, tuple[str, ...]]:
        """For each sheet kind the places for ink and seal, in order."""
        return {kind: tuple(self._value(f"signer_slots_{kind}")) for kind in ("finance_lines", "finance_summary")}

    @property
    def affairs_slots(self) -> tuple[str, ...]:
        """The places for ink and seal on the sheets of matters, in order."""
        return tuple(self._value("signer_slots_affairs"))

    @property
    def files_before_publication(self) -> bool:
        """Whether the township files a sheet before it is posted, or after."""
        return bool(self._value("files_before_publication"))

    @property
    def large_payment_fen(self) -> int:
        """From what amount a payment is large, in fen."""
        return int(self._value("large_payment_fen"))

    @property
    def approval_tiers(self) -> tuple[Tier, ...]:
        """Who approves what is under the large payment, ascending; the last tier has no end of its own."""
        return tuple(self._value("approval_tiers"))

    @property
    def approval_limits_fen(self) -> tuple[int, ...]:
        """The amounts at which somebody else must approve, ascending, in fen."""
        return limits_of(self.approval_tiers)

    def approval_of(self, amount_fen: int) -> Approval:
        """Return what a payment of a positive amount needs: a decision, or who approves it."""
        return approval_of(amount_fen, self.approval_tiers, self.large_payment_fen)

    @property
    def round_sum_fen(self) -> int:
        """From what amount, and of what multiple, a sum is called round, in fen."""
        return int(self._value("round_sum_fen"))

    @property
    def same_payee_days(self) -> int:
        """Within how many days the same amount to the same payee is shown to reviewers."""
        return int(self._value("same_payee_days"))

    @property
    def split_window_days(self) -> int:
        """Within how many days the payments to one payee are added up."""
        return int(self._value("split_window_days"))

    @property
    def rush_days(self) -> int:
        """How many last days of a period count as its end."""
        return int(self._value("rush_days"))

    @property
    def cash_ceiling_fen(self) -> int:
        """Over what amount the cash box is said to hold too much, in fen."""
        return int(self._value("cash_ceiling_fen"))

    @property
    def petty_limit_fen(self) -> int:
        """Over what amount cash in somebody's hands for small expenses is said to be too much, in fen."""
        return int(self._value("petty_limit_fen"))

    def publication_deadline(self, period: Period, calendar: Calendar) -> Deadline:
        """Return by when a period must be public, moved off a holiday, and how that was found."""
        number = self.publication_day
        if self._value("publication_rule") == "days_after_end":
            nominal = term_last_day(period.last_on, number, DayRule.FIRST_DAY_EXCLUDED)
            return calendar.deadline(nominal, f"{period.label}结束后 {number} 日内公布")
        nominal = _day_of_month(period.next.first_on, number)
        return calendar.deadline(nominal, f"{period.label}结束后次月 {number} 日前公布")

    def posting_last_day(self, posted_on: date) -> date:
        """Return until which day a sheet posted on a day must hang."""
        return term_last_day(posted_on, self.posting_days, self.day_rule)

    def objection_last_day(self, posted_on: date) -> date:
        """Return until which day villagers may object to a sheet posted on a day."""
        return posted_on + timedelta(days=self.objection_days)


def _day_of_month(first: date, number: int) -> date:
    return first.replace(day=min(number, months.monthrange(first.year, first.month)[1]))


def build_profile(jurisdiction: str, stored: Iterable[StoredSetting], period: Period | None) -> Profile:
    """Put a profile together: the seed of the place, and over it what the township had set for the period.

    `stored` is in the order in which it was set; without a period only what holds from the beginning counts.
    """
    settings = dict(seed_settings(jurisdiction))
    for change in stored:
        if has_begun(change.starts_with, period) and change.key in KEYS:
            settings[change.key] = change.setting
    return Profile(jurisdiction, {key: _at_least_floor(key, settings[key]) for key in KEYS})


def has_begun(starts_with: str, period: Period | None) -> bool:
    """Tell whether what holds from `starts_with` on (empty: the beginning) holds in the period."""
    if not starts_with:
        return True
    return period is not None and Period.parse(starts_with).first_on <= period.first_on


def _at_least_floor(key: str, setting: Setting) -> Setting:
    if key != "posting_days" or setting.value >= POSTING_FLOOR_DAYS:
        return setting
    both = f"{FLOOR_BASIS}。{setting.basis}，低于全国底线，按 {POSTING_FLOOR_DAYS} 日执行"
    return Setting(POSTING_FLOOR_DAYS, both, setting.is_law)


def list_jurisdictions() -> tuple[str, ...]:
    """List the places that have a seed, the national one first."""
    return tuple(_read_seeds())


def seed_settings(jurisdiction: str) -> Mapping[str, Setting]:
    """Return the settings a township of this place begins with; a place without a seed begins with the national one."""
    seeds = _read_seeds()
    return {**seeds[NATIONAL], **seeds.get(jurisdiction, {})}


@cache
def _read_seeds() -> Mapping[str, Mapping[str, Setting]]:
    raw = json.loads(_SEEDS.read_text(encoding="utf-8"))
    return {place: {key: _seed(KEYS[key], entry) for key, entry in entries.items()} for place, entries in raw.items()}


def _seed(rule: KeyRule, entry: Mapping[str, Any]) -> Setting:
    is_law = bool(entry.get("law"))
    basis = entry["basis"] if is_law else "。".join(part for part in (EDITABLE_DEFAULT, entry["basis"]) if part)
    return Setting(rule.restored(entry["value"]), basis, is_law)
