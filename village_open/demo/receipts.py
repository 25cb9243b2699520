"""Receipts of the demo: one drawn picture behind most lines, the same each time, of nobody's shop."""

from io import BytesIO

from PIL import Image

from village_open.core.canonical import sha256_hex
from village_open.core.money import format_fen, in_words
from village_open.db import transaction
from village_open.demo.paper import drawn_page
from village_open.demo.people import VillagePeople
from village_open.finance.actions.receipts import KeptFile, add_receipt
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_statement
from village_open.finance.statements import TRANSFER, StatementLine
from village_open.images.pictures import thumbnail
from village_open.storage import keep_file

_FORGETS_EVERY = 4
"""Every fourth line has no receipt, so that there is something to ask for."""


def add_receipts(people: VillagePeople, period: FinancePeriod) -> None:
    """Put a drawn receipt behind most lines of a quarter that is being entered."""
    rows = [row for row in get_statement(period).lines if row.line.kind != TRANSFER]
    drawn = [(row.line.id, _kept(people, row)) for row in rows if row.number % _FORGETS_EVERY]
    with transaction():
        for line_id, file in drawn:
            add_receipt(by=people.clerk, period=period, line_id=line_id, file=file)


def _kept(people: VillagePeople, row: StatementLine) -> KeptFile:
    """Draw the receipt of a line and keep it: before the deed, as the page does it."""
    line = row.line
    words = (
        f"编号：{line.on:%Y%m%d}-{row.number:03d}", f"日期：{line.on:%Y年%-m月%-d日}", f"事由：{line.summary}",
        f"金额：￥{format_fen(line.amount_fen)}", f"大写：{in_words(line.amount_fen)}",
        f"{'交款人' if line.kind == 'income' else '收款人'}：{line.payee}", f"单位：{people.place.name}村民委员会",
    )  # fmt: skip
    content = drawn_page("收据（演示用图）", words, size=(900, 760))
    with Image.open(BytesIO(content)) as picture:
        thumb = thumbnail(picture)
    name = f"收据{row.number:03d}.jpg"
    return KeptFile(keep_file(content), keep_file(thumb), sha256_hex(content), "image/jpeg", name)
