"""以前期更正, a table of cases first: which period carries what, and that no fen is lost or carried twice."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.finance.corrections import Correction, Link, Seam, corrections_of

CASH, BANK = 1, 2
Q1, Q2, Q3, Q4 = "2026Q1", "2026Q2", "2026Q3", "2026Q4"


def issued(code: str, opening: int, closing: int, **taken: int) -> Link:
    """A published period with one account; `taken` is what it took up, by the late quarter (`Q1=-5`)."""
    return Link(code, False, {CASH: opening}, {CASH: closing}, _taken(taken))


def handed_in(code: str, opening: int, **taken: int) -> Link:
    """A period that is submitted and not published."""
    return Link(code, False, {CASH: opening}, None, _taken(taken))


def entered(code: str, opening: int) -> Link:
    """A period that is being entered."""
    return Link(code, True, {CASH: opening}, None)


def _taken(taken: dict[str, int]) -> dict[Seam, int]:
    seams = {f"2026{late}": f"2026Q{int(late[1]) + 1}" for late in taken}
    return {Seam(late, seams[late], CASH): taken[late[4:]] for late in seams}


CASES: dict[str, tuple[Sequence[Link], dict[str, list[tuple[str, int]]]]] = {
    "equal opening": ([issued(Q1, 0, 100), issued(Q2, 100, 50), entered(Q3, 50)], {Q3: []}),
    "late period higher": ([issued(Q1, 0, 130), issued(Q2, 100, 50), entered(Q3, 50)], {Q3: [(Q1, 30)]}),
    "late period lower": ([issued(Q1, 0, 60), issued(Q2, 100, 50), entered(Q3, 50)], {Q3: [(Q1, -40)]}),
    "two late periods": (
        [issued(Q1, 0, 130), issued(Q2, 100, 45), issued(Q3, 50, 70), entered(Q4, 70)],
        {Q4: [(Q1, 30), (Q2, -5)]},
    ),
    "the next period is submitted already": (
        [issued(Q1, 0, 130), issued(Q2, 100, 50), handed_in(Q3, 50), entered(Q4, 50)], {Q4: [(Q1, 30)]},
    ),
    "no period is open yet": ([issued(Q1, 0, 130), issued(Q2, 100, 50)], {}),
    "the late period is not published yet": ([handed_in(Q1, 0), issued(Q2, 100, 50), entered(Q3, 50)], {Q3: []}),
    "the later one is only submitted": ([issued(Q1, 0, 130), handed_in(Q2, 100), entered(Q3, 50)], {Q3: [(Q1, 30)]}),
    "the later one was taken back": ([issued(Q1, 0, 130), entered(Q2, 130), entered(Q3, 80)], {Q2: [], Q3: []}),
    "an earlier period took it up": (
        [issued(Q1, 0, 130), issued(Q2, 100, 50), issued(Q3, 50, 80, Q1=30), entered(Q4, 80)], {Q4: []},
    ),
    "the earliest open period carries it, the next through its opening": (
        [issued(Q1, 0, 130), issued(Q2, 100, 50), entered(Q3, 50), entered(Q4, 80)], {Q3: [(Q1, 30)], Q4: []},
    ),
    "taken up, then the seam was mended: the two cancel": (
        [issued(Q1, 0, 130), issued(Q2, 130, 80), issued(Q3, 50, 80, Q1=30), entered(Q4, 80)], {Q4: []},
    ),
    "two late periods that cancel": (
        [issued(Q1, 0, 130), issued(Q2, 100, 50), issued(Q3, 80, 70), entered(Q4, 70)], {Q4: []},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_correction_stands_where_the_table_says(case: str) -> None:
    chain, expected = CASES[case]
    found = {code: [(one.seam.late, one.fen) for one in rows] for code, rows in corrections_of(chain).items()}
    assert found == expected


def test_each_money_account_is_corrected_for_itself() -> None:
    late = Link(Q1, False, {}, {CASH: 130, BANK: 900})
    after = Link(Q2, False, {CASH: 100, BANK: 930}, {CASH: 50, BANK: 930})
    (found,) = corrections_of([late, after, Link(Q3, True, {}, None)]).values()
    assert [(one.seam.account_id, one.fen) for one in found] == [(CASH, 30), (BANK, -30)]


def test_an_account_that_the_later_period_did_not_know_is_carried_in_full() -> None:
    late = Link(Q1, False, {}, {CASH: 100, BANK: 7})
    (found,) = corrections_of([late, issued(Q2, 100, 50), entered(Q3, 50)]).values()
    assert [(one.seam.account_id, one.fen) for one in found] == [(BANK, 7)]


def test_a_line_says_both_periods_both_figures_and_both_papers() -> None:
    one = Correction(Seam(Q2, Q3, CASH), -36_000, 64_000, 100_000)
    assert one.summary == (
        "以前期更正：2026年第二季度公布的期末结存为 640.00 元，2026年第三季度先按 1,000.00 元暂计"
    )  # fmt: skip
    assert one.note({Q2: "财公3号"}) == "2026年第二季度：财公3号；2026年第三季度：尚未签发"
    assert "此前已更正 5.00 元" in Correction(Seam(Q2, Q3, CASH), 1, 2, 3, 500).summary


def test_a_seam_is_read_from_the_key_of_its_line_and_the_key_fits_the_column() -> None:
    seam = Seam("2026M07", "2026M08", 12_345_678)
    assert Seam.of(seam.key) == seam
    assert len(seam.key) <= 40


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=1, max_size=8))
def test_whatever_was_published_late_the_books_end_with_the_money_that_is_there(
    moves: list[tuple[int, int]],
) -> None:
    """Each period is begun with a figure that is off by something; the money itself only knows the movements."""
    codes = [f"20{year}Q{number}" for year in range(20, 24) for number in range(1, 5)]
    chain: list[Link] = []
    money, closing = 0, 0
    for code, (moved, off) in zip(codes, moves, strict=False):
        money += moved
        opening = closing + off if chain else 0
        closing = opening + moved
        chain.append(Link(code, False, {CASH: opening}, {CASH: closing}))
    last = codes[len(moves)]
    owed = corrections_of([*chain, Link(last, True, {CASH: closing}, None)])[last]
    assert closing + sum(one.fen for one in owed) == money
