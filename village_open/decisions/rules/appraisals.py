"""The yearly appraisal of village officers (民主评议): two bad results in a row, and the time between two."""

from collections.abc import Sequence
from datetime import date

UNFIT_IN_A_ROW = 2
"""村民委员会组织法 (2025) article 38: found 不称职 twice in a row, an officer's office ends."""
MONTHS_BETWEEN = 6
"""山东 and 重庆 implementing rules: at least six months between two appraisals."""


def office_ends(found_fit: Sequence[bool]) -> bool:
    """Tell whether the office has ended, from the results of the appraisals in their order (True: 称职)."""
    return any(
        not any(found_fit[start : start + UNFIT_IN_A_ROW]) for start in range(len(found_fit) - UNFIT_IN_A_ROW + 1)
    )


def lies_far_enough(earlier: date, later: date) -> bool:
    """Tell whether an appraisal lies at least six months after the one before."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return (months, later.day) >= (MONTHS_BETWEEN, earlier.day)
