"""Gathering what is due for a person: which places, which periods, which deadlines."""

from collections.abc import Sequence
from datetime import date

from village_open.backups import last_backup_at
from village_open.core import clock
from village_open.core.calendars import Calendar, Deadline
from village_open.core.periods import Period
from village_open.desk.queries import find_latest_deed_at, list_unfinished
from village_open.desk.rules import NEXT_STEPS, VillageState, due_period
from village_open.villages.models import RoleKind, Township
from village_open.villages.queries import find_township, get_profile
from village_open.villages.rules import RoleAt, township_code


def township_of(roles: Sequence[RoleAt]) -> Township | None:
    """Return the township in which a person works, or None for county people."""
    codes = [township_code(role.place_code) for role in roles if not role.is_of_county]
    return find_township(codes[0]) if codes else None


def running_periods(township: Township | None, today: date) -> list[Period]:
    """Return the period that is due now and the one before, in the kind the profile asks for."""
    if township is None:
        return []
    due = due_period(today, get_profile(township, None).period_kind)
    return [due.previous, due]


def states_for(roles: Sequence[RoleAt], periods: Sequence[Period]) -> list[VillageState]:
    """List the villages in which a step of this person may be due."""
    kinds = {role.kind for role in roles}
    states = [state for state, steps in NEXT_STEPS.items() if any(kinds & set(whose) for _step, whose in steps)]
    places = [role.place_code for role in roles]
    return list_unfinished(places, periods, states) if places and states else []


def deadlines_of(township: Township | None, periods: Sequence[Period]) -> dict[str, Deadline]:
    """Return the publication deadline of each period, with the sentence that explains it."""
    if township is None:
        return {}
    calendar = Calendar()
    return {period.code: get_profile(township, period).publication_deadline(period, calendar) for period in periods}


def backup_is_due(roles: Sequence[RoleAt], *, after_days: int) -> bool:
    """Tell whether the township should be reminded to copy the data to a USB stick: after so many days without."""
    if not any(role.kind == RoleKind.TOWNSHIP_OFFICE for role in roles):
        return False
    last = last_backup_at()
    return last is None or (clock.now() - last).days >= after_days


def clock_is_behind() -> bool:
    """Tell whether this computer's clock lies before the latest deed: its battery may be empty."""
    latest = find_latest_deed_at()
    return latest is not None and clock.now() < latest
