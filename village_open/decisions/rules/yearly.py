"""A year's meetings summed (the form of democratic decisions, case 64): sums first, per cent of the sums."""

from collections.abc import Iterable
from dataclasses import dataclass

from village_open.decisions.rules.shares import percent
from village_open.decisions.rules.votes import Tally


@dataclass(frozen=True)
class YearlySum:
    """All meetings of one body in a year; shares are in per cent, of nothing `--`."""

    meetings: int = 0
    due: int = 0
    present: int = 0
    women: int = 0
    agree: int = 0
    oppose: int = 0
    abstain: int = 0
    left_out: int = 0
    """Meetings of which the paper lacks a figure: they are counted, and not summed."""

    @property
    def present_share(self) -> str:
        """Of those due."""
        return percent(self.present, self.due)

    @property
    def women_share(self) -> str:
        """Of those present."""
        return percent(self.women, self.present)

    @property
    def agree_share(self) -> str:
        """Of those present, not of those due."""
        return percent(self.agree, self.present)

    @property
    def oppose_share(self) -> str:
        """Of those present."""
        return percent(self.oppose, self.present)

    @property
    def abstain_share(self) -> str:
        """Of those present."""
        return percent(self.abstain, self.present)


def sum_meetings(tallies: Iterable[Tally]) -> YearlySum:
    """Add the counts of all meetings; a share is that of the sums, never an average of shares."""
    rows = list(tallies)
    whole = [row for row in rows if None not in (row.due, row.present, *row.votes)]

    def total(field: str) -> int:
        return sum(getattr(row, field) or 0 for row in whole)

    return YearlySum(
        meetings=len(rows), due=total("due"), present=total("present"), women=total("women_present"),
        agree=total("agree"), oppose=total("oppose"), abstain=total("abstain"), left_out=len(rows) - len(whole),
    )  # fmt: skip
