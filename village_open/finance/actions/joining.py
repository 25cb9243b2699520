"""Putting right what a village typed when it joined, while its first period is being entered."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from village_open.core.canonical import Plain
from village_open.db import db, hold_lock
from village_open.finance.actions.carrying import carry_forward, set_openings
from village_open.finance.actions.opening import add_joining_figures, require_complete
from village_open.finance.errors import JoiningFixed, OpeningCarried, PeriodChanged
from village_open.finance.models import FinancePeriod, JoiningFigure, PeriodState
from village_open.finance.queries.periods import get_joining_figures, list_stocks
from village_open.record.actions import Doer, record_deed


def correct_joining(
    *,
    by: Doer,
    period: FinancePeriod,
    openings: Mapping[int, int],
    year_so_far: Mapping[str, int],
    paper: str,
    version: int | None = None,
) -> None:
    """Put right what a village typed when it joined; who corrects signs it anew.

    Args:
        by, period: who corrects and signs, the village's first period here.
        openings: fen by money account id; accounts that are not named keep theirs.
        year_so_far: fen by disclosure item key, up to the day before the period; items that are not named have none.
        paper: where the figures come from.
        version: that of the period which the person looked at.

    Raises:
        OpeningCarried: the period is not the one in which the village joined.
        JoiningFixed: it was submitted.
        PeriodChanged: somebody else corrected it since.
        JoiningIncomplete: the paper is missing.
        YearJustBegun: the period begins the year and has no sums before it.
    """
    hold_lock(f"finance_period:{period.id}")
    db.session.refresh(period, ["state", "joining_paper", "joining_signed_by", "version_id"])
    require_joining_open(period)
    if version is not None and version != period.version_id:
        raise PeriodChanged
    require_complete(period.village, period.period, paper, year_so_far)
    before = _joining_facts(period)
    period.joining_paper, period.joining_signed_by = paper.strip(), by.name
    _replace_figures(period, openings, year_so_far)
    carry_forward(period)
    record_deed(
        chain=period.village.code, kind="finance.correct_joining", by=by,
        said=f"更正并签名确认了{period.period.label}的期初余额和本年累计，来源：{period.joining_paper}",
        before=before, after=_joining_facts(period),
    )  # fmt: skip


def _replace_figures(period: FinancePeriod, openings: Mapping[int, int], year_so_far: Mapping[str, int]) -> None:
    set_openings(period, openings)
    db.session.execute(delete(JoiningFigure).where(JoiningFigure.period_id == period.id))
    add_joining_figures(period, year_so_far)
    flag_modified(period, "joining_paper")  # Figures lie in other tables: the period's version tells of them too.
    db.session.flush()


def require_joining_open(period: FinancePeriod) -> None:
    """Hold that the figures with which a village joined may still be put right.

    Raises:
        OpeningCarried: the period is not the one in which the village joined.
        JoiningFixed: it was submitted.
    """
    if not period.joining_paper:
        raise OpeningCarried(period.period)
    if period.stage is not PeriodState.ENTRY:
        raise JoiningFixed(period.stage.label)


def _joining_facts(period: FinancePeriod) -> dict[str, Plain]:
    return {
        "openings": {stock.name: stock.opening_fen for stock in list_stocks(period)},
        "year_so_far": {**get_joining_figures(period)}, "basis": period.joining_paper,
    }  # fmt: skip
