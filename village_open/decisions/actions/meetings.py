"""Calling a meeting, recording what it counted, and striking a wrong record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_open.core import clock
from village_open.core.errors import InputError
from village_open.db import db
from village_open.decisions.actions.matters import advance, require_open
from village_open.decisions.errors import (
    DayUnfit,
    MeetingAnnounced,
    MeetingFollowed,
    MeetingHeld,
    MeetingStruck,
    ReasonMissing,
    RosterMissing,
    RosterWithoutNames,
    WrongStep,
)
from village_open.decisions.models import Matter, Meeting, MeetingVote, RosterMember
from village_open.decisions.queries import find_roster, find_roster_on, list_announcements, list_meetings, rule_for
from village_open.decisions.rules.bodies import Body, Purpose
from village_open.decisions.rules.matters import DECIDE, require_body_may_decide
from village_open.decisions.rules.votes import NAMED_VOTES, Judgement, Tally, check_tally, judge
from village_open.record.actions import Doer, record_deed

_CAST = ("agree", "oppose", "abstain")


@dataclass(frozen=True)
class Call:
    """Who is called where, when, and on which day they were told."""

    body: Body
    held_on: date
    place: str = ""
    convener: str = ""
    noticed_on: date | None = None
    is_urgent: bool = False


@dataclass(frozen=True)
class Ballot:
    """One named vote: the roster member, one of NAMED_VOTES, and whether somebody else cast it for them."""

    roster_member_id: int
    vote: str
    is_by_proxy: bool = False


@dataclass(frozen=True)
class Minutes:
    """What is written down beside the counts."""

    minutes: str = ""
    township_witness: str = ""
    recused_names: str = ""


def call_meeting(*, by: Doer, matter: Matter, call: Call) -> Meeting:
    """Call a meeting for the step that is due; the text that holds now is what it will vote on.

    Raises:
        MatterClosed: the matter was given up, or is done.
        WrongStep: the step that is due is no meeting, or another body's.
        BodyMayNotDecide, CollectiveItemMissing, BodyUnfitForPurpose: the law keeps it for another body.
        DayUnfit: the notice is later than the meeting.
    """
    require_open(matter)
    _require_body(matter, call.body)
    if call.noticed_on is not None and call.noticed_on > call.held_on:
        raise DayUnfit("通知日期不能晚于开会日期。", "noticed_on")
    meeting = Meeting(
        matter_id=matter.id, step_key=matter.step, body=call.body.value, text_version=matter.text_version,
        held_on=call.held_on, place=call.place.strip(), convener=call.convener.strip(), noticed_on=call.noticed_on,
        is_urgent=call.is_urgent, entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.call_meeting", by=by,
        said=f"安排{_day(call.held_on)}召开{call.body.label}，"
        f"讨论事项 {matter.reference}“{matter.title}”第 {matter.text_version} 稿",
        after={"matter": matter.reference, "meeting": meeting.id, **_called(call)},
    )  # fmt: skip
    return meeting


def _require_body(matter: Matter, body: Body) -> None:
    step = matter.step_due
    if step is None or body not in step.bodies:
        due = step.label if step is not None else "没有下一步"
        raise WrongStep(f"召开{body.label}", due)
    if step.key == DECIDE:
        require_body_may_decide(
            body, collective_item=matter.collective_item, acts_for_collective=matter.acts_for_collective,
            purpose=matter.voted_as,
        )  # fmt: skip


def record_meeting(*, by: Doer, meeting: Meeting, tally: Tally, written: Minutes | None = None) -> Judgement:
    """Record what a meeting counted; how many were due comes from the roster of its day, the outcome from the rule.

    Raises:
        MatterClosed, MeetingHeld, MeetingStruck: it can no longer be recorded.
        WrongStep: another meeting has brought the matter past this step.
        RosterMissing: the body's roster on that day is not known.
        TallyUnfit: the counts do not add up; names the field.
        DayUnfit: the meeting lies in the future.
    """
    return _keep(by, meeting, _with_roster(meeting, tally), written or Minutes())


def record_votes(
    *, by: Doer, meeting: Meeting, ballots: Mapping[int, Ballot], written: Minutes | None = None
) -> Judgement:
    """Record named votes from the roster of the meeting's day; the counts come from them.

    Raises:
        MatterClosed, MeetingHeld, MeetingStruck, WrongStep, RosterMissing, DayUnfit: as `record_meeting`.
        RosterWithoutNames: the roster of that day holds nothing but numbers.
        InputError: somebody on the roster has no vote, or an unknown one.
    """
    members = _members(meeting)
    chosen = {member.id: ballots.get(member.id) for member in members}
    if silent := [one.name for one in members if (ballot := chosen[one.id]) is None or ballot.vote not in NAMED_VOTES]:
        raise InputError(f"{'、'.join(silent[:5])}还没有选，请逐人选；没来的选“未到”。", "votes")
    cast = [(member, _plain(ballots[member.id])) for member in members]
    named = [f"{member.name}：{_vote_words(ballot)}" for member, ballot in cast]
    tally = _with_roster(meeting, _counted(cast))
    judgement = _keep(by, meeting, tally, _naming(cast, written or Minutes()), named=named)
    db.session.add_all(
        MeetingVote(
            meeting_id=meeting.id, roster_member_id=member.id, name=member.name, vote=ballot.vote,
            is_by_proxy=ballot.is_by_proxy,
        )
        for member, ballot in cast
    )  # fmt: skip
    db.session.flush()
    return judgement


def _members(meeting: Meeting) -> list[RosterMember]:
    roster = find_roster(meeting.matter.village_id, meeting.body_meeting, meeting.held_on, group_name=_group(meeting))
    if roster is None:
        raise RosterMissing(meeting.body_meeting.label, meeting.held_on)
    if not roster.members:
        raise RosterWithoutNames(meeting.body_meeting.label)
    return roster.members


def _plain(ballot: Ballot) -> Ballot:
    """Nobody stands in for one who is absent or stepped aside."""
    return replace(ballot, is_by_proxy=ballot.is_by_proxy and ballot.vote in _CAST)


def _vote_words(ballot: Ballot) -> str:
    return f"{NAMED_VOTES[ballot.vote]}（委托）" if ballot.is_by_proxy else NAMED_VOTES[ballot.vote]


def _counted(cast: list[tuple[RosterMember, Ballot]]) -> Tally:
    def votes(kind: str) -> int:
        return sum(ballot.vote == kind for _, ballot in cast)

    here = [(member, ballot) for member, ballot in cast if ballot.vote in _CAST]
    knows_households = any(member.household_count for member, _ in cast)
    return Tally(
        due=len(cast), present=len(here), agree=votes("agree"), oppose=votes("oppose"), abstain=votes("abstain"),
        recused=votes("recused"), by_proxy=sum(ballot.is_by_proxy for _, ballot in here),
        households_present=sum(member.household_count for member, _ in here) if knows_households else None,
        women_present=sum(member.is_woman for member, _ in here),
    )  # fmt: skip


def _naming(cast: list[tuple[RosterMember, Ballot]], written: Minutes) -> Minutes:
    names = "、".join(member.name for member, ballot in cast if ballot.vote == "recused")
    return replace(written, recused_names=names[:200]) if names else written


def _with_roster(meeting: Meeting, tally: Tally) -> Tally:
    """Take the numbers that are due from the roster of the meeting's day; nobody types them.

    A recall counts those who are registered as voters, of whom there is no roster: their number comes from the list of
    voters, by hand.
    """
    rule = rule_for(meeting.matter, meeting.body_meeting)
    is_recall = meeting.matter.voted_as is Purpose.RECALL and meeting.step_key == DECIDE
    if not rule.quorum or is_recall:
        return tally
    known = find_roster_on(meeting.matter.village_id, meeting.body_meeting, meeting.held_on, group_name=_group(meeting))
    if known is None:
        raise RosterMissing(meeting.body_meeting.label, meeting.held_on)
    return replace(tally, due=known.member_count, households_due=known.household_count, women_due=known.women_count)


def _group(meeting: Meeting) -> str:
    return meeting.matter.group_name if meeting.body_meeting is Body.GROUP_ASSEMBLY else ""


def _keep(by: Doer, meeting: Meeting, tally: Tally, written: Minutes, *, named: Sequence[str] = ()) -> Judgement:
    matter = meeting.matter
    _require_awaited(meeting)
    check_tally(tally)
    rule = rule_for(matter, meeting.body_meeting)
    judgement = judge(tally, rule)
    for name, value in vars(tally).items():
        setattr(meeting, name, value)
    meeting.is_held, meeting.outcome = True, judgement.outcome.value
    meeting.words, meeting.basis = judgement.words, rule.basis
    meeting.minutes, meeting.township_witness = written.minutes.strip(), written.township_witness.strip()
    meeting.recused_names = written.recused_names.strip()
    db.session.flush()
    if judgement.has_passed:
        advance(matter, meeting.step_key)
    record_deed(
        chain=matter.village.code, kind="decisions.record_meeting", by=by,
        said=f"登记了{_day(meeting.held_on)}{judgement.words}（事项 {matter.reference}“{matter.title}”）",
        after={
            "matter": matter.reference, "meeting": meeting.id, "outcome": meeting.outcome_label,
            "text_version": meeting.text_version, "minutes": meeting.minutes, "votes": list(named),
            "recused_names": meeting.recused_names, "township_witness": meeting.township_witness,
            **{name: "未写" if value is None else value for name, value in vars(tally).items()},
        },
    )  # fmt: skip
    return judgement


def _require_awaited(meeting: Meeting) -> None:
    matter = meeting.matter
    require_open(matter)
    db.session.refresh(meeting, ["is_held", "struck_reason", "version_id"])
    if meeting.is_held:
        raise MeetingHeld
    if meeting.struck_reason:
        raise MeetingStruck
    if meeting.held_on > clock.today():
        raise DayUnfit("会议还没有开，开完会再登记结果。", "held_on")
    if meeting.step_key != matter.step:
        raise WrongStep(f"登记{meeting.body_meeting.label}的结果", matter.step_due.label if matter.step_due else "")


def strike_meeting(*, by: Doer, meeting: Meeting, reason: str) -> None:
    """Strike a meeting that was recorded by mistake: it stays readable and no longer counts.

    Raises:
        ReasonMissing: without a reason.
        MatterClosed, MeetingStruck: there is nothing to strike any more.
        MeetingFollowed: a later step rests on it.
        MeetingAnnounced: its result is public.
    """
    if not reason.strip():
        raise ReasonMissing
    matter = meeting.matter
    require_open(matter)
    db.session.refresh(meeting, ["is_held", "outcome", "struck_reason", "version_id"])
    if meeting.struck_reason:
        raise MeetingStruck
    passed = meeting.has_passed
    if passed and _is_followed(matter, meeting):
        raise MeetingFollowed
    if meeting.is_held and any(row.tells_result_of(meeting.id) for row in list_announcements(matter)):
        raise MeetingAnnounced
    meeting.struck_reason = reason.strip()
    if passed:
        matter.step = meeting.step_key
    db.session.flush()
    record_deed(
        chain=matter.village.code, kind="decisions.strike_meeting", by=by,
        said=f"作废了{_day(meeting.held_on)}{meeting.body_meeting.label}的登记"
        f"（事项 {matter.reference}），理由：{reason.strip()}",
        before={"outcome": meeting.outcome_label, "words": meeting.words}, after={"reason": reason.strip()},
    )  # fmt: skip


def _is_followed(matter: Matter, meeting: Meeting) -> bool:
    """Tell whether the matter has gone past the step after a meeting, or somebody was called to that step."""
    return matter.step != matter.procedure.next_after(meeting.step_key) or any(
        row.step_key == matter.step and not row.struck_reason for row in list_meetings(matter)
    )


def _called(call: Call) -> dict[str, str]:
    return {
        "body": call.body.label, "held_on": call.held_on.isoformat(), "place": call.place, "convener": call.convener,
        "noticed_on": call.noticed_on.isoformat() if call.noticed_on else "", "urgent": "是" if call.is_urgent else "",
    }  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
