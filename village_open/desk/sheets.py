"""The overviews as tables to take home."""

from collections.abc import Iterable

from village_open.core.periods import Period
from village_open.desk.overviews import TownshipCounts
from village_open.desk.rules import STEP_LABELS, VillageState
from village_open.workbooks.writing import Column, SheetTable


def matrix_table(rows: Iterable[VillageState], period: Period) -> SheetTable:
    """Return how far every village is, the silent ones first."""
    columns = (
        Column("村"),
        Column("统计用区划代码", width=18),
        Column("办到哪一步", width=20),
        Column("退回理由", width=50),
    )
    cells = [(row.village_name, row.village_code, STEP_LABELS[row.state], row.returned_because) for row in rows]
    return SheetTable(f"{period.label}各村进度", columns, cells)


def county_table(rows: Iterable[TownshipCounts], period: Period) -> SheetTable:
    """Return how many villages of each township stand at each step of its own period."""
    columns = (Column("乡镇"), Column("期间", width=16), *(Column(label, "count") for label in STEP_LABELS.values()))
    cells: list[tuple[str | int, ...]] = [
        (row.township.name, row.period.label, *(row.counts[state] for state in STEP_LABELS)) for row in rows
    ]
    return SheetTable(f"{period.label}各镇进度", columns, cells)
