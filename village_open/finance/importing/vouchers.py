"""Full voucher journals (序时账): every entry with its account, turned into income, expense and transfers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.money import format_fen
from village_open.finance.charts import Chart
from village_open.finance.importing.money_accounts import MoneyAccounts, is_money, money_name
from village_open.finance.importing.results import Findings, ImportedLine, LineKindCode


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a voucher; exactly one of debit and credit is filled (fen, negative when red)."""

    row: int
    on: date | None
    word: str
    number: str
    summary: str
    code: str
    name: str
    debit: int | None
    credit: int | None
    handler: str

    @property
    def signed(self) -> int:
        """Debit positive, credit negative."""
        return (self.debit or 0) - (self.credit or 0)

    @property
    def amount(self) -> int:
        """The amount as it stands in its column."""
        return self.debit if self.debit is not None else self.credit or 0

    @property
    def is_on_money(self) -> bool:
        """Tell whether it is the side of cash or bank."""
        return is_money(self.code, self.name)


Voucher = list[Entry]


def vouchers_of(entries: Sequence[Entry]) -> list[Voucher]:
    """Gather entries by month, word and number; entries without a number stand alone with their day."""
    gathered: dict[tuple[object, ...], Voucher] = {}
    for entry in entries:
        month = (entry.on.year, entry.on.month) if entry.on else None
        key = (month, entry.word, entry.number.lstrip("0")) if entry.number else (entry.on, entry.word, None)
        gathered.setdefault(key, []).append(entry)
    return [_leaves(voucher) for voucher in gathered.values()]


def _leaves(voucher: Voucher) -> Voucher:
    """Leave out entries that only sum up their sub-accounts, where the voucher balances without them."""
    leaves = [entry for entry in voucher if not _is_sum_of_children(entry, voucher)]
    return leaves if sum(entry.signed for entry in leaves) == 0 else voucher


def _is_sum_of_children(entry: Entry, voucher: Voucher) -> bool:
    if not entry.code:
        return False
    children = [
        other
        for other in voucher
        if other.code != entry.code
        and other.code.startswith(entry.code)
        and (other.debit is None) == (entry.debit is None)
    ]
    return bool(children) and sum(child.amount for child in children) == entry.amount


class VoucherReader:
    """Turns balanced vouchers into lines of the money accounts."""

    def __init__(self, accounts: MoneyAccounts, chart: Chart, findings: Findings, column: str) -> None:
        self._accounts = accounts
        self._chart = chart
        self._findings = findings
        self._column = column
        self._without_money: list[str] = []

    def lines(self, vouchers: Sequence[Voucher]) -> list[ImportedLine]:
        """Return the lines of all vouchers that touch money; the others are named in one warning."""
        lines = [line for voucher in vouchers for line in self._of_voucher(voucher)]
        if self._without_money:
            shown = "、".join(self._without_money[:5])
            more = f"等 {len(self._without_money)} 张" if len(self._without_money) > 5 else ""
            self._findings.warn(None, "", f"{shown}{more}凭证不涉及现金和银行存款，没有读入。")
        return lines

    def _of_voucher(self, voucher: Voucher) -> Iterator[ImportedLine]:
        if difference := sum(entry.signed for entry in voucher):
            debit = sum(entry.debit or 0 for entry in voucher)
            text = f"{_name(voucher)}凭证借方合计 {format_fen(debit)}，贷方合计 {format_fen(debit - difference)}，"
            self._findings.error(voucher[0].row, self._column, f"{text}相差 {format_fen(abs(difference))}，借贷不平。")
        money = [entry for entry in voucher if entry.is_on_money]
        counters = [entry for entry in voucher if not entry.is_on_money]
        if not money:
            self._without_money.append(_name(voucher))
        elif len(money) == 1:
            yield from (self._line(entry, money[0]) for entry in counters)
        else:
            yield from self._of_many(money, counters)

    def _of_many(self, money: Voucher, counters: Voucher) -> Iterator[ImportedLine]:
        """Pair each counter entry with money entries of the other side in order; what is left moved between them."""
        left = {entry.row: entry.signed for entry in money}
        if counters:
            self._findings.warn(
                money[0].row, "", f"{_name(money)}凭证有多个资金科目，按顺序对应，请核对每行的资金账户。"
            )
        for counter in counters:
            rest = counter.signed
            for entry in money:
                part = _part(rest, left[entry.row])
                if part:
                    rest -= part
                    left[entry.row] += part
                    yield self._line(counter, entry, part=abs(part))
        yield from self._moves(money, left)

    def _moves(self, money: Voucher, left: dict[int, int]) -> Iterator[ImportedLine]:
        for source in money:
            for target in money:
                part = min(-left[source.row], left[target.row])
                if part > 0:
                    left[source.row] += part
                    left[target.row] -= part
                    yield self._move(source, target, part)

    def _move(self, source: Entry, target: Entry, amount: int) -> ImportedLine:
        origin, goal = self._account(source), self._account(target)
        if origin == goal:
            self._findings.error(source.row, "", f"{_name([source])}凭证的转出和转入认成了同一个资金账户“{origin}”。")
        return ImportedLine(
            source.row, source.on, source.word, source.number, source.summary, "transfer", amount, origin, goal,
            handler=source.handler,
        )  # fmt: skip

    def _line(self, counter: Entry, money: Entry, *, part: int | None = None) -> ImportedLine:
        kind: LineKindCode = "expense" if counter.debit is not None else "income"
        amount = counter.amount if part is None else part
        return ImportedLine(
            counter.row, counter.on, counter.word, counter.number, counter.summary, kind, amount, self._account(money),
            account_code=counter.code, account_name=counter.name or self._chart.name_of(counter.code),
            handler=counter.handler,
        )  # fmt: skip

    def _account(self, entry: Entry) -> str:
        name = money_name(entry.code, entry.name, self._chart)
        meant = self._accounts.standing_for(name)
        if not meant:
            text = f"“{name}”对不上本村的资金账户（{'、'.join(self._accounts.names)}）。"
            self._findings.error(entry.row, self._column, text)
        return meant


def _part(wanted: int, available: int) -> int:
    """Return how much of a counter entry a money entry of the other side can bear, with the counter's sign."""
    if wanted * available >= 0:
        return 0
    return min(wanted, -available) if wanted > 0 else max(wanted, -available)


def _name(voucher: Sequence[Entry]) -> str:
    first = voucher[0]
    return "-".join(part for part in (first.word, first.number) if part) or f"第 {first.row} 行"
