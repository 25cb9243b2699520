"""The audiences of the route tables: a role at the place that the address names."""

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_login import AnonymousUserMixin

from village_open.villages.models import RoleKind
from village_open.villages.queries import list_roles_today
from village_open.villages.rules import RoleAt, holds
from village_open.web.routing import Audience

PLACE_ARGUMENTS = ("village_code", "township_code", "county_code")
VILLAGE_STAFF = (
    RoleKind.CLERK, RoleKind.COMMITTEE_HEAD, RoleKind.COMMITTEE_MEMBER, RoleKind.PARTY_SECRETARY,
    RoleKind.ACCOUNTANT, RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION,
)  # fmt: skip


def roles_of(visitor: Any) -> tuple[RoleAt, ...]:
    """Return the visitor's roles of today, read once a request."""
    if isinstance(visitor, AnonymousUserMixin):
        return ()
    if "roles_of" not in g:
        g.roles_of = {}
    if visitor.id not in g.roles_of:
        g.roles_of[visitor.id] = list_roles_today(visitor.id)
    known: tuple[RoleAt, ...] = g.roles_of[visitor.id]
    return known


def role_audience(name: str, *kinds: RoleKind) -> Audience:
    """Make an audience of roles; where the address names no place, the role anywhere is enough."""

    def admits(visitor: Any, place: Mapping[str, Any]) -> bool:
        roles = roles_of(visitor)
        code = next((str(place[key]) for key in PLACE_ARGUMENTS if key in place), None)
        if code is None:
            return any(role.kind in kinds for role in roles)
        return holds(roles, kinds, code)

    return Audience(name, admits)


CLERK = role_audience("本村报账员", RoleKind.CLERK)
TOWNSHIP = role_audience("镇公开办", RoleKind.TOWNSHIP_OFFICE)
CLERK_OR_TOWNSHIP = role_audience("本村报账员、镇公开办", RoleKind.CLERK, RoleKind.TOWNSHIP_OFFICE)
FINANCE_REVIEW = role_audience("本村民主理财小组", RoleKind.FINANCE_REVIEW)
SUPERVISION = role_audience("本村村务监督小组", RoleKind.SUPERVISION)
REVIEWERS = role_audience("本村两个小组", RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION)
REVIEWERS_AND_TOWNSHIP = role_audience(
    "本村两个小组、镇公开办", RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION, RoleKind.TOWNSHIP_OFFICE
)
CONFIRMERS = role_audience("村两委", RoleKind.COMMITTEE_HEAD, RoleKind.PARTY_SECRETARY)
VILLAGE = role_audience("本村人员、镇公开办", *VILLAGE_STAFF, RoleKind.TOWNSHIP_OFFICE)
READERS = role_audience(
    "本村人员、镇公开办、检查组、区县领导",
    *VILLAGE_STAFF, RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR, RoleKind.COUNTY_LEADER,
)  # fmt: skip
OVERSEERS = role_audience(
    "镇公开办、检查组、区县领导", RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR, RoleKind.COUNTY_LEADER
)
