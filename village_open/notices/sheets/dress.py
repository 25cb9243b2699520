"""How a sheet is set, and its pages as the templates see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_open.notices.sheets.columns import width_em
from village_open.notices.sheets.frame import Frame
from village_open.notices.sheets.kinds import COMPOSITES, SheetKind, width_in_em
from village_open.notices.sheets.tables import Table, TableRow
from village_open.printing.fonts import FontFace
from village_open.printing.paper import Paper

TITLE_EM, NEXT_TITLE_EM = 2.3, 2.0


@dataclass(frozen=True)
class Part:
    """The rows of one table that stand on one page."""

    table: Table
    rows: tuple[TableRow, ...]
    is_first: bool


@dataclass(frozen=True)
class Page:
    """One page as the template sees it; `heading` names it where it is not the sheet's own."""

    number: int
    total: int
    is_first: bool
    """Whether the large head stands here."""
    is_last: bool
    """Whether the signing stands here."""
    parts: tuple[Part, ...] = ()
    blank_below: bool = False
    heading: str = ""
    columns: tuple[tuple[Part, ...], ...] = ()
    """Of a composite sheet: the parts of each column."""


@dataclass(frozen=True)
class Dress:
    """How a sheet is set: paper, type, and what identifies it."""

    kind: SheetKind
    paper: Paper
    type_pt: float
    draft: bool
    address: str
    typed_address: str
    """Where the code can be typed in, short enough to be read from paper; empty without a public address."""
    qr: str
    code_groups: str
    licensed: tuple[FontFace, ...] = ()
    hand_out: bool = False
    """Whether it is held in the hand: fewer columns do."""
    panel_em: float = 0.0
    """Of a composite sheet on wide paper: how wide the panel at its side is."""
    columns: int = 1
    """Of a composite sheet on wide paper: how many columns stand beside the panel."""

    @property
    def width_em(self) -> float:
        """The width between the margins."""
        return width_in_em(self.paper, self.type_pt)


@dataclass(frozen=True)
class Title:
    """The two lines of a title, and whether they stand on one, on a first page and on those after it."""

    first: str
    second: str
    whole: str
    on_one_line: bool
    next_on_one_line: bool


def title_of(sheet: Frame, dress: Dress, heading: str = "") -> Title:
    """Return the title of a page: the place, then subject and kind; of the board the place and its sheet, then when."""
    heading = heading or dress.kind.heading
    if dress.kind in COMPOSITES:
        first, second = f"{sheet.place}{heading}", sheet.subject
        whole = f"{first}　{second}"
    elif dress.kind is SheetKind.SECTIONS:
        first, second = f"{sheet.place} {sheet.subject}", heading
        whole = f"{first} {second}"
    else:
        first, second = sheet.place, f"{sheet.subject}{heading}"
        whole = f"{sheet.place} {sheet.subject} {heading}"
    return Title(
        first=first,
        second=second,
        whole=whole,
        on_one_line=width_em(whole) * TITLE_EM <= dress.width_em,
        next_on_one_line=width_em(f"{whole}（续）") * NEXT_TITLE_EM <= dress.width_em,
    )


def longest_heading(headings: Sequence[str]) -> str:
    """Return the heading whose title is highest: heads are measured by it."""
    return max(headings, key=width_em, default="")
