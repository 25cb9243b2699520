"""The texts for ear and chat say the figures of the sheet, to the fen."""

import re
from typing import Any

import pytest
from cn2an import cn2an
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notices.sheet_content import a_content, a_line
from village_open.core.money import LARGEST_FEN, parse_fen, spoken_yuan
from village_open.notices.plain_words import PlainWords, broadcast_script, chat_text, put_plainly
from village_open.notices.sheets.content import read_content

CODE = "AAHNQZ7XM52376XYYSRETDX1R81"
_SPOKEN = "[负零一二两三四五六七八九十百千万亿元角分]+"
_WORDS = ("上季结存", "本季收入", "本季支出", "本季结存")


def fen_said(text: str) -> int:
    """Read an amount as it is spoken, by the library's other half."""
    sign = -1 if text.startswith("负") else 1
    yuan, _, rest = text.removeprefix("负").rpartition("元")
    dimes, cents = (re.search(rf"([一二三四五六七八九]){unit}", rest) for unit in "角分")
    return sign * (
        100 * (cn2an(yuan, "normal") if yuan else 0)
        + (10 * cn2an(dimes[1], "normal") if dimes else 0)
        + (cn2an(cents[1], "normal") if cents else 0)
    )


def found(pattern: str, text: str) -> str:
    """The part of a text that a pattern's first group names; the pattern must be there."""
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (12_340_000, "十二万三千四百元"),
        (0, "零元"),
        (1, "一分"),
        (30, "三角"),
        (503, "五元零三分"),
        (550, "五元五角"),
        (1_000, "十元"),
        (-8_765_432, "负八万七千六百五十四元三角二分"),
        (10_001_000, "十万零一十元"),
        (100_000_000_000, "十亿元"),
    ],
)
def test_amounts_are_said_as_people_say_them(fen: int, said: str) -> None:
    assert spoken_yuan(fen) == said


def words_of(lines: list[dict[str, Any]], opening: int, last: Any = None, **changes: Any) -> PlainWords:
    sheet = read_content(a_content(lines, opening, **changes))
    return put_plainly(sheet, read_content(last) if last else None, code=CODE)


_FEN = st.integers(0, LARGEST_FEN // 8)


@given(opening=st.integers(-LARGEST_FEN // 8, LARGEST_FEN // 8), fens=st.lists(st.tuples(_FEN, _FEN), max_size=4))
@settings(max_examples=50)
def test_what_ear_and_chat_say_is_the_sheet_to_the_fen(opening: int, fens: list[tuple[int, int]]) -> None:
    lines = [
        a_line(2 * number + side, ("income", "expense")[side], fen)
        for number, pair in enumerate(fens, start=1)
        for side, fen in enumerate(pair)
    ]
    words = words_of(lines, opening, last=a_content([], 0, period="2026Q2"))
    totals = words.sheet.totals
    figures = [totals.opening_fen, totals.income_fen, totals.expense_fen, totals.closing_fen]
    heard, written = broadcast_script(words, hangs_at=[]), chat_text(words, address="")
    for word, fen in zip(_WORDS, figures, strict=True):
        assert fen_said(found(f"{word}({_SPOKEN})", heard)) == fen
        assert parse_fen(found(rf"{word}(-?[\d,.]+)元", written)) == fen
    for row in words.expenses:
        assert fen_said(found(f"{re.escape(row.label)}，({_SPOKEN})", heard)) == row.this_fen
        assert parse_fen(found(rf"{re.escape(row.label)} ([\d,.]+)元", written)) == row.this_fen
    if words.change is not None:
        said = found(rf"比上季[多少]({_SPOKEN})", heard)
        assert fen_said(said) == abs(words.change.fen)
        assert parse_fen(found(r"比上季[多少]([\d,.]+)元", written)) == abs(words.change.fen)


def test_the_three_largest_of_each_side_are_named_and_what_changed_most_with_the_committee_s_reason() -> None:
    spent = [(1, 5_000), (2, 90_000), (3, 70_000), (4, 80_000)]
    lines = [a_line(number, "expense", fen) for number, fen in spent]
    last = a_content([a_line(2, "expense", 20_000)], 0, period="2026Q2")
    words = words_of(lines, 1_000_000, last=last, plain_reason="清淤请了两台挖掘机")
    assert [row.this_fen for row in words.expenses] == [90_000, 80_000, 70_000]
    assert words.change is not None
    assert (words.change.this_fen, words.change.last_fen) == (80_000, 0)
    heard = broadcast_script(words, hangs_at=["村部门口", "二组路口"])
    assert f"{words.change.label}比上季多八百元。村民委员会说明：清淤请了两台挖掘机。" in heard
    assert "从10月12日到10月27日张贴在村部门口、二组路口。" in heard
    assert "王桂兰同意" in heard
    assert "周春梅保留意见，意见是：第4笔修路款没有附工程量签证，建议补齐后复核。" in heard
    assert "监督电话：0990-1234567。" in heard
    assert "青山镇李家村〔2026〕财公3号" in heard


def test_the_chat_text_is_short_and_carries_link_number_and_code() -> None:
    text = chat_text(words_of([a_line(1, "expense", 5_000)], 1_000_000), address="https://cwgk.example.org/v/AAHNQ")
    assert "https://cwgk.example.org/v/AAHNQ" in text
    assert "编号：青山镇李家村〔2026〕财公3号" in text
    assert "查验码：AAHNQ-Z7XM5" in text
    assert "上季没有在本系统公开，不作比较。" in text
    assert len(text) < 300


def test_a_quarter_like_the_one_before_says_so_and_a_missing_reason_is_said() -> None:
    same = a_content([a_line(1, "expense", 5_000)], 0, period="2026Q2")
    assert "各项收支与上季相同。" in broadcast_script(
        words_of([a_line(1, "expense", 5_000)], 0, last=same), hangs_at=[]
    )
    more = words_of([a_line(1, "expense", 6_000)], 0, last=same)
    assert "没有另作说明。" in chat_text(more, address="")
