"""The supervision phone of a township, printed on every sheet for residents to call."""

from village_open.core.errors import InputError
from village_open.db import db
from village_open.record.actions import Doer, record_deed
from village_open.villages.models import Township
from village_open.villages.rules import checked_phone


class PhoneUnchanged(InputError):
    """The phone is what it was."""

    def __init__(self) -> None:
        super().__init__("监督电话没有变，不用更正。", "phone")


def change_supervision_phone(*, by: Doer, township: Township, phone: str) -> Township:
    """Change the phone that sheets issued from now on print; what is issued keeps the old one.

    Raises:
        PhoneUnfit: nobody could call it.
        PhoneUnchanged: it is the phone that holds already.
    """
    old, new = township.supervision_phone, checked_phone(phone)
    if new == old:
        raise PhoneUnchanged
    township.supervision_phone = new
    db.session.flush()
    record_deed(
        chain=township.code, kind="villages.change_supervision_phone", by=by,
        said=f"把监督电话由“{old or '没有填写'}”改为“{new}”，印在以后签发的公示单上",
        before={"phone": old}, after={"phone": new},
    )  # fmt: skip
    return township
