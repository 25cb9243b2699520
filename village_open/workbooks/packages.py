"""Real workbooks (.xlsx, .xls, .ods): looked over for bombs, macros and entities, then read by calamine."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from village_open.workbooks.cells import Counter, Limits, Refusal, SheetCells, cell_text, sheet_of

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_MOST_PARTS = 2_000
_MOST_EXPANSION = 200
"""Packed spreadsheets are 5 to 30 times smaller than their text; bombs start near 1,000."""
_PROLOG_BYTES = 64 * 2**10
_SMALL_PART_BYTES = 1 * 2**20
_ROOT = re.compile(rb"<[^!?]")
_SAID_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)


def read_package(content: bytes, limits: Limits) -> list[SheetCells]:
    """Read the visible sheets of an xlsx, xls or ods file.

    Raises:
        Refusal: it is locked, damaged, too large, or carries macros or entities.
    """
    if content.startswith(OLE_MAGIC):
        _look_over_ole(content)
    else:
        _look_over_zip(content, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return _sheets(workbook, limits)
    except PasswordError:
        raise Refusal("locked") from None
    except (CalamineError, XmlError, ZipError, OSError, ValueError):
        raise Refusal("unreadable", "文件已损坏或不完整") from None


def _sheets(workbook: CalamineWorkbook, limits: Limits) -> list[SheetCells]:
    sheets = [sheet for sheet in workbook.sheets_metadata if _is_read(sheet)]
    if len(sheets) > limits.sheets:
        raise Refusal("too_large", f"有 {len(sheets)} 张表，最多 {limits.sheets} 张")
    counter = Counter(limits)
    return [_read_sheet(workbook.get_sheet_by_name(sheet.name), counter) for sheet in sheets]


def _is_read(sheet: SheetMetadata) -> bool:
    if sheet.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
        raise Refusal("macros")
    return sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible


def _read_sheet(sheet: CalamineSheet, counter: Counter) -> SheetCells:
    # Corners first: a value in the last column of the last row would be unfolded into 17 thousand million cells.
    last_row, last_column = sheet.end or (0, 0)
    counter.rows(last_row + 1)
    counter.row(last_column + 1)
    rows = []
    for values in sheet.to_python(skip_empty_area=False):
        counter.row(len(values))
        rows.append([cell_text(value) for value in values])
    return sheet_of(sheet.name, rows, counter.limits)


def _look_over_ole(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal("locked")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refusal("macros")


def _look_over_zip(content: bytes, limits: Limits) -> None:
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _look_at_sizes(parts, len(content), limits)
            _look_at_names({part.filename.lower() for part in parts})
            for part in parts:
                _look_into(package, part)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError):
        raise Refusal("unreadable", "文件已损坏或不完整") from None


def _look_at_sizes(parts: list[ZipInfo], packed: int, limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes or len(parts) > _MOST_PARTS:
        raise Refusal("too_large", "解压后的内容超过上限")
    if unpacked > packed * _MOST_EXPANSION and unpacked > _SMALL_PART_BYTES:
        raise Refusal("too_heavy", "压缩比不正常")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("locked")


def _look_at_names(names: set[str]) -> None:
    if any("vbaproject" in name or "macrosheets/" in name or name.startswith("basic/") for name in names):
        raise Refusal("macros")
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise Refusal("unreadable", "不是 .xlsx 或 .ods 表格")


def _look_into(package: ZipFile, part: ZipInfo) -> None:
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    with package.open(part) as stream:
        prolog = stream.read(_PROLOG_BYTES)
    if part.filename == "[Content_Types].xml" and b"macroEnabled" in prolog:
        raise Refusal("macros")
    if part.filename == "META-INF/manifest.xml" and b"encryption-data" in prolog:
        raise Refusal("locked")
    # UTF-16 would hide everything from this search; no spreadsheet program writes it.
    if b"\0" in prolog or _hides_declaration(prolog):
        raise Refusal("unsafe")


def _hides_declaration(prolog: bytes) -> bool:
    """Tell whether a document type stands before the root, or so much else that it could stand behind."""
    said = _SAID_ASIDE.sub(b"", prolog)
    root = _ROOT.search(said)
    before_root = said[: root.start()] if root else said
    return b"<!" in before_root or (root is None and len(prolog) == _PROLOG_BYTES)
