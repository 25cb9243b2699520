"""The board of a period on paper: every section a sheet, and the three composite sheets of the template of nineteen."""

import re
from typing import Any

import pytest

from tests.notices.board_content import ELEVEN_DIGITS, LONG_NAME, a_board, columns_in_order, headings
from tests.notices.printed import PUBLIC_URL, made, poppler, text_of, words_of
from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import grouped, sheet_code
from village_open.core.money import format_fen
from village_open.notices.sheets.balance import SheetUnbalanced, check_board
from village_open.notices.sheets.board_content import numeral, read_board
from village_open.notices.sheets.board_tables import Place, money_section, section_tables
from village_open.notices.sheets.kinds import SheetKind, kinds_of
from village_open.notices.verifying import verify_pdf
from village_open.printing.paper import MARGIN_MM, Paper

COMPOSITES = {"board_1": (2, 3, 4), "board_2": (6, 7, 8, 9, 10, 11), "board_3": (12, 13, 14, 15, 16, 17, 18, 19)}


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page as they stand beside one another, without spaces."""
    pages = poppler(pdf, "pdftotext", "-layout", "{}", "-").split("\f")[:-1]
    return [[re.sub(r"\s", "", line) for line in page.splitlines()] for page in pages]


def heads_stand_in_order(order: int, lines: list[str]) -> bool:
    """Tell whether the heads of every table of a section stand in one line each, from left to right."""
    places = [
        next((place for place, line in enumerate(lines) if re.search(".*".join(map(re.escape, labels)), line)), -1)
        for labels in columns_in_order(order)
    ]
    return -1 not in places


def test_a_board_is_printed_as_its_sections_and_as_each_composite_sheet_that_has_some() -> None:
    board = a_board()
    assert kinds_of(board) == (SheetKind.SECTIONS, SheetKind.BOARD_1, SheetKind.BOARD_2, SheetKind.BOARD_3)
    told = board["announcement"]
    told["sections"] = [row for row in told["sections"] if row["sheet"] == 2]
    assert kinds_of(board) == (SheetKind.SECTIONS, SheetKind.BOARD_1, SheetKind.BOARD_2)
    told["finance"] = {}
    assert kinds_of(board) == (SheetKind.SECTIONS, SheetKind.BOARD_2)


def test_each_section_is_a_sheet_of_its_own_with_its_columns_in_order_signers_and_code() -> None:
    board = a_board()
    sheet = made(board, "sections", "A3", public_url=PUBLIC_URL)
    pages = lines_of(sheet.pdf)
    assert len(pages) == len(headings()) == 17
    code = grouped(sheet_code(sha256_hex(canonical_bytes(board))))
    for number, (lines, (order, heading)) in enumerate(zip(pages, headings().items(), strict=True), start=1):
        page = "".join(lines)
        assert f"青山镇李家村2026年第三季度{heading}" in page
        assert heads_stand_in_order(order, lines), (order, lines)
        for words in (
            "单位：元",
            "王桂兰",
            "保留意见",
            "村委会主任签字",
            "（盖章）",
            "计划张贴",
            "0990-1234567",
            code[:17],
        ):
            assert words in page, (order, words)
        assert f"第{number}页共17页" in page
        assert ("（无）" in page) is (order in (8, 10, 19))
    text = text_of(sheet.pdf)
    assert LONG_NAME in text
    assert format_fen(ELEVEN_DIGITS) in text
    assert verify_pdf(sheet.pdf).holds


@pytest.mark.parametrize(("kind", "paper"), [("board_1", "A2"), ("board_2", "A1"), ("board_3", "A3")])
def test_a_composite_sheet_has_panel_and_sections_in_the_order_of_the_template(kind: str, paper: str) -> None:
    sheet = made(a_board(), kind, paper, public_url=PUBLIC_URL)
    text = text_of(sheet.pdf)
    assert f"青山镇李家村{SheetKind(kind).heading}" in text
    for words in (
        "人口：1,203人",
        "举报电话：0990-1234567",
        "村务公开领导小组",
        "同意：王桂兰、赵守田、孙德厚、马长顺",
        "保留意见：周春梅",
    ):
        assert words in text, words
    lines = [line for page in lines_of(sheet.pdf) for line in page]
    assert all(heads_stand_in_order(order, lines) for order in COMPOSITES[kind])
    captions = [word for word in words_of(sheet.pdf) if re.match("十?[一二三四五六七八九十]、", word.text)]
    read = [word.text for word in sorted(captions, key=lambda word: (word.page, word.left, word.top))]
    first = {text.split("、")[0]: None for text in read if "（续）" not in text}
    assert list(first) == [numeral(order) for order in ((1,) if kind == "board_1" else ()) + COMPOSITES[kind]]
    assert "第1页" in text
    assert verify_pdf(sheet.pdf).holds


def test_section_one_begins_with_what_was_brought_over_and_ends_with_what_is_left() -> None:
    table = money_section(read_board(a_board()), "money", Place(48.0))
    assert [column.head for column in table.columns] == ["月", "日", "摘要", "收入", "支出", "经手人"]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "", "上季转来", "87,654.32", ""]
    assert [row[0] for row in rows[1:4]] == ["7", "", "8"]
    assert rows[2][2:] == ["收村东鱼塘承包款", "15,000.00", "", "李建国"]
    assert rows[-2:] == [["", "", "本季合计", "15,000.00", "6,064.20", ""], ["", "", "本季余额", "96,590.12", ""]]


def test_without_the_money_s_own_disclosure_section_one_says_where_it_hangs() -> None:
    html = made(a_board(with_money=False), "board_1", "A2", trial=True).html
    assert "2026年第三季度的财务收支另行公开，请看财务收支逐笔公开表和财务公开榜。" in html
    assert "identity" not in html.split("</style>")[1]


def test_three_hundred_rows_go_on_over_columns_and_pages_each_once() -> None:
    rows = [[f"甲{number:03d}", "欠交承包费", "2025-12-31", number] for number in range(1, 301)]
    sheet = made(a_board(s13=rows), "board_3", "A2")
    words = [word for word in words_of(sheet.pdf) if re.fullmatch(r"甲\d{3}", word.text)]
    assert sheet.pages > 1
    in_order = sorted(words, key=lambda word: (word.page, word.left, word.top))
    assert [word.text for word in in_order] == [row[0] for row in rows]
    assert max(word.right for word in words_of(sheet.pdf)) <= (Paper.parse("A2").width_mm - MARGIN_MM) * 72 / 25.4 + 1
    assert "451.50" in text_of(sheet.pdf)


def a_register(count: int, **changes: Any) -> dict[str, Any]:
    """A section with one wide register."""
    table = {
        "key": "wide", "heading": "", "totals": [], "remarks": ["逾期未收2笔"],
        "columns": [
            {"key": f"c{n}", "label": f"栏目{n}", "kind": "money" if n % 2 else "text", "hand_out": n != 4}
            for n in range(count)
        ],
        "rows": [[ELEVEN_DIGITS if n % 2 else LONG_NAME for n in range(count)]],
    }  # fmt: skip
    return {**a_board()["announcement"]["sections"][0], "tables": [{**table, **changes}], "note": "本季有两笔"}


def tables_of(section: dict[str, Any], place: Place) -> Any:
    board = a_board()
    board["announcement"]["sections"] = [section]
    return section_tables(read_board(board).sections[0], "s0", place, alone=True)


def test_a_column_that_finds_no_room_is_told_below_the_first_and_none_is_lost() -> None:
    (table,) = tables_of(a_register(10), Place(48.0))
    assert sum(column.width_em for column in table.columns) == pytest.approx(48.0)
    told = [label for label, _ in table.rows[0].cells[0].remarks]
    assert sorted([*told, *(column.head for column in table.columns)]) == [f"栏目{n}" for n in range(10)]
    assert told
    assert [row.cells[0].remarks for row in table.rows[1:]] == [
        (("说明", "逾期未收2笔"),), (("备注", "本季有两笔"),), (("公开依据", "村民委员会组织法（2025年修订）"),),
    ]  # fmt: skip


def test_the_hand_out_leaves_out_the_columns_that_are_not_meant_for_it() -> None:
    for for_hand, count in ((False, 5), (True, 4)):
        (table,) = tables_of(a_register(5), Place(90.0, for_hand=for_hand))
        assert len(table.columns) == count


def test_numbers_print_in_thousandths_days_short_and_private_numbers_starred() -> None:
    columns = [{"key": k, "label": k, "kind": k, "hand_out": True} for k in ("text", "number", "day", "money")]
    rows = [["身份证110101199003074477", 1_543_200, "2026-07-01", 0], ["", "", "", ""]]
    (table,) = tables_of(a_register(1, columns=columns, rows=rows, totals=["合计", -1_500, "", 0]), Place(90.0))
    texts = [[cell.text for cell in row.cells] for row in table.rows[:3]]
    assert texts == [
        ["身份证110101********4477", "1,543.2", "2026.7.1", "0.00"], ["", "", "", ""],
        ["合计", "-1.5", "", "0.00"],
    ]  # fmt: skip


def test_sums_that_contradict_their_rows_are_not_printed() -> None:
    board = a_board()
    check_board(read_board(board))
    board["announcement"]["sections"][4]["tables"][0]["totals"][4] += 1
    with pytest.raises(SheetUnbalanced, match="应交承包费合计对不上"):
        check_board(read_board(board))
    board = a_board()
    board["announcement"]["finance"]["closing_fen"] += 1
    with pytest.raises(SheetUnbalanced, match="余额"):
        check_board(read_board(board))
