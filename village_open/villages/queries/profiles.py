"""Reading the township's profile."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from village_open.core.periods import Period
from village_open.db import db
from village_open.villages.models import ProfileValue, Township
from village_open.villages.profile import Profile, Setting, StoredSetting, build_profile, has_begun
from village_open.villages.profile_keys import KEYS


def get_profile(township: Township, period: Period | None = None) -> Profile:
    """Return the profile a township follows in a period; without one, in the latest period any village opened."""
    return get_profiles([township], period)[township.code]


def get_profiles(townships: Sequence[Township], period: Period | None = None) -> dict[str, Profile]:
    """Return the profile of each of several townships by code, as `get_profile` does of one: one query."""
    stored: defaultdict[int, list[StoredSetting]] = defaultdict(list)
    for township_id, setting in _stored([township.id for township in townships]):
        stored[township_id].append(setting)
    return {
        township.code: build_profile(township.jurisdiction, stored[township.id], period or _latest(township))
        for township in townships
    }


def list_coming_settings(township: Township) -> list[StoredSetting]:
    """List what has been set and holds only from the next period on, the latest of each key."""
    latest = _latest(township)
    coming = (stored for _of, stored in _stored([township.id]) if not has_begun(stored.starts_with, latest))
    return list({stored.key: stored for stored in coming}.values())


def _latest(township: Township) -> Period | None:
    return Period.parse(township.latest_period) if township.latest_period else None


def _stored(township_ids: Sequence[int]) -> Iterator[tuple[int, StoredSetting]]:
    """Yield what townships have set, each with the township's id, in the order in which it was set: one query."""
    query = select(ProfileValue).where(ProfileValue.township_id.in_(township_ids)).order_by(ProfileValue.id)
    for row in db.session.scalars(query):
        if row.key in KEYS:
            value = KEYS[row.key].restored(json.loads(row.value))
            yield row.township_id, StoredSetting(row.key, Setting(value, row.basis, row.is_law), row.starts_with)
