"""The office's own 小标宋, dropped into the data directory, is the type of the titles on everything that is printed."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from sqlalchemy import text

from tests.factories import sign_in
from tests.notices.printed import PUBLIC_URL, poppler, text_of
from tests.notices.sheet_content import a_content, some_lines
from tests.ready_periods import Desk, make_ready
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.jobs import work_off
from village_open.notices.issuing import issue_disclosure
from village_open.notices.print_runs import print_sheets
from village_open.notices.queries import get_latest, list_files
from village_open.notices.sheets.render import render_sheet
from village_open.printing.fonts import SERIF, FontUnreadable, find_face, font_notes, licensed_faces
from village_open.printing.paper import Paper
from village_open.storage import read_file

_OWN, _STAND_IN = "FZXiaoBiaoSong", "Noto-Serif-CJK-SC-Bold"


@cache
def _hanzi_of_titles() -> bytes:
    face, out = find_face(SERIF, True), BytesIO()
    assert face is not None
    font = TTFont(face.path, fontNumber=face.index)
    subsetter = Subsetter()
    subsetter.populate(text="青山镇李家村 2026年第三季度财务收支逐笔公开表榜（续）")
    subsetter.subset(font)
    font.save(out)
    return out.getvalue()


def make_font(path: Path, family: str) -> None:
    """A licensed font stands for itself: the hanzi of a title under another name."""
    font = TTFont(BytesIO(_hanzi_of_titles()))
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = family
    font["OS/2"].usWeightClass = 400
    path.parent.mkdir(exist_ok=True)
    font.save(path)


def fonts_of(pdf: bytes) -> str:
    """What pdffonts tells of the embedded fonts."""
    return poppler(pdf, "pdffonts", "{}")


def test_the_offices_own_title_font_is_used_and_embedded(tmp_path: Path) -> None:
    make_font(tmp_path / "xbs.otf", "FZXiaoBiaoSong-B05S")
    sheet = render_sheet(
        content=a_content(some_lines(3)), kind="finance_lines", paper=Paper.parse("A3"), licensed_fonts=tmp_path,
        public_url=PUBLIC_URL,
    )  # fmt: skip
    assert _OWN in fonts_of(sheet.pdf)
    assert _STAND_IN not in fonts_of(sheet.pdf)
    assert "青山镇李家村2026年第三季度财务收支逐笔公开表" in text_of(sheet.pdf)


def test_a_licensed_font_in_which_nothing_is_set_is_left_where_it_is_and_named(tmp_path: Path) -> None:
    make_font(tmp_path / "fs.otf", "FangSong_GB2312")
    make_font(tmp_path / "xbs.otf", "FZXiaoBiaoSong-B05S")
    (tmp_path / "zz.ttf").write_bytes(b"no font")
    unused, unread = font_notes(tmp_path)
    assert unused == "字体文件“fs.otf”（FangSong_GB2312）没有用到：公示单只用单位自有的小标宋排标题。"
    assert unread.startswith("字体文件“zz.ttf”无法读取")
    (tmp_path / "zz.ttf").unlink()
    assert [face.family for face in licensed_faces(tmp_path)] == ["FZXiaoBiaoSong-B05S"]


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A village that waits for its issue, in an office that has dropped its own title font into the data directory."""
    make_font(app.config["SETTINGS"].home / "fonts" / "xbs.otf", "FZXiaoBiaoSong-Office")
    with app.app_context(), transaction():
        desk = make_ready()
        db.session.execute(text("UPDATE notice_board SET paper = 'A4-portrait'"))
    return desk


def test_issuing_prints_the_stored_sheets_in_the_offices_own_title_font(app: Flask, desk: Desk, tmp_path: Path) -> None:
    with app.app_context():
        issue_disclosure(by=desk.officer, **desk.place)
        work_off()
        disclosure = get_latest(**desk.place)
        stored = [file.file_sha256 for file in list_files(disclosure.id)]
        run = print_sheets(
            period=Period.parse("2026Q3"), village_codes=[], paper=Paper.parse("A3-portrait"), out=tmp_path / "run.pdf"
        )
        stored += [sheet.sha256 for sheet in run.sheets]
        sheets = [read_file(sha256) for sha256 in stored]
    assert len(sheets) == 4
    for pdf in sheets:
        assert _OWN in fonts_of(pdf)
        assert _STAND_IN not in fonts_of(pdf)


def test_draft_and_preview_show_the_offices_own_title_font(app: Flask, desk: Desk, client: FlaskClient) -> None:
    sign_in(client, desk.officer.id)
    address = "/villages/990101101200/2026Q3/issue/{}/finance_lines/A4-portrait{}"
    assert _OWN in fonts_of(client.get(address.format("draft", ".pdf")).data)
    assert '.title { font-family: "FZXiaoBiaoSong-Office"' in client.get(address.format("preview", "")).text


def test_a_file_among_the_fonts_that_is_no_font_stops_the_issue_by_name(app: Flask, desk: Desk) -> None:
    (app.config["SETTINGS"].home / "fonts" / "fs.ttf").write_bytes(b"no font")
    with app.app_context(), pytest.raises(FontUnreadable, match=r"fs\.ttf"):
        issue_disclosure(by=desk.officer, **desk.place)
