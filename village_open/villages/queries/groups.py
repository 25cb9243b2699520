"""Reading the two groups of a village as people look at them: who sits, who is paper-only, who is barred by now."""

from dataclasses import dataclass
from datetime import date

from village_open.identity.models import Person
from village_open.villages.models import Village
from village_open.villages.queries.profiles import get_profile
from village_open.villages.queries.roles import Member, list_candidates, list_current_terms, list_members
from village_open.villages.rules import GROUP_WORDS, barred_reason


@dataclass(frozen=True)
class Seat:
    """One member's seat, and what people should see of it."""

    member: Member
    in_both_groups: bool
    barred: str
    """Why law or profile bars the member by now; empty when nothing does."""


@dataclass(frozen=True)
class Group:
    """A group on a day; `sizes` are the numbers that the profile allows."""

    kind: str
    word: str
    seats: tuple[Seat, ...]
    sizes: tuple[int, ...]

    @property
    def has_right_size(self) -> bool:
        """Tell whether the group has as many members as the profile asks for."""
        return len(self.seats) in self.sizes


def list_groups(village: Village, on: date) -> tuple[Group, ...]:
    """Return both groups of a village on a day."""
    profile = get_profile(village.township)
    members = {kind: list_members(village.code, kind, on) for kind in GROUP_WORDS}
    barred = find_barred_members(village, on)
    ids = {kind: {member.person_id for member in found} for kind, found in members.items()}
    both = set.intersection(*ids.values())
    return tuple(
        Group(
            kind, word,
            tuple(Seat(member, member.person_id in both, barred.get(member.person_id, "")) for member in members[kind]),
            profile.group_sizes(kind),
        )
        for kind, word in GROUP_WORDS.items()
    )  # fmt: skip


def find_barred_members(village: Village, on: date) -> dict[int, str]:
    """Return by person why sitting members may not act any more: a relative was elected, or the rule changed."""
    profile, basis = get_profile(village.township), "barred_kinds"
    seats = {
        role.person_id: (role.person, role.kind)
        for role in list_current_terms(village.code, on)
        if role.kind in GROUP_WORDS
    }
    people: list[Person] = [person for person, _ in seats.values()]
    reasons = {
        candidate.person_id: barred_reason(
            candidate, seats[candidate.person_id][1], barred_kinds=profile.barred_kinds, basis=profile.basis(basis)
        )
        for candidate in list_candidates(village, people, on)
    }
    return {person_id: reason for person_id, reason in reasons.items() if reason}
