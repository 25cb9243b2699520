"""What a visitor may type: a code."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from village_open.web.fields import ChineseForm, CodeField


class VerifyForm(ChineseForm):
    """The code beside the QR code; sent by GET, so it needs no token."""

    class Meta(ChineseForm.Meta):
        """Nothing is changed by asking."""

        csrf = False

    code = CodeField(_l("查验码"), [InputRequired()])
