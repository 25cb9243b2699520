"""Amounts: what people paste is read to the fen or refused with a sentence that helps."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.money import (
    LARGEST_FEN,
    AmountUnreadable,
    format_fen,
    format_fen_or_blank,
    in_words,
    parse_fen,
    plain_yuan,
)

FEN = st.integers(-LARGEST_FEN, LARGEST_FEN)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("-0", 0),
        ("0.00", 0),
        ("0.01", 1),
        ("0.1", 10),
        ("1200", 120_000),
        ("1200.5", 120_050),
        ("007", 700),
        ("12,345.67", 1_234_567),
        ("1,234,567.00", 123_456_700),
        ("12 345.67", 1_234_567),
        ("￥1 200", 120_000),
        ("¥ 1,200.00", 120_000),
        ("1200元", 120_000),
        ("1200.50 元", 120_050),
        ("RMB 1200", 120_000),
        ("人民币1200元", 120_000),
        ("１２，３４５．６７", 1_234_567),
        ("\u3000８８．００\u3000", 8_800),
        ("\u00a0200.00\u00a0", 20_000),
        ("1\u00a0200.00", 120_000),
        ("\t35\t", 3_500),
        ("-5", -500),
        ("−5", -500),
        ("－５", -500),
        ("5-", -500),
        ("(123.45)", -12_345),
        ("（123.45）", -12_345),
        ("￥(123.45)", -12_345),
        ("(￥123.45)", -12_345),
        ("-￥1,000", -100_000),
        ("￥-1,000", -100_000),
        ("1000000000", LARGEST_FEN),
        ("1,000,000,000.00", LARGEST_FEN),
    ],
)
def test_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize("text", ["", " ", "\u3000", "￥", "元", "RMB"])
def test_nothing_is_not_zero(text: str) -> None:
    with pytest.raises(AmountUnreadable, match="没有填写金额"):
        parse_fen(text)


@pytest.mark.parametrize(
    "text", ["1,2345", "12,34", "1,23,456", "1234,567", ",123", "1,,234", "1,234 567", "12 34", "1, 234", "1，2345"]
)
def test_a_comma_or_space_off_the_thousands_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable, match=r"千位|读不懂"):
        parse_fen(text)


def test_a_comma_off_the_thousands_is_shown_where_it_belongs() -> None:
    with pytest.raises(
        AmountUnreadable, match=r"金额“12,34”里的逗号或空格不在千位上，请写成 1,234,567\.00 或 1234567\.00。"
    ):
        parse_fen("12,34")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("5.9万", "万"),
        ("1.2亿", "亿"),
        ("三千多", "千"),
        ("几百", "几"),
        ("约200", "约"),
        ("200余元", "余"),
        ("10多", "多"),
    ],
)
def test_a_vague_amount_is_refused_by_its_word(text: str, word: str) -> None:
    with pytest.raises(AmountUnreadable, match=f"“{word}”.*准确"):
        parse_fen(text)


@pytest.mark.parametrize("text", ["1.234", "0.001", "12,345.678", "0.30000000000000004"])
def test_less_than_a_fen_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable, match="小数超过两位"):
        parse_fen(text)


@pytest.mark.parametrize("text", ["1000000000.01", "10000000000", "9" * 30, "9" * 5000])
def test_more_than_a_thousand_million_yuan_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable, match="超过十亿元"):
        parse_fen(text)


@pytest.mark.parametrize(
    "text",
    [
        "1e5", "1E5", "NaN", "nan", "inf", "-", "—", ".", "5.", ".5", "1.2.3", "--5", "-(5)", "(-5)", "-5-", "((5))",
        "(5", "12元5", "5元3角", "1￥200", "0x10", "1_000", "=1+1", "+5", "5²", "①200", "١٢", "½", "abc", "1.5.",
        "200/", "3,000.",
    ],
)  # fmt: skip
def test_what_is_no_exact_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        parse_fen(text)


@given(FEN)
def test_an_amount_survives_being_printed_and_typed_again(fen: int) -> None:
    assert parse_fen(format_fen(fen)) == fen
    assert parse_fen(plain_yuan(fen)) == fen


@given(FEN)
def test_a_printed_amount_is_the_one_that_decimal_arithmetic_gives(fen: int) -> None:
    assert format_fen(fen) == f"{Decimal(fen) / 100:,.2f}"


@given(st.text(max_size=12))
def test_any_text_is_an_exact_amount_or_an_amount_unreadable(text: str) -> None:
    try:
        fen = parse_fen(text)
    except AmountUnreadable:
        return
    assert type(fen) is int
    assert re.search("[0-9０-９]", text)


@given(st.text(alphabet="0123456789,. -()￥元", min_size=1, max_size=14))
def test_an_amount_that_is_read_holds_exactly_the_digits_that_were_written(text: str) -> None:
    try:
        fen = parse_fen(text)
    except AmountUnreadable:
        return
    assert abs(Decimal(fen)) / 100 == Decimal(re.sub(r"[^0-9.]", "", text))


@pytest.mark.parametrize(("fen", "shown"), [(0, ""), (None, ""), (1, "0.01"), (-123_450, "-1,234.50")])
def test_a_table_cell_is_blank_for_nothing(fen: int | None, shown: str) -> None:
    assert format_fen_or_blank(fen) == shown


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        # The examples of the payment rules of 1997 (支付结算办法, appendix 1), closed with 整 after 角 as article 52 of
        # the basic accounting rules (会计基础工作规范) has it.
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (10_753_200, "壹拾万柒仟伍佰叁拾贰元整"),
        (0, "零元整"),
        (1, "壹分"),
        (50, "伍角整"),
        (1_230_000, "壹万贰仟叁佰元整"),
        (-1_230_000, "负壹万贰仟叁佰元整"),
        (LARGEST_FEN, "壹拾亿元整"),
    ],
)
def test_an_amount_in_words_is_what_a_voucher_says(fen: int, words: str) -> None:
    assert in_words(fen) == words
