"""The statement of a period in plain functions: lines with running balances, accounts, items, year to date.

Every figure is an int of fen. Cash and bank are stocks (opening and closing), never turnover;
a transfer between money accounts is neither income nor expense (case 18: a combined board that
counts transfers inflates both totals).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from village_open.decisions.rules.payments import Exemption
from village_open.finance.items import DisclosureItem

INCOME, EXPENSE, TRANSFER, CORRECTION = "income", "expense", "transfer", "correct"
WITHOUT_CODE = "未填科目"
"""The row of what was entered without an accounting code."""


@dataclass(frozen=True)
class LedgerLine:
    """One line as entered; `account_id` pays or receives, `to_account_id` only with a transfer."""

    id: int
    on: date
    kind: str
    summary: str
    amount_fen: int
    account_id: int
    to_account_id: int | None = None
    voucher: str = ""
    item: str = ""
    code: str = ""
    code_name: str = ""
    payee: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    note: str = ""
    receipts: int = 0
    version: int = 0
    """Of the row as it was read; a save names it."""
    matter_id: int | None = None
    matter: str = ""
    """How the matter is called whose decision is behind a payment: `2026-3`."""
    exemption_kind: str = ""
    exemption: str = ""
    """Why a large payment goes without a decision."""

    @property
    def exemption_words(self) -> str:
        """What makes the payment an exception, and why; empty: nothing does."""
        return f"{Exemption(self.exemption_kind).label}，{self.exemption}" if self.exemption_kind else ""


@dataclass(frozen=True)
class MoneyStock:
    """One money account with its opening, and the closing somebody counted (None: not counted yet)."""

    id: int
    name: str
    kind: str
    opening_fen: int
    counted_fen: int | None = None


@dataclass(frozen=True)
class AccountRow:
    """One money account over the period."""

    id: int
    name: str
    kind: str
    opening_fen: int
    income_fen: int
    expense_fen: int
    transfer_in_fen: int
    transfer_out_fen: int
    counted_fen: int | None
    correction_fen: int = 0
    """以前期更正: what earlier periods owe to the opening."""

    @property
    def closing_fen(self) -> int:
        """Opening + corrections + income − expense + transfers in − transfers out."""
        moved = self.income_fen - self.expense_fen + self.transfer_in_fen - self.transfer_out_fen
        return self.opening_fen + self.correction_fen + moved

    @property
    def difference_fen(self) -> int | None:
        """Counted minus computed closing; None while nobody counted."""
        return None if self.counted_fen is None else self.counted_fen - self.closing_fen


@dataclass(frozen=True)
class StatementLine:
    """A line with its number on the sheet and the total balance after it."""

    number: int
    line: LedgerLine
    account: str
    to_account: str
    balance_fen: int


@dataclass(frozen=True)
class SumRow:
    """One disclosure item or accounting account: this period and the year to date."""

    key: str
    label: str
    side: str
    this_fen: int
    ytd_fen: int


@dataclass(frozen=True)
class Statement:
    """The finance half of a disclosure's content."""

    accounts: tuple[AccountRow, ...]
    lines: tuple[StatementLine, ...]
    items: tuple[SumRow, ...]
    ledger_accounts: tuple[SumRow, ...]
    ytd_income_fen: int
    ytd_expense_fen: int

    @property
    def opening_fen(self) -> int:
        """Sum of the openings."""
        return sum(account.opening_fen for account in self.accounts)

    @property
    def correction_fen(self) -> int:
        """Sum of the corrections of earlier periods."""
        return sum(account.correction_fen for account in self.accounts)

    @property
    def income_fen(self) -> int:
        """Sum of the income lines."""
        return sum(account.income_fen for account in self.accounts)

    @property
    def expense_fen(self) -> int:
        """Sum of the expense lines."""
        return sum(account.expense_fen for account in self.accounts)

    @property
    def closing_fen(self) -> int:
        """Opening + corrections + income − expense."""
        return self.opening_fen + self.correction_fen + self.income_fen - self.expense_fen


@dataclass(frozen=True)
class YearBefore:
    """Sums of the year up to the day before the period: by item key, and by (side, code, name)."""

    items: Mapping[str, int] = field(default_factory=dict)
    ledger_accounts: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    income_fen: int = 0
    expense_fen: int = 0


def build_statement(
    *,
    stocks: Sequence[MoneyStock],
    lines: Sequence[LedgerLine],
    items: Iterable[DisclosureItem],
    before: YearBefore,
) -> Statement:
    """Compute the statement; lines come in the order of the sheet (by day, then as entered)."""
    return Statement(
        accounts=tuple(_account_row(stock, lines) for stock in stocks),
        lines=_numbered(stocks, lines),
        items=_item_rows(items, lines, before),
        ledger_accounts=_ledger_rows(lines, before),
        ytd_income_fen=before.income_fen + _total(lines, INCOME),
        ytd_expense_fen=before.expense_fen + _total(lines, EXPENSE),
    )


def _account_row(stock: MoneyStock, lines: Iterable[LedgerLine]) -> AccountRow:
    own = [line for line in lines if stock.id in (line.account_id, line.to_account_id)]
    transfers = [line for line in own if line.kind == TRANSFER]
    return AccountRow(
        id=stock.id,
        name=stock.name,
        kind=stock.kind,
        opening_fen=stock.opening_fen,
        income_fen=_total(own, INCOME),
        expense_fen=_total(own, EXPENSE),
        transfer_in_fen=sum(line.amount_fen for line in transfers if line.to_account_id == stock.id),
        transfer_out_fen=sum(line.amount_fen for line in transfers if line.account_id == stock.id),
        counted_fen=stock.counted_fen,
        correction_fen=_total(own, CORRECTION),
    )


def _numbered(stocks: Sequence[MoneyStock], lines: Iterable[LedgerLine]) -> tuple[StatementLine, ...]:
    names = {stock.id: stock.name for stock in stocks}
    balance = sum(stock.opening_fen for stock in stocks)
    numbered = []
    for number, line in enumerate(lines, start=1):
        balance += signed_fen(line)
        to_account = names.get(line.to_account_id, "") if line.to_account_id else ""
        numbered.append(StatementLine(number, line, names.get(line.account_id, ""), to_account, balance))
    return tuple(numbered)


def signed_fen(line: LedgerLine) -> int:
    """Return what the line does to the total: plus for income, minus for expense, nothing for a transfer.

    A correction of earlier periods carries its own sign.
    """
    return {INCOME: line.amount_fen, EXPENSE: -line.amount_fen, CORRECTION: line.amount_fen}.get(line.kind, 0)


def _item_rows(items: Iterable[DisclosureItem], lines: Iterable[LedgerLine], before: YearBefore) -> tuple[SumRow, ...]:
    this: dict[str, int] = {}
    for line in lines:
        this[line.item] = this.get(line.item, 0) + line.amount_fen
    return tuple(
        _sum_row(item.key, item.label, item.side, this.get(item.key, 0), before.items.get(item.key, 0))
        for item in items
    )


def _ledger_rows(lines: Sequence[LedgerLine], before: YearBefore) -> tuple[SumRow, ...]:
    """Sum by accounting account; what carries no code stands in a row of its own, so that the rows reach the total."""
    year = {INCOME: before.income_fen, EXPENSE: before.expense_fen}
    rows = []
    for side in (INCOME, EXPENSE):
        coded = _coded_rows(side, lines, before)
        this_fen = _total(lines, side) - sum(row.this_fen for row in coded)
        ytd_fen = year[side] + _total(lines, side) - sum(row.ytd_fen for row in coded)
        rows += coded
        if this_fen or ytd_fen:
            rows.append(SumRow("", WITHOUT_CODE, side, this_fen, ytd_fen))
    return tuple(rows)


def _coded_rows(side: str, lines: Iterable[LedgerLine], before: YearBefore) -> list[SumRow]:
    this: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.code and line.kind == side:
            this[line.code, line.code_name] = this.get((line.code, line.code_name), 0) + line.amount_fen
    earlier = {(code, name): fen for (kind, code, name), fen in before.ledger_accounts.items() if kind == side}
    keys = sorted({*this, *earlier})
    return [_sum_row(key[0], key[1], side, this.get(key, 0), earlier.get(key, 0)) for key in keys]


def _sum_row(key: str, label: str, side: str, this_fen: int, before_fen: int) -> SumRow:
    return SumRow(key, label, side, this_fen, this_fen + before_fen)


def _total(lines: Iterable[LedgerLine], kind: str) -> int:
    return sum(line.amount_fen for line in lines if line.kind == kind)
