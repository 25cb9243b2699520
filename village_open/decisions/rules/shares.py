"""Shares of a number of people, in whole numbers: `>1/2`, `>=2/3`."""

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(?P<sign>>=?)(?P<over>\d+)/(?P<under>\d+)")
_WORDS = {
    (1, 2): "半数",
    (2, 3): "三分之二",
    (3, 4): "四分之三",
    (1, 10): "十分之一",
    (1, 5): "五分之一",
    (1, 3): "三分之一",
}


NO_PERCENT = "--"


def percent(part: int, whole: int) -> str:
    """Write a part of a whole in per cent with two decimals, rounded half up: `73.08`; of nothing: `--`.

    Source: the yearly form of democratic decisions that 山东 used (case 64).
    """
    if whole <= 0:
        return NO_PERCENT
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


@dataclass(frozen=True)
class Share:
    """A bound: more than a fraction (`is_strict`), or at least a fraction."""

    over: int
    under: int
    is_strict: bool

    @classmethod
    def parse(cls, text: str) -> "Share":
        """Read `>1/2` or `>=2/3`.

        Raises:
            ValueError: the text has another shape.
        """
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise ValueError(f"no share: {text}")
        return cls(int(match["over"]), int(match["under"]), match["sign"] == ">")

    def is_met(self, part: int, whole: int) -> bool:
        """Tell whether `part` of `whole` reaches the bound; of nobody nothing reaches it."""
        if whole <= 0:
            return False
        left, right = part * self.under, whole * self.over
        return left > right if self.is_strict else left >= right

    def least(self, whole: int) -> int:
        """Return the smallest number that reaches the bound."""
        exact, rest = divmod(whole * self.over, self.under)
        return exact + 1 if self.is_strict or rest else exact

    @property
    def words(self) -> str:
        """The fraction alone: `三分之二`."""
        return _WORDS[self.over, self.under]

    @property
    def bound_words(self) -> str:
        """The bound in words: `过半数`, `三分之二以上`."""
        if self.is_strict:
            return "过半数" if (self.over, self.under) == (1, 2) else f"超过{self.words}"
        return f"{self.words}以上"

    def compared(self, part: int, whole: int) -> str:
        """Write the comparison: `29 ≥ 28`, `24 > 14.5`, `24 < 28`, `13 ≤ 13`."""
        bound = self._bound(whole)
        if self.is_strict:
            return f"{part} {'>' if self.is_met(part, whole) else '≤'} {bound}"
        return f"{part} {'≥' if self.is_met(part, whole) else '<'} {bound}"

    def _bound(self, whole: int) -> str:
        """Half of an odd number is written with its half; other fractions as the number of people that reach them."""
        if self.is_strict and self.under == 2:
            exact, rest = divmod(whole * self.over, 2)
            return f"{exact}.5" if rest else str(exact)
        return str(self.least(whole) - 1 if self.is_strict else self.least(whole))
