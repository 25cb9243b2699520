"""How a deed becomes bytes and how a chain is proven; pure."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from village_open.core.canonical import Plain, canonical_bytes, sha256_hex

GENESIS = "0" * 64
"""The `prev` of a chain's first entry."""


class Link(Protocol):
    """What of an entry the proof looks at: the hashed body, and the columns that repeat it for reading."""

    chain: str
    seq: int
    prev: str
    sha256: str
    kind: str
    at: datetime
    actor_id: int
    actor_name: str
    said: str
    body: str


@dataclass(frozen=True)
class Deed:
    """One deed to be recorded: who did what, with the state before and after."""

    kind: str
    actor_id: int
    actor_name: str
    said: str
    before: Mapping[str, Plain]
    after: Mapping[str, Plain]


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a chain does not hold."""

    chain: str
    seq: int
    reason: str


def deed_body(deed: Deed, *, chain: str, seq: int, prev: str, at: str) -> bytes:
    """Return the canonical bytes of an entry; `at` is ISO 8601 in UTC."""
    return canonical_bytes(
        {
            "chain": chain,
            "seq": seq,
            "prev": prev,
            "at": at,
            "kind": deed.kind,
            "actor_id": deed.actor_id,
            "actor_name": deed.actor_name,
            "said": deed.said,
            "before": deed.before,
            "after": deed.after,
        }
    )


def first_broken_link(links: Iterable[Link]) -> BrokenLink | None:
    """Walk one chain in order of `seq` and return the first link that does not hold.

    The hash proves the body; people read the columns, so these are proven to say what the body says.
    """
    prev, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            return BrokenLink(link.chain, expected, f"第 {expected} 条不见了，下一条是第 {link.seq} 条")
        if link.prev != prev:
            return BrokenLink(link.chain, link.seq, "与上一条接不上")
        if sha256_hex(link.body.encode()) != link.sha256:
            return BrokenLink(link.chain, link.seq, "内容与校验值不符")
        if differing := _differing_column(link):
            return BrokenLink(link.chain, link.seq, f"显示的{differing}与留痕的原文不符")
        prev, expected = link.sha256, expected + 1
    return None


_COLUMN_WORDS = {
    "chain": "所属", "seq": "序号", "prev": "上一条校验值", "kind": "操作", "at": "时间",
    "actor_id": "经办人编号", "actor_name": "经办人", "said": "说明",
}  # fmt: skip


def _differing_column(link: Link) -> str | None:
    """Return the word of the first column that does not repeat the body, or None."""
    try:
        body = json.loads(link.body)
    except ValueError:
        return "原文"
    shown: dict[str, str | int] = {
        "chain": link.chain, "seq": link.seq, "prev": link.prev, "kind": link.kind, "at": link.at.isoformat(),
        "actor_id": link.actor_id, "actor_name": link.actor_name, "said": link.said,
    }  # fmt: skip
    if not isinstance(body, dict):
        return "原文"
    return next((word for key, word in _COLUMN_WORDS.items() if body.get(key) != _as_hashed(shown[key])), None)


def _as_hashed(value: str | int) -> str | int:
    """Return a value in the spelling in which the body was hashed."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
