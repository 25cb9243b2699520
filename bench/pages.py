"""Milliseconds and queries of the ten main pages, against an empty Flask view in the same process."""

import tempfile
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, select

from bench.stopwatch import median_seconds, show
from tests.house.gate import Gate
from tests.house.worlds import application, gate_before, make_in
from tests.world import OWN
from village_open.db import db
from village_open.finance.models import Line
from village_open.finance.queries import get_period, get_statement
from village_open.settings import SQLITE_FILE

VILLAGES, LINES, TIMES = 300, 400, 15
PAGES = (
    ("desk of a clerk", "村报账员", "/desk"),
    ("desk of the township", "镇公开办", "/desk"),
    ("matrix of 300 villages", "镇公开办", "/office/{township_code}/matrix?period=2026Q3"),
    ("list of 300 villages", "镇公开办", "/office/{township_code}/villages"),
    ("quarter", "村报账员", "/villages/{village_code}/2026Q4"),
    ("grid, 400 lines", "村报账员", "/villages/{village_code}/2026Q4/lines"),
    ("review, 400 lines", "民主理财小组", "/villages/{village_code}/2026Q3/review"),
    ("trail", "镇公开办", "/villages/{village_code}/trail"),
    ("public: township", "没有登录的人", "/"),
    ("public: disclosure, 400 lines", "没有登录的人", "/village/{village_code}/2025Q2/finance"),
)


def run() -> None:
    """Make a township of 300 villages and print the table of its pages."""
    with tempfile.TemporaryDirectory(prefix="village-open-bench-") as folder:
        gate = open_bench(Path(folder))
        client = empty_app().test_client()
        bare = median_seconds(lambda: client.get("/"), times=TIMES * 10) * 1000
        rows = [_row(gate, name, who, address, bare) for name, who, address in PAGES]
        show(
            f"Pages: {VILLAGES} villages, {LINES} lines a quarter; an empty Flask view takes {bare:.2f} ms",
            ("page", "ms", "× empty view", "queries"), rows,
        )  # fmt: skip
        _show_statement(gate)
        gate.close()


def open_bench(folder: Path) -> Gate:
    """Make the small world with long quarters, fill its township with villages, and open its gate."""
    for name in ("empty", "world", "gate"):
        (folder / name).mkdir()
    app = application(folder / "empty")
    with app.app_context():
        upgrade()
        db.engine.dispose()
    made = make_in(folder / "world", folder / "empty" / SQLITE_FILE, lines=LINES, silent_villages=VILLAGES)
    return gate_before(made, folder / "gate")


def empty_app() -> Flask:
    """Make a Flask application with one view that does nothing."""
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "")
    return app


def _row(gate: Gate, name: str, who: str, address: str, bare: float) -> tuple[str, ...]:
    visitor = gate.world.visitors[who]
    url = address.format(**gate.world.places[OWN].codes)
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    status = gate.ask(visitor, "GET", url).status_code
    assert status == 200, f"{url}: {status}"
    with gate.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    gate.ask(visitor, "GET", url)
    event.remove(engine, "before_cursor_execute", note)
    taken = median_seconds(lambda: gate.ask(visitor, "GET", url), times=TIMES) * 1000
    return name, f"{taken:.1f}", f"{taken / bare:.0f}", str(len(statements))


def _show_statement(gate: Gate) -> None:
    """Time the statement of the longest quarter, and the reading of its bare rows."""
    place = gate.world.places[OWN]
    with gate.app.app_context():
        period = get_period(place.village_code, "2026Q4")
        assert len(get_statement(period).lines) == LINES
        columns = [column for column in Line.__table__.columns if column.name != "created_at"]

        def read_afresh() -> None:
            db.session.expunge_all()
            get_statement(get_period(place.village_code, "2026Q4"))

        ours = median_seconds(read_afresh, times=TIMES) * 1000
        query = select(*columns).where(Line.period_id == period.id)
        rows = median_seconds(lambda: db.session.execute(query).all(), times=TIMES) * 1000
        db.session.remove()
    show(
        f"Statement of a quarter with {LINES} lines",
        ("", "ms"), [("whole statement", f"{ours:.1f}"), ("its bare rows", f"{rows:.1f}")],
    )  # fmt: skip
