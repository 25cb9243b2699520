"""The two sheet kinds, and how large their type is on which paper."""

from enum import StrEnum

from village_open.printing.paper import MM_PER_PT, Paper

FLOOR_PT = 14.0
"""5 mm for 1.5 m: what old eyes still read standing before a board."""
FLOOR_DISTANCE_MM = 1500
HAND_OUT_PT = 10.5
"""五号, the type of a hand-out held in the hand."""
_LARGER = (2.0, 1.7, 1.5, 18 / 14, 16 / 14)
"""Where the pages have room the type grows: 18 pt for 14, and further on large paper with few lines."""


class SheetKind(StrEnum):
    """What a finance disclosure is printed as."""

    FINANCE_LINES = "finance_lines"
    FINANCE_SUMMARY = "finance_summary"

    @property
    def heading(self) -> str:
        """The name of the sheet, as its title says it after place and period."""
        return {"finance_lines": "财务收支逐笔公开表", "finance_summary": "财务公开榜"}[self.value]


def is_hand_out(reading_distance_mm: int) -> bool:
    """Tell whether the sheet is held in the hand, not read from a wall."""
    return reading_distance_mm <= 0


def least_type_pt(reading_distance_mm: int) -> float:
    """Return the floor of the body type: 14 pt for 1.5 m and in proportion, never under a hand-out's."""
    return max(HAND_OUT_PT, FLOOR_PT * reading_distance_mm / FLOOR_DISTANCE_MM)


def larger_types_pt(least_pt: float) -> tuple[float, ...]:
    """Return the sizes above the floor that are tried, largest first."""
    return tuple(round(least_pt * factor, 2) for factor in _LARGER)


def width_in_em(paper: Paper, type_pt: float) -> float:
    """Return the width between the margins in em of the body type."""
    return paper.content_width_mm / (type_pt * MM_PER_PT)
