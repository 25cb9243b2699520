"""Entering lines: one write path for the grid, the import and the shell."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import count
from typing import Any

from sqlalchemy import func, select

from village_open.core.canonical import Plain
from village_open.core.money import format_fen
from village_open.db import db, hold_lock
from village_open.finance.actions.carrying import carry_forward
from village_open.finance.errors import CorrectionFixed, LineNotFound, LinesChanged, PeriodChanged, WrongStage
from village_open.finance.items import ITEMS
from village_open.finance.models import Balance, FinancePeriod, Line, LineKind, PeriodState
from village_open.finance.queries.periods import list_stocks
from village_open.finance.rules import LineInput, LinesRefused, line_problems
from village_open.finance.statements import TRANSFER
from village_open.record.actions import Doer, record_deed

_KEPT = {"id", "version", "draft_key"}
"""What identifies a row and is no content of its line."""


def save_lines(*, by: Doer, period: FinancePeriod, rows: Sequence[LineInput]) -> list[Line]:
    """Save new and changed rows together, all of them or none, and return their lines in the order of the rows.

    A new row whose `draft_key` is already kept was sent before: its line is returned and nothing is kept twice.

    Raises:
        WrongStage: the period was submitted.
        LinesRefused: cells that cannot be saved, each named.
        LineNotFound: a row names a line that is not in this period.
        LinesChanged: rows that somebody else changed after this person read them.
        CorrectionFixed: a row changes a correction of earlier periods.
    """
    require_entry(period, "改账")
    _refuse_problems(period, rows)
    lines, sent_before = _lines_of(by, period, rows)
    fresh = [pair for pair in zip(lines, rows, strict=True) if pair[0] not in sent_before]
    names = _account_names(period)
    before = [line_facts(line, names) for line, row in fresh if row.id is not None]
    for line, row in fresh:
        _fill(line, row)
        line.edited_by_id = by.id
    db.session.add_all([line for line, _row in fresh])
    db.session.flush()
    if fresh:
        carry_forward(period)
        record_deed(
            chain=period.village.code, kind="finance.save_lines", by=by,
            said=_said_of_save(period, len(fresh) - len(before), len(before)),
            before={"lines": before}, after={"lines": [line_facts(line, names) for line, _row in fresh]},
        )  # fmt: skip
    return lines


def _lines_of(by: Doer, period: FinancePeriod, rows: Sequence[LineInput]) -> tuple[list[Line], list[Line]]:
    """Find or make the line of each row; the second list holds those that an earlier sending has kept."""
    known = _known_lines(period, [row.id for row in rows if row.id is not None])
    kept = _kept_drafts(period, [row.draft_key for row in rows if row.id is None and row.draft_key])
    changed = [row.id for row in rows if row.id is not None and known[row.id].version_id != row.version]
    changed += [same.id for row in rows if (same := kept.get(row.draft_key or "")) and _differs(same, row)]
    if changed:
        raise LinesChanged(changed)
    position = count(_last_position(period) + 1)
    lines = [
        known[row.id] if row.id is not None else kept.get(row.draft_key or "") or _new_line(by, period, next(position))
        for row in rows
    ]
    return lines, list(kept.values())


def _kept_drafts(period: FinancePeriod, keys: Sequence[str]) -> dict[str, Line]:
    if not keys:
        return {}
    rows = db.session.scalars(select(Line).where(Line.period_id == period.id, Line.draft_key.in_(keys)))
    return {line.draft_key: line for line in rows if line.draft_key}


def _differs(kept: Line, row: LineInput) -> bool:
    """Tell whether a row sent again says something else than what is kept under its draft key."""
    if row.id is not None:
        return False
    return kept.is_removed or any(getattr(kept, name) != value for name, value in _values(row).items())


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


def remove_line(*, by: Doer, period: FinancePeriod, line_id: int, version: int | None = None) -> Line:
    """Take a line out before submitting; it can be put back. `version` is the one that the person looked at.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: it is not in this period.
        LinesChanged: somebody else changed it since.
        CorrectionFixed: it is a correction of earlier periods.
    """
    return _set_removed(by, period, line_id, version, removed=True)


def restore_line(*, by: Doer, period: FinancePeriod, line_id: int) -> Line:
    """Put back a line that was taken out.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: it is not in this period.
        CorrectionFixed: it is a correction of earlier periods.
    """
    return _set_removed(by, period, line_id, None, removed=False)


def _set_removed(by: Doer, period: FinancePeriod, line_id: int, version: int | None, *, removed: bool) -> Line:
    require_entry(period, "改账")
    line = _known_lines(period, [line_id])[line_id]
    if version is not None and version != line.version_id:
        raise LinesChanged([line_id])
    if line.is_removed == removed:
        return line
    line.is_removed = removed
    line.edited_by_id = by.id
    db.session.flush()
    carry_forward(period)
    told = f"{line.on:%m-%d} {line.summary}，{format_fen(line.amount_fen)} 元"
    facts = line_facts(line, _account_names(period))
    record_deed(
        chain=period.village.code, kind="finance.remove_line" if removed else "finance.restore_line", by=by,
        said=f"{'撤掉' if removed else '恢复'}了一笔账：{told}",
        before=facts if removed else {}, after={} if removed else facts,
    )  # fmt: skip
    return line


def count_closing(
    *,
    by: Doer,
    period: FinancePeriod,
    counted: Mapping[int, int | None],
    seen: Mapping[int, int | None] | None = None,
) -> None:
    """Write down what lay in the box or stood on the bank's statement on the last day, in fen by account id.

    `seen` is what the page showed as counted: an account that the person left as it was keeps what is kept now.

    Raises:
        WrongStage: the period was submitted.
        PeriodChanged: somebody else counted the same account differently since; nothing was saved.
    """
    require_entry(period, "改期末实有数")
    before = _counted(period)
    balances = db.session.scalars(select(Balance).where(Balance.period_id == period.id)).all()
    typed = dict(counted) if seen is None else _typed_over(balances, counted, seen)
    for balance in balances:
        if balance.money_account_id in typed:
            balance.counted_fen = typed[balance.money_account_id]
    db.session.flush()
    after = _counted(period)
    if after != before:
        record_deed(
            chain=period.village.code, kind="finance.count_closing", by=by,
            said=f"填写了{period.period.label}期末实有数", before={"counted_fen": before}, after={"counted_fen": after},
        )  # fmt: skip


def _typed_over(
    balances: Sequence[Balance], counted: Mapping[int, int | None], seen: Mapping[int, int | None]
) -> dict[int, int | None]:
    """Return what the person typed over what the page showed; balances have no version of their own."""
    typed = {key: fen for key, fen in counted.items() if fen != seen.get(key)}
    for balance in balances:
        key = balance.money_account_id
        if key in typed and balance.counted_fen not in (seen.get(key), typed[key]):
            raise PeriodChanged
    return typed


def _counted(period: FinancePeriod) -> dict[str, int | None]:
    return {stock.name: stock.counted_fen for stock in list_stocks(period)}


def require_entry(period: FinancePeriod, deed: str) -> None:
    """Hold the period for this deed; on PostgreSQL a second writer waits here.

    Raises:
        WrongStage: the period was submitted.
    """
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "round", "version_id"])
    if period.stage is not PeriodState.ENTRY:
        raise WrongStage(deed, period.stage.label)


def _known_lines(period: FinancePeriod, ids: Sequence[int]) -> dict[int, Line]:
    rows = db.session.scalars(select(Line).where(Line.period_id == period.id, Line.id.in_(ids))) if ids else ()
    known = {line.id: line for line in rows}
    if any(line.kind == LineKind.CORRECTION.value for line in known.values()):
        raise CorrectionFixed
    if len(known) != len(set(ids)):
        raise LineNotFound
    return known


def _last_position(period: FinancePeriod) -> int:
    return db.session.scalar(select(func.max(Line.position)).where(Line.period_id == period.id)) or 0


def _new_line(by: Doer, period: FinancePeriod, position: int) -> Line:
    return Line(period_id=period.id, village_id=period.village_id, position=position, entered_by_id=by.id)


def _fill(line: Line, row: LineInput) -> None:
    for name, value in _values(row).items():
        setattr(line, name, value)
    line.draft_key = line.draft_key or row.draft_key


def _values(row: LineInput) -> dict[str, Any]:
    """Return the columns as they are kept: trimmed, and a transfer under no item."""
    values = {name: value for name, value in asdict(row).items() if name not in _KEPT}
    if row.kind == TRANSFER:
        values["item_key"] = ""
    else:
        values["to_account_id"] = None
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def line_facts(line: Line, account_names: Mapping[int | None, str]) -> dict[str, Plain]:
    """Return what the record keeps of a line: ints and strings only, money accounts by their names too."""
    fields = [name for name in LineInput.__dataclass_fields__ if name not in _KEPT | {"on"}]
    facts: dict[str, Plain] = {name: getattr(line, name) for name in fields}
    facts |= {
        "account": account_names.get(line.account_id, ""),
        "to_account": account_names.get(line.to_account_id, ""),
    }
    return {"id": line.id, "on": line.on.isoformat(), **facts}


def _account_names(period: FinancePeriod) -> dict[int | None, str]:
    return {stock.id: stock.name for stock in list_stocks(period)}
