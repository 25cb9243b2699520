"""What a line's writer is asked to look at again; never a refusal."""

from dataclasses import replace
from datetime import date

import pytest

from village_open.finance.doubts import DoubtKind, find_doubts, find_doubts_of
from village_open.finance.forms.grid import COLUMNS
from village_open.finance.moves import Move, find_move, suggest_accounts
from village_open.finance.rules import AccountChoice
from village_open.finance.statements import LedgerLine

TODAY = date(2026, 9, 20)
CASH, BANK, OTHER = (
    AccountChoice(1, "现金", "cash"),
    AccountChoice(2, "信用社", "bank"),
    AccountChoice(3, "农行", "bank"),
)
KEPT = LedgerLine(
    id=1, on=date(2026, 9, 1), kind="expense", summary="购打印纸", amount_fen=100, account_id=1, payee="县文具店"
)


def doubts(on: date = TODAY, **cells: str) -> list[tuple[DoubtKind, str]]:
    typed = {**dict.fromkeys(COLUMNS, ""), "summary": "购打印纸", **cells}
    return [(one.kind, one.field) for one in find_doubts(typed, on=on, today=TODAY)]


@pytest.mark.parametrize(
    "field", ["voucher", "summary", "code_name", "payee", "handler", "witness", "approver", "note"]
)
@pytest.mark.parametrize(
    ("number", "word"),
    [("410782199001011234", "身份证号"), ("13812345678", "手机号"), ("6222021302001234567", "银行卡号")],
)
def test_a_private_number_is_told_at_its_cell(field: str, number: str, word: str) -> None:
    typed = {**dict.fromkeys(COLUMNS, ""), field: f"付{number}"}
    (found,) = find_doubts(typed, on=TODAY, today=TODAY)
    assert (found.kind, found.field) == (DoubtKind.PRIVATE, field)
    assert f"这里像是{word}，公开时会打码" in found.message
    assert "请改写" in found.message


@pytest.mark.parametrize("text", ["", "付张三误工 3 天", "镇公开办电话 0373-4560001", "2026年7月至9月电费"])
def test_other_words_and_an_offices_phone_are_left_alone(text: str) -> None:
    assert doubts(note=text) == []


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2026, 9, 19), []), (TODAY, []), (date(2026, 9, 21), [(DoubtKind.FUTURE, "on")])],
)
def test_a_day_that_has_not_come_is_told_at_the_date(on: date, found: list[tuple[DoubtKind, str]]) -> None:
    assert doubts(on) == found


@pytest.mark.parametrize(
    ("summary", "move"),
    [
        ("提现", Move.WITHDRAWN), ("到信用社取现", Move.WITHDRAWN), ("存现", Move.DEPOSITED),
        ("承包款存入银行", Move.DEPOSITED), ("提现手续费", None), ("定期存款利息", None), ("购打印纸", None),
    ],
)  # fmt: skip
def test_a_move_between_cash_and_bank_is_told_from_its_summary(summary: str, move: Move | None) -> None:
    assert find_move(summary) is move
    assert doubts(summary=summary) == ([(DoubtKind.MOVE, "to_account")] if move else [])
    assert doubts(summary=summary, to_account="现金") == []


@pytest.mark.parametrize(
    ("move", "accounts", "names"),
    [
        (Move.WITHDRAWN, (CASH, BANK), ("信用社", "现金")),
        (Move.DEPOSITED, (CASH, BANK), ("现金", "信用社")),
        (Move.WITHDRAWN, (CASH, BANK, OTHER), None),
        (Move.DEPOSITED, (BANK,), None),
    ],
)
def test_both_accounts_are_suggested_where_no_other_can_be_meant(
    move: Move, accounts: tuple[AccountChoice, ...], names: tuple[str, str] | None
) -> None:
    assert suggest_accounts(move, accounts) == names


def test_a_kept_line_is_doubted_like_a_typed_one() -> None:
    assert find_doubts_of(KEPT, today=TODAY) == ()
    late = replace(KEPT, on=date(2026, 9, 30), handler="李四 13812345678", summary="提现")
    assert [one.field for one in find_doubts_of(late, today=TODAY)] == ["handler", "on", "to_account"]
    assert find_doubts_of(replace(late, on=TODAY, handler="", to_account_id=2), today=TODAY) == ()
