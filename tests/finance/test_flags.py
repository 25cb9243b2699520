"""What reviewers are shown first: pure checks as tables, the gathering on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from village_open.core.periods import Period
from village_open.finance.flags import Background, Flag, FlagKind, SharedReceipt, find_flags
from village_open.finance.statements import LedgerLine, StatementLine

PERIOD = Period.parse("2026Q3")
THRESHOLD = 5_000_00


def flags_of(*rows: tuple[str, int, str], **known: object) -> dict[str, Flag]:
    """Each row is (day, yuan, payee); lines carry a receipt unless `receipts=0`."""
    receipts = known.pop("receipts", 1)
    lines = [
        StatementLine(number, replace(_line(*row), id=100 + number, receipts=receipts), "现金", "", 0)
        for number, row in enumerate(rows, 1)
    ]
    background = Background(
        PERIOD, THRESHOLD, known.get("known_payees", ()), known.get("has_history", False), known.get("shared", ())
    )
    return {flag.kind.value: flag for flag in find_flags(lines, background)}


def _line(day: str, yuan: int, payee: str) -> LedgerLine:
    on = date(2026, *map(int, day.split(".")))
    return LedgerLine(0, on, "expense", "一笔", yuan * 100, 1, payee=payee)


@pytest.mark.parametrize(
    ("rows", "kind", "line_ids"),
    [
        ([("7.1", 123, "张三"), ("7.4", 123, "张三")], "repeated", (101, 102)),
        ([("7.1", 123, "张三"), ("7.3", 123, "张三"), ("7.6", 123, "张三")], "repeated", (101, 102, 103)),
        ([("7.1", 4900, "李四"), ("7.30", 200, "李四"), ("7.20", 4800, "李四")], "split", (101, 103)),
        ([("7.1", 1300, "李四"), ("7.5", 1300, "李四"), ("7.9", 1300, "李四"), ("7.12", 1300, "李四")], "split",
         (101, 102, 103, 104)),
        ([("7.1", 2000, "王五"), ("7.2", 2001, "王五")], "round", (101,)),
        ([("9.26", 300, "a"), ("9.28", 300, "b"), ("9.30", 300, "c"), ("7.1", 900, "d")], "rush", (101, 102, 103)),
    ],
)  # fmt: skip
def test_what_is_worth_a_look_is_found(rows: list[tuple[str, int, str]], kind: str, line_ids: tuple[int, ...]) -> None:
    assert flags_of(*rows)[kind].line_ids == line_ids


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("7.1", 123, "张三"), ("7.5", 123, "张三")], "repeated"),
        ([("7.1", 123, "张三"), ("7.2", 124, "张三")], "repeated"),
        ([("7.1", 123, ""), ("7.1", 123, "")], "repeated"),
        ([("7.1", 4900, "李四"), ("7.31", 4900, "李四")], "split"),
        ([("7.1", 4900, "李四"), ("7.2", 90, "李四")], "split"),
        ([("7.1", 5000, "李四"), ("7.2", 4000, "李四")], "split"),
        ([("7.1", 4900, "李四"), ("7.2", 4900, "王五")], "split"),
        ([("7.1", 999, "a")], "round"),
        ([("9.25", 300, "a"), ("9.28", 300, "b"), ("9.30", 300, "c")], "rush"),
        ([("9.28", 300, "a"), ("9.29", 300, "b"), ("9.30", 300, "c"), ("7.1", 9000, "d")], "rush"),
    ],
)
def test_what_is_ordinary_is_left_alone(rows: list[tuple[str, int, str]], kind: str) -> None:
    assert kind not in flags_of(*rows)


def test_a_new_payee_is_told_only_where_there_is_a_past_to_compare_with() -> None:
    assert "new_payee" not in flags_of(("7.1", 10, "新人"))
    assert "new_payee" not in flags_of(("7.1", 10, "老人"), has_history=True, known_payees={"老人"})
    flag = flags_of(("7.1", 10, "新人"), has_history=True)["new_payee"]
    assert "新人以前没有在本村账里出现过，本期付出 10.00 元（第 1 笔）" in flag.sentence


def test_lines_without_a_receipt_are_told_together() -> None:
    assert flags_of(("7.1", 10, "a"), ("7.2", 11, "b"), receipts=0)["no_receipt"].line_ids == (101, 102)


def test_a_long_list_of_lines_is_counted_instead_of_written_out() -> None:
    sentence = flags_of(*[("7.1", 7 + n, "a") for n in range(20)], receipts=0)["no_receipt"].sentence
    assert "等 20 笔" in sentence


def test_one_receipt_behind_two_lines_is_told_once() -> None:
    pair = [SharedReceipt(101, 102, True, False, ""), SharedReceipt(102, 101, True, False, "")]
    flag = flags_of(("7.1", 10, "a"), ("7.2", 11, "b"), shared=pair)["same_receipt"]
    assert flag.line_ids == (101, 102)
    assert "第 1 笔的凭证图片与第 2 笔相同" in flag.sentence


def test_no_sentence_accuses_anybody() -> None:
    rows = [
        ("7.1", 123, "张三"), ("7.2", 123, "张三"), ("7.3", 4000, "李四"), ("7.4", 4000, "李四"), ("9.28", 900, "c"),
        ("9.29", 9000, "d"), ("9.30", 8000, "e"),
    ]  # fmt: skip
    pair = [SharedReceipt(101, 999, False, True, "王家村2026年第二季度")]
    found = flags_of(*rows, has_history=True, shared=pair, receipts=0)
    assert set(found) == {kind.value for kind in FlagKind} - {"same_receipt"}
    accusing = ("违规", "违纪", "舞弊", "套取", "虚假", "问题账", "可疑", "嫌疑", "拆分")
    assert not [flag.sentence for flag in found.values() if any(word in flag.sentence for word in accusing)]
