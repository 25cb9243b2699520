"""What the meeting and the township type before a period is issued; no database."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from village_open.web.fields import ChineseForm, DayField

_LONG = Length(max=500, message=_l("太长了，请写在 500 个字以内。"))
_DIGITS = 10
"""Longer numbers are no version: PostgreSQL's integers end before."""
_TICK = InputRequired(_l("核对无误后请打勾；有问题的，请退回。"))


class VersionedForm(ChineseForm):
    """A form that knows which version of the period its page showed."""

    goes_on = False
    """Whether the deed leads back to the township's page and not to the period."""
    version = HiddenField()

    def is_stale(self, version_id: int) -> bool:
        """Tell whether somebody else changed the period after the page was opened."""
        return str(self.version.data) != str(version_id)

    @property
    def seen_version(self) -> int:
        """The version of the period that the page showed; 0, which no period has, where the page did not say."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isdecimal() and len(typed) < _DIGITS else 0


class ConfirmForm(VersionedForm):
    """The confirming meeting: when, who."""

    on = DayField(_l("哪一天开的会"), [InputRequired(_l("请填写会议日期。"))])
    attendees = StringField(_l("谁参加"), [InputRequired(_l("请写明主持人和参加人。")), _LONG])
    note = TextAreaField(_l("会议意见"), [Optional(), _LONG])


class ReturnForm(VersionedForm):
    """Sending a period back to the village."""

    reason = TextAreaField(_l("退回理由"), [InputRequired(_l("请写明理由，村里按理由修改。")), _LONG])


class PrivacyForm(VersionedForm):
    """保密审查: three things looked at, under one's own name."""

    goes_on = True

    holds_no_secret = BooleanField(_l("没有国家秘密、工作秘密和商业秘密"), [_TICK])
    holds_no_number = BooleanField(_l("没有身份证号码、私人电话、银行卡号和家庭住址"), [_TICK])
    holds_no_privacy = BooleanField(_l("没有病情、残疾、未成年人等不宜公开的个人情况"), [_TICK])
    prints_objections = BooleanField(_l("带异议公开：没有答复清楚的疑问，连同理由印在公示单上"))
