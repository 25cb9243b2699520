"""The staff door: what is due for me, the township's matrix, the county's overview."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from village_open.core import clock
from village_open.core.calendars import Calendar
from village_open.core.periods import Period
from village_open.db import WHOLE, db
from village_open.desk.announcements import list_waiting_announcements
from village_open.desk.old_sheets import list_old_sheets
from village_open.desk.overviews import count_townships, period_of_all
from village_open.desk.queries import count_states, list_matrix
from village_open.desk.rules import CHAIN_STEPS, STEP_LABELS, STEP_ORDER, due_period, tasks_for
from village_open.desk.sheets import county_table, matrix_table
from village_open.desk.tasks import (
    backup_is_due,
    clock_is_behind,
    deadlines_of,
    running_periods,
    states_for,
    township_of,
)
from village_open.printing.fonts import check_fonts
from village_open.villages.access import TOWNSHIP, roles_of
from village_open.villages.queries import get_profile, get_township, list_townships
from village_open.workbooks.sending import send_table


def show_desk() -> ResponseReturnValue:
    """What is due today for the person who is signed in."""
    roles, today = roles_of(current_user), clock.today()
    counties = [role.place_code for role in roles if role.is_of_county]
    if counties and len(counties) == len(roles):
        return redirect(url_for("desk.show_county", county_code=counties[0]))
    township = township_of(roles)
    periods = running_periods(township, today)
    tasks = tasks_for(roles, states_for(roles, periods), deadlines_of(township, periods), today)
    days = current_app.config["SETTINGS"].backup_reminder_days
    return render_template(
        "desk/show_desk.html",
        tasks=tasks,
        waiting=list_waiting_announcements(current_user.id, roles),
        old_sheets=list_old_sheets(roles),
        today=today,
        labels=STEP_LABELS,
        backup_is_due=backup_is_due(roles, after_days=days),
        backup_reminder_days=days,
        clock_is_behind=clock_is_behind(),
        now=clock.now(),
    )


def show_matrix(township_code: str) -> ResponseReturnValue:
    """How far every village of a township is, the silent ones first."""
    township = get_township(township_code)
    period = _asked() or due_period(clock.today(), get_profile(township, None).period_kind)
    deadline, state = get_profile(township, period).publication_deadline(period, Calendar()), _asked_state()
    return render_template(
        "desk/show_matrix.html",
        township=township, period=period, deadline_day=deadline, labels=STEP_LABELS, steps=CHAIN_STEPS,
        ranks={state: rank for rank, state in enumerate(STEP_ORDER)},
        only=state, page=list_matrix(township_code, period, state=state, page=request.args.get("page", 1, type=int)),
        counts=count_states([township_code], period)[township_code],
        may_print=TOWNSHIP.admits(current_user, {"township_code": township_code}),
    )  # fmt: skip


def show_county(county_code: str) -> ResponseReturnValue:
    """How far the townships of a county are, each in its quarter or month."""
    asked, today = _asked(), clock.today()
    townships = list_townships(county_code, page=request.args.get("page", 1, type=int))
    rows = count_townships(townships.items, asked, today)
    return render_template(
        "desk/show_county.html", page=townships, rows=rows, asked=asked, labels=STEP_LABELS,
        period=period_of_all(rows, asked, today),
    )  # fmt: skip


def export_matrix(township_code: str, ending: str) -> ResponseReturnValue:
    """Hand out how far every village of a township is."""
    township = get_township(township_code)
    period = _asked() or due_period(clock.today(), get_profile(township, None).period_kind)
    rows = list_matrix(township_code, period, state=_asked_state(), page=WHOLE).items
    return send_table(matrix_table(rows, period), ending, f"{township.name}{period.label}各村进度")


def export_county(county_code: str, ending: str) -> ResponseReturnValue:
    """Hand out how far the townships of a county are."""
    asked, today = _asked(), clock.today()
    rows = count_townships(list_townships(county_code, page=WHOLE).items, asked, today)
    period = period_of_all(rows, asked, today)
    return send_table(county_table(rows, period), ending, f"{period.label}各镇进度")


def _asked() -> Period | None:
    """Return the period in the address; without one the page shows what is due."""
    asked = request.args.get("period", "")
    return Period.parse(asked) if asked else None


def _asked_state() -> str:
    """Return the state in the address to which the matrix is narrowed, or nothing."""
    asked = request.args.get("state", "")
    return asked if asked in STEP_LABELS else ""


def show_health() -> ResponseReturnValue:
    """Answer 200 when the database, the fonts and the data directory are in order."""
    db.session.execute(text("SELECT 1 FROM alembic_version"))
    check_fonts()
    home = current_app.config["SETTINGS"].home
    (home / ".health").touch()
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
