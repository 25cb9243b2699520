"""Was the tender in order, won by who signs; was nothing signed, approved late or paid before the vote or beyond it?"""

import itertools
from collections.abc import Iterable, Iterator

from village_open.core.money import format_fen
from village_open.decisions.rules.order.facts import (
    LOCAL_PRACTICE,
    TENDER_BASIS,
    Chronicle,
    Finding,
    Happened,
    day_words,
    first,
    last,
)

_TENDER = {
    "budget": "预算", "tender_notice": "招标公告", "registration": "报名", "bid": "竞价", "award_notice": "中标公示",
}  # fmt: skip
"""What comes before a contract, in its order."""
_MANY = ("registration", "bid")
"""Of these the last one counts: nobody wins before all have bid."""


def of_tender(chronicle: Chronicle) -> Iterator[Finding]:
    """Find what is wrong with the tender."""
    order = (*_TENDER, "contract")
    there = {kind: row for kind in order if (row := first(chronicle.events, kind)) is not None}
    for before, after in itertools.pairwise(there):
        earlier = last(chronicle.events, before) if before in _MANY else there[before]
        if earlier is not None and there[after].on < earlier.on:
            yield Finding("tender_reversed", f"{there[after].told}早于{earlier.told}，次序颠倒", TENDER_BASIS)
    if chronicle.needs_tender and "contract" in there:
        missing = [word for kind, word in _TENDER.items() if kind not in there]
        if missing:
            yield Finding("tender_incomplete", f"签了合同，却没有登记{'、'.join(missing)}", TENDER_BASIS)
    yield from _winners(chronicle)


def _winners(chronicle: Chronicle) -> Iterator[Finding]:
    """Who won has bid, and who signs has won, for the price that won."""
    bidders = {row.party for row in chronicle.all_of("bid")}
    won, signed = _sums(chronicle.all_of("award_notice")), _sums(chronicle.all_of("contract"))
    for party in won:
        if bidders and party not in bidders:
            yield Finding("winner_without_bid", f"中标的是{party}，却没有登记它的报价", TENDER_BASIS)
    for party, fen in signed.items():
        if won and party not in won:
            told = f"合同签给{party}，中标的却是{'、'.join(won)}"
            yield Finding("contract_with_another", told, TENDER_BASIS)
        elif won and fen != won[party]:
            told = f"{party}的合同 {format_fen(fen)} 元，与中标价 {format_fen(won[party])} 元不一致"
            yield Finding("contract_off_award", told, TENDER_BASIS)


def _sums(events: Iterable[Happened]) -> dict[str, int]:
    """Sum what each party won or signed for."""
    sums: dict[str, int] = {}
    for row in events:
        sums[row.party] = sums.get(row.party, 0) + row.amount_fen
    return sums


def of_works(chronicle: Chronicle) -> Iterator[Finding]:
    """Find what is wrong with contract and acceptance."""
    contract, accepted = first(chronicle.events, "contract"), last(chronicle.events, "acceptance")
    decided = chronicle.decided
    if contract is not None and (decided is None or contract.on < decided.held_on):
        when = f"，早于{decided.body.label}（{day_words(decided.held_on)}）" if decided else "，此时还没有表决通过"
        yield Finding("contract_before_vote", f"{day_words(contract.on)}签了合同{when}", LOCAL_PRACTICE)
    if contract is not None and accepted is not None and accepted.on < contract.on:
        yield Finding("accepted_before_contract", f"{accepted.told}早于{contract.told}", LOCAL_PRACTICE)
    yield from _approval(chronicle)


def _approval(chronicle: Chronicle) -> Iterator[Finding]:
    """Where a higher office must look at the decision first, nothing is signed or paid before it has."""
    decided, approved = chronicle.decided, first(chronicle.events, "county_review")
    if not chronicle.approval_needed or decided is None:
        return
    for event in sorted((*chronicle.all_of("contract"), *chronicle.payments), key=lambda row: row.on)[:1]:
        if approved is None or event.on < approved.on:
            when = f"早于{approved.told}" if approved else "时还没有登记上级复审或批准"
            told = f"{event.told}{when}，按规定须{chronicle.approval_needed}"
            yield Finding("approval_missing", told, decided.basis, decided.is_law)


def of_money(chronicle: Chronicle) -> Iterator[Finding]:
    """Find what was paid before the vote, and what was paid or contracted beyond what was decided."""
    decided = chronicle.decided
    for row in chronicle.payments:
        if decided is None or row.on < decided.held_on:
            told = f"{day_words(row.on)}付给{row.party or '对方'} {format_fen(row.amount_fen)} 元，此时还没有表决通过"
            yield Finding("paid_before_vote", told, LOCAL_PRACTICE)
    paid = sum(row.amount_fen for row in chronicle.payments)
    if chronicle.amount_fen is not None and paid > chronicle.amount_fen:
        told = f"已付 {format_fen(paid)} 元，超过决议的 {format_fen(chronicle.amount_fen)} 元"
        yield Finding("paid_over_decision", told, LOCAL_PRACTICE)
    contracted = sum(row.amount_fen for row in chronicle.events if row.kind == "contract")
    if chronicle.amount_fen is not None and contracted > chronicle.amount_fen:
        told = f"合同共 {format_fen(contracted)} 元，超过决议的 {format_fen(chronicle.amount_fen)} 元"
        yield Finding("contract_over_decision", told, LOCAL_PRACTICE)
    if contracted and paid > contracted:
        told = f"已付 {format_fen(paid)} 元，超过合同的 {format_fen(contracted)} 元"
        yield Finding("paid_over_contract", told, LOCAL_PRACTICE)
