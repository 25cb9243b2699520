"""The list of registers of a period and the grid of one, with its one save."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.finance.forms.grid import SentRow, sent_rows
from village_open.registers import actions
from village_open.registers.actions import RowInput, Saved
from village_open.registers.errors import RowsChanged, RowsRefused
from village_open.registers.forms.grid import grid_columns, read_sent
from village_open.registers.pages import (
    choices_of,
    gone_as_json,
    grid_rows,
    list_registers_of,
    page_words,
    proven_accounts,
    row_as_json,
    shown_table,
)
from village_open.registers.queries import facts_of, find_earlier_periods, list_rows, read_registers
from village_open.registers.rules.declared.money import CASH_PROOFS
from village_open.registers.rules.every import get_register
from village_open.registers.rules.printing import print_table
from village_open.registers.rules.registers import ROW, Facts, Register
from village_open.villages.models import Village
from village_open.villages.queries import get_village


def list_registers(*, village_code: str, period_code: str = "") -> ResponseReturnValue:
    """List the registers of a period; without one, of the last quarter that has ended."""
    village = get_village(village_code)
    period = Period.parse(period_code) if period_code else Period.of(clock.today()).previous
    groups = list_registers_of(village, period)
    return render_template("registers/list_registers.html", groups=groups, **page_words(village, period))


def show_register(*, village_code: str, period_code: str, register_key: str) -> ResponseReturnValue:
    """Show the rows of a register: the grid for the clerk, and how they will print."""
    village, period, register = _asked(village_code, period_code, register_key)
    known, facts = read_registers(village, period.code, [register.key])
    rows = known[register.key]
    earlier = find_earlier_periods(village.id, period, [register.key]) if register.carry and not rows else {}
    return render_template(
        "registers/show_register.html",
        rows=grid_rows(register, rows),
        columns=[(column, column.key in register.formulas) for column in register.columns if column.key != ROW],
        choices=choices_of(register, facts),
        printed=shown_table(print_table(register, [row.cells for row in rows], facts)),
        earlier=Period.parse(earlier[register.key]) if earlier else None,
        accounts=proven_accounts(village, facts) if register is CASH_PROOFS else (),
        ceiling_fen=facts.cash_ceiling_fen,
        **page_words(village, period, register),
    )  # fmt: skip


def save_rows(*, village_code: str, period_code: str, register_key: str) -> ResponseReturnValue:
    """Save the rows that were typed, changed or taken out: all of them, or none."""
    payload = request.get_json(silent=True)
    _village, period, register = _asked(village_code, period_code, register_key)
    names = [column.key for column in grid_columns(register)]
    rows, removed = (sent_rows(payload, name, columns=names) for name in ("rows", "removed"))
    reading = read_sent(rows, register, period)
    if reading.problems:
        return jsonify(problems=[vars(problem) for problem in reading.problems]), 422
    inputs = [RowInput(cells, *_named(row)) for cells, row in zip(reading.cells, rows, strict=True)]
    gone = [RowInput({}, *_named(row)) for row in removed]
    try:
        with transaction():
            saved = actions.save_rows(
                by=current_user, village=get_village(village_code), period_code=period.code,
                register_key=register_key, rows=inputs, removed=gone,
            )  # fmt: skip
    except RowsRefused as refused:
        return jsonify(problems=[vars(problem) for problem in refused.problems]), 422
    except RowsChanged as lost:
        return jsonify(message=lost.message, theirs=_theirs(lost, village_code, period, register)), 409
    return _answer(saved, village_code, period, register)


def _named(row: SentRow) -> tuple[int | None, int | None, str | None]:
    return row.id, row.version, row.draft_key


def _facts(village_code: str, period: Period, register: Register) -> Facts:
    village = get_village(village_code)
    return facts_of(village, period.code, [register], list_rows(village.id, period.code, register.needs))


def _answer(saved: Saved, village_code: str, period: Period, register: Register) -> ResponseReturnValue:
    facts = _facts(village_code, period, register)
    return jsonify(
        rows=[row_as_json(register, row, facts) for row in saved.rows],
        warnings=[vars(warning) for warning in saved.warnings],
        reload=bool(saved.carried) or any(row.adds for row in register.fixed_rows),
    )


def _theirs(lost: RowsChanged, village_code: str, period: Period, register: Register) -> list[dict[str, object]]:
    village = get_village(village_code)
    kept = {row.id: row for row in list_rows(village.id, period.code, [register.key])[register.key]}
    facts = _facts(village_code, period, register)
    return [
        row_as_json(register, kept[row_id], facts) if row_id in kept else gone_as_json(row_id)
        for row_id in lost.row_ids
    ]


def carry_rows(*, village_code: str, period_code: str, register_key: str) -> ResponseReturnValue:
    """Bring over what goes on from the period before."""
    with transaction():
        village = get_village(village_code)
        count = actions.carry_rows(by=current_user, village=village, period_code=period_code, register_key=register_key)
    flash(_("接过来 %(count)s 行。", count=count), "success")
    place: dict[str, Any] = {"village_code": village_code, "period_code": period_code, "register_key": register_key}
    return redirect(url_for("registers.show_register", **place), 303)


def _asked(village_code: str, period_code: str, register_key: str) -> tuple[Village, Period, Register]:
    return get_village(village_code), Period.parse(period_code), get_register(register_key)
