"""Column types used in every room."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from village_open.core import clock


class UtcMoment(TypeDecorator[datetime]):
    """A moment, kept as naive UTC on both engines and handed out aware."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Strip the zone after turning the moment to UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None else None


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Fen = Annotated[int, mapped_column(BigInteger)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]
CreatedAt = Annotated[datetime, mapped_column(UtcMoment, default=clock.now)]


class Versioned:
    """Rows that two people may edit: the second save of the same version loses, and is told."""

    version_id: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare and raise the version at each UPDATE."""
        return {"version_id_col": cls.version_id}
