"""Files as clerks bring them: one quarter in every layout, a cash book and a bank book, our own template."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from tests.finance.importing.sheets import html_table
from tests.finance.importing.test_boards import detail_rows
from tests.finance.importing.test_journals import FILES as JOURNALS
from village_open.finance.sheets import template_table
from village_open.workbooks.writing import Column, SheetTable, write_csv, write_xlsx

QUARTER = {"income": 1_250_000, "expense": 40_000, "transfer": 300_000}
"""What every journal of `JOURNALS` holds, added up by hand from its vouchers."""
WALL_LIST = (
    ("时间", "摘要（购买物品、数量）", "金额"),
    ("", "购买炕炕馍30个", "30"), ("", "党员会购啤酒、烟", "58"), ("", "烩面片6碗", "24"),
    ("", "村支委会便餐4桌", "1180"), ("", "爭取项目开支购皮鞋2双", "624"), ("", "购衬衣、热水壶", "362"),
)  # fmt: skip
"""Figures and wording of a list that hung on a wall: 2,278 yuan, and not one day."""
PLAIN_HEAD = ("日期", "凭证字号", "摘要", "收入", "支出", "余额")


def layouts() -> dict[str, tuple[str, bytes]]:
    """Name of the layout, as it is recognised, and the file; each holds the same quarter."""
    gb18030 = JOURNALS["plain csv"][1].decode("utf-8-sig").encode("gb18030")
    return {**JOURNALS, "gb18030 csv": ("journal", gb18030), "own template": ("template", own_template(QUARTER_ROWS))}


def row(on: str, voucher: str, summary: str, fen: int, account: str = "现金", **more: Any) -> tuple[Any, ...]:
    """Make a row of the template: negative fen is spent."""
    cells: dict[str, Any] = {
        "日期": date.fromisoformat(on), "凭证字号": voucher, "摘要": summary,
        "收入": fen if fen > 0 else None, "支出": -fen if fen < 0 else None, "资金账户": account, **more,
    }  # fmt: skip
    return tuple(cells.get(column.title, "") for column in template_table().columns)


QUARTER_ROWS = (
    row("2026-07-06", "银收-1", "收鱼塘承包款", 1_250_000, "银行存款"),
    row("2026-07-08", "银付-1", "提现", -300_000, "银行存款", 转入账户="现金"),
    row("2026-08-02", "现付-1", "付电费", -31_245),
    row("2026-08-02", "现付-1", "付差旅费", -8_755),
)


def own_template(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Write rows in our own template."""
    return write_xlsx([SheetTable("收支", template_table().columns, list(rows))])


def many_rows(number: int) -> list[tuple[Any, ...]]:
    """Make so many rows, each a fen dearer than the one before, all over the quarter."""
    days = [date(2026, 7, 1) + timedelta(days=n % 92) for n in range(number)]
    return [row(f"{day}", f"记-{n + 1}", f"付第 {n + 1} 户误工补贴", -10_000 - n) for n, day in enumerate(days)]


def text_sheet(*rows: tuple[str, ...], title: str = "收支") -> bytes:
    """Write rows of text as an .xlsx; the first one is the head."""
    return write_xlsx([SheetTable(title, tuple(map(Column, rows[0])), rows[1:])])


def cash_book(*moves: tuple[str, ...]) -> bytes:
    """Write a cash book as software exports it."""
    return html_table(PLAIN_HEAD, *moves, title="2026年第三季度现金公开榜")


def bank_book(*moves: tuple[str, ...]) -> bytes:
    """Write a bank book as software exports it."""
    return html_table(PLAIN_HEAD, *moves, title="2026年第三季度银行存款公开榜")


def cash_detail() -> bytes:
    """Write the detail ledger of cash, with opening and closing."""
    return html_table(*detail_rows(), title="青山镇李家村2026年第三季度现金明细账")


def csv_of(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """Write rows of our own template as .csv."""
    return write_csv(SheetTable("收支", template_table().columns, list(rows)))


def sent(content: bytes, name: str = "账.xlsx") -> dict[str, tuple[BytesIO, str]]:
    """Return the part of a form that carries a file."""
    return {"file": (BytesIO(content), name)}
