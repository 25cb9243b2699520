"""Issuing in four steps, because the paper prints its own number; each may be broken off and taken up again.

1. trial rendering, outside any transaction: glyphs, pictures, overflow;
2. first transaction: number, record entry, canonical bytes (签发中);
3. rendering, outside any transaction;
4. second transaction: the files, and with them the publication (已签发).

After step 2 nothing can refuse any more; a worker finishes what lies between 2 and 4, however often it is killed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import current_app

from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.db import db, transaction
from village_open.jobs import enqueue
from village_open.notices.actions.issue import (
    MadeSheet,
    attach_sheet,
    begin_issue,
    fail_issue,
    finish_issue,
    rehearsal_sha256,
    resume_issue,
)
from village_open.notices.contents import Content
from village_open.notices.errors import NotIssuedYet, SheetsUnwritable
from village_open.notices.models import Disclosure, DisclosureFile
from village_open.notices.queries import Published, find_file, get_disclosure, list_files, list_unfinished
from village_open.notices.rules import PaperNeed, disclosure_number, need_for, paper_needs, require_public_address
from village_open.notices.sheets.kinds import SheetKind, kinds_of
from village_open.notices.sheets.render import RenderedSheet, render_sheet
from village_open.notices.subjects import subject_at
from village_open.printing.layout import SheetUnprintable
from village_open.printing.paper import Paper
from village_open.record.actions import Doer
from village_open.storage import keep_file
from village_open.villages.queries import list_boards

FINISH_DISCLOSURE = "finish_disclosure"
_WIDEST_SEQ = 888
"""What a trial prints in place of a number that is not reserved yet: as wide as a number gets."""


def issue_disclosure(*, by: Doer, **place: Any) -> int:
    """Do steps 1 and 2 and ask a worker for the rest; returns the id of the disclosure.

    `place` is the address of a period or an announcement, as `subject_at` reads it.

    Raises:
        RuleForbids: what `begin_issue` refuses.
        SheetUnprintable: the trial names each missing glyph, missing picture and overflow.
        PublicAddressUnfit: the address for the QR code leads nowhere.
    """
    rehearsed = rehearse(**place)
    with transaction():
        disclosure_id = begin_issue(by=by, subject=subject_at(place), rehearsed=rehearsed).id
    enqueue(FINISH_DISCLOSURE, disclosure_id)
    return disclosure_id


def rehearse(**place: Any) -> str:
    """Try every sheet in print (step 1), and return the hash of the content that was tried.

    Raises:
        RuleForbids: what the subject's `require_issuable` refuses.
        SheetUnprintable: names each missing glyph, missing picture and overflow.
        PublicAddressUnfit: the address for the QR code leads nowhere.
    """
    require_public_address(public_url())
    subject = subject_at(place)
    subject.require_issuable()
    issued_on, village = clock.today(), subject.village
    content = subject.content(issued_on)
    needs = paper_needs((board.paper, board.reading_distance_mm) for board in list_boards(village.id))
    number = disclosure_number(village.township.name, village.name, issued_on.year, _WIDEST_SEQ, subject.kind)
    _end_reading()
    for kind in kinds_of(content):
        for need in needs:
            _render({**content, "number": number}, kind, need, trial=True)
    return rehearsal_sha256(content)


def finish_disclosure(disclosure_id: int) -> None:
    """Do steps 3 and 4; a disclosure that is issued, and a sheet that is stored, stay as they are.

    Raises:
        RuleForbids: a sheet cannot be made on this machine; the reason stands in the record, for the township.
    """
    disclosure = get_disclosure(disclosure_id)
    if disclosure.is_issued:
        return
    stored = {(file.sheet_kind, file.paper) for file in list_files(disclosure_id)}
    _end_reading()
    try:
        made = _all_sheets(disclosure, stored)
    except RuleForbids as failed:
        with transaction() as session:
            fail_issue(disclosure=session.get_one(Disclosure, disclosure_id), reason=failed.message)
        raise
    with transaction() as session:
        finish_issue(disclosure=session.get_one(Disclosure, disclosure_id), files=made)


def _all_sheets(disclosure: Published, stored: Iterable[tuple[str, str]]) -> list[MadeSheet]:
    try:
        return list(_make_sheets(disclosure, stored))
    except OSError as full:
        raise SheetsUnwritable(full) from full


def resume_disclosure(*, by: Doer, disclosure_id: int) -> None:
    """Ask a worker once more for the sheets of a disclosure that is not issued yet."""
    with transaction() as session:
        resume_issue(by=by, disclosure=session.get_one(Disclosure, disclosure_id))
    enqueue(FINISH_DISCLOSURE, disclosure_id)


def _make_sheets(disclosure: Published, stored: Iterable[tuple[str, str]]) -> Iterator[MadeSheet]:
    for kind in kinds_of(disclosure.content):
        for need in disclosure.papers:
            if (kind.value, need.paper) not in stored:
                yield _make_sheet(disclosure, kind, need)


def _make_sheet(disclosure: Published, kind: SheetKind, need: PaperNeed) -> MadeSheet:
    sheet = _render(disclosure.content, kind, need)
    return MadeSheet(kind.value, need.paper, keep_file(sheet.pdf), sheet.pages)


def find_or_make_file(*, disclosure: Published, kind: SheetKind, paper: Paper) -> DisclosureFile:
    """Return a stored sheet; one on another paper is made once from the frozen bytes and stored.

    Raises:
        NotIssuedYet: the disclosure is still being made.
        SheetUnprintable: the content does not fit on this paper.
    """
    if not disclosure.is_issued:
        raise NotIssuedYet
    stored = find_file(disclosure.id, kind.value, paper.code)
    if stored is not None:
        return stored
    _end_reading()
    made = _make_sheet(disclosure, kind, need_for(disclosure.papers, paper.code))
    with transaction():
        return attach_sheet(disclosure_id=disclosure.id, made=made)


def preview_sheet(*, content: Content, kind: SheetKind, need: PaperNeed) -> str:
    """Return the HTML of a draft: the same that the paper is made from, with its watermark.

    Raises:
        SheetUnprintable: names each missing glyph, missing picture and overflow.
    """
    _end_reading()
    return _render(content, kind, need, draft=True, trial=True).html


def draft_pdf(*, content: Content, kind: SheetKind, need: PaperNeed) -> bytes:
    """Return a draft as PDF: watermark, no number, no code, nothing attached, nothing stored.

    Raises:
        SheetUnprintable: names each missing glyph, missing picture and overflow.
    """
    _end_reading()
    return _render(content, kind, need, draft=True).pdf


def list_undone() -> list[tuple[str, int]]:
    """List the jobs that wait for a worker: every disclosure that is frozen and not issued."""
    return [(FINISH_DISCLOSURE, disclosure_id) for disclosure_id in list_unfinished()]


def public_url() -> str:
    """Return the public base address of this installation; empty prints no QR code."""
    address: str = current_app.config["SETTINGS"].public_url
    return address


def _end_reading() -> None:
    """End the read transaction: on SQLite a reader that stays while a sheet is made would block every save."""
    db.session.rollback()


def _render(content: Content, kind: SheetKind, need: PaperNeed, **how: Any) -> RenderedSheet:
    paper = Paper.parse(need.paper)
    try:
        return render_sheet(
            content=content, kind=kind, paper=paper, reading_distance_mm=need.reading_distance_mm,
            public_url=public_url() or None, licensed_fonts=current_app.config["SETTINGS"].fonts, **how,
        )  # fmt: skip
    except SheetUnprintable as refused:
        raise SheetUnprintable(refused.faults, f"{kind.heading}（{paper.label}）") from refused
