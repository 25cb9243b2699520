"""Who may speak in a review, asked anew at every deed; and when a review ends."""

import json
from dataclasses import asdict

from village_open.core import clock
from village_open.db import db, hold_lock
from village_open.record.actions import Doer
from village_open.reviews.errors import (
    AsideAlready,
    HandBarred,
    NotAMember,
    OfficeBarred,
    ReviewEnded,
    SignedAlready,
)
from village_open.reviews.models import Review
from village_open.reviews.queries import find_bar, get_summary, list_group, list_recusals
from village_open.reviews.rules import WHOLE, Outcome, aside_ids
from village_open.villages.models import RoleKind

NOBODY: frozenset[int] = frozenset()


def require_open(review: Review) -> None:
    """Hold the review for this deed; on PostgreSQL a second writer waits here.

    Raises:
        ReviewEnded: the group has spoken, or the thing was taken back.
    """
    _hold(review)
    if review.outcome:
        raise ReviewEnded


def require_able(review: Review, person: Doer, barred: frozenset[int], item_key: str = WHOLE) -> None:
    """Hold 'one person, one hand' for one who speaks.

    Raises:
        NotAMember: not in the group today.
        HandBarred: entered or edited what is looked at.
        OfficeBarred: on the village committee, its near relative, or barred by the profile.
        AsideAlready: stepped aside from this.
    """
    if person.id not in {member.id for member in list_group(review)}:
        raise NotAMember(person.name, RoleKind(review.group_kind).label)
    if person.id in barred:
        raise HandBarred(person.name)
    if why := find_bar(review, person.id):
        raise OfficeBarred(why)
    if person.id in aside_ids(list_recusals(review), item_key):
        raise AsideAlready(person.name)


def require_able_to_sign(review: Review, person: Doer, barred: frozenset[int]) -> None:
    """Hold the same for one who signs; after the majority the others may still sign, and it prints.

    Raises:
        ReviewEnded: it was refused or taken back.
        SignedAlready: the signature is there.
        NotAMember, HandBarred, OfficeBarred, AsideAlready: as `require_able`.
    """
    _hold(review)
    if review.outcome not in (Outcome.OPEN, Outcome.SIGNED):
        raise ReviewEnded
    require_able(review, person, barred)
    if get_summary(review).signature_of(person.id):
        raise SignedAlready(person.name)


def is_barred(review: Review, person: Doer, barred: frozenset[int]) -> bool:
    """Tell whether hand, office or kinship bars a person today."""
    return person.id in barred or bool(find_bar(review, person.id))


def end_when_decided(review: Review) -> None:
    """End a review when its votes have passed or can no longer pass."""
    outcome = get_summary(review).outcome
    if outcome is not Outcome.OPEN and not review.outcome:
        end(review, outcome)


def end(review: Review, outcome: Outcome) -> None:
    """End a review; who its members were that day is kept with it."""
    review.roster = json.dumps([asdict(member) for member in list_group(review)], ensure_ascii=False)
    review.outcome, review.closed_at = outcome.value, clock.now()
    db.session.flush()


def _hold(review: Review) -> None:
    hold_lock(f"review:{review.id}")
    db.session.refresh(review)
