"""Shape and wording of the sign-in pages."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from village_open.identity.rules import LONGEST_PASSWORD
from village_open.web.fields import ChineseForm

_MISSING = _l("请填写这一项。")


class SignInForm(ChineseForm):
    """Login name and password."""

    login = StringField(
        _l("登录名"), [InputRequired(_MISSING), Length(max=80)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )  # fmt: skip
    password = PasswordField(
        _l("密码"), [InputRequired(_MISSING), Length(max=LONGEST_PASSWORD, message=_l("密码太长。"))],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip


class ChangePasswordForm(ChineseForm):
    """The old password, and the new one twice."""

    old = PasswordField(
        _l("原密码"), [InputRequired(_MISSING), Length(max=LONGEST_PASSWORD, message=_l("密码太长。"))],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip
    new = PasswordField(_l("新密码"), [InputRequired(_MISSING)], render_kw={"autocomplete": "new-password"})
    again = PasswordField(
        _l("再输一遍新密码"), [InputRequired(_MISSING), EqualTo("new", _l("两次输入的新密码不一样。"))],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
