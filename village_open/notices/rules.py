"""What a disclosure is called, which papers it is made on, and how its days on the board are counted; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from village_open.core.calendars import DayRule, days_served, term_last_day
from village_open.core.errors import InputError

HAND_OUT = "A4-portrait"
"""Every disclosure has a hand-out beside what hangs on the boards."""
IN_HAND_MM = 0
"""The reading distance of a hand-out: nobody steps back from it."""
USUAL_DISTANCE_MM = 1500
_HELD_IN_HAND = "A4-"
_ONLY_THIS_MACHINE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - refused as an address, not listened on


class PublicAddressUnfit(InputError):
    """The public base address cannot be read from paper with a phone."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            f"公开网址“{address}”{why}，二维码会打不开。请管理员改正设置 VILLAGE_OPEN_PUBLIC_URL，"
            "例如 http://192.168.1.10:5000；没有固定网址就留空，公示单只印查验码。"
        )


@dataclass(frozen=True)
class PaperNeed:
    """A paper that a disclosure is made on, by code (`A3-landscape`), and from how far it is read."""

    paper: str
    reading_distance_mm: int = USUAL_DISTANCE_MM

    @property
    def is_for_hand(self) -> bool:
        """Whether it is handed out; where a board takes the paper of the hand-out, one sheet does for both."""
        return self.paper == HAND_OUT or not self.is_for_board

    @property
    def is_for_board(self) -> bool:
        """Whether it is read from a wall."""
        return self.reading_distance_mm > IN_HAND_MM

    @property
    def metres(self) -> str:
        """From how far it is read, in metres."""
        return f"{self.reading_distance_mm / 1000:g}"

    def __str__(self) -> str:
        return f"{self.paper}@{self.reading_distance_mm}"


@dataclass(frozen=True)
class PostingCount:
    """How long a sheet has hung by the profile's rule, and how long it must hang."""

    served_days: int
    needed_days: int
    until: date
    is_hanging: bool
    rule: DayRule

    @property
    def short_days(self) -> int:
        """How many days are missing to the term; while it hangs, how many are still to come."""
        return max(0, self.needed_days - self.served_days)

    @property
    def fell_short(self) -> bool:
        """Whether it was taken down too early."""
        return not self.is_hanging and self.short_days > 0


NUMBER_WORDS = {"finance": "财公", "affairs": "事公"}


def disclosure_number(township: str, village: str, year: int, seq: int, kind: str = "finance") -> str:
    """Write the number of a disclosure: `青山镇李家村〔2026〕财公3号`, of an announcement `〔2026〕事公3号`."""
    return f"{township}{village}〔{year}〕{NUMBER_WORDS[kind]}{seq}号"


def paper_needs(boards: Iterable[tuple[str, int]]) -> tuple[PaperNeed, ...]:
    """Return the papers to make for boards given as (paper, reading distance): the hand-out, then each board's own.

    Boards of one paper get one sheet, in type for the one that is read from farthest away.
    """
    farthest = {HAND_OUT: IN_HAND_MM}
    for paper, distance in boards:
        farthest[paper] = max(distance, farthest.get(paper, IN_HAND_MM))
    return tuple(PaperNeed(paper, farthest[paper]) for paper in sorted(farthest, key=lambda p: (p != HAND_OUT, p)))


def written_needs(needs: Iterable[PaperNeed]) -> str:
    """Write needs as they are kept with a disclosure: the hand-out, then what the boards asked for."""
    return " ".join(map(str, (PaperNeed(HAND_OUT, IN_HAND_MM), *(need for need in needs if need.is_for_board))))


def read_needs(text: str) -> tuple[PaperNeed, ...]:
    """Read needs as they are kept with a disclosure.

    Those kept before hand and board were told apart name no hand-out: their A4 was set for the hand, whoever asked.
    """
    asked = [PaperNeed(paper, int(distance)) for paper, _, distance in (word.partition("@") for word in text.split())]
    if PaperNeed(HAND_OUT, IN_HAND_MM) not in asked:
        asked = [need for need in asked if need.paper != HAND_OUT]
    return paper_needs((need.paper, need.reading_distance_mm) for need in asked)


def need_for(needs: Iterable[PaperNeed], paper: str) -> PaperNeed:
    """Return the need of a paper; of one that no board asked for, A4 is for the hand, larger ones for a usual board."""
    unasked = PaperNeed(paper, IN_HAND_MM if paper.startswith(_HELD_IN_HAND) else USUAL_DISTANCE_MM)
    return next((need for need in needs if need.paper == paper), unasked)


def require_public_address(address: str) -> None:
    """Refuse a base address whose QR code no phone could follow; an empty one prints no QR and is right.

    Raises:
        PublicAddressUnfit: it is no http address, carries more than host and path, or names the machine itself.
    """
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PublicAddressUnfit(address, "不是以 http:// 或 https:// 开头的网址")
    if parts.query or parts.fragment or parts.username:
        raise PublicAddressUnfit(address, "带有多余的内容")
    if parts.hostname in _ONLY_THIS_MACHINE:
        raise PublicAddressUnfit(address, "只有本机能打开")


def count_posting(
    *, posted_on: date, taken_down_on: date | None, today: date, needed_days: int, rule: DayRule
) -> PostingCount:
    """Count the days of one sheet on one board up to the day it was taken down, or today."""
    return PostingCount(
        served_days=days_served(posted_on, taken_down_on or today, rule),
        needed_days=needed_days,
        until=term_last_day(posted_on, needed_days, rule),
        is_hanging=taken_down_on is None,
        rule=rule,
    )
