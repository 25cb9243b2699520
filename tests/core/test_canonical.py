"""Canonical bytes: one content, one byte string, whoever writes it."""

import hashlib
import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.canonical import canonical_bytes, sha256_hex

SAFE_INTS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8).map(lambda text: unicodedata.normalize("NFC", text))
CONTENTS = st.recursive(
    st.none() | st.booleans() | SAFE_INTS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ({}, "{}"),
        ([], "[]"),
        ((1, "a"), '[1,"a"]'),
        (None, "null"),
        ([True, False], "[true,false]"),
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ("李家村", '"李家村"'),
        ("a/b", '"a/b"'),
        # RFC 8785 section 3.2.2.2: two-character escapes where they exist, lower-case hexadecimal elsewhere.
        ('€$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        # RFC 8785 section 3.2.3: keys sort by UTF-16 code units, so the emoji comes before the private-use character.
        (
            {"€": 1, "\r": 2, "\ue000": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7},
            '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ue000":3}',
        ),
        (2**53 - 1, "9007199254740991"),
        (-(2**53) + 1, "-9007199254740991"),
    ],
)
def test_a_content_has_the_bytes_that_rfc_8785_gives_it(content: Any, written: str) -> None:
    assert canonical_bytes(content) == written.encode()


@given(CONTENTS)
def test_canonical_bytes_are_json_that_says_the_same(content: Any) -> None:
    assert json.loads(canonical_bytes(content)) == content


@given(CONTENTS)
def test_canonical_bytes_of_what_was_read_back_are_the_same_bytes(content: Any) -> None:
    written = canonical_bytes(content)
    assert canonical_bytes(json.loads(written)) == written


@given(st.dictionaries(TEXTS, SAFE_INTS, min_size=2, max_size=6))
def test_the_order_in_which_keys_were_put_in_does_not_matter(content: dict[str, int]) -> None:
    backwards = dict(reversed(content.items()))
    assert canonical_bytes(backwards) == canonical_bytes(content)


@pytest.mark.parametrize(("composed", "decomposed"), [("é", "e\u0301"), ("ǖ", "u\u0308\u0304"), ("神", "\ufa19")])
def test_one_word_in_two_encodings_has_one_byte_string(composed: str, decomposed: str) -> None:
    assert composed != decomposed
    assert canonical_bytes({composed: [composed]}) == canonical_bytes({decomposed: [decomposed]})


@pytest.mark.parametrize(
    "content",
    [
        1.0,
        0.1,
        float("nan"),
        Decimal("1.00"),
        date(2026, 7, 1),
        b"bytes",
        {1, 2},
        object(),
        [{"amount": 12.5}],
        {1: "a"},
    ],
)
def test_what_has_no_single_spelling_is_refused(content: Any) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(content)


def test_two_keys_that_are_one_word_are_refused_rather_than_lost() -> None:
    with pytest.raises(TypeError, match="同一个词"):
        canonical_bytes({"é": 1, "e\u0301": 2})


@pytest.mark.parametrize("content", [2**53, -(2**53), "\ud800"])
def test_what_json_cannot_carry_safely_is_refused(content: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_bytes(content)


def test_the_hash_is_the_published_one() -> None:
    # FIPS 180-4 example: "abc".
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_hex(canonical_bytes({})) == hashlib.sha256(b"{}").hexdigest()
