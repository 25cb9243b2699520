"""Who a body must be made of: how many members, how many households each speaks for, how many women."""

from collections.abc import Iterator
from dataclasses import dataclass

from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.shares import Share

WOMEN = Share.parse(">=1/3")
FEWEST_HOUSEHOLDS, MOST_HOUSEHOLDS = 5, 15
FEWEST_DELEGATES = 21
SMALLEST_BOARD, LARGEST_BOARD = 3, 7
ARTICLE_29 = "村民委员会组织法（2025年修订）第29条"
REC_28, REC_29 = "农村集体经济组织法第28条", "农村集体经济组织法第29条"


@dataclass(frozen=True)
class RosterDoubt:
    """Something about a roster that the law wants otherwise; it is told, the roster stays as it is."""

    message: str
    basis: str


def doubts_of_roster(
    body: Body, *, members: int, households: int | None = None, women: int | None = None
) -> tuple[RosterDoubt, ...]:
    """Return where a roster's numbers differ from what the law asks of the body; unknown numbers raise no doubt.

    Source: 村民委员会组织法 (2025) article 29; 农村集体经济组织法 articles 28 and 29.
    """
    return tuple(_doubts(body, members, households, women))


def _doubts(body: Body, members: int, households: int | None, women: int | None) -> Iterator[RosterDoubt]:
    if body is Body.REPRESENTATIVE_ASSEMBLY and women is not None and not WOMEN.is_met(women, members):
        told = f"妇女代表 {women} 人，{WOMEN.compared(women, members)}，应当占组成人员的三分之一以上"
        yield RosterDoubt(told, ARTICLE_29)
    if body is Body.MEMBER_REPRESENTATIVES:
        if members < FEWEST_DELEGATES:
            yield RosterDoubt(f"成员代表 {members} 人，应当多于 {FEWEST_DELEGATES - 1} 人", REC_28)
        if households is not None and not members * FEWEST_HOUSEHOLDS <= households <= members * MOST_HOUSEHOLDS:
            told = f"{households} 户推选 {members} 名代表，应当每 {FEWEST_HOUSEHOLDS} 至 {MOST_HOUSEHOLDS} 户推选 1 人"
            yield RosterDoubt(told, REC_28)
    if body is Body.BOARD and not (SMALLEST_BOARD <= members <= LARGEST_BOARD and members % 2):
        told = f"理事 {members} 人，应当是 {SMALLEST_BOARD} 至 {LARGEST_BOARD} 人的单数"
        yield RosterDoubt(told, REC_29)
