"""Finding disclosures: what visitors may see is issued; what is still being made, only the township sees."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from village_open.db import Page, db, list_page
from village_open.notices.errors import DisclosureNotFound, PostingNotFound
from village_open.notices.models import Disclosure, DisclosureIssue, Posting
from village_open.notices.queries.published import (
    AFFAIRS,
    FINANCE,
    Listed,
    Published,
    all_disclosures,
    first,
    issued,
    published,
)
from village_open.villages.models import Village


def get_published(code: str) -> Published:
    """Return the issued disclosure of a sheet code.

    Raises:
        DisclosureNotFound: there is none, or it is not issued.
    """
    found = first(issued().where(Disclosure.code == code))
    if found is None:
        raise DisclosureNotFound
    return found


def find_published(village_code: str, period_code: str) -> Published | None:
    """Return the newest issued finance disclosure of a period, or None."""
    query = issued().join(Village, Village.id == Disclosure.village_id).where(Village.code == village_code)
    return first(query.where(Disclosure.period_code == period_code, Disclosure.kind == FINANCE))


def get_latest(village_code: str, period_code: str) -> Published:
    """Return the newest issued finance disclosure of a period.

    Raises:
        DisclosureNotFound: nothing was issued for it.
    """
    found = find_published(village_code, period_code)
    if found is None:
        raise DisclosureNotFound
    return found


def find_disclosure(village_code: str, period_code: str) -> Published | None:
    """Return the newest disclosure of a period, issued or still being made, or None; for the township."""
    query = all_disclosures().join(Village, Village.id == Disclosure.village_id).where(Village.code == village_code)
    return first(query.where(Disclosure.period_code == period_code, Disclosure.kind == FINANCE))


def find_of_announcement(announcement_id: int) -> Published | None:
    """Return the disclosure of an announcement, issued or still being made, or None."""
    return first(all_disclosures().where(Disclosure.announcement_id == announcement_id))


def get_affairs(village_code: str, year: int, seq: int) -> Published:
    """Return an issued disclosure of a matter by the year and number that its sheet prints.

    Raises:
        DisclosureNotFound: there is none, or it is not issued.
    """
    query = issued().join(Village, Village.id == Disclosure.village_id).where(Village.code == village_code)
    found = first(query.where(Disclosure.kind == AFFAIRS, Disclosure.year == year, Disclosure.seq == seq))
    if found is None:
        raise DisclosureNotFound
    return found


def get_disclosure(disclosure_id: int) -> Published:
    """Return a disclosure, issued or still being made.

    Raises:
        DisclosureNotFound: there is none.
    """
    found = first(all_disclosures().where(Disclosure.id == disclosure_id))
    if found is None:
        raise DisclosureNotFound
    return found


def find_successor(disclosure_id: int) -> Published | None:
    """Return the issued disclosure that corrects this one, or None."""
    return first(issued().where(Disclosure.replaces_id == disclosure_id))


def get_posted(newest: Published, posting_id: int) -> Published:
    """Return the disclosure that an entry of the posting register is of: this one, or one that it stands in place of.

    Raises:
        PostingNotFound: the register holds none of this id for it.
    """
    query = all_disclosures().join(Posting, Posting.disclosure_id == Disclosure.id).where(Posting.id == posting_id)
    found = first(query.where(Disclosure.id.in_(_of_one_subject(newest))))
    if found is None:
        raise PostingNotFound
    return found


def list_outdated(newest: Published) -> Sequence[Posting]:
    """List where copies still hang of what a newer disclosure of the same subject stands in place of."""
    query = select(Posting).where(
        Posting.disclosure_id.in_(_of_one_subject(newest)), Posting.disclosure_id < newest.id,
        Posting.taken_down_on.is_(None),
    )  # fmt: skip
    return db.session.scalars(query.options(joinedload(Posting.board)).order_by(Posting.id)).all()


def _of_one_subject(newest: Published) -> Select[int]:
    return select(Disclosure.id).where(
        Disclosure.village_id == newest.village_id, Disclosure.kind == newest.kind,
        Disclosure.period_code == newest.period_code,
        Disclosure.announcement_id.is_not_distinct_from(newest.announcement_id),
    )  # fmt: skip


def list_unfinished() -> Sequence[int]:
    """List the ids of disclosures that are frozen and not issued, the oldest first."""
    query = select(Disclosure.id).outerjoin(DisclosureIssue).where(DisclosureIssue.id.is_(None))
    return db.session.scalars(query.order_by(Disclosure.id)).all()


def list_affairs(village_id: int, *, page: int = 1) -> Page[Published]:
    """List what a village has issued of its matters, the latest first."""
    query = issued().where(Disclosure.village_id == village_id, Disclosure.kind == AFFAIRS)
    found = list_page(query, number=page, per_page=12)
    return Page([published(row) for row in found.items], found.number, found.total, found.per_page)


def list_published(village_id: int, *, page: int = 1) -> Page[Published]:
    """List a village's issued finance disclosures, the latest period first."""
    query = issued().where(Disclosure.village_id == village_id, Disclosure.kind == FINANCE)
    query = query.order_by(None).order_by(Disclosure.period_code.desc(), Disclosure.id.desc())
    found = list_page(query, number=page, per_page=12)
    return Page([published(row) for row in found.items], found.number, found.total, found.per_page)


def list_latest(village_ids: Iterable[int]) -> dict[int, Listed]:
    """Return the newest issued disclosure of each village that has one: one query, without the contents."""
    newer = aliased(Disclosure)
    newest = (
        select(func.max(newer.id)).join(DisclosureIssue, DisclosureIssue.disclosure_id == newer.id)
        .where(newer.village_id.in_(list(village_ids)), newer.kind == FINANCE).group_by(newer.village_id)
    )  # fmt: skip
    rows = db.session.execute(
        select(Disclosure.village_id, Disclosure.number, Disclosure.code, Disclosure.period_code, Disclosure.frozen_at)
        .join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id).where(Disclosure.id.in_(newest))
    )  # fmt: skip
    return {row.village_id: Listed(*row) for row in rows}


def list_period(township_code: str, period_codes: Iterable[str]) -> Sequence[Published]:
    """List the issued finance disclosures of a township's villages in some periods, by village and period.

    The township's code may be empty: then of every village.
    """
    query = (
        issued().join(Village, Village.id == Disclosure.village_id)
        .where(Village.code.startswith(township_code), Disclosure.period_code.in_(list(period_codes)))
        .where(Disclosure.kind == FINANCE)
        .order_by(None).order_by(Village.code, Disclosure.period_code, Disclosure.id)
    )  # fmt: skip
    return [published(row) for row in db.session.scalars(query)]


def list_making(period_codes: Iterable[str]) -> Sequence[str]:
    """List the codes of villages whose disclosure for one of the periods is frozen and not issued."""
    query = (
        select(Village.code).join(Disclosure, Disclosure.village_id == Village.id).outerjoin(DisclosureIssue)
        .where(DisclosureIssue.id.is_(None), Disclosure.period_code.in_(list(period_codes)))
        .where(Disclosure.kind == FINANCE)
    )  # fmt: skip
    return db.session.scalars(query.distinct()).all()


def search(text: str, *, page: int = 1) -> Page[Published]:
    """Search villages, numbers and summaries of everything issued, the latest first.

    Several words must all be there.
    """
    query = issued()
    for word in text.lower().split():
        query = query.where(Disclosure.search_text.contains(word, autoescape=True))
    found = list_page(query, number=page, per_page=20)
    return Page([published(row) for row in found.items], found.number, found.total, found.per_page)
