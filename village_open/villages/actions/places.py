"""Entering places: a township with its county, villages, groups of villagers, notice boards."""

from village_open.core.errors import InputError
from village_open.db import db
from village_open.record.actions import Doer, record_deed
from village_open.villages.actions.profiles import seed_profile
from village_open.villages.models import County, NoticeBoard, Township, Village, VillageGroup
from village_open.villages.queries import find_county, find_township, find_village, list_village_groups
from village_open.villages.rules import (
    COUNTY_DIGITS,
    PAPER_WORDS,
    TOWNSHIP_DIGITS,
    VILLAGE_DIGITS,
    checked_code,
    fitting_papers,
)


class PlaceAlreadyEntered(InputError):
    """A place of this code is known."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"代码 {code} 已经是{name}了，请核对。", "code")


class NameMissing(InputError):
    """A place without a name."""

    def __init__(self) -> None:
        super().__init__("请填写名称。", "name")


class VillageGroupAlreadyEntered(InputError):
    """The village has a group of villagers of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"已经有“{name}”了。", "name")


class PaperTooLarge(InputError):
    """One page of the paper does not fit on the board."""

    def __init__(self, paper: str, fitting: tuple[str, ...]) -> None:
        words = "、".join(PAPER_WORDS[fits] for fits in fitting) or "没有"
        super().__init__(f"{PAPER_WORDS[paper]}一页也贴不下；这块栏贴得下的纸：{words}。", "paper")


def add_township(
    *, by: Doer, code: str, name: str, county_name: str, jurisdiction: str, supervision_phone: str = ""
) -> Township:
    """Enter a township, its county where it is new, and the profile of its place.

    Raises:
        InputError: the code is not nine digits or is taken, or the name is missing.
    """
    code = checked_code(code, inside="", digits=TOWNSHIP_DIGITS)
    if known := find_township(code):
        raise PlaceAlreadyEntered(code, known.name)
    county = find_county(code[:COUNTY_DIGITS]) or County(code=code[:COUNTY_DIGITS], name=_name(county_name))
    township = Township(
        county=county, code=code, name=_name(name), jurisdiction=jurisdiction, supervision_phone=supervision_phone
    )
    db.session.add(township)
    db.session.flush()
    seed_profile(township=township)
    record_deed(
        chain=code, kind="villages.add_township", by=by,
        said=f"登记了{county.name}{township.name}（{code}），按{jurisdiction}的规定起步",
        after={"code": code, "name": township.name, "jurisdiction": jurisdiction},
    )  # fmt: skip
    return township


def add_village(
    *,
    by: Doer,
    township: Township,
    code: str,
    name: str,
    households: int = 0,
    residents: int = 0,
    chart_year: int = 2023,
) -> Village:
    """Enter a village of a township.

    Raises:
        InputError: the code is not twelve digits, lies in another township or is taken; the name is missing.
    """
    code = checked_code(code, inside=township.code, digits=VILLAGE_DIGITS)
    if known := find_village(code):
        raise PlaceAlreadyEntered(code, known.name)
    village = Village(
        township=township,
        code=code,
        name=_name(name),
        households=households,
        residents=residents,
        chart_year=chart_year,
    )
    db.session.add(village)
    db.session.flush()
    record_deed(
        chain=code, kind="villages.add_village", by=by, said=f"登记了{township.name}{village.name}（{code}）",
        after={"code": code, "name": village.name, "households": households, "residents": residents},
    )  # fmt: skip
    return village


def add_village_group(*, by: Doer, village: Village, name: str, households: int = 0) -> VillageGroup:
    """Enter a group of villagers (村民小组) of a village.

    Raises:
        InputError: the name is missing or taken.
    """
    name = _name(name)
    if name in {group.name for group in list_village_groups(village.id)}:
        raise VillageGroupAlreadyEntered(name)
    group = VillageGroup(village_id=village.id, name=name, households=households)
    db.session.add(group)
    db.session.flush()
    record_deed(
        chain=village.code, kind="villages.add_village_group", by=by, said=f"登记了村民小组“{name}”，{households} 户",
        after={"name": name, "households": households},
    )  # fmt: skip
    return group


def add_board(
    *, by: Doer, village: Village, place: str, width_mm: int, height_mm: int, reading_distance_mm: int, paper: str
) -> NoticeBoard:
    """Enter a notice board of a village.

    Raises:
        PaperTooLarge: one page of the paper does not fit on it.
    """
    board = NoticeBoard(village_id=village.id)
    _fill(board, place, (width_mm, height_mm), reading_distance_mm, paper)
    db.session.add(board)
    db.session.flush()
    record_deed(
        chain=village.code, kind="villages.add_board", by=by,
        said=f"登记了公开栏“{board.place}”，{_size(board)}", after=_facts(board),
    )  # fmt: skip
    return board


def change_board(
    *, by: Doer, village: Village, board: NoticeBoard, place: str, width_mm: int, height_mm: int,
    reading_distance_mm: int, paper: str,
) -> NoticeBoard:  # fmt: skip
    """Correct what is known of a notice board.

    Raises:
        PaperTooLarge: one page of the paper does not fit on it.
    """
    before = _facts(board)
    _fill(board, place, (width_mm, height_mm), reading_distance_mm, paper)
    db.session.flush()
    record_deed(
        chain=village.code, kind="villages.change_board", by=by,
        said=f"更正了公开栏“{board.place}”，{_size(board)}", before=before, after=_facts(board),
    )  # fmt: skip
    return board


def _fill(board: NoticeBoard, place: str, size_mm: tuple[int, int], reading_distance_mm: int, paper: str) -> None:
    fitting = fitting_papers(*size_mm)
    if paper not in fitting:
        raise PaperTooLarge(paper, fitting)
    board.place, board.paper, board.reading_distance_mm = _name(place), paper, reading_distance_mm
    board.width_mm, board.height_mm = size_mm


def _facts(board: NoticeBoard) -> dict[str, str | int]:
    return {
        "place": board.place, "width_mm": board.width_mm, "height_mm": board.height_mm,
        "reading_distance_mm": board.reading_distance_mm, "paper": board.paper,
    }  # fmt: skip


def _size(board: NoticeBoard) -> str:
    return f"宽 {board.width_mm} 毫米、高 {board.height_mm} 毫米，贴{PAPER_WORDS[board.paper]}"


def _name(name: str) -> str:
    if not name.strip():
        raise NameMissing
    return name.strip()
