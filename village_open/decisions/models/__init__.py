"""Matters, the meetings that decide them, what was carried out, and what is announced of it."""

from village_open.decisions.models.announcements import Announcement, AnnouncementSection
from village_open.decisions.models.matters import Matter, MatterEvent, MatterPaper, MatterText
from village_open.decisions.models.meetings import Meeting, MeetingVote
from village_open.decisions.models.rosters import Roster, RosterMember
from village_open.decisions.models.words import AnnouncementKind, AnnouncementState, EventKind, Origin, PaperKind

__all__ = [
    "Announcement",
    "AnnouncementKind",
    "AnnouncementSection",
    "AnnouncementState",
    "EventKind",
    "Matter",
    "MatterEvent",
    "MatterPaper",
    "MatterText",
    "Meeting",
    "MeetingVote",
    "Origin",
    "PaperKind",
    "Roster",
    "RosterMember",
]
