"""Names as people paste them from a spreadsheet: one a line, then the group, 女, and for how many households."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

WOMAN, MAN = "女", "男"
MOST_HOUSEHOLDS = 999
_HEAD = frozenset({"姓名", "名字"})
_SPACES = re.compile(r"[ \u3000\u00a0,，;；]+")
_NUMBER = re.compile(r"\d+[.、．)）]?")
_NUMBERED = re.compile(r"^\d+[.、．)）]\s*(?=\D)")
_HOUSEHOLDS = re.compile(r"(\d+)户?")
_PRIVATE = re.compile(r"\d{7,}")
_BETWEEN_HANZI = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class TypedMember:
    """One line as it was understood."""

    name: str
    group_name: str = ""
    is_woman: bool = False
    household_count: int = 0


@dataclass(frozen=True)
class Pasted:
    """What was understood of a pasted list, and which lines were not."""

    members: tuple[TypedMember, ...]
    problems: tuple[str, ...]

    @property
    def women(self) -> int:
        """How many are women."""
        return sum(member.is_woman for member in self.members)

    @property
    def households(self) -> int:
        """For how many households all of them speak."""
        return sum(member.household_count for member in self.members)


class _LineUnreadable(Exception):
    """A line holds something that is neither name, group, 女 nor households."""


def read_members(text: str) -> Pasted:
    """Read a pasted list; empty lines, heads and running numbers are passed over."""
    members, problems = [], []
    for number, line in enumerate(text.translate(_NARROW).splitlines(), 1):
        cells = _cells(line)
        if not cells or _HEAD & set(cells):
            continue
        try:
            members.append(_member(cells))
        except _LineUnreadable as unreadable:
            problems.append(_("第 %(number)s 行%(what)s", number=number, what=str(unreadable)))
    return Pasted(tuple(members), tuple(problems))


def _cells(line: str) -> list[str]:
    """Split a line at tabs, or at spaces where there are none, and leave its running number out."""
    line = _NUMBERED.sub("", line.strip())
    parts = line.split("\t") if "\t" in line else _SPACES.split(line)
    cells = [cell for part in parts if (cell := _BETWEEN_HANZI.sub("", part.strip()))]
    if len(cells) > 1 and _NUMBER.fullmatch(cells[0]):
        cells = cells[1:]
    # 王 芳 is one name: two characters set apart so that it stands as wide as three.
    if len(cells) > 1 and len(cells[0]) == len(cells[1]) == 1 and cells[1] not in (WOMAN, MAN):
        cells = [cells[0] + cells[1], *cells[2:]]
    return cells


def _member(cells: list[str]) -> TypedMember:
    name, *rest = cells
    if any(_PRIVATE.search(cell) for cell in cells):
        raise _LineUnreadable(_("有电话或者证件号码，名册里不要写，请删掉。"))
    if _NUMBER.fullmatch(name) or name in (WOMAN, MAN):
        raise _LineUnreadable(_("没有姓名，请补上或者删掉这一行。"))
    group, is_woman, households = "", False, 0
    for cell in rest:
        counted = _HOUSEHOLDS.fullmatch(cell)
        if cell in (WOMAN, MAN):
            is_woman = cell == WOMAN
        elif counted and not households and int(counted[1]) <= MOST_HOUSEHOLDS:
            households = int(counted[1])
        elif not counted and not group:
            group = cell
        else:
            raise _LineUnreadable(_("的“%(cell)s”读不懂；一行只写姓名、组、女、户数。", cell=cell))
    return TypedMember(name, group, is_woman, households)
