"""The frozen content of a finance disclosure as typed, masked data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_open.core.money import format_fen
from village_open.core.privacy import masked
from village_open.notices.sheets.frame import Frame, read_frame


@dataclass(frozen=True)
class MoneyAccount:
    """Cash or one bank account over the period: stocks at both ends, flows between."""

    name: str
    kind: str
    opening_fen: int
    income_fen: int
    expense_fen: int
    transfer_in_fen: int
    transfer_out_fen: int
    closing_fen: int
    correction_fen: int = 0


@dataclass(frozen=True)
class Line:
    """One ledger line as it is printed."""

    number: int
    on: date
    voucher: str
    summary: str
    kind: str
    amount_fen: int
    balance_fen: int
    account: str = ""
    to_account: str = ""
    payee: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    note: str = ""
    mark: str = ""
    objection: str = ""
    answer: str = ""
    item: str = ""
    decision: str = ""
    """The decision behind a payment, with its vote."""
    exemption: str = ""
    """Why a large payment goes without a decision."""

    @property
    def income_fen(self) -> int:
        """The amount, if it came in."""
        return self.amount_fen if self.kind == "income" else 0

    @property
    def expense_fen(self) -> int:
        """The amount, if it was spent."""
        return self.amount_fen if self.kind == "expense" else 0

    @property
    def correction_fen(self) -> int:
        """What is added to the balance, if the line corrects earlier periods."""
        return self.amount_fen if self.kind == "correct" else 0

    @property
    def mark_label(self) -> str:
        """What the finance-review group holds against the line, in words; blank when nothing."""
        return {"queried": "有疑问", "rejected": "不予认可"}.get(self.mark, "")

    @property
    def is_disputed(self) -> bool:
        """Whether an objection stands against the line."""
        return bool(self.mark_label or self.objection)


@dataclass(frozen=True)
class StatementRow:
    """One disclosure item or one accounting code with its figures."""

    key: str
    label: str
    side: str
    this_fen: int
    ytd_fen: int


@dataclass(frozen=True)
class Totals:
    """The figures of the identity, and income and expense since New Year."""

    opening_fen: int
    income_fen: int
    expense_fen: int
    closing_fen: int
    ytd_income_fen: int
    ytd_expense_fen: int
    correction_fen: int = 0
    """以前期更正; papers of before there were any do not name it."""


@dataclass(frozen=True)
class FinanceContent(Frame):
    """Everything that the two finance sheets print."""

    provisional: str
    opening_basis: str
    totals: Totals
    money_accounts: tuple[MoneyAccount, ...]
    lines: tuple[Line, ...]
    items: tuple[StatementRow, ...]
    accounts: tuple[StatementRow, ...]
    plain_reason: str = ""
    """Why something changed most against the period before, in the committee's words; older papers do not say it."""

    @property
    def provisional_note(self) -> str:
        """Which figure is not settled yet, and where the difference will be found; blank on a settled paper."""
        if not self.provisional:
            return ""
        stock = f"{self.period.last_word}结存 {format_fen(self.totals.opening_fen)} 元"
        return f"{stock}在{self.period.last_word}收支公布前是暂计数；公布后如有出入，差额作为“以前期更正”列入以后一期。"

    @property
    def disputed_lines(self) -> tuple[Line, ...]:
        """The lines against which an objection stands."""
        return tuple(line for line in self.lines if line.is_disputed)

    @property
    def has_corrections(self) -> bool:
        """Whether earlier periods owe something to the opening."""
        return any(line.kind == "correct" for line in self.lines)

    @property
    def has_transfers(self) -> bool:
        """Whether money moved between the village's own accounts."""
        return any(line.kind == "transfer" for line in self.lines)


def read_content(content: Mapping[str, Any]) -> FinanceContent:
    """Read canonical content, and mask what no wall may carry."""
    return FinanceContent(
        **read_frame(content),
        provisional=masked(content["provisional"]),
        opening_basis=masked(content["opening_basis"]),
        totals=_totals(content["totals"], content["ytd"]),
        money_accounts=tuple(_money_account(row) for row in content["money_accounts"]),
        lines=tuple(_line(row) for row in content["lines"]),
        items=tuple(_statement_row(row, row["key"], row["label"]) for row in content["items"]),
        accounts=tuple(_statement_row(row, row["code"], row["name"]) for row in content["accounts"]),
        plain_reason=masked(content.get("plain_reason", "")),
    )


def _totals(totals: Mapping[str, int], ytd: Mapping[str, int]) -> Totals:
    return Totals(
        opening_fen=totals["opening_fen"],
        income_fen=totals["income_fen"],
        expense_fen=totals["expense_fen"],
        closing_fen=totals["closing_fen"],
        ytd_income_fen=ytd["income_fen"],
        ytd_expense_fen=ytd["expense_fen"],
        correction_fen=totals.get("correction_fen", 0),
    )


def _money_account(row: Mapping[str, Any]) -> MoneyAccount:
    figures = ("opening_fen", "income_fen", "expense_fen", "transfer_in_fen", "transfer_out_fen", "closing_fen")
    flows = {figure: int(row[figure]) for figure in figures}
    return MoneyAccount(
        name=masked(row["name"]), kind=row["kind"], correction_fen=row.get("correction_fen", 0), **flows
    )


def _line(row: Mapping[str, Any]) -> Line:
    open_text = ("account", "to_account", "summary", "payee", "handler", "witness", "approver", "note")
    texts = {key: masked(row.get(key, "")) for key in (*open_text, "objection", "answer", "decision", "exemption")}
    return Line(
        number=row["number"],
        on=date.fromisoformat(row["on"]),
        voucher=row["voucher"],
        kind=row["kind"],
        amount_fen=row["amount_fen"],
        balance_fen=row["balance_fen"],
        mark=row.get("mark", ""),
        item=row.get("item", ""),
        **texts,
    )


def _statement_row(row: Mapping[str, Any], key: str, label: str) -> StatementRow:
    return StatementRow(key, label, row["side"], row["this_fen"], row["ytd_fen"])
