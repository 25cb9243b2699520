"""Formulas of computed columns and the checks that many registers share."""

from collections.abc import Callable, Iterator

from village_open.core.money import format_fen
from village_open.core.periods import Period
from village_open.registers.rules.columns import THOUSAND, Cells, Value, day_of, number_of, text_of
from village_open.registers.rules.registers import Check, Facts, Formula, Problem

Ended = Callable[[Cells, Period], bool]
AGE_CLASSES = ("一年以内", "一至二年", "二至三年", "三年以上")
"""Of debts and claims by the time since they arose, as the ageing table of the accounts has them."""


def sum_of(*keys: str) -> Formula:
    """Add cells; one with a minus in front is taken off: `sum_of("opening", "added", "-repaid")`."""

    def reckon(cells: Cells, _facts: Facts) -> Value:
        return sum(-number_of(cells, key[1:]) if key.startswith("-") else number_of(cells, key) for key in keys)

    return reckon


def product_of(number: str, other: str) -> Formula:
    """Multiply a number by an amount or another number, half a fen upwards; empty where either is."""

    def reckon(cells: Cells, _facts: Facts) -> Value:
        if cells.get(number, "") == "" or cells.get(other, "") == "":
            return ""
        return (number_of(cells, number) * number_of(cells, other) + THOUSAND // 2) // THOUSAND

    return reckon


def days_late(due_on: str, left: str) -> Formula:
    """Count the days from a day due to the end of the period while something is left; empty where nothing is late."""

    def reckon(cells: Cells, facts: Facts) -> Value:
        due = day_of(cells, due_on)
        if due is None or number_of(cells, left) <= 0 or due >= facts.period.last_on:
            return ""
        return (facts.period.last_on - due).days * THOUSAND

    return reckon


def age_class(since: str) -> Formula:
    """Tell how old a debt is at the end of the period: a year is full on its anniversary."""

    def reckon(cells: Cells, facts: Facts) -> Value:
        began = day_of(cells, since)
        if began is None:
            return ""
        end = facts.period.last_on
        years = end.year - began.year - ((end.month, end.day) < (began.month, began.day))
        return AGE_CLASSES[min(max(years, 0), len(AGE_CLASSES) - 1)]

    return reckon


def term_of(starts_on: str, ends_on: str) -> Formula:
    """Write two days as one term: `2024-01-01至2033-12-31`."""

    def reckon(cells: Cells, _facts: Facts) -> Value:
        begin, end = text_of(cells, starts_on), text_of(cells, ends_on)
        return f"{begin}至{end}" if begin and end else begin or end

    return reckon


def not_before(later: str, earlier: str, words: str) -> Check:
    """Refuse a later day that lies before the earlier one."""

    def check(cells: Cells, _facts: Facts) -> Iterator[Problem]:
        begin, end = day_of(cells, earlier), day_of(cells, later)
        if begin and end and end < begin:
            yield Problem(later, words)

    return check


def not_after_period(key: str) -> Check:
    """Refuse a day after the period: it belongs into a later one."""

    def check(cells: Cells, facts: Facts) -> Iterator[Problem]:
        on = day_of(cells, key)
        if on and on > facts.period.last_on:
            yield Problem(key, f"{on.isoformat()} 在{facts.period.label}以后，请记到那一期。")

    return check


def not_more(part: str, whole: str, words: str, *, is_grave: bool = True) -> Check:
    """Refuse (or doubt) a part that is more than its whole."""

    def check(cells: Cells, _facts: Facts) -> Iterator[Problem]:
        over = number_of(cells, part) - number_of(cells, whole)
        if over > 0:
            yield Problem(part, words, is_grave)

    return check


def not_overdrawn(closing: str, spent: str) -> Check:
    """Point at a row that gave out more than there was; an advance may be right, so it is only said."""

    def check(cells: Cells, _facts: Facts) -> Iterator[Problem]:
        left = number_of(cells, closing)
        if left < 0:
            yield Problem(
                spent, f"支出比来源多 {format_fen(-left)} 元，请核对；确是垫付的请在备注里写明。", is_grave=False
            )

    return check


def needs_one(keys: tuple[str, ...], words: str) -> Check:
    """Refuse a row in which none of these cells is filled."""

    def check(cells: Cells, _facts: Facts) -> Iterator[Problem]:
        if all(cells.get(key, "") in ("", 0) for key in keys):
            yield Problem(keys[0], words)

    return check


def ended_when_nothing_left(*closings: str) -> Ended:
    """Let a row stay behind when nothing is left of it."""

    def ends(cells: Cells, _begins: Period) -> bool:
        return all(number_of(cells, closing) == 0 for closing in closings)

    return ends


def ended_before(ends_on: str) -> Ended:
    """Let a row stay behind when its last day lies before the period that begins."""

    def ends(cells: Cells, begins: Period) -> bool:
        last = day_of(cells, ends_on)
        return last is not None and last < begins.first_on

    return ends
