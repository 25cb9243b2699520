"""Gathering what the checks for reviewers need: a constant number of queries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from village_open.core.periods import Period
from village_open.db import db
from village_open.finance.flags import Background, Flag, SharedReceipt, Yardsticks, find_flags, in_order
from village_open.finance.models import FinancePeriod, Line, Receipt
from village_open.finance.payments import flags_of_payments
from village_open.finance.queries.payments import check_payments
from village_open.finance.queries.periods import get_statement
from village_open.finance.statements import StatementLine
from village_open.villages.models import Village
from village_open.villages.queries import get_profile, list_current_terms


def list_flags(period: FinancePeriod, *, for_township: bool) -> tuple[Flag, ...]:
    """List what is worth a look in a period; what concerns other villages is told to the township only."""
    statement = get_statement(period)
    lines = statement.lines
    background = Background(
        period=period.period,
        yardsticks=_yardsticks(period),
        known_payees=_known_payees(period, lines),
        has_history=_has_history(period),
        shared_receipts=_shared_receipts(period, for_township=for_township),
    )
    of_payments = flags_of_payments(check_payments(period, statement), lines, _holders(period))
    return in_order((*of_payments, *find_flags(lines, background)))


def _holders(period: FinancePeriod) -> dict[str, list[str]]:
    """Return the names of those who hold a role in the village on the last day of the period, by kind."""
    names: dict[str, list[str]] = {}
    for term in list_current_terms(period.village.code, period.period.last_on):
        names.setdefault(term.kind, []).append(term.person.name)
    return names


def _yardsticks(period: FinancePeriod) -> Yardsticks:
    profile = get_profile(period.village.township, period.period)
    return Yardsticks(
        large_payment_fen=profile.large_payment_fen,
        approval_limits_fen=profile.approval_limits_fen,
        round_sum_fen=profile.round_sum_fen,
        same_payee_days=profile.same_payee_days,
        split_window_days=profile.split_window_days,
        rush_days=profile.rush_days,
    )


def _earlier(period: FinancePeriod) -> tuple[ColumnElement[bool], ...]:
    return Line.village_id == period.village_id, Line.on < period.period.first_on, Line.is_removed.is_(False)


def _known_payees(period: FinancePeriod, lines: Sequence[StatementLine]) -> set[str]:
    payees = {row.line.payee for row in lines if row.line.payee}
    return set(db.session.scalars(select(Line.payee).where(*_earlier(period), Line.payee.in_(payees)).distinct()))


def _has_history(period: FinancePeriod) -> bool:
    return db.session.scalar(select(Line.id).where(*_earlier(period)).limit(1)) is not None


def _shared_receipts(period: FinancePeriod, *, for_township: bool) -> list[SharedReceipt]:
    own, other = aliased(Receipt), aliased(Receipt)
    pictures = _pairs(period, own, other, own.original_sha256 == other.original_sha256, for_township=for_township)
    # Said of both sides: most receipts have no number, and SQLite would pair each of them with all others first.
    same_number = (own.invoice_number == other.invoice_number) & (own.invoice_number > "") & (other.invoice_number > "")
    numbers = _pairs(period, own, other, same_number, for_township=for_township)
    return [
        *_shared(db.session.execute(pictures), is_picture=True),
        *_shared(db.session.execute(numbers), is_picture=False),
    ]


def _pairs(
    period: FinancePeriod, own: type[Receipt], other: type[Receipt], same: ColumnElement[bool], *, for_township: bool
) -> Select[int, Line, str, str, bool]:
    own_line, other_line = aliased(Line), aliased(Line)
    whose = Village.township_id == period.village.township_id
    if not for_township:
        whose = Village.id == period.village_id
    return (
        select(own.line_id, other_line, Village.name, FinancePeriod.code, Village.id != period.village_id)
        .join(own_line, own_line.id == own.line_id)
        .join(other, same)
        .join(other_line, other_line.id == other.line_id)
        .join(Village, Village.id == other_line.village_id)
        .join(FinancePeriod, FinancePeriod.id == other_line.period_id)
        .where(
            own_line.period_id == period.id, own.line_id != other.line_id, whose,
            own.is_removed.is_(False), other.is_removed.is_(False),
            own_line.is_removed.is_(False), other_line.is_removed.is_(False),
        )
        .order_by(own.id, other.id)
        .limit(_MOST_PAIRS)
    )  # fmt: skip


_MOST_PAIRS = 200
"""More than anybody looks at; one picture behind every line would give the square of them."""


def _shared(rows: Iterable[Sequence[object]], *, is_picture: bool) -> Iterable[SharedReceipt]:
    for line_id, line, village, code, is_other_village in rows:
        place = f"{village}{Period.parse(code).label} {line.on:%m-%d}“{line.summary}”"  # type: ignore[arg-type,attr-defined] # a row of several tables
        yield SharedReceipt(line_id, line.id, is_picture, bool(is_other_village), place)  # type: ignore[arg-type,attr-defined] # the same
