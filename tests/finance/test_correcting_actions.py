"""以前期更正 in the books, on both engines: a late period is published after a 暂计 one that began otherwise."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.finance.books import Q2, Q3, Q4, Books, count_as_computed, enter, line, make_books, publish
from village_open.core import clock
from village_open.db import db, transaction
from village_open.finance.actions import (
    allow_provisional,
    count_closing,
    open_period,
    remove_line,
    restore_line,
    save_lines,
    submit_period,
    take_back_period,
)
from village_open.finance.actions.reviewing import hands_of
from village_open.finance.errors import CorrectionFixed
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.queries import get_statement
from village_open.finance.queries.periods import list_ledger_lines
from village_open.finance.rules import QuarterUnbalanced
from village_open.finance.sheets import accounts_table, lines_table
from village_open.finance.statements import Statement
from village_open.record.models import RecordEntry
from village_open.record.queries import find_broken_link

Q5 = Q4.next


@pytest.fixture(autouse=True)
def _next_spring() -> Iterator[None]:
    with clock.living_at(datetime(2027, 4, 8, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def books(both_engines: Flask) -> Books:
    """Second quarter late, third submitted as 暂计 with its opening."""
    with transaction():
        books = make_books(period=Q2)
        later = open_period(by=books.clerk, village=books.village, period=Q3)
        hand_in(books, later)
    return books


def hand_in(books: Books, period: FinancePeriod) -> None:
    allow_provisional(by=books.office, period=period, reason="等审计")
    count_as_computed(books, period)
    submit_period(by=books.clerk, period=period)


def publish_late(books: Books, amount_fen: int = 36_000) -> None:
    """Enter what was missing in the second quarter and publish it."""
    if amount_fen:
        enter(books, line(books, on=date(2026, 4, 2), amount_fen=amount_fen), period=books.reload("2026Q2"))
    publish(books, books.reload("2026Q2"))


def statement(books: Books, code: str) -> Statement:
    return get_statement(books.reload(code))


def corrections(books: Books, code: str) -> list[tuple[str, int]]:
    return [(row.account, row.line.amount_fen) for row in statement(books, code).lines if row.line.kind == "correct"]


@pytest.mark.parametrize(("late_fen", "expected"), [(0, []), (36_000, [("现金", -36_000)]), (-500, [("现金", 500)])])
def test_the_difference_enters_the_open_period_and_nothing_published_moves(
    books: Books, late_fen: int, expected: list[tuple[str, int]]
) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        open_period(by=books.clerk, village=books.village, period=Q4)
        before, signed = statement(books, "2026Q3"), books.reload("2026Q3").content_sha256
        frozen = before.accounts, before.lines
    with transaction():
        publish_late(books, late_fen)
    assert corrections(books, "2026Q4") == expected
    third = statement(books, "2026Q3")
    assert (third.accounts, third.lines, books.reload("2026Q3").content_sha256) == (*frozen, signed)
    fourth = statement(books, "2026Q4")
    assert fourth.opening_fen == before.closing_fen
    assert fourth.closing_fen == fourth.opening_fen + sum(fen for _, fen in expected)
    assert (fourth.income_fen, fourth.expense_fen, fourth.ytd_expense_fen) == (0, 0, late_fen)


def test_the_line_names_periods_figures_and_papers_and_is_recorded(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        open_period(by=books.clerk, village=books.village, period=Q4)
        publish_late(books)
    (row,) = (row for row in statement(books, "2026Q4").lines if row.line.kind == "correct")
    assert row.number == 1
    assert row.line.on == date(2026, 10, 1)
    for words in ("以前期更正", "2026年第二季度", "640.00", "2026年第三季度", "1,000.00"):
        assert words in row.line.summary
    assert row.line.note.count("青山镇李家村〔2026〕财公1号") == 2
    (deed,) = db.session.query(RecordEntry).filter_by(kind="finance.carry_correction")
    assert "-360.00 元" in deed.said
    assert row.line.note in deed.said
    assert find_broken_link(books.village.code) is None


def test_a_period_opened_after_the_late_one_was_published_begins_with_the_correction(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        publish_late(books)
        open_period(by=books.clerk, village=books.village, period=Q4)
    assert corrections(books, "2026Q4") == [("现金", -36_000)]


def test_where_the_next_period_is_submitted_the_one_after_it_is_corrected(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        fourth = open_period(by=books.clerk, village=books.village, period=Q4)
        count_as_computed(books, fourth)
        submit_period(by=books.clerk, period=fourth)
        signed = books.reload("2026Q4").content_sha256
    with transaction():
        publish_late(books)
        open_period(by=books.clerk, village=books.village, period=Q5)
    assert corrections(books, "2026Q4") == []
    assert books.reload("2026Q4").content_sha256 == signed
    assert corrections(books, "2027Q1") == [("现金", -36_000)]


def test_taken_back_the_submitted_period_takes_the_correction_over(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        fourth = open_period(by=books.clerk, village=books.village, period=Q4)
        count_as_computed(books, fourth)
        submit_period(by=books.clerk, period=fourth)
        publish_late(books)
        open_period(by=books.clerk, village=books.village, period=Q5)
    with transaction():
        take_back_period(by=books.clerk, period=books.reload("2026Q4"))
    assert corrections(books, "2026Q4") == [("现金", -36_000)]
    assert corrections(books, "2027Q1") == []
    assert statement(books, "2027Q1").opening_fen == 100_000 + 5_000_000 - 36_000


def test_taken_back_the_provisional_period_needs_no_correction_any_more(books: Books) -> None:
    with transaction():
        open_period(by=books.clerk, village=books.village, period=Q4)
        publish_late(books)
    assert corrections(books, "2026Q4") == [("现金", -36_000)]
    with transaction():
        take_back_period(by=books.clerk, period=books.reload("2026Q3"))
    assert corrections(books, "2026Q3") == corrections(books, "2026Q4") == []
    assert statement(books, "2026Q4").opening_fen == 100_000 + 5_000_000 - 36_000
    assert list_ledger_lines(books.reload("2026Q4"), removed=True) == ()
    deeds = db.session.query(RecordEntry).filter_by(kind="finance.carry_correction").order_by(RecordEntry.seq).all()
    assert "撤下了2026年第四季度的以前期更正" in deeds[-1].said


def test_two_late_periods_are_corrected_by_a_line_each(books: Books) -> None:
    with transaction():
        fourth = open_period(by=books.clerk, village=books.village, period=Q4)
        hand_in(books, fourth)
        publish_late(books)
    with transaction():
        third = books.reload("2026Q3")
        take_back_period(by=books.clerk, period=third)
        enter(books, line(books, amount_fen=7), period=third)
        publish(books, third)
        open_period(by=books.clerk, village=books.village, period=Q5)
    assert corrections(books, "2027Q1") == [("现金", -36_007)]
    assert statement(books, "2027Q1").closing_fen == 5_100_000 - 36_007


def test_a_correction_is_signed_counted_and_carried_on(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        fourth = open_period(by=books.clerk, village=books.village, period=Q4)
        publish_late(books)
        count_closing(by=books.clerk, period=fourth, counted={books.cash.id: 100_000, books.bank.id: 5_000_000})
    with pytest.raises(QuarterUnbalanced), transaction():
        submit_period(by=books.clerk, period=books.reload("2026Q4"))
    with transaction():
        fourth = books.reload("2026Q4")
        count_closing(by=books.clerk, period=fourth, counted={books.cash.id: 64_000, books.bank.id: 5_000_000})
        submit_period(by=books.clerk, period=fourth)
        publish(books, fourth)
        open_period(by=books.clerk, village=books.village, period=Q5)
    assert corrections(books, "2026Q4") == [("现金", -36_000)]
    assert corrections(books, "2027Q1") == []
    assert statement(books, "2027Q1").opening_fen == 5_064_000


def test_nobody_types_a_correction_and_who_caused_it_may_still_review(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        open_period(by=books.clerk, village=books.village, period=Q4)
        publish_late(books)
    fourth = books.reload("2026Q4")
    (kept,) = db.session.query(Line).filter_by(period_id=fourth.id)
    changed = line(books, id=kept.id, version=kept.version_id, on=kept.on)
    for deed in (
        lambda: save_lines(by=books.clerk, period=fourth, rows=[changed]),
        lambda: remove_line(by=books.clerk, period=fourth, line_id=kept.id),
        lambda: restore_line(by=books.clerk, period=fourth, line_id=kept.id),
    ):
        with pytest.raises(CorrectionFixed), transaction():
            deed()
    assert hands_of(fourth) == frozenset()


def test_tables_to_take_home_show_the_correction_and_the_template_leaves_it_out(books: Books) -> None:
    with transaction():
        publish(books, books.reload("2026Q3"))
        open_period(by=books.clerk, village=books.village, period=Q4)
        publish_late(books)
    fourth = statement(books, "2026Q4")
    rows = accounts_table(fourth, Q4).rows
    assert [row[2] for row in rows] == [-36_000, 0, -36_000]
    assert list(lines_table(fourth, Q4).rows) == []


def test_handed_in_after_the_late_period_was_published_nothing_is_provisional_any_more(books: Books) -> None:
    with transaction():
        publish_late(books)
        take_back_period(by=books.clerk, period=books.reload("2026Q3"))
    assert books.reload("2026Q3").provisional_reason == "等审计"
    with transaction():
        third = books.reload("2026Q3")
        count_as_computed(books, third)
        submit_period(by=books.clerk, period=third)
    assert books.reload("2026Q3").provisional_reason == ""
