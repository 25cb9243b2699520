"""The tender and the carrying out of a matter, and the photos and scans behind it."""

from dataclasses import dataclass
from datetime import date

from village_open.core import clock
from village_open.core.errors import InputError, RuleForbids
from village_open.core.money import format_fen
from village_open.db import db
from village_open.decisions.actions.matters import require_open, settle_steps
from village_open.decisions.errors import DayUnfit, EventStruck, ReasonMissing, WrongStep
from village_open.decisions.models import EventKind, Matter, MatterEvent, MatterPaper, Meeting, PaperKind
from village_open.decisions.queries import done_steps, list_matter_papers
from village_open.decisions.rules.matters import ANNOUNCE, ANNOUNCE_RESULT, CARRY_OUT
from village_open.record.actions import Doer, record_deed

MOST_PAPERS = 60
_HANGS = (EventKind.TENDER_NOTICE, EventKind.AWARD_NOTICE)
"""What hangs from one day to another: whether a contract came too early is told by its last day."""
_PEOPLE_ASKED = {EventKind.REGISTRATION: "请写谁报了名。", EventKind.ACCEPTANCE: "请写谁参加了验收。"}


class TooManyPapers(RuleForbids):
    """The matter has as many papers as anybody looks through."""

    def __init__(self) -> None:
        super().__init__(f"一件事项最多放 {MOST_PAPERS} 份材料，更多的请合成一个 PDF 再传。")


@dataclass(frozen=True)
class NewEvent:
    """An event as it is entered."""

    kind: EventKind
    on: date
    until: date | None = None
    party: str = ""
    amount_fen: int | None = None
    people: str = ""
    note: str = ""


@dataclass(frozen=True)
class KeptPaper:
    """A file in the data directory that was checked and made anew: its hashes, type and name."""

    kind: PaperKind
    sha256: str
    thumb_sha256: str
    original_sha256: str
    media_type: str
    name: str


def add_event(*, by: Doer, matter: Matter, event: NewEvent) -> MatterEvent:
    """Write down a step of the tender or of carrying out; the acceptance ends the carrying out.

    Raises:
        MatterClosed: the matter was given up, or is done.
        WrongStep: an acceptance while nothing is carried out yet.
        InputError: the party, the amount or the people are missing where the event needs them.
        DayUnfit: the day lies in the future, it ends before it begins, or nobody says until when a notice hangs.
    """
    require_open(matter)
    _check(matter, event)
    row = MatterEvent(
        matter_id=matter.id, village_id=matter.village_id, kind=event.kind.value, on=event.on, until=event.until,
        party=event.party.strip(), amount_fen=event.amount_fen, people=event.people.strip(), note=event.note.strip(),
        entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    settle_steps(matter)
    party = f"，{row.party}" if row.party else ""
    amount = f"，{format_fen(row.amount_fen)} 元" if row.amount_fen else ""
    record_deed(
        chain=matter.village.code, kind="decisions.add_event", by=by,
        said=f"登记了事项 {matter.reference}“{matter.title}”的{event.kind.label}（{row.on}）{party}{amount}",
        after={
            "matter": matter.reference, "event": event.kind.label, "on": row.on.isoformat(), "party": row.party,
            "amount_fen": row.amount_fen or 0, "people": row.people, "note": row.note,
            "until": row.until.isoformat() if row.until else "",
        },
    )  # fmt: skip
    return row


def _check(matter: Matter, event: NewEvent) -> None:
    if event.kind is EventKind.ACCEPTANCE and not _is_carried_out(matter):
        raise WrongStep("验收", matter.step_due.label if matter.step_due else "没有下一步")
    if event.on > clock.today() and event.kind not in (EventKind.TENDER_NOTICE, EventKind.AWARD_NOTICE):
        raise DayUnfit("日期不能在今天以后。", "on")
    if event.until is not None and event.until < event.on:
        raise DayUnfit("结束日期不能早于开始日期。", "until")
    if event.amount_fen is not None and event.amount_fen <= 0:
        raise InputError("金额要大于 0。", "amount_fen")
    if event.kind in (EventKind.BID, EventKind.AWARD_NOTICE, EventKind.CONTRACT) and not event.party.strip():
        raise InputError("请写对方的名称：报价人、中标人或者承包人。", "party")
    needs_amount = (EventKind.BUDGET, EventKind.BID, EventKind.AWARD_NOTICE, EventKind.CONTRACT)
    if event.kind in needs_amount and event.amount_fen is None:
        raise InputError("请填写金额。", "amount_fen")
    if event.kind in _HANGS and event.until is None:
        raise DayUnfit("请填写贴到哪天止，公示要写明起止日期。", "until")
    if event.kind in _PEOPLE_ASKED and not event.people.strip():
        raise InputError(_PEOPLE_ASKED[event.kind], "people")


def _is_carried_out(matter: Matter) -> bool:
    """Tell whether it is decided and there is something to carry out; the resolution may still wait for its sheet."""
    return matter.procedure.has(CARRY_OUT) and matter.step in (ANNOUNCE, CARRY_OUT, ANNOUNCE_RESULT)


def strike_event(*, by: Doer, matter: Matter, event: MatterEvent, reason: str) -> None:
    """Strike an event that was written down by mistake; it stays readable and no longer counts.

    Raises:
        ReasonMissing: without a reason.
        MatterClosed: the matter was given up, or its result is published.
        EventStruck: it was struck before.
    """
    if not reason.strip():
        raise ReasonMissing
    require_open(matter)
    db.session.refresh(event, ["struck_reason", "version_id"])
    if event.struck_reason:
        raise EventStruck
    event.struck_reason = reason.strip()
    db.session.flush()
    if matter.step == ANNOUNCE_RESULT and CARRY_OUT not in done_steps(matter):
        matter.step = CARRY_OUT
        db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.strike_event", by=by,
        said=f"作废了事项 {matter.reference} 的{EventKind(event.kind).label}（{event.on}），理由：{reason.strip()}",
        before={"event": EventKind(event.kind).label, "party": event.party, "amount_fen": event.amount_fen or 0},
        after={"reason": reason.strip()},
    )  # fmt: skip


def add_paper(
    *, by: Doer, matter: Matter, paper: KeptPaper, meeting: Meeting | None = None, event: MatterEvent | None = None
) -> MatterPaper:
    """Put a photo or scan to a matter, a meeting or an event; the same file in the same place is kept once.

    Raises:
        TooManyPapers: the matter has as many as it may.
    """
    kept = list_matter_papers(matter)
    place = (meeting.id if meeting else None, event.id if event else None)
    same = [row for row in kept if (row.meeting_id, row.event_id) == place]
    for row in same:
        if row.original_sha256 == paper.original_sha256:
            return row
    if len(kept) >= MOST_PAPERS:
        raise TooManyPapers
    row = MatterPaper(
        matter_id=matter.id, village_id=matter.village_id, meeting_id=place[0], event_id=place[1],
        kind=paper.kind.value, file_sha256=paper.sha256, thumb_sha256=paper.thumb_sha256,
        original_sha256=paper.original_sha256, media_type=paper.media_type, name=paper.name[:120], added_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.add_paper", by=by,
        said=f"给事项 {matter.reference} 加了{paper.kind.label}“{row.name}”",
        after={"matter": matter.reference, "kind": paper.kind.label, "file": row.name, "file_sha256": row.file_sha256},
    )  # fmt: skip
    return row


def remove_paper(*, by: Doer, matter: Matter, paper: MatterPaper) -> None:
    """Take a photo or scan out; its file stays in the data directory and in the record."""
    if paper.is_removed:
        return
    paper.is_removed = True
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.remove_paper", by=by,
        said=f"撤掉了事项 {matter.reference} 的{PaperKind(paper.kind).label}“{paper.name}”",
        before={"file": paper.name, "file_sha256": paper.file_sha256},
    )  # fmt: skip
