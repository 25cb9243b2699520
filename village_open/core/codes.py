"""The code printed on a sheet: 130 bits of its SHA-256 in Crockford base 32, with a check character."""

import re
import unicodedata

from village_open.core.errors import InputError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_ALPHABET = _ALPHABET + "*~$=U"
"""Crockford's check symbol is the value modulo 37: five symbols more."""
_DIGITS = 26
_BITS = _DIGITS * 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class CodeUnreadable(InputError):
    """The typed code is no sheet code: a wrong length, character or check."""


def sheet_code(sha256_hex: str) -> str:
    """Return the 27 characters of a content hash: 26 digits and a check character, ungrouped."""
    value = int(sha256_hex, 16) >> (256 - _BITS)
    digits = "".join(_ALPHABET[value >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return digits + _CHECK_ALPHABET[value % 37]


def grouped(code: str) -> str:
    """Write a code in groups of five and the check, as people copy it: `7Z3K9-…-Q`."""
    body = code[:_DIGITS]
    return "-".join([*(body[i : i + 5] for i in range(0, _DIGITS, 5)), code[_DIGITS:]])


def parse_code(text: str) -> str:
    """Read a code as people type it: any case or width, with or without groups, O for 0, I and L for 1.

    Raises:
        CodeUnreadable: 27 characters are not there, or the check character tells of a slip.
    """
    plain = re.sub(r"[\s\-‐–—]", "", unicodedata.normalize("NFKC", text).upper()).translate(_MISREAD)
    body, check = plain[:_DIGITS], plain[_DIGITS:]
    if len(plain) != _DIGITS + 1 or any(char not in _ALPHABET for char in body):
        raise CodeUnreadable("查验码应为 27 个字符，请对照公示单右下角重新输入。")
    value = sum(_ALPHABET.index(char) << 5 * i for i, char in enumerate(reversed(body)))
    if _CHECK_ALPHABET[value % 37] != check:
        raise CodeUnreadable("查验码有一个字符不对，请对照公示单右下角逐个核对。")
    return body + check
