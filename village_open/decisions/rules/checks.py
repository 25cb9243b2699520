"""A published figure beside the computed one, in words; what is compared belongs to other files."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One comparison: how it is computed, what comes out, and what was published (empty: nothing was)."""

    rule: str
    """The arithmetic: `4,980 人 × 15.00 元`."""
    computed: str
    published: str = ""
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nothing else was published than what comes out."""
        return self.published in ("", self.computed)

    @property
    def words(self) -> str:
        """The comparison as a sentence: `…＝ 74,700.00 元，与公布的一致`."""
        told = f"{self.rule} ＝ {self.computed}"
        if self.published:
            told += "，与公布的一致" if self.agrees else f"，公布的是 {self.published}，不一致"
        return f"{told}；{self.note}" if self.note else told


def contradictions(checks: Iterable[Check]) -> tuple[str, ...]:
    """Return the sentences of those that do not agree."""
    return tuple(check.words for check in checks if not check.agrees)


def missing_words(known: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """Return the names of what nobody published."""
    return tuple(name for name, value in known if value is None)
