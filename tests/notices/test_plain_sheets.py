"""The plain words on paper and on their page: the frozen figures, one A4, large print, two texts to hand on."""

import json
import re

import pymupdf
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import sign_in
from tests.notices.printed import text_of
from tests.published import make_published, some_lines
from tests.ready_periods import make_desk, submit_ready
from village_open.core.codes import grouped
from village_open.core.money import format_fen, spoken_yuan
from village_open.db import transaction
from village_open.identity.models import Person
from village_open.notices.models import Disclosure
from village_open.notices.verifying import verify_pdf

PERIOD = "/villages/990101101200/2026Q3"


def published(app: Flask) -> tuple[str, dict, int]:
    """Two issued quarters; returns code and content of the later one, and the clerk's id."""
    with app.app_context(), transaction() as session:
        desk = make_desk()
        submit_ready(desk)
        make_published(desk.village, period_code="2026Q2", lines=some_lines(3))
        made = make_published(desk.village, seq=2, lines=some_lines(40), plain_reason="汛期抢修机耕路")
        return made.code, json.loads(made.content), session.get_one(Person, desk.clerk.id).id


def test_the_clerk_prints_the_frozen_figures_in_plain_words_on_one_page_and_in_large_print(
    app: Flask, client: FlaskClient
) -> None:
    code, content, clerk = published(app)
    sign_in(client, clerk)
    page = client.get(f"{PERIOD}/issue").text
    for size in ("usual", "large"):
        assert f"{PERIOD}/plain/{size}.pdf" in page
        pdf = client.get(f"{PERIOD}/plain/{size}.pdf").data
        text = text_of(pdf)
        for fen in content["totals"].values():
            assert format_fen(fen) + "元" in text
            assert spoken_yuan(fen) in text
        for words in (
            content["number"],
            grouped(code),
            "村民委员会说明：汛期抢修机耕路",
            "周春梅保留意见",
            "0990-1234567",
        ):
            assert words in text, words
        assert verify_pdf(pdf).holds
        with pymupdf.open(stream=pdf) as document:
            sizes = [
                span["size"]
                for sheet in document
                for block in sheet.get_text("dict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                if span["text"].strip()
            ]
            assert (document.page_count == 1) is (size == "usual")
            assert min(sizes) >= (22 if size == "large" else 10.5) - 0.1


def test_everybody_reads_the_script_and_the_text_for_the_chat_group(app: Flask, client: FlaskClient) -> None:
    code, content, _ = published(app)
    answer = client.get(f"/v/{code}/words")
    text = re.sub(r"\s", "", BeautifulSoup(answer.text, "html.parser").text)
    closing = content["totals"]["closing_fen"]
    assert f"本季结存{spoken_yuan(closing)}。" in text
    assert f"本季结存{format_fen(closing)}元。" in text
    assert grouped(code) in text
    assert f"/v/{code}/words" in client.get("/village/990101101200/2026Q3/finance").text
    with app.app_context(), transaction() as session:
        old = session.query(Disclosure).filter_by(code=code).one()
        newer = make_published(old.village, seq=3, lines=some_lines(40), replaces=old).code
    assert f"/v/{newer}" in client.get(f"/v/{code}/words").text
