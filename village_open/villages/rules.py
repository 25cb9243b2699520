"""Who is what, and where; places nest by their codes (county 6, township 9, village 12 digits)."""

from collections.abc import Iterable
from dataclasses import dataclass

TOWNSHIP_DIGITS = 9
COUNTY_DIGITS = 6


@dataclass(frozen=True)
class RoleAt:
    """A role a person holds today; it covers every place whose code begins with `place_code`."""

    kind: str
    place_code: str
    department: str = ""
    is_leader: bool = False

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
