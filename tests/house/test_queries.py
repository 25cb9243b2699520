"""A page asks the database as often for five times the villages and lines as for one: no query in a loop."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from tests.house.audiences import AUDIENCE_OF, may_enter
from tests.house.gate import Gate, addresses, place_argument
from tests.house.tree import complain
from tests.house.worlds import gate_before, make_in
from tests.world import OWN, Visitor
from village_open.db import db

LINES, MANY = 4, 5
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
    """Yield every own page of an endpoint, with each kind of visitor who sees it."""
    for rule in gate.rules(endpoint):
        if "GET" not in (rule.methods or ()):
            continue
        for visitor in gate.world.visitors.values():
            if may_enter(visitor, AUDIENCE_OF[endpoint], place_argument(rule), OWN):
                yield from ((visitor, url) for url in addresses(rule, gate.world.places[OWN], endpoint))


@pytest.mark.parametrize("endpoint", sorted(AUDIENCE_OF))
def test_a_page_asks_no_more_queries_of_a_larger_world(gate: Gate, large_gate: Gate, endpoint: str) -> None:
    wrong = []
    large = {(visitor.label, generic(large_gate, url)): url for visitor, url in pages(large_gate, endpoint)}
    for visitor, url in pages(gate, endpoint):
        other = large[visitor.label, generic(gate, url)]
        few, many = cost(gate, visitor, url), cost(large_gate, large_gate.world.visitors[visitor.label], other)
        if len(many) > len(few):
            wrong.append(f"{url} as {visitor.label}: {len(few)} → {len(many)}, most often: {_most_repeated(many)}")
        if len(many) > MOST_QUERIES:
            wrong.append(f"{url} as {visitor.label}: {len(many)} queries, most often: {_most_repeated(many)}")
    mend = "read the rows of all items in one query before the loop"
    assert not wrong, complain("pages that ask in a loop", mend, wrong)


def generic(gate: Gate, url: str) -> str:
    """Return an address with its ids taken out, so that both worlds name the same page."""
    return "/".join(
        "#" if part.isdecimal() and len(part) < 6 else "#" if part in _codes(gate) else part for part in url.split("/")
    )


def _codes(gate: Gate) -> set[str]:
    return {str(ids["code"]) for place in gate.world.places.values() for ids in place.periods.values() if "code" in ids}


def _most_repeated(statements: list[str]) -> str:
    worst = max(set(statements), key=statements.count)
    return f"{statements.count(worst)} × {' '.join(worst.split())[:200]}"
