"""A page asks the database as often for five times the villages and lines as for one: no query in a loop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import event

from tests.house.audiences import AUDIENCE_OF, may_enter
from tests.house.gate import Gate, addresses, place_argument
from tests.house.tree import complain
from tests.house.worlds import gate_before, make_in
from tests.ready_periods import make_desk
from tests.world import NOW, OWN, Visitor, rows_of
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.finance.queries import get_period

LINES, MANY = 4, 5
QUARTER = Period.parse("2026Q3")
MOST_QUERIES = 40
"""A page that asks more often than this is slow on an old machine, however constant."""


@pytest.fixture(scope="session")
def large_gate(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A gate before a world with five times the villages in the township, and five times the lines in each quarter."""
    home = tmp_path_factory.mktemp("large_world")
    made = make_in(home, migrated_sqlite, lines=LINES * MANY, more_villages=2 * MANY)
    opened = gate_before(made, tmp_path_factory.mktemp("large_gate"))
    yield opened
    opened.close()


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Note every statement that the application sends to its database."""
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def cost(gate: Gate, visitor: Visitor, url: str) -> list[str]:
    """Return the statements of one page."""
    with counted(gate.app) as statements:
        gate.ask(visitor, "GET", url)
    return statements


def pages(gate: Gate, endpoint: str) -> Iterator[tuple[Visitor, str]]:
    """Yield every own page of an endpoint once, and for each further visitor who sees it one of them."""
    for rule in gate.rules(endpoint):
        if "GET" not in (rule.methods or ()):
            continue
        audience, argument = AUDIENCE_OF[endpoint], place_argument(rule)
        readers = [who for who in gate.world.visitors.values() if may_enter(who, audience, argument, OWN)]
        urls = list(addresses(rule, gate.world.places[OWN], endpoint))
        yield from ((readers[0], url) for url in urls)
        yield from ((reader, urls[number % len(urls)]) for number, reader in enumerate(readers[1:]))


@pytest.mark.parametrize("endpoint", sorted(AUDIENCE_OF))
def test_a_page_asks_no_more_queries_of_a_larger_world(gate: Gate, large_gate: Gate, endpoint: str) -> None:
    wrong = []
    for (visitor, url), (same, other) in zip(pages(gate, endpoint), pages(large_gate, endpoint), strict=True):
        few, many = cost(gate, visitor, url), cost(large_gate, same, other)
        if len(many) > len(few):
            wrong.append(f"{url} as {visitor.label}: {len(few)} → {len(many)}, most often: {_most_repeated(many)}")
        if len(many) > MOST_QUERIES:
            wrong.append(f"{url} as {visitor.label}: {len(many)} queries, most often: {_most_repeated(many)}")
    mend = "read the rows of all items in one query before the loop"
    assert not wrong, complain("pages that ask in a loop", mend, wrong)


@pytest.mark.usefixtures("both_engines")
def test_saving_many_rows_asks_as_often_as_saving_a_few() -> None:
    with transaction(), clock.living_at(NOW):
        desk = make_desk()
        actions.join_mid_year(
            by=desk.clerk, village=desk.village, period=QUARTER, paper="余额表",
            openings=dict.fromkeys(desk.accounts, 0), year_so_far={},
        )  # fmt: skip
    saves = []
    for lines in (3, 60):
        with counted(current_app._get_current_object()) as statements, transaction():
            actions.save_lines(
                by=desk.clerk, period=get_period(desk.village.code, QUARTER.code), rows=rows_of(desk, QUARTER, lines)
            )
        saves.append(sum(statement.startswith("SELECT") for statement in statements))
    few, many = saves
    assert many <= few, f"{few} queries for 3 rows, {many} for 60"


def _most_repeated(statements: list[str]) -> str:
    worst = max(set(statements), key=statements.count)
    return f"{statements.count(worst)} × {' '.join(worst.split())[:200]}"
