"""The lists of places, people and deeds as tables to take home."""

from collections.abc import Iterable

from village_open.core import clock
from village_open.record.queries import TrailLine
from village_open.villages.models import Role, RoleKind, Village
from village_open.villages.queries.accounts import Account
from village_open.workbooks.writing import Column, SheetTable


def villages_table(villages: Iterable[Village]) -> SheetTable:
    """Return the roster of a township."""
    columns = (
        Column("村"), Column("统计用区划代码", width=18), Column("户数", "count"), Column("人口", "count"),
        Column("会计科目", width=16),
    )  # fmt: skip
    rows = [(v.name, v.code, v.households or None, v.residents or None, f"{v.chart_year} 年制度") for v in villages]
    return SheetTable("村名册", columns, rows)


def people_table(accounts: Iterable[Account]) -> SheetTable:
    """Return the people of a township with what they are today; neither phone nor anything of a password."""
    columns = (Column("姓名"), Column("登录名", width=20), Column("身份", width=60))
    return SheetTable("人员", columns, [(one.name, one.login, "、".join(one.roles)) for one in accounts])


def roles_table(terms: Iterable[Role]) -> SheetTable:
    """Return who is what in a village."""
    columns = (
        Column("姓名"), Column("职务", width=20), Column("组长"), Column("从哪天起", "date"),
        Column("到哪天止", "date"), Column("推选日期", "date"), Column("由哪个会议推选", width=24),
    )  # fmt: skip
    rows = [
        (term.person.name, RoleKind(term.kind).label, "是" if term.is_leader else "", term.starts_on, term.ends_on,
         term.elected_on, term.elected_by)
        for term in terms
    ]  # fmt: skip
    return SheetTable("职务和小组", columns, rows)


def trail_table(lines: Iterable[TrailLine]) -> SheetTable:
    """Return the record as sentences, with the hash of each entry."""
    columns = (
        Column("序号", "count"), Column("时间", width=18), Column("经办人"), Column("做了什么", width=80),
        Column("校验值", width=66),
    )  # fmt: skip
    rows = [(line.seq, clock.china_time(line.at), line.actor_name, line.said, line.sha256) for line in lines]
    return SheetTable("留痕", columns, rows)
