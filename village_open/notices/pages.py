"""What the township's pages of a disclosure show: how far it is, what is missing, which sheets there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from flask import url_for

from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.decisions.pages import frame_words, place_of_announcement
from village_open.finance.pages import period_words
from village_open.notices.actions.posting import posting_count
from village_open.notices.models import Posting
from village_open.notices.queries import Published, list_postings
from village_open.notices.rules import PaperNeed, PostingCount, paper_needs
from village_open.notices.sheets.kinds import SheetKind, kinds_of
from village_open.notices.subjects import AnnouncementSubject, PeriodSubject, Subject
from village_open.printing.paper import ALL_PAPERS, Paper
from village_open.villages.models import NoticeBoard
from village_open.villages.profile import Profile
from village_open.villages.queries import list_boards


@dataclass(frozen=True)
class SheetLine:
    """One sheet on one paper that issuing would make."""

    kind: SheetKind
    need: PaperNeed

    @property
    def paper(self) -> Paper:
        """Its paper."""
        return Paper.parse(self.need.paper)


@dataclass(frozen=True)
class PostingLine:
    """One entry of the posting register with its days counted."""

    posting: Posting
    count: PostingCount

    @property
    def heading(self) -> str:
        """The name of the sheet."""
        return SheetKind(self.posting.sheet_kind).heading


def subject_words(subject: Subject) -> dict[str, Any]:
    """Return what templates need of what is issued: its frame, its place in addresses, and where it is checked."""
    if isinstance(subject, AnnouncementSubject):
        place = place_of_announcement(subject.row)
        check = url_for("decisions.show_announcement", **place)
        return {**frame_words(subject.row), "place_args": place, "check_url": check}
    words = period_words(cast(PeriodSubject, subject).row)
    return {
        **words,
        "frame": "finance/period_page.html",
        "check_url": url_for("finance.check_period", **words["place_args"]),
    }


def public_url_of(disclosure: Published) -> str:
    """Return the address under which visitors read a disclosure."""
    if disclosure.is_affairs:
        return url_for(
            "public.show_affairs", village_code=disclosure.village_code, year=disclosure.year, seq=disclosure.seq
        )
    return url_for("public.show_disclosure", village_code=disclosure.village_code, period_code=disclosure.period_code)


def planned_sheets(subject: Subject) -> tuple[SheetLine, ...]:
    """Return the sheets that issuing would make for the boards of today."""
    needs = needs_of(list_boards(subject.village.id))
    return tuple(SheetLine(kind, need) for kind in kinds_of(subject.draft(clock.today())) for need in needs)


def needs_of(boards: Iterable[NoticeBoard]) -> tuple[PaperNeed, ...]:
    """Return the papers that boards need."""
    return paper_needs((board.paper, board.reading_distance_mm) for board in boards)


def find_hindrance(subject: Subject) -> str:
    """Return why something cannot be issued now, or nothing."""
    try:
        subject.require_issuable()
    except RuleForbids as hindrance:
        return hindrance.message
    return ""


def kind_choices(disclosure: Published) -> list[tuple[str, str]]:
    """Return the sheet kinds of a disclosure as choices of a form."""
    return [(kind.value, kind.heading) for kind in kinds_of(disclosure.content)]


def paper_choices() -> list[tuple[str, str]]:
    """Return all papers as choices of a form."""
    return [(paper.code, paper.label) for paper in ALL_PAPERS]


def posting_lines(disclosure: Published, profile: Profile) -> tuple[PostingLine, ...]:
    """Return the posting register of a disclosure, each entry counted by the profile's rule."""
    return tuple(PostingLine(row, posting_count(row, profile)) for row in list_postings(disclosure.id))
