"""Sheets for the printer: the stored files, one by one in a folder, or joined in one file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from village_open.core.errors import RuleForbids
from village_open.core.periods import Period
from village_open.db import db
from village_open.notices.errors import PaperNotMade
from village_open.notices.issuing import find_or_make_file
from village_open.notices.models import DisclosureFile
from village_open.notices.queries import Published, list_files_of, list_making, list_period
from village_open.notices.rules import HAND_OUT, PaperNeed, need_for
from village_open.notices.sheets.kinds import SheetKind, kinds_of
from village_open.printing.join import join_into
from village_open.printing.paper import Paper
from village_open.storage import read_file
from village_open.villages.models import Village
from village_open.villages.queries import get_village


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet that was written; `page_range` counts from 1 in a joined file, a hand-out is read from nought mm."""

    file: str
    village: str
    number: str
    kind: str
    paper: str
    pages: int
    sha256: str
    page_range: tuple[int, int]
    reading_distance_mm: int

    @property
    def need(self) -> PaperNeed:
        """The paper and from how far it is read."""
        return PaperNeed(self.paper, self.reading_distance_mm)


@dataclass(frozen=True)
class LeftOut:
    """A village, or a sheet of it, that was not written, and why."""

    village: str
    reason: str


@dataclass(frozen=True)
class PrintRun:
    """What was written and what was not."""

    sheets: tuple[PrintedSheet, ...]
    left_out: tuple[LeftOut, ...]


def print_sheets(*, period: Period, village_codes: Sequence[str], paper: Paper | None, out: Path) -> PrintRun:
    """Write the sheets of a period: all villages, or those named; the paper of their boards, or the one named.

    `out` ending in .pdf is one joined file, anything else a folder that is made when it is missing. A sheet that was
    never made on the paper is made now.

    Raises:
        VillageNotFound: a named village does not exist.
    """
    roster = [get_village(code).code for code in village_codes] or _all_villages()
    run = gather_sheets(period=period, village_codes=roster, paper=paper, makes_missing=True)
    return PrintRun(_write(run.sheets, out), run.left_out)


def gather_sheets(
    *, period: Period, village_codes: Sequence[str], paper: Paper | None, makes_missing: bool = False
) -> PrintRun:
    """Find the stored sheets of a period for some villages, in the order in which they would be joined.

    `file` is empty; `page_range` is the place in a joined file. A page asks two queries, however many villages.
    """
    codes = [period.code, *(month.code for month in period.months)]
    issued = _newest(list_period("", codes), village_codes)
    making = set(list_making(codes))
    left_out = [
        LeftOut(code, "签发中，公示单还没有做好" if code in making else f"{period.label}还没有签发")
        for code in village_codes if code not in {one.village_code for one in issued}
    ]  # fmt: skip
    stored = list_files_of([one.id for one in issued])
    found: list[PrintedSheet] = []
    for disclosure, kind, wanted in ((one, *pair) for one in issued for pair in _wanted(one, paper)):
        file = stored.get((disclosure.id, kind.value, wanted.code))
        try:
            found.append(_printed(disclosure, file or _made(disclosure, kind, wanted, makes_missing)))
        except RuleForbids as refused:
            left_out.append(LeftOut(disclosure.village_code, f"{kind.heading}（{wanted.label}）：{refused.message}"))
    return PrintRun(_numbered(found), tuple(left_out))


def join_sheets(sheets: Sequence[PrintedSheet], out: BinaryIO) -> None:
    """Join stored sheets into one PDF for the printer; each file is read when its turn comes.

    Raises:
        NothingToJoin: there is not a single sheet.
    """
    # On SQLite a reader that stays open while files are joined would block every save.
    db.session.rollback()
    join_into((read_file(sheet.sha256) for sheet in sheets), out)


def _all_villages() -> list[str]:
    return list(db.session.scalars(select(Village.code).order_by(Village.code)))


def _made(disclosure: Published, kind: SheetKind, paper: Paper, makes_missing: bool) -> DisclosureFile:
    if not makes_missing:
        raise PaperNotMade
    return find_or_make_file(disclosure=disclosure, kind=kind, paper=paper)


def _newest(published: Sequence[Published], villages: Sequence[str]) -> list[Published]:
    """Keep the newest disclosure of each village and period: a correction stands for what it corrects."""
    wanted = set(villages)
    by_period = {(one.village_code, one.period_code): one for one in published if one.village_code in wanted}
    return list(by_period.values())


def _wanted(disclosure: Published, paper: Paper | None) -> Iterator[tuple[SheetKind, Paper]]:
    boards = [need.paper for need in disclosure.papers if need.is_for_board] or [HAND_OUT]
    for kind in kinds_of(disclosure.content):
        for one in [paper] if paper else map(Paper.parse, boards):
            yield kind, one


def _printed(disclosure: Published, file: DisclosureFile) -> PrintedSheet:
    return PrintedSheet(
        file="", village=disclosure.village_code, number=disclosure.number, kind=file.sheet_kind, paper=file.paper,
        pages=file.pages, sha256=file.file_sha256, page_range=(1, file.pages),
        reading_distance_mm=need_for(disclosure.papers, file.paper).reading_distance_mm,
    )  # fmt: skip


def _numbered(sheets: Iterable[PrintedSheet]) -> tuple[PrintedSheet, ...]:
    """Say of each sheet on which pages of a joined file it stands."""
    found, first = [], 1
    for sheet in sheets:
        found.append(replace(sheet, page_range=(first, first + sheet.pages - 1)))
        first += sheet.pages
    return tuple(found)


def _write(sheets: Sequence[PrintedSheet], out: Path) -> tuple[PrintedSheet, ...]:
    out = out.resolve()
    if not sheets:
        return ()
    if out.suffix.lower() == ".pdf":
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("wb") as file:
            join_sheets(sheets, file)
        return tuple(replace(sheet, file=str(out)) for sheet in sheets)
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_written(sheet, read_file(sheet.sha256), out) for sheet in sheets)


def _written(sheet: PrintedSheet, content: bytes, folder: Path) -> PrintedSheet:
    path = folder / f"{sheet.number}-{SheetKind(sheet.kind).heading}-{sheet.paper}.pdf"
    path.write_bytes(content)
    return replace(sheet, file=str(path), page_range=(1, sheet.pages))
