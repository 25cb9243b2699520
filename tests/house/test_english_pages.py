"""Pages in English: what the house says is English; names, summaries, the record and refusals stay Chinese."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.house.audiences import AUDIENCE_OF, may_enter
from tests.house.gate import Gate, addresses, place_argument
from tests.house.tree import HANZI, ROOT, complain
from tests.house.worlds import Made, gate_before
from tests.world import OWN
from village_open.db import db
from village_open.decisions.models import Matter, Roster, RosterMember
from village_open.finance.models import Line, MoneyAccount
from village_open.identity.models import Person
from village_open.villages.models import NoticeBoard, Township, Village

CATALOGUE = ROOT / "village_open/translations/en/LC_MESSAGES/messages.po"
SAID_BY_THE_HOUSE = (
    "h1, h2, h3, caption, thead th, label, legend, button, .btn, .main-nav a, .trail a, .steps .word, .steps .state, "
    ".hint, .badge-word, .unit, .identity .word, footer p, dt, summary"
)
"""The parts of a page that hold no data besides names."""
PAPERS = {
    "finance.print_sign_off", "decisions.print_sign_off", "notices.preview_sheet", "notices.draft_sheet",
    "decisions.print_notice", "decisions.print_sign_in_sheet", "decisions.print_ballots",
    "decisions.print_minutes_form", "decisions.print_result_form", "decisions.print_register",
}  # fmt: skip
"""These are Chinese always: they are signed, or hang on the board."""


@pytest.fixture(scope="module")
def english(small_world: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A gate whose English is the catalogue as it stands, not as it was compiled last."""
    gate = gate_before(small_world, tmp_path_factory.mktemp("english"))
    folder = tmp_path_factory.mktemp("translations")
    compiled = folder / "en/LC_MESSAGES/messages.mo"
    compiled.parent.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source))
    gate.app.extensions["babel"].translation_directories = [str(folder)]
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def names(english: Gate) -> re.Pattern[str]:
    """What people, places, accounts and lines are called in the small world, and examples of what may be typed."""
    columns = (
        Person.name, Village.name, Township.name, MoneyAccount.name, NoticeBoard.place, Line.summary, Matter.title,
        Roster.source, RosterMember.name,
    )  # fmt: skip
    with english.app.app_context():
        found = {name for column in columns for name in db.session.scalars(select(column))}
    return re.compile("|".join([*sorted(map(re.escape, found), key=len, reverse=True), '"[^"]*"', "[万多余约]"]))


def in_chinese(html: str, names: re.Pattern[str]) -> list[str]:
    """List what the house says in Chinese on a page."""
    page = BeautifulSoup(html, "html.parser")
    texts = [part.get_text(" ", strip=True) for part in page.select(SAID_BY_THE_HOUSE) if not part.select("[lang=zh]")]
    texts += [str(part["placeholder"]) for part in page.select("[placeholder]")]
    return [text for text in texts if re.search(f"[{HANZI}]", names.sub("", text))]


def pages_of(gate: Gate, endpoint: str) -> Iterator[tuple[str, str]]:
    """Yield address and HTML of an endpoint's pages at the own village, each as the first visitor who may see it."""
    for rule in gate.rules(endpoint):
        if "GET" not in (rule.methods or ()):
            continue
        audience, argument = AUDIENCE_OF[endpoint], place_argument(rule)
        may = [who for who in gate.world.visitors.values() if may_enter(who, audience, argument, OWN)]
        for url in addresses(rule, gate.world.places[OWN], endpoint):
            for visitor in may:
                answer = gate.ask(visitor, "GET", f"{url}?lang=en")
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    yield url, answer.text
                if answer.status_code not in (302, 403):
                    break


@pytest.mark.usefixtures("sheets_set_once")
@pytest.mark.parametrize("endpoint", sorted(set(AUDIENCE_OF) - PAPERS))
def test_what_the_house_says_on_an_english_page_is_english(
    english: Gate, names: re.Pattern[str], endpoint: str
) -> None:
    found = {f"{text}  ({url})" for url, html in pages_of(english, endpoint) for text in in_chinese(html, names)}
    assert not found, complain(f"{endpoint} speaks Chinese in English", "mark the text, or say it `|spoken`", [*found])


def test_the_check_finds_chinese_beside_names(names: re.Pattern[str]) -> None:
    page = (
        "<h1>200村 Issue</h1><h2>200村 签发</h2><p class='hint'>Such as &quot;现金&quot;</p><p>办公用品</p>"
        "<table><thead><tr><th>Date</th><th>日期</th></tr></thead></table><input placeholder='村'>"
    )
    assert in_chinese(page, names) == ["200村 签发", "日期", "村"]


def test_a_page_leads_to_its_other_language_and_keeps_the_question(english: Gate) -> None:
    nobody = next(iter(english.world.visitors.values()))
    asked = [("q", "机耕路 & 桥"), ("page", "2"), ("lang", "en")]
    page = BeautifulSoup(english.ask(nobody, "GET", "/search", query_string=dict(asked)).text, "html.parser")
    links = {str(link["lang"]): link for link in page.select("footer a[hreflang]")}
    assert {word: link.text for word, link in links.items()} == {"zh": "中文", "en": "English"}
    assert [word for word, link in links.items() if link.get("aria-current")] == ["en"]
    address = urlsplit(str(links["zh"]["href"]))
    assert (address.netloc, address.path) == ("", "")
    assert dict(parse_qsl(address.query)) == {**dict(asked), "lang": "zh"}


def test_the_answer_to_a_form_offers_no_other_language(english: Gate) -> None:
    nobody = next(iter(english.world.visitors.values()))
    english.app.config["WTF_CSRF_ENABLED"] = False
    answer = english.ask(nobody, "POST", "/sign-in?lang=en", data={"login": "nobody", "password": "wrong"})
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select("h1")
    assert not page.select("footer a[hreflang]")


def test_a_page_kept_by_a_browser_is_kept_for_one_language(english: Gate) -> None:
    nobody = next(iter(english.world.visitors.values()))
    answer = english.ask(nobody, "GET", "/")
    assert answer.headers["Cache-Control"].startswith("public")
    assert "cookie" in answer.headers["Vary"].lower()
