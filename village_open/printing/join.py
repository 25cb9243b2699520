"""Many sheets in one file for the print shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf

from village_open.core.errors import InputError


class NothingToJoin(InputError):
    """No sheet was handed in."""


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
    """
    ranges: list[PageRange] = []
    with pikepdf.new() as joined:
        for sheet in sheets:
            first = len(joined.pages) + 1
            with pikepdf.open(BytesIO(sheet)) as part:
                joined.pages.extend(part.pages)
            ranges.append(PageRange(first, len(joined.pages)))
        if not ranges:
            raise NothingToJoin("没有可以合并的公示单。")
        joined.remove_unreferenced_resources()
        joined.save(out, deterministic_id=True)
    return tuple(ranges)
