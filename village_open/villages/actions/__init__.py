"""Deeds at places: places themselves, people and their roles, the two groups, the profile."""

from village_open.villages.actions.profiles import change_profile, note_period_opened

__all__ = ["change_profile", "note_period_opened"]
