"""Who is signed in, where they work, and where they can go: the head of every staff page."""

from typing import Any

from flask import current_app, has_request_context, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.desk.rules import Task, VillageState, due_period
from village_open.finance.pages import step_url
from village_open.villages.access import READERS, roles_of
from village_open.villages.models import RoleKind
from village_open.villages.rules import RoleAt
from village_open.web.words import spoken

VILLAGE_DIGITS = 12
_WORK_PAGES = {
    "silent": "finance.enter_lines",
    "entry": "finance.enter_lines",
    "submitted": "finance.review_period",
    "asked": "finance.review_period",
    "reviewed": "finance.sign_page",
    "examined": "finance.confirm_period",
    "confirmed": "notices.show_issue",
    "issued": "notices.list_postings",
}
"""Where the next step of a state is done."""
_STEP_OF = {
    "entry": "enter", "submitted": "review", "asked": "review", "reviewed": "sign", "examined": "check",
    "confirmed": "issue", "issuing": "issue", "issued": "post", "posted": "post",
}  # fmt: skip
"""The step of the period's chain that stands behind a state."""


def page_nav() -> dict[str, Any]:
    """Give every template the visitor's role and links; the identity room gives the name."""
    if not has_request_context():
        return {}
    if not current_user.is_authenticated:
        return {"staff_url": url_for("desk.show_desk")}
    roles = roles_of(current_user)
    return {
        "staff_url": url_for("desk.show_desk"),
        "role": _("、").join(dict.fromkeys(spoken(RoleKind(role.kind).label) for role in roles)),
        "nav": [(label, url, request.path == url) for label, url in _addresses(_links(roles))],
        "period_url": period_url,
        "cell_url": cell_url,
        "task_url": task_url,
    }


def _addresses(links: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str]]:
    return [(label, current_app.url_for(endpoint, **place)) for label, endpoint, place in links]


def _links(roles: tuple[RoleAt, ...]) -> list[tuple[str, str, dict[str, Any]]]:
    links: list[tuple[str, str, dict[str, Any]]] = [(_("今天要办"), "desk.show_desk", {})]
    seen = set()
    for role in roles:
        code = role.place_code
        if len(code) == VILLAGE_DIGITS:
            links += _village_links(code) if code not in seen else []
        elif role.is_of_county and code not in seen:
            links.append((_("各镇进度"), "desk.show_county", {"county_code": code}))
        elif code not in seen:
            links += _office_links(role)
        seen.add(code)
    return links


def _village_links(code: str) -> list[tuple[str, str, dict[str, Any]]]:
    place = {"village_code": code}
    due = {**place, "period_code": _due_quarter()}
    links = [
        (_("本村账目"), "finance.show_village", place),
        (_("应公开事项"), "notices.show_catalogue", due),
        (_("议事决策"), "decisions.list_matters", place),
        (_("台账"), "registers.list_registers", place),
        (_("人员和公开栏"), "villages.show_village", place),
    ]
    return links if READERS.admits(current_user, place) else []


def _due_quarter() -> str:
    """Return the quarter whose board is due now: the last one that has ended."""
    return due_period(clock.today(), "quarter").code


def _office_links(role: RoleAt) -> list[tuple[str, str, dict[str, Any]]]:
    place = {"township_code": role.place_code}
    links = [
        (_("各村进度"), "desk.show_matrix", place),
        (_("公开覆盖"), "notices.show_coverage", {**place, "period_code": _due_quarter()}),
    ]
    if role.kind == RoleKind.TOWNSHIP_OFFICE:
        links += [(_("村和人员"), "villages.list_villages", place), (_("本镇设置"), "villages.show_profile", place)]
    return links


def period_url(village_code: str, period_code: str, state: str) -> str:
    """Return the page that shows a village's period, or the village where no period is open."""
    if state in ("silent", "outside"):
        return url_for("finance.show_village", village_code=village_code)
    return url_for("finance.show_period", village_code=village_code, period_code=period_code)


def cell_url(row: VillageState, state: str) -> str:
    """Return the page behind a cell of the matrix: where that step is done, as far as the visitor may go."""
    if state not in _STEP_OF:
        return period_url(row.village_code, row.period_code, row.state)
    return step_url(_STEP_OF[state], village_code=row.village_code, period_code=row.period_code)


def task_url(task: Task) -> str:
    """Return the page on which the task is done."""
    if task.state == "silent" and not task.is_open:
        return url_for("finance.show_village", village_code=task.village_code)
    return url_for(_WORK_PAGES[task.state], village_code=task.village_code, period_code=task.period.code)
