"""The demo's township: invented villages, invented people, and the habit of each village."""

from dataclasses import dataclass

COUNTY = ("990101", "云岭县")
TOWNSHIP = ("990101101", "青山镇")
SUPERVISION_PHONE = "0999-8801234"
PASSWORD = "qingshan-2026"
QUARTERS = ("2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3")
PLACES = ("村委会门前", "文化广场东侧", "村卫生室外墙")


@dataclass(frozen=True)
class Habit:
    """What a village is like: how far it comes in each quarter, and what stands out."""

    lines: int = 26
    stops_at: tuple[tuple[str, str], ...] = ()
    """(period, state): how far it came where it did not publish; `silent`: nothing was opened."""
    reserves_in: str = ""
    """The period which the oversight group signed with a reservation."""
    objects_in: str = ""
    """The period published with an objection."""
    many_lines_in: str = ""
    joins_in: str = QUARTERS[0]
    is_paper_only: bool = False
    """Its reviewers have no accounts; they sign on paper."""


@dataclass(frozen=True)
class DemoVillage:
    """A village of the demo."""

    number: int
    name: str
    households: int
    residents: int
    groups: int
    habit: Habit

    @property
    def code(self) -> str:
        """The 12-digit code."""
        return f"{TOWNSHIP[0]}{self.number:03d}"

    @property
    def groups_by_name(self) -> dict[str, int]:
        """The groups of villagers with their households: together as many as the village has."""
        each, left_over = divmod(self.households, self.groups)
        return {f"{_NUMERALS[number]}组": each + (number < left_over) for number in range(self.groups)}


_LAST = QUARTERS[-1]
_NUMERALS = "一二三四五六七八九"
VILLAGES = (
    DemoVillage(200, "李家村", 326, 1142, 6, Habit(stops_at=((_LAST, "open"),))),
    DemoVillage(201, "王家湾村", 412, 1503, 8, Habit()),
    DemoVillage(202, "石桥村", 287, 968, 5, Habit(reserves_in="2026Q2", stops_at=((_LAST, "submitted"),))),
    DemoVillage(203, "柳树坪村", 508, 1820, 9, Habit(many_lines_in="2026Q2", stops_at=((_LAST, "entry"),))),
    DemoVillage(204, "大坪村", 198, 655, 4, Habit(stops_at=((_LAST, "silent"),))),
    DemoVillage(205, "马塘村", 245, 870, 5, Habit(stops_at=(("2026Q2", "submitted"), (_LAST, "silent")))),
    DemoVillage(206, "黄泥岗村", 301, 1077, 6, Habit(objects_in="2026Q2", stops_at=((_LAST, "reviewed"),))),
    DemoVillage(207, "下河村", 176, 590, 4, Habit(lines=14, stops_at=((_LAST, "examined"),))),
    DemoVillage(208, "东岭村", 268, 934, 5, Habit(lines=20, stops_at=((_LAST, "confirmed"),))),
    DemoVillage(209, "白果村", 154, 501, 3, Habit(lines=12, is_paper_only=True, stops_at=((_LAST, "submitted"),))),
    DemoVillage(210, "杨柳店村", 389, 1366, 7, Habit(stops_at=((_LAST, "returned"),))),
    DemoVillage(211, "清水沟村", 223, 760, 4, Habit(lines=18, joins_in="2025Q4")),
)

_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = (
    "桂兰", "建国", "秀英", "志强", "玉梅", "德明", "春花", "国平", "淑芬", "永康", "海燕", "文斌", "月琴", "长福",
    "丽华", "大勇", "素珍", "根生", "翠萍", "守义", "冬梅", "兴旺", "金凤", "立新", "彩霞", "广田", "巧云", "福来",
    "凤英", "新民", "玉兰", "宝山", "秋菊", "占奎", "爱华", "水生", "美玲", "家栋", "红霞", "树林",
)  # fmt: skip


def person_name(index: int) -> str:
    """Return the invented name of the nth person; the first 1,600 differ."""
    return _SURNAMES[index % len(_SURNAMES)] + _GIVEN[(index // len(_SURNAMES) + index * 7) % len(_GIVEN)]
