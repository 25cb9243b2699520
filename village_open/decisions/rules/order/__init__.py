"""Order and dates of a matter: what came too early, too late or not at all; each breach with its basis."""

from village_open.decisions.rules.order.facts import (
    LOCAL_PRACTICE,
    RECORD_BASIS,
    RESOLUTION,
    RESULT,
    TENDER_BASIS,
    Chronicle,
    Finding,
    Happened,
    HeldMeeting,
    Hung,
    Paid,
)
from village_open.decisions.rules.order.findings import findings_of

__all__ = [
    "LOCAL_PRACTICE",
    "RECORD_BASIS",
    "RESOLUTION",
    "RESULT",
    "TENDER_BASIS",
    "Chronicle",
    "Finding",
    "Happened",
    "HeldMeeting",
    "Hung",
    "Paid",
    "findings_of",
]
