"""Reading places: townships, villages, their groups of villagers and notice boards."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from village_open.core.errors import NotFound
from village_open.db import Page, db, list_page
from village_open.villages.models import County, NoticeBoard, Township, Village, VillageGroup


class VillageNotFound(NotFound):
    """No village has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的村，请核对 12 位统计用区划代码。")


class TownshipNotFound(NotFound):
    """No township has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的乡镇，请核对 9 位代码。")


class CountyNotFound(NotFound):
    """No county has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的县，请核对 6 位代码；县和它的第一个镇一起登记。")


class BoardNotFound(NotFound):
    """The village has no such notice board."""

    def __init__(self) -> None:
        super().__init__("没有找到这块公开栏，可能名单已经变动，请返回刷新。")


def get_township(code: str) -> Township:
    """Return the township of a 9-digit code, with its county.

    Raises:
        TownshipNotFound: there is none.
    """
    found = find_township(code)
    if found is None:
        raise TownshipNotFound(code)
    return found


def find_township(code: str) -> Township | None:
    """Return the township of a 9-digit code, or None."""
    return db.session.scalar(select(Township).where(Township.code == code).options(joinedload(Township.county)))


def get_county(code: str) -> County:
    """Return the county of a 6-digit code.

    Raises:
        CountyNotFound: there is none.
    """
    found = find_county(code)
    if found is None:
        raise CountyNotFound(code)
    return found


def find_county(code: str) -> County | None:
    """Return the county of a 6-digit code, or None."""
    return db.session.scalar(select(County).where(County.code == code))


def list_townships(county_code: str, *, page: int = 1) -> Page[Township]:
    """List the townships of a county by their code."""
    query = select(Township).join(Township.county).where(County.code == county_code).order_by(Township.code)
    return list_page(query.options(contains_eager(Township.county)), number=page)


def get_village(code: str) -> Village:
    """Return the village of a 12-digit code, with its township.

    Raises:
        VillageNotFound: there is none.
    """
    found = find_village(code)
    if found is None:
        raise VillageNotFound(code)
    return found


def find_village(code: str) -> Village | None:
    """Return the village of a 12-digit code, with its township, or None."""
    return db.session.scalar(select(Village).where(Village.code == code).options(joinedload(Village.township)))


def list_villages(township_code: str, *, page: int = 1) -> Page[Village]:
    """List the villages of a township by their code: the roster that every overview starts from."""
    query = select(Village).join(Village.township).where(Township.code == township_code).order_by(Village.code)
    return list_page(query, number=page)


def list_place_names(codes: set[str]) -> dict[str, str]:
    """Return the name of each county, township and village of the given codes: three queries, however many."""
    tables = (select(table.code, table.name).where(table.code.in_(codes)) for table in (County, Township, Village))
    return {row.code: row.name for query in tables for row in db.session.execute(query)}


def list_place_choices(township: Township) -> list[tuple[str, str]]:
    """List the township and all its villages as (code, name), to choose from."""
    query = select(Village.code, Village.name).where(Village.township_id == township.id).order_by(Village.code)
    return [(township.code, township.name), *((row.code, row.name) for row in db.session.execute(query))]


def list_village_groups(village_id: int) -> list[VillageGroup]:
    """List the villagers' groups (村民小组) of a village; there are a few dozen at most."""
    query = select(VillageGroup).where(VillageGroup.village_id == village_id).order_by(VillageGroup.id)
    return list(db.session.scalars(query))


def list_boards(village_id: int) -> list[NoticeBoard]:
    """List the notice boards of a village; there are a handful."""
    query = select(NoticeBoard).where(NoticeBoard.village_id == village_id).order_by(NoticeBoard.id)
    return list(db.session.scalars(query))


def get_board(village_code: str, board_id: int) -> NoticeBoard:
    """Return a notice board of this very village.

    Raises:
        BoardNotFound: the village has none of this id.
    """
    found = db.session.scalar(
        select(NoticeBoard)
        .join(Village, Village.id == NoticeBoard.village_id)
        .where(NoticeBoard.id == board_id, Village.code == village_code)
    )
    if found is None:
        raise BoardNotFound
    return found
