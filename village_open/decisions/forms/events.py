"""What is typed of the tender and the carrying out, and which photos and scans are handed in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from village_open.decisions.forms.wording import CHOOSE, REQUIRED, SHORT_TEXT, reason_field
from village_open.villages.forms import Choices
from village_open.web.fields import ChineseForm, DayField, FenField, choices_of

EVENT_SENTENCES = {
    "budget": _l("预算定了多少，要填金额。"),
    "tender_notice": _l("招标或竞价公告从哪天贴到哪天。"),
    "registration": _l("从哪天到哪天报名，要填谁报了名。"),
    "bid": _l("一家报价记一条，要填报价人和报价。"),
    "award_notice": _l("中标公示从哪天贴到哪天，要填中标人和中标价。"),
    "county_review": _l("上级复审、批准的日期和文号。"),
    "contract": _l("签合同的日期，要填承包人和合同价。"),
    "progress": _l("做到哪一步了，可以配照片。"),
    "acceptance": _l("验收的日期，要填谁参加了验收；验收完才能公开实施结果。"),
}
MATTER = "matter"


class AddEventForm(ChineseForm):
    """A step of the tender or of carrying out."""

    kind = RadioField(_l("登记什么"), [CHOOSE])
    on = DayField(_l("哪一天（从哪天起）"), [REQUIRED])
    until = DayField(_l("到哪天止"), [Optional()])
    party = StringField(_l("对方是谁"), [Optional(), Length(max=80, message=_l("太长了，请写在 80 个字以内。"))])
    amount_fen = FenField(_l("金额（元）"), [Optional()])
    people = StringField(_l("参加的人"), [Optional(), Length(max=200, message=_l("太长了，请写在 200 个字以内。"))])
    note = TextAreaField(_l("说明"), [Optional(), SHORT_TEXT], render_kw={"rows": 3})


class StrikeEventForm(ChineseForm):
    """Why an event is struck."""

    reason = reason_field(_l("为什么作废"))


class AddPaperForm(ChineseForm):
    """Photos and scans, what they show, and what they belong to."""

    kind = SelectField(_l("是什么材料"), [CHOOSE])
    place = SelectField(_l("属于哪一步"), default=MATTER)
    files = MultipleFileField(_l("照片或 PDF"))

    def offer(self, *, kinds: Choices, places: Choices) -> None:
        """Set what may be chosen."""
        self.kind.choices = choices_of([("", _l("请选择")), *kinds])
        self.place.choices = choices_of([(MATTER, _l("整件事项")), *places])

    @property
    def uploads(self) -> list[Any]:
        """The files that were chosen; an empty field sends one without a name."""
        return [file for file in self.files.data or () if getattr(file, "filename", "")]
