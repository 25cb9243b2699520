"""What a township changes in the catalogue: items of its own, and items that a village does not have."""

from dataclasses import dataclass

from sqlalchemy import func, select

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, hold_lock
from village_open.notices.catalogue import FINANCE, Frequency, Item
from village_open.notices.errors import ExceptionStands, ItemUnfit, LocalItemEnded
from village_open.notices.models import ItemException, LocalItem
from village_open.notices.queries.catalogue import as_item, find_exception
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Township, Village
from village_open.villages.profile_keys import POSTING_FLOOR_DAYS

GROUPS = ("政务", "事务", "财务", "党务")


@dataclass(frozen=True)
class NewItem:
    """An item as a township adds it."""

    label: str
    group: str
    frequency: Frequency
    basis: str
    days: int = 0
    month: int = 0
    posting_days: int = 0


def add_local_item(*, by: Doer, township: Township, item: NewItem) -> LocalItem:
    """Add an item that every village of the township must make public from this quarter on.

    Raises:
        ItemUnfit: a word is missing, or a number cannot be.
    """
    _check(item)
    hold_lock(f"local_item:{township.code}")
    count = db.session.scalar(select(func.count()).where(LocalItem.township_id == township.id)) or 0
    row = LocalItem(
        township_id=township.id, key=f"L{count + 1:02d}", label=item.label.strip(), group=item.group,
        frequency=item.frequency.value, days=item.days if item.frequency in _AFTER else 0,
        month=item.month if item.frequency is Frequency.YEARLY else 0, posting_days=item.posting_days,
        basis=item.basis.strip(), starts_with=Period.of(clock.today()).code,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    rhythm = as_item(row).rhythm
    record_deed(
        chain=township.code, kind="notices.add_local_item", by=by,
        said=f"在公开目录里增加了“{row.label}”，{rhythm}，从{Period.parse(row.starts_with).label}起",
        after={"item": row.label, "frequency": rhythm, "basis": row.basis, "starts_with": row.starts_with},
    )  # fmt: skip
    return row


_AFTER = (Frequency.EVENT, Frequency.CHANGE)


def _check(item: NewItem) -> None:
    if not item.label.strip():
        raise ItemUnfit("请写事项的名称。", "label")
    if not item.basis.strip():
        raise ItemUnfit("请写依据，例如本镇哪一份文件。", "basis")
    if item.group not in GROUPS:
        raise ItemUnfit("请选类别。", "group")
    if item.frequency is Frequency.YEARLY and not 1 <= item.month <= 12:
        raise ItemUnfit("每年公开一次的，请写在几月（1 到 12）。", "month")
    if item.frequency in _AFTER and item.days < 1:
        raise ItemUnfit("有事随时公开的，请写几日内公布。", "days")
    if item.posting_days and item.posting_days < POSTING_FLOOR_DAYS:
        raise ItemUnfit(f"张贴不能少于 {POSTING_FLOOR_DAYS} 日；和其他事项一样的，空着不填。", "posting_days")


def end_local_item(*, by: Doer, township: Township, row: LocalItem) -> None:
    """End an item of the township: it holds to the end of this quarter.

    Raises:
        LocalItemEnded: it was ended before.
    """
    if row.ends_with:
        raise LocalItemEnded(row.label)
    row.ends_with = Period.of(clock.today()).code
    db.session.flush()
    record_deed(
        chain=township.code, kind="notices.end_local_item", by=by,
        said=f"停用了公开目录里的“{row.label}”，用到{Period.parse(row.ends_with).label}为止",
        before={"ends_with": ""}, after={"item": row.label, "ends_with": row.ends_with},
    )  # fmt: skip


def except_item(*, by: Doer, village: Village, item: Item, reason: str, starts_with: Period) -> ItemException:
    """Say that an item does not apply to a village from a quarter on, with the reason.

    Raises:
        ItemUnfit: without a reason, or of the money: that every village has.
        ExceptionStands: it is said already.
    """
    if not reason.strip():
        raise ItemUnfit("请写明为什么不适用，理由会记入留痕。", "reason")
    if item.key == FINANCE:
        raise ItemUnfit("财务收支每个村都要公开。", "reason")
    hold_lock(f"item_exception:{village.code}")
    if find_exception(village.id, item.key, starts_with) is not None:
        raise ExceptionStands(item.label)
    row = ItemException(
        village_id=village.id, item_key=item.key, reason=reason.strip(), starts_with=starts_with.code
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record_deed(
        chain=village.code, kind="notices.except_item", by=by,
        said=f"写明“{item.label}”从{starts_with.label}起不适用于本村，理由：{row.reason}",
        after={"item": item.label, "reason": row.reason, "starts_with": row.starts_with},
    )  # fmt: skip
    return row


def end_exception(*, by: Doer, village: Village, item: Item, row: ItemException, period: Period) -> None:
    """Say that an item applies again from a quarter on."""
    row.ends_with = period.previous.code
    db.session.flush()
    record_deed(
        chain=village.code, kind="notices.end_exception", by=by,
        said=f"写明“{item.label}”从{period.label}起又适用于本村",
        before={"item": item.label, "ends_with": ""}, after={"item": item.label, "ends_with": row.ends_with},
    )  # fmt: skip
