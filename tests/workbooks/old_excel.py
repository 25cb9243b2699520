"""A minimal writer of the binary .xls of Excel 97 (BIFF8 in an OLE2 file): text and number cells, nothing else."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_REGULAR_STREAM = 4096


def old_excel(
    rows: Sequence[Sequence[str | float]], *, name: str = "Sheet1", more_streams: Mapping[str, bytes] | None = None
) -> bytes:
    """Return an .xls file with one sheet; further streams imitate macros or encryption."""
    return _ole({"Workbook": _workbook(rows, name), **(more_streams or {})})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _workbook(rows: Sequence[Sequence[str | float]], name: str) -> bytes:
    begin = _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    title = name.encode("utf-16-le")
    length = len(_record(0x0085, b"\0" * (8 + len(title)))) + len(_record(0x000A, b""))
    at = len(begin) + length
    sheets = _record(0x0085, struct.pack("<IHBB", at, 0, len(name), 1) + title)
    return begin + sheets + _record(0x000A, b"") + _worksheet(rows)


def _worksheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    body = _bof(0x0010) + _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell != "":
                body += _cell(r, c, cell)
    return body + _record(0x000A, b"")


def _cell(row: int, column: int, cell: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", cell))


def _ole(streams: Mapping[str, bytes]) -> bytes:
    """Lay the streams out in sectors: the allocation table first, then the directory, then the streams."""
    fat = [_FAT, _END]
    entries = [_directory_entry("Root Entry", 5, _END, 0, child=1)]
    content = b""
    for number, (name, stream) in enumerate(streams.items(), 1):
        padded = stream.ljust(_SMALLEST_REGULAR_STREAM, b"\0")
        padded += b"\0" * (-len(padded) % _SECTOR)
        first, sectors = len(fat), len(padded) // _SECTOR
        fat += [*range(first + 1, first + sectors), _END]
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_directory_entry(name, 2, first, len(padded), right=right))
        content += padded
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    assert len(fat) <= _SECTOR // 4
    assert len(directory) == _SECTOR
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    return _header() + table + directory + content


def _header() -> bytes:
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    sizes = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    chains = struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST_REGULAR_STREAM, _END, 0, _END, 0)
    return magic + sizes + chains + struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108


def _directory_entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
