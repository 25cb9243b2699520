"""Forms of a village's books: money accounts, the opening of a village that joins, what was counted, a reason."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from village_open.core.periods import Period
from village_open.decisions.rules.payments import Exemption
from village_open.finance.forms.checking import VersionedForm
from village_open.finance.items import ITEMS
from village_open.finance.rules import AccountChoice
from village_open.web.fields import ChineseForm, FenField, choices_of
from village_open.web.filters import period_label
from village_open.web.words import spoken_later

_MISSING = _l("请填写这一项。")


class MoneyAccountForm(ChineseForm):
    """A new money account."""

    kind = RadioField(
        _l("种类"), choices=choices_of([("bank", _l("银行存款账户")), ("cash", _l("现金"))]), default="bank"
    )
    name = StringField(
        _l("名称"), [InputRequired(_MISSING), Length(max=40, message=_l("名称太长，请写在 40 个字以内。"))]
    )


class ReasonForm(VersionedForm):
    """Why something is done."""

    reason = TextAreaField(
        _l("理由"), [InputRequired(_l("请写明理由，理由会记入记录。")), Length(max=500, message=_l("理由太长。"))]
    )


class SubmitForm(ChineseForm):
    """What is said in plain words with the figures."""

    plain_reason = TextAreaField(
        _l("和上期比变化最大的，原因是什么"), [Optional(), Length(max=120, message=_l("请写在 120 个字以内。"))]
    )


class ReceiptForm(ChineseForm):
    """A photo or PDF behind a line."""

    file = FileField(_l("凭证照片或 PDF"))
    invoice_number = StringField(_l("发票号码"), [Optional(), Length(max=40, message=_l("发票号码太长。"))])


class CorrectJoiningForm(VersionedForm):
    """The figures of a village that joins; fields of its accounts and of the items are added by the functions below."""

    paper = StringField(
        _l("数字来自哪份凭据"), [InputRequired(_MISSING), Length(max=200, message=_l("请写在 200 个字以内。"))]
    )

    def fen_of(self, prefix: str) -> dict[str, int]:
        """Return the amounts typed under a prefix, by the rest of the field's name; blanks left out."""
        fields = [field for field in self if field.name.startswith(prefix)]
        return {field.name.removeprefix(prefix): field.data for field in fields if field.data is not None}


class JoiningForm(CorrectJoiningForm):
    """The same figures, and the period with which the village begins."""

    period_code = SelectField(_l("从哪一期开始"))


OPENING, SO_FAR, COUNTED, SEEN = "opening-", "so_far-", "counted-", "seen-"


def joining_form(accounts: Sequence[AccountChoice], periods: Iterable[Period]) -> JoiningForm:
    """Make the form of a village with these money accounts; it may begin with any of these periods."""
    form = type("JoiningFormOfVillage", (JoiningForm,), _figure_fields(accounts))()
    form.period_code.choices = [(period.code, period_label(period)) for period in periods]
    made: JoiningForm = form
    return made


def correct_joining_form(
    accounts: Sequence[AccountChoice], *, openings: Mapping[int, int], year_so_far: Mapping[str, int], paper: str
) -> CorrectJoiningForm:
    """Make the form on which the figures of a village that joined are put right, filled with what is kept."""
    kept: dict[str, Any] = {f"{OPENING}{key}": fen for key, fen in openings.items()}
    kept |= {f"{SO_FAR}{key}": fen for key, fen in year_so_far.items()}
    made: CorrectJoiningForm = type("CorrectJoiningFormOfVillage", (CorrectJoiningForm,), _figure_fields(accounts))(
        data={**kept, "paper": paper}
    )
    return made


def _figure_fields(accounts: Iterable[AccountChoice]) -> dict[str, Any]:
    fields = {f"{OPENING}{account.id}": FenField(account.name, [InputRequired(_MISSING)]) for account in accounts}
    return fields | {f"{SO_FAR}{key}": FenField(spoken_later(item.label), [Optional()]) for key, item in ITEMS.items()}


class MatterForm(ChineseForm):
    """Which matter a payment belongs to, or why it goes without a decision; the choices of matters are handed in."""

    matter_id = SelectField(_l("依据的决议"), coerce=int)
    exemption_kind = SelectField(
        _l("没有决议的，按哪种例外办理"),
        choices=choices_of([("", _l("不按例外办理")), *((kind.value, kind.label) for kind in Exemption)]),
    )
    exemption = TextAreaField(
        _l("例外的理由"), [Length(max=200, message=_l("请写在 200 个字以内。"))], render_kw={"rows": 3}
    )


def count_form(accounts: Iterable[tuple[int, str, int | None]]) -> ChineseForm:
    """Make the form on which the closing of each (id, name, counted fen) is written down.

    One account may be saved while the paper of another is not there yet; submitting asks for all of them.
    """
    rows = list(accounts)
    fields: dict[str, Any] = {
        f"{COUNTED}{id_}": FenField(_l("%(name)s（提交前必填）", name=name)) for id_, name, _fen in rows
    }
    fields |= {f"{SEEN}{id_}": HiddenField() for id_, _name, _fen in rows}
    kept = {f"{COUNTED}{id_}": fen for id_, _name, fen in rows}
    shown = {f"{SEEN}{id_}": "" if fen is None else str(fen) for id_, _name, fen in rows}
    form: ChineseForm = type("CountFormOfPeriod", (ChineseForm,), fields)(data={**kept, **shown})
    return form


def counted_of(form: ChineseForm) -> dict[int, int | None]:
    """Return the counted fen by money account id; None where the field was left blank."""
    fields = [field for field in form if field.name.startswith(COUNTED)]
    return {int(field.name.removeprefix(COUNTED)): field.data for field in fields}


def seen_of(form: ChineseForm) -> dict[int, int | None]:
    """Return the counted fen that the page showed, by money account id."""
    fields = [field for field in form if field.name.startswith(SEEN)]
    return {int(field.name.removeprefix(SEEN)): _fen(str(field.data or "")) for field in fields}


def _fen(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


_WHOLE = re.compile(r"-?[0-9]{1,18}")
