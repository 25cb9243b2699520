"""What a finance disclosure says: the figures, the checks behind them, and how to object, as plain data to be frozen.

Everything is a snapshot: names are today's, texts are masked before they are frozen, because the frozen bytes travel
with every PDF.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from village_open.core import clock
from village_open.core.calendars import Calendar, term_last_day
from village_open.core.canonical import Plain
from village_open.core.privacy import masked
from village_open.finance.actions.submitting import content_sha256, subject_of
from village_open.finance.items import ITEMS
from village_open.finance.models import FinancePeriod
from village_open.finance.publication import LINE_TEXTS, opening_basis
from village_open.finance.queries import get_statement
from village_open.finance.queries.payments import name_decisions
from village_open.finance.queries.reviewing import list_in_both_groups
from village_open.finance.statements import AccountRow, Statement, StatementLine
from village_open.notices.errors import SignatureMissing, SignedContentDiffers
from village_open.notices.signers import group_signers, line_notes
from village_open.reviews.queries import find_review, get_summary
from village_open.reviews.summary import ReviewSummary
from village_open.villages.models import RoleKind, Township
from village_open.villages.profile import Profile
from village_open.villages.queries import get_profile

FORMAT = "village-open.finance.1"
GROUPS = (RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION)
Content: TypeAlias = dict[str, Plain]


def build_content(period: FinancePeriod, *, issued_on: date, number: str = "") -> Content:
    """Build the content of a period's disclosure; the figures are those that both groups signed.

    Raises:
        SignatureMissing: a group has not signed this version.
        SignedContentDiffers: the figures of today are not the signed ones.
    """
    statement = get_statement(period)
    summaries = _signed_summaries(period, statement)
    profile = get_profile(period.village.township, period.period)
    return {
        "format": FORMAT,
        "number": number,
        **_place(period),
        **_figures(statement, summaries[0]),
        **_checks(period, profile, summaries, statement),
        **terms_of(period.village.township, profile, summaries[1], issued_on),
        "issued_on": issued_on.isoformat(),
    }


def draft_content(period: FinancePeriod, *, issued_on: date) -> Content:
    """Build what a draft shows before the checks are complete; nothing is guarded, nothing is frozen."""
    statement = get_statement(period)
    summaries = [_find_summary(period, group) for group in GROUPS]
    profile = get_profile(period.village.township, period.period)
    return {
        "format": FORMAT,
        "number": "",
        **_place(period),
        **_figures(statement, summaries[0]),
        **_checks(period, profile, summaries, statement),
        **terms_of(period.village.township, profile, summaries[1], issued_on),
        "issued_on": "",
    }


def _find_summary(period: FinancePeriod, group: RoleKind) -> ReviewSummary | None:
    review = find_review(subject_of(period), group.value, period.round)
    return get_summary(review) if review is not None else None


def _signed_summaries(period: FinancePeriod, statement: Statement) -> list[ReviewSummary]:
    """Return what the groups signed, once it is sure that they signed these very figures."""
    if content_sha256(period, statement) != period.content_sha256:
        raise SignedContentDiffers("提交人")
    found = []
    for group in GROUPS:
        summary = _find_summary(period, group)
        if summary is None or not summary.signatures:
            raise SignatureMissing(group.label)
        if summary.content_sha256 != period.content_sha256:
            raise SignedContentDiffers(group.label)
        found.append(summary)
    return found


def _place(period: FinancePeriod) -> Content:
    village = period.village
    return {
        "county": village.township.county.name,
        "township": {"code": village.township.code, "name": village.township.name},
        "village": {"code": village.code, "name": village.name},
        "period": period.code,
        "prepared_by": f"{village.name}村民委员会",
        "provisional": masked(period.provisional_reason),
        "opening_basis": masked(opening_basis(period)),
        **({"plain_reason": masked(period.plain_reason)} if period.plain_reason else {}),
    }


def _figures(statement: Statement, reviewed: ReviewSummary | None) -> Content:
    decisions = name_decisions(statement.lines)
    return {
        "money_accounts": [_money_account(row) for row in statement.accounts],
        "totals": {
            "opening_fen": statement.opening_fen,
            **_correction(statement.correction_fen),
            "income_fen": statement.income_fen,
            "expense_fen": statement.expense_fen,
            "closing_fen": statement.closing_fen,
        },
        "ytd": {"income_fen": statement.ytd_income_fen, "expense_fen": statement.ytd_expense_fen},
        "lines": [
            {**_line(row, line_notes(reviewed, str(row.line.id))), **_backing(row, decisions)}
            for row in statement.lines
        ],
        "items": [
            {"key": r.key, "side": r.side, "label": r.label, "this_fen": r.this_fen, "ytd_fen": r.ytd_fen}
            for r in statement.items
        ],
        "accounts": [
            {"code": r.key, "name": r.label, "side": r.side, "this_fen": r.this_fen, "ytd_fen": r.ytd_fen}
            for r in statement.ledger_accounts
        ],
    }


def _money_account(row: AccountRow) -> Content:
    names = ("opening_fen", "income_fen", "expense_fen", "transfer_in_fen", "transfer_out_fen", "closing_fen")
    figures = {name: getattr(row, name) for name in names}
    return {"name": masked(row.name), "kind": row.kind, **figures, **_correction(row.correction_fen)}


def _correction(fen: int) -> Content:
    """Name what earlier periods correct only where they do: a content without it reads as it always did."""
    return {"correction_fen": fen} if fen else {}


def _line(row: StatementLine, notes: Mapping[str, str]) -> Content:
    line = row.line
    item = ITEMS.get(line.item)
    return {
        "number": row.number, "on": line.on.isoformat(), "kind": line.kind,
        "amount_fen": line.amount_fen, "balance_fen": row.balance_fen,
        "account": masked(row.account), "to_account": masked(row.to_account),
        "item": line.item, "item_label": item.label if item else "", "code": line.code, "receipts": line.receipts,
        **{name: masked(getattr(line, name)) for name in LINE_TEXTS},
        **{name: masked(text) for name, text in notes.items()},
    }  # fmt: skip


def _backing(row: StatementLine, decisions: Mapping[int, str]) -> Content:
    """Name the decision behind a payment, and why it goes without one, only where there are: as with corrections."""
    told = {"decision": decisions.get(row.line.id, ""), "exemption": row.line.exemption_words}
    return {key: masked(text) for key, text in told.items() if text}


def _checks(
    period: FinancePeriod, profile: Profile, summaries: Iterable[ReviewSummary | None], statement: Statement
) -> Content:
    numbers = {str(row.line.id): row.number for row in statement.lines}
    in_both = list_in_both_groups(period)
    checked = period.privacy_checked_at
    return {
        "signers": [row for summary in summaries if summary for row in group_signers(summary, numbers, in_both)],
        "slots": {kind: list(slots) for kind, slots in profile.signer_slots.items()},
        "confirmed": {
            "body": period.confirmed_body, "on": _day(period.confirmed_on), "note": masked(period.confirmed_note),
        },
        "privacy_check": {
            "by": period.privacy_checked_by, "on": _day(clock.china_day(checked) if checked else None),
        },
    }  # fmt: skip


def terms_of(
    township: Township, profile: Profile, examined: ReviewSummary | None, issued_on: date, *, days: int = 0
) -> Content:
    """Return the planned days on the board and the way to object; both begin on the first working day from issue.

    `days` is how long it must hang where that is longer than the profile says.
    """
    days = days or profile.posting_days
    from_on = Calendar().next_working_day(issued_on)
    leader = next((member.name for member in examined.members if member.is_leader), "") if examined else ""
    return {
        "posting": {
            "from": from_on.isoformat(),
            "to": term_last_day(from_on, days, profile.day_rule).isoformat(),
            "explained": f"不少于{days}日，{profile.day_rule.label}",
        },
        "supervision_phone": township.supervision_phone,
        "objection": {
            "how": f"向{RoleKind.SUPERVISION.label}{f'组长{leader}' if leader else ''}或{township.name}村务公开办公室"
            "当面说、打电话或写信",
            "until": profile.objection_last_day(from_on).isoformat(),
        },
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
