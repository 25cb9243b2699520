"""The trail reads as Chinese: no entry shows a key or a short value, and the record's words are those of the rooms."""

import ast
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import complain, python_files, text_of, tree_of
from tests.house.worlds import Made
from village_open.finance.importing.results import Layout
from village_open.finance.items import ITEMS
from village_open.finance.models import LineKind, PeriodState
from village_open.finance.rules import LONGEST, LineInput
from village_open.notices.sheets.kinds import SheetKind
from village_open.record.changes import SHOWN_OF_HASH, read_changes
from village_open.record.words import (
    ITEM_WORDS,
    KEY_WORDS,
    NO_YES_WORDS,
    NUMBERS_OF_ROWS,
    PAPER_WORDS,
    PROFILE_WORDS,
    SHEET_WORDS,
    VALUE_WORDS,
)
from village_open.reviews.rules import Decision, Verdict
from village_open.settings import SQLITE_FILE
from village_open.villages import rules as villages
from village_open.villages.models import RoleKind
from village_open.villages.profile_keys import KEYS

TYPED = {"login", "name", "file", "summary", "note", "reason", "text", "payee", "voucher", "number", "basis"}
"""Keys whose values people wrote themselves, letters and all."""
LETTERS = re.compile("[A-Za-z]{2,}|_|[0-9]+[a-f]|[a-f]+[0-9]")
NAMES = re.compile(rf"校验值 [0-9a-f]{{{SHOWN_OF_HASH}}}…|(?<![A-Za-z])A[234](?![A-Za-z])|SHA-256")
CODES = re.compile(r"查验码 [0-9A-Z*~$=-]+")


def typed_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield what people wrote themselves in the body of an entry."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from typed_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from typed_in(inner, key)
    elif isinstance(value, str) and key in TYPED and value:
        yield value


def unread(bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the texts of entries that are not Chinese, what people wrote and the names of papers aside."""
    typed = sorted({text for body in bodies for text in typed_in([body["before"], body["after"]])}, key=len)
    own = re.compile("|".join(map(re.escape, reversed(typed))) or "(?!)")
    for body in bodies:
        changes = read_changes(body["before"], body["after"])
        for text in (body["said"], *(text for one in changes for text in (one.word, one.before, one.after))):
            if LETTERS.search(CODES.sub("", NAMES.sub("", own.sub("", text)))):
                yield f"{body['kind']}: {text}"


def unread_in(database: Path) -> list[str]:
    """Walk every entry of a database."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT body FROM record_entry ORDER BY id").fetchall()
    assert rows
    return list(unread([json.loads(body) for (body,) in rows]))


MEND = "give the key or the value its word in record/words.py, or name what a number stands for"


def test_no_entry_of_the_demo_shows_a_key_or_a_short_value(demo_home: Path) -> None:
    found = unread_in(demo_home / SQLITE_FILE)
    assert not found, complain("entries that are not read as Chinese", MEND, found)


def test_no_entry_of_the_small_world_shows_a_key_or_a_short_value(small_world: Made) -> None:
    found = unread_in(small_world.home / SQLITE_FILE)
    assert not found, complain("entries that are not read as Chinese", MEND, found)


@pytest.mark.parametrize(
    "after",
    [
        {"has_seal": "有"},
        {"reason_kind": "late"},
        {"basis": "某文件", "decision": "later"},
        {"number_of": "b9a3c51eb7"},
        {"members": [{"role": "村报账员"}]},
    ],
)
def test_a_raw_key_or_value_is_found(after: dict[str, Any]) -> None:
    assert list(unread([{"kind": "a.deed", "said": "做了一件事", "before": {}, "after": after}]))


def test_what_people_wrote_may_hold_letters() -> None:
    after = {"login": "office1", "name": "WPS 用户.xlsx", "file_sha256": "b9" * 32, "paper": "A3-landscape"}
    assert not list(unread([{"kind": "a.deed", "said": "从文件“WPS 用户.xlsx”导入", "before": {}, "after": after}]))


OF_OTHER_TABLES = {"accounts", "village", "item", "code_name", "receipts"}
"""Keys that stand in the same modules and go elsewhere: into what is hashed at submitting, into an error's fields."""


def keys_written_down() -> Iterator[tuple[str, str]]:
    """Yield place and key of every fact that a room writes into the record by name."""
    for name in python_files("village_open"):
        if "/actions" in name and "record_deed(" in text_of(name):
            for node in ast.walk(tree_of(name)):
                for key in node.keys if isinstance(node, ast.Dict) else ():
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield f"{name}:{key.lineno}", key.value


def test_every_key_that_a_room_writes_down_has_its_word() -> None:
    known = KEY_WORDS.keys() | PROFILE_WORDS.keys() | NUMBERS_OF_ROWS | OF_OTHER_TABLES
    found = list(keys_written_down())
    assert len(found) > 100
    missing = [f"{place} {key}" for place, key in found if key not in known]
    missing += [f"LineInput {key}" for key in LineInput.__dataclass_fields__ if key not in known | {"draft_key"}]
    assert not missing, complain("keys without a word", "give them one in record/words.py", missing)


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("kind", RoleKind), ("group", RoleKind), ("barred_kinds", RoleKind), ("kind", LineKind),
        ("state", PeriodState), ("verdict", Verdict), ("decision", Decision), ("format", Layout),
    ],
)  # fmt: skip
def test_the_record_calls_every_value_as_its_room_does(key: str, kinds: type[StrEnum]) -> None:
    assert {kind.value: VALUE_WORDS[key].get(kind.value) for kind in kinds} == {
        kind.value: kind.label  # type: ignore[attr-defined]  # each of these enums has its Chinese word
        for kind in kinds
    }


def test_the_record_calls_headings_papers_and_sheets_as_their_rooms_do() -> None:
    assert {key: item.label for key, item in ITEMS.items()} == ITEM_WORDS
    assert villages.PAPER_WORDS == PAPER_WORDS
    assert {kind.value: kind.heading for kind in SheetKind} == SHEET_WORDS


def test_the_record_calls_the_profile_as_its_page_does() -> None:
    assert {key: rule.label for key, rule in KEYS.items()} == PROFILE_WORDS
    for key, rule in KEYS.items():
        if set(rule.choices) == {"yes", "no"} and key in NO_YES_WORDS:
            assert NO_YES_WORDS[key] == (rule.choices["no"], rule.choices["yes"])
        elif rule.choices and set(rule.choices) != {"yes", "no"}:
            assert {word: VALUE_WORDS[key].get(word) for word in rule.choices} == rule.choices


def test_the_columns_of_a_line_have_the_words_of_the_entry_page() -> None:
    assert {field: KEY_WORDS[field] for field in LONGEST} == {field: word for field, (word, _) in LONGEST.items()}
