"""One environment variable per setting, readable or refused in Chinese, and told in both documents."""

import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.house.tree import python_files, text_of
from village_open.app import create_app
from village_open.cli import main
from village_open.core import clock
from village_open.desk.tasks import backup_is_due
from village_open.settings import VARIABLES, Settings, SettingUnreadable, from_environment
from village_open.villages.rules import RoleAt

NUMBERS = {
    "VILLAGE_OPEN_IDLE_MINUTES": ("idle_minutes", 1, 30),
    "VILLAGE_OPEN_LARGEST_UPLOAD_MB": ("largest_upload_bytes", 1024 * 1024, 40),
    "VILLAGE_OPEN_BACKUP_REMINDER_DAYS": ("backup_reminder_days", 1, 7),
}
"""Each number's field, in what unit it is kept, and what it is where nobody set it."""


def test_every_setting_has_its_variable_and_no_variable_is_read_elsewhere() -> None:
    assert {field.name for field in fields(Settings)} == {*VARIABLES, "testing"}
    assert len(set(VARIABLES.values())) == len(VARIABLES)
    named = {found for name in python_files("village_open") for found in re.findall(r"VILLAGE_OPEN_\w+", text_of(name))}
    assert named == set(VARIABLES.values())


@pytest.mark.parametrize("document", ["docs/deploy.md", "docs/deploy.zh-CN.md"])
def test_both_documents_have_a_row_for_every_variable_and_for_no_other(document: str) -> None:
    assert sorted(re.findall(r"^\| `(VILLAGE_OPEN_\w+)` \|", text_of(document), re.MULTILINE)) == sorted(
        VARIABLES.values()
    )


def test_what_is_set_in_the_environment_is_the_setting(tmp_path: Path) -> None:
    numbers = dict(zip(NUMBERS, ("5", "8", " 14 "), strict=True))
    texts = {
        "VILLAGE_OPEN_HOME": str(tmp_path / "data"), "VILLAGE_OPEN_DATABASE_URL": "postgresql+psycopg://db/v",
        "VILLAGE_OPEN_SECRET_KEY": "long", "VILLAGE_OPEN_PUBLIC_URL": "http://192.168.1.10:5000/",
        "VILLAGE_OPEN_HTTPS": "1",
    }  # fmt: skip
    assert from_environment({**numbers, **texts}) == Settings(
        home=tmp_path / "data", database_url="postgresql+psycopg://db/v", secret_key="long",
        public_url="http://192.168.1.10:5000", supports_https=True, idle_minutes=5,
        largest_upload_bytes=8 * 1024 * 1024, backup_reminder_days=14,
    )  # fmt: skip


@pytest.mark.parametrize("variable", NUMBERS)
@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_variable_is_one_that_is_not_set(tmp_path: Path, variable: str, text: str) -> None:
    field, unit, usual = NUMBERS[variable]
    settings = from_environment({"VILLAGE_OPEN_HOME": str(tmp_path), variable: text})
    assert getattr(settings, field) == usual * unit


@pytest.mark.parametrize("variable", NUMBERS)
@pytest.mark.parametrize("text", ["半小时", "-1", "0", "7.5", "1e2", "²", "99999", "1" * 5000])
def test_a_number_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path, variable: str, text: str) -> None:
    with pytest.raises(SettingUnreadable, match=f"环境变量 {variable} 应为 1 到 [0-9]+ 之间的整数"):
        from_environment({"VILLAGE_OPEN_HOME": str(tmp_path / "data"), variable: text})
    assert not (tmp_path / "data").exists()


def test_the_command_says_which_variable_is_wrong_and_ends_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGE_OPEN_HOME", str(tmp_path))
    monkeypatch.setenv("VILLAGE_OPEN_IDLE_MINUTES", "半小时")
    answer = CliRunner().invoke(main, ["record", "check"])
    assert answer.exit_code == 1
    assert answer.stderr == (
        "环境变量 VILLAGE_OPEN_IDLE_MINUTES 应为 1 到 1440 之间的整数，现在是“半小时”，请改正后再启动。\n"
    )


def test_the_application_takes_no_larger_upload_than_the_setting(tmp_path: Path) -> None:
    values = {"VILLAGE_OPEN_HOME": str(tmp_path), "VILLAGE_OPEN_LARGEST_UPLOAD_MB": "3"}
    assert create_app(from_environment(values)).config["MAX_CONTENT_LENGTH"] == 3 * 1024 * 1024


def test_the_backup_is_due_after_the_days_that_are_asked(app: Flask) -> None:
    office = [RoleAt("township_office", "990101101")]
    with app.app_context():
        assert backup_is_due(office, after_days=7)
        last = app.config["SETTINGS"].home / "last_backup.txt"
        last.write_text((clock.now() - timedelta(days=3)).isoformat(), encoding="ascii")
        assert not backup_is_due(office, after_days=4)
        assert backup_is_due(office, after_days=3)
        assert not backup_is_due([RoleAt("clerk", "990101101200")], after_days=3)
