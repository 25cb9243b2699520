"""The paper for a meeting as plain data: notice, sheet to sign in on, ballots, and the form of the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from village_open.core.privacy import masked
from village_open.decisions.errors import RosterMissing
from village_open.decisions.models import Meeting, Roster
from village_open.decisions.queries import find_roster, get_text, rule_for
from village_open.decisions.rules.bodies import Body, BodyRule, Purpose

BLANK_ROWS = 20
"""Rows to sign on where nobody knows how many will come."""
CHOICES = ("同意", "反对", "弃权")
BALLOTS_A_PAGE = 6
MOST_PAGES = 50
"""Ballots are all alike: of more pages than this one is shown, to be printed so many times."""
LONGEST_EXCERPT = 66


@dataclass(frozen=True)
class PaperHead:
    """What stands on top of every paper: where, about what, who meets when."""

    township: str
    village: str
    reference: str
    title: str
    group: str
    body: str
    held_on: date
    place: str
    convener: str


@dataclass(frozen=True)
class MeetingNotice:
    """The notice that calls a meeting, with what is put to it."""

    head: PaperHead
    who: str
    """Who is called: `组成人员`, `有表决权的党员`."""
    noticed_on: date | None
    notice_days: int
    notice_basis: str
    is_law: bool
    is_urgent: bool
    agenda: str
    """The step, as the procedure calls it."""
    text: str
    text_version: int
    amount_fen: int | None


@dataclass(frozen=True)
class SignInRow:
    """One row to sign on; without a name only its number is known."""

    number: int
    name: str = ""
    group: str = ""
    households: int = 0


@dataclass(frozen=True)
class SignInSheet:
    """The sheet on which those who come sign."""

    head: PaperHead
    rows: tuple[SignInRow, ...]
    has_names: bool
    due: int | None
    households_due: int | None
    women_due: int | None
    source: str
    """By which paper these are the members."""


@dataclass(frozen=True)
class Ballots:
    """Ballots to cut: so many, each for one version of the text."""

    head: PaperHead
    count: int
    text: str
    text_version: int
    amount_fen: int | None
    choices: tuple[str, ...] = CHOICES

    @property
    def copies(self) -> int:
        """How often what is shown is to be printed."""
        needed = -(-self.count // BALLOTS_A_PAGE)
        return needed if needed > MOST_PAGES else 1

    @property
    def pages(self) -> tuple[int, ...]:
        """How many ballots stand on each page that is shown."""
        if self.copies > 1:
            return (BALLOTS_A_PAGE,)
        starts = range(0, self.count, BALLOTS_A_PAGE)
        return tuple(min(BALLOTS_A_PAGE, self.count - start) for start in starts)

    @property
    def excerpt(self) -> str:
        """As much of the text as a ballot has room for; the whole of it stands on the notice."""
        words = " ".join(self.text.split())
        return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT]}……"


@dataclass(frozen=True)
class CountRow:
    """One figure to be written down, in the words of the page on which it is typed."""

    label: str
    known: int | None = None
    """What stands there already: it comes from the roster."""
    unit: str = "人"
    remark: str = ""


@dataclass(frozen=True)
class ResultForm:
    """The form on which a meeting is counted by hand; what the page asks afterwards stands on it in the same order."""

    head: PaperHead
    text_version: int
    amount_fen: int | None
    rows: tuple[CountRow, ...]
    basis: str
    """By which article it is counted; empty where none was read."""


def meeting_notice(meeting: Meeting) -> MeetingNotice:
    """Return the notice that calls a meeting; free words are masked, it hangs where everybody reads it."""
    matter = meeting.matter
    rule, text = rule_for(matter, meeting.body_meeting), get_text(matter, meeting.text_version)
    return MeetingNotice(
        head=paper_head(meeting), who=rule.member_word, noticed_on=meeting.noticed_on, notice_days=rule.notice_days,
        notice_basis=rule.notice_basis, is_law=rule.is_law, is_urgent=meeting.is_urgent,
        agenda=matter.procedure.step(meeting.step_key).label, text=masked(text.text), text_version=text.version,
        amount_fen=text.amount_fen,
    )  # fmt: skip


def sign_in_sheet(meeting: Meeting) -> SignInSheet:
    """Return the sheet to sign in on: the roster of that day, or blank rows up to its number of members.

    Raises:
        RosterMissing: the body needs a roster, and none is known for that day.
    """
    roster = _roster(meeting)
    names = roster.members if roster else []
    rows = [SignInRow(row.number, row.name, row.group_name, row.household_count) for row in names]
    blanks = range(1, (roster.member_count if roster else BLANK_ROWS) + 1)
    return SignInSheet(
        head=paper_head(meeting), rows=tuple(rows or map(SignInRow, blanks)), has_names=bool(rows),
        due=roster.member_count if roster else None, households_due=roster.household_count if roster else None,
        women_due=roster.women_count if roster else None, source=roster.source if roster else "",
    )  # fmt: skip


def ballots(meeting: Meeting) -> Ballots:
    """Return the ballots of a meeting, one for each who may come.

    Raises:
        RosterMissing: the body needs a roster, and none is known for that day.
    """
    roster, text = _roster(meeting), get_text(meeting.matter, meeting.text_version)
    return Ballots(
        head=paper_head(meeting), count=roster.member_count if roster else BLANK_ROWS, text=masked(text.text),
        text_version=text.version, amount_fen=text.amount_fen,
    )  # fmt: skip


def result_form(meeting: Meeting) -> ResultForm:
    """Return the form on which a meeting is counted, with the numbers that its roster knows.

    Raises:
        RosterMissing: the body needs a roster, and none is known for that day.
    """
    roster, text = _roster(meeting), get_text(meeting.matter, meeting.text_version)
    rule = rule_for(meeting.matter, meeting.body_meeting)
    return ResultForm(
        head=paper_head(meeting), text_version=text.version, amount_fen=text.amount_fen,
        rows=(CountRow("应到人数", members_due(meeting)), *_counted(), *_others(rule, roster)),
        basis=rule.basis if rule.is_law else "",
    )  # fmt: skip


def _counted() -> Iterator[CountRow]:
    yield CountRow("实到人数", remark="不算回避的人")
    yield from (CountRow(choice, unit="票") for choice in CHOICES)


def _others(rule: BodyRule, roster: Roster | None) -> Iterator[CountRow]:
    asked = {condition.of for alternative in rule.quorum for condition in alternative}
    for of, label, unit, whole in (
        ("households", "到会的人共代表多少户", "户", roster.household_count if roster else None),
        ("women", "到会的妇女代表", "人", roster.women_count if roster else None),
    ):
        if of in asked:
            yield CountRow(label, unit=unit, remark=f"全部共 {whole} {unit}" if whole else "")
    yield CountRow("回避人数", remark="和自己或者近亲属有关、没有参加表决的人")
    yield CountRow("其中委托他人表决的", remark="实到人数里，由别人代为表决的")


def members_due(meeting: Meeting) -> int | None:
    """Return how many are due by the roster of a meeting's day; None where that is not known or counted otherwise."""
    matter = meeting.matter
    if matter.voted_as is Purpose.RECALL or not rule_for(matter, meeting.body_meeting).quorum:
        return None
    roster = _find_roster(meeting)
    return roster.member_count if roster else None


def paper_head(meeting: Meeting) -> PaperHead:
    """Return what stands on top of every paper of a meeting."""
    matter = meeting.matter
    return PaperHead(
        township=matter.village.township.name, village=matter.village.name, reference=matter.reference,
        title=masked(matter.title), group=matter.group_name, body=meeting.body_meeting.label,
        held_on=meeting.held_on, place=masked(meeting.place), convener=masked(meeting.convener),
    )  # fmt: skip


def _roster(meeting: Meeting) -> Roster | None:
    found = _find_roster(meeting)
    if found is None and rule_for(meeting.matter, meeting.body_meeting).quorum:
        raise RosterMissing(meeting.body_meeting.label, meeting.held_on)
    return found


def _find_roster(meeting: Meeting) -> Roster | None:
    matter, body = meeting.matter, meeting.body_meeting
    group = matter.group_name if body is Body.GROUP_ASSEMBLY else ""
    return find_roster(matter.village_id, body, meeting.held_on, group_name=group)
