"""A village's open data in one file: what was issued, as bytes, tables and sheets, and the record of deeds.

The layout is what `village-open verify` proves without a database:
`disclosures/<code>/disclosure.json` (the frozen bytes), `lines.csv`, the PDFs; `record.jsonl` (one canonical body a
line); `manifest.json` (what is inside, and the hash of the record's last entry).
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from village_open.core.canonical import sha256_hex
from village_open.db import db
from village_open.notices.models import Disclosure, DisclosureIssue
from village_open.notices.queries import Published, get_published, list_files
from village_open.notices.sheets.render import ATTACHMENT_NAME
from village_open.notices.verifying import MANIFEST_NAME, RECORD_NAME
from village_open.public.open_data import lines_csv
from village_open.record.queries import iter_bodies
from village_open.record.rules import GENESIS
from village_open.storage import read_file
from village_open.villages.models import Village

FORMAT = "village-open.export.1"


def export_village(village: Village, out: Path) -> int:
    """Write everything a village has issued, and its record, into one .zip; returns how many disclosures."""
    out.parent.mkdir(parents=True, exist_ok=True)
    codes = list(_codes(village))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = [_write_disclosure(archive, get_published(code)) for code in codes]
        entries, head = _write_record(archive, village.code)
        manifest = {
            "format": FORMAT,
            "village": {"code": village.code, "name": village.name},
            "disclosures": listed,
            "record": {"entries": entries, "sha256": head},
        }
        archive.writestr(MANIFEST_NAME, json.dumps(manifest, ensure_ascii=False, indent=1))
    return len(listed)


def _codes(village: Village) -> Iterator[str]:
    query = select(Disclosure.code).join(DisclosureIssue, DisclosureIssue.disclosure_id == Disclosure.id)
    yield from db.session.scalars(query.where(Disclosure.village_id == village.id).order_by(Disclosure.id))


def _write_disclosure(archive: zipfile.ZipFile, disclosure: Published) -> dict[str, str]:
    folder = f"disclosures/{disclosure.code}"
    archive.writestr(f"{folder}/{ATTACHMENT_NAME}", disclosure.frozen)
    if not disclosure.is_affairs:
        archive.writestr(f"{folder}/lines.csv", lines_csv(disclosure.sheet))
    for file in list_files(disclosure.id):
        archive.writestr(f"{folder}/{file.sheet_kind}.{file.paper}.pdf", read_file(file.file_sha256))
    return {
        "number": disclosure.number, "code": disclosure.code, "sha256": disclosure.sha256,
        "period": disclosure.period_code,
    }  # fmt: skip


def _write_record(archive: zipfile.ZipFile, chain: str) -> tuple[int, str]:
    entries, head = 0, GENESIS
    with archive.open(RECORD_NAME, "w") as file:
        for body in iter_bodies(chain):
            file.write(body.encode() + b"\n")
            entries, head = entries + 1, sha256_hex(body.encode())
    return entries, head
