"""Issued disclosures without the rendering: rows as the second transaction leaves them, over made-up content."""

from typing import Any

from tests.notices.sheet_content import a_content, a_line, some_lines
from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import sheet_code
from village_open.db import db
from village_open.notices.models import Disclosure, DisclosureFile, DisclosureIssue
from village_open.storage import keep_file
from village_open.villages.models import Village

__all__ = ["a_line", "make_published", "some_lines"]


def make_published(
    village: Village,
    *,
    period_code: str = "2026Q3",
    seq: int = 1,
    lines: list[dict[str, Any]] | None = None,
    is_issued: bool = True,
    replaces: Disclosure | None = None,
    sheet: bytes = b"%PDF-1.7 stands in for a sheet",
    pages: int = 1,
    papers: str = "A4-portrait@0",
    **changes: Any,
) -> Disclosure:
    """Make a frozen disclosure with one stored sheet; call it inside `transaction()`."""
    township = village.township
    number = f"{township.name}{village.name}〔2026〕财公{seq}号"
    content = a_content(
        some_lines(5) if lines is None else lines, number=number, period=period_code,
        township={"code": township.code, "name": township.name}, village={"code": village.code, "name": village.name},
        **changes,
    )  # fmt: skip
    frozen = canonical_bytes(content)
    sha256 = sha256_hex(frozen)
    disclosure = Disclosure(
        village_id=village.id, kind="finance", period_code=period_code, year=2026, seq=seq, number=number,
        content=frozen.decode(), sha256=sha256, code=sheet_code(sha256), papers=papers,
        search_text="\n".join([number, *(line["summary"] for line in content["lines"])]).lower(),
        replaces_id=replaces.id if replaces else None,
    )  # fmt: skip
    db.session.add(disclosure)
    db.session.flush()
    if is_issued:
        sha = keep_file(sheet)
        db.session.add(
            DisclosureFile(
                disclosure_id=disclosure.id,
                sheet_kind="finance_lines",
                paper="A4-portrait",
                file_sha256=sha,
                pages=pages,
            )
        )
        db.session.add(DisclosureIssue(disclosure_id=disclosure.id))
        db.session.flush()
    return disclosure
