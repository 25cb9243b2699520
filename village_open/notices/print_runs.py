"""Sheets for the printer: the stored files, one by one in a folder, or joined in one file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from village_open.core.errors import RuleForbids
from village_open.core.periods import Period
from village_open.db import db
from village_open.notices.issuing import find_or_make_file
from village_open.notices.queries import Published, list_making, list_period
from village_open.notices.rules import HAND_OUT
from village_open.notices.sheets.kinds import SheetKind
from village_open.printing.join import join_pdfs
from village_open.printing.paper import Paper
from village_open.storage import read_file
from village_open.villages.models import Village
from village_open.villages.queries import get_village


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet that was written; `page_range` counts from 1 in a joined file."""

    file: str
    village: str
    number: str
    kind: str
    paper: str
    pages: int
    sha256: str
    page_range: tuple[int, int]


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

    `out` ending in .pdf is one joined file, anything else a folder that is made when it is missing.

    Raises:
        VillageNotFound: a named village does not exist.
    """
    villages = _roster(village_codes)
    codes = [period.code, *(month.code for month in period.months)]
    issued = _newest(list_period("", codes), villages)
    making = set(list_making(codes))
    left_out = [
        LeftOut(code, "签发中，公示单还没有做好" if code in making else f"{period.label}还没有签发")
        for code in villages if code not in {one.village_code for one in issued}
    ]  # fmt: skip
    found: list[tuple[PrintedSheet, bytes]] = []
    for disclosure in issued:
        for kind, wanted in _wanted(disclosure, paper):
            try:
                found.append(_stored(disclosure, kind, wanted))
            except RuleForbids as refused:
                left_out.append(
                    LeftOut(disclosure.village_code, f"{kind.heading}（{wanted.label}）：{refused.message}")
                )
    return PrintRun(_write(found, out), tuple(left_out))


def _roster(codes: Sequence[str]) -> list[str]:
    if codes:
        return [get_village(code).code for code in codes]
    return list(db.session.scalars(select(Village.code).order_by(Village.code)))


def _newest(published: Sequence[Published], villages: Sequence[str]) -> list[Published]:
    """Keep the newest disclosure of each village and period: a correction stands for what it corrects."""
    wanted = set(villages)
    by_period = {(one.village_code, one.period_code): one for one in published if one.village_code in wanted}
    return list(by_period.values())


def _wanted(disclosure: Published, paper: Paper | None) -> Iterator[tuple[SheetKind, Paper]]:
    boards = [need.paper for need in disclosure.papers if need.paper != HAND_OUT] or [HAND_OUT]
    for kind in SheetKind:
        for one in [paper] if paper else map(Paper.parse, boards):
            yield kind, one


def _stored(disclosure: Published, kind: SheetKind, paper: Paper) -> tuple[PrintedSheet, bytes]:
    file = find_or_make_file(disclosure=disclosure, kind=kind, paper=paper)
    sheet = PrintedSheet(
        file="", village=disclosure.village_code, number=disclosure.number, kind=kind.value, paper=paper.code,
        pages=file.pages, sha256=file.file_sha256, page_range=(1, file.pages),
    )  # fmt: skip
    return sheet, read_file(file.file_sha256)


def _write(found: Sequence[tuple[PrintedSheet, bytes]], out: Path) -> tuple[PrintedSheet, ...]:
    out = out.resolve()
    if not found:
        return ()
    if out.suffix.lower() == ".pdf":
        out.parent.mkdir(parents=True, exist_ok=True)
        joined, ranges = join_pdfs(content for _, content in found)
        out.write_bytes(joined)
        pairs = zip(found, ranges, strict=True)
        return tuple(replace(sheet, file=str(out), page_range=(r.first, r.last)) for (sheet, _), r in pairs)
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_written(sheet, content, out) for sheet, content in found)


def _written(sheet: PrintedSheet, content: bytes, folder: Path) -> PrintedSheet:
    path = folder / f"{sheet.number}-{SheetKind(sheet.kind).heading}-{sheet.paper}.pdf"
    path.write_bytes(content)
    return replace(sheet, file=str(path))
