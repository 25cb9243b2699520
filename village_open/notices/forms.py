"""What is typed about sheets and boards; choices are handed in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from village_open.web.fields import ChineseForm, DayField


class OtherPaperForm(ChineseForm):
    """A sheet on a paper that issuing did not make."""

    sheet_kind = SelectField(_l("公示单"))
    paper = SelectField(_l("纸张"))


class PostingForm(ChineseForm):
    """A sheet was put up on a board."""

    sheet_kind = SelectField(_l("公示单"))
    board_id = SelectField(_l("公开栏"), coerce=int)
    posted_on = DayField(_l("张贴日期"), [InputRequired(_l("请填写张贴日期。"))])
    posted_by = StringField(_l("张贴人"), [DataRequired(_l("请填写张贴人。")), Length(max=40)])
    photo = FileField(_l("张贴后的照片"), [Optional()])


class TakeDownForm(ChineseForm):
    """A sheet was taken down."""

    taken_down_on = DayField(_l("取下日期"), [InputRequired(_l("请填写取下日期。"))])


class BoardForm(ChineseForm):
    """The token of the due list's form; its boxes are those of the catalogue and are read as they are there."""


_SENSIBLE = NumberRange(0, 999, _l("请填 0 到 999 的整数。"))


class AddLocalItemForm(ChineseForm):
    """An item that the township adds to the catalogue; the choices are handed in."""

    label = StringField(_l("事项"), [DataRequired(_l("请写事项的名称。")), Length(max=60)])
    group = RadioField(_l("类别"), [InputRequired(_l("请选一项。"))])
    frequency = RadioField(_l("多久公开一次"), [InputRequired(_l("请选一项。"))])
    days = IntegerField(_l("几日内公布"), [Optional(), _SENSIBLE])
    month = IntegerField(_l("在几月"), [Optional(), _SENSIBLE])
    posting_days = IntegerField(_l("张贴天数"), [Optional(), _SENSIBLE])
    basis = StringField(_l("依据"), [DataRequired(_l("请写依据，例如本镇哪一份文件。")), Length(max=200)])


class ExceptItemForm(ChineseForm):
    """Why an item does not apply to a village."""

    reason = StringField(_l("理由"), [DataRequired(_l("请写明理由。")), Length(max=200)])
