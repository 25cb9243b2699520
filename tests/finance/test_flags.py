"""What reviewers are shown first: pure checks as tables, the gathering on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.factories import make_person, make_township
from tests.finance.books import enter, line, make_books, october
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.finance.flags import Background, Flag, FlagKind, SharedReceipt, Yardsticks, find_flags
from village_open.finance.queries.flags import list_flags
from village_open.finance.statements import LedgerLine, StatementLine
from village_open.villages.actions import change_profile

PERIOD = Period.parse("2026Q3")
YARDSTICKS = Yardsticks(
    large_payment_fen=5_000_00, approval_limits_fen=(), round_sum_fen=1_000_00, same_payee_days=3,
    split_window_days=30, rush_days=5,
)  # fmt: skip


def flags_of(*rows: tuple[str, int, str], **known: object) -> dict[str, Flag]:
    """Each row is (day, yuan, payee); lines carry a receipt unless `receipts=0`."""
    return {flag.kind.value: flag for flag in all_flags_of(*rows, **known)}


def all_flags_of(*rows: tuple[str, int, str], **known: object) -> tuple[Flag, ...]:
    receipts = known.pop("receipts", 1)
    lines = [
        StatementLine(number, replace(_line(*row), id=100 + number, receipts=receipts), "现金", "", 0)
        for number, row in enumerate(rows, 1)
    ]
    background = Background(
        PERIOD, known.get("yardsticks", YARDSTICKS), known.get("known_payees", ()), known.get("has_history", False),
        known.get("shared", ()),
    )  # fmt: skip
    return find_flags(lines, background)


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
        ([("7.1", 4900, "李四"), ("8.1", 4900, "李四")], "split"),
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


def splits(*rows: tuple[str, int, str], limits: tuple[int, ...], large: int = 5_000_00) -> list[Flag]:
    yardsticks = replace(YARDSTICKS, approval_limits_fen=limits, large_payment_fen=large)
    return [flag for flag in all_flags_of(*rows, yardsticks=yardsticks) if flag.kind is FlagKind.SPLIT]


def test_parts_just_under_each_limit_of_approval_are_found_beside_those_under_a_large_payment() -> None:
    rows = [("7.1", 900, "李四"), ("7.2", 901, "李四"), ("7.3", 4900, "李四"), ("7.4", 4901, "李四")]
    rows += [("7.5", 9900, "李四"), ("7.6", 9901, "李四")]
    found = splits(*rows, limits=(1_000_00, 10_000_00))
    assert [flag.line_ids for flag in found] == [(101, 102), (103, 104), (103, 104, 105, 106)]
    assert [flag.sentence.split("每笔都不到")[1].split("，")[0] for flag in found] == [
        "分级审批线 1,000.00 元", "大额支出起点 5,000.00 元", "分级审批线 10,000.00 元",
    ]  # fmt: skip


def test_parts_that_reach_two_limits_are_told_once_with_both() -> None:
    rows = [("7.1", 4900, "李四"), ("7.2", 4800, "李四"), ("7.3", 4700, "李四")]
    (flag,) = splits(*rows, limits=(1_000_00, 10_000_00))
    assert flag.sentence == (
        "第 1、2、3 笔在 30 天内付给李四，每笔都不到大额支出起点 5,000.00 元、分级审批线 10,000.00 元，"
        "合计 14,400.00 元。若属同一件事，请看是否按合计的金额办过手续。"
    )


def test_a_limit_that_is_also_the_large_payment_is_one_limit() -> None:
    (flag,) = splits(("7.1", 4900, "李四"), ("7.2", 4800, "李四"), limits=(5_000_00,))
    assert "每笔都不到大额支出起点 5,000.00 元，合计" in flag.sentence


def flags_of_a_village(**profile: str) -> dict[str, str]:
    """Sentences by kind in a township of the national profile with some values changed."""
    with october(), transaction():
        township = make_township()
        for key, text in profile.items():
            change_profile(by=make_person("陈思远"), township=township, key=key, text=text, basis="镇务会决定")
        books = make_books(township=township)
        paid = [("7.1", 1230), ("7.6", 1230), ("8.10", 1500), ("9.10", 1000), ("9.20", 9500)]
        rows = [
            line(books, on=date(2026, *map(int, day.split("."))), amount_fen=yuan * 100, payee="县建材店", summary=day)
            for day, yuan in paid
        ]
        rows += [
            line(books, on=date(2026, 9, day), amount_fen=90_000 + day, payee=f"供货人{day}") for day in (27, 28, 29)
        ]
        enter(books, *rows)
        return {flag.kind.value: flag.sentence for flag in list_flags(books.reload(), for_township=True)}


@pytest.mark.parametrize(
    ("profile", "kind", "words"),
    [
        ({"round_sum_fen": "500"}, "round", "第 3、4、5 笔的支出是 500.00 元的整倍数"),
        ({"same_payee_days": "5"}, "repeated", "第 1、2 笔都付给县建材店 1,230.00 元，相隔不超过 5 天"),
        ({"split_window_days": "60"}, "split", "第 1、2、3 笔在 60 天内付给县建材店，每笔都不到大额支出起点 3,900.00"),
        ({"large_payment_fen": "2400"}, "split", "第 1、2 笔在 30 天内付给县建材店，每笔都不到大额支出起点 2,400.00"),
        ({"approval_tiers": "2000 村委会主任\n以上 理事会"}, "split",
         "第 1、2 笔在 30 天内付给县建材店，每笔都不到分级审批线 2,000.00"),
        ({"rush_days": "20"}, "rush", "期末最后 20 天有 4 笔支出"),
    ],
)  # fmt: skip
def test_the_checks_measure_with_the_townships_profile(
    both_engines: Flask, profile: dict[str, str], kind: str, words: str
) -> None:
    others = {"large_payment_fen": "3900"} if kind == "split" and "large_payment_fen" not in profile else {}
    assert words in flags_of_a_village(**others, **profile)[kind]


def test_a_profile_that_says_nothing_else_leaves_these_alone(both_engines: Flask) -> None:
    found = flags_of_a_village(approval_tiers="以上 理事会", large_payment_fen="3900")
    assert "第 4 笔的支出是 1,000.00 元的整倍数" in found["round"]
    assert not {"repeated", "split", "rush"} & set(found)


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
    of_payments = {"undecided", "exempt", "approval"}
    assert set(found) == {kind.value for kind in FlagKind} - {"same_receipt"} - of_payments
    accusing = ("违规", "违纪", "舞弊", "套取", "虚假", "问题账", "可疑", "嫌疑", "拆分")
    assert not [flag.sentence for flag in found.values() if any(word in flag.sentence for word in accusing)]
