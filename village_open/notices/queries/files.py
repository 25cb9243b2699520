"""The stored sheets of disclosures, and where they hang."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from village_open.db import db
from village_open.notices.errors import PostingNotFound
from village_open.notices.models import DisclosureFile, Posting


def list_files(disclosure_id: int) -> Sequence[DisclosureFile]:
    """List the stored sheets of a disclosure."""
    query = select(DisclosureFile).where(DisclosureFile.disclosure_id == disclosure_id)
    return db.session.scalars(query.order_by(DisclosureFile.sheet_kind, DisclosureFile.paper)).all()


def list_files_of(disclosure_ids: Iterable[int]) -> dict[tuple[int, str, str], DisclosureFile]:
    """Return the stored sheets of several disclosures by disclosure, kind and paper: one query."""
    query = select(DisclosureFile).where(DisclosureFile.disclosure_id.in_(list(disclosure_ids)))
    return {(row.disclosure_id, row.sheet_kind, row.paper): row for row in db.session.scalars(query)}


def find_file(disclosure_id: int, sheet_kind: str, paper: str) -> DisclosureFile | None:
    """Return one stored sheet of a disclosure, or None when it was not made on this paper."""
    query = select(DisclosureFile).where(
        DisclosureFile.disclosure_id == disclosure_id, DisclosureFile.sheet_kind == sheet_kind,
        DisclosureFile.paper == paper,
    )  # fmt: skip
    return db.session.scalar(query)


def list_postings(disclosure_id: int) -> Sequence[Posting]:
    """List where a disclosure hung and hangs, in the order of posting; each with its board."""
    query = select(Posting).where(Posting.disclosure_id == disclosure_id).options(joinedload(Posting.board))
    return db.session.scalars(query.order_by(Posting.posted_on, Posting.id)).all()


def get_posting(disclosure_id: int, posting_id: int) -> Posting:
    """Return one entry of the posting register of this very disclosure.

    Raises:
        PostingNotFound: the register holds none of this id for it.
    """
    query = select(Posting).where(Posting.id == posting_id, Posting.disclosure_id == disclosure_id)
    found = db.session.scalar(query.options(joinedload(Posting.board)))
    if found is None:
        raise PostingNotFound
    return found
