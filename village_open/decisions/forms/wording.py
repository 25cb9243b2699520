"""What the forms of this room share: what must be filled in, and how long a text may be."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

LONGEST_REASON, LONGEST_TEXT = 500, 4000
REQUIRED = InputRequired(_l("请填写这一项。"))
CHOOSE = InputRequired(_l("请选一项。"))
LONG_TEXT = Length(max=LONGEST_TEXT, message=_l("太长了，请写在 4000 个字以内。"))
SHORT_TEXT = Length(max=LONGEST_REASON, message=_l("太长了，请写在 500 个字以内。"))


def reason_field(label: Any) -> TextAreaField:
    """Make a field for a reason that goes into the record."""
    missing = InputRequired(_l("请写明理由，理由会记入留痕。"))
    return TextAreaField(label, [missing, SHORT_TEXT], render_kw={"rows": 3})
