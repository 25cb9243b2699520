"""Fixtures of every test; those of the engines and of the demo stand in modules of their own."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

pytest_plugins = ("tests.engines", "tests.demo_homes", "tests.rendered_once")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript; forms need no token in tests unless a test switches it on."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
