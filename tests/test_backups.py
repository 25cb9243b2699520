"""A backup proves itself when it is restored, on either engine and from one to the other."""

import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import make_person, make_role, make_township, make_village
from village_open.app import create_app
from village_open.backups import BackupUnsound, DataInTheWay, back_up, last_backup_at, restore
from village_open.core import clock
from village_open.db import db, transaction
from village_open.record.actions import record_deed
from village_open.record.queries import count_entries
from village_open.settings import SQLITE_FILE, Settings
from village_open.storage import keep_file, read_file
from village_open.villages.models import Role, RoleKind, Village


def _fill() -> str:
    with transaction():
        village = make_village(make_township())
        person = make_person("李会计")
        make_role(person, RoleKind.CLERK, village.code)
        for number in range(3):
            record_deed(chain=village.code, kind="test.deed", by=person, said=f"做了第 {number} 件事")
    return keep_file(b"a receipt")


def _empty(home: Path) -> Flask:
    home.mkdir()
    return create_app(
        Settings(home=home, database_url=f"sqlite:///{home / SQLITE_FILE}", secret_key="only for tests", testing=True)
    )


def test_a_backup_of_either_engine_is_restored_on_sqlite(both_engines: Flask, tmp_path: Path) -> None:
    sha256 = _fill()
    report = back_up(tmp_path / "backup.zip")
    assert (report.files, report.chains) == (1, 1)
    assert last_backup_at() is not None
    with _empty(tmp_path / "new").app_context():
        assert restore(tmp_path / "backup.zip") == report
        assert db.session.query(Village).one().name == "李家村"
        assert db.session.query(Role).one().starts_on.year == 2020
        assert count_entries() == 3
        assert read_file(sha256) == b"a receipt"
        with transaction():
            make_person("新来的人")
        db.session.remove()
        db.engine.dispose()


def test_a_restored_person_and_a_new_one_have_different_ids(both_engines: Flask, tmp_path: Path) -> None:
    _fill()
    back_up(tmp_path / "backup.zip")
    with _empty(tmp_path / "new").app_context():
        restore(tmp_path / "backup.zip")
        with transaction():
            assert make_person("新来的人").id == 2
        db.session.remove()
        db.engine.dispose()


def test_a_restore_never_writes_over_data(both_engines: Flask, tmp_path: Path) -> None:
    _fill()
    back_up(tmp_path / "backup.zip")
    with pytest.raises(DataInTheWay):
        restore(tmp_path / "backup.zip")


def test_a_file_that_is_no_backup_is_refused(both_engines: Flask, tmp_path: Path) -> None:
    (tmp_path / "photo.zip").write_bytes(b"no zip at all")
    with pytest.raises(BackupUnsound):
        restore(tmp_path / "photo.zip")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tables/record_entry.jsonl", lambda old: old.replace("第 1 件".encode(), "第 9 件".encode())),
        ("tables/record_entry.jsonl", lambda old: b"\n".join(old.splitlines()[:-1]) + b"\n"),
        ("manifest.json", lambda old: old.replace(json.loads(old)["heads"]["990101101200"].encode(), b"0" * 64)),
    ],
)
def test_a_backup_that_was_changed_is_noticed(app: Flask, tmp_path: Path, name: str, change) -> None:
    with app.app_context():
        _fill()
        back_up(tmp_path / "backup.zip")
    _rewrite(tmp_path / "backup.zip", name, change)
    with _empty(tmp_path / "new").app_context():
        with pytest.raises(BackupUnsound):
            restore(tmp_path / "backup.zip")
        db.session.remove()
        db.engine.dispose()


def test_a_file_that_was_changed_in_the_backup_is_noticed(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        sha256 = _fill()
        back_up(tmp_path / "backup.zip")
    _rewrite(tmp_path / "backup.zip", f"files/{sha256}", lambda _old: b"another receipt")
    with _empty(tmp_path / "new").app_context():
        with pytest.raises(BackupUnsound):
            restore(tmp_path / "backup.zip")
        db.session.remove()
        db.engine.dispose()


def test_the_moment_of_the_last_backup_is_kept(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        assert last_backup_at() is None
        before = clock.now()
        back_up(tmp_path / "backup.zip")
        assert last_backup_at() >= before


def _rewrite(path: Path, name: str, change) -> None:
    with zipfile.ZipFile(path) as archive:
        content = {entry: archive.read(entry) for entry in archive.namelist()}
    content[name] = change(content[name])
    with zipfile.ZipFile(path, "w") as archive:
        for entry, value in content.items():
            archive.writestr(entry, value)
