"""What people type is read, and what cannot be read comes back with a Chinese reason."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from village_open.core.codes import grouped, sheet_code
from village_open.core.periods import Period, PeriodUnreadable
from village_open.web.fields import (
    ChineseForm,
    ChineseSubform,
    CodeField,
    DayField,
    FenField,
    PeriodField,
    choices_of,
)
from village_open.web.filters import add_filters, page_language, period_label

CODE = sheet_code("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")


class PayeeForm(ChineseSubform):
    name = StringField("收款人", [InputRequired()])


class SheetForm(ChineseForm):
    amount = FenField("金额", [Optional()])
    on_day = DayField("日期", [Optional()])
    period = PeriodField("期间", [Optional()])
    code = CodeField("查验码", [Optional()])


class StrictForm(ChineseForm):
    amount = FenField("金额", [InputRequired()])
    title = StringField("标题", [Length(min=5)])
    item = SelectField("公开项目", choices=choices_of([("a", "办公费")]))
    count = IntegerField("张数", [Optional()])
    payees = FieldList(FormField(PayeeForm), min_entries=1)


@pytest.fixture
def typed():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="made up", BABEL_DEFAULT_LOCALE="zh_CN", WTF_CSRF_ENABLED=False)
    Babel(app)
    CSRFProtect(app)
    add_filters(app)
    with app.test_request_context("/", method="POST"):
        yield lambda form, default_year=None, **texts: form(
            MultiDict({name.replace("__", "-"): text for name, text in texts.items()}), default_year=default_year
        )


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("amount", "￥12,345.67", 1234567),
        ("amount", "0", 0),
        ("amount", "-45.2", -4520),
        ("on_day", "7.15", date(2025, 7, 15)),
        ("on_day", "2026年7月15日", date(2026, 7, 15)),
        ("period", "2026q3", Period(2026, "quarter", 3)),
        ("period", "2026M07", Period(2026, "month", 7)),
        ("code", grouped(CODE).lower(), CODE),
    ],
)
def test_a_field_reads_what_people_type(typed, field, text, value):
    form = typed(SheetForm, default_year=2025, **{field: text})
    assert form.validate(), form.errors
    assert form[field].data == value


def shown_in(html: str) -> str:
    """What a person reads in a field, of one line or of several."""
    found = re.search(r'value="([^"]*)"|<textarea[^>]*>\r\n([^<]*)</textarea>', html)
    assert found, html
    return found[1] or found[2] or ""


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("amount", "5.9万", "“万”"),
        ("amount", "1.234", "小数超过两位"),
        ("on_day", "2.30", "没有 2026 年 2 月 30 日这一天"),
        ("on_day", "昨天", "7.15 或 2026-07-15"),
        ("period", "2026Q5", "2026Q3（季度）"),
        ("code", "ABC", "27 个字符"),
    ],
)
def test_what_cannot_be_read_comes_back_with_its_reason_and_as_it_was_typed(typed, field, text, reason):
    form = typed(SheetForm, default_year=2026, **{field: text})
    assert not form.validate()
    assert reason in form[field].errors[0]
    assert form[field].data is None
    assert shown_in(form[field]()) == text


@pytest.mark.parametrize("field", ["amount", "on_day", "period", "code"])
def test_a_blank_field_is_no_value_and_no_error_where_it_may_be_left_out(typed, field):
    form = typed(SheetForm, **{field: "  "})
    assert form.validate()
    assert form[field].data is None


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("amount", 123450, "1234.50"),
        ("amount", 0, "0.00"),
        ("on_day", date(2026, 7, 15), "2026-07-15"),
        ("period", Period(2026, "quarter", 3), "2026Q3"),
        ("code", CODE, grouped(CODE)),
        ("amount", None, ""),
    ],
)
def test_a_stored_value_is_shown_as_it_would_be_typed_and_reads_back(typed, field, value, shown):
    form = SheetForm(formdata=None, data={field: value})
    assert shown_in(form[field]()) == shown
    assert typed(SheetForm, **{field: shown})[field].data == value


def test_a_day_without_a_year_falls_in_this_year_when_no_other_is_given(typed, time_machine):
    time_machine.move_to(datetime(2031, 5, 1, tzinfo=UTC))
    assert typed(SheetForm, on_day="7.15").on_day.data == date(2031, 7, 15)


@pytest.mark.parametrize(
    ("field", "messages"),
    [
        ("amount", ["请填写这一项。"]),
        ("title", ["字段长度必须至少 5 个字符。"]),
        ("item", ["请从列表里选一项。"]),
        ("count", ["请填写整数，例如 12。"]),
        ("payees", [{"name": ["请填写这一项。"]}]),
    ],
)
def test_messages_are_chinese_in_the_form_and_in_the_forms_inside_it(typed, field, messages):
    form = typed(StrictForm, title="短", item="x", count="三", payees__0__name="")
    form.validate()
    assert list(form[field].errors) == messages


def test_a_form_inside_a_form_asks_for_no_token_of_its_own(typed):
    assert "csrf_token" not in typed(StrictForm).payees[0].form


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("yuan", 123450, "1,234.50"),
        ("yuan", 0, "0.00"),
        ("yuan", None, ""),
        ("yuan_or_blank", 0, ""),
        ("in_words", 1000500, "壹万零伍元整"),
        ("in_words", None, ""),
        ("day", date(2026, 7, 5), "2026年7月5日"),
        ("day", datetime(2026, 7, 4, 16, 30, tzinfo=UTC), "2026年7月5日"),
        ("day", None, "—"),
        ("moment", datetime(2026, 7, 4, 16, 30, tzinfo=UTC), "2026-07-05 00:30"),
        ("moment", None, "—"),
        ("period_label", "2026Q3", "2026年第三季度"),
        ("period_label", Period(2026, "month", 7), "2026年7月"),
        ("grouped_code", CODE, grouped(CODE)),
    ],
)
@pytest.mark.usefixtures("typed")
def test_filters_write_figures_days_and_periods(source, value, shown):
    assert render_template_string("{{ value|" + source + " }}", value=value) == shown


def test_a_period_label_refuses_what_is_no_period():
    with pytest.raises(PeriodUnreadable):
        period_label("2026Q9")


@pytest.mark.parametrize(("locale", "language"), [("zh_CN", "zh-CN"), ("en", "en")])
@pytest.mark.usefixtures("typed")
def test_the_page_names_its_language(locale, language):
    with force_locale(locale):
        assert page_language() == language
