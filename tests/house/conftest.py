"""The small world, made once a run, and the gate through which the house tests ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.gate import Gate
from tests.house.worlds import Made, gate_before, make_in


@pytest.fixture(scope="session")
def small_world(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The world as the house tests know it."""
    return make_in(tmp_path_factory.mktemp("small_world"), migrated_sqlite)


@pytest.fixture(scope="session")
def open_gate(small_world: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """One gate for the whole run."""
    opened = gate_before(small_world, tmp_path_factory.mktemp("gate"))
    yield opened
    opened.close()


@pytest.fixture
def gate(open_gate: Gate, sheets_set_once: None) -> Gate:
    """The gate, before a fresh copy of the small world; forms need no token unless a test asks for it."""
    open_gate.app.config["WTF_CSRF_ENABLED"] = False
    open_gate.restore()
    return open_gate
