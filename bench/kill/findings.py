"""Looking at what a killed server left: nothing acknowledged is gone, nothing is half there."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import select, text

from bench.kill.clerk import ROWS_IN_A_SAVE, Batch
from village_open.core.canonical import sha256_hex
from village_open.db import db
from village_open.finance.models import FinancePeriod, Line, PeriodState
from village_open.notices.models import Disclosure, DisclosureFile, DisclosureIssue
from village_open.record.queries import find_broken_link, list_chains
from village_open.storage import kept_path

FEN = 100


def settle(batches: Iterable[Batch]) -> Iterator[str]:
    """Compare every batch with the books; yield what is lost or half there, and learn how open saves ended."""
    wanted = list(batches)
    summaries = [summary for batch in wanted for summary in batch.summaries]
    lines = {line.summary: line for line in db.session.scalars(select(Line).where(Line.summary.in_(summaries)))}
    for batch in wanted:
        found = [lines[summary] for summary in batch.summaries if summary in lines]
        if told := _judged(batch, found):
            yield told
        elif found:
            batch.rows = {line.summary: (line.id, line.version_id) for line in found}


def _judged(batch: Batch, found: list[Line]) -> str:
    amounts = {line.amount_fen // FEN for line in found}
    if not found:
        return f"{batch.key}: save {batch.kept} was acknowledged and is gone" if batch.kept else ""
    if len(found) != ROWS_IN_A_SAVE or len(amounts) != 1:
        return f"{batch.key}: half saved, {len(found)} rows with {sorted(amounts)}"
    (amount,) = amounts
    if amount == batch.sent:
        batch.kept, batch.sent = batch.sent, 0
    return "" if amount == batch.kept else f"{batch.key}: {amount} in the books, {batch.kept} was acknowledged"


def broken_files_and_chains() -> Iterator[str]:
    """Walk the database's pages and every chain of the record."""
    checked = db.session.scalar(text("PRAGMA quick_check"))
    if checked != "ok":
        yield f"database: {checked}"
    for chain in list_chains():
        if link := find_broken_link(chain):
            yield f"chain {link.chain} at {link.seq}: {link.reason}"


def half_issued(acknowledged: Iterable[str]) -> Iterator[str]:
    """Yield disclosures without their period, periods without their disclosure, and promised ones that are gone."""
    frozen = {row.village.code: row for row in db.session.scalars(select(Disclosure))}
    issued = {
        period.village.code
        for period in db.session.scalars(select(FinancePeriod).where(FinancePeriod.state == PeriodState.ISSUED.value))
    }
    yield from (f"{code}: period and disclosure disagree" for code in issued ^ set(frozen))
    yield from (f"{code}: issue acknowledged and gone" for code in set(acknowledged) - set(frozen))
    seqs = [row.seq for row in frozen.values()]
    if any(seq != 1 for seq in seqs):
        yield f"numbers were used up by attempts that came to nothing: {sorted(seqs)}"


def frozen_villages() -> set[str]:
    """Return the codes of the villages whose disclosure is frozen."""
    return {row.village.code for row in db.session.scalars(select(Disclosure))}


def count_unfinished() -> int:
    """Count the disclosures whose sheets are still to be made."""
    return len(db.session.scalars(select(Disclosure.id).where(~Disclosure.id.in_(_finished()))).all())


def _finished() -> list[int]:
    return [*db.session.scalars(select(DisclosureIssue.disclosure_id))]


def damaged_sheets() -> Iterator[str]:
    """Yield sheets whose file is missing or holds other bytes than their hash says."""
    for file in db.session.scalars(select(DisclosureFile)):
        path: Path = kept_path(file.file_sha256)
        if sha256_hex(path.read_bytes()) != file.file_sha256:
            yield f"sheet {file.sheet_kind} of disclosure {file.disclosure_id} is damaged"
