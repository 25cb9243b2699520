"""What a deed changed, in Chinese: keys and values of an entry's body become words; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.record.words import (
    ITEM_WORDS,
    KEY_WORDS,
    NO_YES,
    NO_YES_WORDS,
    NUMBERS_OF_ROWS,
    PAPER_WORDS,
    PROFILE_WORDS,
    SHEET_WORDS,
    VALUE_WORDS,
)

SHOWN_OF_HASH = 12
_PLACES = {key: place for place, key in enumerate(KEY_WORDS)}
_IN_FEN = ("openings", "year_so_far")
_PERIODS = ("period", "starts_with")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HASHES = ("photo", "files")
_IN_HAND = "拿在手里看"


@dataclass(frozen=True)
class Change:
    """One value before and after a deed, as text; empty where there was or is none."""

    word: str
    before: str
    after: str


def read_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Say what a deed changed; what stayed, what was empty and the numbers of rows are left out."""
    keys = sorted(dict.fromkeys((*before, *after)), key=_place)
    found = (change for key in keys for change in _changes_of(key, before.get(key), after.get(key)))
    return tuple(change for change in found if change.before != change.after)


def _changes_of(key: str, before: Any, after: Any) -> Iterator[Change]:
    if _is_rows(before) or _is_rows(after):
        yield from _changes_of_rows(key_word(key), before or (), after or ())
    elif key not in NUMBERS_OF_ROWS:
        yield Change(key_word(key), _written(key, before), _written(key, after))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _changes_of_rows(word: str, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> Iterator[Change]:
    """Lay the rows of both sides beside each other; of a row that was and is, only what differs is told."""
    old, new = ({_identity(*row): row[1] for row in enumerate(rows)} for rows in (before, after))
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name, {}), new.get(name, {})
        if was and now:
            own_word = f"{word}“{now['summary']}”" if "summary" in now else word
            yield Change(own_word, _told(_differing(was, now)), _told(_differing(now, was)))
        else:
            yield Change(word, _told(was), _told(now))


def _identity(position: int, row: Mapping[str, Any]) -> Any:
    return row.get("id") or row.get("key") or row.get("person_id") or -position


def _differing(row: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if other.get(key) != value}


def _told(facts: Mapping[str, Any], *, key: str = "") -> str:
    """Write some facts in one line; what stands in fen under `key` stands in fen below it too."""
    names = (name for name in sorted(facts, key=_place) if name not in NUMBERS_OF_ROWS)
    words = ((key_word(name), _written(key or name, facts[name])) for name in names)
    return "；".join(f"{word} {text}" for word, text in words if text)


def _place(key: str) -> int:
    return _PLACES.get(key, len(_PLACES))


def key_word(key: str) -> str:
    """Return the word of a key, or the key itself where nobody gave it one; names of accounts are words already."""
    if key.isdecimal():
        return KEY_WORDS["account"]
    sheet, _, paper = key.partition(".")
    if sheet in SHEET_WORDS:
        return f"{SHEET_WORDS[sheet]} {PAPER_WORDS.get(paper, paper)}".strip()
    return KEY_WORDS.get(key) or PROFILE_WORDS.get(key) or ITEM_WORDS.get(key) or key


def _written(key: str, value: Any) -> str:
    """Write one value as a reader knows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return _told(value, key=key)
    if isinstance(value, list):
        return _listed(key, value)
    if isinstance(value, bool):
        return NO_YES_WORDS.get(key, NO_YES)[value]
    return _number(key, value) if isinstance(value, int) else VALUE_WORDS.get(key, {}).get(value) or _text(key, value)


def _listed(key: str, values: Sequence[Any]) -> str:
    """Lists of lines are counted, people are named."""
    if key == "lines":
        return f"{len(values)} 笔" if values else ""
    if len(values) == 2 and isinstance(values[0], int) and isinstance(values[1], str):
        return values[1]
    return "、".join(_written(key, value) for value in values)


def _number(key: str, value: int) -> str:
    in_fen = key.endswith("_fen") or key in _IN_FEN or key.isdecimal()
    return f"{format_fen(value)} 元" if in_fen else str(value)


def _text(key: str, text: str) -> str:
    if key.endswith("sha256") or key in _HASHES:
        return f"校验值 {text[:SHOWN_OF_HASH]}…"
    if _DAY.fullmatch(text) and (key == "on" or key.endswith("_on")):
        day = date.fromisoformat(text)
        return f"{day.year}年{day.month}月{day.day}日"
    if key in _PERIODS:
        return Period.parse(text).label
    if key == "papers":
        return "、".join(_need(need) for need in text.split())
    return "" if key == "place" and text.isdecimal() else text


def _need(need: str) -> str:
    """Read a paper with the distance it is read from: `A3-landscape@1500`."""
    paper, _, distance = need.partition("@")
    read = f"{KEY_WORDS['reading_distance_mm'].partition('（')[0]} {distance} 毫米" if distance != "0" else _IN_HAND
    return f"{PAPER_WORDS.get(paper, paper)}（{read}）"
