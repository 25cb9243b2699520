"""Moves between cash and bank, which boards print as income and expense though they are neither."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from village_open.finance.importing.money_accounts import MoneyAccounts
from village_open.finance.importing.results import Findings, ImportedLine
from village_open.finance.moves import Move, find_move


def without_double_sides(
    lines: Sequence[ImportedLine], accounts: MoneyAccounts, findings: Findings
) -> list[ImportedLine]:
    """Turn withdrawals and deposits of one table into transfers; the two sides on a combined board become one."""
    taken: set[int] = set()
    result = []
    for place, line in enumerate(lines):
        if place in taken:
            continue
        twin = _twin(place, lines, taken) if _is_move(line) else None
        if twin is not None:
            taken.add(twin)
        result.append(_as_transfer(line, accounts, findings, has_twin=twin is not None) if _is_move(line) else line)
    return result


def without_repeats_across_tables(tables: Iterable[Sequence[ImportedLine]]) -> list[ImportedLine]:
    """Join tables so that a move printed both in the cash table and in the bank table counts once."""
    kept: list[ImportedLine] = []
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    for lines in tables:
        here: dict[tuple[object, ...], int] = defaultdict(int)
        for line in lines:
            key: tuple[object, ...] = (line.on, line.amount_fen, line.money_account, line.to_account)
            here[key] += line.kind == "transfer"
            if line.kind != "transfer" or here[key] > seen[key]:
                kept.append(line)
        for moved, times in here.items():
            seen[moved] = max(seen[moved], times)
    return kept


def _is_move(line: ImportedLine) -> bool:
    return line.kind != "transfer" and find_move(line.summary) is not None


def _twin(place: int, lines: Sequence[ImportedLine], taken: set[int]) -> int | None:
    """Find the other side of a move: same amount and voucher (or day, where there is no voucher), other direction."""
    line = lines[place]
    for other in range(place + 1, len(lines)):
        candidate = lines[other]
        if other not in taken and candidate.kind != line.kind and candidate.amount_fen == line.amount_fen:
            same_paper = line.voucher and candidate.voucher == line.voucher
            if same_paper or (not line.voucher and candidate.on == line.on and _is_move(candidate)):
                return other
    return None


def _as_transfer(line: ImportedLine, accounts: MoneyAccounts, findings: Findings, *, has_twin: bool) -> ImportedLine:
    source, target = _ends(line, accounts)
    is_one_sided_board = not has_twin and not line.money_account
    if not source or not target or source == target or is_one_sided_board:
        text = f"“{line.summary}”像是现金与银行之间的内部划转，认不出两头是哪个账户，请改成内部划转后再登记。"
        findings.warn(line.row, "", text)
        return line
    findings.warn(line.row, "", f"“{line.summary}”按内部划转读入（{source} → {target}），不算收入和支出。")
    return replace(
        line, kind="transfer", money_account=source, to_account=target, account_code="", account_name=""
    )  # fmt: skip


def _ends(line: ImportedLine, accounts: MoneyAccounts) -> tuple[str, str]:
    """Return where the money left and where it went, the table's own account first where it is known."""
    is_withdrawn = find_move(line.summary) is Move.WITHDRAWN
    own = line.money_account
    if not own:
        return (accounts.bank, accounts.cash) if is_withdrawn else (accounts.cash, accounts.bank)
    other = accounts.other(own)
    is_outgoing = line.kind == "expense"
    return (own, other) if is_outgoing else (other, own)
