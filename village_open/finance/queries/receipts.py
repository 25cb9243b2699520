"""Reading receipts."""

from collections.abc import Sequence

from sqlalchemy import select

from village_open.db import db
from village_open.finance.errors import ReceiptNotFound
from village_open.finance.models import Line, Receipt
from village_open.villages.models import Village

MOST_PER_LINE = 20


def list_receipts(line: Line) -> Sequence[Receipt]:
    """List the receipts behind a line, the first one first."""
    rows = select(Receipt).where(Receipt.line_id == line.id, Receipt.is_removed.is_(False)).order_by(Receipt.id)
    return db.session.scalars(rows).all()


def get_receipt(village_code: str, receipt_id: int) -> Receipt:
    """Return a receipt of this very village.

    Raises:
        ReceiptNotFound: the village has none of this id, or it was taken out.
    """
    found = db.session.scalar(
        select(Receipt)
        .join(Village, Village.id == Receipt.village_id)
        .where(Receipt.id == receipt_id, Village.code == village_code, Receipt.is_removed.is_(False))
    )
    if found is None:
        raise ReceiptNotFound
    return found
