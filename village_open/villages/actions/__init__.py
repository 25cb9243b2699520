"""Deeds at places: places themselves, people and their roles, the two groups, accounts, the profile."""

from village_open.villages.actions.accounts import make_account, reset_account, reset_at_the_shell, unlock_account
from village_open.villages.actions.groups import declare_relative, elect_group
from village_open.villages.actions.incidents import note_lock, note_own_password
from village_open.villages.actions.people import correct_person, enter_person
from village_open.villages.actions.phones import change_supervision_phone
from village_open.villages.actions.places import add_board, add_township, add_village, add_village_group, change_board
from village_open.villages.actions.profiles import change_profile, note_period_opened, seed_profile
from village_open.villages.actions.roles import appoint, end_role, hand_over_clerk

__all__ = [
    "add_board",
    "add_township",
    "add_village",
    "add_village_group",
    "appoint",
    "change_board",
    "change_profile",
    "change_supervision_phone",
    "correct_person",
    "declare_relative",
    "elect_group",
    "end_role",
    "enter_person",
    "hand_over_clerk",
    "make_account",
    "note_lock",
    "note_own_password",
    "note_period_opened",
    "reset_account",
    "reset_at_the_shell",
    "seed_profile",
    "unlock_account",
]
