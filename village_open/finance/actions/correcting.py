"""以前期更正: the lines that carry a late period's difference into those still being entered."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from village_open.core.canonical import Plain
from village_open.core.money import format_fen
from village_open.db import db, hold_lock
from village_open.finance.actions.carrying import carry_forward
from village_open.finance.corrections import Correction, corrections_of
from village_open.finance.models import Balance, FinancePeriod, Line, LineKind, PeriodState
from village_open.finance.queries.corrections import list_chain, list_numbers
from village_open.record.actions import Doer, record_deed

_FIRST = -1
"""Before every line of the first day."""


def settle_corrections(*, by: Doer, period: FinancePeriod) -> None:
    """Bring what earlier periods owe into this period and those after it, as far as they are being entered.

    Call it after every deed that publishes a period, opens one, or gives one back; doing it again changes nothing.
    """
    periods, chain = list_chain(period.village)
    owed = corrections_of(chain)
    for row in periods:
        if row.code in owed and row.period.first_on >= period.period.first_on:
            _keep(by, row, owed[row.code])


def _keep(by: Doer, period: FinancePeriod, owed: Sequence[Correction]) -> None:
    kept = {line.draft_key: line for line in _lines(period)}
    if not owed and not kept:
        return
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "round", "version_id"])
    if period.stage is not PeriodState.ENTRY:
        return
    before = [_facts(line) for line in kept.values() if not line.is_removed]
    numbers = list_numbers(period.village) if owed else {}
    for one in owed:
        line = kept.pop(one.seam.key, None) or _new(by, period, one)
        line.amount_fen, line.summary, line.note, line.is_removed = one.fen, one.summary, one.note(numbers), False
    for line in kept.values():
        line.is_removed = True
    db.session.flush()
    carry_forward(period)
    _record(by, period, before)


def _record(by: Doer, period: FinancePeriod, before: list[dict[str, Plain]]) -> None:
    lines = [line for line in _lines(period) if not line.is_removed]
    after = [_facts(line) for line in lines]
    if after == before:
        return
    told = "、".join(f"{format_fen(line.amount_fen)} 元（{line.note}）" for line in lines)
    said = f"把以前期更正列入{period.period.label}：{told}" if lines else f"撤下了{period.period.label}的以前期更正"
    record_deed(
        chain=period.village.code, kind="finance.carry_correction", by=by, said=said,
        before={"lines": before}, after={"lines": after},
    )  # fmt: skip


def _lines(period: FinancePeriod) -> Iterable[Line]:
    where = (Line.period_id == period.id, Line.kind == LineKind.CORRECTION.value)
    return db.session.scalars(select(Line).where(*where).order_by(Line.position, Line.id)).all()


def _new(by: Doer, period: FinancePeriod, one: Correction) -> Line:
    account_id = one.seam.account_id
    balance = select(Balance.id).where(Balance.period_id == period.id, Balance.money_account_id == account_id)
    if db.session.scalar(balance) is None:
        db.session.add(Balance(period_id=period.id, money_account_id=account_id, opening_fen=0))
    line = Line(
        period_id=period.id, village_id=period.village_id, position=_FIRST, on=period.period.first_on,
        kind=LineKind.CORRECTION.value, account_id=account_id, draft_key=one.seam.key,
        entered_by_id=by.id, edited_by_id=by.id,
    )  # fmt: skip
    db.session.add(line)
    return line


def _facts(line: Line) -> dict[str, Plain]:
    return {"key": line.draft_key, "amount_fen": line.amount_fen, "summary": line.summary, "note": line.note}
