from collections.abc import Iterator

import pytest
from flask import Flask

from tests.finance.books import Books, make_books, october
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.finance.actions import save_lines
from village_open.finance.items import ITEMS
from village_open.finance.rules import LineInput
from village_open.record.models import RecordEntry
from village_open.registers.actions import RowInput, Saved, carry_rows, import_rows, save_rows
from village_open.registers.errors import (
    NothingToCarry,
    PeriodNotBegun,
    RegisterClosed,
    RowCarriedOn,
    RowsChanged,
    RowsRefused,
)
from village_open.registers.models import RegisterRow
from village_open.registers.queries import count_rows, count_rows_of, list_hands, list_rows, read_registers
from village_open.registers.rules.columns import Cells
from village_open.registers.surroundings import ask_whether_closed
from village_open.registers.tables import build_tables

DEBT = {"party": "王某", "summary": "修路工程款", "since": "2025-03-01", "kind": "欠单位和个人款", "opening": 500_000}
SCREEN = {"party": "李某", "summary": "借款", "since": "2026-08-01", "kind": "欠单位和个人款", "added": 70_000}


@pytest.fixture
def books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books(year_so_far={"CW0304": 4_000})
        yield made


def save(
    books: Books, *rows: RowInput, key: str = "debts", code: str = "2026Q3", removed: tuple[RowInput, ...] = ()
) -> Saved:
    with transaction():
        return save_rows(
            by=books.clerk, village=books.village, period_code=code, register_key=key, rows=rows, removed=removed
        )


def kept(books: Books, key: str = "debts", code: str = "2026Q3") -> list[RegisterRow]:
    return list_rows(books.village.id, code, [key])[key]


def as_seen(row: RegisterRow, **changes: int | str) -> RowInput:
    return RowInput({**row.cells, **changes}, row.id, row.version_id)


def test_rows_are_saved_together_counted_and_recorded(books: Books) -> None:
    save(books, RowInput(DEBT), RowInput(SCREEN))
    assert [row.cells["party"] for row in kept(books)] == ["王某", "李某"]
    assert count_rows(books.village.id, "2026Q3") == {"debts": 2}
    assert count_rows_of([books.village.id], "2026Q3") == {(books.village.id, "debts"): 2}
    assert list_hands(books.village.id, "2026Q3", ["debts", "claims"]) == {books.clerk.id}
    entry = db.session.query(RecordEntry).order_by(RecordEntry.id.desc()).first()
    assert entry is not None
    assert entry.said == "在2026年第三季度“债务台账”里录入 2 行"
    assert '"单位或姓名":"王某"' in entry.body
    assert '"金额":"5,000.00"' in entry.body


def test_one_wrong_cell_keeps_every_row_out(books: Books) -> None:
    with pytest.raises(RowsRefused) as refused:
        save(books, RowInput(DEBT), RowInput({**SCREEN, "since": "2026-10-01"}), RowInput({"summary": "无名"}))
    assert {(problem.row, problem.field) for problem in refused.value.problems} == {
        (1, "since"), (2, "party"), (2, "since"), (2, "kind"),
    }  # fmt: skip
    assert kept(books) == []


def test_of_two_who_change_a_row_one_wins_and_the_other_is_told(books: Books) -> None:
    save(books, RowInput(DEBT))
    (row,) = kept(books)
    mine, theirs = as_seen(row, paid=1), as_seen(row, paid=2)
    save(books, mine)
    with pytest.raises(RowsChanged) as lost:
        save(books, theirs)
    assert lost.value.row_ids == (row.id,)
    assert kept(books)[0].cells["paid"] == 1


def test_a_save_sent_twice_makes_one_row_and_one_entry(books: Books) -> None:
    sent = RowInput(DEBT, draft_key="abc")
    first, again = save(books, sent), save(books, sent)
    assert len(kept(books)) == 1
    assert [row.id for row in first.rows] == [row.id for row in again.rows]
    assert db.session.query(RecordEntry).filter_by(kind="registers.save_rows").count() == 1


def test_what_goes_on_is_carried_by_a_button_and_follows_a_later_change(books: Books) -> None:
    save(books, RowInput({**DEBT, "paid": 100_000}), RowInput({**SCREEN, "paid": 70_000}))
    with transaction():
        assert carry_rows(by=books.clerk, village=books.village, period_code="2026Q4", register_key="debts") == 1
    (next_row,) = kept(books, code="2026Q4")
    assert (next_row.cells["party"], next_row.cells["opening"], next_row.cells["paid"]) == ("王某", 400_000, "")
    save(books, as_seen(kept(books)[0], paid=150_000))
    assert kept(books, code="2026Q4")[0].cells["opening"] == 350_000
    with pytest.raises(NothingToCarry), transaction():
        carry_rows(by=books.clerk, village=books.village, period_code="2026Q4", register_key="debts")


def test_the_first_save_of_a_period_begins_with_what_goes_on(books: Books) -> None:
    save(books, RowInput(DEBT))
    saved = save(books, RowInput({**SCREEN, "since": "2026-10-02"}), code="2026Q4")
    assert saved.carried == 1
    assert [row.cells["party"] for row in kept(books, code="2026Q4")] == ["王某", "李某"]


def test_the_opening_of_a_carried_row_stays_as_it_came(books: Books) -> None:
    save(books, RowInput(DEBT))
    with transaction():
        carry_rows(by=books.clerk, village=books.village, period_code="2026Q4", register_key="debts")
    with pytest.raises(RowsRefused) as refused:
        save(books, as_seen(kept(books, code="2026Q4")[0], opening=1), code="2026Q4")
    assert "5,000.00" in refused.value.problems[0].message


def test_a_row_that_went_on_is_not_taken_out_before_the_later_one(books: Books) -> None:
    save(books, RowInput(DEBT))
    with transaction():
        carry_rows(by=books.clerk, village=books.village, period_code="2026Q4", register_key="debts")
    with pytest.raises(RowCarriedOn):
        save(books, removed=(as_seen(kept(books)[0]),))
    save(books, code="2026Q4", removed=(as_seen(kept(books, code="2026Q4")[0]),))
    save(books, removed=(as_seen(kept(books)[0]),))
    assert kept(books) == []
    with pytest.raises(RowsChanged):
        save(books, RowInput(DEBT, id=9_999, version=1))


def test_a_lease_over_the_free_area_is_refused_with_the_areas(books: Books) -> None:
    save(books, RowInput({"name": "东塘", "kind": "水面", "opening": 10_000}), key="resources")
    lease: Cells = {
        "tenant": "王",
        "item": "鱼塘",
        "starts_on": "2026-01-01",
        "ends_on": "2030-12-31",
        "resource": "东塘",
    }
    save(books, RowInput({**lease, "area": 6_000}), key="leases")
    with pytest.raises(RowsRefused) as refused:
        save(books, RowInput({**lease, "tenant": "李", "area": 5_000}), key="leases")
    assert "只剩 4 亩" in refused.value.problems[0].message
    with pytest.raises(RowsRefused):
        save(books, as_seen(kept(books, "resources")[0], reduced=5_000), key="resources")


def test_the_plan_and_the_proof_of_cash_read_the_ledger(books: Books) -> None:
    with transaction():
        line = LineInput(
            on=Period.parse("2026Q3").first_on, kind="expense", summary="办公用纸", amount_fen=6_000,
            account_id=books.cash.id, item_key="CW0304", payee="文具店",
        )  # fmt: skip
        save_lines(by=books.clerk, period=books.period, rows=[line])
    save(books, RowInput({"item": ITEMS["CW0304"].label, "planned": 9_000, "reason": "开会多"}), key="plan")
    proof: Cells = {"account": "现金", "on": "2026-09-30", "counted": 94_000}
    save(books, RowInput(proof), key="cash_proofs")
    rows, _facts = read_registers(books.village, "2026Q3", ["plan", "cash_proofs"])
    assert rows["plan"][0].cells["actual"] == 10_000
    assert (rows["cash_proofs"][0].cells["book"], rows["cash_proofs"][0].cells["difference"]) == (94_000, 0)


def test_what_was_submitted_is_closed_also_as_the_opening_of_it(books: Books, both_engines: Flask) -> None:
    save(books, RowInput(DEBT))
    with transaction():
        carry_rows(by=books.clerk, village=books.village, period_code="2026Q4", register_key="debts")
    ask_whether_closed(both_engines, lambda _village, code, key: (code, key) == ("2026Q4", "debts"))
    with pytest.raises(RegisterClosed):
        save(books, RowInput({**SCREEN, "since": "2026-10-02"}), code="2026Q4")
    with pytest.raises(RegisterClosed):
        save(books, as_seen(kept(books)[0], paid=1))
    ask_whether_closed(both_engines, lambda *_place: False)


def test_a_file_read_again_changes_nothing_and_a_new_row_is_added(books: Books) -> None:
    def bring(*rows: Cells) -> tuple[int, int]:
        with transaction():
            done = import_rows(
                by=books.clerk, village=books.village, period_code="2026Q3", register_key="debts", rows=rows
            )
        return done.added, done.known

    assert bring(DEBT, DEBT) == (2, 0)
    entries = db.session.query(RecordEntry).count()
    assert bring(DEBT, DEBT) == (0, 2)
    assert db.session.query(RecordEntry).count() == entries
    assert bring(DEBT, SCREEN) == (1, 1)
    assert len(kept(books)) == 3


def test_a_period_that_has_not_begun_is_refused(books: Books) -> None:
    with pytest.raises(PeriodNotBegun):
        save(books, RowInput(DEBT), code="2027Q1")


def test_all_tables_of_a_period_are_plain_and_empty_ones_are_there(books: Books) -> None:
    save(books, RowInput(DEBT))
    tables = build_tables(village=books.village, period_code="2026Q3", keys=["debts", "low_income"])
    assert tables["debts"][0]["rows"] == [["王某", "修路工程款", "2025-03-01", 500_000, "一至二年"]]
    assert tables["debts"][0]["totals"] == ["合计", "", "", 500_000, ""]
    assert tables["debts"][0]["remarks"] == ["债务按时间：一至二年 5,000.00 元。"]
    assert tables["low_income"][0]["rows"] == []


def test_the_fixed_rows_of_a_table_are_kept_once(books: Books) -> None:
    save(books, RowInput({"row": "residents", "text": 1_203_000}), key="panel")
    save(books, RowInput({"row": "residents", "text": 1_204_000}), key="panel")
    table = build_tables(village=books.village, period_code="2026Q3", keys=["panel"])["panel"][0]
    assert table["rows"][0] == ["人口", "1,204人"]  # type: ignore[index]  # a list
