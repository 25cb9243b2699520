"""Entering lines, on both engines: all or nothing, one winner, undo, and nothing kept twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from tests.finance.books import Books, count_as_computed, enter, line, make_books, october
from village_open.db import db, transaction
from village_open.finance.actions import count_closing, remove_line, restore_line, save_lines, submit_period
from village_open.finance.errors import LineNotFound, LinesChanged, WrongStage
from village_open.finance.models import Line
from village_open.finance.queries import get_statement
from village_open.finance.rules import LinesRefused
from village_open.record.models import RecordEntry
from village_open.record.queries import list_trail


@pytest.fixture
def books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books()
        yield made


def deeds(kind: str) -> list[RecordEntry]:
    return list(db.session.scalars(select(RecordEntry).where(RecordEntry.kind == kind).order_by(RecordEntry.seq)))


def count_lines() -> int:
    return db.session.scalar(select(func.count()).select_from(Line))


def test_saved_lines_stand_in_the_statement_in_the_order_of_days(books: Books) -> None:
    with transaction():
        enter(books, line(books, on=date(2026, 8, 1)), line(books, kind="income", item_key="CW0211", amount_fen=5))
    statement = get_statement(books.reload())
    assert [(row.line.kind, row.balance_fen) for row in statement.lines] == [
        ("income", 5_100_005), ("expense", 5_064_005),
    ]  # fmt: skip
    assert deeds("finance.save_lines")[0].said == "在2026年第三季度账里录入 2 笔"


def test_one_wrong_cell_keeps_every_row_out(books: Books) -> None:
    with pytest.raises(LinesRefused) as refused, transaction():
        enter(books, line(books), line(books, amount_fen=0, summary=""))
    assert {(problem.row, problem.field) for problem in refused.value.problems} == {(1, "amount"), (1, "summary")}
    assert count_lines() == 0
    assert deeds("finance.save_lines") == []


def test_a_transfer_moves_money_and_is_no_turnover(books: Books) -> None:
    row = line(books, kind="transfer", to_account_id=books.bank.id, amount_fen=70_000)
    with transaction():
        (saved,) = enter(books, row)
    statement = get_statement(books.reload())
    assert (statement.income_fen, statement.expense_fen, statement.closing_fen) == (0, 0, 5_100_000)
    assert [account.closing_fen for account in statement.accounts] == [30_000, 5_070_000]
    assert saved.item_key == ""


def test_a_line_that_is_no_transfer_any_more_forgets_its_target(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books, kind="transfer", to_account_id=books.bank.id))
        enter(books, line(books, id=saved.id, version=saved.version_id, to_account_id=books.bank.id))
    assert saved.to_account_id is None


def test_the_second_editor_of_a_line_loses_and_nothing_of_that_save_is_kept(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
    seen = saved.version_id
    with transaction():
        enter(books, line(books, id=saved.id, version=seen, summary="先改的"))
    with pytest.raises(LinesChanged) as lost, transaction():
        enter(books, line(books), line(books, id=saved.id, version=seen, summary="后改的"))
    assert lost.value.line_ids == (saved.id,)
    assert db.session.get(Line, saved.id, populate_existing=True).summary == "先改的"
    assert count_lines() == 1


def test_a_change_must_name_the_version_it_changes(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
    with pytest.raises(LinesChanged), transaction():
        enter(books, line(books, id=saved.id, version=None))


def test_a_save_sent_twice_over_a_bad_line_is_kept_once(books: Books) -> None:
    rows = [line(books, draft_key="a1"), line(books, draft_key="a2", amount_fen=5)]
    with transaction():
        first = [saved.id for saved in enter(books, *rows)]
    with transaction():
        again = [saved.id for saved in enter(books, *rows)]
    assert first == again
    assert count_lines() == 2
    assert len(deeds("finance.save_lines")) == 1


def test_the_same_draft_with_other_content_is_a_conflict(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books, draft_key="a1"))
    with pytest.raises(LinesChanged) as lost, transaction():
        enter(books, line(books, draft_key="a1", amount_fen=7))
    assert lost.value.line_ids == (saved.id,)


def test_a_line_of_another_village_cannot_be_changed(books: Books) -> None:
    with transaction():
        other = make_books(number=300, name="王家村", township=books.township)
        (foreign,) = enter(other, line(other))
    with pytest.raises(LineNotFound), transaction():
        enter(books, line(books, id=foreign.id, version=foreign.version_id))
    with pytest.raises(LineNotFound), transaction():
        remove_line(by=books.clerk, period=books.reload(), line_id=foreign.id)
    with pytest.raises(LinesRefused), transaction():
        enter(books, line(books, account_id=other.cash.id))


def test_a_removed_line_leaves_the_sums_and_comes_back(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
        remove_line(by=books.clerk, period=books.period, line_id=saved.id)
    assert get_statement(books.reload()).expense_fen == 0
    with transaction():
        restore_line(by=books.clerk, period=books.reload(), line_id=saved.id)
    assert get_statement(books.reload()).expense_fen == 36_000
    assert [deeds(f"finance.{word}_line")[0].said for word in ("remove", "restore")] == [
        "撤掉了一笔账：07-03 购打印纸 2 箱，360.00 元", "恢复了一笔账：07-03 购打印纸 2 箱，360.00 元",
    ]  # fmt: skip


def test_removing_twice_is_one_deed_and_an_old_version_loses(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
        seen = saved.version_id
        enter(books, line(books, id=saved.id, version=seen, summary="改过"))
    with pytest.raises(LinesChanged), transaction():
        remove_line(by=books.clerk, period=books.reload(), line_id=saved.id, version=seen)
    with transaction():
        for _twice in range(2):
            remove_line(by=books.clerk, period=books.reload(), line_id=saved.id)
    assert len(deeds("finance.remove_line")) == 1


def test_the_record_keeps_what_a_line_was_and_is(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
        enter(books, line(books, id=saved.id, version=saved.version_id, amount_fen=1))
    body = deeds("finance.save_lines")[1].body
    assert '"before":{"lines":[{"account":"现金","account_code":""' in body
    assert '"amount_fen":36000' in body
    assert '"amount_fen":1,' in body


def test_the_record_names_the_money_accounts_that_a_line_left_and_reached_and_those_that_were_counted(
    books: Books,
) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
        enter(books, line(books, id=saved.id, version=saved.version_id, account_id=books.bank.id))
        count_closing(by=books.clerk, period=books.reload(), counted={books.cash.id: 5, books.bank.id: None})
    count, move = (entry.changes for entry in list_trail(books.village.code).items[:2])
    assert [(change.before, change.after) for change in move] == [("资金账户 现金", "资金账户 信用社")]
    assert [(change.word, change.after) for change in count] == [("期末实有数", "现金 0.05 元")]


def test_a_submitted_period_takes_no_line_and_no_count(books: Books) -> None:
    with transaction():
        (saved,) = enter(books, line(books))
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    for deed in (
        lambda: save_lines(by=books.clerk, period=books.reload(), rows=[line(books)]),
        lambda: remove_line(by=books.clerk, period=books.reload(), line_id=saved.id),
        lambda: restore_line(by=books.clerk, period=books.reload(), line_id=saved.id),
        lambda: count_closing(by=books.clerk, period=books.reload(), counted={}),
    ):
        with pytest.raises(WrongStage, match="待理财小组审核"), transaction():
            deed()


def test_counting_again_the_same_is_no_deed(books: Books) -> None:
    for _twice in range(2):
        with transaction():
            count_closing(by=books.clerk, period=books.reload(), counted={books.cash.id: 5, books.bank.id: None})
    assert len(deeds("finance.count_closing")) == 1
    assert [row.counted_fen for row in get_statement(books.reload()).accounts] == [5, None]


def test_a_year_of_lines_takes_as_many_queries_as_one(books: Books) -> None:
    def queries_of_statement() -> int:
        counted: list[str] = []
        hear = lambda _c, _cursor, statement, *_more: counted.append(statement)  # noqa: E731 - a listener
        period = books.reload()
        event.listen(db.engine, "before_cursor_execute", hear)
        get_statement(period)
        event.remove(db.engine, "before_cursor_execute", hear)
        return len(counted)

    with transaction():
        enter(books, line(books))
    few = queries_of_statement()
    with transaction():
        enter(books, *[replace(line(books), amount_fen=n + 1) for n in range(400)])
    assert queries_of_statement() == few <= 5
