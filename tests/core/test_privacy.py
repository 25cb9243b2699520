"""Privacy: what identifies a resident is starred out; what an office prints stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_open.core.privacy import hidden_kinds, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("410782199001011234", "410782********1234"),
        ("身份证41078219900101123X。", "身份证410782********123X。"),
        ("41078219900101123x", "410782********123x"),
        ("４１０７８２１９９００１０１１２３Ｘ", "410782********123X"),
        ("410782650315123", "410782******123"),
        ("13812345678", "138****5678"),
        ("电话：138 1234 5678", "电话：138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+86 13812345678", "+86 138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("8613812345678", "86138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("付李某19912345678款", "付李某199****5678款"),
        ("6222021302001234567", "6222********4567"),
        ("卡号6228480402564890", "卡号6228********4890"),
        ("6222 0213 0200 1234 567", "6222 **** **** 1234"),
        ("6228-4804-0256-4890", "6228 **** **** 4890"),
        ("13812345678、13912345679", "138****5678、139****5679"),
    ],
)
def test_what_identifies_a_resident_is_starred_out(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "监督电话：0379-62345678",
        "0379-1381234",
        "监督电话 037962345678",
        "400-820-8888",
        "12388",
        "12345678901",  # No mobile phone begins with 12.
        "记账凭证2026-07-0012号",
        "2026-07-01至2026-09-30",
        "2026-07-01 2026-09-30",
        "2023 2024 2025 2026",
        "1,234,567.00",
        "数电发票26412000001234567890",  # Invoice numbers have 20 digits.
        "区划代码410782100201",
        "全角也不动：２０２６年，１２３元；（村）",
        "李某，现金支出。",
    ],
)
def test_what_is_nobodys_secret_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=30))
def test_masking_twice_hides_no_more_than_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(
    st.text(alphabet="付给李某款，：电话 ", max_size=6),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(alphabet="款，。 （", max_size=6),
)
def test_no_mobile_phone_in_a_sentence_gets_through(before: str, phone: str, after: str) -> None:
    shown = masked(before + phone + after)
    assert phone not in shown
    assert not re.search(r"\d{5}", shown)


@given(st.from_regex(r"[1-6][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])[0-9]{3}[0-9X]", fullmatch=True))
def test_no_birthday_in_an_id_number_gets_through(number: str) -> None:
    assert masked(f"户主{number}") == f"户主{number[:6]}********{number[-4:]}"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("慰问困难户米面油", ()),
        ("410782199001011234", ("身份证号",)),
        ("410782650315123", ("身份证号",)),
        ("6222 0213 0200 1234 567", ("银行卡号",)),
        ("１３８１２３４５６７８", ("手机号",)),
        ("13812345678、13912345679", ("手机号",)),
        ("410782199001011234，13812345678", ("身份证号", "手机号")),
    ],
)
def test_what_was_starred_out_is_named(text: str, kinds: tuple[str, ...]) -> None:
    assert hidden_kinds(text) == kinds
