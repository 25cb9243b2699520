"""Proof without database and network: do the carried bytes have the code that is printed?

It speaks of integrity only: that the content is the one that was issued, not that the figures are true.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import CodeUnreadable, grouped, parse_code, sheet_code
from village_open.core.errors import InputError
from village_open.core.money import format_fen
from village_open.notices.sheets.render import ATTACHMENT_NAME
from village_open.printing.reading import read_pdf
from village_open.record.rules import GENESIS, first_broken_link

RECORD_NAME = "record.jsonl"
MANIFEST_NAME = "manifest.json"
_FOLDER = re.compile(r"disclosures/(?P<code>[^/]+)/(?P<name>[^/]+)")
_PRINTED = re.compile(r"查验码(?P<code>(?:[0-9A-HJKMNP-TV-Z]{5}-?){5}[0-9A-HJKMNP-TV-Z]-?[0-9A-HJKMNP-TV-Z*~$=U])")
"""A hyphen at the end of a line is lost when the words are read back."""
_ENTRY_BYTES = 64 * 2**20
"""No file of an export is larger; a bomb is refused unread."""


class ArchiveUnreadable(InputError):
    """The file is no export of this program."""

    def __init__(self, why: str) -> None:
        super().__init__(f"这个文件不是本系统导出的压缩包：{why}。")


@dataclass(frozen=True)
class Proof:
    """What was checked; it holds when nothing was found against it."""

    told: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    codes: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether everything that was checked agrees."""
        return not self.against


@dataclass
class _Link:
    """A deed of an exported record: all columns are read from the body, its hash is computed."""

    chain: str
    seq: int
    prev: str
    sha256: str
    kind: str
    at: datetime
    actor_id: int
    actor_name: str
    said: str
    body: str


def verify_pdf(content: bytes, *, code: str = "") -> Proof:
    """Check one sheet: the carried bytes, the code printed on its pages, and the code typed by hand if there is one.

    Raises:
        PaperUnreadable: it is no PDF.
        CodeUnreadable: the typed code is none.
    """
    typed = parse_code(code) if code else ""
    parts = read_pdf(content)
    frozen = parts.attachments.get(ATTACHMENT_NAME)
    if frozen is None:
        return Proof(against=("文件里没有附签发时固定的原始内容：是草稿、合并打印的文件，或者不是本系统的公示单。",))
    found = sheet_code(sha256_hex(frozen))
    against = [*_against_content(frozen), *_against_paper(frozen, parts.text, found)]
    if typed and typed != found:
        against.append(f"输入的查验码与原始内容不符：原始内容的查验码是 {grouped(found)}。")
    return Proof((f"{_what(frozen)}，查验码 {grouped(found)}",), tuple(against), (found,))


def _against_content(frozen: bytes) -> Iterator[str]:
    try:
        canonical = canonical_bytes(json.loads(frozen))
    except (ValueError, TypeError):
        yield "附带的原始内容读不懂。"
        return
    if canonical != frozen:
        yield "附带的原始内容不是规范写法，可能改动过。"


def _against_paper(frozen: bytes, text: str, found: str) -> Iterator[str]:
    """Compare number, totals and code on the pages with the carried bytes."""
    printed = {match["code"] for match in _PRINTED.finditer(text)}
    if not printed:
        yield "纸面上没有找到查验码。"
    for one in sorted(printed):
        if _plain(one) != found:
            yield f"纸面上的查验码 {one} 与原始内容不符：原始内容的查验码是 {grouped(found)}。"
    content = _content(frozen)
    if content.get("number", "") not in text:
        yield f"纸面上没有原始内容里的编号 {content.get('number', '')}。"
    missing = [format_fen(fen) for fen in content.get("totals", {}).values() if format_fen(fen) not in text]
    if missing:
        yield f"纸面上没有原始内容里的合计数 {'、'.join(missing)}。"


def _plain(printed: str) -> str:
    try:
        return parse_code(printed)
    except CodeUnreadable:
        return ""


def _content(frozen: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(frozen)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _what(frozen: bytes) -> str:
    return str(_content(frozen).get("number") or "没有编号")


def verify_export(content: bytes, *, code: str = "") -> Proof:
    """Check an export: every disclosure against its code, every sheet, and the record's chain.

    Raises:
        ArchiveUnreadable: it is no export.
        CodeUnreadable: the typed code is none.
    """
    typed = parse_code(code) if code else ""
    files = _entries(content)
    if RECORD_NAME not in files:
        raise ArchiveUnreadable(f"里面没有 {RECORD_NAME}")
    told: list[str] = []
    codes: list[str] = []
    against = list(_against_record(files[RECORD_NAME], files.get(MANIFEST_NAME, b"")))
    for name, inner in files.items():
        if match := _FOLDER.fullmatch(name):
            proof = _inner_proof(match["code"], match["name"], inner)
            told += proof.told
            codes += proof.codes
            against += [f"{name}：{sentence}" for sentence in proof.against]
    if typed and typed not in codes:
        against.append(f"压缩包里没有查验码为 {grouped(typed)} 的内容。")
    return Proof(tuple(dict.fromkeys(told)), tuple(against), tuple(dict.fromkeys(codes)))


def _inner_proof(code: str, name: str, inner: bytes) -> Proof:
    if name.endswith(".pdf"):
        return verify_pdf(inner, code=code)
    if name != ATTACHMENT_NAME:
        return Proof()
    found = sheet_code(sha256_hex(inner))
    against = [*_against_content(inner), *([] if found == code else ["内容与所在文件夹的查验码不符。"])]
    return Proof((f"{_what(inner)}，查验码 {grouped(found)}",), tuple(against), (found,))


def _against_record(lines: bytes, manifest: bytes) -> Iterator[str]:
    try:
        links = [_link(line) for line in lines.decode().splitlines()]
        head = json.loads(manifest)["record"]["sha256"]
    except (ValueError, TypeError, KeyError):
        yield "操作记录或清单读不懂。"
        return
    if broken := first_broken_link(links):
        yield f"操作记录第 {broken.seq} 条断开：{broken.reason}。"
    if (links[-1].sha256 if links else GENESIS) != head:
        yield "操作记录的最后一条与清单不符，可能被截短或改动。"


def _link(line: str) -> _Link:
    body = json.loads(line)
    words = {name: body[name] for name in ("chain", "seq", "prev", "kind", "actor_id", "actor_name", "said")}
    return _Link(**words, at=datetime.fromisoformat(body["at"]), sha256=sha256_hex(line.encode()), body=line)


def _entries(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if any(entry.file_size > _ENTRY_BYTES for entry in archive.infolist()):
                raise ArchiveUnreadable("里面有过大的文件")
            return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as damaged:
        raise ArchiveUnreadable("压缩包已损坏") from damaged
