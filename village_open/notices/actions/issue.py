"""Freezing a disclosure, and making it public when its sheets are there."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from village_open.core import clock
from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import grouped, sheet_code
from village_open.db import db, hold_lock
from village_open.notices.contents import Content
from village_open.notices.errors import ContentChanged, SheetsMissing
from village_open.notices.makings import FAILED, RESUMED, find_failure
from village_open.notices.models import Disclosure, DisclosureFile, DisclosureIssue
from village_open.notices.queries import find_file, list_files
from village_open.notices.rules import disclosure_number, paper_needs, read_needs, written_needs
from village_open.notices.sheets.kinds import FINANCE_KINDS, SheetKind, kinds_of
from village_open.notices.subjects import Subject
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Village
from village_open.villages.queries import list_boards


@dataclass(frozen=True)
class MadeSheet:
    """One finished PDF that lies in the files."""

    sheet_kind: str
    paper: str
    file_sha256: str
    pages: int


@dataclass(frozen=True)
class Worker:
    """Who makes the sheets behind the page: a program, with no person's rights."""

    id: int = 0
    name: str = "制作程序"


def rehearsal_sha256(content: Content) -> str:
    """Return the hash that ties a trial rendering to what is frozen after it: all but the number."""
    return sha256_hex(canonical_bytes({**content, "number": ""}))


def begin_issue(*, by: Doer, subject: Subject, rehearsed: str) -> Disclosure:
    """Reserve the number, freeze the content and publish the subject: what follows is only the making of sheets.

    `rehearsed` is the `rehearsal_sha256` of the content that was tried in print.

    Raises:
        RuleForbids: what the subject's `require_issuable` refuses.
        SignatureMissing, SignedContentDiffers: what would be frozen is not what was signed.
        ContentChanged: what would be frozen is not what was tried in print.
    """
    subject.require_issuable()
    issued_on = clock.today()
    content = subject.content(issued_on)
    if rehearsal_sha256(content) != rehearsed:
        raise ContentChanged
    village = subject.village
    seq = _next_seq(village, subject.kind, issued_on.year)
    number = disclosure_number(village.township.name, village.name, issued_on.year, seq, subject.kind)
    subject.publish(by, number)
    disclosure = _freeze(subject, {**content, "number": number}, number=number, year=issued_on.year, seq=seq)
    record_deed(
        chain=village.code, kind="notices.begin_issue", by=by,
        said=f"固化了 {number} 的内容，查验码 {grouped(disclosure.code)}",
        after={"number": number, "sha256": disclosure.sha256, "papers": disclosure.papers},
    )  # fmt: skip
    return disclosure


def _next_seq(village: Village, kind: str, year: int) -> int:
    hold_lock(f"disclosure_number:{village.code}:{kind}:{year}")
    last = db.session.scalar(
        select(func.max(Disclosure.seq)).where(
            Disclosure.village_id == village.id, Disclosure.kind == kind, Disclosure.year == year
        )
    )
    return (last or 0) + 1


def _freeze(subject: Subject, content: Content, *, number: str, year: int, seq: int) -> Disclosure:
    frozen = canonical_bytes(content)
    sha256 = sha256_hex(frozen)
    boards = list_boards(subject.village.id)
    disclosure = Disclosure(
        village_id=subject.village.id, kind=subject.kind, announcement_id=subject.announcement_id,
        period_code=subject.period.code, year=year, seq=seq, number=number,
        content=frozen.decode(), search_text=_search_text(content, number), sha256=sha256, code=sheet_code(sha256),
        papers=written_needs(paper_needs((board.paper, board.reading_distance_mm) for board in boards)),
    )  # fmt: skip
    db.session.add(disclosure)
    db.session.flush()
    return disclosure


def _search_text(content: Content, number: str) -> str:
    lines = content.get("lines")
    summaries = [str(line["summary"]) for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return "\n".join([number, *_told_words(content.get("announcement")), *summaries]).lower()


def _told_words(told: Any) -> Iterator[str]:
    """Yield what an announcement can be found by: title and text of a matter, the words of every section."""
    if not isinstance(told, dict):
        return
    if matter := told.get("matter"):
        yield from (str(matter["title"]), str(matter["text"]))
    for section in told.get("sections", ()):
        yield from (str(section["heading"]), str(section["note"]))
        rows = (row for table in section["tables"] for row in table["rows"])
        yield from (" ".join(cell for cell in row if isinstance(cell, str)) for row in rows)


def finish_issue(*, disclosure: Disclosure, files: Iterable[MadeSheet]) -> None:
    """Attach the sheets and make the disclosure public; doing it again changes nothing.

    Raises:
        SheetsMissing: a sheet that the boards need is neither stored nor handed in.
    """
    hold_lock(f"disclosure:{disclosure.id}")
    if db.session.scalar(select(DisclosureIssue.id).where(DisclosureIssue.disclosure_id == disclosure.id)):
        return
    for file in files:
        attach_sheet(disclosure_id=disclosure.id, made=file)
    stored = list_files(disclosure.id)
    missing = wanted_sheets(disclosure.papers, kinds_of(json.loads(disclosure.content))) - {
        (file.sheet_kind, file.paper) for file in stored
    }
    if missing:
        raise SheetsMissing(len(missing))
    db.session.add(DisclosureIssue(disclosure_id=disclosure.id))
    db.session.flush()
    record_deed(
        chain=disclosure.village.code, kind="notices.finish_issue", by=Worker(),
        said=f"制作完成 {disclosure.number}，共 {len(stored)} 份公示单，即时公开",
        after={"files": {f"{file.sheet_kind}.{file.paper}": file.file_sha256 for file in stored}},
    )  # fmt: skip


def fail_issue(*, disclosure: Disclosure, reason: str) -> None:
    """Write down why the sheets could not be made, so that the township reads it; the same reason is told once."""
    hold_lock(f"disclosure:{disclosure.id}")
    if find_failure(disclosure.village.code, disclosure.number) == reason:
        return
    record_deed(
        chain=disclosure.village.code, kind=FAILED, by=Worker(),
        said=f"没有做成 {disclosure.number} 的公示单：{reason}", after={"number": disclosure.number, "reason": reason},
    )  # fmt: skip


def resume_issue(*, by: Doer, disclosure: Disclosure) -> None:
    """Have the sheets made once more, after a failure or a long wait."""
    record_deed(
        chain=disclosure.village.code, kind=RESUMED, by=by, said=f"重新安排制作 {disclosure.number} 的公示单",
        after={"number": disclosure.number},
    )  # fmt: skip


def wanted_sheets(papers: str, kinds: Iterable[SheetKind] = FINANCE_KINDS) -> set[tuple[str, str]]:
    """Return the (sheet kind, paper) pairs that issuing makes."""
    return {(kind.value, need.paper) for kind in kinds for need in read_needs(papers)}


def attach_sheet(*, disclosure_id: int, made: MadeSheet) -> DisclosureFile:
    """Store one sheet of a disclosure; one that is stored already stays as it is."""
    hold_lock(f"disclosure:{disclosure_id}")
    stored = find_file(disclosure_id, made.sheet_kind, made.paper)
    if stored is None:
        stored = DisclosureFile(
            disclosure_id=disclosure_id, sheet_kind=made.sheet_kind, paper=made.paper,
            file_sha256=made.file_sha256, pages=made.pages,
        )  # fmt: skip
        db.session.add(stored)
        db.session.flush()
    return stored
