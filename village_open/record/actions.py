"""Writing a deed down."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import select

from village_open.core import clock
from village_open.core.canonical import Plain, sha256_hex
from village_open.db import db, hold_lock
from village_open.record.models import RecordEntry
from village_open.record.rules import GENESIS, Deed, deed_body


class Doer(Protocol):
    """Somebody with an id and a name; the record knows no more of people."""

    @property
    def id(self) -> int:
        """The person's id."""

    @property
    def name(self) -> str:
        """The person's name as it is today; it is kept as a snapshot."""


def record_deed(
    *,
    chain: str,
    kind: str,
    by: Doer,
    said: str,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
) -> RecordEntry:
    """Append one deed to a chain, inside the transaction of the deed itself.

    Args:
        chain: 12-digit code of the village or 9-digit code of the township.
        kind: `room.deed`, the same name as the action.
        by: who did it; id and name are kept.
        said: the sentence after the name, such as `提交了2026年第三季度收支，共 42 笔`.
        before: what it was; ints, strings and lists only.
        after: what it is now.
    """
    hold_lock(f"record:{chain}")
    last = db.session.scalars(
        select(RecordEntry).where(RecordEntry.chain == chain).order_by(RecordEntry.seq.desc()).limit(1)
    ).first()
    seq, prev = (last.seq + 1, last.sha256) if last else (1, GENESIS)
    moment = clock.now()
    deed = Deed(kind=kind, actor_id=by.id, actor_name=by.name, said=said, before=before or {}, after=after or {})
    body = deed_body(deed, chain=chain, seq=seq, prev=prev, at=moment.isoformat())
    entry = RecordEntry(
        chain=chain, seq=seq, prev=prev, sha256=sha256_hex(body), kind=kind, at=moment,
        actor_id=by.id, actor_name=by.name, said=said, body=body.decode(),
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    return entry
