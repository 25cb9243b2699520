"""Reading the record."""

import json
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from village_open.db import Page, db, list_page
from village_open.record.changes import Change, read_changes
from village_open.record.models import RecordEntry
from village_open.record.rules import BrokenLink, first_broken_link


@dataclass(frozen=True)
class TrailLine:
    """One entry as the trail page shows it."""

    seq: int
    at: datetime
    actor_name: str
    said: str
    sha256: str
    changes: tuple[Change, ...]


def list_trail(chain: str, *, page: int = 1) -> Page[TrailLine]:
    """List a chain, the latest deed first."""
    found = list_page(
        select(RecordEntry).where(RecordEntry.chain == chain).order_by(RecordEntry.seq.desc()), number=page
    )
    lines = [TrailLine(e.seq, e.at, e.actor_name, e.said, e.sha256, _changes(e.body)) for e in found.items]
    return Page(lines, found.number, found.total, found.per_page)


def find_last_deed(chain: str, kinds: Collection[str]) -> RecordEntry | None:
    """Return the latest deed of some kinds in a chain, or None."""
    query = select(RecordEntry).where(RecordEntry.chain == chain, RecordEntry.kind.in_(kinds))
    return db.session.scalars(query.order_by(RecordEntry.seq.desc()).limit(1)).first()


def _changes(body: str) -> tuple[Change, ...]:
    content = json.loads(body)
    return read_changes(content["before"], content["after"])


def list_chains() -> list[str]:
    """List the names of all chains."""
    return list(db.session.scalars(select(RecordEntry.chain).distinct().order_by(RecordEntry.chain)))


def count_entries() -> int:
    """Count the entries of all chains."""
    return db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0


def find_broken_link(chain: str) -> BrokenLink | None:
    """Walk one chain and return its first broken link, or None when it holds."""
    with closing(_entries(chain)) as entries:
        return first_broken_link(entries)


def iter_bodies(chain: str) -> Iterator[str]:
    """Yield the hashed bodies of a chain in order: canonical JSON without line breaks, one a deed."""
    with closing(_entries(chain)) as entries:
        yield from (entry.body for entry in entries)


def _entries(chain: str) -> Generator[RecordEntry, None, None]:
    query = select(RecordEntry).where(RecordEntry.chain == chain).order_by(RecordEntry.seq)
    with closing(db.session.scalars(query.execution_options(yield_per=500))) as rows:
        yield from rows
