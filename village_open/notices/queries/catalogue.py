"""Reading what a township changes in the catalogue: items of its own, and items that do not apply to a village."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from village_open.core.periods import Period
from village_open.db import db
from village_open.notices.catalogue import Frequency, Item, whole_catalogue
from village_open.notices.errors import ItemNotFound
from village_open.notices.models import ItemException, LocalItem


def list_items(township_id: int, period: Period) -> tuple[Item, ...]:
    """Return the catalogue of a township in a period, in the order of the board: one query."""
    query = select(LocalItem).where(LocalItem.township_id == township_id, holds_in(LocalItem, period))
    return whole_catalogue(as_item(row) for row in db.session.scalars(query.order_by(LocalItem.id)))


def list_local_items(township_id: int) -> Sequence[LocalItem]:
    """List the items that a township has added, the ended ones too; there are a few dozen at most."""
    return db.session.scalars(
        select(LocalItem).where(LocalItem.township_id == township_id).order_by(LocalItem.id)
    ).all()


def list_exceptions(village_ids: Collection[int], period: Period) -> dict[tuple[int, str], ItemException]:
    """Return what does not apply to villages in a period, by village and item: one query."""
    query = select(ItemException).where(ItemException.village_id.in_(village_ids), holds_in(ItemException, period))
    return {(row.village_id, row.item_key): row for row in db.session.scalars(query.order_by(ItemException.id))}


def holds_in(table: type[LocalItem] | type[ItemException], period: Period) -> ColumnElement[bool]:
    """Return the condition that a row holds in a period; both ends are inside, quarters compare by their codes."""
    code = period.quarter.code
    return and_(table.starts_with <= code, or_(table.ends_with == "", table.ends_with >= code))


def get_item(township_id: int, key: str, period: Period) -> Item:
    """Return an item of a township's catalogue.

    Raises:
        ItemNotFound: it holds none of this key in the period.
    """
    found = next((item for item in list_items(township_id, period) if item.key == key), None)
    if found is None:
        raise ItemNotFound
    return found


def get_local_item(township_id: int, key: str) -> LocalItem:
    """Return an item that a township has added.

    Raises:
        ItemNotFound: it has added none of this key.
    """
    found = db.session.scalar(select(LocalItem).where(LocalItem.township_id == township_id, LocalItem.key == key))
    if found is None:
        raise ItemNotFound
    return found


def find_exception(village_id: int, key: str, period: Period) -> ItemException | None:
    """Return why an item does not apply to a village in a period, or None."""
    query = select(ItemException).where(
        ItemException.village_id == village_id, ItemException.item_key == key, holds_in(ItemException, period)
    )
    return db.session.scalars(query.order_by(ItemException.id.desc())).first()


def as_item(row: LocalItem) -> Item:
    """Return an item of a township as the catalogue holds it."""
    return Item(
        key=row.key, group=row.group, label=row.label, frequency=Frequency(row.frequency), basis=row.basis,
        days=row.days, month=row.month, posting_days=row.posting_days, is_local=True,
    )  # fmt: skip
