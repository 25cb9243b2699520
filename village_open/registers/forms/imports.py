"""The form that hands in a file of a register."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from village_open.web.fields import ChineseForm


class ImportRowsForm(ChineseForm):
    """One file."""

    file = FileField(_l("文件"))
