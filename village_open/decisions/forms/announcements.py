"""What is typed about an announcement; no database."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from village_open.reviews.rules import Decision
from village_open.web.fields import ChineseForm, choices_of

_SHORT_ENOUGH = Length(max=500, message=_l("太长了，请写在 500 个字以内。"))
_CHOOSE = InputRequired(_l("请选一项。"))


class BeginAnnouncementForm(ChineseForm):
    """What is to be announced; the kinds are handed in."""

    kind = RadioField(_l("公开什么"), [_CHOOSE])
    note = TextAreaField(_l("补充说明"), [Optional(), _SHORT_ENOUGH])


class NoteForm(ChineseForm):
    """What the clerk adds in words."""

    note = TextAreaField(_l("补充说明"), [Optional(), _SHORT_ENOUGH])


class SignAnnouncementForm(ChineseForm):
    """A signature through one's own account."""

    content_sha256 = HiddenField()
    decision = RadioField(_l("我的意见"), [_CHOOSE], choices=choices_of([(one.value, one.label) for one in Decision]))
    note = TextAreaField(_l("说明"), [Optional(), _SHORT_ENOUGH])


class ReturnAnnouncementForm(ChineseForm):
    """Why it goes back to the village."""

    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由。")), _SHORT_ENOUGH])


class CheckAnnouncementForm(ChineseForm):
    """The check for secrets and personal data, ticked by a named person."""

    is_checked = BooleanField(
        _l("我逐字看过，没有国家秘密、工作秘密和不该公开的个人信息"), [InputRequired(_l("请看过以后打勾。"))]
    )
