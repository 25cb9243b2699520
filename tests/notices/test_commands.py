"""`notices print`, `verify`, `export`: what cron and the print shop rely on."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from tests.factories import make_village
from tests.ready_periods import Desk, make_ready
from village_open.app import create_app
from village_open.core.codes import grouped
from village_open.db import db, transaction
from village_open.jobs import work_off
from village_open.notices.commands import notices, verify
from village_open.notices.issuing import issue_disclosure
from village_open.notices.queries import Published, get_latest
from village_open.public.commands import export
from village_open.settings import SQLITE_FILE, Settings

pytestmark = pytest.mark.usefixtures("sheets_set_once")

VILLAGE = "990101101200"


def run(command: Any, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def an_app(home: Path) -> Flask:
    return create_app(Settings(home, f"sqlite:///{home / SQLITE_FILE}", secret_key="only for tests", testing=True))


@pytest.fixture(scope="module")
def issued_home(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which 李家村 has issued its quarter on hand-outs, and 王家村 has not; made once, copied."""
    home = tmp_path_factory.mktemp("issued")
    shutil.copy(migrated_sqlite, home / SQLITE_FILE)
    with an_app(home).app_context():
        with transaction():
            desk: Desk = make_ready()
            make_village(desk.village.township, number=201, name="王家村")
            db.session.execute(text("UPDATE notice_board SET paper = 'A4-portrait'"))
        db.session.expire_all()
        issue_disclosure(by=desk.officer, **desk.place)
        work_off()
        db.engine.dispose()
    return home


@pytest.fixture
def issued(issued_home: Path, tmp_path: Path) -> Iterator[Published]:
    home = tmp_path / "home"
    shutil.copytree(issued_home, home)
    with an_app(home).app_context():
        yield get_latest(VILLAGE, "2026Q3")
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def printed(issued: Published, tmp_path: Path) -> list[dict[str, Any]]:
    answer = run(notices, "print", "--quarter", "2026Q3", "--out", tmp_path / "out", "--json")
    assert answer.exit_code == 0
    return json.loads(answer.stdout)["sheets"]


def test_sheets_are_copied_as_they_are_stored_and_silent_villages_left_out(issued: Published, tmp_path: Path) -> None:
    answer = run(notices, "print", "--quarter", "2026Q3", "--out", tmp_path / "out", "--json")
    told = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert set(told) == {"sheets", "left_out", "seconds"}
    assert told["left_out"] == [{"village": "990101101201", "reason": "2026年第三季度还没有签发"}]
    assert [(sheet["kind"], sheet["paper"]) for sheet in told["sheets"]] == [
        ("finance_lines", "A4-portrait"), ("finance_summary", "A4-portrait"),
    ]  # fmt: skip
    for sheet in told["sheets"]:
        content = Path(sheet["file"]).read_bytes()
        assert Path(sheet["file"]).is_absolute()
        assert hashlib.sha256(content).hexdigest() == sheet["sha256"]
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == sheet["pages"]
        assert (sheet["village"], sheet["number"]) == (VILLAGE, issued.number)


def test_printing_again_gives_the_same_bytes(printed: list[dict[str, Any]], tmp_path: Path) -> None:
    again = json.loads(run(notices, "print", "--quarter", "2026Q3", "--out", tmp_path / "b", "--json").stdout)
    assert [s["sha256"] for s in again["sheets"]] == [s["sha256"] for s in printed]
    assert Path(again["sheets"][0]["file"]).read_bytes() == Path(printed[0]["file"]).read_bytes()


def test_one_file_names_the_page_range_of_each_sheet(issued: Published, tmp_path: Path) -> None:
    out = tmp_path / "print shop" / "all.pdf"
    told = json.loads(run(notices, "print", "--quarter", "2026Q3", "--paper", "A3", "--out", out, "--json").stdout)
    assert {sheet["file"] for sheet in told["sheets"]} == {str(out)}
    assert {sheet["paper"] for sheet in told["sheets"]} == {"A3-landscape"}
    ranges = [tuple(sheet["page_range"]) for sheet in told["sheets"]]
    assert ranges[0][0] == 1
    assert ranges[1][0] == ranges[0][1] + 1
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == ranges[-1][1] == sum(sheet["pages"] for sheet in told["sheets"])


def test_nothing_issued_is_no_failure(issued: Published, tmp_path: Path) -> None:
    answer = run(notices, "print", "--quarter", "2025Q1", "--out", tmp_path / "out", "--json")
    told = json.loads(answer.stdout)
    assert (answer.exit_code, told["sheets"], len(told["left_out"])) == (0, [], 2)


@pytest.mark.parametrize("words", [["--quarter", "2026Q9"], ["--quarter", "2026Q3", "--paper", "B5"], []])
def test_wrong_use_is_exit_2(issued: Published, words: list[str], tmp_path: Path) -> None:
    assert run(notices, "print", *words, "--out", tmp_path / "out").exit_code == 2


def test_a_right_sheet_is_proven_without_a_database(printed: list[dict[str, Any]], issued: Published) -> None:
    for sheet in printed:
        answer = run(verify, sheet["file"], "--code", grouped(issued.code).lower())
        assert answer.exit_code == 0
        assert issued.number in answer.stdout


def test_a_joined_file_and_a_stranger_s_file_prove_nothing(issued: Published, tmp_path: Path) -> None:
    run(notices, "print", "--quarter", "2026Q3", "--out", tmp_path / "all.pdf")
    (tmp_path / "letter.pdf").write_bytes(b"Dear all")
    for name, words in (("all.pdf", "没有附"), ("letter.pdf", "打不开")):
        answer = run(verify, tmp_path / name)
        assert answer.exit_code == 1
        assert words in answer.stderr


def test_a_sheet_of_another_code_is_told(printed: list[dict[str, Any]]) -> None:
    answer = run(verify, printed[0]["file"], "--code", "0" * 27)
    assert answer.exit_code == 1
    assert "输入的查验码与原始内容不符" in answer.stderr


def reattach(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace the carried bytes of a sheet."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        name, spec = next(iter(pdf.attachments.items()))
        content = change(spec.get_file().read_bytes())
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(path)


MEDDLING = [
    lambda content: content.replace("王桂兰".encode(), "王桂花".encode()),
    lambda content: content.replace(b'"amount_fen":45680', b'"amount_fen":45681'),
    lambda content: content + b" ",
    lambda _content: b"{}",
    lambda _content: b"not json",
]


@pytest.mark.parametrize("change", MEDDLING)
def test_changed_bytes_no_longer_have_the_printed_code(
    printed: list[dict[str, Any]], change: Callable[[bytes], bytes]
) -> None:
    reattach(Path(printed[0]["file"]), change)
    answer = run(verify, printed[0]["file"])
    assert answer.exit_code == 1
    assert "与原始内容不符" in answer.stderr


def test_an_export_proves_every_disclosure_every_sheet_and_the_record(issued: Published, tmp_path: Path) -> None:
    out = tmp_path / "village.zip"
    assert run(export, "--village", VILLAGE, "--out", out).exit_code == 0
    answer = run(verify, out, "--code", issued.code, "--json")
    told = json.loads(answer.stdout)
    assert (answer.exit_code, told["holds"], told["codes"]) == (0, True, [issued.code])
    with zipfile.ZipFile(out) as archive:
        assert archive.read(f"disclosures/{issued.code}/disclosure.json") == issued.frozen
        assert len(archive.read("record.jsonl").splitlines()) > 5


def rewrite(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one file of a .zip."""
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    found = next(entry for entry in files if entry.endswith(name))
    files[found] = change(files[found])
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("disclosure.json", lambda content: content.replace("王桂兰".encode(), "王桂花".encode()), "查验码不符"),
        ("record.jsonl", lambda lines: b"\n".join(lines.splitlines()[1:]), "操作记录第 1 条"),
        ("record.jsonl", lambda lines: b"\n".join(lines.splitlines()[:-1]), "被截短"),
        ("record.jsonl", lambda lines: lines.replace("李建国".encode(), "李建军".encode(), 1), "操作记录第"),
        ("record.jsonl", lambda _lines: b"nonsense", "读不懂"),
        ("finance_lines.A4-portrait.pdf", lambda _content: b"%PDF-", "打不开"),
    ],
)
def test_an_export_that_was_changed_is_told(
    issued: Published, tmp_path: Path, name: str, change: Callable[[bytes], bytes], words: str
) -> None:
    out = tmp_path / "village.zip"
    run(export, "--village", VILLAGE, "--out", out)
    rewrite(out, name, change)
    answer = run(verify, out)
    assert answer.exit_code == 1
    assert words in answer.stderr


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    answer = run(verify, tmp_path / "a.zip")
    assert answer.exit_code == 1
    assert "record.jsonl" in answer.stderr
