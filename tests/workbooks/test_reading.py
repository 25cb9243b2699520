"""Every kind of spreadsheet gives the same text cells, told apart by content and not by name."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.workbooks.old_excel import old_excel
from tests.workbooks.packages import ods, text_cell, xlsx, zipped
from village_open.workbooks.cells import cell_text
from village_open.workbooks.reading import read_workbook
from village_open.workbooks.writing import Column, SheetTable, write_csv, write_xlsx

TABLE = SheetTable(
    "收支",
    (Column("日期", "date"), Column("摘要"), Column("金额", "money"), Column("张数", "count")),
    [(date(2026, 7, 1), "办公费", 120050, 2), (None, "冲减", -1, None)],
)
ROWS = (("日期", "摘要", "金额", "张数"), ("2026-07-01", "办公费", "1200.5", "2"), ("", "冲减", "-0.01"))
HTML = """<html><meta charset=utf-8><title>不是正文</title><style>td{}</style><table>
<tr><th>日期<th>摘要<th>金额<th>张数</tr><tr><td>2026-07-01<td>办公费&nbsp;<td>1200.5<td>2</tr>
<tr><td>&nbsp;</td><td>冲减</td><td>-0.01</td><td></td></tr></table></html>"""
ODS_ROWS = "".join(
    "<table:table-row>" + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
    + "</table:table-row>" for row in ROWS
)  # fmt: skip

FILES = {
    "xlsx": write_xlsx([TABLE]),
    "xls": old_excel([["日期", "摘要", "金额", "张数"], ["2026-07-01", "办公费", 1200.5, 2.0], ["", "冲减", -0.01]]),
    "html": HTML.encode(),
    "html in gb18030": HTML.encode("gb18030"),
    "csv": "日期,摘要,金额,张数\r\n2026-07-01,办公费,1200.5,2\r\n,冲减,-0.01,\r\n".encode("utf-8-sig"),
    "csv in gb18030": "日期,摘要,金额,张数\n2026-07-01,办公费,1200.5,2\n,冲减,-0.01\n\n".encode("gb18030"),
    "tab separated": "日期\t摘要\t金额\t张数\n2026-07-01\t办公费\t1200.5\t2\n\t冲减\t-0.01\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_every_kind_of_file_gives_the_same_cells(content):
    (sheet,) = read_workbook(content)
    assert sheet.rows == ROWS


def test_ods_gives_its_cells():
    string = ODS_ROWS.replace("<table:table-cell>", '<table:table-cell office:value-type="string">')
    assert [row[:2] for row in read_workbook(ods(string))[0].rows] == [row[:2] for row in ROWS]


def test_file_name_does_not_decide(tmp_path):
    path = tmp_path / "公开榜.xlsx"
    path.write_bytes(FILES["html"])
    assert read_workbook(path)[0].rows == ROWS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1200.5, "1200.5"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"), (1e-7, "0.0000001"), (-0.0, "0"),
        (1234567.89, "1234567.89"), (3, "3"), (True, "TRUE"), (" 空格 ", "空格"), (date(2026, 7, 1), "2026-07-01"),
        (datetime(2026, 7, 1), "2026-07-01"), (datetime(2026, 7, 1, 9, 5), "2026-07-01 09:05:00"),
        (time(9, 5), "09:05:00"),
    ],
)  # fmt: skip
def test_cell_is_exact_text_without_float_noise(value, text):
    assert cell_text(value) == text


def test_rows_keep_their_place_when_the_sheet_begins_below_and_right():
    rows = read_workbook(xlsx(text_cell("C4", "首格")))[0].rows
    assert rows == ((), (), (), ("", "", "首格"))


def test_merged_html_cells_leave_room_and_text_above_becomes_rows():
    page = """<p>村务公开</p><table><tr><td rowspan=2>月<td colspan=2>发生额<td rowspan="2">余额</tr>
    <tr><td>借方<td>贷方</tr><tr><td>7<td>1<td>2<td>3</table><table><tr><td>第二张</table>"""
    first, second = read_workbook(page.encode())
    assert first.rows == (("村务公开",), ("月", "发生额", "", "余额"), ("", "借方", "贷方"), ("7", "1", "2", "3"))
    assert second.rows == (("第二张",),)


def test_hidden_sheets_are_not_read():
    sheets = '<sheet name="S" sheetId="1" r:id="r1"/>'
    hidden = '<sheet name="S" sheetId="1" r:id="r1" state="hidden"/>'
    content = xlsx(text_cell("A1", "x"))
    assert read_workbook(content)
    with ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(sheets.encode(), hidden.encode())
    with pytest.raises(Exception, match="空的"):
        read_workbook(zipped(parts))


@pytest.mark.parametrize("write", [lambda sheet: write_xlsx([sheet]), write_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-5",
        "@SUM(A1)",
        "'=1",
        "''@x",
        "'单引号",
        "＝1",
        "http://a.cn",
        "_x0041_",
        'a,b"c',
        "x\ty",
        "多\n行",
    ],
)
def test_text_that_looks_like_a_formula_stays_text_and_reads_back(write, text):
    content = write(SheetTable("表", (Column("摘要"), Column("金额", "money")), [(text, -500)]))
    assert read_workbook(content)[0].rows[1] == (text, "-5" if content[:2] == b"PK" else "-5.00")
    if content[:2] != b"PK":
        first = content.decode("utf-8-sig").splitlines()[1].lstrip('"')[:1]
        assert first not in "=+-@\t"


def test_workbook_holds_text_as_text_and_money_as_formatted_numbers():
    risky = SheetTable("=1:2", (Column("摘要"),), [("=HYPERLINK(1)",)])
    with ZipFile(BytesIO(write_xlsx([TABLE, risky]))) as package:
        sheet, second = (package.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
        styles, book = package.read("xl/styles.xml").decode(), package.read("xl/workbook.xml").decode()
    assert "<f>" not in sheet + second
    assert "<v>1200.5</v>" in sheet
    assert 'formatCode="#,##0.00"' in styles
    assert "yyyy-mm-dd" in styles
    assert 'name="=1－2"' in book
