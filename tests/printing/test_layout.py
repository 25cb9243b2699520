"""What WeasyPrint passes over in silence is an error that names the fault."""

import base64
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from village_open.printing.fetcher import ClosedFetcher, Picture, PictureRefused
from village_open.printing.layout import SheetUnprintable, listening, visible_text
from village_open.printing.render import SheetSource, check_source, render_pdf

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
_STYLE = (
    "@page { size: 100mm 60mm; margin: 15mm } html { font: 14pt 'Noto Sans CJK SC' }"
    "table { table-layout: fixed; width: 40mm } .foot { position: absolute; bottom: 0 }"
)


def a_page(body: str) -> str:
    """A small page."""
    return f'<html lang="zh-CN"><head><title>样张</title><style>{_STYLE}</style></head><body>{body}</body></html>'


def faults_of(body: str, **source: Any) -> list[tuple[str, str]]:
    """The faults that the trial rendering names."""
    with pytest.raises(SheetUnprintable) as caught:
        check_source(SheetSource(a_page(body), **source))
    return [(fault.kind, fault.message) for fault in caught.value.faults]


def test_a_sound_page_passes() -> None:
    assert check_source(SheetSource(a_page("<p>李家村</p>"))) == 1


def test_a_missing_glyph_is_named() -> None:
    ((kind, message),) = [fault for fault in faults_of("<p>李\U0002b740</p>") if "U+" in fault[1]]
    assert kind == "glyph"
    assert "“\U0002b740”（U+2B740）" in message


@pytest.mark.parametrize(
    "address",
    ["sheet:seal.png", "https://example.org/logo.png", "file:///etc/hostname", "logo.png", "ftp://example.org/a.png"],
)
def test_a_picture_that_was_not_handed_in_is_refused_and_named(address: str) -> None:
    ((kind, message),) = faults_of(f'<p>章</p><img src="{address}" alt="">')
    assert kind == "picture"
    assert address.rsplit("/", 1)[-1][:10] in message


def test_a_background_picture_from_outside_is_refused_too() -> None:
    faults = faults_of('<p style="background: url(https://example.org/x.png)">章</p>')
    assert [kind for kind, _ in faults] == ["picture"]


def test_a_picture_that_cannot_be_read_is_named() -> None:
    broken = {"seal.png": Picture(b"not a picture", "image/png")}
    ((kind, message),) = faults_of('<img src="sheet:seal.png" alt="">', pictures=broken)
    assert kind == "picture"
    assert "seal.png" in message
    assert "读不出来" in message


def test_a_fault_is_heard_even_when_somebody_silenced_the_layout_engines_log() -> None:
    logging.getLogger("weasyprint").disabled = True
    test_a_picture_that_cannot_be_read_is_named()


def test_sheets_made_at_the_same_time_hear_their_own_faults_only() -> None:
    started = threading.Barrier(2)

    def listen(fault: str) -> list[str]:
        with listening() as listener:
            started.wait(timeout=10)
            logging.getLogger("weasyprint").error(fault)
            started.wait(timeout=10)
        return [record.getMessage() for record in listener.heard]

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(listen, ("一", "二"))) == [["一"], ["二"]]


def test_a_picture_that_was_handed_in_is_printed() -> None:
    source = SheetSource(
        a_page('<img src="sheet:seal.png" alt="章" width="20">'), pictures={"seal.png": Picture(_PIXEL, "image/png")}
    )
    assert check_source(source) == 1


def test_text_that_leaves_the_page_is_named() -> None:
    faults = faults_of('<p style="white-space: nowrap">一二三四五六七八九十一二三四五六七八九十</p>')
    assert faults[0][0] == "overflow"
    assert "一二三四五六七八九十" in faults[0][1]
    assert "第1页" in faults[0][1]


def test_an_amount_wider_than_its_cell_is_named() -> None:
    cells = '<td style="width: 10mm">1,234,567,890.12</td><td style="width: 30mm">支</td>'
    faults = faults_of(f"<table><tr>{cells}</tr></table>")
    assert ("overflow", "第1页“1,234,567,890.12”放不下，超出了版面") in faults


def test_a_flow_that_runs_into_the_foot_is_named() -> None:
    body = '<div class="flow">一<br>二<br>三</div><div class="foot">脚<br>脚</div>'
    faults = faults_of(body, keep_apart=("flow", "foot"))
    assert faults[0][0] == "overlap"


def test_all_faults_come_in_one_message() -> None:
    long = "\U0002b740" + "一二三四五六七八九十" * 2
    body = f'<p style="white-space: nowrap">{long}</p><img src="sheet:x.png" alt="">'
    assert {"glyph", "picture", "overflow"} <= {kind for kind, _ in faults_of(body)}


def test_faults_stop_the_real_rendering_as_well() -> None:
    with pytest.raises(SheetUnprintable, match=r"no\.png"):
        render_pdf(
            source=SheetSource(a_page('<img src="sheet:no.png">')), created_at=datetime(2026, 10, 12, tzinfo=UTC)
        )


def test_the_fetcher_answers_only_what_it_was_given() -> None:
    fetcher = ClosedFetcher({"a.css": Picture(b"p{}", "text/css")})
    assert fetcher.fetch("sheet:a.css").read() == b"p{}"
    assert fetcher.fetch("data:text/plain,hi").read() == b"hi"
    with pytest.raises(PictureRefused):
        fetcher.fetch("file:///etc/passwd")
    assert fetcher.refused == ["file:///etc/passwd"]


def test_only_words_that_reach_the_paper_count_as_visible() -> None:
    html = a_page("<!-- 注 --><p>见&amp;闻</p><script>不见</script>")
    assert visible_text(html).strip() == "见&闻"
