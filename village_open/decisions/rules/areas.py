"""Area per head in a plan about land: how each printed figure was rounded, and whether a column rounds alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_open.decisions.rules.checks import Check

_HUNDREDTHS = 100


@dataclass(frozen=True)
class AreaRow:
    """One row of a plan: people, land in hundredths of a 亩, and the area per head as it was printed."""

    label: str
    people: int
    area_hundredths: int
    printed: str


def check_areas(rows: Sequence[AreaRow]) -> tuple[Check, ...]:
    """Compute the area per head of each row to as many decimals as it prints, rounded half up (case 65).

    A row must have at least one person.
    """
    return tuple(_check(row) for row in rows)


def _check(row: AreaRow) -> Check:
    places = _places(row.printed)
    computed = _per_head(row, places, up=True)
    cut = _per_head(row, places, up=False)
    note = f"按 {places} 位小数四舍五入"
    if row.printed != computed and row.printed == cut:
        note += f"应为 {computed}，印的是去尾的 {cut}"
    return Check(f"{row.label}：{_area(row)} 亩 ÷ {row.people:,} 人", computed, row.printed, note)


def uneven_rounding(rows: Sequence[AreaRow]) -> str:
    """Return the sentence that a column has several numbers of decimals or rounds in several ways, or nothing."""
    places = sorted({_places(row.printed) for row in rows})
    cut = [row.label for row in rows if row.printed != _per_head(row, _places(row.printed), up=True)]
    if len(places) < 2 and not (cut and len(cut) < len(rows)):
        return ""
    told = f"小数有 {'、'.join(map(str, places))} 位的" if len(places) > 1 else ""
    told += f"{'，' if told and cut else ''}{'、'.join(cut)}没有四舍五入" if cut else ""
    return f"同一列的人均亩数取舍不一：{told}"


def _per_head(row: AreaRow, places: int, *, up: bool) -> str:
    """Divide in whole numbers, half up or cut off."""
    scaled, under = row.area_hundredths * 10**places, row.people * _HUNDREDTHS
    number = (2 * scaled + under) // (2 * under) if up else scaled // under
    digits = f"{number:0{places + 1}d}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _places(printed: str) -> int:
    return len(printed.partition(".")[2])


def _area(row: AreaRow) -> str:
    return f"{row.area_hundredths // _HUNDREDTHS}.{row.area_hundredths % _HUNDREDTHS:02d}"
