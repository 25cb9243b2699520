"""The register of a matter's steps as plain data, sheet by sheet (case 62): filled in where the record knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.money import format_fen
from village_open.core.privacy import masked
from village_open.decisions.contents import money_of
from village_open.decisions.models import (
    Announcement,
    AnnouncementKind,
    AnnouncementState,
    EventKind,
    Matter,
    Meeting,
    Origin,
)
from village_open.decisions.queries import get_text, list_announcements, list_events, list_meetings
from village_open.decisions.rules.matters import ANNOUNCE, ANNOUNCE_RESULT, CARRY_OUT, DECIDE, Step, in_hanzi
from village_open.decisions.rules.order import RESOLUTION, RESULT, Hung
from village_open.decisions.rules.shares import percent
from village_open.reviews.queries import find_review, get_summary
from village_open.villages.models import RoleKind
from village_open.villages.rules import in_words

_TOWNSHIP_SIGNS = ("review", DECIDE)
"""On the sheets of these steps people of the township sign too."""
_OF_STEP = {
    ANNOUNCE: (RESOLUTION, (AnnouncementKind.RESOLUTION, AnnouncementKind.LEVY_PLAN)),
    ANNOUNCE_RESULT: (RESULT, (AnnouncementKind.RESULT,)),
}


@dataclass(frozen=True)
class Tick:
    """A choice with its box."""

    label: str
    is_ticked: bool


@dataclass(frozen=True)
class StepHead:
    """What stands on top of every sheet of the register."""

    number: str
    """`（一）` to `（六）`."""
    label: str
    village: str
    reference: str
    title: str
    origins: tuple[Tick, ...]
    """动议事由; the same on every sheet, because a matter has one."""


@dataclass(frozen=True)
class MinutesForm:
    """The sheet of a meeting; what is empty is written by hand."""

    head: StepHead
    bodies: tuple[Tick, ...]
    """会议形式: which of the bodies that may meet has met."""
    asks_township: bool
    """Whether people of the township sign with their office."""
    held_on: date | None = None
    place: str = ""
    due: int | None = None
    present: int | None = None
    share: str = ""
    """比例: how many of those due came, in per cent; empty while it is not known."""
    content: str = ""
    outcome: str = ""
    township_witness: str = ""


@dataclass(frozen=True)
class PublicationForm:
    """The sheet of a publication; what is empty is written by hand."""

    head: StepHead
    tells_result: bool
    result: str
    """实施结果: acceptance, and the money beside it."""
    publication: str
    """公开情况: which sheets hung from when to when."""
    opinion: str
    """监督意见: how each of the oversight group signed."""


def register_of(matter: Matter, *, hung: Sequence[Hung] = ()) -> tuple[MinutesForm | PublicationForm, ...]:
    """Return the register of a matter, a sheet for each step but the carrying out; `hung` comes from a higher room."""
    meetings = [row for row in list_meetings(matter) if not row.struck_reason]
    steps = [step for step in matter.procedure.steps if step.key != CARRY_OUT]
    return tuple(
        _minutes(matter, _head(matter, step, number), step, _meeting_of(step, meetings))
        if step.is_meeting
        else _publication(matter, _head(matter, step, number), step, hung)
        for number, step in enumerate(steps, 1)
    )


def minutes_form(meeting: Meeting) -> MinutesForm:
    """Return the sheet on which one meeting is written down."""
    matter, keys = meeting.matter, [step.key for step in meeting.matter.procedure.steps]
    step = matter.procedure.step(meeting.step_key)
    return _minutes(matter, _head(matter, step, keys.index(step.key) + 1), step, meeting)


def _head(matter: Matter, step: Step, number: int) -> StepHead:
    return StepHead(
        number=f"（{in_hanzi(number)}）", label=step.label, village=matter.village.name, reference=matter.reference,
        title=masked(matter.title), origins=tuple(Tick(one.label, one.value == matter.origin) for one in Origin),
    )  # fmt: skip


def _meeting_of(step: Step, meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting that brought the step about, or else the last one."""
    own = [row for row in meetings if row.step_key == step.key]
    return next((row for row in own if row.has_passed), own[-1] if own else None)


def _minutes(matter: Matter, head: StepHead, step: Step, meeting: Meeting | None) -> MinutesForm:
    bodies = tuple(Tick(body.label, meeting is not None and meeting.body == body) for body in step.bodies)
    asks = step.key in _TOWNSHIP_SIGNS
    if meeting is None:
        return MinutesForm(head, bodies, asks)
    known = meeting.due is not None and meeting.present is not None
    return MinutesForm(
        head, bodies, asks, held_on=meeting.held_on, place=masked(meeting.place), due=meeting.due,
        present=meeting.present, share=f"{percent(meeting.present or 0, meeting.due or 0)}%" if known else "",
        content=masked(meeting.minutes or get_text(matter, meeting.text_version).text), outcome=meeting.words,
        township_witness=masked(meeting.township_witness),
    )  # fmt: skip


def _publication(matter: Matter, head: StepHead, step: Step, hung: Sequence[Hung]) -> PublicationForm:
    kind, kinds = _OF_STEP[step.key]
    rows = [row for row in list_announcements(matter) if row.kind in kinds]
    announcement = next((row for row in rows if row.stage is AnnouncementState.ISSUED), rows[-1] if rows else None)
    posted = [f"{row.label}{in_words(row.from_on)}起张贴{_until(row.to_on)}" for row in hung if row.kind == kind]
    if not posted and announcement is not None:
        posted = [f"{announcement.label}{announcement.stage.label}"]
    return PublicationForm(
        head, tells_result=kind == RESULT, result="；".join(_results(matter)) if kind == RESULT else "",
        publication="；".join(posted), opinion=_opinion(announcement) if announcement is not None else "",
    )  # fmt: skip


def _until(taken_down_on: date | None) -> str:
    return f"，{in_words(taken_down_on)}取下" if taken_down_on is not None else ""


def _results(matter: Matter) -> Iterator[str]:
    events = [row for row in list_events(matter) if not row.struck_reason]
    for row in events:
        if row.kind == EventKind.ACCEPTANCE:
            yield f"{in_words(row.on)}验收，参加验收：{masked(row.people)}" + (
                f"，{masked(row.note)}" if row.note else ""
            )
    for word, fen in (("决议", matter.amount_fen), *zip(("合同", "验收"), money_of(events).values(), strict=True)):
        if fen:
            yield f"{word}金额 {format_fen(fen)} 元"


def _opinion(announcement: Announcement) -> str:
    review = find_review(announcement.review_subject, RoleKind.SUPERVISION.value, announcement.round)
    signed = get_summary(review).signatures if review is not None else ()
    return "；".join(
        f"{row.person_name}：{row.decision.label}{f'（{masked(row.note)}）' if row.note else ''}" for row in signed
    )
