"""The code on a sheet: 130 bits of the hash, and a check that catches every slip of a single hand."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.codes import CodeUnreadable, grouped, parse_code, sheet_code

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
SAMPLE = [sheet_code(hashlib.sha256(str(n).encode()).hexdigest()) for n in range(12)]


def bits_of(code: str) -> int:
    """Count the value of a code's digits by a way of its own: through a string of bits."""
    return int("".join(f"{DIGITS.index(char):05b}" for char in code[:26]), 2)


@given(HASHES)
def test_a_code_is_the_first_130_bits_of_the_hash(sha256_hex: str) -> None:
    code = sheet_code(sha256_hex)
    assert len(code) == 27
    assert f"{bits_of(code):0130b}" == f"{int(sha256_hex, 16):0256b}"[:130]
    assert CHECKS.index(code[26]) == bits_of(code) % 37


def test_the_smallest_and_the_largest_hash_have_a_code() -> None:
    assert sheet_code("0" * 64) == "0" * 27
    assert sheet_code("f" * 64)[:26] == "Z" * 26


@given(HASHES)
def test_a_code_is_read_back_however_it_is_written(sha256_hex: str) -> None:
    code = sheet_code(sha256_hex)
    assert parse_code(code) == code
    assert parse_code(grouped(code)) == code
    assert parse_code(grouped(code).lower()) == code
    assert parse_code(f"  {grouped(code).replace('-', ' — ')}\n") == code


@given(HASHES)
def test_a_code_typed_with_a_chinese_input_method_is_read_back(sha256_hex: str) -> None:
    code = sheet_code(sha256_hex)
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in grouped(code))
    assert parse_code(full_width) == code


@given(HASHES)
def test_letters_misread_from_paper_are_forgiven(sha256_hex: str) -> None:
    code = sheet_code(sha256_hex)
    assert parse_code(code.replace("0", "O").replace("1", "l")) == code
    assert parse_code(code.replace("0", "o").replace("1", "i")) == code


def test_groups_are_five_long_with_the_check_last() -> None:
    assert grouped("7Z3K9" * 5 + "AQ") == "7Z3K9-7Z3K9-7Z3K9-7Z3K9-7Z3K9-A-Q"


@pytest.mark.parametrize("code", SAMPLE)
def test_every_single_wrong_character_is_caught(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in (DIGITS if place < 26 else CHECKS).replace(right, ""):
            with pytest.raises(CodeUnreadable, match="有一个字符不对"):
                parse_code(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", SAMPLE)
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    for place in range(26):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(CodeUnreadable):
                parse_code(swapped)


@pytest.mark.parametrize(
    "text", ["", SAMPLE[0][:-1], SAMPLE[0] + "0", "U" + SAMPLE[0][1:], "!" + SAMPLE[0][1:], "村" * 27]
)
def test_what_is_no_code_is_refused_with_the_place_to_look(text: str) -> None:
    with pytest.raises(CodeUnreadable, match=r"27 个字符.*右下角"):
        parse_code(text)
