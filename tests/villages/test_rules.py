"""Codes, bars and terms: the law in plain functions."""

from datetime import date

import pytest

from village_open.printing.paper import ALL_PAPERS
from village_open.villages.rules import (
    PAPER_WORDS,
    Candidate,
    GroupUnfit,
    PlaceCodeUnfit,
    RoleAtWrongPlace,
    TermUnfit,
    barred_reason,
    check_group_size,
    check_place_of_kind,
    check_term,
    checked_code,
    fitting_papers,
    pages_that_fit,
)


def test_a_board_s_paper_is_called_as_the_printed_sheet_is() -> None:
    assert {paper.code: paper.label for paper in ALL_PAPERS} == PAPER_WORDS


@pytest.mark.parametrize("code", ["990101101200", " 990101101200 ", "９９０１０１１０１２００"])
def test_a_village_code_has_twelve_digits_and_begins_with_its_township(code: str) -> None:
    assert checked_code(code, inside="990101101", digits=12) == "990101101200"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("99010110120", "应为 12 位数字"),
        ("9901011012000", "应为 12 位数字"),
        ("99010110120X", "应为 12 位数字"),
        ("99010110120²", "应为 12 位数字"),
        ("٩٩٠١٠١١٠١٢٠٠", "应为 12 位数字"),
        ("", "应为 12 位数字"),
        ("990101102200", "应以上级的 990101101 开头"),
    ],
)
def test_another_code_is_refused(code: str, words: str) -> None:
    with pytest.raises(PlaceCodeUnfit) as refused:
        checked_code(code, inside="990101101", digits=12)
    assert words in refused.value.message
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("candidate", "barred", "words"),
    [
        (Candidate(1, "王芳"), (), None),
        (Candidate(1, "王芳", frozenset({"finance_review", "party_secretary"})), ("clerk",), None),
        (Candidate(1, "王芳", frozenset({"committee_member"})), (), "王芳是村民委员会成员，依照村民委员会组织法第37条"),
        (Candidate(1, "王芳", frozenset({"committee_head"})), (), "第37条，不能担任村务监督小组成员"),
        (Candidate(1, "王芳", frozenset(), (("李强", "配偶"),)), (), "王芳是村民委员会成员李强的近亲属（配偶），依照"),
        (Candidate(1, "王芳", frozenset({"document_clerk"})), ("clerk",), None),
        (Candidate(1, "王芳", frozenset({"cashier"})), ("cashier",), "王芳是村出纳，不能担任村务监督小组成员。依据"),
        (Candidate(1, "王芳", frozenset({"township_office"})), (), "同一个人不能经两道手"),
    ],
)  # fmt: skip
def test_law_and_profile_bar_and_name_the_article(
    candidate: Candidate, barred: tuple[str, ...], words: str | None
) -> None:
    reason = barred_reason(candidate, "supervision", barred_kinds=barred, basis="省条例第14条")
    assert reason is None if words is None else words in (reason or "")


@pytest.mark.parametrize(
    ("number", "sizes", "fits"), [(3, (3, 5), True), (4, (3, 5), False), (5, (3, 5), True), (0, (3,), False)]
)
def test_a_group_has_a_size_that_the_profile_allows(number: int, sizes: tuple[int, ...], fits: bool) -> None:
    if fits:
        check_group_size("supervision", number, sizes)
        return
    with pytest.raises(GroupUnfit, match=f"现在选了 {number} 人"):
        check_group_size("supervision", number, sizes)


@pytest.mark.parametrize(
    ("group", "starts_on", "ends_on", "field"),
    [
        ("supervision", date(2026, 1, 10), date(2031, 1, 9), None),
        ("supervision", date(2026, 1, 10), date(2031, 1, 10), "ends_on"),
        ("finance_review", date(2026, 1, 10), date(2031, 6, 1), None),
        ("supervision", date(2028, 2, 29), date(2033, 2, 28), None),
        ("supervision", date(2026, 1, 4), date(2028, 1, 1), "starts_on"),
        ("supervision", date(2026, 1, 10), date(2026, 1, 10), "ends_on"),
    ],
)
def test_a_term_begins_after_the_election_and_lasts_as_long_as_the_committees(
    group: str, starts_on: date, ends_on: date, field: str | None
) -> None:
    if field is None:
        check_term(group, starts_on, ends_on, elected_on=date(2026, 1, 5))
        return
    with pytest.raises(TermUnfit) as refused:
        check_term(group, starts_on, ends_on, elected_on=date(2026, 1, 5))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "place", "fits"),
    [
        ("clerk", "990101101200", True), ("clerk", "990101101", False), ("township_office", "990101101", True),
        ("township_office", "990101", False), ("inspector", "990101", True), ("inspector", "990101101", True),
        ("inspector", "990101101200", False), ("county_leader", "990101", True), ("county_leader", "990101101", False),
    ],
)  # fmt: skip
def test_a_role_exists_only_at_its_kind_of_place(kind: str, place: str, fits: bool) -> None:
    if fits:
        check_place_of_kind(kind, place)
        return
    with pytest.raises(RoleAtWrongPlace):
        check_place_of_kind(kind, place)


def test_only_papers_of_which_a_page_fits_suit_a_board() -> None:
    assert fitting_papers(400, 300) == ("A4-portrait", "A4-landscape")
    assert "A2-landscape" in fitting_papers(1200, 900)
    assert fitting_papers(200, 200) == ()


def test_pages_on_a_board_are_counted_by_whole_pages() -> None:
    assert pages_that_fit("A3-landscape", 1200, 900) == 2 * 3
    assert pages_that_fit("A3-landscape", 2400, 1200) == 5 * 4
