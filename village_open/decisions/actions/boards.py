"""The board of a period in the clerk's hands: which items it tells of, and which of them there are none of."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, hold_lock
from village_open.decisions.actions.stages import record_announcement, require_stage
from village_open.decisions.errors import AnnouncedAlready, BoardEmpty, BoardTooEarly, ItemsOnTheWay
from village_open.decisions.models import Announcement, AnnouncementKind, AnnouncementSection, AnnouncementState
from village_open.decisions.queries import find_draft_board, list_sections, list_sections_on_the_way
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Village


@dataclass(frozen=True)
class NewSection:
    """An item as the clerk puts it on the board."""

    item_key: str
    label: str
    is_nothing: bool = False
    note: str = ""


def begin_board(*, by: Doer, village: Village, period: Period, sections: Sequence[NewSection]) -> Announcement:
    """Begin the board of a period with the chosen items.

    Raises:
        BoardEmpty: no item is chosen.
        BoardTooEarly: the period has not begun.
        AnnouncedAlready: a draft lies with the clerk already.
        ItemsOnTheWay: an item is on another board that is being signed.
    """
    hold_lock(f"board:{village.code}:{period.code}")
    if period.first_on > clock.today():
        raise BoardTooEarly(period)
    if find_draft_board(village.id, period.code) is not None:
        raise AnnouncedAlready
    row = Announcement(village_id=village.id, period_code=period.code, kind=AnnouncementKind.BOARD.value)
    row.village = village
    _require_free(village.id, period.code, sections)
    db.session.add(row)
    db.session.flush()
    _put(by, row, sections)
    record_deed(
        chain=village.code, kind="decisions.begin_board", by=by, said=f"起草了{row.name}，{_counted(sections)}",
        after={"announcement": row.id, **_told(sections)},
    )  # fmt: skip
    return row


def change_board(*, by: Doer, announcement: Announcement, sections: Sequence[NewSection]) -> None:
    """Choose anew what a draft tells of.

    Raises:
        AnnouncementAtWrongStage: it was submitted.
        BoardEmpty, ItemsOnTheWay: as `begin_board`.
    """
    hold_lock(f"board:{announcement.village.code}:{announcement.period_code}")
    require_stage(announcement, AnnouncementState.DRAFT, "修改")
    _require_free(announcement.village_id, announcement.period_code, sections)
    for row in list_sections(announcement):
        db.session.delete(row)
    db.session.flush()
    _put(by, announcement, sections)
    record_announcement(
        announcement, by, "change_board", f"修改了{{what}}的栏目，{_counted(sections)}", after=_told(sections)
    )


def _require_free(village_id: int, period_code: str, sections: Sequence[NewSection]) -> None:
    if not sections:
        raise BoardEmpty
    taken = {row.item_key for row in list_sections_on_the_way(village_id, period_code)}
    if found := [one.label for one in sections if one.item_key in taken]:
        raise ItemsOnTheWay(found)


def _put(by: Doer, announcement: Announcement, sections: Sequence[NewSection]) -> None:
    rows = [
        AnnouncementSection(
            announcement_id=announcement.id, village_id=announcement.village_id, item_key=one.item_key,
            is_nothing=one.is_nothing, note=one.note.strip(), entered_by_id=by.id,
        )
        for one in sections
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()


def _counted(sections: Sequence[NewSection]) -> str:
    nothing = sum(one.is_nothing for one in sections)
    return f"共 {len(sections)} 项" + (f"，其中 {nothing} 项写明本期没有" if nothing else "")


def _told(sections: Sequence[NewSection]) -> dict[str, str | int]:
    told: dict[str, str | int] = {"items": "、".join(one.label for one in sections)}
    if nothing := "、".join(one.label for one in sections if one.is_nothing):
        told["nothing"] = nothing
    return told
