"""The lists of this room as tables to take home."""

from collections.abc import Iterable

from village_open.core import clock
from village_open.decisions.models import Matter, Origin
from village_open.decisions.winners import RepeatWinner, WonMatter
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


def repeat_winners_table(winners: Iterable[RepeatWinner]) -> SheetTable:
    """Return who wins again and again in a township, the most frequent first."""
    columns = (
        Column("中标人", width=32), Column("中标几次", "count"), Column("在几个村", "count"),
        Column("一个村最多几次", "count", width=16), Column("金额合计（元）", "money", width=18),
        Column("最早", "date"), Column("最近", "date"),
    )  # fmt: skip
    rows = [
        (row.party, row.wins, row.villages, row.most_in_one_village, row.amount_fen, row.first_on, row.last_on)
        for row in winners
    ]
    return SheetTable("反复中标", columns, rows)


def won_matters_table(won: Iterable[WonMatter]) -> SheetTable:
    """Return the matters behind the numbers of those who win again and again."""
    columns = (
        Column("中标人", width=32), Column("村"), Column("事项编号"), Column("事项", width=40),
        Column("金额（元）", "money", width=18), Column("日期", "date"),
    )  # fmt: skip
    rows = [(row.party, row.village_name, row.reference, row.title, row.amount_fen, row.first_on) for row in won]
    return SheetTable("中标的事项", columns, rows)
