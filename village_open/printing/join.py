"""Many sheets in one file for the print shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf

from village_open.core.errors import InputError, RuleForbids


class NothingToJoin(InputError):
    """No sheet was handed in."""


class SheetDamaged(RuleForbids):
    """A stored sheet is no PDF any more."""

    def __init__(self) -> None:
        super().__init__("存放的公示单有一份已经损坏，不能合并。请用备份恢复，或逐个打开检查是哪一份。")


@dataclass(frozen=True)
class PageRange:
    """Where one sheet lies in the joined file; both ends are inside and count from 1."""

    first: int
    last: int


def join_into(sheets: Iterable[bytes], out: BinaryIO) -> tuple[PageRange, ...]:
    """Join finished sheets into one PDF, write it to an open file, and return the page range of each.

    The joined file is for the printer: the canonical bytes stay in the single files.

    Raises:
        NothingToJoin: there is not a single sheet.
        SheetDamaged: one of them is no PDF any more.
    """
    ranges: list[PageRange] = []
    with pikepdf.new() as joined:
        for sheet in sheets:
            first = len(joined.pages) + 1
            with _opened(sheet) as part:
                joined.pages.extend(part.pages)
            ranges.append(PageRange(first, len(joined.pages)))
        if not ranges:
            raise NothingToJoin("没有可以合并的公示单。")
        joined.remove_unreferenced_resources()
        joined.save(out, deterministic_id=True)
    return tuple(ranges)


def _opened(sheet: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(sheet))
    except pikepdf.PdfError as damaged:
        raise SheetDamaged from damaged
