"""Which words of a period go out to everybody, and how they will read there: what the check for secrets looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from village_open.core.privacy import hidden_kinds, masked
from village_open.finance.models import FinancePeriod
from village_open.finance.queries.payments import name_decisions
from village_open.finance.queries.reviewing import ReviewedLine, ReviewSheet
from village_open.reviews.summary import ReviewSummary

LINE_TEXTS = ("voucher", "summary", "code_name", "payee", "handler", "witness", "approver", "note")
"""What a line publishes of the words that were typed into it; all of them are masked."""
ACCOUNT, PROVISIONAL, OPENING = "account", "provisional", "opening"
"""Where words beside the lines stand, when no body and no person says them."""
_COMMITTEE = "村民委员会"


@dataclass(frozen=True)
class PublishedText:
    """One text as everybody will read it, and what was starred out of it."""

    text: str
    hidden: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> "PublishedText":
        """Mask a text the way a disclosure does."""
        return cls(masked(typed), hidden_kinds(typed))


@dataclass(frozen=True)
class PublishedLine:
    """The words of one line by the name of their field."""

    number: int
    texts: Mapping[str, PublishedText]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Everything that was starred out of the line, each kind once."""
        return tuple(dict.fromkeys(kind for text in self.texts.values() for kind in text.hidden))


@dataclass(frozen=True)
class Publication:
    """All words of a period that go out: line by line, and what stands beside the lines."""

    lines: tuple[PublishedLine, ...]
    remarks: tuple[tuple[str, PublishedText], ...]
    """Who says it, or one of ACCOUNT, PROVISIONAL, OPENING; and what it says."""

    @property
    def masked_lines(self) -> tuple[PublishedLine, ...]:
        """The lines in which something was starred out."""
        return tuple(line for line in self.lines if line.hidden)


def publication_of(period: FinancePeriod, sheet: ReviewSheet, *groups: ReviewSummary | None) -> Publication:
    """Gather what a period will say to everybody, masked as the disclosure masks it."""
    typed = (*_remarks(period), *(pair for group in groups if group for pair in _said(group)))
    accounts = tuple((ACCOUNT, row.name) for row in sheet.statement.accounts)
    remarks = tuple((who, PublishedText.of(text)) for who, text in (*accounts, *typed) if text)
    decisions = name_decisions(line.row for line in sheet.lines)
    return Publication(tuple(_line(line, decisions.get(line.row.line.id, "")) for line in sheet.lines), remarks)


def opening_basis(period: FinancePeriod) -> str:
    """Return the paper that the opening of a village which joined mid-year comes from, and who signed it."""
    return f"{period.joining_paper}（确认人：{period.joining_signed_by}）" if period.joining_paper else ""


def _line(line: ReviewedLine, decision: str) -> PublishedLine:
    typed = {name: getattr(line.row.line, name) for name in LINE_TEXTS}
    typed |= {"decision": decision, "exemption": line.row.line.exemption_words}
    typed |= {"account": line.row.account, "to_account": line.row.to_account}
    typed |= {"objection": line.item.objection, "answer": line.item.reply}
    texts = {name: PublishedText.of(text) for name, text in typed.items() if text}
    return PublishedLine(line.row.number, texts)


def _remarks(period: FinancePeriod) -> Iterator[tuple[str, str]]:
    yield period.confirmed_body, period.confirmed_note
    yield PROVISIONAL, period.provisional_reason
    yield OPENING, opening_basis(period)
    yield _COMMITTEE, period.plain_reason


def _said(group: ReviewSummary) -> Iterator[tuple[str, str]]:
    for row in group.signatures:
        yield row.person_name, row.note
    for aside in group.recusals:
        yield aside.person_name, aside.reason
