"""What the township's pages of a disclosure show: how far it is, what is missing, which sheets there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from village_open.core.errors import RuleForbids
from village_open.finance.models import FinancePeriod
from village_open.notices.actions.issue import require_issuable
from village_open.notices.actions.posting import posting_count
from village_open.notices.models import Posting
from village_open.notices.queries import Published, list_postings
from village_open.notices.rules import PaperNeed, PostingCount, paper_needs
from village_open.notices.sheets.kinds import SheetKind
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


def planned_sheets(period: FinancePeriod) -> tuple[SheetLine, ...]:
    """Return the sheets that issuing would make for the boards of today."""
    needs = needs_of(list_boards(period.village_id))
    return tuple(SheetLine(kind, need) for kind in SheetKind for need in needs)


def needs_of(boards: Iterable[NoticeBoard]) -> tuple[PaperNeed, ...]:
    """Return the papers that boards need."""
    return paper_needs((board.paper, board.reading_distance_mm) for board in boards)


def find_hindrance(period: FinancePeriod) -> str:
    """Return why a period cannot be issued now, or nothing."""
    try:
        require_issuable(period)
    except RuleForbids as hindrance:
        return hindrance.message
    return ""


def kind_choices() -> list[tuple[str, str]]:
    """Return the sheet kinds as choices of a form."""
    return [(kind.value, kind.heading) for kind in SheetKind]


def paper_choices() -> list[tuple[str, str]]:
    """Return all papers as choices of a form."""
    return [(paper.code, paper.label) for paper in ALL_PAPERS]


def posting_lines(disclosure: Published, profile: Profile) -> tuple[PostingLine, ...]:
    """Return the posting register of a disclosure, each entry counted by the profile's rule."""
    return tuple(PostingLine(row, posting_count(row, profile)) for row in list_postings(disclosure.id))
