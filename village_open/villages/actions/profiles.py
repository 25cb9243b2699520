"""Changing the township's profile: recorded, with its basis, and never in the middle of a period."""

import json
from typing import Any

from village_open.core.canonical import Plain
from village_open.core.errors import InputError, NotFound
from village_open.core.periods import Period
from village_open.db import db
from village_open.record.actions import Doer, record_deed
from village_open.villages.approvals import require_all_used
from village_open.villages.models import ProfileValue, Township
from village_open.villages.profile import Profile, Setting, seed_settings
from village_open.villages.profile_keys import KEYS
from village_open.villages.queries import get_profile


class ProfileKeyUnknown(NotFound):
    """The profile has no such value."""

    def __init__(self) -> None:
        super().__init__("没有这一项规定，请返回地方规定页重新选择。")


class BasisMissing(InputError):
    """A value without a basis cannot be shown to a villager who asks."""

    def __init__(self) -> None:
        super().__init__("请写明依据，例如县里的文件名称和文号。", "basis")


class ProfileUnchanged(InputError):
    """The typed value is the one that already holds."""

    def __init__(self) -> None:
        super().__init__("和现在的规定一样，没有可改的。", "value")


def change_profile(*, by: Doer, township: Township, key: str, text: str, basis: str) -> ProfileValue:
    """Change one value as it was typed; it holds at once, or from the next period once one has been opened.

    Raises:
        ProfileKeyUnknown: there is no such value.
        InputError: the text is unreadable, outside its bounds or under the national floor; `field` is `value`.
        TiersUnfit: a tier of approval would begin only where a decision is needed.
        BasisMissing: no basis is given.
        ProfileUnchanged: the value and its basis hold already.
    """
    if key not in KEYS:
        raise ProfileKeyUnknown
    new = _read(key, text)
    if not basis.strip():
        raise BasisMissing
    first = first_period_of_a_change(township)
    held = get_profile(township, Period.parse(first) if first else None)
    if new == held.settings[key].value and basis.strip() == held.basis(key):
        raise ProfileUnchanged
    _require_every_tier_used(key, new, held)
    row = _store(township, key, Setting(new, basis.strip()), starts_with=first)
    written = KEYS[key].written(new)
    begins = f"自{Period.parse(first).label}起执行" if first else "立即执行"
    record_deed(
        chain=township.code, kind="villages.change_profile", by=by,
        said=f"把“{KEYS[key].label}”由“{held.written(key)}”改为“{written}”，{begins}；依据：{basis.strip()}",
        before={key: _recorded(key, held.settings[key].value), "basis": held.basis(key)},
        after={key: _recorded(key, new), "basis": basis.strip(), "starts_with": first},
    )  # fmt: skip
    return row


def seed_profile(*, township: Township) -> Profile:
    """Write the values of the township's place down as its own, so that a later seed never changes an old period."""
    for key, setting in seed_settings(township.jurisdiction).items():
        _store(township, key, setting, starts_with="")
    return get_profile(township)


def note_period_opened(*, township: Township, period: Period) -> None:
    """Remember the latest period that any village has opened: a profile change then counts from the next."""
    if not township.latest_period or Period.parse(township.latest_period).last_on < period.last_on:
        township.latest_period = period.code
        db.session.flush()


def first_period_of_a_change(township: Township) -> str:
    """Return the code of the first period for which a change made today holds; empty: at once."""
    return Period.parse(township.latest_period).next.code if township.latest_period else ""


def _read(key: str, text: str) -> object:
    try:
        return KEYS[key].read(text)
    except InputError as unreadable:
        unreadable.field = "value"
        raise


def _store(township: Township, key: str, setting: Setting, *, starts_with: str) -> ProfileValue:
    row = ProfileValue(
        township_id=township.id, key=key, value=json.dumps(KEYS[key].kept(setting.value), ensure_ascii=False),
        basis=setting.basis, is_law=setting.is_law, starts_with=starts_with,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _recorded(key: str, value: object) -> Plain:
    """Return a value as the record keeps it: what a reader knows without the code."""
    rule = KEYS[key]
    plain: Plain = (rule.recorded or rule.kept)(value)
    return plain


def _require_every_tier_used(key: str, new: Any, held: Profile) -> None:
    if key == "approval_tiers":
        require_all_used(new, held.large_payment_fen)
    elif key == "large_payment_fen":
        require_all_used(held.approval_tiers, new)
