"""Forms of the import: the file and its money account; what the person decided over the preview."""

from collections.abc import Mapping, Sequence
from typing import cast

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField

from village_open.finance.importing.plan import Answers, Change, ImportPlan
from village_open.finance.rules import AccountChoice
from village_open.web.fields import ChineseForm, choices_of

SUGGESTIONS = (
    ("all", _l("全部采用建议")),
    ("ticked", _l("只采用下表中打了勾的，其余先不填")),
    ("none", _l("都先不填，导入以后自己选")),
)
CHANGES = (
    ("keep", _l("保留账里的")),
    ("replace", _l("改成文件里的")),
    ("add", _l("两笔都要，文件里的另记一笔")),
)
"""What may become of a line of the file that differs from one of the books."""
_UNCHOSEN = _l("请选择怎样处理公开项目的建议；不选就不会替您填。")
ITEM, CHANGE = "item-", "change-"


class ImportForm(ChineseForm):
    """The file, and the money account where the file does not say it."""

    file = FileField(_l("文件"))
    account = SelectField(_l("资金账户"))


class ConfirmImportForm(ChineseForm):
    """What holds for all rows; the single rows are read by `read_answers`."""

    items = RadioField(_l("公开项目的建议"), choices=choices_of([(key, str(label)) for key, label in SUGGESTIONS]))
    all_changes = SelectField(_l("与账里不一样的，全部"), validate_choice=False)
    seen = HiddenField()


def import_form(accounts: Sequence[AccountChoice]) -> ImportForm:
    """Make the form of a village with these money accounts."""
    form = ImportForm()
    form.account.choices = [("", str(_l("表里写明了，不用选"))), *((str(one.id), one.name) for one in accounts)]
    return form


def confirm_form(plan: ImportPlan) -> ConfirmImportForm:
    """Make the form under a plan: it asks only what the plan leaves open."""
    form = ConfirmImportForm()
    form.items.choices = [(key, str(label)) for key, label in SUGGESTIONS]
    form.all_changes.choices = [("", str(_l("逐笔选择"))), *((key, str(label)) for key, label in CHANGES[:2])]
    if not form.is_submitted():
        form.seen.data = plan.fingerprint
        form.items.data = "none"  # What is wrong is harder to see than what is open.
    if not plan.suggested:
        del form.items
    if not plan.changed:
        del form.all_changes
    return form


def read_answers(form: ConfirmImportForm, plan: ImportPlan, sent: Mapping[str, str]) -> Answers:
    """Read what was decided for all rows and for single ones; a single one goes before."""
    which = form.items.data if plan.suggested else "none"
    items = {
        line.number: line.suggestion
        for line in plan.suggested
        if which == "all" or (which == "ticked" and f"{ITEM}{line.number}" in sent)
    }
    known = {key for key, _label in CHANGES}
    for_all = form.all_changes.data if plan.changed else ""
    chosen = {line.planned.number: sent.get(f"{CHANGE}{line.planned.number}") or for_all or "" for line in plan.changed}
    changes = {number: cast(Change, choice) for number, choice in chosen.items() if choice in known}
    return Answers(items, changes)


def is_decided(form: ConfirmImportForm, plan: ImportPlan) -> bool:
    """Tell whether the form is whole; what is missing is said at its field."""
    if form.validate_on_submit():
        return True
    if plan.suggested and not form.items.data:
        form.items.errors = [str(_UNCHOSEN)]
    return False
