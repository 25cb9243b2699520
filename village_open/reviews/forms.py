"""What a member signs, steps aside from or signed on paper; no database."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from village_open.reviews.rules import Decision
from village_open.web.fields import ChineseForm, choices_of

LONGEST = 500
NOBODY = 0
"""The choice that stands for no successor."""
CHOOSE = InputRequired(_l("请选一项。"))
SHORT_ENOUGH = Length(max=LONGEST, message=_l("太长了，请写在 500 个字以内。"))
_DECISIONS = [(kind.value, kind.label) for kind in Decision]


class SignForm(ChineseForm):
    """A signature through one's own account."""

    content_sha256 = HiddenField()
    decision = RadioField(_l("我的意见"), [CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("说明"), [Optional(), SHORT_ENOUGH])


class RecusalForm(ChineseForm):
    """A member steps aside, or is written down as barred by another."""

    member_id = SelectField(_l("谁回避"), coerce=int)
    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由，理由会公开。")), SHORT_ENOUGH])
    replaced_by = SelectField(_l("代行组长"), coerce=int)

    def offer_members(self, *, me: tuple[int, str], others: Sequence[tuple[int, str]]) -> None:
        """Set who may step aside, and who may lead instead."""
        self.member_id.choices = choices_of([(me[0], _l("我本人")), *others])
        self.replaced_by.choices = choices_of([(NOBODY, _l("不用选（回避的不是组长）")), me, *others])


class PaperForm(ChineseForm):
    """The photo of a signed sign-off page."""

    member_id = SelectField(_l("谁签的"), coerce=int)
    decision = RadioField(_l("纸上的意见"), [CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("纸上写的说明"), [Optional(), SHORT_ENOUGH])
    photo = FileField(_l("签字页照片"))


class PaperJudgementForm(ChineseForm):
    """Another hand's word on the photo."""

    is_genuine = RadioField(
        _l("照片上的签字"), [CHOOSE],
        choices=choices_of([("yes", _l("是本人签的，意见与照片一致")), ("no", _l("不对，不确认"))]),
    )  # fmt: skip
    reason = TextAreaField(_l("不确认的理由"), [Optional(), SHORT_ENOUGH])
