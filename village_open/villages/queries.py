"""Reading places, roles and groups."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from village_open.core import clock
from village_open.core.errors import NotFound
from village_open.db import db
from village_open.villages.models import Role, Village
from village_open.villages.rules import RoleAt


class VillageNotFound(NotFound):
    """No village has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的村，请核对 12 位统计用区划代码。")


def get_village(code: str) -> Village:
    """Return the village of a 12-digit code.

    Raises:
        VillageNotFound: there is none.
    """
    found = db.session.scalar(select(Village).where(Village.code == code).options(joinedload(Village.township)))
    if found is None:
        raise VillageNotFound(code)
    return found


def list_roles_today(person_id: int) -> tuple[RoleAt, ...]:
    """List what a person is today, in every place."""
    today = clock.today()
    running = (Role.starts_on <= today, or_(Role.ends_on.is_(None), Role.ends_on >= today))
    rows = db.session.scalars(select(Role).where(Role.person_id == person_id, *running).order_by(Role.id))
    return tuple(RoleAt(row.kind, row.place_code, row.department, row.is_leader) for row in rows)
