"""The sheet as a county printer receives it: words, type, fonts, pages, pictures in two renderers."""

import json
import re
import subprocess
from io import BytesIO

import pikepdf
import pymupdf
import pytest
import segno
from PIL import Image

from tests.notices.printed import PUBLIC_URL, a_sheet, made, poppler, text_of, usual_distance_mm
from tests.notices.sheet_content import a_content, a_line, some_lines
from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.core.codes import grouped, sheet_code
from village_open.core.money import format_fen
from village_open.notices.sheets.kinds import least_type_pt
from village_open.notices.sheets.render import ATTACHMENT_NAME, RenderedSheet, render_sheet
from village_open.notices.verifying import verify_pdf
from village_open.printing.layout import SheetUnprintable
from village_open.printing.paper import ALL_PAPERS, Paper

_KINDS = ("finance_lines", "finance_summary")
_A3 = Paper.parse("A3")


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, without spaces."""
    return [re.sub(r"\s", "", page) for page in poppler(pdf, "pdftotext", "{}", "-").split("\f")[:-1]]


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("paper", ALL_PAPERS, ids=lambda paper: paper.code)
def test_every_paper_has_its_size_and_both_kinds_fit_it(kind: str, paper: Paper) -> None:
    sheet = a_sheet(kind, paper.code, 40)
    with pikepdf.open(BytesIO(sheet.pdf)) as pdf:
        for page in pdf.pages:
            width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
            assert (round(width), round(height)) == (paper.width_mm, paper.height_mm)
        assert len(pdf.pages) == sheet.pages


@pytest.mark.parametrize("kind", _KINDS)
def test_every_page_says_where_when_what_unit_who_and_how_to_object(kind: str) -> None:
    content = a_content(some_lines(40))
    sheet = a_sheet(kind, "A3", 40)
    code = grouped(sheet_code(sha256_hex(canonical_bytes(content))))
    for number, text in enumerate(page_texts(sheet.pdf), start=1):
        for words in (
            *("青山镇李家村", "2026年第三季度", "单位：元", "编制单位：李家村村民委员会", "期间：2026年第三季度"),
            *("上季结存", "本季收入", "本季支出", "本季结存", "王桂兰", "同意", "保留意见", "周春梅"),
            *("计划张贴：2026年10月12日至2026年10月27日", "0990-1234567", "截止2026年10月27日"),
            *("青山镇李家村〔2026〕财公3号", code, f"第{number}页共{sheet.pages}页"),
            *(*content["slots"][kind], "李家村村民委员会（盖章）"),
        ):
            assert words in text, (number, words)


@pytest.mark.parametrize("paper", ["A4", "A3", "A3-portrait", "A2-portrait"])
@pytest.mark.parametrize("kind", _KINDS)
def test_every_page_has_the_identity_in_a_box_each_figure_under_its_word(kind: str, paper: str) -> None:
    totals = a_content(some_lines(40))["totals"]
    pdf = a_sheet(kind, paper, 40).pdf
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            words = [page.search_for(word)[0] for word in ("上季结存", "本季收入", "本季支出", "本季结存")]
            first = words[0]
            assert max(word.y0 for word in words) - first.y0 < 1
            for word, fen in zip(words, totals.values(), strict=True):
                below = [spot for spot in page.search_for(format_fen(fen)) if 0 < spot.y0 - word.y0 < 3 * word.height]
                assert any(abs(_middle_x(spot) - _middle_x(word)) < 2 for spot in below), (page.number, fen)
            frame = [box for box in _frames(page) if box.contains(first) and box.contains(words[-1])]
            assert frame, page.number


def _middle_x(spot: pymupdf.Rect) -> float:
    return (spot.x0 + spot.x1) / 2


def _frames(page: pymupdf.Page) -> list[pymupdf.Rect]:
    """Every rectangle that is drawn across the whole width between the margins."""
    boxes = [drawing["rect"] for drawing in page.get_drawings()]
    return [box for box in boxes if box.width > page.rect.width - 2 * 16 * 72 / 25.4 and box.height > 10]


@pytest.mark.parametrize(
    ("paper", "room_mm"), [("A4", (25, 7)), ("A3", (30, 8)), ("A3-portrait", (30, 8)), ("A2-portrait", (35, 10))]
)
@pytest.mark.parametrize("kind", _KINDS)
def test_every_page_leaves_white_room_at_each_place_to_sign(kind: str, paper: str, room_mm: tuple[int, int]) -> None:
    pdf = a_sheet(kind, paper, 40).pdf
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            picture = _grey(page.get_pixmap(dpi=_DOTS).tobytes("png"))
            places = [page.search_for(slot)[-1] for slot in a_content([])["slots"][kind]]
            places.append(page.search_for("李家村村民委员会")[-1])
            below = page.search_for("计划张贴")[0].y0
            rights = [place.x0 for place in places[1:]]
            for place, right in zip(places, rights, strict=False):
                cell = pymupdf.Rect(place.x0 - 20, place.y0 - 10, right + 20, below)
                assert _has_room(picture, cell, room_mm), (page.number, place)


_DOTS = 51
"""Two dots a millimetre."""


def _has_room(picture: Image.Image, cell: pymupdf.Rect, room_mm: tuple[int, int]) -> bool:
    """Look for a white rectangle of so many mm inside a part of the page."""
    left, top, right, bottom = (int(edge * _DOTS / 72) for edge in cell)
    part = picture.crop((left, top, right, bottom)).point(lambda value: 255 if value < 250 else 0)
    width, height = (2 * side for side in room_mm)
    return any(
        part.crop((x, y, x + width, y + height)).getbbox() is None
        for x in range(part.width - width)
        for y in range(part.height - height)
    )


def test_the_last_page_shows_each_decision_with_its_remark_and_room_for_ink_and_seal() -> None:
    content = a_content(some_lines(40))
    pages = poppler(a_sheet("finance_lines", "A3", 40).pdf, "pdftotext", "-layout", "{}", "-").split("\f")
    last = re.sub(r"\s", "", pages[-2])
    for signer in content["signers"]:
        assert signer["slot"] + signer["name"] + signer["decision"] in last
        assert signer["note"] in last
    for slot in content["slots"]["finance_lines"]:
        assert slot in last
    assert "村党组织、村民委员会联席会议" in last
    assert "保密审查：陈思远" in last


@pytest.mark.parametrize(
    ("kind", "elsewhere"), [("finance_lines", "镇主管领导签字"), ("finance_summary", "会计服务站签字")]
)
def test_each_kind_of_sheet_has_its_own_places_to_sign(kind: str, elsewhere: str) -> None:
    text = text_of(a_sheet(kind, "A3", 40).pdf)
    assert all(slot in text for slot in a_content([])["slots"][kind])
    assert elsewhere not in text


def test_an_objection_and_its_answer_stand_with_the_line_in_both_kinds() -> None:
    for kind in _KINDS:
        text = text_of(a_sheet(kind, "A3", 40).pdf)
        assert "工程量与现场不符，少12立方米。" in text
        assert "已请施工方复测，下季公布结果。" in text


def test_a_reservation_is_as_large_as_an_approval() -> None:
    sizes = {word: _sizes(a_sheet("finance_lines", "A3", 6).pdf, word) for word in ("同意", "保留意见")}
    assert max(sizes["同意"]) == max(sizes["保留意见"])


def _sizes(pdf: bytes, word: str) -> list[float]:
    return [round(size, 1) for size, text in _spans(pdf) if text.strip() == word]


def _spans(pdf: bytes) -> list[tuple[float, str]]:
    with pymupdf.open(stream=pdf) as document:
        blocks = [block for page in document for block in page.get_text("dict")["blocks"]]
    spans = [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]
    return [(span["size"], span["text"]) for span in spans if span["text"].strip()]


@pytest.mark.parametrize(
    ("paper", "distance_mm", "floor_pt"),
    [("A3", 1500, 14.0), ("A2", 2000, 18.6), ("A3", 1000, 10.5), ("A4", 0, 10.5), ("A4-landscape", 1500, 14.0)],
)
@pytest.mark.parametrize("kind", _KINDS)
def test_no_type_is_smaller_than_the_reading_distance_allows(
    kind: str, paper: str, distance_mm: int, floor_pt: float
) -> None:
    sheet = read_from(kind, paper, distance_mm)
    assert least_type_pt(distance_mm) == pytest.approx(floor_pt, abs=0.1)
    assert min(size for size, _ in _spans(sheet.pdf)) >= floor_pt - 0.1
    title = max(size for size, text in _spans(sheet.pdf) if "公开" in text)
    assert title >= 2 * sheet.type_pt - 0.1


def read_from(kind: str, paper: str, distance_mm: int) -> RenderedSheet:
    """A sheet that is read from so far away: the one that stands already, where that is usual for the paper."""
    if distance_mm == usual_distance_mm(paper):
        return a_sheet(kind, paper, 40)
    content = a_content(some_lines(30))
    return render_sheet(content=content, kind=kind, paper=Paper.parse(paper), reading_distance_mm=distance_mm)


def test_type_grows_where_lines_leave_room_and_pages_grow_where_they_do_not() -> None:
    few, many = a_sheet("finance_lines", "A2-portrait", 6), a_sheet("finance_lines", "A3", 40)
    assert (few.pages, few.type_pt >= 18) == (1, True)
    assert many.pages > 1
    summary = a_sheet("finance_summary", "A2", 40)
    assert (summary.pages, summary.type_pt) == (1, 14)  # It does not grow at the price of a page.


@pytest.mark.parametrize(
    ("paper", "lines", "pages"),
    [("A3", 3, 1), ("A3", 12, 2), ("A4", 3, 1), ("A4", 20, 2), ("A3-portrait", 20, 2), ("A2-portrait", 20, 1)],
)
def test_box_and_places_to_sign_on_every_page_leave_few_lines_on_few_pages(paper: str, lines: int, pages: int) -> None:
    assert made(a_content(some_lines(lines)), "finance_lines", paper, trial=True, public_url=PUBLIC_URL).pages == pages


@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("count", [0, 1, 9])
def test_places_to_sign_stand_in_rows_that_leave_room_however_many_the_profile_names(paper: str, count: int) -> None:
    slots = [f"第{number}签字人" for number in range(1, count + 1)]
    content = a_content(some_lines(20), slots={"finance_lines": slots})
    for text in page_texts(made(content, "finance_lines", paper).pdf):
        assert all(slot in text for slot in slots)
        assert "（盖章）" in text


def test_nothing_stands_nearer_to_the_edge_than_the_margin() -> None:
    with pymupdf.open(stream=a_sheet("finance_lines", "A3", 40).pdf) as document:
        for page in document:
            for block in page.get_text("blocks"):
                assert block[0] >= 15 * 72 / 25.4 - 1
                assert block[2] <= page.rect.width - 15 * 72 / 25.4 + 1


@pytest.mark.parametrize("kind", _KINDS)
def test_all_fonts_are_embedded_and_are_the_sheets_own(kind: str) -> None:
    rows = poppler(a_sheet(kind, "A3", 40).pdf, "pdffonts", "{}").splitlines()[2:]
    assert {re.sub(r"^\w+\+", "", row.split()[0]) for row in rows} == {
        "Noto-Serif-CJK-SC-Bold",
        "Noto-Sans-CJK-SC",
        "Noto-Sans-CJK-SC-Bold",
    }
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_the_attachment_is_the_canonical_content_to_the_byte() -> None:
    frozen = canonical_bytes(a_content(some_lines(6)))
    with pikepdf.open(BytesIO(a_sheet().pdf)) as pdf:
        attached = pdf.attachments[ATTACHMENT_NAME].get_file().read_bytes()
        assert pdf.open_metadata()["pdfaid:part"] == "3"
    assert attached == frozen
    assert json.loads(attached)["number"] == "青山镇李家村〔2026〕财公3号"


def test_the_same_content_gives_the_same_bytes() -> None:
    again = render_sheet(content=a_content(some_lines(6)), kind="finance_lines", paper=_A3, public_url=PUBLIC_URL)
    assert again.pdf == a_sheet().pdf


def test_two_renderers_read_the_same_hanzi_and_lay_the_same_ink() -> None:
    pdf = a_sheet("finance_lines", "A3", 6).pdf
    with pymupdf.open(stream=pdf) as document:
        texts = ["".join(re.findall(r"[\u4e00-\u9fff]", page.get_text())) for page in document]
        pictures = [_grey(page.get_pixmap(dpi=50).tobytes("png")) for page in document]
    for number, (text, picture) in enumerate(zip(texts, pictures, strict=True), start=1):
        page = ("-f", str(number), "-l", str(number))
        theirs = "".join(re.findall(r"[\u4e00-\u9fff]", poppler(pdf, "pdftotext", *page, "{}", "-")))
        assert sorted(text) == sorted(theirs)
        other = _grey(_poppler_png(pdf, number)).resize(picture.size)
        for mine, yours in zip(_ink(picture), _ink(other), strict=True):
            assert mine == pytest.approx(yours, abs=0.03)
        assert sum(_ink(picture)) > 0.2


def _poppler_png(pdf: bytes, number: int) -> bytes:
    command = ["pdftoppm", "-r", "50", "-png", "-f", str(number), "-l", str(number), "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def _grey(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("L")


def _ink(picture: Image.Image) -> list[float]:
    """The share of ink in each field of a coarse grid: blank or wrong glyphs would move it."""
    return [1 - value / 255 for value in picture.resize((12, 8), Image.Resampling.BOX).tobytes()]


def test_the_qr_code_on_the_paper_is_the_address_of_the_code() -> None:
    code = sheet_code(sha256_hex(canonical_bytes(a_content(some_lines(6)))))
    expected = [
        [bool(cell) for cell in row] for row in segno.make(f"{PUBLIC_URL}/v/{code}", error="m", micro=False).matrix
    ]
    with pymupdf.open(stream=a_sheet().pdf) as document:
        page = document[0]
        edge = page.rect.width - 15 * 72 / 25.4
        top = page.search_for("计划张贴")[0].y0
        bottom = page.rect.height - 15 * 72 / 25.4
        corner = pymupdf.Rect(edge - 31 * 72 / 25.4, top, edge, bottom)
        picture = _grey(page.get_pixmap(dpi=600, clip=corner).tobytes("png"))
    assert _modules(picture, len(expected)) == expected


def _modules(picture: Image.Image, size: int) -> list[list[bool]]:
    """Read a square of modules: the code is the only thing in the corner."""
    dark = picture.point(lambda value: 255 if value < 128 else 0)
    square = dark.crop(dark.getbbox())
    step_x, step_y = square.width / size, square.height / size
    return [
        [bool(square.getpixel((int((x + 0.5) * step_x), int((y + 0.5) * step_y)))) for x in range(size)]
        for y in range(size)
    ]


def test_without_a_public_address_the_code_is_printed_and_no_qr() -> None:
    sheet = render_sheet(content=a_content(some_lines(3)), kind="finance_lines", paper=_A3)
    assert "查验码" in text_of(sheet.pdf)
    assert "<img" not in sheet.html


def test_a_draft_has_a_watermark_and_neither_code_nor_qr_nor_attachment() -> None:
    content = a_content(some_lines(3), number="")
    sheet = render_sheet(content=content, kind="finance_lines", paper=_A3, public_url=PUBLIC_URL, draft=True)
    text = text_of(sheet.pdf)
    assert "草稿" in text
    assert "查验码" not in text
    assert "<img" not in sheet.html
    with pikepdf.open(BytesIO(sheet.pdf)) as pdf:
        assert not pdf.attachments


def test_a_trial_stands_in_a_number_and_makes_no_pdf() -> None:
    trial = render_sheet(content=a_content(some_lines(3), number=""), kind="finance_lines", paper=_A3, trial=True)
    assert trial.pdf == b""
    assert trial.pages == 1
    assert "（试排）" in trial.html


def test_a_trial_names_the_character_that_cannot_be_printed() -> None:
    lines = [a_line(1, "expense", 100, handler="李\U0002b740")]
    with pytest.raises(SheetUnprintable, match="U\\+2B740"):
        render_sheet(content=a_content(lines), kind="finance_lines", paper=_A3, trial=True)


def test_a_summary_longer_than_a_page_is_named() -> None:
    lines = [a_line(1, "expense", 100, summary="长" * 6000)]
    with pytest.raises(SheetUnprintable, match="太高"):
        render_sheet(content=a_content(lines), kind="finance_lines", paper=_A3, trial=True)


def test_private_numbers_are_masked_and_the_supervision_phone_is_not() -> None:
    lines = [a_line(1, "expense", 100, summary="误工补贴 13812345678", note="身份证110101199003074477")]
    content = a_content(lines, supervision_phone="13900001111")
    text = text_of(render_sheet(content=content, kind="finance_lines", paper=_A3).pdf)
    assert "138****5678" in text
    assert "13812345678" not in text
    assert "199003074477" not in text
    assert "13900001111" in text


def test_a_month_says_month_and_a_provisional_sheet_says_why() -> None:
    content = a_content(
        [a_line(1, "expense", 100)],
        period="2026M07",
        provisional="上月账目尚未公开，结存为暂计数",
        opening_basis="2026年6月财务公开榜",
    )
    sheet = render_sheet(content=content, kind="finance_lines", paper=_A3)
    text = text_of(sheet.pdf)
    for words in ("2026年7月", "上月转来", "本月合计、本月余额", "暂计上月账目尚未公开", "上月结存的依据：2026年6月"):
        assert words in text
    assert "本季" not in text


def test_the_hand_out_drops_witness_and_approver_first() -> None:
    assert "证明人" in text_of(a_sheet("finance_lines", "A3", 6).pdf)
    hand_out = text_of(a_sheet("finance_lines", "A4", 40).pdf)
    assert "经手人" in hand_out
    assert "证明人" not in hand_out
    assert "审批人" not in hand_out


@pytest.mark.parametrize(("distance_mm", "is_shown"), [(0, False), (1000, True)])
def test_a_board_s_a4_keeps_the_columns_that_the_hand_out_drops(distance_mm: int, is_shown: bool) -> None:
    sheet = render_sheet(
        content=a_content(some_lines(3)), kind="finance_lines", paper=Paper.parse("A4-landscape"),
        reading_distance_mm=distance_mm, trial=True,
    )  # fmt: skip
    assert ("证明人" in sheet.html) is is_shown


@pytest.mark.parametrize(("paper", "kind"), [("A4-portrait", "finance_lines"), ("A4-landscape", "finance_summary")])
def test_a_board_too_small_for_its_distance_is_refused_with_what_to_do(paper: str, kind: str) -> None:
    with pytest.raises(SheetUnprintable, match="请换大一号的纸或缩短阅读距离"):
        render_sheet(
            content=a_content(some_lines(3)), kind=kind, paper=Paper.parse(paper), reading_distance_mm=3000, trial=True
        )


def test_the_preview_needs_nothing_from_outside_and_no_inline_style() -> None:
    html = a_sheet().html
    assert "style=" not in html
    assert html.count("<style>") == 1
    assert set(re.findall(r'(?:src|href)="(\w+):', html)) == {"data"}


def test_words_of_people_cannot_become_markup() -> None:
    lines = [a_line(1, "expense", 100, summary="<img src=x onerror=alert(1)>&amp;</style>")]
    sheet = render_sheet(content=a_content(lines), kind="finance_lines", paper=_A3)
    assert "<img src=x" not in sheet.html
    assert "<imgsrc=xonerror=alert(1)>&amp;</style>" in text_of(sheet.pdf)


_LONG_URL = "http://cunwugongkai.qingshanzhen.some-long-county-name.example-province.gov.example.cn:58080/village-open"


@pytest.mark.parametrize("url", ["https://cwgk.example.org/", _LONG_URL])
@pytest.mark.parametrize("paper", ["A4-portrait", "A3-landscape", "A2-portrait"])
def test_every_page_prints_the_address_at_which_the_code_is_typed_in_full(paper: str, url: str) -> None:
    sheet = made(a_content(some_lines(40)), "finance_lines", paper, public_url=url)
    for text in page_texts(sheet.pdf):
        assert f"手机扫码，或打开{url.rstrip('/')}/v输入查验码。" in text
    assert verify_pdf(sheet.pdf).holds


@pytest.mark.parametrize(("paper", "distance_mm"), [("A4", 1500), ("A4-landscape", 1500), ("A3-portrait", 1500)])
def test_a_code_that_needs_more_lines_is_read_back_whole(paper: str, distance_mm: int) -> None:
    for lines in (2, 8):
        sheet = render_sheet(
            content=a_content(some_lines(lines)), kind="finance_lines", paper=Paper.parse(paper),
            reading_distance_mm=distance_mm,
        )  # fmt: skip
        assert verify_pdf(sheet.pdf).holds


def test_without_a_public_address_the_foot_says_nothing_of_scanning_or_opening() -> None:
    sheet = render_sheet(content=a_content(some_lines(3)), kind="finance_summary", paper=_A3)
    text = text_of(sheet.pdf)
    assert "查验码" in text
    for words in ("扫码", "打开", "输入查验码", "http"):
        assert words not in text


def test_the_decision_and_the_exception_behind_large_payments_print_at_their_lines() -> None:
    lines = [
        a_line(1, "expense", 800_000, summary="付工程款", decision="事项 2026-1“修缮三组道路”，村民代表会议通过"),
        a_line(2, "expense", 700_000, summary="抢修便桥", exemption="抢险救灾，6月22日暴雨冲毁便桥"),
        a_line(3, "expense", 100, summary="购打印纸"),
    ]
    said = text_of(made(a_content(lines), "finance_lines", "A4").pdf)
    assert (
        said.index("付工程款") < said.index("依据：事项2026-1“修缮三组道路”，村民代表会议通过") < said.index("抢修便桥")
    )
    assert said.index("抢修便桥") < said.index("例外支出：抢险救灾，6月22日暴雨冲毁便桥") < said.index("购打印纸")
