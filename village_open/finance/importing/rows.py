"""Reading the cells that every layout shares, each mistake noted at its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.errors import InputError
from village_open.core.periods import Period
from village_open.finance.importing.cells import (
    may_have_lost_zero,
    month_end,
    read_amount,
    read_day,
    read_day_of_month,
    read_month,
    read_voucher,
    says_day,
)
from village_open.finance.importing.results import Findings
from village_open.finance.importing.tables import Table

_WHOLE_MONTH = "有的行只写了月份，没有日：日期按当月最后一天读入，请核对。"


@dataclass(slots=True)
class Amounts:
    """What the amount cells of a row say; `is_readable` is false after an error at one of them."""

    left: int | None
    right: int | None
    is_readable: bool


class RowReader:
    """Reads the rows of one table in order; remembers the month, which is printed once per run."""

    def __init__(self, table: Table, period: Period, findings: Findings) -> None:
        self.table = table
        self.header = table.header
        self.findings = findings
        self._period = period
        self._first_on, self._last_on = period.first_on, period.last_on
        self._columns = table.header.columns
        self._year = table.title.year or period.year
        self._month = ""
        self._told_whole_month = False

    def text(self, row: Sequence[str], name: str) -> str:
        """Return the text under a column."""
        at = self._columns.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    def see_month(self, row: Sequence[str]) -> None:
        """Take the month from a row that shows it; opening rows carry it too."""
        self._month = self.text(row, "month") or self.text(row, "period") or self._month

    def day(self, number: int, row: Sequence[str], *, is_needed: bool = True) -> date | None:
        """Return the day of a line; a missing, unreadable or foreign one is an error at its cell."""
        self.see_month(row)
        column = self.header.letter("date", "day", "month", "period")
        try:
            day = self._day(row)
        except InputError as error:
            self.findings.error(number, column, error.message)
            return None
        if day is None and is_needed:
            self.findings.error(number, column, "没有填写日期。")
        self._tell_lost_zero(number, column, row, day)
        if day is not None and not self._first_on <= day <= self._last_on:
            self.findings.error(number, column, f"日期 {day:%Y-%m-%d} 不在{self._period.label}内。")
        return day

    def _day(self, row: Sequence[str]) -> date | None:
        if text := self.text(row, "date"):
            if not says_day(text):
                self._tell_whole_month()
            return read_day(text, self._year)
        if "date" in self.header or not self._month:
            return None
        if "day" in self.header:
            return read_day_of_month(self._year, read_month(self._month), self.text(row, "day"))
        self._tell_whole_month()
        return month_end(self._year, read_month(self._month))

    def _tell_lost_zero(self, number: int, column: str, row: Sequence[str], day: date | None) -> None:
        text = self.text(row, "date")
        if day is not None and may_have_lost_zero(text):
            told = f"日期“{text}”按 {day:%Y-%m-%d} 读入；表格软件会把 {text}0 存成 {text}，请核对是哪一天。"
            self.findings.warn(number, column, told)

    def _tell_whole_month(self) -> None:
        if not self._told_whole_month:
            self.findings.warn(None, self.header.letter("date", "month", "period"), _WHOLE_MONTH)
        self._told_whole_month = True

    def voucher(self, row: Sequence[str]) -> tuple[str, str]:
        """Return word and number, from one column or from two."""
        together = self.text(row, "voucher")
        if together:
            return read_voucher(together)
        word, number = self.text(row, "voucher_word"), self.text(row, "voucher_no")
        own_word, digits = read_voucher(number) if number else ("", "")
        return word.removesuffix("字") or own_word, digits

    def amount(self, number: int, row: Sequence[str], name: str) -> tuple[int | None, bool]:
        """Return the amount under a column and whether it could be read; vague ones are errors at the cell."""
        try:
            return read_amount(self.header.cell(row, name)), True
        except InputError as error:
            self.findings.error(number, self.header.letter(name), error.message)
            return None, False

    def pair(self, number: int, row: Sequence[str], left: str, right: str) -> Amounts:
        """Read a pair of amount columns; zero counts as blank, as it is printed."""
        first, first_ok = self.amount(number, row, left)
        second, second_ok = self.amount(number, row, right)
        return Amounts(first or None, second or None, first_ok and second_ok)
