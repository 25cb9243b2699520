"""Everything about a matter in the order of days, and what is wrong with it."""

from collections.abc import Sequence

from village_open.core import clock
from village_open.decisions.models import Matter, MatterEvent, MatterPaper, Meeting, PaperKind
from village_open.decisions.queries import list_events, list_matter_papers, list_meetings, rule_for
from village_open.decisions.rules.order import Chronicle, Finding, Happened, HeldMeeting, Hung, findings_of
from village_open.decisions.rules.votes import Outcome

_ATTENDANCE = frozenset({PaperKind.ATTENDANCE, PaperKind.MEETING})


def chronicle_of(matter: Matter, *, payments: Sequence[Happened] = (), hung: Sequence[Hung] = ()) -> Chronicle:
    """Return what order and dates of a matter are checked by; `payments` and `hung` come from higher rooms."""
    papers = list_matter_papers(matter)
    return Chronicle(
        today=clock.today(),
        meetings=[_held(matter, row, papers) for row in list_meetings(matter) if row.counts],
        hung=hung,
        events=[_happened(row) for row in list_events(matter) if not row.struck_reason],
        payments=payments,
        amount_fen=matter.amount_fen,
        needs_tender=matter.type.needs_tender,
        steps=[step.key for step in matter.procedure.steps if step.is_meeting],
        approval_needed=matter.voted_as.approval_needed,
    )


def list_findings(
    matter: Matter, *, payments: Sequence[Happened] = (), hung: Sequence[Hung] = ()
) -> tuple[Finding, ...]:
    """List every breach of order and dates of a matter, each with its basis."""
    return findings_of(chronicle_of(matter, payments=payments, hung=hung))


def _held(matter: Matter, meeting: Meeting, papers: Sequence[MatterPaper]) -> HeldMeeting:
    rule = rule_for(matter, meeting.body_meeting)
    kinds = {paper.kind for paper in papers if paper.meeting_id == meeting.id}
    there = {"minutes"} if meeting.minutes or PaperKind.MINUTES in kinds else set()
    there |= {"attendance"} if kinds & _ATTENDANCE else set()
    return HeldMeeting(
        step_key=meeting.step_key, body=meeting.body_meeting, held_on=meeting.held_on, has_passed=meeting.has_passed,
        text_version=meeting.text_version, noticed_on=meeting.noticed_on, is_urgent=meeting.is_urgent,
        notice_days=rule.notice_days, notice_basis=rule.notice_basis, may_be_urgent=rule.may_be_urgent,
        is_law=rule.is_law, paper_kinds=frozenset(there), basis=meeting.basis,
        gaps=meeting.words if meeting.outcome == Outcome.UNKNOWN else "",
    )  # fmt: skip


def _happened(event: MatterEvent) -> Happened:
    return Happened(event.kind, event.on, event.until, event.party, event.amount_fen or 0)
