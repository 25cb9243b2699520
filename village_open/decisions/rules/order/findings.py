"""Every check of order and dates, one after the other.

The checks are those that software for village project papers runs (决议公示 not before the meeting, the result from the
day after acceptance, no contract while the resolution hangs), and the law's days of notice and posting.
"""

from village_open.decisions.rules.order.facts import Chronicle, Finding
from village_open.decisions.rules.order.meetings import of_meetings
from village_open.decisions.rules.order.postings import of_postings
from village_open.decisions.rules.order.works import of_money, of_tender, of_works


def findings_of(chronicle: Chronicle) -> tuple[Finding, ...]:
    """Return every breach of order and dates, in the order of the procedure."""
    return (
        *of_meetings(chronicle),
        *of_postings(chronicle),
        *of_tender(chronicle),
        *of_works(chronicle),
        *of_money(chronicle),
    )
