"""Reading the township's profile."""

import json
from collections.abc import Iterable

from sqlalchemy import select

from village_open.core.periods import Period
from village_open.db import db
from village_open.villages.models import ProfileValue, Township
from village_open.villages.profile import Profile, Setting, StoredSetting, build_profile, has_begun
from village_open.villages.profile_keys import KEYS


def get_profile(township: Township, period: Period | None = None) -> Profile:
    """Return the profile a township follows in a period; without one, in the latest period any village opened."""
    return build_profile(township.jurisdiction, _stored(township), period or _latest(township))


def list_coming_settings(township: Township) -> list[StoredSetting]:
    """List what has been set and holds only from the next period on, the latest of each key."""
    latest = _latest(township)
    coming = (stored for stored in _stored(township) if not has_begun(stored.starts_with, latest))
    return list({stored.key: stored for stored in coming}.values())


def _latest(township: Township) -> Period | None:
    return Period.parse(township.latest_period) if township.latest_period else None


def _stored(township: Township) -> Iterable[StoredSetting]:
    """Yield what the township has set, in the order in which it was set: one query."""
    query = select(ProfileValue).where(ProfileValue.township_id == township.id).order_by(ProfileValue.id)
    for row in db.session.scalars(query):
        if row.key in KEYS:
            value = KEYS[row.key].from_json(json.loads(row.value))
            yield StoredSetting(row.key, Setting(value, row.basis, row.is_law), row.starts_with)
