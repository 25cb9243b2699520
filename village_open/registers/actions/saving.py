"""Saving rows of a register: all together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from village_open.core.periods import Period
from village_open.db import db
from village_open.finance.rules import CellProblem
from village_open.record.actions import Doer, record_deed
from village_open.registers.actions.carrying import bring_over, carry_on
from village_open.registers.actions.checking import fill_rows
from village_open.registers.actions.places import DRAFT, Place, RowInput, hold_place, told_rows
from village_open.registers.errors import RowCarriedOn, RowsChanged
from village_open.registers.models import RegisterRow
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.registers import ROW
from village_open.villages.models import Village


@dataclass(frozen=True)
class Saved:
    """What a save did: its rows in the order of what was sent, and how many were brought over before."""

    rows: tuple[RegisterRow, ...]
    warnings: tuple[CellProblem, ...] = ()
    carried: int = 0


def save_rows(
    *,
    by: Doer,
    village: Village,
    period_code: str,
    register_key: str,
    rows: Sequence[RowInput],
    removed: Sequence[RowInput] = (),
) -> Saved:
    """Save new and changed rows and take others out, all together or not at all.

    The first save of a period begins with what goes on from the period before.

    Raises:
        RegisterUnknown: no register has this key.
        PeriodNotBegun: the period lies in the future.
        RegisterClosed: the rows, or those of a later period that begin with them, are in a submitted announcement.
        RowsChanged: rows that somebody else changed or took out first.
        RowCarriedOn: a row to be taken out has gone on into a later period.
        RowsRefused: cells that cannot be saved, each named.
    """
    place = hold_place(village, period_code, register_key)
    kept = place.rows()
    carried = [] if kept else bring_over(by, place, kept)
    return _save(by=by, place=place, kept=[*kept, *carried], rows=rows, removed=removed, carried=len(carried))


def _save(
    *,
    by: Doer,
    place: Place,
    kept: Sequence[RegisterRow],
    rows: Sequence[RowInput],
    removed: Sequence[RowInput],
    carried: int,
) -> Saved:
    known = {row.id: row for row in kept}
    _refuse_changed(known, [*rows, *removed])
    before = {row.id: dict(row.cells) for row in kept}
    gone = [known[row.id] for row in removed if row.id is not None]
    _refuse_carried_on(gone)
    mine = [_row_of(by, place, row, kept) for row in rows]
    added = [row for row in mine if row not in kept]
    every = [row for row in (*kept, *added) if row not in gone]
    with db.session.no_autoflush:
        warnings = fill_rows(place, mine, rows, every)
    changed = [row for row in mine if row in kept and row.cells != before[row.id]]
    last = max((row.position for row in kept), default=0)
    for position, row in enumerate(added, last + 1):
        row.position = position
    db.session.add_all(added)
    for row in gone:
        db.session.delete(row)
    db.session.flush()
    carry_on(place, changed)
    if added or changed or gone:
        _record(by, place, {row.id: before[row.id] for row in (*changed, *gone)}, (added, changed, gone))
    return Saved(tuple(mine), tuple(warnings), carried)


def _refuse_changed(known: Mapping[int, RegisterRow], rows: Sequence[RowInput]) -> None:
    named = {row.id: row.version for row in rows if row.id is not None}
    changed = [row_id for row_id, seen in named.items() if row_id not in known or known[row_id].version_id != seen]
    if changed:
        raise RowsChanged(changed)


def _refuse_carried_on(gone: Sequence[RegisterRow]) -> None:
    ids = [row.id for row in gone]
    later = select(RegisterRow.period_code).where(RegisterRow.carried_from_id.in_(ids)).limit(1)
    if gone and (code := db.session.scalar(later)):
        raise RowCarriedOn(Period.parse(code))


def _row_of(by: Doer, place: Place, row: RowInput, kept: Sequence[RegisterRow]) -> RegisterRow:
    """Find the row that is meant: by its id, by its line in a fixed table, or by what the browser called it."""
    for one in kept:
        is_sent_again = row.id is None and row.draft_key and one.cells.get(DRAFT) == row.draft_key
        is_same_line = place.register.fixed_rows and one.cells.get(ROW) == row.cells.get(ROW)
        if row.id == one.id or is_sent_again or is_same_line:
            return one
    return RegisterRow(
        village_id=place.village.id, period_code=place.period.code, register=place.register.key, position=0,
        cells={}, entered_by_id=by.id,
    )  # fmt: skip


def _record(
    by: Doer,
    place: Place,
    before: Mapping[int, Cells],
    done: tuple[Sequence[RegisterRow], Sequence[RegisterRow], Sequence[RegisterRow]],
) -> None:
    added, changed, gone = done
    counts = (("录入", len(added)), ("修改", len(changed)), ("撤掉", len(gone)))
    told = "，".join(f"{word} {count} 行" for word, count in counts if count)
    register, facts = place.register, place.facts()
    record_deed(
        chain=place.village.code, kind="registers.save_rows", by=by, said=f"在{place.label}里{told}",
        before={"rows": told_rows(register, list(before.items()), facts)},
        after={"rows": told_rows(register, [(row.id, row.cells) for row in (*added, *changed)], facts)},
    )  # fmt: skip
