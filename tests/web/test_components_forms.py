"""Every control has its name, hint and error tied to it, and nothing typed is lost on an error page."""

import pytest


def use(macro, file=None):
    return f'{{% from "components/{file or macro}.html" import {macro} %}}'


def words(element):
    return "".join(element.get_text().split())


# forms


@pytest.mark.parametrize("name", ["summary", "amount", "item", "cash", "note", "photo"])
def test_each_control_has_its_label_hint_and_error_tied_to_it(render, wrong_form, name):
    page = render(use("field") + "{{ field(f, hint='怎样填写') }}", f=wrong_form[name])
    control = page.find(id=name)
    assert page.find("label", attrs={"for": name})
    expected = ([f"{name}-error"] if wrong_form[name].errors else []) + [f"{name}-hint"]
    assert control["aria-describedby"].split() == expected
    assert all(page.find(id=part) for part in expected)
    assert control.get("aria-invalid") == ("true" if wrong_form[name].errors else None)


def test_a_field_without_hint_or_error_points_to_nothing(render, wrong_form):
    assert "aria-describedby" not in render(use("field") + "{{ field(f) }}", f=wrong_form["note"]).find(id="note").attrs


def test_radio_buttons_are_one_group_with_a_legend_and_labels(render, wrong_form):
    page = render(use("field") + "{{ field(f) }}", f=wrong_form["kind"])
    assert words(page.fieldset.legend) == "收支"
    assert [page.find("label", attrs={"for": i["id"]}).text for i in page.find_all("input")] == ["收入", "支出"]
    assert page.fieldset["aria-describedby"] == "kind-error"


def test_what_may_be_left_out_says_so(render, wrong_form):
    source = use("field") + "{{ field(f) }}"
    assert "可不填" in render(source, f=wrong_form["note"]).label.text
    assert "可不填" not in render(source, f=wrong_form["summary"]).label.text


def test_an_unreadable_amount_comes_back_as_it_was_typed(render, wrong_form):
    page = render(use("field") + "{{ field(f) }}", f=wrong_form["amount"])
    assert page.input["value"] == "5.9万"
    assert "5.9万" in page.find(id="amount-error").text


def test_the_error_summary_links_every_error_to_a_control_on_the_page(render, wrong_form):
    source = (
        use("error_summary")
        + use("field")
        + (
            "{{ error_summary(form, more=[('算式不平。', none)]) }}"
            "{% for f in form if f.type not in ('CSRFTokenField', 'FieldList') %}{{ field(f) }}{% endfor %}"
            "{% for f in form.notes %}{{ field(f) }}{% endfor %}"
        )
    )
    page = render(source, form=wrong_form)
    links = [a["href"] for a in page.find(class_="error-summary").find_all("a")]
    assert links == ["#summary", "#amount", "#item", "#kind-0", "#notes-0"]
    assert all(page.find(id=link[1:]).name in ("input", "select") for link in links)
    assert "算式不平。" in page.text


def test_a_form_without_errors_shows_no_summary(render, untouched_form):
    assert words(render(use("error_summary") + "{{ error_summary(form) }}", form=untouched_form)) == ""


def test_a_file_input_says_what_it_takes_before_it_refuses(render, wrong_form):
    source = "{{ file_input(f, accept='image/jpeg', hint='不超过 10 MB', several=true, kept=['收据.jpg']) }}"
    page = render(use("file_input") + source, f=wrong_form["photo"])
    assert page.input["aria-describedby"] == "photo-hint"
    assert page.find(id="photo-hint").text == "不超过 10 MB"
    assert "multiple" in page.input.attrs
    assert "已经收到：收据.jpg" in page.text


def test_form_buttons_are_one_deed_and_one_way_out(render):
    page = render(use("form_buttons") + "{{ form_buttons('保存', cancel_url='/back') }}")
    assert (page.button.text, page.a["href"]) == ("保存", "/back")


@pytest.mark.parametrize(("post", "tag"), [(False, "a"), (True, "button")])
def test_the_next_step_is_one_primary_button(render, post, tag):
    page = render(use("next_step") + "{{ next_step('提交审核', '/submit', post=post) }}", post=post)
    assert [e.name for e in page.find_all(class_="btn-primary")] == [tag]
    assert bool(page.find("input", attrs={"name": "csrf_token"})) is post


def test_a_grave_deed_is_asked_for_on_a_page_that_says_what_follows(render):
    source = "{% call confirm('签发', cancel_url='/back', consequences=['不能收回。'], token=true) %}{% endcall %}"
    page = render(use("confirm") + source)
    assert "不能收回。" in page.find(class_="notice").text
    assert page.form["method"] == "post"
    assert page.form.find("input", attrs={"name": "csrf_token"})["value"]
    assert (page.button.text, page.form.a["href"]) == ("签发", "/back")


# error pages


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 422, 429, 500])
def test_an_error_page_says_what_happened_what_was_kept_and_what_to_do(render, code):
    page = render(f'{{% include "errors/{code}.html" %}}', method="POST", data={"summary": "付路灯电费"})
    assert len(page.find_all("h1")) == 1
    assert [h.text for h in page.find_all("h2")] == ["保留了什么", "现在怎么办"]
    assert all(p.text.strip() for p in page.main.find_all("p"))


def test_an_error_page_shows_the_sentence_of_the_error_itself(render):
    page = render('{% include "errors/409.html" %}', message="还有 3 笔没有审核，不能签署。")
    assert "还有 3 笔没有审核，不能签署。" in page.main.text


def test_what_was_typed_comes_back_on_the_error_page_but_no_secret_does(render):
    sent = {"summary": "付路灯电费", "new_password": "secret-1", "csrf_token": "token-1", "version_id": "77"}
    page = render('{% include "errors/500.html" %}', method="POST", data=sent)
    assert page.textarea.text.strip() == "付路灯电费"
    assert page.find("label", attrs={"for": page.textarea["id"]})


def test_an_edit_conflict_shows_both_texts_and_says_where_they_differ(render):
    rows = [("摘要", "付电费（7月）", "付电费"), ("日期", "2026-07-15", "2026-07-15")]
    page = render('{% include "errors/409.html" %}', rows=rows, again_url="/lines/3")
    assert page.h1.text == "别人刚刚改过同一项内容"
    first, second = page.tbody.find_all("tr")
    assert words(first) == "摘要付电费（7月）与已保存的不同付电费"
    assert words(second) == "日期2026-07-152026-07-15"
    assert page.find("a", href="/lines/3")


def test_a_wrong_address_says_nothing_about_what_was_kept(render):
    assert "保留了什么" not in render('{% include "errors/404.html" %}').text
