"""The steps of a tender, and from how many wins within which time a winner is listed for the township."""

from collections.abc import Iterable
from datetime import date

TENDER_STEPS = ("budget", "tender_notice", "registration", "bid", "award_notice", "contract")
"""预算 → 公告 → 报名 → 竞价记录 → 中标公示 → 合同."""
_OF_TENDERS_ALONE = frozenset(TENDER_STEPS[1:-1])

WINS_LISTED = 3
"""No law names a number; the township looks from the third win on."""
WITHIN_YEARS = 2


def is_tendered(needs_tender: bool, kinds: Iterable[str]) -> bool:
    """Tell whether a matter runs through a tender: its type asks for one, or one was begun all the same."""
    return needs_tender or not _OF_TENDERS_ALONE.isdisjoint(kinds)


def window_start(on: date) -> date:
    """Return the first day of the two years that end on a day; of 29 February, the last of February."""
    year = on.year - WITHIN_YEARS
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
