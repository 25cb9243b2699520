"""The PDF is archival, tagged, deterministic, and can be joined."""

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from village_open.printing.join import NothingToJoin, PageRange, SheetDamaged, join_into
from village_open.printing.paper import ALL_PAPERS, Paper, PaperUnknown
from village_open.printing.render import AttachedFile, SheetSource, measured_heights, render_pdf

_MOMENT = datetime(2026, 10, 12, tzinfo=UTC)
_SCRIPT = """
from datetime import UTC, datetime
from hashlib import sha256
from village_open.printing.render import AttachedFile, SheetSource, render_pdf
style = 'html{font-family:"Noto Sans CJK SC"}b{font-family:"Noto Serif CJK SC"}'
html = f'<html lang="zh-CN"><style>{style}</style><p>李家村<b>财务</b>'
file = AttachedFile("disclosure.json", b'{"a":1}', "规范内容")
pdf = render_pdf(source=SheetSource(html), created_at=datetime(2026, 10, 12, tzinfo=UTC), attachments=[file])
print(sha256(pdf.content).hexdigest())
"""


def a_pdf(pages: int = 1, text: str = "李家村") -> bytes:
    """A PDF of some pages."""
    style = "@page{size:A5} html{font-family:'Noto Sans CJK SC'} p{break-after:page} p:last-child{break-after:auto}"
    body = "".join(f"<p>{text}{number}</p>" for number in range(pages))
    source = SheetSource(f'<html lang="zh-CN"><title>样张</title><style>{style}</style>{body}')
    file = AttachedFile("disclosure.json", b'{"a":1}', "规范内容")
    return render_pdf(source=source, created_at=_MOMENT, attachments=[file]).content


def test_the_same_input_gives_the_same_bytes_in_another_process_with_another_hash_seed() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1
    assert len(hashes.pop().strip()) == 64


def test_the_same_input_gives_the_same_bytes_after_other_sheets_were_made() -> None:
    first = sha256(a_pdf()).hexdigest()
    a_pdf(2, "王家村")
    assert sha256(a_pdf()).hexdigest() == first


def test_the_pdf_says_pdf_a_3u_and_is_tagged_and_dated_by_the_caller() -> None:
    with pikepdf.open(BytesIO(a_pdf())) as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261012000000")
        assert pdf.Root.OutputIntents


def test_the_attachment_is_tied_to_the_document() -> None:
    with pikepdf.open(BytesIO(a_pdf())) as pdf:
        assert pdf.attachments["disclosure.json"].get_file().read_bytes() == b'{"a":1}'
        assert pdf.Root.AF[0].AFRelationship == "/Source"


def joined(*pages: int) -> tuple[bytes, tuple[PageRange, ...]]:
    out = BytesIO()
    ranges = join_into([a_pdf(count) for count in pages], out)
    return out.getvalue(), ranges


def test_joined_sheets_keep_their_order_and_tell_their_pages() -> None:
    content, ranges = joined(1, 3, 2)
    assert ranges == (PageRange(1, 1), PageRange(2, 4), PageRange(5, 6))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) == 6
    assert joined(1, 3, 2)[0] == content


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(NothingToJoin):
        joined()


def test_a_damaged_sheet_is_refused_in_words() -> None:
    with pytest.raises(SheetDamaged, match="已经损坏"):
        join_into([a_pdf(1), b"%PDF-1.7 cut off"], BytesIO())


def test_heights_are_measured_in_mm() -> None:
    html = '<html lang="zh-CN"><style>@page{size:A4}#a{height:42mm}#b{height:7.5mm}</style><p id="a"></p><p id="b"></p>'
    heights = measured_heights(SheetSource(html.replace("}<", "}p{margin:0}<", 1)))
    assert heights == {"a": pytest.approx(42), "b": pytest.approx(7.5)}


def test_a_height_counts_the_padding_of_its_element_not_only_its_text() -> None:
    style = "@page{size:A4}p{margin:0;padding:5mm 0;font:10mm/1 'Noto Sans CJK SC'}"
    heights = measured_heights(SheetSource(f'<html lang="zh-CN"><style>{style}</style><p id="a">以下空白</p>'))
    assert heights == {"a": pytest.approx(20)}


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("A4", 210, 297),
        ("A3", 420, 297),
        ("a3-portrait", 297, 420),
        ("A2 landscape", 594, 420),
        ("A1", 841, 594),
        ("A4-landscape", 297, 210),
    ],
)
def test_paper_is_read_as_people_write_it(text: str, width: int, height: int) -> None:
    paper = Paper.parse(text)
    assert (paper.width_mm, paper.height_mm) == (width, height)
    assert Paper.parse(paper.code) == paper


@pytest.mark.parametrize("text", ["A0", "B4", "", "A3-upright"])
def test_unknown_paper_is_refused(text: str) -> None:
    with pytest.raises(PaperUnknown):
        Paper.parse(text)


def test_there_are_eight_papers_and_each_has_a_label() -> None:
    assert [paper.label for paper in ALL_PAPERS][:3] == ["A4 纵向", "A4 横向", "A3 纵向"]
    assert len(set(ALL_PAPERS)) == 8
