"""A screen without the application: the templates, their filters, and a form full of mistakes."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FileField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from village_open.web.fields import ChineseForm, FenField, choices_of
from village_open.web.filters import add_filters

ROOT = Path(__file__).parents[2]


class LineForm(ChineseForm):
    summary = StringField("摘要", [InputRequired()])
    amount = FenField("金额", [InputRequired()])
    item = SelectField("公开项目", choices=choices_of([("a", "办公费")]))
    kind = RadioField("收支", choices=choices_of([("in", "收入"), ("out", "支出")]), validators=[InputRequired()])
    cash = BooleanField("这笔是现金")
    note = StringField("备注", [Optional()])
    photo = FileField("凭证照片", [Optional()])
    notes = FieldList(StringField("附注", [InputRequired()]), min_entries=1)


@pytest.fixture(scope="module")
def screen():
    app = Flask("screen", root_path=str(ROOT), template_folder="templates", static_folder="village_open/static")
    app.config.update(SECRET_KEY="made up", BOOTSTRAP_SERVE_LOCAL=True, BABEL_DEFAULT_LOCALE="zh_CN", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    Babel(app)
    Bootstrap5(app)
    CSRFProtect(app)
    add_filters(app)
    return app


@pytest.fixture
def render(screen):
    def render(source, address="/", *, method="GET", data=None, **context):
        with screen.test_request_context(address, method=method, data=data):
            return BeautifulSoup(render_template_string(source, **context), "html.parser")

    return render


@pytest.fixture
def wrong_form(screen):
    with screen.test_request_context("/", method="POST"):
        form = LineForm(MultiDict({"amount": "5.9万", "notes-0": ""}))
        form.validate()
        yield form


@pytest.fixture
def untouched_form(screen):
    with screen.test_request_context("/"):
        yield LineForm()
