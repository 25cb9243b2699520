"""What is typed about sheets and boards; choices are handed in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

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
