"""What the board of a period says: the sections chosen by the clerk, from registers, matters and words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from village_open.core.canonical import Plain
from village_open.core.privacy import masked
from village_open.db import db
from village_open.decisions.models import Announcement, AnnouncementKind, AnnouncementSection, AnnouncementState
from village_open.decisions.queries import list_sections
from village_open.notices.board_matters import MattersOfPeriod, read_matters, tables_of_matters
from village_open.notices.board_panel import PANEL, build_panel
from village_open.notices.catalogue import FINANCE, VERSION, Item, Source, national_items
from village_open.notices.contents import Content
from village_open.notices.errors import NothingContradicted, SectionsUntold
from village_open.notices.queries.catalogue import list_items
from village_open.registers.queries import list_hands
from village_open.registers.rules.printing import Table
from village_open.registers.tables import build_tables


def build_board(announcement: Announcement) -> Content:
    """Build what the board of a period says today; texts are masked, names are snapshots.

    Section 一 is not in it: the money was signed with its own disclosure, and is copied when the board is frozen.
    """
    village, period = announcement.village, announcement.period
    chosen = _chosen(announcement)
    keys = {PANEL, *(key for item, _row in chosen for key in item.registers)}
    tables = build_tables(village=village, period_code=period.code, keys=sorted(keys))
    found = read_matters(village.id, period)
    return {
        "kind": announcement.kind,
        "heading": announcement.label,
        "catalogue": VERSION,
        "note": masked(announcement.note),
        "panel": {"rows": [[word, text] for word, text in build_panel(village, period, tables[PANEL])]},
        "sections": [_section(item, row, tables, found) for item, row in chosen],
    }


def _chosen(announcement: Announcement) -> list[tuple[Item, AnnouncementSection]]:
    """Return the sections in the order of the catalogue, which is that of the board."""
    rows = {row.item_key: row for row in list_sections(announcement)}
    items = list_items(announcement.village.township_id, announcement.period)
    return [(item, rows[item.key]) for item in items if item.key in rows]


def _section(
    item: Item, row: AnnouncementSection, tables: Mapping[str, Sequence[Table]], found: MattersOfPeriod
) -> dict[str, Plain]:
    of_registers = [table for key in item.registers for table in tables[key]]
    own: list[Any] = [*tables_of_matters(item.key, found), *of_registers]
    is_shown = row.is_nothing or any(table["rows"] for table in own)
    return {
        "item": item.key,
        "order": item.order,
        "sheet": item.sheet,
        "heading": item.label,
        "group": item.group,
        "basis": item.basis,
        "nothing": row.is_nothing,
        "note": masked(row.note),
        "tables": own if is_shown else [],
    }


def longest_posting(announcement: Announcement) -> int:
    """Return how many days the board must hang because of one of its items; nought: as the profile says."""
    return max((item.posting_days for item, _row in _chosen(announcement)), default=0)


def list_board_hands(announcement: Announcement) -> frozenset[int]:
    """Return the ids of those who chose the sections, typed their rows, or entered the matters that they tell of."""
    rows, chosen = list_sections(announcement), [item for item, _row in _chosen(announcement)]
    keys = {PANEL, *(key for item in chosen for key in item.registers)}
    typed = list_hands(announcement.village_id, announcement.period.code, sorted(keys))
    if any(item.source is Source.MATTERS for item in chosen):
        typed |= read_matters(announcement.village_id, announcement.period).hands
    return typed | {row.entered_by_id for row in rows}


def require_board(announcement: Announcement, told: Content) -> None:
    """Hold that every chosen section has rows or words, or says that there is nothing.

    Raises:
        SectionsUntold: it has neither.
        NothingContradicted: it has rows and says that there is nothing.
    """
    sections = list(_sections_of(told))
    if untold := [str(one["heading"]) for one in sections if not (one["nothing"] or one["tables"] or one["note"])]:
        raise SectionsUntold(untold)
    if contradicted := [str(one["heading"]) for one in sections if one["nothing"] and _has_rows(one)]:
        raise NothingContradicted(contradicted)
    if not sections:
        raise SectionsUntold([announcement.label])


def _has_rows(section: Mapping[str, Any]) -> bool:
    return any(table["rows"] for table in section["tables"])


def is_register_closed(village_id: int, period_code: str, register: str) -> bool:
    """Tell whether the rows of a register went into a board that was submitted; it is open again when it comes back."""
    holding = [item.key for item in national_items() if register in item.registers]
    query = (
        select(AnnouncementSection.id)
        .join(Announcement, Announcement.id == AnnouncementSection.announcement_id)
        .where(Announcement.village_id == village_id, Announcement.period_code == period_code)
        .where(Announcement.kind == AnnouncementKind.BOARD.value, Announcement.state != AnnouncementState.DRAFT.value)
    )
    if register != PANEL:
        query = query.where(AnnouncementSection.item_key.in_(holding))
    return db.session.scalar(query.limit(1)) is not None


def _sections_of(told: Content) -> Iterable[Mapping[str, Any]]:
    sections: Any = told["sections"]
    return (one for one in sections if one["item"] != FINANCE)
