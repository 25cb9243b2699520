"""Canonical bytes: one content, one byte string, one SHA-256 (RFC 8785, NFC; ints and strings only)."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What may be frozen: no float, no date object, no Decimal."""


def canonical_bytes(content: Plain) -> bytes:
    """Return the canonical UTF-8 JSON of the content.

    Raises:
        TypeError: the content holds a float or another type with no single spelling, or one key spelt twice.
        ValueError: an integer is beyond 2^53 or a string is no valid Unicode: JSON has no safe spelling for them.
    """
    return rfc8785.dumps(_normal(content))


def _normal(content: Plain) -> Plain:
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if content is None or isinstance(content, bool | int):
        return content
    if isinstance(content, Mapping):
        normal = {unicodedata.normalize("NFC", key): _normal(value) for key, value in content.items()}
        if len(normal) < len(content):
            raise TypeError(f"有两个键是同一个词的不同编码，不能固定：{sorted(content)!r}")
        return normal
    if isinstance(content, list | tuple):
        return [_normal(item) for item in content]
    raise TypeError(f"{type(content).__name__} 没有唯一写法，不能固定：{content!r}")


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
