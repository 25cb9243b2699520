"""One file for the print shop, at the press of a button: page ranges, choice, bounds, and who may."""

import csv
import io
from io import BytesIO

import pikepdf
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from tests.factories import make_person, make_role, make_township, make_village, sign_in
from tests.published import make_published
from village_open.db import transaction
from village_open.notices.views import printing
from village_open.villages.models import RoleKind

RUN = "/office/990101101/prints/2026Q3"
FILE = f"{RUN}/sheets.pdf"
PAGES = {"李家村": 2, "王家村": 3}


def a_pdf(pages: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(100 + pages, 200))
        pdf.save(out)
    return out.getvalue()


@pytest.fixture
def office(app: Flask, client: FlaskClient) -> FlaskClient:
    """An officer of a township in which two villages have issued their quarter and one has not."""
    with app.app_context(), transaction():
        township = make_township()
        for number, (name, pages) in enumerate(PAGES.items(), start=200):
            make_published(make_village(township, number=number, name=name), sheet=a_pdf(pages), pages=pages)
        make_village(township, number=202, name="赵家村")
        officer = make_person("陈思远", login="office", must_change_password=False)
        make_role(officer, RoleKind.TOWNSHIP_OFFICE, township.code)
        officer_id = officer.id
    sign_in(client, officer_id)
    return client


def rows(client: FlaskClient, query: str = "") -> list[list[str]]:
    answer = client.get(f"{RUN}{query}")
    assert answer.status_code == 200
    return [[cell.text for cell in row.select("th, td")] for row in BeautifulSoup(answer.text, "html.parser").select(
        "tbody tr"
    )]  # fmt: skip


def widths(client: FlaskClient, query: str = "") -> list[int]:
    answer = client.get(f"{FILE}{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        return [int(page.mediabox[2]) for page in pdf.pages]


def test_the_page_says_on_which_pages_of_the_file_each_sheet_stands(office: FlaskClient) -> None:
    assert [row[0] for row in rows(office)] == ["1—2", "3—5"]
    assert ["李家村" in row[1] for row in rows(office)] == [True, False]
    assert widths(office) == [102, 102, 103, 103, 103]


def test_the_page_says_which_sheet_is_for_the_hand(office: FlaskClient) -> None:
    assert [row[4] for row in rows(office)] == ["供索取，拿在手里看"] * 2


def test_only_the_chosen_villages_are_joined(office: FlaskClient) -> None:
    query = "?village=990101101201"
    assert [row[0] for row in rows(office, query)] == ["1—3"]
    assert widths(office, query) == [103, 103, 103]


def test_what_is_left_out_is_said_with_its_reason(office: FlaskClient) -> None:
    page = office.get(RUN).text
    assert "赵家村：2026年第三季度还没有签发" in page
    assert "李家村：财务公开榜（A4 纵向）：还没有做过这种纸" in page


def test_a_paper_that_was_never_made_is_not_made_by_looking(office: FlaskClient) -> None:
    assert rows(office, "?paper=A2-landscape") == []
    assert office.get(f"{FILE}?paper=A2-landscape").status_code == 422


def test_a_file_is_bounded_and_the_page_says_so(office: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_SHEETS", 1)
    assert "最多合并 1 份" in office.get(RUN).text
    assert widths(office) == [102, 102]


def test_villages_of_another_township_are_never_in_the_file(app: Flask, office: FlaskClient) -> None:
    with app.app_context(), transaction():
        elsewhere = make_township(code="990101102", name="白水镇")
        make_published(make_village(elsewhere, number=200, name="外村"), sheet=a_pdf(9), pages=9)
    assert widths(office, "?village=990101102200&village=990101101200") == [102, 102]
    assert office.get("/office/990101102/prints/2026Q3").status_code == 403


def test_the_matrix_leads_the_office_to_the_print_run(office: FlaskClient) -> None:
    matrix = BeautifulSoup(office.get("/office/990101101/matrix?period=2026Q3").text, "html.parser")
    assert matrix.find("a", string="批量打印公示单")["href"] == RUN


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_print_run_goes_home_as_a_table_with_what_is_left_out(office: FlaskClient, ending: str) -> None:
    links = BeautifulSoup(office.get(RUN).text, "html.parser").select(".take-home a")
    answer = office.get(next(link["href"] for link in links if f".{ending}" in link["href"]))
    if ending == "csv":
        table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    else:
        table = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    printed = [row for row in rows if row["编号"]]
    assert [(row["村"], row["文件里的页码"], int(row["页数"])) for row in printed] == [
        ("李家村", "1—2", 2), ("王家村", "3—5", 3),
    ]  # fmt: skip
    assert {row["用途"] for row in printed} == {"供索取，拿在手里看"}
    left_out = [(row["村"], row["没有编进文件的原因"]) for row in rows if not row["编号"]]
    assert ("赵家村", "2026年第三季度还没有签发") in left_out


def test_the_list_to_take_home_is_that_of_the_chosen_villages_and_paper(office: FlaskClient) -> None:
    page = office.get(f"{RUN}?village=990101101201&paper=A4-portrait")
    links = [link["href"] for link in BeautifulSoup(page.text, "html.parser").select(".take-home a")]
    told = office.get(next(link for link in links if ".csv" in link)).data.decode("utf-8-sig")
    assert "王家村" in told
    assert "李家村" not in told
