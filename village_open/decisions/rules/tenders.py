"""From how many wins within which time a winner is listed for the township."""

from datetime import date

WINS_LISTED = 3
"""No law names a number; the township looks from the third win on."""
WITHIN_YEARS = 2


def window_start(on: date) -> date:
    """Return the first day of the two years that end on a day; of 29 February, the last of February."""
    year = on.year - WITHIN_YEARS
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
