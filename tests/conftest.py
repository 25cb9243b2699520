"""Fixtures of every test; those of the engines and of the demo stand in modules of their own."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

LONGEST = (
    "browser/test_walks.py", "house/test_access.py", "notices/test_sheets_figures.py", "notices/test_sheets_paper.py",
    "house/test_forgery.py", "browser/test_grid.py", "notices/test_issuing.py", "notices/test_pages.py",
    "soak/test_kill.py", "test_cli.py", "browser/test_journey.py", "journeys/test_month.py",
    "finance/test_import_pages.py",
)  # fmt: skip
"""These come first, so that no worker is left alone with one at the end; those that wait for the demo far apart."""
pytest_plugins = ("tests.engines", "tests.demo_homes", "tests.rendered_once")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that take longest begin first, and leave the others in their order."""
    rank = {str(Path(__file__).parent / name): number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(str(item.path), len(rank)))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript; forms need no token in tests unless a test switches it on."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
