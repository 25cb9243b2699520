"""Issuing in four steps: what stands after a kill at each point, one number each, nothing changes afterwards."""

import errno
import json
import os
import subprocess
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pymupdf
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.ready_periods import (
    Desk,
    check_ready,
    confirm_ready,
    make_desk,
    make_ready,
    ready_period,
    submit_ready,
)
from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.codes import sheet_code
from village_open.core.errors import VillageOpenError
from village_open.core.money import format_fen
from village_open.db import db, transaction
from village_open.finance.actions import check_privacy, return_period
from village_open.finance.errors import OpenQueries, PrivacyUnchecked, WrongStage
from village_open.finance.queries import get_period
from village_open.jobs import work_off
from village_open.notices.actions import MadeSheet, begin_issue, finish_issue
from village_open.notices.actions.issue import Worker, rehearsal_sha256, wanted_sheets
from village_open.notices.contents import build_content
from village_open.notices.errors import (
    ContentChanged,
    DisclosureNotFound,
    NotFiled,
    NotIssuedYet,
    SheetsMissing,
    SheetsUnwritable,
)
from village_open.notices.issuing import (
    find_or_make_file,
    finish_disclosure,
    issue_disclosure,
    list_undone,
    rehearse,
    resume_disclosure,
)
from village_open.notices.makings import making_of
from village_open.notices.models import Disclosure, DisclosureFile, DisclosureIssue
from village_open.notices.queries import (
    Published,
    find_published,
    get_disclosure,
    get_published,
    list_files,
)
from village_open.notices.rules import PaperNeed, PublicAddressUnfit
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.sheets.render import render_sheet
from village_open.notices.subjects import PeriodSubject
from village_open.printing.layout import SheetUnprintable
from village_open.printing.paper import Paper
from village_open.record.actions import Doer
from village_open.record.queries import find_broken_link, list_trail
from village_open.storage import keep_file, kept_path

pytestmark = pytest.mark.usefixtures("sheets_set_once")

A4 = Paper("A4", "portrait")


class Killed(BaseException):
    """The process ends here, as by kill -9: nothing after it runs."""


@pytest.fixture
def desk(both_engines: Flask) -> Desk:
    """A village whose one board takes a hand-out, so that few sheets are made."""
    with transaction():
        desk = make_ready()
        hand_out_only()
    return desk


def hand_out_only() -> None:
    db.session.execute(text("UPDATE notice_board SET paper = 'A4-portrait'"))
    db.session.expire_all()


def freeze(desk: Desk) -> int:
    """Do steps 1 and 2 without the trial's rendering."""
    return freeze_as(desk.officer, desk.place)


def freeze_as(officer: Doer, place: dict[str, str]) -> int:
    with transaction():
        period = get_period(**place)
        rehearsed = rehearsal_sha256(build_content(period, issued_on=clock.today()))
        return begin_issue(by=officer, subject=PeriodSubject(period), rehearsed=rehearsed).id


def stand_ins(disclosure_id: int) -> list[MadeSheet]:
    """Files of a few bytes in place of rendered sheets."""
    disclosure = get_disclosure(disclosure_id)
    wanted = wanted_sheets(" ".join(map(str, disclosure.papers)))
    return [MadeSheet(kind, paper, keep_file(f"{kind} {paper}".encode()), 1) for kind, paper in sorted(wanted)]


def finish_with_stand_ins(disclosure_id: int) -> None:
    made = stand_ins(disclosure_id)
    with transaction() as session:
        finish_issue(disclosure=session.get_one(Disclosure, disclosure_id), files=made)


def counts() -> dict[str, int]:
    tables = (Disclosure, DisclosureFile, DisclosureIssue)
    return {t.__tablename__: db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def published(desk: Desk) -> Published | None:
    return find_published(**desk.place)


def test_a_quarter_is_issued_numbered_and_public_with_its_sheets(desk: Desk) -> None:
    disclosure_id = issue_disclosure(by=desk.officer, **desk.place)
    assert published(desk) is None
    assert ready_period(desk).stage.label == "已签发"
    assert work_off() == 1
    found = published(desk)
    assert found is not None
    assert found.id == disclosure_id
    assert found.number == f"青山镇李家村〔{clock.today().year}〕财公1号"
    assert found.content["number"] == found.number
    assert found.is_intact
    assert [(f.sheet_kind, f.paper) for f in list_files(found.id)] == [
        ("finance_lines", "A4-portrait"), ("finance_summary", "A4-portrait"),
    ]  # fmt: skip
    assert list_undone() == []


def test_the_printed_totals_are_those_of_the_statement(desk: Desk) -> None:
    issue_disclosure(by=desk.officer, **desk.place)
    work_off()
    found = published(desk)
    assert found is not None
    for file in list_files(found.id):
        words = subprocess.run(
            ["pdftotext", "-raw", kept_path(file.file_sha256), "-"], capture_output=True, text=True, check=True
        ).stdout
        for fen in found.content["totals"].values():
            assert format_fen(fen) in words
        assert found.number in "".join(words.split())


def test_the_code_is_that_of_the_frozen_bytes(desk: Desk) -> None:
    disclosure = get_disclosure(freeze(desk))
    assert disclosure.sha256 == sha256_hex(disclosure.frozen)
    assert disclosure.code == sheet_code(disclosure.sha256)
    assert json.loads(disclosure.frozen)["village"]["name"] == "李家村"


def test_the_record_tells_of_both_transactions_and_holds(desk: Desk) -> None:
    finish_with_stand_ins(freeze(desk))
    said = [line.said for line in list_trail(desk.village.code).items]
    assert said[0].startswith("制作完成 青山镇李家村")
    assert any(line.startswith("固化了 青山镇李家村") for line in said)
    assert find_broken_link(desk.village.code) is None


# Where a process may end: each leaves either nothing, or what the next worker finishes.


def killed_before_the_first_transaction_ends(desk: Desk) -> None:
    with suppress(Killed), transaction():
        period = ready_period(desk)
        rehearsed = rehearsal_sha256(build_content(period, issued_on=clock.today()))
        begin_issue(by=desk.officer, subject=PeriodSubject(period), rehearsed=rehearsed)
        raise Killed


def killed_before_a_worker_is_asked(desk: Desk) -> None:
    freeze(desk)


def killed_with_one_sheet_made(desk: Desk) -> None:
    disclosure = get_disclosure(freeze(desk))
    keep_file(render_sheet(content=disclosure.content, kind=SheetKind.FINANCE_LINES, paper=A4).pdf)


def killed_inside_the_second_transaction(desk: Desk) -> None:
    disclosure_id = freeze(desk)
    made = stand_ins(disclosure_id)
    with suppress(Killed), transaction() as session:
        finish_issue(disclosure=session.get_one(Disclosure, disclosure_id), files=made)
        raise Killed


KILLS = [killed_before_a_worker_is_asked, killed_with_one_sheet_made, killed_inside_the_second_transaction]


def test_a_kill_before_the_first_commit_leaves_nothing_and_wastes_no_number(desk: Desk) -> None:
    killed_before_the_first_transaction_ends(desk)
    db.session.rollback()
    assert counts() == {"disclosure": 0, "disclosure_file": 0, "disclosure_issue": 0}
    assert ready_period(desk).stage.label == "待镇里审核签发"
    assert get_disclosure(freeze(desk)).number.endswith("财公1号")


@pytest.mark.parametrize("kill", KILLS)
def test_what_was_killed_after_the_freezing_is_hidden_and_then_finished(desk: Desk, kill: object) -> None:
    assert callable(kill)
    kill(desk)
    db.session.rollback()
    assert counts() == {"disclosure": 1, "disclosure_file": 0, "disclosure_issue": 0}
    assert published(desk) is None
    for _, disclosure_id in list_undone():
        finish_disclosure(disclosure_id)
    found = published(desk)
    assert found is not None
    assert found.is_intact
    assert counts() == {"disclosure": 1, "disclosure_file": 2, "disclosure_issue": 1}


def test_a_sheet_made_again_after_a_kill_is_the_same_file(desk: Desk) -> None:
    disclosure = get_disclosure(freeze(desk))
    before = keep_file(render_sheet(content=disclosure.content, kind=SheetKind.FINANCE_LINES, paper=A4).pdf)
    finish_disclosure(disclosure.id)
    assert before in {file.file_sha256 for file in list_files(disclosure.id)}


def test_finishing_again_changes_nothing(desk: Desk) -> None:
    disclosure_id = freeze(desk)
    finish_with_stand_ins(disclosure_id)
    once, told = counts(), list_trail(desk.village.code).total
    finish_disclosure(disclosure_id)
    finish_with_stand_ins(disclosure_id)
    assert (counts(), list_trail(desk.village.code).total) == (once, told)


def test_a_disclosure_without_all_its_sheets_is_not_made_public(desk: Desk) -> None:
    disclosure_id = freeze(desk)
    made = stand_ins(disclosure_id)[:1]
    with pytest.raises(SheetsMissing, match="1 份"), transaction() as session:
        finish_issue(disclosure=session.get_one(Disclosure, disclosure_id), files=made)
    assert counts()["disclosure_issue"] == 0


# A sheet that cannot be made.


def failures(desk: Desk) -> list[str]:
    return [line.said for line in list_trail(desk.village.code).items if line.said.startswith("没有做成")]


def test_a_full_disk_is_written_down_once_as_the_reason_and_a_later_try_succeeds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disclosure_id = freeze(desk)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", _no_space)
        for _ in range(2):
            with pytest.raises(SheetsUnwritable):
                finish_disclosure(disclosure_id)
    making = making_of(get_disclosure(disclosure_id), clock.now())
    assert "请检查磁盘" in making.failure
    assert len(failures(desk)) == 1
    resume_disclosure(by=desk.officer, disclosure_id=disclosure_id)
    assert making_of(get_disclosure(disclosure_id), clock.now()).is_at_work
    assert work_off() == 1
    assert published(desk) is not None
    assert find_broken_link(desk.village.code) is None


def _no_space(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_sheet_that_can_never_be_made_says_why_and_is_not_public(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        period = submit_ready(desk, [("2026-07-03", -100, "付\U00031351先生工钱", 0, "CW0302")])
        confirm_ready(desk, period)
        check_ready(desk, period)
        hand_out_only()
    disclosure_id = freeze(desk)
    with pytest.raises(SheetUnprintable):
        finish_disclosure(disclosure_id)
    making = making_of(get_disclosure(disclosure_id), clock.now())
    assert "U+31351" in making.failure
    assert not making.is_at_work
    assert published(desk) is None


@pytest.mark.parametrize(("minutes", "is_slow"), [(9, False), (11, True)])
def test_a_making_that_lasts_longer_than_ten_minutes_is_called_slow(desk: Desk, minutes: int, is_slow: bool) -> None:
    disclosure = get_disclosure(freeze(desk))
    making = making_of(disclosure, disclosure.frozen_at + timedelta(minutes=minutes))
    assert (making.is_slow, making.failure) == (is_slow, "")


# Numbers.


def test_two_villages_count_for_themselves(both_engines: Flask) -> None:
    with transaction():
        first = make_ready()
        second = make_ready(first.village.township, number=201, name="王家村")
    numbers = [get_disclosure(freeze(desk)).number for desk in (first, second)]
    assert [number.split("〔")[0] for number in numbers] == ["青山镇李家村", "青山镇王家村"]
    assert all(number.endswith("财公1号") for number in numbers)


def test_two_issuers_at_once_make_one_disclosure_with_one_number(both_engines: Flask, desk: Desk) -> None:
    officer, place = Worker(desk.officer.id, desk.officer.name), desk.place
    db.session.rollback()
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def issue() -> None:
        with both_engines.app_context():
            start.wait()
            try:
                outcomes.append(freeze_as(officer, place))
            except VillageOpenError as refused:
                outcomes.append(refused)

    threads = [threading.Thread(target=issue) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert sorted(type(outcome) is int for outcome in outcomes) == [False, True]
    assert db.session.scalars(select(Disclosure.number)).all() == [f"青山镇李家村〔{clock.today().year}〕财公1号"]


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["disclosure", "disclosure_file", "disclosure_issue"])
def test_a_frozen_row_can_neither_be_changed_nor_deleted(desk: Desk, table: str, statement: str) -> None:
    finish_with_stand_ins(freeze(desk))
    with pytest.raises(DBAPIError, match="only grows"), transaction() as session:
        session.execute(text(statement.format(table)))


# What stands before issuing.


def test_the_secrecy_check_comes_first(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        confirm_ready(desk, submit_ready(desk))
    with pytest.raises(PrivacyUnchecked):
        rehearse(**desk.place)


def test_the_filing_comes_first_where_the_profile_says_so(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        period = submit_ready(desk)
        confirm_ready(desk, period)
        check_privacy(by=desk.officer, period=period)
    with pytest.raises(NotFiled):
        rehearse(**desk.place)


def test_open_queries_stop_the_issue_unless_the_objection_is_printed(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        period = submit_ready(desk)
        confirm_ready(desk, period, queried={3: "没有工程量签证"})
        check_ready(desk, period)
    with pytest.raises(OpenQueries, match="1 笔"):
        rehearse(**desk.place)
    with transaction():
        check_ready(desk, ready_period(desk), prints_objections=True)
    content = get_disclosure(freeze(desk)).content
    assert content["lines"][2]["objection"] == "没有工程量签证"


def test_a_returned_period_cannot_be_issued(desk: Desk) -> None:
    with transaction():
        return_period(by=desk.officer, period=ready_period(desk), reason="第3笔没有发票")
    with pytest.raises(WrongStage):
        rehearse(**desk.place)


def test_what_was_not_tried_in_print_is_not_frozen(desk: Desk) -> None:
    with transaction():
        rehearsed = rehearsal_sha256(build_content(ready_period(desk), issued_on=clock.today()))
        db.session.execute(text("UPDATE township SET supervision_phone = '0999-7654321'"))
    db.session.expire_all()
    with pytest.raises(ContentChanged), transaction():
        begin_issue(by=desk.officer, subject=PeriodSubject(ready_period(desk)), rehearsed=rehearsed)
    assert counts()["disclosure"] == 0


def test_a_character_without_a_glyph_is_named_in_the_trial_and_nothing_is_frozen(both_engines: Flask) -> None:
    with transaction():
        desk = make_desk()
        period = submit_ready(desk, [("2026-07-03", -100, "付\U00031351先生工钱", 0, "CW0302")])
        confirm_ready(desk, period)
        check_ready(desk, period)
        hand_out_only()
    with pytest.raises(SheetUnprintable, match="U\\+"):
        issue_disclosure(by=desk.officer, **desk.place)
    assert counts()["disclosure"] == 0
    assert ready_period(desk).stage.label == "待镇里审核签发"


def test_an_address_that_no_phone_can_follow_stops_the_issue(desk: Desk, both_engines: Flask) -> None:
    settings = both_engines.config["SETTINGS"]
    both_engines.config["SETTINGS"] = replace(settings, public_url="http://localhost:5000")
    with pytest.raises(PublicAddressUnfit):
        issue_disclosure(by=desk.officer, **desk.place)
    assert counts()["disclosure"] == 0


# Other papers, later.


@pytest.fixture
def issued(desk: Desk) -> Published:
    disclosure_id = freeze(desk)
    finish_with_stand_ins(disclosure_id)
    return get_disclosure(disclosure_id)


def test_another_paper_is_made_once_from_the_frozen_bytes_and_stored(issued: Published) -> None:
    a3 = Paper("A3", "landscape")
    made = find_or_make_file(disclosure=issued, kind=SheetKind.FINANCE_SUMMARY, paper=a3)
    written = kept_path(made.file_sha256).stat().st_mtime_ns
    again = find_or_make_file(disclosure=issued, kind=SheetKind.FINANCE_SUMMARY, paper=a3)
    assert (again.id, again.file_sha256) == (made.id, made.file_sha256)
    assert kept_path(again.file_sha256).stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("sql", "least_pt"),
    [("DELETE FROM notice_board", 10.5), ("UPDATE notice_board SET paper = 'A4-portrait'", 14.0)],
    ids=["for the hand", "for a board that is read at 1.5 m"],
)
def test_the_type_of_an_a4_sheet_is_that_of_the_hand_or_of_the_board(app: Flask, sql: str, least_pt: float) -> None:
    with app.app_context():
        with transaction():
            desk = make_ready()
            db.session.execute(text(sql))
        db.session.expire_all()
        issue_disclosure(by=desk.officer, **desk.place)
        work_off()
        found = published(desk)
        assert found is not None
        stored = [kept_path(file.file_sha256) for file in list_files(found.id)]
    assert len(stored) == 2
    for path in stored:
        with pymupdf.open(path) as document:
            blocks = [block for page in document for block in page.get_text("dict")["blocks"]]
        sizes = [span["size"] for block in blocks for line in block.get("lines", ()) for span in line["spans"]]
        assert least_pt - 0.1 <= min(sizes) < 2 * least_pt


def test_a_board_whose_paper_is_too_small_is_named_and_nothing_is_frozen(app: Flask) -> None:
    with app.app_context():
        with transaction():
            desk = make_ready()
            db.session.execute(text("UPDATE notice_board SET paper = 'A4-landscape', reading_distance_mm = 3000"))
        db.session.expire_all()
        with pytest.raises(SheetUnprintable, match=r"财务收支逐笔公开表（A4 横向）不能打印：.*缩短阅读距离"):
            issue_disclosure(by=desk.officer, **desk.place)
        assert counts()["disclosure"] == 0


def test_what_is_still_being_made_is_not_printed_or_shown(desk: Desk) -> None:
    disclosure = get_disclosure(freeze(desk))
    with pytest.raises(NotIssuedYet):
        find_or_make_file(disclosure=disclosure, kind=SheetKind.FINANCE_LINES, paper=A4)
    with pytest.raises(DisclosureNotFound):
        get_published(disclosure.code)


def test_the_papers_of_the_boards_are_fixed_when_the_content_is(both_engines: Flask) -> None:
    with transaction():
        desk = make_ready()
        db.session.execute(text("UPDATE notice_board SET paper = 'A2-landscape', reading_distance_mm = 2500"))
    db.session.expire_all()
    disclosure = get_disclosure(freeze(desk))
    assert disclosure.papers == (PaperNeed("A4-portrait", 0), PaperNeed("A2-landscape", 2500))


def test_a_name_changed_later_changes_nothing_that_is_frozen(desk: Desk) -> None:
    before = get_disclosure(freeze(desk))
    with transaction() as session, clock.living_at(datetime(2027, 1, 1, tzinfo=UTC)):
        session.execute(text("UPDATE village SET name = '新李村'"))
        session.execute(text("UPDATE person SET name = '改名' WHERE name = '王桂兰'"))
    db.session.expire_all()
    after = get_disclosure(before.id)
    assert (after.frozen, after.village_name) == (before.frozen, "李家村")


def test_files_lie_where_the_data_directory_is(issued: Published, both_engines: Flask) -> None:
    home: Path = both_engines.config["SETTINGS"].home
    assert all(kept_path(file.file_sha256).is_relative_to(home) for file in list_files(issued.id))
