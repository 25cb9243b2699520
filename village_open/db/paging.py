"""Every list is paged: 20 villages or 20,000."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from village_open.db.engine import db

T = TypeVar("T")
PER_PAGE = 50


class _Whole(int):
    """No number that an address can carry is this object."""


WHOLE = _Whole(1)
"""As the number of a page: the whole list, for a file that holds all of it."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[T]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first_index(self) -> int:
        """The position of the first item in the whole list, from 1."""
        return (self.number - 1) * self.per_page + 1


def list_page(query: Select[Any], *, number: int = 1, per_page: int = PER_PAGE) -> Page[Any]:
    """Run an ordered select for one page, or for the `WHOLE` list: two queries, whatever the size."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    per_page = max(1, total) if number is WHOLE else per_page
    number = min(max(1, number), max(1, -(-total // per_page)))
    items = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page)).unique().all()
    return Page(items=items, number=number, total=total, per_page=per_page)
