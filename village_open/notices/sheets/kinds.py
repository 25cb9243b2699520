"""What a disclosure is printed as, and how large its type is on which paper."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from village_open.printing.paper import MM_PER_PT, Paper

FLOOR_PT = 14.0
"""5 mm for 1.5 m: what old eyes still read standing before a board."""
FLOOR_DISTANCE_MM = 1500
HAND_OUT_PT = 10.5
"""五号, the type of a hand-out held in the hand."""
_LARGER = (2.0, 1.7, 1.5, 18 / 14, 16 / 14)
"""Where the pages have room the type grows: 18 pt for 14, and further on large paper with few lines."""


class SheetKind(StrEnum):
    """What a disclosure is printed as: finance as two sheets, a matter as one of its own kind, the board as four."""

    FINANCE_LINES = "finance_lines"
    FINANCE_SUMMARY = "finance_summary"
    MEETING_NOTICE = "meeting_notice"
    RESOLUTION = "resolution"
    LEVY_PLAN = "levy_plan"
    RESULT = "result"
    SECTIONS = "sections"
    BOARD_1 = "board_1"
    BOARD_2 = "board_2"
    BOARD_3 = "board_3"

    @property
    def heading(self) -> str:
        """The name of the sheet, as its title says it after place and period."""
        return {
            "finance_lines": "财务收支逐笔公开表", "finance_summary": "财务公开榜", "meeting_notice": "会议通知",
            "resolution": "决议公开", "levy_plan": "一事一议筹资筹劳方案", "result": "实施结果公开",
            "sections": "村务公开分项表", "board_1": "村务公开栏（一）", "board_2": "村务公开栏（二）",
            "board_3": "村务公开栏（三）",
        }[self.value]  # fmt: skip


FINANCE_KINDS = (SheetKind.FINANCE_LINES, SheetKind.FINANCE_SUMMARY)
BOARD = "board"
"""The kind of an announcement that tells the sections of the village's board."""
COMPOSITES = {SheetKind.BOARD_1: 1, SheetKind.BOARD_2: 2, SheetKind.BOARD_3: 3}
"""The composite sheets by the number that a section names."""


def kinds_of(content: Mapping[str, Any]) -> tuple[SheetKind, ...]:
    """Return the sheets that frozen content is printed as."""
    told = content.get("announcement")
    if told is None:
        return FINANCE_KINDS
    return _board_kinds(told) if told["kind"] == BOARD else (SheetKind(told["kind"]),)


def _board_kinds(told: Mapping[str, Any]) -> tuple[SheetKind, ...]:
    """Return the sections one by one, and each composite sheet on which something stands."""
    filled = {section["sheet"] for section in told["sections"]} | ({1} if told["finance"] else set())
    composites = (kind for kind, sheet in COMPOSITES.items() if sheet in filled)
    return (*([SheetKind.SECTIONS] if told["sections"] else []), *composites)


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
