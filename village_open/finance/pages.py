"""What every page of a period shows: the chain with its links, the way back, the next step for this visitor."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from village_open.finance.chain import chain_of
from village_open.finance.models import FinancePeriod, PeriodState
from village_open.villages.access import CLERK, CONFIRMERS, FINANCE_REVIEW, SUPERVISION, TOWNSHIP, VILLAGE
from village_open.web.filters import period_label
from village_open.web.routing import Audience, audience_of

_SHEETS = "sheets_of_period"
_STEP_PAGES = {
    "enter": ("finance.list_lines",),
    "review": ("finance.review_period",),
    "sign": ("finance.sign_page", "finance.sign_period"),
    "check": ("finance.check_page", "finance.check_period"),
    "issue": ("notices.show_issue", "notices.issue_disclosure"),
    "post": ("notices.list_postings", "notices.show_postings"),
}
"""Where a step is done; a page that is not there, or not for this visitor, is no link."""


@dataclass(frozen=True)
class NextDeed:
    """The one primary button of a period's page."""

    label: str
    url: str
    hint: str = ""


def may(audience: Audience, village_code: str) -> bool:
    """Tell whether the signed-in visitor belongs to an audience at this village."""
    return current_user.is_authenticated and audience.admits(current_user, {"village_code": village_code})


def period_words(period: FinancePeriod) -> dict[str, Any]:
    """Return what templates of a period need: place, links, chain and what this visitor may do."""
    place = place_of(period)
    return {
        "period": period,
        "village": period.village,
        "place_args": place,
        "chain": _chain(period),
        "may_enter": may(CLERK, period.village.code) and period.stage is PeriodState.ENTRY,
        "is_clerk": may(CLERK, period.village.code),
        "opens_papers": may(VILLAGE, period.village.code),
        "trail_places": [
            (period.village.name, url_for("finance.show_village", village_code=period.village.code)),
            (period_label(period.period), url_for("finance.show_period", **place)),
        ],
    }


def place_of(period: FinancePeriod) -> dict[str, Any]:
    """Return the two parts of an address that name a period."""
    return {"village_code": period.village.code, "period_code": period.code}


def _chain(period: FinancePeriod) -> list[dict[str, Any]]:
    steps = chain_of(
        period.state, is_returned=bool(period.return_reason), is_checked=bool(period.privacy_checked_by),
        is_making=period.stage is PeriodState.ISSUED and _is_making(period),
    )  # fmt: skip
    place = place_of(period)
    return [{**asdict(step), "url": _first_url(_STEP_PAGES.get(step.key, ()), place)} for step in steps]


def ask_for_sheets(app: Flask, is_making: Callable[[FinancePeriod], bool]) -> None:
    """Let the pages of a published period know whether its sheets are still being made: another room makes them."""
    app.extensions[_SHEETS] = is_making


def _is_making(period: FinancePeriod) -> bool:
    asked: Callable[[FinancePeriod], bool] | None = current_app.extensions.get(_SHEETS)
    return asked is not None and asked(period)


def step_url(step: str, *, village_code: str, period_code: str) -> str:
    """Return where a step of the chain is done, or the page of the period where that is not for this visitor."""
    place: dict[str, Any] = {"village_code": village_code, "period_code": period_code}
    return _first_url(_STEP_PAGES[step], place) or url_for("finance.show_period", **place)


def _first_url(endpoints: tuple[str, ...], place: dict[str, Any]) -> str | None:
    for endpoint in endpoints:
        if endpoint in current_app.view_functions:
            audience = audience_of(current_app, endpoint)
            if audience is not None and may(audience, place["village_code"]):
                return url_for(endpoint, **place)
    return None


def next_deed(period: FinancePeriod, *, has_lines: bool) -> NextDeed | None:
    """Return the next step of the chain when it is this visitor's, or None."""
    place, village = place_of(period), period.village.code
    if period.stage is PeriodState.ENTRY and may(CLERK, village):
        if has_lines:
            return NextDeed(_("核对并提交"), url_for("finance.submit_period", **place))
        return NextDeed(_("开始录入"), url_for("finance.enter_lines", **place))
    whose: dict[PeriodState, tuple[Audience, str, tuple[str, ...]]] = {
        PeriodState.SUBMITTED: (FINANCE_REVIEW, _("逐笔审核"), _STEP_PAGES["review"]),
        PeriodState.REVIEWED: (SUPERVISION, _("审查并签署"), (*_STEP_PAGES["sign"], *_STEP_PAGES["review"])),
        PeriodState.EXAMINED: (CONFIRMERS, _("记录会议结果"), ("finance.confirm_period",)),
        PeriodState.CONFIRMED: (TOWNSHIP, _("审核并签发"), (*_STEP_PAGES["check"], *_STEP_PAGES["issue"])),
        PeriodState.ISSUED: (TOWNSHIP, _("登记张贴"), _STEP_PAGES["post"]),
    }
    audience, label, endpoints = whose.get(period.stage, (TOWNSHIP, "", ()))
    url = _first_url(endpoints, place) if may(audience, village) else None
    return NextDeed(label, url) if url else None
