"""Who wins again and again in one township or village: for the township to look at, not a breach by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, case, func, select

from village_open.db import PER_PAGE, WHOLE, Page, db
from village_open.decisions.models import EventKind, Matter, MatterEvent
from village_open.decisions.rules.tenders import WINS_LISTED, window_start
from village_open.villages.models import Village

_WON = (EventKind.AWARD_NOTICE.value, EventKind.CONTRACT.value)


@dataclass(frozen=True)
class RepeatWinner:
    """A party that won several matters: how many, in how many villages, for how much (fen), from when to when."""

    party: str
    wins: int
    villages: int
    most_in_one_village: int
    amount_fen: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class WonMatter:
    """One matter that a party won: where, which, for how much (fen), on which day."""

    party: str
    village_code: str
    village_name: str
    year: int
    seq: int
    title: str
    amount_fen: int
    first_on: date

    @property
    def reference(self) -> str:
        """How the matter is called in lists."""
        return f"{self.year}-{self.seq}"


def list_repeat_winners(
    township_id: int, *, on: date, village_id: int | None = None, page: int = 1
) -> Page[RepeatWinner]:
    """List who won three matters or more within the two years that end on a day, the most frequent first.

    A matter counts once, whether it holds an award, a contract or both; its amount is that of its contracts, or else of
    its award. Struck events do not count. One statement, whatever the size; a page beyond the last one is empty.
    """
    number = max(1, page)
    statement = _by_party(_by_village(_by_matter(township_id, on, village_id)))
    if page is not WHOLE:
        statement = statement.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    rows = db.session.execute(statement).all()
    items = [
        RepeatWinner(
            row.party, int(row.wins), row.villages, row.most, int(row.amount_fen or 0), row.first_on, row.last_on
        )
        for row in rows
    ]
    return Page(items=items, number=number, total=rows[0].total if rows else 0)


def list_won_matters(township_id: int, parties: Sequence[str], *, on: date) -> dict[str, list[WonMatter]]:
    """List what some parties won within the two years that end on a day, by party, the latest first: one statement."""
    won = _by_matter(township_id, on, None)
    query = (
        select(won, Matter, Village)
        .join(Matter, Matter.id == won.c.matter_id)
        .join(Village, Village.id == won.c.village_id)
        .where(won.c.party.in_(parties))
        .order_by(won.c.first_on.desc(), Village.code, Matter.id.desc())
    )
    found: dict[str, list[WonMatter]] = {party: [] for party in parties}
    for row in db.session.execute(query):
        matter, village = row.Matter, row.Village
        found[row.party].append(
            WonMatter(
                row.party, village.code, village.name, matter.year, matter.seq, matter.title,
                int(row.amount_fen or 0), row.first_on,
            )
        )  # fmt: skip
    return found


def _by_matter(township_id: int, on: date, village_id: int | None) -> Subquery:
    contract = case((MatterEvent.kind == EventKind.CONTRACT.value, MatterEvent.amount_fen))
    award = case((MatterEvent.kind == EventKind.AWARD_NOTICE.value, MatterEvent.amount_fen))
    query = (
        select(
            MatterEvent.party, MatterEvent.village_id, MatterEvent.matter_id,
            func.coalesce(func.sum(contract), func.max(award)).label("amount_fen"),
            func.min(MatterEvent.on).label("first_on"), func.max(MatterEvent.on).label("last_on"),
        )
        .join(Village, Village.id == MatterEvent.village_id)
        .where(Village.township_id == township_id, MatterEvent.kind.in_(_WON), MatterEvent.struck_reason == "")
        .where(MatterEvent.party != "", MatterEvent.on.between(window_start(on), on))
        .group_by(MatterEvent.party, MatterEvent.village_id, MatterEvent.matter_id)
    )  # fmt: skip
    if village_id is not None:
        query = query.where(MatterEvent.village_id == village_id)
    return query.subquery()


def _by_village(won: Subquery) -> Subquery:
    return (
        select(
            won.c.party, func.count().label("wins"), func.sum(won.c.amount_fen).label("amount_fen"),
            func.min(won.c.first_on).label("first_on"), func.max(won.c.last_on).label("last_on"),
        )
        .group_by(won.c.party, won.c.village_id)
        .subquery()
    )  # fmt: skip


def _by_party(won: Subquery) -> Select[Any]:
    wins, last_on = func.sum(won.c.wins), func.max(won.c.last_on)
    return (
        select(
            won.c.party, wins.label("wins"), func.count().label("villages"), func.max(won.c.wins).label("most"),
            func.sum(won.c.amount_fen).label("amount_fen"), func.min(won.c.first_on).label("first_on"),
            last_on.label("last_on"), func.count().over().label("total"),
        )
        .group_by(won.c.party)
        .having(wins >= WINS_LISTED)
        .order_by(wins.desc(), last_on.desc(), won.c.party)
    )  # fmt: skip
