"""How a deed becomes bytes and how a chain is proven; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from village_open.core.canonical import Plain, canonical_bytes, sha256_hex

GENESIS = "0" * 64
"""The `prev` of a chain's first entry."""


class Link(Protocol):
    """What of an entry the proof looks at."""

    chain: str
    seq: int
    prev: str
    sha256: str
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
    """Walk one chain in order of `seq` and return the first link that does not hold."""
    prev, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            return BrokenLink(link.chain, expected, f"第 {expected} 条不见了，下一条是第 {link.seq} 条")
        if link.prev != prev:
            return BrokenLink(link.chain, link.seq, "与上一条接不上")
        if sha256_hex(link.body.encode()) != link.sha256:
            return BrokenLink(link.chain, link.seq, "内容与校验值不符")
        prev, expected = link.sha256, expected + 1
    return None
