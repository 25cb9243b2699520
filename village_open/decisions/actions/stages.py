"""What every deed on an announcement shares: at which stage it is, and how it is recorded."""

from village_open.db import db, hold_lock
from village_open.decisions.errors import AnnouncementAtWrongStage
from village_open.decisions.models import Announcement, AnnouncementState
from village_open.record.actions import Doer, record_deed


def require_stage(announcement: Announcement, stage: AnnouncementState, deed: str) -> None:
    """Hold that an announcement is at a stage, and keep others from moving it meanwhile.

    Raises:
        AnnouncementAtWrongStage: it is with somebody else.
    """
    hold_lock(f"announcement:{announcement.id}")
    db.session.refresh(announcement, ["state", "round", "version_id"])
    if announcement.stage is not stage:
        raise AnnouncementAtWrongStage(deed, announcement.stage.label)


def record_announcement(
    announcement: Announcement,
    by: Doer,
    deed: str,
    said: str,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str | int] | None = None,
) -> None:
    """Write a deed on an announcement down; the first `{what}` in `said` stands for its name, a reason may hold one."""
    record_deed(
        chain=announcement.village.code, kind=f"decisions.{deed}", by=by,
        said=said.replace("{what}", announcement.name, 1),
        before=before, after={"announcement": announcement.id, **(after or {})},
    )  # fmt: skip
