"""People and their sessions. People are never deleted; their terms end."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Moment, Versioned


class Person(Versioned, Base):
    """Somebody who acts or is named; without a login name the person signs on paper only."""

    __tablename__ = "person"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(30), default="")
    """Private: shown to the township only."""
    login: Mapped[str | None] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[Moment | None]
    created_at: Mapped[CreatedAt]

    def is_locked(self, now: datetime) -> bool:
        """Tell whether five failures have locked the account at this moment."""
        return self.locked_until is not None and now < self.locked_until


class SignInSession(Base):
    """One sign-in on one browser; ending it here ends it everywhere."""

    __tablename__ = "sign_in_session"

    id: Mapped[Key]
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[CreatedAt]
    ended_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship()
