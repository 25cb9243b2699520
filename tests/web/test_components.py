"""Each component says what its page relies on: words for every state, blanks for zero, nothing inline."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import flash, render_template_string

from village_open.core.calendars import Deadline
from village_open.core.periods import Period

TEMPLATES = Path(__file__).parents[2] / "templates"
MACROS = sorted((TEMPLATES / "components").glob("*.html"))
PAGES = [*sorted(TEMPLATES.glob("*.html")), *MACROS, *sorted((TEMPLATES / "errors").glob("*.html"))]


def use(macro, file=None):
    return f'{{% from "components/{file or macro}.html" import {macro} %}}'


def words(element):
    return "".join(element.get_text().split())


# pages


STAFF_PAGE = """{% extends "base.html" %}{% block heading %}李家村 <em>财务收支</em>{% endblock %}"""


def test_a_page_has_one_heading_which_is_its_title_and_a_way_past_the_navigation(render):
    page = render(STAFF_PAGE, nav=[("财务", "/f", True), ("公示", "/n", False)])
    assert [h.text for h in page.find_all("h1")] == ["李家村 财务收支"]
    assert page.title.text == "李家村 财务收支 · 村务公开"
    assert page.find("a", class_="skip")["href"] == "#main"
    assert page.main["id"] == "main"
    assert page.html["lang"] == "zh-CN"
    assert [a.text for a in page.nav.find_all("a", attrs={"aria-current": "page"})] == ["财务"]


def test_the_staff_head_names_person_and_role_and_signs_out_by_a_post_with_a_token(render):
    page = render(STAFF_PAGE, person="王小兰", role="村报账员", place="青山镇李家村", sign_out_url="/out")
    assert words(page.header) == "村务公开青山镇李家村王小兰村报账员退出登录"
    form = page.header.form
    assert (form["method"], form["action"]) == ("post", "/out")
    assert form.find("input", attrs={"name": "csrf_token"})["value"]


def test_pages_do_without_any_context_processor(render):
    page = render(STAFF_PAGE)
    assert page.find("form") is None
    assert page.find(class_="main-nav") is None


def test_residents_pages_are_set_larger_and_lead_back_to_the_village(render):
    page = render(
        '{% extends "public_base.html" %}{% block heading %}公示{% endblock %}', place="李家村", place_url="/v/1"
    )
    assert page.html["class"] == ["public"]
    assert page.header.find("a", string="李家村")["href"] == "/v/1"


def test_flashed_messages_stay_on_the_page_in_a_live_region(screen):
    with screen.test_request_context("/"):
        flash("第 12 笔已经保存。", "success")
        page = BeautifulSoup(render_template_string(STAFF_PAGE), "html.parser")
    region = page.find(attrs={"aria-live": "polite"})
    assert region.find(class_="notice good").text == "第 12 笔已经保存。"


def test_everything_a_page_loads_comes_from_this_server(render):
    page = render(STAFF_PAGE)
    loaded = [e.get("src") or e.get("href") for e in page.find_all(["script", "link", "img"])]
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_carries_inline_style_or_script(path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert not soup.find_all("style")
    assert all(script.get("src") for script in soup.find_all("script"))
    inline = [name for tag in soup.find_all(True) for name in tag.attrs if name == "style" or name.startswith("on")]
    assert inline == []


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_each_component_begins_with_its_call_and_defines_the_macro_of_its_name(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#")
    assert f"{path.stem}" in text.split("#}")[0]
    assert "{% macro " + path.stem.removesuffix("s") in text


# figures and states


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("money_cell(123450)", "1,234.50"),
        ("money_cell(-120)", "-1.20"),
        ("money_cell(0)", ""),
        ("money_cell(none)", ""),
        ("money_cell(0, zero='0.00')", "0.00"),
    ],
)
def test_a_money_cell_shows_yuan_and_leaves_zero_blank(render, call, shown):
    cell = render(use("money_cell", "money") + "{{ " + call + " }}").td
    assert (cell.text, cell["class"]) == (shown, ["money"])


def test_a_money_cell_leads_to_the_rows_behind_its_figure_and_a_blank_one_nowhere(render):
    cells = use("money_cell", "money") + "{{ money_cell(5, url='/rows') }}{{ money_cell(0, url='/rows') }}"
    page = render(cells)
    assert [(a.text, a["href"]) for a in page.find_all("a")] == [("0.05", "/rows")]


def test_a_figure_in_a_sentence_says_zero(render):
    assert render(use("money") + "{{ money(0) }}").text == "0.00"


IDENTITY = use("identity") + "{{ identity(opening_fen=a, income_fen=b, expense_fen=c, closing_fen=d, period=period) }}"


def test_the_identity_box_reads_as_one_sum_with_the_closing_in_words(render):
    box = render(IDENTITY, a=1234567, b=3504520, c=2137890, d=2601197, period=Period.parse("2026Q3"))
    assert words(box.find(class_="sum")) == "上季结存12,345.67＋本季收入35,045.20－本季支出21,378.90＝本季结存26,011.97"
    assert "贰万陆仟零壹拾壹元玖角柒分" in box.text
    assert box.find(class_="broken") is None


def test_the_identity_box_of_a_month_says_month(render):
    box = render(IDENTITY, a=0, b=0, c=0, d=0, period=Period.parse("2026M07"))
    assert words(box.find(class_="sum")) == "上月结存0.00＋本月收入0.00－本月支出0.00＝本月结存0.00"


def test_each_figure_of_the_identity_leads_to_its_rows_where_the_page_has_them(render):
    links = {name: f"/{name}" for name in ("opening", "correction", "income", "expense", "closing")}
    source = IDENTITY.replace(") }}", ", correction_fen=5, links=links) }}")
    box = render(source, a=100, b=50, c=20, d=135, links=links, period=Period.parse("2026Q3"))
    assert [figure.a["href"] for figure in box.find_all(class_="figure")] == list(links.values())


def test_a_broken_identity_says_by_how_much_and_never_shows_an_equals_sign(render):
    box = render(IDENTITY, a=100, b=50, c=20, d=131, period=Period.parse("2026Q3"))
    assert "算式不平，相差 -0.01 元" in box.text
    assert "＝" not in box.text + "".join(e["data-sign"] for e in box.find_all(attrs={"data-sign": True}))


def test_steps_tell_their_state_in_words_and_mark_the_present_one(render):
    chain = [
        {"label": "录入", "state": "done", "url": "/entry"},
        {"label": "审核", "state": "now", "note": "还有 3 笔"},
        {"label": "签署", "state": "blocked"},
        {"label": "镇审", "state": "todo"},
    ]
    items = render(use("steps") + "{{ steps(chain) }}", chain=chain).find_all("li")
    assert [words(i) for i in items] == ["录入已完成", "审核还有3笔", "!签署受阻", "镇审未开始"]
    assert [i.get("aria-current") for i in items] == [None, "step", None, None]
    assert items[0].a["href"] == "/entry"
    assert items[3].a is None


@pytest.mark.parametrize("kind", ["done", "now", "wait", "doubt", "refused", "late", "draft"])
def test_a_badge_tells_its_state_by_word_and_shape(render, kind):
    badge = render(use("status_badge") + f"{{{{ status_badge('疑问', '{kind}') }}}}").span
    shape = badge.find(attrs={"aria-hidden": "true"}).extract()
    assert shape.text.strip()
    assert badge.text == "疑问"


def test_a_deadline_shows_its_day_its_lateness_and_how_it_was_found(render):
    due = Deadline(date(2026, 10, 12), "季度结束后 10 日，逢休息日顺延。")
    box = render(use("deadline") + "{{ deadline(due, late_days=3) }}", due=due)
    assert box.time["datetime"] == "2026-10-12"
    assert box.time.text == "2026年10月12日"
    assert "逾期 3 天" in box.text
    assert "逢休息日顺延" in box.details.text


def test_record_sentences_give_moment_in_china_person_deed_and_place_in_the_chain(render):
    line = SimpleNamespace(seq=14, at=datetime(2026, 10, 3, 1, 30, tzinfo=UTC), actor_name="王小兰", said="录入一笔。")
    item = render(use("record_sentences", "record_sentence") + "{{ record_sentences([line]) }}", line=line).li
    assert words(item) == "2026-10-0309:30·第14条王小兰：录入一笔。"


# lists


def test_a_table_can_be_reached_by_keyboard_and_carries_caption_and_unit(render):
    page = render(use("table") + "{% call table('收支明细', unit='元') %}<tbody></tbody>{% endcall %}")
    frame = page.find(class_="table-frame")
    assert (frame["tabindex"], frame["role"], frame["aria-label"]) == ("0", "region", "收支明细")
    assert page.caption.text == "收支明细"
    assert page.find(class_="unit").text == "单位：元"


@pytest.mark.parametrize(
    ("wide", "cards", "classes"), [(False, False, []), (True, False, ["wide"]), (False, True, ["cards"])]
)
def test_a_table_turns_wide_or_into_cards_when_asked(render, wide, cards, classes):
    page = render(use("table") + "{% call table('表', wide=wide, cards=cards) %}{% endcall %}", wide=wide, cards=cards)
    assert page.find(class_="table-frame")["class"] == ["table-frame", *classes]


def page_of(number, total):
    return SimpleNamespace(number=number, pages=max(1, -(-total // 50)), total=total, per_page=50, items=[])


@pytest.mark.parametrize(
    ("number", "total", "links"),
    [(1, 320, ["next"]), (3, 320, ["prev", "next"]), (7, 320, ["prev"]), (1, 12, [])],
)
def test_the_pager_leads_on_and_back_only_where_there_is_more(render, number, total, links):
    page = render(use("pager") + "{{ pager(page) }}", page=page_of(number, total))
    assert [a["rel"][0] for a in page.find_all("a")] == links


def test_the_pager_keeps_the_rest_of_the_query_and_survives_hostile_names(render):
    address = "/list?q=a%26b&q=c&page=2&_scheme=javascript&endpoint=x"
    page = render(use("pager") + "{{ pager(page) }}", address, page=page_of(2, 320))
    assert page.find("a", rel="next")["href"] == "?q=a%26b&q=c&_scheme=javascript&endpoint=x&page=3"


def test_an_empty_list_shows_no_pager(render):
    assert words(render(use("pager") + "{{ pager(page) }}", page=page_of(1, 0))) == ""


def test_an_empty_page_teaches_what_comes_who_does_it_and_by_when(render):
    box = render(
        use("empty")
        + "{{ empty('还没有录入', what='每一笔收支。', who='村报账员', by=day, button=('录入', '/new')) }}",
        day=date(2026, 10, 10),
    )
    assert words(box) == "还没有录入每一笔收支。由村报账员办理，2026年10月10日前完成。录入"
    assert box.a["href"] == "/new"


def test_a_data_list_says_when_a_value_is_missing_and_shows_a_zero(render):
    page = render(use("data_list") + "{{ data_list([('编号', none), ('张数', 0)]) }}")
    assert [words(d) for d in page.find_all("dd")] == ["未填写", "0"]


def test_a_chart_is_never_without_its_figures_in_a_table(render):
    source = "{{ figure_chart('支出构成', src='/c.svg', rows=[('办公费', 48650, '/a')], "
    source += "total_fen=48650, total_url='/b', head='项目') }}"
    figure = render(use("figure_chart") + source).figure
    assert "支出构成" in figure.img["alt"]
    assert [words(r) for r in figure.table.find_all("tr")] == ["项目金额（元）", "办公费486.50", "合计486.50"]
    assert [a["href"] for a in figure.table.find_all("a")] == ["/a", "/b"]


def test_the_trail_ends_with_the_page_itself(render):
    page = render(use("trail") + "{{ trail([('李家村', '/v'), ('财务', none)]) }}")
    assert page.a["href"] == "/v"
    assert page.find(attrs={"aria-current": "page"}).text == "财务"
