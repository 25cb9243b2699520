"""The list of those who were paid for coming to a meeting against those who came."""

from dataclasses import dataclass

from village_open.core.money import format_fen


@dataclass(frozen=True)
class AllowanceList:
    """Who is on the list of a meeting's allowance, what each got, and how many signed in."""

    listed: int
    paid: int
    each_fen: int
    present: int
    """As recorded for the meeting."""

    @property
    def total_fen(self) -> int:
        """What the list comes to."""
        return self.listed * self.each_fen


def check_allowance(paper: AllowanceList) -> tuple[str, ...]:
    """Return the sentences that say where the list, the payments and the meeting differ; nothing: all three agree.

    Source: case 83: a list of 41 names for a meeting to which some ten had come.
    """
    told, more = [], paper.listed - paper.present
    head = f"补助名册 {paper.listed} 人，共 {format_fen(paper.total_fen)} 元，会议实到 {paper.present} 人"
    if more > 0:
        told.append(f"{head}，多出 {more} 人、{format_fen(more * paper.each_fen)} 元")
    elif more < 0:
        told.append(f"{head}，少了 {-more} 人")
    if paper.paid != paper.listed:
        told.append(f"领款 {paper.paid} 人，与名册 {paper.listed} 人不符")
    return tuple(told)
