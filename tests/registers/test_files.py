"""A register goes out as a spreadsheet and comes in again as the same rows, every one of them."""

import pytest

from village_open.core.periods import Period
from village_open.demo.register_rows import GOES_ON, OF_ONE_QUARTER
from village_open.registers.forms.grid import read_texts
from village_open.registers.importing import TemplateUnknown, read_sheets
from village_open.registers.rules.columns import Cells
from village_open.registers.rules.every import REGISTERS
from village_open.registers.rules.reckoning import complete, tidy
from village_open.registers.rules.registers import Facts
from village_open.registers.sheets import register_table
from village_open.workbooks.cells import SheetCells
from village_open.workbooks.reading import read_workbook
from village_open.workbooks.writing import SheetTable, write_csv, write_xlsx

Q3 = Period.parse("2026Q3")
PROOFS = (("现金", "2026-09-30", "", "", "1234.50", "", "", "零钱差", "300", "陈", "王"),)
EVERY = {**GOES_ON, **OF_ONE_QUARTER, "cash_proofs": PROOFS}


def rows_of(key: str) -> tuple[Cells, ...]:
    keys = [column.key for column in REGISTERS[key].typed]
    texts = [dict(zip(keys, row, strict=True)) for row in EVERY[key]]
    return tuple(tidy(REGISTERS[key], cells, Facts(Q3)) for cells in read_texts(texts, REGISTERS[key], Q3).cells)


def table_of(key: str) -> SheetTable:
    register = REGISTERS[key]
    return register_table(register, [complete(register, cells, Facts(Q3)) for cells in rows_of(key)])


@pytest.fixture(scope="module")
def workbook() -> dict[str, SheetCells]:
    """One file with every register, read once: each reading starts a process."""
    sheets = read_workbook(write_xlsx([table_of(key) for key in REGISTERS]))
    return dict(zip(REGISTERS, sheets, strict=True))


@pytest.mark.parametrize("key", REGISTERS)
def test_every_register_comes_back_from_its_file_as_it_went(key: str, workbook: dict[str, SheetCells]) -> None:
    found = read_sheets([workbook[key]], register=REGISTERS[key], period=Q3)
    assert found.problems == ()
    assert found.cells == rows_of(key)


def test_a_csv_file_comes_back_too_and_names_the_wrong_cell_as_the_file_does() -> None:
    (sheet,) = read_workbook(write_csv(table_of("debts")))
    assert read_sheets([sheet], register=REGISTERS["debts"], period=Q3).cells == rows_of("debts")
    spoiled = SheetCells(
        "表", (("债务清单",), *sheet.rows[:2], tuple("五万" if "48000" in text else text for text in sheet.rows[1]))
    )
    (problem,) = read_sheets([spoiled], register=REGISTERS["debts"], period=Q3).problems
    assert (problem.row, problem.head) == (4, "期初余额")


def test_a_file_of_something_else_is_refused_with_the_heads_that_are_missing(workbook: dict[str, SheetCells]) -> None:
    with pytest.raises(TemplateUnknown) as refused:
        read_sheets([workbook["panel"]], register=REGISTERS["debts"], period=Q3)
    assert "单位或姓名" in refused.value.message
