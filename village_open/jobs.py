"""Work behind a page's back: huey keeps the order of jobs, the database rows keep the truth.

A job is a name and the id of a row. It may be lost, doubled or broken off without harm, because each one is
idempotent and what is still undone is read from the database when a worker starts, and every ten minutes.
What is done once a day is done when a worker starts too: a village's computer is off at night.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg
from flask import Flask, current_app, has_app_context
from huey import MemoryHuey, SqliteHuey, crontab
from huey.api import Huey, PostgresHuey
from huey.consumer import Consumer
from sqlalchemy import make_url

from village_open.settings import Settings

Work = Callable[[int], object]
"""Does one job for the row of an id; doing it again does nothing."""
_EXTENSION = "jobs"
_NAME = "village-open"
_DAILY = "daily"
_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class _Desk:
    """The jobs of one application, and where their order is kept."""

    app: Flask
    work: Mapping[str, Work]
    undone: Callable[[], Iterable[tuple[str, int]]]
    daily: Callable[[], object]
    tasks: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def huey(self) -> Huey:
        """The store, opened when it is first needed: most commands never need it."""
        huey = _store(self.app.config["SETTINGS"])
        for name in self.work:
            self.tasks[name] = huey.task(name=name)(self._in_app(name))
        huey.periodic_task(crontab(minute="*/10"), name="enqueue_undone")(self.enqueue_undone)
        self.tasks[_DAILY] = huey.periodic_task(crontab(minute="30", hour="12"), name=_DAILY)(self.do_daily)
        return huey

    def _in_app(self, name: str) -> Work:
        def run(row_id: int) -> None:
            with nullcontext() if has_app_context() else self.app.app_context():
                self.work[name](row_id)

        return run

    def enqueue(self, name: str, row_id: int) -> None:
        self.huey.enqueue(self.tasks[name].s(row_id))

    def enqueue_undone(self) -> None:
        """Put what the database says is undone into an empty queue; a full one holds it already."""
        if self.huey.pending_count():
            return
        with self.app.app_context():
            undone = list(self.undone())
        for name, row_id in undone:
            self.enqueue(name, row_id)

    def do_daily(self) -> None:
        """Do what is done once a day."""
        with nullcontext() if has_app_context() else self.app.app_context():
            self.daily()

    def enqueue_daily(self) -> None:
        """Put what is done once a day behind what waits already."""
        self.huey.enqueue(self.tasks[_DAILY].s())


class _ConsumerThread(Consumer):
    """A consumer inside another program: signals belong to that program's main thread."""

    def _set_signal_handlers(self) -> None:
        return


def carry_jobs(
    app: Flask,
    work: Mapping[str, Work],
    undone: Callable[[], Iterable[tuple[str, int]]],
    daily: Callable[[], object],
) -> None:
    """Let an application do jobs: what each name does, how to find what is undone, and what is done once a day."""
    app.extensions[_EXTENSION] = _Desk(app, dict(work), undone, daily)


def enqueue(name: str, row_id: int) -> None:
    """Ask a worker for a job; call it after the transaction that wrote the row."""
    _desk(current_app).enqueue(name, row_id)


def work_off() -> int:
    """Do every waiting job here and now, in the caller's own context, and return how many there were."""
    huey, done = _desk(current_app).huey, 0
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
        done += 1
    return done


def start_worker(app: Flask) -> Consumer:
    """Start a worker thread beside the web server; stop it with `.stop(graceful=True)`."""
    desk = _desk(app)
    _begin_day(desk)
    consumer = _ConsumerThread(desk.huey, workers=1, max_delay=_POLL_SECONDS)
    consumer.start()
    return consumer


def run_worker(app: Flask) -> None:
    """Work until the process is told to stop."""
    desk = _desk(app)
    _begin_day(desk)
    Consumer(desk.huey, workers=1, max_delay=_POLL_SECONDS, graceful_signal="TERM").run()


def _begin_day(desk: _Desk) -> None:
    desk.enqueue_undone()
    desk.enqueue_daily()


def _desk(app: Flask) -> _Desk:
    desk: _Desk = app.extensions[_EXTENSION]
    return desk


def _store(settings: Settings) -> Huey:
    if settings.testing:
        return MemoryHuey(_NAME, results=False)
    if settings.database_url.startswith("sqlite"):
        # huey's own defaults, WAL without fsync, lose acknowledged jobs at a power cut.
        return SqliteHuey(_NAME, results=False, filename=str(settings.jobs_file), journal_mode="delete", fsync=True)
    return PostgresHuey(_NAME, results=False, connection=lambda: _postgres(settings.database_url))


def _postgres(url: str) -> psycopg.Connection:
    """Connect to a schema of the jobs' own: the migrations know nothing of huey's tables."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(plain, autocommit=True)
    connection.execute("CREATE SCHEMA IF NOT EXISTS jobs")
    connection.execute("SET search_path TO jobs")
    return connection
