"""What an announcement says, as plain data: what the oversight group signs, and what is frozen after it."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from village_open.core.canonical import Plain, canonical_bytes, sha256_hex
from village_open.core.privacy import masked
from village_open.decisions.models import (
    Announcement,
    AnnouncementKind,
    EventKind,
    Matter,
    MatterEvent,
    Meeting,
    Origin,
)
from village_open.decisions.queries import get_text, list_events, list_meetings
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import collective_item_label, in_hanzi
from village_open.decisions.rules.order import Happened

Content: TypeAlias = dict[str, Plain]


def build_announcement(announcement: Announcement, *, payments: Sequence[Happened] = ()) -> Content:
    """Build what an announcement says of its matter today; texts are masked, names are snapshots.

    `payments` are what the ledger paid for the matter, handed in by a higher room.
    """
    matter = announcement.matter
    if matter is None:
        raise ValueError("an announcement without a matter is built by a higher room")
    meetings = [row for row in list_meetings(matter) if not row.struck_reason and _is_told(announcement, row)]
    events = [row for row in list_events(matter) if not row.struck_reason]
    kind = AnnouncementKind(announcement.kind)
    return {
        "kind": kind.value,
        "heading": kind.label,
        "matter": _matter(matter, _version(announcement, matter, meetings)),
        "called": [_called(row) for row in meetings if row.id == announcement.meeting_id and not row.is_held],
        "meetings": [_meeting(matter, row) for row in meetings if row.is_held],
        "events": [_event(row) for row in events] if _tells_all(kind) else [],
        "money": _money(matter, events, payments) if _tells_all(kind) else {},
        "payments": [_payment(row) for row in payments] if _tells_all(kind) else [],
        "note": masked(announcement.note),
    }


def announcement_sha256(content: Content) -> str:
    """Return the hash that signatures belong to."""
    return sha256_hex(canonical_bytes(content))


def _is_told(announcement: Announcement, meeting: Meeting) -> bool:
    """A notice or resolution tells of its own meeting and of those entered before it; a result tells of all."""
    return announcement.meeting_id is None or meeting.id <= announcement.meeting_id


def _tells_all(kind: AnnouncementKind) -> bool:
    return kind is AnnouncementKind.RESULT


def _version(announcement: Announcement, matter: Matter, meetings: Sequence[Meeting]) -> int:
    """Return the version that the announced meeting looked at; a result tells of the one that holds."""
    found = next((row for row in meetings if row.id == announcement.meeting_id), None)
    return found.text_version if found is not None else matter.text_version


def _matter(matter: Matter, version: int) -> Content:
    text = get_text(matter, version)
    item = matter.collective_item
    return {
        "reference": matter.reference,
        "title": masked(matter.title),
        "type": matter.type.label,
        "procedure": matter.procedure.label,
        "origin": Origin(matter.origin).label,
        "group": matter.group_name,
        "basis": matter.type.basis,
        "collective_item": f"农村集体经济组织法第26条第{in_hanzi(item)}项（{collective_item_label(item)}）"
        if item
        else "",
        "acts_for_collective": matter.acts_for_collective,
        "version": text.version,
        "text": masked(text.text),
        "amount_fen": text.amount_fen or 0,
    }


def _called(meeting: Meeting) -> Content:
    return {
        "body": Body(meeting.body).label,
        "on": meeting.held_on.isoformat(),
        "place": masked(meeting.place),
        "convener": masked(meeting.convener),
        "noticed_on": _day(meeting.noticed_on),
        "is_urgent": meeting.is_urgent,
    }


def _meeting(matter: Matter, meeting: Meeting) -> Content:
    counts = ("due", "present", "agree", "oppose", "abstain", "recused", "by_proxy")
    return {
        "step": matter.procedure.step(meeting.step_key).label,
        "step_key": meeting.step_key,
        "body": Body(meeting.body).label,
        "on": meeting.held_on.isoformat(),
        "place": masked(meeting.place),
        "text_version": meeting.text_version,
        **{name: -1 if (count := getattr(meeting, name)) is None else count for name in counts},
        "recused_names": masked(meeting.recused_names),
        "outcome": meeting.outcome,
        "outcome_label": meeting.outcome_label,
        "words": meeting.words,
        "basis": meeting.basis,
        "township_witness": masked(meeting.township_witness),
    }


def _event(event: MatterEvent) -> Content:
    return {
        "kind": event.kind,
        "label": EventKind(event.kind).label,
        "on": event.on.isoformat(),
        "until": _day(event.until),
        "party": masked(event.party),
        "amount_fen": event.amount_fen or 0,
        "people": masked(event.people),
        "note": masked(event.note),
    }


def _payment(payment: Happened) -> Content:
    return {"on": payment.on.isoformat(), "payee": masked(payment.party), "amount_fen": payment.amount_fen}


def _money(matter: Matter, events: Sequence[MatterEvent], payments: Sequence[Happened]) -> Content:
    return {
        "planned_fen": matter.amount_fen or 0,
        **money_of(events),
        "paid_fen": sum(row.amount_fen for row in payments),
    }


def money_of(events: Sequence[MatterEvent]) -> dict[str, int]:
    """Return what contracts and acceptance say of the money, in fen; struck events must be left out before."""

    def total(kind: EventKind) -> int:
        return sum(row.amount_fen or 0 for row in events if row.kind == kind.value)

    return {"contracted_fen": total(EventKind.CONTRACT), "accepted_fen": total(EventKind.ACCEPTANCE)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
