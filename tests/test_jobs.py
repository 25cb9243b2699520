"""Jobs may be lost, doubled or broken off: what is undone is read from the database."""

import time
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, create_engine, text

from village_open.jobs import carry_jobs, enqueue, run_worker, start_worker, work_off
from village_open.settings import Settings

DAILY = 0
"""What stands in `done` for the work of a day."""


def an_app(home: Path, database_url: str = "sqlite://", *, testing: bool = False) -> tuple[Flask, list[int], set[int]]:
    """An application with one job that moves a number from `undone` to `done`; once a day it notes `DAILY`."""
    app = Flask("jobs")
    app.config["SETTINGS"] = Settings(home=home, database_url=database_url, secret_key="x", testing=testing)
    done: list[int] = []
    undone: set[int] = set()

    def begin_day() -> None:
        done.append(DAILY)

    def work(row_id: int) -> None:
        if row_id == 13:
            raise RuntimeError("the sheet cannot be made")
        undone.discard(row_id)
        done.append(row_id)

    carry_jobs(app, {"finish": work}, undone=lambda: [("finish", row_id) for row_id in sorted(undone)], daily=begin_day)
    return app, done, undone


def wait_for(done: list[int], wanted: list[int]) -> None:
    deadline = time.monotonic() + 15
    while sorted(done) != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    assert sorted(done) == wanted


def test_what_is_enqueued_waits_until_somebody_works_it_off(tmp_path: Path) -> None:
    app, done, _ = an_app(tmp_path, testing=True)
    with app.app_context():
        enqueue("finish", 1)
        enqueue("finish", 2)
        assert done == []
        assert work_off() == 2
    assert done == [1, 2]


def test_one_job_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    app, done, _ = an_app(tmp_path, testing=True)
    with app.app_context():
        for row_id in (13, 14):
            enqueue("finish", row_id)
        work_off()
    assert done == [14]


def test_a_worker_beside_the_server_does_what_is_enqueued(tmp_path: Path) -> None:
    app, done, _ = an_app(tmp_path)
    worker = start_worker(app)
    try:
        with app.app_context():
            enqueue("finish", 7)
        wait_for(done, [DAILY, 7])
    finally:
        worker.stop(graceful=True)


def test_a_job_survives_the_end_of_the_process_in_its_own_file(tmp_path: Path) -> None:
    first, _, _ = an_app(tmp_path)
    with first.app_context():
        enqueue("finish", 5)
    second, done, _ = an_app(tmp_path)
    with second.app_context():
        assert work_off() == 1
    assert done == [5]
    assert (tmp_path / "jobs.sqlite3").exists()


def test_a_lost_job_is_found_again_when_a_worker_starts(tmp_path: Path) -> None:
    app, done, undone = an_app(tmp_path)
    undone.update({3, 4})
    worker = start_worker(app)
    try:
        wait_for(done, [DAILY, 3, 4])
    finally:
        worker.stop(graceful=True)


def test_a_queue_that_is_not_empty_is_not_filled_twice(tmp_path: Path) -> None:
    app, done, undone = an_app(tmp_path, testing=True)
    undone.add(9)
    with app.app_context():
        enqueue("finish", 9)
        app.extensions["jobs"].enqueue_undone()
        assert work_off() == 1
    assert done == [9]


def test_at_scale_the_queue_lies_in_a_schema_of_its_own_in_postgresql(tmp_path: Path, postgres_base: URL) -> None:
    address = postgres_base.render_as_string(hide_password=False)
    app, done, _ = an_app(tmp_path, address)
    with app.app_context():
        enqueue("finish", 11)
        assert work_off() == 1
    assert done == [11]
    engine = create_engine(address)
    with engine.connect() as connection:
        schemas = connection.scalars(
            text("SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_name LIKE 'huey%'")
        ).all()
    engine.dispose()
    assert schemas == ["jobs"]


def test_a_worker_of_its_own_ends_when_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app, done, undone = an_app(tmp_path)
    undone.add(6)

    def stop_soon(consumer: object) -> None:
        wait_for(done, [DAILY, 6])
        consumer.stop_flag.set()  # type: ignore[attr-defined] # huey ships no types

    monkeypatch.setattr("huey.consumer.Consumer._set_signal_handlers", stop_soon)
    run_worker(app)
    assert sorted(done) == [DAILY, 6]


def test_what_is_done_once_a_day_is_done_at_half_past_twelve_and_at_no_other_time(tmp_path: Path) -> None:
    app, _, _ = an_app(tmp_path, testing=True)
    (daily,) = (task for task in app.extensions["jobs"].huey._registry.periodic_tasks if task.name == "daily")
    moments = (datetime(2026, 10, day, hour, minute) for day in (1, 2) for hour in range(24) for minute in range(60))
    assert [f"{m:%d %H:%M}" for m in moments if daily.validate_datetime(m)] == ["01 12:30", "02 12:30"]
