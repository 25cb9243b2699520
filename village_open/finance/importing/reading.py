"""The door of the import: a spreadsheet's sheets in, lines and figures and problems out."""

from collections import Counter
from collections.abc import Sequence

from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.finance.charts import Chart
from village_open.finance.identity import identity_difference
from village_open.finance.importing.journals import layout_of_journal, read_entries
from village_open.finance.importing.money_accounts import MoneyAccounts, is_money, money_name
from village_open.finance.importing.money_side import MoneySide, read_money_side
from village_open.finance.importing.results import Findings, ImportedLine, ImportedTable, Layout
from village_open.finance.importing.rows import RowReader
from village_open.finance.importing.tables import Sheet, Table, check_title, find_tables
from village_open.finance.importing.template import read_template
from village_open.finance.importing.totals import RunningTotals
from village_open.finance.importing.transfers import without_double_sides, without_repeats_across_tables
from village_open.finance.importing.vouchers import Entry, VoucherReader, vouchers_of

_NO_TABLE = (
    "没有找到表头：前十行里至少要有三个认得的栏目，例如 日期、摘要、收入、支出，或 凭证号、科目、借方、贷方。"
    "可以下载本系统的模板填写。"
)
_ONLY_BALANCES = "这是科目余额表，没有逐笔的收支。请从财务软件导出序时账、明细账或逐笔公开榜。"
_OTHER_ACCOUNT = (
    "这是“{}”科目的明细账，借方、贷方不是现金和银行存款的收支。请导出现金、银行存款的明细账，或者全部科目的序时账。"
)
_NO_LINES = "表里没有一笔收支。"


def read_table(
    sheets: Sequence[Sheet],
    *,
    period: Period,
    chart: Chart,
    money_account: str | None = None,
    money_accounts: Sequence[str] = (),
) -> ImportedTable:
    """Read the lines of a period out of a spreadsheet in any of the known layouts.

    `money_account` is taken where the layout does not say which one it is; `money_accounts` are the village's own.
    Never raises for what stands in the file: every mistake is a problem at its cell.
    """
    return _Import(period, chart, MoneyAccounts(money_accounts, money_account)).read(sheets)


class _Import:
    def __init__(self, period: Period, chart: Chart, accounts: MoneyAccounts) -> None:
        self.period = period
        self.chart = chart
        self.accounts = accounts
        self.findings = Findings()
        self.layout = Layout.UNKNOWN
        self.money_sides: list[MoneySide] = []
        self.tables: list[list[ImportedLine]] = []
        self.columns: dict[str, str] = {}
        self.heads: dict[str, str] = {}

    def read(self, sheets: Sequence[Sheet]) -> ImportedTable:
        found = find_tables(sheets)
        tables = [(table, layout) for table in found if (layout := layout_of(table)) != Layout.UNKNOWN]
        if self.accounts.names and self.accounts.fallback not in {"", *self.accounts.names}:
            self.findings.error(None, "", f"本村没有资金账户“{self.accounts.fallback}”。")
        if not tables:
            self.findings.error(None, "", _ONLY_BALANCES if any("closing" in t.header for t in found) else _NO_TABLE)
        for table, layout in tables:
            self.findings.sheet = table.name if len(tables) > 1 else ""
            self._read_table(table, layout)
        self.findings.sheet, self.findings.heads = "", {}
        return self._result()

    def _read_table(self, table: Table, layout: Layout) -> None:
        self.layout = layout if self.layout == Layout.UNKNOWN else self.layout
        self.findings.heads = table.header.heads
        self.heads = self.heads or table.header.heads
        check_title(table.title, self.period, self.findings)
        self.columns = self.columns or {name: table.header.letter(name) for name in table.header.columns}
        reader = RowReader(table, self.period, self.findings)
        if layout == Layout.TEMPLATE:
            lines = read_template(reader, self.accounts)
        elif layout.value.startswith(Layout.JOURNAL):
            lines = self._read_journal(reader)
        else:
            lines = self._read_money_side(reader)
        self._check_accounts(lines, table)
        self._check_repeats(lines)
        self.tables.append(lines)

    def _read_journal(self, reader: RowReader) -> list[ImportedLine]:
        entries = read_entries(reader)
        if entries and all(entry.is_on_money for entry in entries) and sum(entry.signed for entry in entries):
            return self._as_money_side(entries)
        column = reader.header.letter("debit", "amount")
        return VoucherReader(self.accounts, self.chart, self.findings, column).lines(vouchers_of(entries))

    def _as_money_side(self, entries: Sequence[Entry]) -> list[ImportedLine]:
        """Read a journal of the money accounts alone: 借 is income, 贷 is expense."""
        lines = [
            ImportedLine(
                entry.row, entry.on, entry.word, entry.number, entry.summary,
                "income" if entry.debit is not None else "expense", entry.amount,
                self.accounts.standing_for(money_name(entry.code, entry.name, self.chart)),
                handler=entry.handler,
            )
            for entry in entries
        ]  # fmt: skip
        return without_double_sides(lines, self.accounts, self.findings)

    def _read_money_side(self, reader: RowReader) -> list[ImportedLine]:
        if (other := self._account_in_title(reader.table)) and reader.header.has("debit", "credit"):
            self.findings.error(None, "", _OTHER_ACCOUNT.format(other))
            return []
        side = read_money_side(reader, self.accounts)
        if self._is_journal_without_accounts(side):
            self.findings.error(
                reader.header.last_row + 1,
                "",
                "这张序时账没有科目一栏，分不出哪一行是现金或银行存款，请连同科目一起导出。",
            )
        self.money_sides.append(side)
        return without_double_sides(side.lines, self.accounts, self.findings)

    def _account_in_title(self, table: Table) -> str:
        """Return the account other than cash and bank whose detail ledger this is, by its title."""
        names = {account.name for account in self.chart.accounts if not is_money(account.code, account.name)}
        return next((name for name in sorted(names) if f"{name}明细" in table.title.text), "")

    def _is_journal_without_accounts(self, side: MoneySide) -> bool:
        if not side.table.header.has("debit", "credit") or "balance" in side.table.header or not side.lines:
            return False
        sums: Counter[str] = Counter()
        for line in side.lines:
            sums[line.voucher] += line.amount_fen if line.kind == "income" else -line.amount_fen
        return all(sums) and not any(sums.values())

    def _check_accounts(self, lines: Sequence[ImportedLine], table: Table) -> None:
        rows: dict[tuple[str, str], list[int]] = {}
        for line in lines:
            rows.setdefault((line.account_code, line.account_name), []).append(line.row)
        column = table.header.letter("account_code", "account", "account_name", "counterpart")
        for (code, name), where in rows.items():
            for problem in self.chart.check(code, name):
                text = problem.message + (f"（共 {len(where)} 行）" if len(where) > 1 else "")
                note = self.findings.error if problem.is_grave else self.findings.warn
                note(where[0], column, text)

    def _check_repeats(self, lines: Sequence[ImportedLine]) -> None:
        first: dict[tuple[object, ...], int] = {}
        for line in lines:
            key = (line.on, line.voucher, line.summary, line.kind, line.amount_fen, line.money_account, line.payee)
            if key in first:
                self.findings.warn(line.row, "", f"与第 {first[key]} 行完全相同，请核对是否重复。")
            first.setdefault(key, line.row)

    def _result(self) -> ImportedTable:
        lines = without_repeats_across_tables(self.tables)
        if self.tables and not lines and not self.findings.errors:
            self.findings.error(None, "", _NO_LINES)
        opening, closing = self._stated_balances()
        return ImportedTable(
            format=self.layout.value,
            lines=tuple(lines),
            opening_fen=opening,
            closing_fen=closing,
            income_fen=sum(line.amount_fen for line in lines if line.kind == "income"),
            expense_fen=sum(line.amount_fen for line in lines if line.kind == "expense"),
            identity_holds=self._identity_holds(opening, closing),
            errors=tuple(self.findings.errors),
            warnings=tuple(self.findings.warnings),
            columns=self.columns,
            heads=self.heads,
        )

    def _chains(self) -> list[list[RunningTotals]]:
        """Return the sums of the tables by money account, in the order of the file."""
        chains: dict[str, list[RunningTotals]] = {}
        for side in self.money_sides:
            chains.setdefault(side.account, []).append(side.totals)
        return list(chains.values())

    def _stated_balances(self) -> tuple[int | None, int | None]:
        """Return opening and closing over all accounts: of each, its first and its last table."""
        openings = [chain[0].opening for chain in self._chains()]
        closings = [chain[-1].closing for chain in self._chains()]
        return _sum_if_all_known(openings), _sum_if_all_known(closings)

    def _identity_holds(self, opening: int | None, closing: int | None) -> bool | None:
        if opening is None or closing is None:
            return None
        sums = [totals for chain in self._chains() for totals in chain]
        difference = identity_difference(opening, (s.income for s in sums), (s.expense for s in sums), closing)
        if difference:
            self.findings.error(
                None, "", f"期初 {format_fen(opening)} 加收入减支出应为 {format_fen(closing + difference)}，"
                f"表里写的期末是 {format_fen(closing)}，相差 {format_fen(abs(difference))}。",
            )  # fmt: skip
        return difference == 0


def layout_of(table: Table) -> Layout:
    """Tell which of the known shapes a table has by its columns."""
    header = table.header
    if header.has("summary", "income", "expense", "money_account"):
        return Layout.TEMPLATE
    if "summary" not in header:
        return Layout.UNKNOWN
    has_account = any(name in header for name in ("account_code", "account_name", "account"))
    if has_account and (header.has("debit", "credit") or header.has("amount", "direction")):
        return layout_of_journal(table)
    if header.has("debit", "credit") or header.has("amount", "direction"):
        return Layout.ACCOUNT_DETAIL
    if header.has("income", "expense"):
        return Layout.CASH_BOARD if "balance" in header else Layout.VILLAGE_BOARD
    return Layout.WALL_LIST if "amount" in header else Layout.UNKNOWN


def _sum_if_all_known(figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None
