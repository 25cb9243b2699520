"""以前期更正: what a period published late owes to one that had begun with another figure; pure.

A period may go out as 暂计 before the one before it is published. Where the late closing then differs from the opening
that was signed, neither paper changes: the difference enters a later period that is still being entered, as a line of
its own, neither income nor expense, one for each pair of periods and money account.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from village_open.core.money import format_fen
from village_open.core.periods import Period

_PREFIX = "correct:"


@dataclass(frozen=True, order=True)
class Seam:
    """Where a period published late meets the next one, in one money account."""

    late: str
    after: str
    account_id: int

    @property
    def key(self) -> str:
        """The name under which a line keeps it."""
        return f"{_PREFIX}{self.late}:{self.after}:{self.account_id}"

    @classmethod
    def of(cls, key: str) -> "Seam":
        """Read the name that a line keeps."""
        late, after, account_id = key.removeprefix(_PREFIX).split(":")
        return cls(late, after, int(account_id))


@dataclass(frozen=True)
class Link:
    """One period of a village's chain, as far as corrections go; fen by money account id."""

    code: str
    is_open: bool
    """Whether it is still being entered: then its opening follows the closing before by itself."""
    opening_fen: Mapping[int, int]
    closing_fen: Mapping[int, int] | None
    """None while it is not published."""
    corrections: Mapping[Seam, int] = field(default_factory=dict)
    """What it has taken up already."""


@dataclass(frozen=True)
class Correction:
    """What one seam still owes to a period: `fen` is added to the account."""

    seam: Seam
    fen: int
    closing_fen: int
    opening_fen: int
    taken_fen: int = 0
    """Of the same seam, what earlier periods have taken up."""

    @property
    def summary(self) -> str:
        """The words of the line: both periods, both figures."""
        late, after = Period.parse(self.seam.late), Period.parse(self.seam.after)
        taken = f"，此前已更正 {format_fen(self.taken_fen)} 元" if self.taken_fen else ""
        return (
            f"以前期更正：{late.label}公布的期末结存为 {format_fen(self.closing_fen)} 元，"
            f"{after.label}先按 {format_fen(self.opening_fen)} 元暂计{taken}"
        )

    def note(self, numbers: Mapping[str, str]) -> str:
        """Return the papers of both periods by their numbers."""
        codes = (self.seam.late, self.seam.after)
        return "；".join(f"{Period.parse(code).label}：{numbers.get(code, '尚未签发')}" for code in codes)


def corrections_of(chain: Sequence[Link]) -> dict[str, tuple[Correction, ...]]:
    """Return what each open period of a chain, the earliest first, must carry as corrections, by period code."""
    due: dict[Seam, tuple[int, int]] = {}
    taken: dict[Seam, int] = {}
    owed: dict[str, tuple[Correction, ...]] = {}
    for number, link in enumerate(chain):
        if number:
            due |= _due(chain[number - 1], link)
        if link.is_open:
            owed[link.code] = _owed(due, taken)
            carried = {one.seam: one.fen for one in owed[link.code]}
        else:
            carried = dict(link.corrections)
        for seam, fen in carried.items():
            taken[seam] = taken.get(seam, 0) + fen
    return owed


def _due(late: Link, after: Link) -> dict[Seam, tuple[int, int]]:
    """Return closing and opening at a seam by account; none where a side can still move."""
    if late.closing_fen is None or after.is_open:
        return {}
    return {
        Seam(late.code, after.code, account_id): (closing_fen, after.opening_fen.get(account_id, 0))
        for account_id, closing_fen in late.closing_fen.items()
    }


def _owed(due: Mapping[Seam, tuple[int, int]], taken: Mapping[Seam, int]) -> tuple[Correction, ...]:
    found = []
    for seam in sorted({*due, *taken}):
        closing_fen, opening_fen = due.get(seam, (0, 0))
        fen = closing_fen - opening_fen - taken.get(seam, 0)
        if fen:
            found.append(Correction(seam, fen, closing_fen, opening_fen, taken.get(seam, 0)))
    totals: dict[int, int] = {}
    for one in found:
        totals[one.seam.account_id] = totals.get(one.seam.account_id, 0) + one.fen
    return tuple(one for one in found if totals[one.seam.account_id])
