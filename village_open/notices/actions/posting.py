"""The posting register: which sheet hung on which board, from when to when; facts with a photo, not plans."""

from datetime import date

from sqlalchemy import select

from village_open.core import clock
from village_open.db import db, hold_lock
from village_open.notices.errors import (
    AlreadyHanging,
    AlreadyTakenDown,
    NotIssuedYet,
    PostingDayWrong,
    TakenDownDayWrong,
)
from village_open.notices.models import Posting
from village_open.notices.queries import Published
from village_open.notices.rules import PostingCount, count_posting
from village_open.notices.sheets.kinds import SheetKind
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import NoticeBoard
from village_open.villages.profile import Profile


def record_posting(
    *,
    by: Doer,
    disclosure: Published,
    board: NoticeBoard,
    sheet_kind: str,
    posted_on: date,
    posted_by: str,
    photo_sha256: str = "",
) -> Posting:
    """Write down that a sheet was put up.

    Raises:
        NotIssuedYet: its sheets are still being made.
        PostingDayWrong: the day lies before the issue or in the future.
        AlreadyHanging: this sheet hangs on this board.
    """
    if not disclosure.is_issued:
        raise NotIssuedYet
    if not disclosure.issued_on <= posted_on <= clock.today():
        raise PostingDayWrong(disclosure.issued_on)
    _require_free(disclosure, board, sheet_kind)
    posting = Posting(
        disclosure_id=disclosure.id, board_id=board.id, sheet_kind=sheet_kind, posted_on=posted_on,
        posted_by=posted_by.strip(), photo_sha256=photo_sha256,
    )  # fmt: skip
    db.session.add(posting)
    db.session.flush()
    record_deed(
        chain=disclosure.village_code, kind="notices.record_posting", by=by,
        said=f"登记：{disclosure.number} 的{SheetKind(sheet_kind).heading}于 {posted_on:%Y-%m-%d} 张贴在{board.place}，"
        f"张贴人 {posting.posted_by}，{'有' if photo_sha256 else '没有'}照片",
        after={"posting": posting.id, "board": board.place, "on": posted_on.isoformat(), "photo": photo_sha256},
    )  # fmt: skip
    return posting


def _require_free(disclosure: Published, board: NoticeBoard, sheet_kind: str) -> None:
    hold_lock(f"posting:{disclosure.id}:{board.id}")
    hanging = db.session.scalar(
        select(Posting).where(
            Posting.disclosure_id == disclosure.id, Posting.board_id == board.id,
            Posting.sheet_kind == sheet_kind, Posting.taken_down_on.is_(None),
        )
    )  # fmt: skip
    if hanging is not None:
        raise AlreadyHanging(board.place, hanging.posted_on)


def take_down(*, by: Doer, disclosure: Published, posting: Posting, profile: Profile, on: date) -> PostingCount:
    """Write down that a sheet was taken down, and return how long it hung; too early is recorded, not refused.

    Raises:
        AlreadyTakenDown: it was taken down before.
        TakenDownDayWrong: the day lies before the posting or in the future.
    """
    if posting.taken_down_on is not None:
        raise AlreadyTakenDown(posting.taken_down_on)
    if not posting.posted_on <= on <= clock.today():
        raise TakenDownDayWrong(posting.posted_on)
    posting.taken_down_on = on
    db.session.flush()
    count = posting_count(posting, profile)
    short = f"，比规定少 {count.short_days} 日" if count.fell_short else ""
    record_deed(
        chain=disclosure.village_code, kind="notices.take_down", by=by,
        said=f"登记：{disclosure.number} 于 {on:%Y-%m-%d} 从{posting.board.place}取下，"
        f"张贴了 {count.served_days} 日{short}",
        before={"posting": posting.id, "taken_down_on": ""},
        after={"posting": posting.id, "taken_down_on": on.isoformat(), "short_days": count.short_days},
    )  # fmt: skip
    return count


def posting_count(posting: Posting, profile: Profile) -> PostingCount:
    """Count the days of one entry by the rule of its period's profile."""
    return count_posting(
        posted_on=posting.posted_on, taken_down_on=posting.taken_down_on, today=clock.today(),
        needed_days=profile.posting_days, rule=profile.day_rule,
    )  # fmt: skip
