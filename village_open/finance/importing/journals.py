"""The rows of a voucher journal, under the heads of 农友, 用友, 金蝶 and plain tables."""

import re
from collections.abc import Sequence

from village_open.core.money import format_fen
from village_open.finance.importing.cells import squeezed
from village_open.finance.importing.results import Layout
from village_open.finance.importing.rows import RowReader
from village_open.finance.importing.tables import Table, kind_of_row
from village_open.finance.importing.vouchers import Entry

_CODE_AND_NAME = re.compile(r"(\d[\d.\-]*\d|\d*)[\s\-_:/\\]*(.*)")
_YONYOU = frozenset({"iperiod", "csign", "ino_id", "dbill_date", "cdigest", "ccode", "制单日期", "凭证编号", "制单人"})
_KINGDEE = frozenset({"fdate", "fgroup", "fnum", "fexp", "facctid", "fperiod", "分录号", "科目代码"})


def layout_of_journal(table: Table) -> Layout:
    """Tell whose journal it is by the words of its head."""
    words = set(table.header.titles)
    if words & _KINGDEE:
        return Layout.JOURNAL_KINGDEE
    if words & _YONYOU:
        return Layout.JOURNAL_YONYOU
    if table.header.has("month", "day"):
        return Layout.JOURNAL_NONGYOU
    if table.header.has("voucher_word", "voucher_no", "account_code", "account_name"):
        return Layout.JOURNAL_KINGDEE
    return Layout.JOURNAL


def read_entries(reader: RowReader) -> list[Entry]:
    """Read every entry; what is printed once for a voucher (day, number, summary) holds for the rows below it."""
    return _JournalReader(reader).read()


class _JournalReader:
    def __init__(self, reader: RowReader) -> None:
        self.reader = reader
        self.header = reader.header
        self.entries: list[Entry] = []

    def read(self) -> list[Entry]:
        for number, row in self.reader.table.body():
            kind = kind_of_row(row, self.header)
            if kind == "line":
                self._take(number, row)
            elif kind == "total":
                self._check_total(number, row)
        return self.entries

    def _take(self, number: int, row: Sequence[str]) -> None:
        sides = self._sides(number, row)
        code, name = self._account(number, row)
        word, digits = self.reader.voucher(row)
        goes_on = not digits and not word and bool(self.entries) and not self.reader.text(row, "date")
        above = self.entries[-1] if goes_on else None
        on = above.on if above else self.reader.day(number, row)
        if above:
            word, digits = above.word, above.number
        summary = self.reader.text(row, "summary") or (self.entries[-1].summary if self.entries else "")
        if not summary:
            self.reader.findings.error(number, self.header.letter("summary"), "没有填写摘要。")
        if sides:
            handler = self.reader.text(row, "handler")
            self.entries.append(Entry(number, on, word, digits, summary, code, name, *sides, handler))

    def _sides(self, number: int, row: Sequence[str]) -> tuple[int | None, int | None] | None:
        if not self.header.has("debit", "credit"):
            return self._by_direction(number, row)
        pair = self.reader.pair(number, row, "debit", "credit")
        if not pair.is_readable:
            return None
        if (pair.left is None) == (pair.right is None):
            text = "没有填写金额。" if pair.left is None else "同一行借方和贷方都有金额。"
            self.reader.findings.error(number, self.header.letter("debit"), f"“借方/贷方”{text}")
            return None
        return pair.left, pair.right

    def _by_direction(self, number: int, row: Sequence[str]) -> tuple[int | None, int | None] | None:
        amount, is_readable = self.reader.amount(number, row, "amount")
        if not amount:
            if is_readable:
                self.reader.findings.error(number, self.header.letter("amount"), "没有填写金额。")
            return None
        direction = squeezed(self.reader.text(row, "direction"))
        if direction in {"借", "1", "借方"}:
            return amount, None
        if direction in {"贷", "0", "贷方", "-1"}:
            return None, amount
        self.reader.findings.error(number, self.header.letter("direction"), f"方向“{direction}”不是借或贷。")
        return None

    def _account(self, number: int, row: Sequence[str]) -> tuple[str, str]:
        code, name = self.reader.text(row, "account_code"), self.reader.text(row, "account_name")
        if "account" in self.header and not (code and name):
            match = _CODE_AND_NAME.fullmatch(self.reader.text(row, "account"))
            code, name = (code or match[1], name or match[2]) if match else (code, name)
        if not code and not name:
            column = self.header.letter("account_code", "account", "account_name")
            self.reader.findings.error(number, column, "没有填写科目。")
        return code, name

    def _check_total(self, number: int, row: Sequence[str]) -> None:
        """Compare a total row with all entries above it; page totals and the like are passed over."""
        if squeezed("".join(row)).startswith(("本页", "小计", "本日")) or not self.header.has("debit", "credit"):
            return
        stated = self.reader.pair(number, row, "debit", "credit")
        for word, column, said, summed in (
            ("借方", "debit", stated.left, sum(entry.debit or 0 for entry in self.entries)),
            ("贷方", "credit", stated.right, sum(entry.credit or 0 for entry in self.entries)),
        ):
            if said is not None and said != summed:
                text = f"合计行的{word}写 {format_fen(said)}，逐笔相加是 {format_fen(summed)}。"
                self.reader.findings.error(number, self.header.letter(column), text)
