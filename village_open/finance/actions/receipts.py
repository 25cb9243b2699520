"""Papers behind a line; the files themselves were checked, made anew and kept before the deed begins."""

from dataclasses import dataclass

from village_open.core.errors import RuleForbids
from village_open.db import db
from village_open.finance.actions.entry import require_entry
from village_open.finance.errors import ReceiptNotFound
from village_open.finance.models import FinancePeriod, Receipt
from village_open.finance.queries.lines import get_line
from village_open.finance.queries.receipts import MOST_PER_LINE, list_receipts
from village_open.record.actions import Doer, record_deed


class TooManyReceipts(RuleForbids):
    """The line has as many papers as anybody looks through."""

    def __init__(self) -> None:
        super().__init__(f"一笔账最多放 {MOST_PER_LINE} 张凭证，更多的请合成一个 PDF 再传。")


@dataclass(frozen=True)
class KeptFile:
    """A file in the data directory: its own hash, its thumbnail's, and that of the file as it was handed in."""

    sha256: str
    thumb_sha256: str
    original_sha256: str
    media_type: str
    name: str


def add_receipt(*, by: Doer, period: FinancePeriod, line_id: int, file: KeptFile, invoice_number: str = "") -> Receipt:
    """Put a receipt behind a line; the same file behind the same line is kept once.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: the line is not in this period.
        TooManyReceipts: the line has as many as it may.
    """
    require_entry(period, "加凭证")
    line = get_line(period, line_id)
    kept = list_receipts(line)
    if same := [row for row in kept if row.original_sha256 == file.original_sha256]:
        return same[0]
    if len(kept) >= MOST_PER_LINE:
        raise TooManyReceipts
    receipt = Receipt(
        line_id=line.id, village_id=period.village_id, file_sha256=file.sha256, thumb_sha256=file.thumb_sha256,
        original_sha256=file.original_sha256, media_type=file.media_type, name=file.name[:120],
        invoice_number=invoice_number.strip(), added_by_id=by.id,
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.add_receipt", by=by,
        said=f"给“{line.summary}”加了凭证“{receipt.name}”", after=_facts(receipt),
    )  # fmt: skip
    return receipt


def remove_receipt(*, by: Doer, period: FinancePeriod, line_id: int, receipt_id: int) -> None:
    """Take a receipt out before submitting; its file stays in the data directory and in the record.

    Raises:
        WrongStage: the period was submitted.
        LineNotFound: the line is not in this period.
        ReceiptNotFound: the line has none of this id.
    """
    require_entry(period, "撤凭证")
    line = get_line(period, line_id)
    receipt = next((row for row in list_receipts(line) if row.id == receipt_id), None)
    if receipt is None:
        raise ReceiptNotFound
    receipt.is_removed = True
    db.session.flush()
    record_deed(
        chain=period.village.code, kind="finance.remove_receipt", by=by,
        said=f"撤掉了“{line.summary}”的凭证“{receipt.name}”", before=_facts(receipt),
    )  # fmt: skip


def _facts(receipt: Receipt) -> dict[str, int | str]:
    return {
        "line": receipt.line_id, "name": receipt.name, "file_sha256": receipt.file_sha256,
        "original_sha256": receipt.original_sha256, "invoice_number": receipt.invoice_number,
    }  # fmt: skip
