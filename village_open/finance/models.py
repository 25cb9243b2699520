"""Ledger tables of a village: money accounts, periods, lines, receipts."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.core.periods import Period
from village_open.db import Base, CreatedAt, Fen, Key, Moment, Versioned
from village_open.decisions.models import Matter
from village_open.villages.models import Village


class PeriodState(StrEnum):
    """How far a period has come; the order is the chain's."""

    ENTRY = "entry"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    EXAMINED = "examined"
    CONFIRMED = "confirmed"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "entry": "录入中", "submitted": "待理财小组审核", "reviewed": "待监督小组审查",
            "examined": "待会议确定", "confirmed": "待镇里审核签发", "issued": "已签发",
        }[self.value]  # fmt: skip

    @property
    def rank(self) -> int:
        """The position in the chain, from 0."""
        return list(PeriodState).index(self)


class LineKind(StrEnum):
    """Income, expense, or neither: a transfer between money accounts, a correction of earlier periods."""

    INCOME = "income"
    EXPENSE = "expense"
    TRANSFER = "transfer"
    CORRECTION = "correct"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"income": "收入", "expense": "支出", "transfer": "内部划转", "correct": "以前期更正"}[self.value]


class MoneyAccount(Versioned, Base):
    """Where money lies: the cash box or one bank account."""

    __tablename__ = "money_account"
    __table_args__ = (UniqueConstraint("village_id", "name"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    kind: Mapped[str] = mapped_column(String(4))
    """cash or bank."""
    name: Mapped[str] = mapped_column(String(40))
    is_closed: Mapped[bool] = mapped_column(default=False)


class FinancePeriod(Versioned, Base):
    """One quarter (or month) of one village's money."""

    __tablename__ = "finance_period"
    __table_args__ = (UniqueConstraint("village_id", "code"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    code: Mapped[str] = mapped_column(String(7), index=True)
    """As core.periods.Period.code."""
    state: Mapped[str] = mapped_column(String(10), default=PeriodState.ENTRY.value)
    round: Mapped[int] = mapped_column(default=0)
    """How often it was submitted; each submission is reviewed anew."""
    content_sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of the lines and balances as submitted; what was signed is this."""
    provisional_reason: Mapped[str] = mapped_column(Text, default="")
    """The township's reason to let it go on while the period before is late; printed as 暂计."""
    plain_reason: Mapped[str] = mapped_column(Text, default="")
    """Why something changed most against the period before, in the committee's words; told in plain words."""
    joining_paper: Mapped[str] = mapped_column(Text, default="")
    """Of a village that joins: the paper its opening was taken from."""
    joining_signed_by: Mapped[str] = mapped_column(String(40), default="")
    """The name, as it was then, of the person who typed the opening and stands for it."""
    return_reason: Mapped[str] = mapped_column(Text, default="")
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[Moment | None]
    confirmed_body: Mapped[str] = mapped_column(String(60), default="")
    confirmed_on: Mapped[date | None]
    confirmed_note: Mapped[str] = mapped_column(Text, default="")
    filed_by: Mapped[str] = mapped_column(String(40), default="")
    filed_at: Mapped[Moment | None]
    prints_objections: Mapped[bool] = mapped_column(default=False)
    """The sheet may go out with open queries, printed as 有异议."""
    privacy_checked_by: Mapped[str] = mapped_column(String(40), default="")
    privacy_checked_at: Mapped[Moment | None]
    opened_at: Mapped[CreatedAt]
    village: Mapped[Village] = relationship()

    @property
    def period(self) -> Period:
        """The period itself."""
        return Period.parse(self.code)

    @property
    def review_subject(self) -> str:
        """The name under which the reviews room knows the period."""
        return f"finance_period:{self.id}"

    @property
    def stage(self) -> PeriodState:
        """The state as an enum."""
        return PeriodState(self.state)


class Balance(Base):
    """Opening of one money account in one period, and its closing once the period is published."""

    __tablename__ = "balance"
    __table_args__ = (UniqueConstraint("period_id", "money_account_id"),)

    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("finance_period.id"))
    money_account_id: Mapped[int] = mapped_column(ForeignKey("money_account.id"), index=True)
    opening_fen: Mapped[Fen]
    counted_fen: Mapped[Fen | None]
    """What lay in the box or stood on the bank's statement on the last day, as the clerk counted it."""
    closing_fen: Mapped[Fen | None]
    """Opening of the next period; set when this one is published."""


class JoiningFigure(Base):
    """本年累计 up to the joining period, by disclosure item, typed from paper."""

    __tablename__ = "joining_figure"
    __table_args__ = (UniqueConstraint("period_id", "item_key"),)

    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("finance_period.id"))
    item_key: Mapped[str] = mapped_column(String(10))
    ytd_fen: Mapped[Fen]


class Line(Versioned, Base):
    """One line of income, expense or transfer."""

    __tablename__ = "line"
    __table_args__ = (
        CheckConstraint("amount_fen <> 0", name="amount_not_zero"),
        CheckConstraint("(kind = 'transfer') = (to_account_id IS NOT NULL)", name="transfer_has_target"),
        Index("ix_line_period_on", "period_id", "on"),
        UniqueConstraint("period_id", "draft_key"),
        Index("ix_line_village_payee", "village_id", "payee"),
    )

    id: Mapped[Key]
    period_id: Mapped[int] = mapped_column(ForeignKey("finance_period.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    position: Mapped[int]
    """The order inside one day, and of the sheet: by date, then position."""
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(8))
    voucher: Mapped[str] = mapped_column(String(30), default="")
    summary: Mapped[str] = mapped_column(String(200))
    amount_fen: Mapped[Fen]
    """Positive; a red-letter correction is negative. Of 以前期更正: what is added to the account."""
    account_id: Mapped[int] = mapped_column(ForeignKey("money_account.id"), index=True)
    to_account_id: Mapped[int | None] = mapped_column(ForeignKey("money_account.id"))
    item_key: Mapped[str] = mapped_column(String(10), default="")
    account_code: Mapped[str] = mapped_column(String(12), default="")
    account_name: Mapped[str] = mapped_column(String(60), default="")
    payee: Mapped[str] = mapped_column(String(80), default="")
    handler: Mapped[str] = mapped_column(String(40), default="")
    witness: Mapped[str] = mapped_column(String(40), default="")
    approver: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    """Of a payment: the decision behind it."""
    exemption_kind: Mapped[str] = mapped_column(String(12), default="")
    """Of a large payment without a decision: what makes it an exception, as decisions.rules.payments.Exemption."""
    exemption: Mapped[str] = mapped_column(String(200), default="")
    """The reason of the exception (救灾 and the like); it prints beside the line."""
    draft_key: Mapped[str | None] = mapped_column(String(40))
    """The name of the row in the browser that typed it: the same save sent twice makes one line.

    Of 以前期更正: the two periods and the account, as `finance.corrections.Seam.key`.
    """
    is_removed: Mapped[bool] = mapped_column(default=False)
    """Taken out before submitting; may be put back."""
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    account: Mapped[MoneyAccount] = relationship(foreign_keys=[account_id])
    to_account: Mapped[MoneyAccount | None] = relationship(foreign_keys=[to_account_id])
    matter: Mapped[Matter | None] = relationship()
    receipts: Mapped[list["Receipt"]] = relationship(viewonly=True, order_by="Receipt.id")


class Receipt(Base):
    """A photo or PDF behind a line, checked and made anew before it was kept."""

    __tablename__ = "receipt"

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    file_sha256: Mapped[str] = mapped_column(String(64))
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the file as it was handed in: the same picture on another line is noticed by it."""
    thumb_sha256: Mapped[str] = mapped_column(String(64), default="")
    media_type: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    invoice_number: Mapped[str] = mapped_column(String(40), default="", index=True)
    is_removed: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
