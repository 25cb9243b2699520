"""What is typed about an announcement; no database."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional

from village_open.reviews.forms import CHOOSE, SHORT_ENOUGH
from village_open.web.fields import ChineseForm


class BeginAnnouncementForm(ChineseForm):
    """What is to be announced; the kinds are handed in."""

    kind = RadioField(_l("公开什么"), [CHOOSE])
    note = TextAreaField(_l("补充说明"), [Optional(), SHORT_ENOUGH])


class NoteForm(ChineseForm):
    """What the clerk adds in words."""

    note = TextAreaField(_l("补充说明"), [Optional(), SHORT_ENOUGH])


class ReturnAnnouncementForm(ChineseForm):
    """Why it goes back to the village."""

    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由。")), SHORT_ENOUGH])


class CheckAnnouncementForm(ChineseForm):
    """The check for secrets and personal data, ticked by a named person."""

    is_checked = BooleanField(
        _l("我逐字看过，没有国家秘密、工作秘密和不该公开的个人信息"), [InputRequired(_l("请看过以后打勾。"))]
    )
