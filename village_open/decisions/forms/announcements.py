"""What is typed of an announcement: what is announced, its note, the group's signatures, the township's check."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from village_open.decisions.forms.wording import CHOOSE, SHORT_TEXT, reason_field
from village_open.reviews.rules import Decision
from village_open.villages.forms import Choices
from village_open.web.fields import ChineseForm, choices_of

KIND_SENTENCES = {
    "meeting_notice": _l("开会以前贴出去，告诉大家哪天在哪里开会、讨论什么。"),
    "resolution": _l("表决以后贴出去，到会多少人、怎样表决、通过没有通过，照实公开。"),
    "levy_plan": _l("筹资筹劳方案表决通过以后，把方案和表决结果一起公开。"),
    "result": _l("验收以后贴出去，花了多少、谁验收、做得怎样。"),
}
NOBODY = 0
_DECISIONS = [(kind.value, kind.label) for kind in Decision]
_TICK = InputRequired(_l("核对无误后请打勾；有问题的，请退回。"))


def _note() -> TextAreaField:
    return TextAreaField(_l("补充说明"), [Optional(), SHORT_TEXT], render_kw={"rows": 3})


class BeginAnnouncementForm(ChineseForm):
    """What is announced."""

    what = RadioField(_l("公开什么"), [CHOOSE])
    note = _note()

    def offer(self, choices: Choices) -> None:
        """Set what may be announced now; where it is one thing, it is chosen."""
        self.what.choices = choices_of(choices)
        if len(choices) == 1 and not self.what.raw_data:
            self.what.data = choices[0][0]


class NoteForm(ChineseForm):
    """What the clerk adds in words."""

    version = HiddenField()
    note = _note()


class SubmitForm(ChineseForm):
    """Handing a draft to the group; the hash is that of the page the clerk saw."""

    content_sha256 = HiddenField()


class ReturnForm(ChineseForm):
    """Returning it to the village."""

    reason = reason_field(_l("退回理由"))


class SignForm(ChineseForm):
    """A signature through one's own account."""

    content_sha256 = HiddenField()
    decision = RadioField(_l("我的意见"), [CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("说明"), [Optional(), SHORT_TEXT], render_kw={"rows": 3})


class RecusalForm(ChineseForm):
    """A member steps aside, or is written down as barred by another."""

    member_id = SelectField(_l("谁回避"), coerce=int)
    reason = reason_field(_l("理由"))
    replaced_by = SelectField(_l("代行组长"), coerce=int, default=NOBODY)

    def offer(self, *, me: tuple[int, str], others: Iterable[tuple[int, str]]) -> None:
        """Set who may step aside and who may lead instead."""
        rest = [*others]
        self.member_id.choices = choices_of([(me[0], _l("我本人")), *rest])
        self.replaced_by.choices = choices_of([(NOBODY, _l("不用选（回避的不是组长）")), me, *rest])


class PaperForm(ChineseForm):
    """The photo of a signed sign-off page."""

    member_id = SelectField(_l("谁签的"), coerce=int)
    decision = RadioField(_l("纸上的意见"), [CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("纸上写的说明"), [Optional(), SHORT_TEXT], render_kw={"rows": 3})
    photo = FileField(_l("签字页照片"))


class PaperJudgementForm(ChineseForm):
    """Another hand's word on the photo."""

    is_genuine = RadioField(
        _l("照片上的签字"), [CHOOSE],
        choices=choices_of([("yes", _l("是本人签的，意见与照片一致")), ("no", _l("不对，不确认"))]),
    )  # fmt: skip
    reason = TextAreaField(_l("不确认的理由"), [Optional(), SHORT_TEXT], render_kw={"rows": 3})


class CheckForm(SubmitForm):
    """保密审查: three things looked at, under one's own name."""

    holds_no_secret = BooleanField(_l("没有国家秘密、工作秘密和商业秘密"), [_TICK])
    holds_no_number = BooleanField(_l("没有身份证号码、私人电话、银行卡号和家庭住址"), [_TICK])
    holds_no_privacy = BooleanField(_l("没有病情、残疾、未成年人等不宜公开的个人情况"), [_TICK])
