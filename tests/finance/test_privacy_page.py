"""The township's check for secrets looks at exactly the words that will be published."""

import html
import re
from collections.abc import Iterator

import pytest

from tests.finance.review_world import BASE, in_october, make_review_world
from village_open.core import clock
from village_open.db import db
from village_open.finance.models import Line
from village_open.notices.contents import draft_content

PRIVACY = f"{BASE}/check/privacy"
DIRTY = {
    "voucher": ("付13700005678", "付137****5678", "手机号"),
    "summary": ("付王某13812345678修路款", "付王某138****5678修路款", "手机号"),
    "payee": ("王某410782199001011234", "王某410782********1234", "身份证号"),
    "note": ("汇入6222021302001234567", "汇入6222********4567", "银行卡号"),
}


@pytest.fixture
def world(app):
    with in_october():
        world = make_review_world(app)
        with world.acting() as period:
            line = db.session.get_one(Line, world.line_ids[1])
            for name, (typed, _shown, _kind) in DIRTY.items():
                setattr(line, name, typed)
            period.state = "confirmed"
            period.confirmed_body, period.confirmed_note = "联席会议", "主持人电话13912345678"
        yield world


def page_of(world) -> str:
    found = world.browser(world.desk.officer).get(PRIVACY)
    assert found.status_code == 200
    return html.unescape(found.get_data(as_text=True))


def words_in(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from words_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from words_in(value)
    elif isinstance(content, str):
        yield content


def test_every_word_that_a_disclosure_takes_from_the_village_stands_on_the_page_as_it_will_be_published(world):
    page = page_of(world)
    with world.acting() as period:
        content = draft_content(period, issued_on=clock.today())
    typed = ("summary", "code_name", "payee", "handler", "witness", "approver", "note", "voucher", "account")
    lines = [line[name] for line in content["lines"] for name in (*typed, "to_account", "objection", "answer")]
    beside = [*words_in(content["money_accounts"]), content["confirmed"]["note"], content["provisional"]]
    keys = {"cash", "bank"}
    wanted = {word for word in (*lines, *beside, content["opening_basis"]) if word} - keys
    assert len(wanted) > 10
    assert {word for word in wanted if word not in page} == set()


@pytest.mark.parametrize("name", DIRTY)
def test_what_masking_changed_is_shown_masked_and_its_kind_is_said_at_the_line(world, name):
    typed, shown, kind = DIRTY[name]
    page = page_of(world)
    row = re.search(r'<tr id="line-2">.*?</tr>', page, re.DOTALL)[0]
    assert typed not in page
    assert re.search(rf"{re.escape(shown)}<span class=\"why\">已遮盖：{kind}</span>", row)


def test_the_lines_with_masked_numbers_are_listed_above_the_table(world):
    above = page_of(world).split("<table")[0]
    assert "有 1 笔写了个人号码" in above
    assert re.search(r'<a href="#line-2">第 2 笔</a>：手机号、身份证号、银行卡号', above)


def test_words_beside_the_lines_are_masked_too(world):
    page = page_of(world)
    assert "联席会议：主持人电话139****5678" in page
    assert "账户：银行存款" in page
    assert "13912345678" not in page


def test_the_township_can_return_the_quarter_from_this_page(world):
    assert f'href="{BASE}/check/return"' in page_of(world)


def test_the_reason_of_an_exception_is_looked_at_as_it_will_be_published(world):
    with world.acting() as period:
        line = db.session.get_one(Line, world.line_ids[2])
        line.exemption_kind, line.exemption = "disaster", "打13812345678报的险"
        db.session.flush()
        content = draft_content(period, issued_on=clock.today())
    row = re.search(r'<tr id="line-3">.*?</tr>', page_of(world), re.DOTALL)[0]
    assert content["lines"][2]["exemption"] == "抢险救灾，打138****5678报的险"
    assert f"例外支出：{content['lines'][2]['exemption']}" in row
