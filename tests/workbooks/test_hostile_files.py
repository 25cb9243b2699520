"""Files made to hurt: each is refused by name within the child's limits, and the parent goes on."""

import random
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.workbooks.old_excel import old_excel
from tests.workbooks.packages import ods, text_cell, xlsx
from village_open.core.errors import InputError
from village_open.workbooks.cells import Limits
from village_open.workbooks.errors import (
    WorkbookEmpty,
    WorkbookHasMacros,
    WorkbookLocked,
    WorkbookRefused,
    WorkbookTooHeavy,
    WorkbookTooLarge,
    WorkbookUnreadable,
    WorkbookUnsafe,
)
from village_open.workbooks.reading import read_workbook

MB = 2**20
GOOD = xlsx(text_cell("A1", "好"))
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PASSWORD_FLAG = 1


def locked_zip() -> bytes:
    content = bytearray(GOOD)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(magic, at + 1)) >= 0:
            content[at + offset] |= PASSWORD_FLAG
    return bytes(content)


def utf16_sheet() -> bytes:
    with ZipFile(BytesIO(GOOD)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    return xlsx(more={"xl/worksheets/sheet1.xml": (ENTITY + sheet).encode("utf-16")})


DICE = random.Random(20260701)  # noqa: S311 - Repeatable noise is wanted here, not a secret.
NOISE = DICE.randbytes(40_000)
WIDE_ODS = '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="1000000">'
FILES = {
    "zip bomb": (xlsx(more={"xl/media/a.xml": "<a/>" + " " * (60 * MB)}), WorkbookTooHeavy),
    "bomb beyond the unpacked size": (xlsx(more={"xl/a.bin": b"\0" * (220 * MB)}), WorkbookTooLarge),
    "one cell in the last corner": (xlsx(text_cell("A1", "x") + text_cell("XFD1048576", "x")), WorkbookTooHeavy),
    "a million rows": (xlsx(text_cell("A1000000", "x")), WorkbookTooLarge),
    "too many columns": (xlsx(text_cell("ZZ1", "x")), WorkbookTooLarge),
    "external entity": (xlsx(text_cell("A1", "&a;"), prolog=ENTITY), WorkbookUnsafe),
    "a billion laughs": (xlsx(text_cell("A1", "&b;"), prolog=LAUGHS), WorkbookUnsafe),
    "entity behind a long comment": (xlsx(prolog="<!--" + "x" * 70_000 + "-->" + ENTITY), WorkbookUnsafe),
    "entity hidden in UTF-16": (utf16_sheet(), WorkbookUnsafe),
    "entity behind a comment that looks like a root": (xlsx(prolog="<!-- <a> -->" + ENTITY), WorkbookUnsafe),
    "external entity in ods": (ods("", prolog=ENTITY), WorkbookUnsafe),
    "macros in xlsx": (xlsx(text_cell("A1", "x"), more={"xl/vbaProject.bin": b"x"}), WorkbookHasMacros),
    "old macro sheet": (xlsx(text_cell("A1", "x"), more={"xl/macrosheets/sheet1.xml": "<a/>"}), WorkbookHasMacros),
    "declared as xlsm": (
        xlsx(more={"[Content_Types].xml": '<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}),
        WorkbookHasMacros,
    ),
    "macros in xls": (old_excel([["a"]], more_streams={"_VBA_PROJECT_CUR": b"x"}), WorkbookHasMacros),
    "macros in ods": (ods("", more={"Basic/Standard/script.xml": "<a/>"}), WorkbookHasMacros),
    "password on xlsx": (old_excel([["a"]], more_streams={"EncryptedPackage": b"x"}), WorkbookLocked),
    "password on the zip": (locked_zip(), WorkbookLocked),
    "password on ods": (ods("", more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), WorkbookLocked),
    "zip cut off": (GOOD[: len(GOOD) // 2], WorkbookUnreadable),
    "xls cut off": (old_excel([["a"]])[:1200], WorkbookUnreadable),
    "zip with something else": (xlsx()[:4] + NOISE, WorkbookUnreadable),
    "word document": (old_excel([["a"]]).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")),
                      WorkbookUnreadable),
    "binary noise": (NOISE, WorkbookUnreadable),
    "text in another encoding": ("日期,摘要".encode("utf-16"), WorkbookUnreadable),
    "nothing": (b"", WorkbookEmpty),
    "blanks": (b" \r\n \n", WorkbookEmpty),
    "workbook without cells": (xlsx(), WorkbookEmpty),
    "a million columns in csv": (b"," * 1_000_000, WorkbookTooLarge),
    "a million columns in ods": (
        ods(WIDE_ODS + "<text:p>x</text:p></table:table-cell></table:table-row>"), WorkbookTooLarge,
    ),
    "a million columns in html": (b"<table><tr><td colspan=1000000>x</table>", WorkbookTooLarge),
    "rowspan without end": (b"<table><tr><td rowspan=99999999>x</table>", WorkbookTooLarge),
    "html nested without end": (b"<table><tr><td>" * 100_000, WorkbookTooLarge),
    "html with two million cells": (b"<table>" + b"<tr><td>1<td>2<td>3<td>4" * 400_000, WorkbookTooLarge),
    "html without a table": (b"<!doctype html><p>x", WorkbookUnreadable),
    "giant shared string": (xlsx(strings=f"<si><t>{'字' * 3 * MB}</t></si>"), WorkbookTooHeavy),
    "text longer than a cell": (xlsx(text_cell("A1", "".join(DICE.choices("甲乙丙丁戊", k=40_000)))),
                                WorkbookTooLarge),
    "csv field without end": (b'"' + b"x" * 100_000, WorkbookTooLarge),
    "file beyond the size": (b"a,b\n" * (6 * MB), WorkbookTooLarge),
}  # fmt: skip


@pytest.mark.parametrize(("content", "refusal"), FILES.values(), ids=FILES)
def test_hostile_file_is_refused_by_name_and_soon(content, refusal):
    begun = time.monotonic()
    with pytest.raises(refusal) as refused:
        read_workbook(content)
    assert time.monotonic() - begun < Limits().wall_seconds
    assert isinstance(refused.value, InputError)
    assert "。" in refused.value.message


def test_parent_reads_good_files_while_hostile_ones_are_refused():
    hostile = [content for content, _ in list(FILES.values())[:12]]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(_read_or_refused, [file for bad in hostile for file in (bad, GOOD)]))
    assert answers[1::2] == ["好"] * len(hostile)
    assert set(answers[::2]) == {"refused"}


def _read_or_refused(content: bytes) -> str:
    try:
        return read_workbook(content)[0].rows[0][0]
    except WorkbookRefused:
        return "refused"


HEAVY = b"<table>" + b"<tr><td>a<td>b<td>c<td>d" * 150_000


def test_processor_time_is_limited():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(WorkbookTooHeavy):
        read_workbook(HEAVY * 4, limits=Limits(cpu_seconds=1, rows=10**9, cells=10**9))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert 0.5 < after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3


def test_memory_is_limited():
    little = Limits(memory_bytes=40 * MB, cpu_seconds=60, rows=10**9, cells=10**9)
    assert read_workbook(b"<table><tr><td>a", limits=little)[0].rows == (("a",),)
    with pytest.raises(WorkbookTooHeavy):
        read_workbook(HEAVY, limits=little)


def test_waiting_is_limited():
    begun = time.monotonic()
    with pytest.raises(WorkbookTooHeavy, match="超过 1 秒"):
        read_workbook(HEAVY * 4, limits=Limits(wall_seconds=1, cpu_seconds=60, rows=10**9, cells=10**9))
    assert time.monotonic() - begun < 5


def test_answer_is_limited():
    rows = b"<table>" + b"<tr><td>abcdefgh" * 20_000
    assert len(read_workbook(rows)[0].rows) == 20_000
    with pytest.raises(WorkbookRefused):
        read_workbook(rows, limits=Limits(answer_bytes=100_000))
