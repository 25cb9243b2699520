"""The gate of the house: every address of every endpoint in the small world, asked as any visitor."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.world import NOW, Place, Visitor, World
from village_open.core import clock
from village_open.db import db

PLACE_ARGUMENTS = ("village_code", "township_code", "county_code")
BESIDES_ROOMS = {"static", "bootstrap.static"}
EXAMPLES: dict[str, str | int] = {
    "villages.elect_group kind": "finance_review",
    "villages.change_profile key": "posting_days",
    "paper": "A4-portrait",
    "sheet_kind": "finance_lines",
    "group_kind": "finance_review",
    "side": "income",
    "size": "usual",
    "upload": "never-handed-in",
    "what": "lines",
    "ending": "csv",
    "item_key": "SW12",
    "register_key": "debts",
}
"""What stands in an address besides places and ids: by `endpoint argument`, or by the argument everywhere."""


@dataclass
class Gate:
    """An application over a copy of the small world, and a cookie for each visitor."""

    app: Flask
    world: World
    cookies: Mapping[str, str]
    template: Path
    file: Path
    _seen: sqlite3.Connection = field(init=False)
    _version: int = 0
    _is_touched: bool = False

    def __post_init__(self) -> None:
        self.restore()

    @property
    def endpoints(self) -> list[str]:
        """Every endpoint of the rooms."""
        return sorted({rule.endpoint for rule in self.app.url_map.iter_rules()} - BESIDES_ROOMS)

    def rules(self, endpoint: str) -> Iterable[Rule]:
        """The addresses of an endpoint."""
        return self.app.url_map.iter_rules(endpoint)

    def ask(self, visitor: Visitor, method: str, url: str, **body: Any) -> TestResponse:
        """Send one request as this visitor, from a browser that knows nothing else."""
        client = self.app.test_client()
        if visitor.label in self.cookies:
            client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookies[visitor.label])
        with clock.living_at(NOW):
            return client.open(url, method=method, buffered=True, **body)

    def has_changed(self) -> bool:
        """Tell whether anybody has written to the database since the last look."""
        version = self._seen.execute("PRAGMA data_version").fetchone()[0]
        changed, self._version = version != self._version, version
        self._is_touched |= changed
        return changed

    def restore(self) -> None:
        """Bring the world back to its beginning."""
        if hasattr(self, "_seen") and not self._is_touched and not self.has_changed():
            return
        self._is_touched = False
        self.close()
        shutil.copy(self.template, self.file)
        self._seen = sqlite3.connect(self.file)
        self._version = self._seen.execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if hasattr(self, "_seen"):
            self._seen.close()


def place_argument(rule: Rule) -> str | None:
    """Return the argument by which an address names its place."""
    return next((name for name in PLACE_ARGUMENTS if name in rule.arguments), None)


def addresses(rule: Rule, place: Place, endpoint: str) -> Iterator[str]:
    """Yield the address of a rule at a place, once for each of its periods where they make a difference."""
    wanted = set(rule.arguments) - set(place.codes) - set(place.ids)
    of_periods = {"period_code", *(name for ids in place.periods.values() for name in ids)}
    plain = {**place.codes, **place.ids, **{name: example(endpoint, name) for name in wanted - of_periods}}
    if not wanted & of_periods:
        yield build(rule, plain)
        return
    for code, ids in place.periods.items():
        if wanted & of_periods <= {"period_code", *ids}:
            yield build(rule, {**plain, **ids, "period_code": code})


def examples(rule: Rule) -> dict[str, str | int]:
    """Return the examples for those arguments of a rule that have one."""
    named = {name: EXAMPLES.get(f"{rule.endpoint} {name}", EXAMPLES.get(name)) for name in rule.arguments}
    return {name: value for name, value in named.items() if value is not None}


def example(endpoint: str, name: str) -> str | int:
    """Return what stands in an address for an argument that is neither place nor id."""
    found = EXAMPLES.get(f"{endpoint} {name}", EXAMPLES.get(name))
    assert found is not None, f"no example for <{name}> of {endpoint}: add one to EXAMPLES in tests/house/gate.py"
    return found


def build(rule: Rule, values: Mapping[str, str | int]) -> str:
    """Return the path of a rule with these values."""
    built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None
    return built[1]
