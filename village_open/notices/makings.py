"""How far the making of a frozen disclosure's sheets is; between the two transactions only the record tells."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from village_open.db import db
from village_open.finance.models import FinancePeriod
from village_open.notices.models import Disclosure, DisclosureIssue
from village_open.notices.queries import FINANCE, Published
from village_open.record.queries import find_last_deed

FAILED, RESUMED = "notices.fail_issue", "notices.resume_issue"
STEPS = 4
MAKING_STEP = 3
"""Trial and freezing are over when there is a disclosure; the fourth step makes it public at once."""
_USUAL = timedelta(minutes=10)


@dataclass(frozen=True)
class Making:
    """The state of the making: at work, failed with a reason, or silent for longer than it should be."""

    failure: str
    is_slow: bool
    step: int = MAKING_STEP
    steps: int = STEPS

    @property
    def is_at_work(self) -> bool:
        """Whether it is worth waiting for."""
        return not self.failure


def making_of(disclosure: Published, now: datetime) -> Making:
    """Return how far the making of a disclosure is that is frozen and not issued."""
    failure = find_failure(disclosure.village_code, disclosure.number)
    return Making(failure, is_slow=now - disclosure.frozen_at > _USUAL)


def is_making(period: FinancePeriod) -> bool:
    """Tell whether the newest disclosure of a period is frozen and its sheets are not all there."""
    newest = select(func.max(Disclosure.id)).where(
        Disclosure.village_id == period.village_id, Disclosure.period_code == period.code, Disclosure.kind == FINANCE
    )
    issue = (
        select(Disclosure.id)
        .outerjoin(DisclosureIssue)
        .where(Disclosure.id == newest.scalar_subquery(), DisclosureIssue.id.is_(None))
    )
    return db.session.scalar(issue) is not None


def find_failure(village_code: str, number: str) -> str:
    """Return why the sheets of a number could not be made, or nothing when that was never or is being tried again."""
    last = find_last_deed(village_code, (FAILED, RESUMED))
    if last is None or last.kind != FAILED:
        return ""
    after = json.loads(last.body)["after"]
    return str(after["reason"]) if after["number"] == number else ""
