"""The locks hold every dependency, by version and hash."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, text_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(
    r"^(?P<name>[\w.\-]+)==(?P<version>[^\s;]+)(?P<marker> ; [^\\\n]+)? \\\n(?P<hashes>(?:\s+--hash=\S+.*\n?)+)",
    re.MULTILINE,
)


def normal(name: str) -> str:
    """Write a package name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, set[str]]:
    """Read a lock: name → the versions it pins, one a marker."""
    found: dict[str, set[str]] = {}
    for pin in PIN.finditer(text_of(f"requirements/{lock}.txt")):
        found.setdefault(normal(pin["name"]), set()).add(pin["version"])
    return found


def wanted(*extras: str) -> list[Requirement]:
    """List what pyproject asks for."""
    extra = [line for name in extras for line in PROJECT["optional-dependencies"][name]]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extra]]


@pytest.mark.parametrize(("lock", "extras"), [("run", ("build",)), ("test", ("build", "dev"))])
def test_a_lock_pins_everything_that_pyproject_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    pinned = pins(lock)
    astray = [
        str(requirement)
        for requirement in wanted(*extras)
        if not any(requirement.specifier.contains(version) for version in pinned.get(normal(requirement.name), ()))
    ]
    assert not astray, f"requirements/{lock}.txt is behind pyproject.toml; run `make lock`: {astray}"


def test_the_tests_run_on_the_versions_that_people_run_on() -> None:
    run, test = pins("run"), pins("test")
    assert run
    assert {name: test.get(name) for name in run} == run, "run `make lock`"


@pytest.mark.parametrize("lock", ["run", "test"])
def test_every_line_of_a_lock_is_a_pin_with_hashes(lock: str) -> None:
    loose = [
        line
        for line in text_of(f"requirements/{lock}.txt").splitlines()
        if re.match(r"[^\s#]", line) and "==" not in line
    ]
    assert not loose
    assert len(PIN.findall(text_of(f"requirements/{lock}.txt"))) == len(
        re.findall(r"^[^\s#]", text_of(f"requirements/{lock}.txt"), re.MULTILINE)
    )
