"""Canonical bytes: one content, one byte string, one SHA-256 (RFC 8785, NFC; ints and strings only)."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

Plain: TypeAlias = "None | bool | int | str | Sequence[Plain] | Mapping[str, Plain]"
"""What may be frozen: no float, no date object, no Decimal."""


def canonical_bytes(content: Plain) -> bytes:
    """Return the canonical UTF-8 JSON of the content.

    Raises:
        TypeError: the content holds a float or another type with no single spelling.
    """
    return rfc8785.dumps(_normal(content))


def _normal(content: Plain) -> Plain:
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if content is None or isinstance(content, bool | int):
        return content
    if isinstance(content, Mapping):
        return {unicodedata.normalize("NFC", key): _normal(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_normal(item) for item in content]
    raise TypeError(f"{type(content).__name__} 没有唯一写法，不能固定：{content!r}")


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
