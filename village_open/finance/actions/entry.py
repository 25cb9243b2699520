"""Entering lines: one write path for the grid, the import and the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import func, select

from village_open.core.canonical import Plain
from village_open.core.money import format_fen
from village_open.db import db, hold_lock
from village_open.db.transactions import ChangedMeanwhile
from village_open.finance.errors import LineNotFound, WrongStage
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, Line, PeriodState
from village_open.finance.queries.periods import list_stocks
from village_open.finance.rules import LineInput, LinesRefused, line_problems
from village_open.record.actions import Doer, record_deed

_KEPT = {"id", "version"}


def save_lines(*, by: Doer, period: FinancePeriod, rows: Sequence[LineInput]) -> list[Line]:
    """Save new and changed rows together: all of them, or none.

    Raises:
        WrongStage: the period was submitted.
        LinesRefused: cells that cannot be saved, each named.
        ChangedMeanwhile: a row was changed by somebody else after this person read it.
    """
    _require_entry(period, "改账")
    _refuse_problems(period, rows)
    known = _known_lines(period, [row.id for row in rows if row.id is not None])
    position = _last_position(period)
    saved, before, after = [], [], []
    for row in rows:
        line = known.get(row.id) if row.id is not None else None
        if line is not None and row.version is not None and line.version_id != row.version:
            raise ChangedMeanwhile
        if line is None:
            position += 1
            line = _new_line(by, period, position)
        else:
            before.append(line_facts(line))
        _fill(line, row)
        line.edited_by_id = by.id
        saved.append(line)
    db.session.add_all(saved)
    db.session.flush()
    after = [line_facts(line) for line in saved]
    if saved:
        record_deed(
            chain=period.village.code, kind="finance.save_lines", by=by,
            said=_said_of_save(period, len(saved) - len(before), len(before)),
            before={"lines": before}, after={"lines": after},
        )  # fmt: skip
    return saved


def _refuse_problems(period: FinancePeriod, rows: Sequence[LineInput]) -> None:
    account_ids = {stock.id for stock in list_stocks(period)}
    sides: dict[str, str] = {key: item.side for key, item in ITEMS.items()}
    problems = [
        problem
        for number, row in enumerate(rows)
        for problem in line_problems(number, row, period=period.period, account_ids=account_ids, item_sides=sides)
    ]
    if problems:
        raise LinesRefused(problems)


def _said_of_save(period: FinancePeriod, added: int, changed: int) -> str:
    parts = [f"录入 {added} 笔"] if added else []
    parts += [f"修改 {changed} 笔"] if changed else []
    return f"在{period.period.label}账里{'，'.join(parts)}"


def remove_line(*, by: Doer, period: FinancePeriod, line_id: int) -> Line:
    """Take a line out before submitting; it can be put back.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: it is not in this period.
    """
    return _set_removed(by, period, line_id, removed=True)


def restore_line(*, by: Doer, period: FinancePeriod, line_id: int) -> Line:
    """Put back a line that was taken out.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: it is not in this period.
    """
    return _set_removed(by, period, line_id, removed=False)


def _set_removed(by: Doer, period: FinancePeriod, line_id: int, *, removed: bool) -> Line:
    _require_entry(period, "改账")
    line = _known_lines(period, [line_id])[line_id]
    line.is_removed = removed
    line.edited_by_id = by.id
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.remove_line" if removed else "finance.restore_line", by=by,
        said=f"{'撤掉' if removed else '恢复'}了一笔账：{line.on:%m-%d} {line.summary}，{format_fen(line.amount_fen)} 元",
        before=line_facts(line) if removed else {}, after={} if removed else line_facts(line),
    )  # fmt: skip
    return line


def count_closing(*, by: Doer, period: FinancePeriod, counted: Mapping[int, int | None]) -> None:
    """Write down what lay in the box or stood on the bank's statement on the last day, in fen by account id.

    Raises:
        WrongStage: the period was submitted.
    """
    _require_entry(period, "改期末实有数")
    balances = db.session.scalars(select(Balance).where(Balance.period_id == period.id)).all()
    before = {str(row.money_account_id): row.counted_fen for row in balances}
    for balance in balances:
        if balance.money_account_id in counted:
            balance.counted_fen = counted[balance.money_account_id]
    db.session.flush()
    after = {str(row.money_account_id): row.counted_fen for row in balances}
    if after != before:
        record_deed(
            chain=period.village.code, kind="finance.count_closing", by=by,
            said=f"填写了{period.period.label}期末实有数", before=before, after=after,
        )  # fmt: skip


def _require_entry(period: FinancePeriod, deed: str) -> None:
    """Hold the period for this deed; on PostgreSQL a second writer waits here."""
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "round", "version_id"])
    if period.stage is not PeriodState.ENTRY:
        raise WrongStage(deed, period.stage.label)


def _known_lines(period: FinancePeriod, ids: Sequence[int]) -> dict[int, Line]:
    rows = db.session.scalars(select(Line).where(Line.period_id == period.id, Line.id.in_(ids))) if ids else ()
    known = {line.id: line for line in rows}
    if len(known) != len(set(ids)):
        raise LineNotFound
    return known


def _last_position(period: FinancePeriod) -> int:
    return db.session.scalar(select(func.max(Line.position)).where(Line.period_id == period.id)) or 0


def _new_line(by: Doer, period: FinancePeriod, position: int) -> Line:
    return Line(period_id=period.id, village_id=period.village_id, position=position, entered_by_id=by.id)


def _fill(line: Line, row: LineInput) -> None:
    for name, value in asdict(row).items():
        if name not in _KEPT:
            setattr(line, name, value.strip() if isinstance(value, str) else value)


def line_facts(line: Line) -> dict[str, Plain]:
    """Return what the record keeps of a line: ints and strings only."""
    names = [name for name in LineInput.__dataclass_fields__ if name not in {"id", "version", "on"}]
    facts: dict[str, Plain] = {name: getattr(line, name) for name in names}
    return {"id": line.id, "on": line.on.isoformat(), **facts}
