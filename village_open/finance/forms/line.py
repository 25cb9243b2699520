"""One line on a plain form: the same cells, read by the same reader as the grid."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from village_open.finance.forms.grid import COLUMNS, GridReading, Ledger, SentRow, plain_text, read_rows
from village_open.finance.items import ITEMS
from village_open.web.fields import ChineseForm
from village_open.web.words import spoken


class LineForm(ChineseForm):
    """The cells of one row."""

    on = StringField(_l("日期"))
    voucher = StringField(_l("凭证字号"))
    summary = StringField(_l("摘要"))
    income = StringField(_l("收入"))
    expense = StringField(_l("支出"))
    account = SelectField(_l("资金账户"), validate_choice=False)
    to_account = SelectField(_l("转入账户"), validate_choice=False)
    item = SelectField(_l("公开项目"), validate_choice=False)
    code = StringField(_l("科目编码"))
    code_name = StringField(_l("科目名称"))
    payee = StringField(_l("收付对象"))
    handler = StringField(_l("经手人"))
    witness = StringField(_l("证明人"))
    approver = StringField(_l("审批人"))
    note = StringField(_l("备注"))
    version = HiddenField()
    draft_key = HiddenField()


def line_form(ledger: Ledger, cells: Mapping[str, Any]) -> LineForm:
    """Make the form, filled with the cells of a line or with nothing."""
    form = LineForm(data=cells)
    names = [(account.name, account.name) for account in ledger.accounts]
    form.account.choices = names if len(names) == 1 else [("", str(_l("请选择"))), *names]
    form.to_account.choices = [("", str(_l("不是内部划转"))), *names]
    sides = {"income": str(_l("收入")), "expense": str(_l("支出"))}
    form.item.choices = [("", str(_l("按摘要和科目建议")))] + [
        (key, f"{sides[item.side]}{_l('：')}{spoken(item.label)}") for key, item in ITEMS.items()
    ]
    return form


def read_line_form(form: LineForm, ledger: Ledger, line_id: int | None = None) -> GridReading:
    """Read the form as the grid reads a row; what is wrong stands at its field."""
    cells = {name: plain_text(form[name].data or "") for name in COLUMNS}
    version = str(form.version.data or "")
    sent = SentRow(
        cells, line_id, int(version) if version.isdecimal() and len(version) < 10 else None, form.draft_key.data or None
    )
    reading = read_rows([sent], ledger)
    for problem in reading.problems:
        field = form[problem.field]
        field.errors = [*field.errors, problem.message]
    return reading
