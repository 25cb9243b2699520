"""The tender of a matter, step by step, with what is written down of each."""

from collections.abc import Sequence

from village_open.decisions.models import EventKind, Matter, MatterEvent
from village_open.decisions.rules.tenders import TENDER_STEPS, is_tendered

Tender = list[tuple[EventKind, list[MatterEvent]]]
"""Each step with its events, struck ones too; a step without any is still to be done."""


def tender_of(matter: Matter, events: Sequence[MatterEvent]) -> Tender:
    """Return the steps of a matter's tender in their order; none where it needs no tender and has none."""
    if not is_tendered(matter.type.needs_tender, (row.kind for row in events if not row.struck_reason)):
        return []
    return [(EventKind(step), [row for row in events if row.kind == step]) for step in TENDER_STEPS]
