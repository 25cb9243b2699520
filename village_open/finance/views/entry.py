"""Entering lines in the grid, with its one save."""

from collections.abc import Mapping

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from village_open.db import transaction
from village_open.finance import actions
from village_open.finance.cells import cells_of
from village_open.finance.doubts import find_doubts_of
from village_open.finance.errors import LinesChanged
from village_open.finance.forms.grid import COLUMNS, GridReading, Ledger, plain_text, read_rows, sent_rows
from village_open.finance.items import EXPENSE_ITEMS, INCOME_ITEMS, ITEMS, suggest_item
from village_open.finance.ledgers import ledger_of
from village_open.finance.models import FinancePeriod, Line, PeriodState
from village_open.finance.moves import find_move, suggest_accounts
from village_open.finance.pages import period_words, place_of
from village_open.finance.queries import get_period, get_statement
from village_open.finance.queries.lines import list_lines_by_id
from village_open.finance.queries.periods import ledger_line, list_choices_of_period, list_ledger_lines
from village_open.finance.statements import CORRECTION, Statement, StatementLine
from village_open.web.words import spoken


def enter_lines(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Show the grid of a period that is being entered."""
    period = get_period(village_code, period_code)
    if period.stage is not PeriodState.ENTRY:
        return redirect(url_for("finance.list_lines", **place_of(period)))
    ledger = ledger_of(period)
    statement, place = get_statement(period), place_of(period)
    return render_template(
        "finance/enter_lines.html", statement=statement, ledger=ledger, rows=_rows(statement, ledger),
        columns={name: spoken(word) for name, word in COLUMNS.items()}, income_items=INCOME_ITEMS,
        expense_items=EXPENSE_ITEMS, removed=list_ledger_lines(period, removed=True),
        lines_url=url_for("finance.show_line", line_id=0, **place).removesuffix("0"), **period_words(period),
    )  # fmt: skip


def _rows(statement: Statement, ledger: Ledger) -> list[tuple[StatementLine, dict[str, str], dict[str, str]]]:
    """Return each line with the texts of its cells and with what is to be looked at again, by cell."""
    names = {account.id: account.name for account in ledger.accounts}
    return [
        (
            row,
            cells_of(row.line, names),
            {doubt.field: doubt.message for doubt in find_doubts_of(row.line, today=ledger.today)},
        )
        for row in statement.lines
        if row.line.kind != CORRECTION
    ]


def save_lines(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Save the rows that were typed, changed or taken out: all of them, or none."""
    payload = request.get_json(silent=True)
    rows, removed = sent_rows(payload), sent_rows(payload, "removed")
    reading = read_rows(rows, ledger_of(get_period(village_code, period_code)))
    if reading.problems:
        return jsonify(problems=[vars(problem) for problem in reading.problems]), 422
    try:
        with transaction():
            period = get_period(village_code, period_code)
            saved = actions.save_lines(by=current_user, period=period, rows=reading.lines)
            for row in removed:
                actions.remove_line(by=current_user, period=period, line_id=row.id or 0, version=row.version)
    except LinesChanged as lost:
        return _theirs(lost, village_code, period_code), 409
    return _answer(saved, reading, get_period(village_code, period_code))


def _answer(saved: list[Line], reading: GridReading, period: FinancePeriod) -> ResponseReturnValue:
    names = _account_names(period)
    rows = [_as_json(line, names) for line in saved]
    return jsonify(rows=rows, warnings=[vars(warning) for warning in reading.warnings])


def _theirs(lost: LinesChanged, village_code: str, period_code: str) -> Response:
    period = get_period(village_code, period_code)
    names = _account_names(period)
    theirs = [_as_json(line, names) for line in list_lines_by_id(period, lost.line_ids)]
    return jsonify(message=lost.message, theirs=theirs)


def _account_names(period: FinancePeriod) -> dict[int, str]:
    return {account.id: account.name for account in list_choices_of_period(period)}


def _as_json(line: Line, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "id": line.id, "version": line.version_id, "removed": line.is_removed, "key": line.draft_key,
        "cells": cells_of(ledger_line(line), names),
    }  # fmt: skip


def suggest_cells(*, village_code: str, period_code: str) -> ResponseReturnValue:
    """Guess the disclosure item of a row or the accounts of a transfer, and the name of its code."""
    ledger = ledger_of(get_period(village_code, period_code))
    code, name, summary, side = (
        plain_text(request.args.get(key, ""))[:200] for key in ("code", "name", "summary", "side")
    )
    name = name or (ledger.chart.name_of(code) if code else "")
    if move := find_move(summary):
        return jsonify(item="", code_name=name, accounts=suggest_accounts(move, ledger.accounts))
    key = suggest_item(code, name, summary, "income" if side == "income" else "expense")
    return jsonify(item=ITEMS[key].label if key else "", code_name=name, accounts=None)
