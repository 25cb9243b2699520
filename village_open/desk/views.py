"""The staff door: what is due for me, the township's matrix, the county's overview."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from village_open.core import clock
from village_open.core.calendars import Calendar
from village_open.core.periods import Period
from village_open.db import db
from village_open.desk.queries import count_states, list_matrix
from village_open.desk.rules import STEP_LABELS, STEP_ORDER, due_period, tasks_for
from village_open.desk.tasks import (
    backup_is_due,
    clock_is_behind,
    deadlines_of,
    running_periods,
    states_for,
    township_of,
)
from village_open.printing.fonts import check_fonts
from village_open.villages.access import roles_of
from village_open.villages.models import RoleKind
from village_open.villages.queries import get_profile, get_township, list_townships


def show_desk() -> ResponseReturnValue:
    """What is due today for the person who is signed in."""
    roles, today = roles_of(current_user), clock.today()
    counties = [role.place_code for role in roles if role.kind == RoleKind.COUNTY_LEADER]
    if counties and len(counties) == len(roles):
        return redirect(url_for("desk.show_county", county_code=counties[0]))
    township = township_of(roles)
    periods = running_periods(township, today)
    tasks = tasks_for(roles, states_for(roles, periods), deadlines_of(township, periods), today)
    return render_template(
        "desk/show_desk.html",
        tasks=tasks,
        today=today,
        labels=STEP_LABELS,
        backup_is_due=backup_is_due(roles),
        clock_is_behind=clock_is_behind(),
        now=clock.now(),
    )


def show_matrix(township_code: str) -> ResponseReturnValue:
    """How far every village of a township is, the silent ones first."""
    township = get_township(township_code)
    asked = request.args.get("period", "")
    kind = get_profile(township, None).period_kind
    period = Period.parse(asked) if asked else due_period(clock.today(), kind)
    deadline = get_profile(township, period).publication_deadline(period, Calendar())
    return render_template(
        "desk/show_matrix.html",
        township=township, period=period, deadline_day=deadline, labels=STEP_LABELS,
        ranks={state: rank for rank, state in enumerate(STEP_ORDER)},
        page=list_matrix(township_code, period, page=request.args.get("page", 1, type=int)),
        counts=count_states([township_code], period)[township_code],
    )  # fmt: skip


def show_county(county_code: str) -> ResponseReturnValue:
    """How far the townships of a county are in the quarter that is due."""
    asked = request.args.get("period", "")
    period = Period.parse(asked) if asked else due_period(clock.today(), "quarter")
    townships = list_townships(county_code, page=request.args.get("page", 1, type=int))
    counts = count_states([township.code for township in townships.items], period)
    return render_template("desk/show_county.html", page=townships, counts=counts, period=period, labels=STEP_LABELS)


def show_health() -> ResponseReturnValue:
    """Answer 200 when the database, the fonts and the data directory are in order."""
    db.session.execute(text("SELECT 1 FROM alembic_version"))
    check_fonts()
    home = current_app.config["SETTINGS"].home
    (home / ".health").touch()
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
