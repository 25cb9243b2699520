"""The lists of places, people and deeds as tables to take home."""

from collections.abc import Iterable

from village_open.core import clock
from village_open.core.periods import Period
from village_open.record.queries import TrailLine
from village_open.villages.models import NoticeBoard, Role, RoleKind, Village, VillageGroup
from village_open.villages.profile import Profile, StoredSetting
from village_open.villages.profile_keys import KEYS
from village_open.villages.queries.accounts import Account
from village_open.villages.queries.roles import Relationship
from village_open.villages.rules import PAPER_WORDS, pages_that_fit
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
    columns = (Column("姓名"), Column("登录名", width=20), Column("身份", width=60), Column("账号", width=18))
    rows = [(one.name, one.login, "、".join(one.roles), _state_of(one)) for one in accounts]
    return SheetTable("人员", columns, rows)


def _state_of(account: Account) -> str:
    if not account.login:
        return "没有账号"
    if account.locked_until:
        return f"锁定到 {clock.china_time(account.locked_until)}"
    return "还没有改初始密码" if account.must_change_password else "正常"


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


def boards_table(boards: Iterable[NoticeBoard]) -> SheetTable:
    """Return the notice boards of a village: where, how large, from how far they are read, what hangs there at once."""
    columns = (
        Column("地点", width=24), Column("宽（毫米）", "count"), Column("高（毫米）", "count"),
        Column("看的距离（毫米）", "count", width=18), Column("用纸"), Column("一次能贴（张）", "count", width=16),
    )  # fmt: skip
    rows = [
        (board.place, board.width_mm, board.height_mm, board.reading_distance_mm, PAPER_WORDS[board.paper],
         pages_that_fit(board.paper, board.width_mm, board.height_mm))
        for board in boards
    ]  # fmt: skip
    return SheetTable("公开栏", columns, rows)


def village_groups_table(groups: Iterable[VillageGroup]) -> SheetTable:
    """Return the groups of villagers of a village."""
    columns = (Column("村民小组", width=24), Column("户数", "count"))
    return SheetTable("村民小组", columns, [(group.name, group.households or None) for group in groups])


def relatives_table(ties: Iterable[Relationship]) -> SheetTable:
    """Return the near relationships declared in a village."""
    columns = (Column("姓名"), Column("关系"), Column("近亲属"))
    return SheetTable("近亲属关系", columns, [(tie.name, tie.relation, tie.relative_name) for tie in ties])


def profile_table(profile: Profile, coming: Iterable[StoredSetting]) -> SheetTable:
    """Return every value of a township's profile with its basis, and what holds from a later period on."""
    columns = (
        Column("类别", width=18), Column("事项", width=24), Column("规定", width=40), Column("依据", width=60),
        Column("从哪一期起改"), Column("改为", width=40), Column("改的依据", width=60),
    )  # fmt: skip
    later = {stored.key: _later(stored) for stored in coming}
    rows = [
        (rule.heading, rule.label, profile.written(key), profile.basis(key), *later.get(key, ("", "", "")))
        for key, rule in KEYS.items()
    ]
    return SheetTable("地方规定", columns, rows)


def trail_table(lines: Iterable[TrailLine]) -> SheetTable:
    """Return the record as sentences, with the hash of each entry."""
    columns = (
        Column("序号", "count"), Column("时间", width=18), Column("经办人"), Column("做了什么", width=80),
        Column("校验值", width=66),
    )  # fmt: skip
    rows = [(line.seq, clock.china_time(line.at), line.actor_name, line.said, line.sha256) for line in lines]
    return SheetTable("留痕", columns, rows)


def _later(stored: StoredSetting) -> tuple[str, str, str]:
    written = KEYS[stored.key].written(stored.setting.value)
    return Period.parse(stored.starts_with).label, written, stored.setting.basis
