"""Nothing switched off without a reason, nothing left for later, nothing of one machine."""

import io
import re
import tokenize

import pytest

from tests.house.tree import complain, own_files, python_files, text_of

BINARY = re.compile(r".*\.(png|jpg|jpeg|ico|pdf|xls|xlsx|ods|zip|woff2?|otf|ttf|mo|sqlite3)")
SWITCHED_OFF = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|fmt:\s*off|mypy:|ruff:)(?P<rest>[^\n]*)")
# A list of rule names in brackets or after a colon, then the reason behind a second # or a dash.
WITH_REASON = re.compile(r"(\[[\w\-, ]+\]|:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?\s*(#|-|–|—)\s*\S.{4,}")
LATER = re.compile(r"\b(TO" + "DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
SKIPPED = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip")
CANNOT_FAIL = re.compile(r"^\s*assert (True|1|1 == 1|not False)\s*$", re.MULTILINE)
# Built from halves, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~/-])/(wo" + r"rk|ro" + r"ot|tm" + r"p|ho" + r"me/\w+|Us" + r"ers/\w+)(/|\b(?![\w-]))"
)
REGISTRIES = re.compile(
    r"pypi\.or"
    + r"g|pythonhosted\.or"
    + r"g|registry\.npm"
    + r"js|deb\.debian\.or"
    + r"g|/simp"
    + r"le/|--(extra-)?index-ur"
    + r"l[ =]http"
)


def text_files() -> list[str]:
    """List own files that hold text."""
    return [name for name in own_files() if not BINARY.fullmatch(name)]


def places(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    """Find a pattern in files, as `path:line`."""
    return [
        f"{name}:{number} {line.strip()[:80]}"
        for name in names
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if pattern.search(line)
    ]


def comments(name: str) -> list[tuple[int, str]]:
    """List the comments of a Python file with their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text_of(name)).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_a_switched_off_rule_carries_its_reason_on_the_line() -> None:
    bare = [
        f"{name}:{number} {comment}"
        for name in python_files("village_open", "bench", "scripts", "tests", "migrations")
        for number, comment in comments(name)
        if (found := SWITCHED_OFF.match(comment)) and not WITH_REASON.match(found["rest"])
    ]
    mend = "name the rule and give the reason: `# noqa: S603 - the command is our own`"
    assert not bare, complain("rules switched off without a reason", mend, bare)


@pytest.mark.parametrize(
    ("comment", "has_reason"),
    [
        ("# noqa: S603 - the command is our own", True),
        ("# type: ignore[no-untyped-call]  # huey ships no types", True),
        ("# noqa: S603", False),
        ("# noqa", False),
        ("# type: ignore", False),
        ("# type: ignore[misc]  # x", False),
    ],
)
def test_the_reason_of_a_switched_off_rule_is_recognised(comment: str, has_reason: bool) -> None:
    found = SWITCHED_OFF.match(comment)
    assert found
    assert bool(WITH_REASON.match(found["rest"])) is has_reason


def test_nothing_is_left_for_later() -> None:
    later = places(LATER, text_files())
    assert not later, complain("work put off in a comment", "do it, or open an issue and say so there", later)


def test_no_test_is_skipped_or_cannot_fail() -> None:
    tests = python_files("tests")
    idle = places(SKIPPED, [name for name in tests if name != "tests/house/test_tidiness.py"]) + places(
        CANNOT_FAIL, tests
    )
    assert not idle, complain("tests that do not test", "mend what they test, or delete them", idle)


def test_no_file_knows_one_machine_or_one_registry() -> None:
    tied = places(MACHINE_PATHS, text_files()) + places(REGISTRIES, text_files())
    mend = "use tmp_path, the data directory or a setting; packages come from whatever registry the machine has"
    assert not tied, complain("tied to one machine", mend, tied)


@pytest.mark.parametrize("path", ["/wo" + "rk/main", "/ro" + "ot/.cache", '"/tm' + 'p"', "open('/ho" + "me/li/a')"])
def test_a_path_of_one_machine_is_recognised(path: str) -> None:
    assert MACHINE_PATHS.search(path)


@pytest.mark.parametrize(
    "path", ["templates/wo" + "rk/a.html", "./tm" + "p/x", "https://a.example/ro" + "ot", "/wo" + "rker"]
)
def test_other_paths_are_left_alone(path: str) -> None:
    assert not MACHINE_PATHS.search(path)
