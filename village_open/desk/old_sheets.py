"""Sheets that still hang although a correction stands in their place: each is a task to take it down."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from village_open.db import db
from village_open.notices.models import Disclosure, DisclosureIssue, Posting
from village_open.notices.sheets.kinds import SheetKind
from village_open.villages.models import RoleKind, Village
from village_open.villages.rules import RoleAt

MOST = 50
WHOSE = (RoleKind.CLERK, RoleKind.TOWNSHIP_OFFICE)


@dataclass(frozen=True)
class OldSheet:
    """One copy on one board, with the number of what corrects it."""

    village_code: str
    village_name: str
    place: str
    heading: str
    number: str
    newer_number: str
    posting_id: int
    period_code: str
    announcement_id: int | None

    @property
    def address(self) -> dict[str, str | int]:
        """Where its taking down is written down, as the address names it."""
        of_what: dict[str, str | int] = {"period_code": self.period_code}
        if self.announcement_id is not None:
            of_what = {"announcement_id": self.announcement_id}
        return {"village_code": self.village_code, **of_what, "posting_id": self.posting_id}


def list_old_sheets(roles: Sequence[RoleAt]) -> list[OldSheet]:
    """List what somebody with these roles has to see taken down, the oldest first: one query, fifty at most."""
    mine = [Village.code.startswith(role.place_code) for role in roles if role.kind in WHOSE]
    if not mine:
        return []
    newer = aliased(Disclosure)
    query = (
        select(Posting, Disclosure, newer.number, Village)
        .options(joinedload(Posting.board))
        .join(Disclosure, Disclosure.id == Posting.disclosure_id)
        .join(newer, newer.replaces_id == Disclosure.id)
        .join(DisclosureIssue, DisclosureIssue.disclosure_id == newer.id)
        .join(Village, Village.id == Disclosure.village_id)
        .where(Posting.taken_down_on.is_(None), or_(*mine))
    )
    return [
        OldSheet(
            village.code, village.name, posting.board.place, SheetKind(posting.sheet_kind).heading, old.number, number,
            posting.id, old.period_code, old.announcement_id,
        )
        for posting, old, number, village in db.session.execute(query.order_by(Posting.id).limit(MOST))
    ]  # fmt: skip
