"""PDFs that people hand in: bare pages come back, or nothing."""

import zlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from village_open.images import (
    FileBroken,
    FileTooHeavy,
    KindNotTaken,
    PdfLocked,
    PdfTooLong,
    PictureTooLarge,
    clean_pdf,
    clean_upload,
)
from village_open.images.limits import Limits

TEXT = b"BT /F1 24 Tf 40 100 Td (Receipt 42) Tj ET"


def paper(pages=1, content=TEXT):
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = Stream(pdf, content)
    return pdf


def written(pdf, **more):
    out = BytesIO()
    pdf.save(out, **more)
    return out.getvalue()


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return document[0].get_textpage().get_text_range()


def test_a_pdf_keeps_its_pages_and_gets_a_thumbnail_of_the_first():
    clean = clean_upload(written(paper(3)), "发票.pdf")
    assert clean.media_type == "application/pdf"
    assert len(pikepdf.open(BytesIO(clean.content)).pages) == 3
    assert "Receipt 42" in text_of(clean.content)
    assert Image.open(BytesIO(clean.thumb)).width == 320


def test_script_attachment_form_and_link_are_gone():
    pdf = paper()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hi')"))
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("app.alert(2)"))]))
    )
    pdf.attachments["evil.exe"] = b"MZ evil bytes"
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(3)")))
    page.Annots = Array([
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 50, 50]),
            A=Dictionary(S=Name.URI, URI=String("http://evil.example/")),
        )
    ])  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))
    clean = pikepdf.open(BytesIO(clean_pdf(written(pdf)).content))
    assert set(clean.Root.keys()) <= {"/Type", "/Pages"}
    assert not clean.attachments
    plain = clean_pdf(written(pdf)).content
    everything = plain + b"".join(bytes(repr(found), "utf-8") for found in clean.objects)
    for trace in (b"alert", b"evil", b"JavaScript", b"/JS", b"/AA", b"xdp", b"/Annots"):
        assert trace not in everything


def test_a_seal_that_lies_on_the_page_as_an_annotation_stays_visible():
    pdf = paper()
    seal = Stream(pdf, b"1 0 0 rg 0 0 100 100 re f")
    seal.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 100, 100])})
    pdf.pages[0].obj.Annots = Array([
        pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([150, 50, 250, 150]), F=4,
            AP=Dictionary(N=pdf.make_indirect(seal)),
        ))
    ])  # fmt: skip
    clean = clean_pdf(written(pdf))
    with pypdfium2.PdfDocument(clean.content) as document:
        assert document[0].render(scale=1).to_pil().getpixel((200, 100)) == (255, 0, 0)


def test_a_stream_whose_bytes_lie_in_another_file_loses_its_address():
    pdf = paper()
    outside = Stream(pdf, b"x")
    outside.update(
        {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 1, 1]), "/F": String("/etc/passwd")}
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(X1=outside)
    clean = pikepdf.open(BytesIO(clean_pdf(written(pdf)).content))
    assert all("passwd" not in repr(found) for found in clean.objects)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"%PDF-1.7\nnothing here", FileBroken),
        (b"%PDF-", FileBroken),
        (written(paper(31)), PdfTooLong),
        (written(paper(), encryption=pikepdf.Encryption(owner="a", user="b")), PdfLocked),
        (written(pikepdf.new()), FileBroken),
    ],
)
def test_what_is_no_usable_pdf_is_refused(content, error):
    with pytest.raises(error):
        clean_pdf(content)


def test_a_pdf_behind_other_bytes_is_not_taken():
    with pytest.raises(KindNotTaken):
        clean_upload(b"<html>" + written(paper()), "a.pdf")


def test_a_picture_bomb_inside_a_pdf_is_refused():
    pdf = paper()
    image = Stream(pdf, zlib.compress(bytes(1000)))
    image.update({
        "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60_000, "/Height": 60_000,
        "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.FlateDecode,
    })  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(I1=image)
    with pytest.raises(PictureTooLarge, match="60000×60000"):
        clean_pdf(written(pdf))


def test_a_page_that_unpacks_to_gigabytes_is_stopped_and_the_server_goes_on():
    pdf = paper()
    once = zlib.compress(bytes(2**30), 9)
    bomb = Stream(pdf, b"")
    bomb.write(once, filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = bomb
    with pytest.raises((FileTooHeavy, FileBroken)):
        clean_pdf(written(pdf), limits=Limits(cpu_seconds=5, memory_bytes=512 * 2**20))
    assert clean_pdf(written(paper())).thumb


def test_the_same_pdf_gives_the_same_bytes():
    sent = written(paper())
    assert clean_pdf(sent).content == clean_pdf(sent).content
