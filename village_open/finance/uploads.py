"""Files handed in for an import that nobody confirmed: they wait a week, then they go."""

import json
from datetime import timedelta

from sqlalchemy import select

from village_open import storage
from village_open.db import db
from village_open.finance.actions.importing import IMPORTED
from village_open.record.models import RecordEntry

WAITS = timedelta(days=7)


def clear_uploads() -> int:
    """Remove the uploads that nobody confirmed within a week, and return how many; what the record names is kept."""
    named = _named_in_the_record()
    db.session.rollback()
    return storage.clear_uploads(older_than=WAITS, is_named=named.__contains__)


def _named_in_the_record() -> set[str]:
    bodies = db.session.scalars(select(RecordEntry.body).where(RecordEntry.kind == IMPORTED))
    return {json.loads(body)["after"]["sha256"] for body in bodies}
