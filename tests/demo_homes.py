"""The demo, made once for all workers and copied for each test that writes; fixtures of the whole suite."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import fasteners
import pytest
from flask import Flask

from village_open.app import create_app
from village_open.db import db
from village_open.demo import make_demo
from village_open.settings import SQLITE_FILE, Settings


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory holding the demo; never write into it."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "demo"
    with fasteners.InterProcessLock(home.with_suffix(".lock")):
        if not (home / "demo.json").exists():
            home.mkdir()
            application = demo_app(home)
            with application.app_context():
                make_demo()
            close(application)
    return home


@pytest.fixture
def demo(demo_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of the demo."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    application = demo_app(home)
    yield application
    close(application)


def demo_app(home: Path) -> Flask:
    """The application on a data directory of its own."""
    return create_app(
        Settings(home=home, database_url=f"sqlite:///{home / SQLITE_FILE}", secret_key="only for tests", testing=True)
    )


def close(application: Flask) -> None:
    """Let go of the database, so that its file can be copied."""
    with application.app_context():
        db.session.remove()
        db.engine.dispose()
