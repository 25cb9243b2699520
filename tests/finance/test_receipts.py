"""Receipts: made anew before they are kept, told to readers of the village only, noticed when used twice."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from tests.factories import make_account, make_role, sign_in
from tests.finance.books import Q3, Books, count_as_computed, enter, line, make_books, october
from village_open.db import db, transaction
from village_open.finance.actions import open_period, submit_period
from village_open.finance.actions.receipts import KeptFile, TooManyReceipts, add_receipt, remove_receipt
from village_open.finance.errors import ReceiptNotFound, WrongStage
from village_open.finance.models import Line, Receipt
from village_open.finance.queries import get_statement
from village_open.finance.queries.flags import list_flags
from village_open.villages.models import RoleKind

HOME = "/villages/990101101200"


def photo(colour: str = "white", size: tuple[int, int] = (640, 480)) -> bytes:
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "GPS 30.1, 120.2"
    Image.new("RGB", size, colour).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def kept_file(name: str = "发票.jpg", original: str = "a") -> KeptFile:
    return KeptFile("1" * 64, "2" * 64, original * 64, "image/jpeg", name)


@pytest.fixture
def served(app: Flask) -> Iterator[Books]:
    with october():
        with app.app_context(), transaction():
            made = make_books()
            enter(made, line(made), line(made, summary="电费"))
        yield made


@pytest.fixture
def clerk(client: FlaskClient, served: Books) -> FlaskClient:
    sign_in(client, served.clerk.id)
    return client


@pytest.fixture
def books(both_engines: Flask) -> Iterator[Books]:
    with october():
        with transaction():
            made = make_books()
            enter(made, line(made), line(made, amount_fen=5))
        yield made


def hand_in(browser: FlaskClient, content: bytes, name: str = "发票.jpg", number: str = "", line_id: int = 1) -> str:
    data = {"file": (io.BytesIO(content), name), "invoice_number": number}
    answer = browser.post(f"{HOME}/2026Q3/lines/{line_id}/receipts", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    return browser.get(f"{HOME}/2026Q3/lines/{line_id}").text


def receipts_in(app: Flask) -> list[Receipt]:
    with app.app_context():
        return list(db.session.query(Receipt).order_by(Receipt.id))


def test_a_photo_is_kept_without_its_place_and_shown_small_and_large(app: Flask, clerk: FlaskClient) -> None:
    page = hand_in(clerk, photo(), number=" 0123 4567 ")
    assert "已收到 1 份凭证" in page
    assert "0123 4567" in page
    (kept,) = receipts_in(app)
    large = clerk.get(f"{HOME}/receipts/{kept.id}")
    assert large.mimetype == "image/jpeg"
    assert b"GPS" not in large.data
    assert max(Image.open(io.BytesIO(clerk.get(f"{HOME}/receipts/{kept.id}/thumb").data)).size) <= 320


def test_a_receipt_is_handed_out_as_a_file_and_never_as_a_page(app: Flask, clerk: FlaskClient) -> None:
    hand_in(clerk, photo(), name="<script>alert(1)</script>.html")
    (kept,) = receipts_in(app)
    answer = clerk.get(f"{HOME}/receipts/{kept.id}")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f"inline; filename=receipt-{kept.id}.jpg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "<script>alert" not in clerk.get(f"{HOME}/2026Q3/lines/1").text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html><script>alert(1)</script>", "a.jpg", "只收照片"),
        (b"PK\x03\x04rest", "a.pdf", "压缩包"),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png", ""),
        (b"", "empty.jpg", "只收照片"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_name(
    app: Flask, clerk: FlaskClient, content: bytes, name: str, words: str
) -> None:
    page = hand_in(clerk, content, name)
    assert f"{name}：" in page
    assert words in page
    assert receipts_in(app) == []


def test_several_files_are_taken_and_the_bad_one_named(app: Flask, clerk: FlaskClient) -> None:
    files = [(io.BytesIO(photo("red")), "一.jpg"), (io.BytesIO(b"x"), "坏.jpg"), (io.BytesIO(photo("blue")), "二.jpg")]
    clerk.post(f"{HOME}/2026Q3/lines/1/receipts", data={"file": files}, content_type="multipart/form-data")
    page = clerk.get(f"{HOME}/2026Q3/lines/1").text
    assert "已收到 2 份凭证" in page
    assert "坏.jpg：" in page
    assert len(receipts_in(app)) == 2


def test_nothing_chosen_is_told(clerk: FlaskClient) -> None:
    answer = clerk.post(f"{HOME}/2026Q3/lines/1/receipts", data={}, follow_redirects=True)
    assert "请先选择凭证照片" in answer.text


def test_only_people_of_the_village_see_a_receipt(app: Flask, clerk: FlaskClient, served: Books) -> None:
    hand_in(clerk, photo())
    with app.app_context(), transaction():
        neighbour = make_books(number=300, name="王家村", township=served.township)
        leader = make_account("区县领导", login="leader")
        make_role(leader, RoleKind.COUNTY_LEADER, "990101")
    for person, own, status in (
        (neighbour.clerk, HOME, 403),
        (neighbour.clerk, f"{HOME[:-3]}300", 404),
        (leader, HOME, 403),
    ):
        other = app.test_client()
        sign_in(other, person.id)
        assert other.get(f"{own}/receipts/1").status_code == status
        assert other.get(f"{own}/receipts/1/thumb").status_code == status
    assert app.test_client().get(f"{HOME}/receipts/1").status_code == 302


def test_a_receipt_is_taken_out_before_submitting(app: Flask, clerk: FlaskClient) -> None:
    hand_in(clerk, photo())
    assert clerk.post(f"{HOME}/2026Q3/lines/2/receipts/1/remove").status_code == 404
    assert clerk.post(f"{HOME}/2026Q3/lines/1/receipts/1/remove").status_code == 302
    assert clerk.get(f"{HOME}/receipts/1").status_code == 404
    assert "没有凭证的 2 笔" in clerk.get(f"{HOME}/2026Q3").text


def first_line(books: Books) -> Line:
    return db.session.query(Line).filter_by(village_id=books.village.id).order_by(Line.id).first()


def test_the_same_file_behind_the_same_line_is_kept_once(books: Books) -> None:
    with transaction():
        kept = [
            add_receipt(by=books.clerk, period=books.reload(), line_id=first_line(books).id, file=kept_file())
            for _ in "ab"
        ]
    assert kept[0].id == kept[1].id
    assert get_statement(books.reload()).lines[0].line.receipts == 1


def test_a_line_has_room_for_twenty_papers(books: Books) -> None:
    with transaction():
        for number in range(20):
            file = KeptFile("1" * 64, "2" * 64, f"{number:064d}", "image/jpeg", "a")
            add_receipt(by=books.clerk, period=books.reload(), line_id=first_line(books).id, file=file)
    with pytest.raises(TooManyReceipts), transaction():
        add_receipt(by=books.clerk, period=books.reload(), line_id=first_line(books).id, file=kept_file())


def test_a_submitted_period_takes_no_receipt_and_loses_none(books: Books) -> None:
    with transaction():
        kept = add_receipt(by=books.clerk, period=books.period, line_id=first_line(books).id, file=kept_file())
        count_as_computed(books)
        submit_period(by=books.clerk, period=books.period)
    with pytest.raises(WrongStage), transaction():
        add_receipt(by=books.clerk, period=books.reload(), line_id=first_line(books).id, file=kept_file(original="b"))
    with pytest.raises(WrongStage), transaction():
        remove_receipt(by=books.clerk, period=books.reload(), line_id=kept.line_id, receipt_id=kept.id)


def test_a_receipt_of_another_line_is_not_taken_out(books: Books) -> None:
    with transaction():
        kept = add_receipt(by=books.clerk, period=books.period, line_id=first_line(books).id, file=kept_file())
    with pytest.raises(ReceiptNotFound), transaction():
        remove_receipt(by=books.clerk, period=books.reload(), line_id=kept.line_id + 1, receipt_id=kept.id)


def told(books: Books, code: str = "2026Q3", *, for_township: bool) -> dict[str, str]:
    return {flag.kind.value: flag.sentence for flag in list_flags(books.reload(code), for_township=for_township)}


def test_one_picture_behind_two_lines_is_told_to_reviewers(books: Books) -> None:
    with transaction():
        for line_id in (first_line(books).id, first_line(books).id + 1):
            add_receipt(by=books.clerk, period=books.reload(), line_id=line_id, file=kept_file())
    assert "第 1 笔的凭证图片与第 2 笔相同" in told(books, for_township=False)["same_receipt"]


def test_an_invoice_of_another_village_is_told_to_the_township_only(books: Books) -> None:
    with transaction():
        other = make_books(number=300, name="王家村", township=books.township)
        enter(other, line(other, summary="修路"))
        for one, original in ((books, "a"), (other, "b")):
            file = kept_file(original=original)
            add_receipt(
                by=one.clerk, period=one.reload(), line_id=first_line(one).id, file=file, invoice_number="044001900111"
            )
    assert "same_receipt_elsewhere" not in told(books, for_township=False)
    sentence = told(books, for_township=True)["same_receipt_elsewhere"]
    assert "发票号码与王家村2026年第三季度 07-03“修路”相同" in sentence


def test_a_picture_of_an_earlier_period_of_the_same_village_is_noticed(books: Books) -> None:
    with transaction():
        add_receipt(by=books.clerk, period=books.period, line_id=first_line(books).id, file=kept_file())
        later = open_period(by=books.clerk, village=books.village, period=Q3.next)
        (again,) = enter(books, line(books, on=Q3.next.first_on, payee="新来的"), period=later)
        add_receipt(by=books.clerk, period=later, line_id=again.id, file=kept_file())
    found = told(books, "2026Q4", for_township=False)
    assert "李家村2026年第三季度 07-03“购打印纸 2 箱”" in found["same_receipt"]
    assert "新来的以前没有在本村账里出现过" in found["new_payee"]
