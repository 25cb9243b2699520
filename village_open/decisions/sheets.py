"""The list of matters as a table to take home."""

from collections.abc import Iterable

from village_open.core import clock
from village_open.decisions.models import Matter, Origin
from village_open.workbooks.writing import Column, SheetTable

CLOSED, DONE = "已终止", "已办完"


def matters_table(matters: Iterable[Matter]) -> SheetTable:
    """Return a village's matters with the step that is due."""
    columns = (
        Column("编号"), Column("事项", width=40), Column("类型", width=24), Column("程序", width=24),
        Column("动议事由"), Column("金额（元）", "money"), Column("现在该办", width=32), Column("提出日期", "date"),
        Column("终止理由", width=40),
    )  # fmt: skip
    rows = [
        (row.reference, row.title, row.type.label, row.procedure.label, Origin(row.origin).label, row.amount_fen,
         _due(row), clock.china_day(row.opened_at), row.withdrawn_reason)
        for row in matters
    ]  # fmt: skip
    return SheetTable("事项清单", columns, rows)


def _due(matter: Matter) -> str:
    if matter.is_withdrawn:
        return CLOSED
    return matter.step_due.label if matter.step_due is not None else DONE
